"""The batch record: worksheet and quality results kept, read back, signed and put on paper (R26)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ldninv.db import Transaction
from ldninv.domain import signs, standing, taking_back
from ldninv.domain.batch import Batch, Kept
from ldninv.domain.ledger import Kind, Posted
from ldninv.domain.quality import Checks, Quality, held_against
from ldninv.domain.record import Calculation, Worksheet, calculation, checked
from ldninv.domain.record import remarks as look_again
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning
from ldninv.reports.record import BatchRecord, document
from ldninv.services import documents, recorded, signed
from ldninv.services.batches import known
from ldninv.services.context import Change, Context
from ldninv.services.documents import Saved
from ldninv.services.files import is_folder

if TYPE_CHECKING:
    from ldninv.paper.document import DocumentPaper

PRINTED = "record"
"""What the trail calls a batch record that left the program."""

AMENDED = "record-amended"
"""What the trail calls a worksheet that was corrected."""


def keep_worksheet(work: Transaction, batch: int, worksheet: Worksheet, event: int) -> int:
    """Keep a worksheet as the next version of a batch's record, as a part of that event's verb; return the version."""
    return work.records.append(batch, worksheet, event)


def keep_checks(work: Transaction, kept: Kept, checks: Checks, event: int) -> Quality:
    """Keep what was looked at before a release, as a part of that event's verb, and return what came of it.

    It is held against what the worksheet planned, and against the capsules that were made where there is none.
    """
    found = _against_the_record(work, kept, checks)
    if checks != Checks():
        work.records.keep_quality(kept.batch.id, found, event)
    return found


def told_of(work: Transaction, kept: Kept, checks: Checks) -> dict[str, object]:
    """Return what the event of a release says of its checks; nothing where none was made."""
    return {} if checks == Checks() else {"quality": recorded.checked(_against_the_record(work, kept, checks))}


def _against_the_record(work: Transaction, kept: Kept, checks: Checks) -> Quality:
    return held_against(checks, work.records.worksheet(kept.batch.id), kept.batch.made)


def remarks(found: Quality) -> tuple[str, ...]:
    """Return what a person should know of a batch's checks: what was noted, and what lies outside of the limits."""
    checks = found.checks
    seen = f"Its appearance was noted as “{checks.appearance}”." if checks.conspicuous else None
    label = f"Its label was noted as “{checks.label}”." if checks.mislabelled else None
    outside = f"Outside of the limits: {'; '.join(found.outside)}." if found.outside else None
    return tuple(text for text in (seen, label, outside) if text)


def amend(context: Context, lot: str, worksheet: Worksheet, *, reason: str) -> Change:
    """Keep a corrected worksheet as a new version; the ones before stay readable, and signatures show that it changed.

    Raises:
        Refused: no reason, nothing that changed, the batch was taken back, or what is said of it cannot be.
    """
    if not reason.strip():
        raise Refused("A reason is needed to correct a batch record. Say it in a few words.")
    with context.writing() as work:
        kept = known(work, lot)
        taking_back.refuse_taken_back(kept)
        checked(worksheet, kept.batch.strength, kept.batch.made_by)
        before = work.records.worksheet(kept.batch.id)
        if worksheet == before:
            raise Refused(f"The record of batch {kept.batch.lot} says this already. Nothing was changed.")
        event = context.event(
            AMENDED,
            kept.batch.lot,
            before=None if before is None else recorded.facts(before),
            after=recorded.facts(worksheet),
            reason=reason.strip(),
        )
        keep_worksheet(work, kept.batch.id, worksheet, work.trail.append(event))
    return Change.BATCHES


def worksheet(context: Context, lot: str) -> Worksheet | None:
    """Return what the bench wrote down of a batch, in its last version.

    Raises:
        Refused: there is no such batch.
    """
    with context.store.reading() as work:
        return work.records.worksheet(known(work, lot).batch.id)


def record(context: Context, lot: str) -> BatchRecord:
    """Return a batch's record as it is now, from one moment of the database.

    Raises:
        Refused: there is no such batch.
    """
    with context.store.reading() as work:
        return record_of(context, work, known(work, lot))


def record_of(context: Context, work: Transaction, kept: Kept) -> BatchRecord:
    """Return a batch's record: for others who ask of the same moment."""
    batch = kept.batch
    now = standing.of(kept, context.today(), buffer=work.preferences.read().buffer)
    history = work.ledger.of(batch.id, batch.lot)
    sheet = work.records.worksheet(batch.id)
    planned = None if sheet is None else _calculated(sheet, batch)
    second_look = () if sheet is None else look_again(sheet, batch.strength, batch.capsule_size, batch.components)
    found = signed.under(work, kept)
    return BatchRecord(
        kept=kept,
        sign=signs.sign(now),
        version=work.records.version(batch.id),
        worksheet=sheet,
        calculation=planned,
        remarks=second_look,
        quality=work.records.quality(batch.id),
        made=next((each for each in reversed(history) if each.entry.kind is Kind.MADE), None),
        released=_release_that_holds(history),
        signatures=signed.in_words(found),
        release_signed=signed.in_words(each for each in found if each.signature.meaning is Meaning.RELEASED),
        maker=documents.maker(context, work),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is written down of a batch, as its card shows it."""

    worksheet: Worksheet | None
    calculation: Calculation | None
    remarks: tuple[str, ...]
    quality: Quality | None
    signatures: tuple[str, ...]
    """Who signed what of it, and whether it was changed since, in words."""


def written(context: Context, kept: Kept) -> Written:
    """Return what is written down of a batch that was read before, without what only its paper says."""
    with context.store.reading() as work:
        sheet, batch = work.records.worksheet(kept.batch.id), kept.batch
        return Written(
            worksheet=sheet,
            calculation=None if sheet is None else _calculated(sheet, batch),
            remarks=() if sheet is None else look_again(sheet, batch.strength, batch.capsule_size, batch.components),
            quality=work.records.quality(batch.id),
            signatures=signed.in_words(signed.under(work, kept)),
        )


def _calculated(sheet: Worksheet, batch: Batch) -> Calculation:
    return calculation(batch.strength, sheet.planned, sheet.potency, sheet.fill_mg)


def paper(made: BatchRecord) -> DocumentPaper:
    """Return the record as pages, for print, preview and PDF alike."""
    return documents.paper(document(made))


def remember(context: Context, made: BatchRecord) -> Change:
    """Note in the trail that the record was printed (R28)."""
    return documents.printed(context, document(made).title, action=PRINTED, subject=made.kept.batch.lot)


def save(context: Context, made: BatchRecord, target: Path) -> Saved:
    """Write the record as a PDF, or into a folder under its lot's name; the trail keeps its SHA-256.

    Raises:
        Refused: its name is no PDF's, or a file is there that is no paper of this database.
        Surroundings: the place cannot be written, or Qt's libraries are missing.
    """
    lot = made.kept.batch.lot
    target = target / f"batch-record-{file_name(lot)}.pdf" if is_folder(target) else target
    return documents.save(context, document(made), target, action=PRINTED, subject=lot)


def file_name(lot: str) -> str:
    """Return a lot as a file's name may hold it.

    >>> file_name("OLD 1/2")
    'OLD-1-2'
    """
    return "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in lot).strip("-.") or "lot"


def _release_that_holds(history: list[Posted]) -> Posted | None:
    found = None
    for posted in history:
        match posted.entry.kind:
            case Kind.RELEASED:
                found = posted
            case Kind.QUARANTINED:
                found = None
    return found
