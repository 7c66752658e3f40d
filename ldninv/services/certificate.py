"""The certificate of a disposal, or of several at once, for the file (R13)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ldninv.db import Transaction
from ldninv.domain.entries import Disposal, Kind, Posted, taken_back
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import in_words
from ldninv.reports import certificate
from ldninv.reports.certificate import Disposed
from ldninv.reports.document import Document
from ldninv.services import documents
from ldninv.services.batches import known
from ldninv.services.context import Context
from ldninv.services.evidence import signed_facts

if TYPE_CHECKING:
    from ldninv.paper.document import DocumentPaper

ACTION = "certificate"
"""What the trail calls a certificate that left the program."""


def document(context: Context, entries: Sequence[int]) -> Document:
    """Return the certificate of the disposals that these entries made: one paper for all of them.

    Raises:
        Refused: none is named, there is no such entry, or one is no disposal.
    """
    numbers = list(dict.fromkeys(entries))
    if not numbers:
        raise Refused("Name the disposal that the certificate is for, by the number of its entry.")
    with context.store.reading() as work:
        found, maker = [_disposed(work, each) for each in numbers], documents.maker(context, work)
    return certificate.build(found[0], maker) if len(found) == 1 else certificate.build_several(found, maker)


def of_batches(context: Context, lots: Sequence[str]) -> list[int]:
    """Return the entries of all disposals of these batches that were not taken back, oldest first.

    Raises:
        Refused: there is no such batch, or nothing of them was disposed of.
    """
    with context.store.reading() as work:
        found = [known(work, lot).batch for lot in dict.fromkeys(lots)]
        histories = [work.ledger.of(batch.id, batch.lot) for batch in found]
    entries = [
        each.id
        for history in histories
        for each in history
        if each.entry.kind is Kind.DESTROYED and each.id not in taken_back(history)
    ]
    if not entries:
        what = f"batch {found[0].lot}" if len(found) == 1 else "these batches"
        raise Refused(f"Nothing of {what} was disposed of, so there is no certificate. Dispose of it first.")
    return sorted(entries)


def paper(context: Context, entries: Sequence[int]) -> DocumentPaper:
    """Return the certificate as pages, for print, preview and PDF alike."""
    return documents.paper(document(context, entries))


def save(context: Context, entries: Sequence[int], target: Path) -> documents.Saved:
    """Write the certificate as a PDF; the trail notes it.

    Raises:
        Refused: there is no such disposal, or a file is there that is no paper of this database.
        Surroundings: the place cannot be written, or Qt's libraries are missing.
    """
    made = document(context, entries)
    return documents.save(context, made, target, action=ACTION, subject=made.subject.removeprefix("Batch "))


def _disposed(work: Transaction, entry: int) -> Disposed:
    lot = work.ledger.lot_of(entry)
    if lot is None:
        raise Refused(f"There is no entry {entry}. Look at the batch's movements for its number.")
    kept = known(work, lot)
    history = work.ledger.of(kept.batch.id, kept.batch.lot)
    posted = next(each for each in history if each.id == entry)
    if posted.entry.kind is not Kind.DESTROYED:
        raise Refused(
            f"Entry {entry} of batch {lot} is no disposal ({posted.entry.kind}). Only a disposal has a certificate."
        )
    how = work.disposals.of(entry)
    back = next((each for each in history if each.entry.voids == entry), None)
    return Disposed(kept, posted, how, _signed(work, posted, how, back), taken_back=back)


def _signed(work: Transaction, posted: Posted, how: Disposal | None, back: Posted | None) -> tuple[str, ...]:
    event = work.ledger.event_of(posted.id)
    found = [] if event is None else work.signatures.about(event)
    return tuple(in_words(each, signed_facts(posted, how), taken_back=back) for each in found)
