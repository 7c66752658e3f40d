"""The audit trail: asked, checked, and written as a file for whoever inspects it (R28)."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ldninv.db import Transaction
from ldninv.domain import audit
from ldninv.domain.audit import Asked, Difference, Event, Head, Verdict
from ldninv.domain.people import name_key
from ldninv.domain.progress import Progress, unheard
from ldninv.domain.refusal import Refused
from ldninv.reports import trail as on_paper
from ldninv.reports.document import Document
from ldninv.reports.trail_csv import to_csv
from ldninv.services import documents
from ldninv.services.batches import known
from ldninv.services.context import Context
from ldninv.services.safety import verify_trail

__all__ = ["Asked", "Line", "actions", "document", "export", "line", "numbers", "people", "rows", "verify"]

ACTION = "trail-exported"
"""What the trail calls a copy of itself that left the program."""
EVERYTHING = "all events"
_TOLD_EVERY = 2000
"""Events between two notes of progress."""


@dataclass(frozen=True, slots=True)
class Line:
    """An event with what it changed, in words."""

    event: Event
    changed: tuple[Difference, ...]


def numbers(context: Context, asked: Asked | None = None) -> array[int]:
    """Return the numbers of the events that answer `asked`, newest first."""
    with context.store.reading() as work:
        return work.trail.numbers(asked or Asked())


def rows(context: Context, wanted: Sequence[int]) -> list[Line]:
    """Return the events of these numbers, in this order."""
    with context.store.reading() as work:
        return [line(event) for event in work.trail.rows(wanted)]


def line(event: Event) -> Line:
    """Return an event with what it changed."""
    return Line(event, audit.differences(event))


def actions(context: Context) -> list[str]:
    """Return every kind of event that ever happened, for a filter."""
    with context.store.reading() as work:
        return work.trail.actions()


def people(context: Context) -> list[str]:
    """Return everybody who ever did something, for a filter."""
    with context.store.reading() as work:
        return work.trail.people()


def verify(context: Context, *printed: Head, progress: Progress = unheard) -> Verdict:
    """Recompute the whole chain, and hold it against the head beside the database and those `printed` on papers."""
    return verify_trail(context, *printed, progress=progress)


def document(context: Context, asked: Asked | None = None, *, progress: Progress = unheard) -> Document:
    """Return the events that answer `asked`, oldest first, as a paper."""
    asked, verdict = asked or Asked(), verify(context, progress=progress)
    with context.store.reading() as work:
        events = list(_told(work, asked, progress))
        return on_paper.build(events, said(asked), verdict, documents.maker(context, work))


def export(
    context: Context, target: Path, asked: Asked | None = None, *, progress: Progress = unheard
) -> documents.Saved:
    """Write the events that answer `asked`, oldest first, as CSV or PDF; the trail notes that it was copied.

    Raises:
        Refused: another suffix, no such batch, person or kind, or a file is there that is no paper of this database.
        Surroundings: the place cannot be written, or Qt's libraries are missing for the PDF.
    """
    wanted = _known(context, asked or Asked())
    match target.suffix.lower():
        case ".csv":
            documents.spare(context, target)
            with context.store.reading() as work:
                content = to_csv(_told(work, wanted, progress))
            return documents.write(context, content, target, action=ACTION, subject=said(wanted))
        case ".pdf":
            return documents.save(
                context, document(context, wanted, progress=progress), target, action=ACTION, subject=said(wanted)
            )
        case _:
            raise Refused(f"“{target}” names no kind of file that the trail can have. Let it end in .csv or .pdf.")


def _known(context: Context, asked: Asked) -> Asked:
    """Return what is asked for by the names that the records have for it; refuse a batch or person they do not."""
    with context.store.reading() as work:
        lot = None if asked.lot is None else known(work, asked.lot).batch.lot
        by = asked.by
        if by is not None:
            names = [*work.trail.people(), *(each.name for each in work.people.all())]
            by = next((name for name in names if name_key(name) == name_key(by)), None)
            if by is None:
                raise Refused(f"Nobody called “{asked.by}” is in the trail. Those who are: {', '.join(names)}.")
        unknown = sorted(asked.actions.difference(work.trail.actions()))
        if unknown:
            there = ", ".join(work.trail.actions())
            raise Refused(f"Nothing of the kind “{unknown[0]}” is in the trail. Kinds that are: {there}.")
    return replace(asked, lot=lot, by=by)


def said(asked: Asked) -> str:
    """Return which events are asked for, in words."""
    parts = [
        f"batch {asked.lot}" if asked.lot else "",
        f"by {asked.by}" if asked.by else "",
        f"from {asked.first}" if asked.first else "",
        f"to {asked.last}" if asked.last else "",
        f"kind {', '.join(sorted(asked.actions))}" if asked.actions else "",
    ]
    return ", ".join(part for part in parts if part) or EVERYTHING


def _told(work: Transaction, asked: Asked, progress: Progress) -> Iterator[Event]:
    """Yield the events that answer `asked`, oldest first, and tell how far they are."""
    numbers = work.trail.numbers(asked)
    events = work.trail.all() if asked == Asked() else iter(work.trail.rows(list(reversed(numbers))))
    for number, event in enumerate(events):
        if number % _TOLD_EVERY == 0:
            progress(number, len(numbers))
        yield event
