"""The audit trail as a table for spreadsheets: every event with what it changed and the hash that binds it (R28)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from ldninv.domain.audit import Event, differences
from ldninv.reports.csv_file import safe

COLUMNS = (
    "number", "at", "by", "workstation", "action", "subject", "reason", "changed", "before", "after", "previous",
    "hash",
)  # fmt: skip


def to_csv(events: Iterable[Event]) -> bytes:
    """Return the events as CSV in UTF-8 with a byte order mark, the way spreadsheets recognise it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_row(event) for event in events)
    return out.getvalue().encode("utf-8-sig")


def _row(event: Event) -> list[object]:
    changed = "; ".join(map(str, differences(event)))
    texts = (event.workstation, event.action, event.subject, event.reason, changed, event.before, event.after)
    return [event.number, event.at, safe(event.by), *map(safe, texts), event.previous, event.hash]
