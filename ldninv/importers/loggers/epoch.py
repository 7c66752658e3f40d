"""Moments that are counted from 1970 on, below a heading that says so: written out, for everything else reads dates."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from ldninv.importers.loggers.headings import folded
from ldninv.importers.loggers.source import Row, Text

_HEADING = re.compile(r"\b(?:unix|epoch|posix)\b")
_COUNTED = re.compile(r"[0-9]{10}|[0-9]{13}")
"""Seconds, or thousandths of them, since September 2001."""
_IN_SECONDS = 10
_FEW = 2


def written_out(source: Text) -> str | None:
    r"""Return a table with the moments of such a column in ISO 8601; None where it has none.

    >>> written_out(Text("", "Unix time,°C\n1772668800,21\n1772672400,22\n", ","))
    'Unix time,°C\n2026-03-05 00:00:00Z,21\n2026-03-05 01:00:00Z,22\n'
    """
    found = _column(source.head())
    written = source.text if found is None else "".join(_lines(source, *found))
    return written if written != source.text else None


def counts(source: Text) -> bool:
    """Whether a table's moments are such."""
    return _column(source.head()) is not None


def _column(head: Sequence[tuple[int, Row]]) -> tuple[int, int] | None:
    """Return the line of the headings, and the column of the moments; all that stands in it has to be one."""
    for at, (line, row) in enumerate(head):
        for column, cell in enumerate(row):
            below = [later[column].strip() for _, later in head[at + 1 :] if column < len(later)]
            counted = len(below) >= _FEW and all(map(_COUNTED.fullmatch, below)) and len(set(map(len, below))) == 1
            if counted and _HEADING.search(folded(cell)):
                return line, column
    return None


def _lines(source: Text, heading: int, column: int) -> Iterator[str]:
    for line, text in source.lines():
        row = next(csv.reader([text], delimiter=source.delimiter), []) if line > heading else []
        cell = row[column].strip() if column < len(row) else ""
        once = text.count(cell) == 1 and _COUNTED.fullmatch(cell)
        yield text.replace(cell, _iso(cell)) if once else text


def _iso(cell: str) -> str:
    moment = datetime.fromtimestamp(int(cell[:_IN_SECONDS]), UTC)
    part = f".{cell[_IN_SECONDS:]}" if len(cell) > _IN_SECONDS else ""
    return f"{moment:%Y-%m-%d %H:%M:%S}{part}Z"
