"""A scan becomes an answer: the batch it names, or why it names none (R30–R32)."""

from __future__ import annotations

from dataclasses import dataclass

from ldninv.domain import scan as scans
from ldninv.domain.scan import Means, Scan
from ldninv.services.batches import Card, answer
from ldninv.services.context import Context


@dataclass(frozen=True, slots=True)
class Answer:
    """What a scanner's text means here."""

    scan: Scan
    kind: str
    """`batch`, `unknown` or `invalid`."""
    card: Card | None = None
    error: str | None = None


def scan(context: Context, text: str) -> Answer:
    """Return what `text` means; reads only, and never raises for what was scanned."""
    read = scans.parse(text)
    if read.means is Means.INVALID:
        return Answer(read, "invalid", error=read.error)
    with context.store.reading() as work:
        kept = work.batches.by_lot(read.text)
        if kept is None:
            return Answer(read, "unknown")
        return Answer(read, "batch", answer(context, work, kept))
