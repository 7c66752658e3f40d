"""A weekly report is issued: numbered, kept as it is with its pages, and signed off by a pharmacist (R24, R25)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ldninv.db import Transaction
from ldninv.domain.days import Week
from ldninv.domain.issued import Issued
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning, holds
from ldninv.reports.writers import render
from ldninv.services import documents, signing, weekly
from ldninv.services.context import Change, Context
from ldninv.services.files import sha256, write_files
from ldninv.services.issued_evidence import ISSUED, is_intact, kept_facts
from ldninv.services.signed import Signed
from ldninv.services.signing import Pen, Signer

if TYPE_CHECKING:
    from ldninv.paper.kept import KeptPaper
    from ldninv.paper.page import PageSize
    from ldninv.reports.weekly import Report

SIGNED_OFF = "report-signed"
"""What the trail calls a report that was signed off."""

COPIED = "report-copied"
"""What the trail calls an issued report that was taken out or printed again."""

KINDS = ("pdf", "json")
"""What is kept of an issued report, by the suffix of its file."""


@dataclass(frozen=True, slots=True)
class IssuedNow:
    """A report that was issued a moment ago."""

    issued: Issued
    report: Report
    files: tuple[Path, ...] = ()
    notices: tuple[str, ...] = ()
    changed: Change = Change.REPORTS


@dataclass(frozen=True, slots=True)
class SignedOff:
    """What came of a sign-off."""

    changed: Change = Change.REPORTS
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """An issued report with who signed it, and whether what is kept is still what was issued."""

    issued: Issued
    signatures: tuple[Signed, ...]
    intact: bool


def issue(
    context: Context,
    week: Week | None = None,
    *,
    page: PageSize | None = None,
    targets: Sequence[Path] = (),
    sign_off: bool = False,
    sign: Pen | None = None,
) -> IssuedNow:
    """Number the report of `week`, or of this one, and keep it: its JSON value, its PDF, and the trail's head.

    It is made anew, so that it says what is there now and who issues it. Its files, its event, its place in the
    database and its signature come together or not at all.

    Args:
        context: Who and when.
        week: None for the running one.
        page: The size of its sheets; the one usual in this country where none is named.
        targets: Files it is written to as well, or folders for the PDF.
        sign_off: Whether it is signed off at once.
        sign: The pharmacist who does.

    Raises:
        Refused: nobody signs who may, a file is in the way, or another report was issued at this moment.
        SignInNeeded: there are people, and nobody is signed in.
        Surroundings: a place cannot be written, or Qt's libraries are missing for the PDF.
    """
    signer = signing.signer(context, sign, Meaning.REPORT) if sign_off else None
    context.admit()
    made = weekly.report(context, week, to_issue=True)
    kept = {"json": render(made, "json"), "pdf": weekly.pdf(made, page)}
    contents = weekly.files(context, made, targets, page, kept=kept)
    with context.writing() as work:
        issued = _keep(context, work, made, kept, weekly.digests_of(contents))
        if sign_off:
            _sign(context, work, issued, signer)
        write_files(contents)
    unsigned = signing.remarks(signer) if sign_off else ()
    return IssuedNow(issued, made, tuple(target for target, _ in contents), unsigned)


def sign_off(context: Context, number: int, *, sign: Pen | None = None) -> SignedOff:
    """Let a pharmacist answer for an issued report, with the digest of what is kept of it.

    Raises:
        Refused: there is no such report, they signed it before, or nobody signs who may.
    """
    with context.store.reading() as work:
        known(work, number)
    signer = signing.signer(context, sign, Meaning.REPORT)
    with context.writing() as work:
        issued = known(work, number)
        for each in _signatures(work, issued):
            if signer is not None and each.unchanged and each.signature.person == signer.person.id:
                raise Refused(f"{signer.person.name} signed report {number} before, and nothing of it was changed.")
        _sign(context, work, issued, signer)
    return SignedOff(notices=signing.remarks(signer))


def reports(context: Context) -> tuple[Kept, ...]:
    """Return every issued report, the latest first, each held against what is kept of it."""
    with context.store.reading() as work:
        return tuple(_kept(work, issued) for issued in work.issued.all())


def report(context: Context, number: int) -> Kept:
    """Return one issued report.

    Raises:
        Refused: there is none of that number.
    """
    with context.store.reading() as work:
        return _kept(work, known(work, number))


def known(work: Transaction, number: int) -> Issued:
    """Return the issued report of a number.

    Raises:
        Refused: there is none.
    """
    issued = work.issued.by_number(number)
    if issued is None:
        last = work.issued.next_number() - 1
        there = f"The last one is report {last}." if last else "None was issued yet."
        raise Refused(f"There is no issued report {number}. {there}")
    return issued


def content(context: Context, number: int, kind: str = "pdf") -> bytes:
    """Return what is kept of an issued report, byte for byte: its `pdf`, or its value as `json`.

    Raises:
        Refused: there is no such report.
    """
    with context.store.reading() as work:
        known(work, number)
        return work.issued.pdf(number) if kind == "pdf" else work.issued.data(number)


def paper(context: Context, issued: Issued) -> KeptPaper:
    """Return the pages of an issued report as they are kept, for the window and the printer."""
    from ldninv.paper.kept import KeptPaper  # noqa: PLC0415 - Qt only where paper is asked for

    return KeptPaper(f"Report {issued.number}, week {issued.week}", content(context, issued.number))


def save(context: Context, number: int, target: Path, *, replacing: bool = False) -> documents.Saved:
    """Write what is kept of an issued report to a file, byte for byte.

    Args:
        context: Who and when.
        number: The report.
        target: A file that ends in one of `KINDS`.
        replacing: Whether the person agreed to write over what stands there.

    Raises:
        Refused: there is no such report, the name is no kept kind, or another file is in the way.
        Surroundings: the place cannot be written.
    """
    kind = target.suffix.removeprefix(".").lower()
    if kind not in KINDS:
        raise Refused(f"Report {number} is kept as {' and '.join(KINDS)}. Let “{target}” end in one of these.")
    kept = content(context, number, kind)
    if not replacing:
        documents.spare(context, target)
    return documents.write(context, kept, target, action=COPIED, subject=f"report {number}")


def _keep(context: Context, work: Transaction, made: Report, kept: dict[str, bytes], files: dict[str, str]) -> Issued:
    if made.number is None or work.issued.next_number() != made.number or made.head is None:
        raise Refused(
            "Another report was issued at this moment. Look at that one first; nothing was issued here. Then issue "
            "yours if it is still needed."
        )
    data, pdf = sha256(kept["json"]), sha256(kept["pdf"])
    after = {
        "number": made.number,
        "week": str(made.week),
        "as_of": made.as_of,
        "past": made.as_of < context.today(),
        "data": data,
        "pdf": pdf,
        "files": files,
    }
    event = work.trail.append(context.event(ISSUED, f"report {made.number}", after=after))
    issued = Issued(
        number=made.number,
        week=made.week,
        as_of=made.as_of,
        at=context.instant(),
        by=context.user,
        data=data,
        pdf=pdf,
        head=made.head,
        event=event,
    )
    work.issued.append(issued, kept["json"], kept["pdf"])
    return issued


def _sign(context: Context, work: Transaction, issued: Issued, signer: Signer | None) -> None:
    facts = kept_facts(work, issued)
    number = work.trail.append(context.event(SIGNED_OFF, issued.subject, after=facts))
    signing.sign(context, work, signer, issued.subject, facts, about=number)


def _kept(work: Transaction, issued: Issued) -> Kept:
    return Kept(issued, _signatures(work, issued), is_intact(work, issued))


def _signatures(work: Transaction, issued: Issued) -> tuple[Signed, ...]:
    found = work.signatures.of(issued.subject)
    facts = kept_facts(work, issued) if found else {}
    return tuple(Signed(each, holds(each, facts)) for each in found)
