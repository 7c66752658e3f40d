"""Moments that are counted from 1970 on, below a heading that says so: written out, for everything else reads dates."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from ldninv.domain.storage.logger_file import DailyRecord, LoggerFile
from ldninv.importers.loggers.headings import folded
from ldninv.importers.loggers.source import Book, Row, Text

Read = TypeVar("Read", LoggerFile, DailyRecord, LoggerFile | DailyRecord)

_HEADING = re.compile(r"\b(?:unix|epoch|posix)\b")
_COUNTED = re.compile(r"[0-9]{10}|[0-9]{13}")
"""Seconds, or thousandths of them, since September 2001."""
_IN_SECONDS = 10
_FEW = 2


def written_out(source: Text) -> Text | None:
    r"""Return a table with the moments of such a column in ISO 8601; None where it has none.

    >>> written_out(Text("", "Unix time,°C\n1772668800,21\n1772672400,22\n", ",")).text
    'Unix time,°C\n2026-03-05 00:00:00Z,21\n2026-03-05 01:00:00Z,22\n'
    """
    found = _column(source.head())
    text = source.text if found is None else "".join(_lines(source, *found))
    return replace(source, text=text) if text != source.text else None


def in_book(book: Book) -> Book | None:
    """Return a sheet with the moments of such a column in ISO 8601; None where it has none."""
    found = _column(book.head())
    return None if found is None else book.with_lines(_lines(book, *found))


def in_rows(head: Sequence[tuple[int, Row]]) -> list[tuple[int, Row]]:
    """Return the first rows of a table with the moments of such a column, if it has one, in ISO 8601."""
    found = _column(head)
    if found is None:
        return list(head)
    heading, column = found
    return [
        (line, [_iso(cell) if at == column and line > heading else cell for at, cell in enumerate(row)])
        for line, row in head
    ]


def as_printed(file: Read, source: Text | Book) -> Read:
    """Return what was read with the moments as the file prints them, which are kept: the numbers themselves."""
    found = _column(source.head())
    if found is None or not isinstance(file, LoggerFile):
        return file
    said = {line: cell for line, _, cell in _cells(source, *found)}
    return replace(file, printed=[said[line] for line in file.lines])


def _column(head: Sequence[tuple[int, Row]]) -> tuple[int, int] | None:
    """Return the line of the headings, and the column of the moments; all that stands in it has to be one."""
    for at, (line, row) in enumerate(head):
        for column in (column for column, cell in enumerate(row) if _HEADING.search(folded(cell))):
            below = [later[column].strip() for _, later in head[at + 1 :] if column < len(later)]
            if len(below) >= _FEW and all(map(_COUNTED.fullmatch, below)) and len(set(map(len, below))) == 1:
                return line, column
    return None


def _lines(source: Text | Book, heading: int, column: int) -> Iterator[str]:
    for _, text, cell in _cells(source, heading, column):
        yield text.replace(cell, _iso(cell)) if cell and text.count(cell) == 1 else text


def _cells(source: Text | Book, heading: int, column: int) -> Iterator[tuple[int, str, str]]:
    """Yield each line, what stands on it, and its cell of a column below the headings."""
    for line, text in source.lines():
        if line <= heading:
            row = []
        elif isinstance(source, Text):
            row = next(csv.reader([text], delimiter=source.delimiter), [])
        else:
            row = text.split(source.separators)
        yield line, text, row[column].strip() if column < len(row) else ""


def _iso(cell: str) -> str:
    counted = cell.strip()
    if not _COUNTED.fullmatch(counted):
        return cell
    moment = datetime.fromtimestamp(int(counted[:_IN_SECONDS]), UTC)
    part = f".{counted[_IN_SECONDS:]}" if len(counted) > _IN_SECONDS else ""
    return f"{moment:%Y-%m-%d %H:%M:%S}{part}Z"
