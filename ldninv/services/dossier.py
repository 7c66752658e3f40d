"""A batch's dossier: all that is known of it as one PDF, for an inspector or a complaint."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ldninv.db import Transaction
from ldninv.reports import dossier
from ldninv.reports.document import Document
from ldninv.reports.record import parts
from ldninv.services import documents, labels, trail
from ldninv.services.batches import answer, known
from ldninv.services.context import Context
from ldninv.services.record import record_of
from ldninv.services.storage import own

if TYPE_CHECKING:
    from ldninv.domain.audit import Verdict
    from ldninv.paper.document import DocumentPaper

ACTION = "dossier"
"""What the trail calls a dossier that left the program."""


def document(context: Context, lot: str) -> Document:
    """Return all that is known of a batch as a paper, from one moment of the database.

    Prescription numbers are no part of it (R29).

    Raises:
        Refused: there is no such batch.
    """
    verdict = trail.verify(context)
    with context.store.reading() as work:
        return dossier.build(_known(context, work, lot, verdict), documents.maker(context, work))


def paper(context: Context, lot: str) -> DocumentPaper:
    """Return the dossier as pages, for print, preview and PDF alike."""
    return documents.paper(document(context, lot))


def save(context: Context, lot: str, target: Path) -> documents.Saved:
    """Write the dossier as a PDF; the trail notes it.

    Raises:
        Refused: there is no such batch, or a file is there that is no paper of this database.
        Surroundings: the place cannot be written, or Qt's libraries are missing.
    """
    with context.store.reading() as work:
        its_lot = known(work, lot).batch.lot
    return documents.save(context, document(context, lot), target, action=ACTION, subject=its_lot)


def _known(context: Context, work: Transaction, lot: str, verdict: Verdict) -> dossier.Known:
    card = answer(context, work, known(work, lot))
    record = record_of(context, work, card.kept)
    movements = tuple(reversed(card.movements))
    disposals = ((each.id, work.disposals.of(each.id)) for each in movements)
    return dossier.Known(
        kept=card.kept,
        standing=card.standing,
        sign=card.sign,
        record=parts(record),
        signatures=record.signatures,
        labels=tuple(each for each in reversed(card.events) if each.action == labels.ACTION),
        places=tuple((stay.place, stay.from_, stay.to) for stay in reversed(card.places)),
        movements=movements,
        disposals=tuple((number, how) for number, how in disposals if how is not None),
        recalls=tuple(work.recalls.of_batch(card.kept.batch.id)),
        events=tuple(reversed(card.events)),
        judged=own.judged(context, work, card.kept),
        days=own.days(context, work, card.kept.batch.id),
        met=own.met(work, card.kept.batch.id),
        verdict=verdict,
    )
