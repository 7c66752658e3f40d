"""The audit trail on paper: who did what, when, why, and what it changed (R28)."""

from __future__ import annotations

from collections.abc import Sequence

from ldninv.domain.audit import CANNOT_PROVE, PROVES, Event, Verdict, differences, in_words
from ldninv.reports.document import Column, Document, Maker, Part, said

TITLE = "Audit trail"
COLUMNS = (
    Column("Event", 0.8, number=True), Column("When", 2.2), Column("By", 1.6), Column("What", 1.8), Column("Of", 1.9),
    Column("Changed", 3.4), Column("Why", 2.0),
)  # fmt: skip


def build(events: Sequence[Event], asked: str, verdict: Verdict, made: Maker) -> Document:
    """Return events as a paper.

    Args:
        events: In the order they are to stand.
        asked: Which of all events they are, in words.
        verdict: What the check of the whole trail found just now.
        made: Who makes the paper.
    """
    return Document(
        title=TITLE,
        subject=asked[:1].upper() + asked[1:],
        made=made,
        facts=said(
            ("Events on this paper", len(events)),
            ("The whole trail", f"{in_words(verdict)} {verdict.unchecked or ''}".strip()),
        ),
        parts=(
            Part(title="What the check proves", note=f"{PROVES} {CANNOT_PROVE}"),
            Part(title="Events", columns=COLUMNS, rows=tuple(map(cells, events)), none="No event of this kind."),
        ),
    )


def cells(event: Event) -> tuple[str, ...]:
    """Return an event as the cells of `COLUMNS`."""
    changed = "; ".join(map(str, differences(event)))
    return (str(event.number), when(event.at), event.by, event.action, event.subject, changed, event.reason or "")


def when(at: str) -> str:
    """Return an instant without its offset, to the minute; what is no instant as it stands."""
    return f"{at[:10]} {at[11:16]}".strip()
