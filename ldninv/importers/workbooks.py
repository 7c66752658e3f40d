"""Workbooks (XLSX), read without formatting: real dates, real numbers, no formulas."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ldninv.domain.progress import Cancelled, Progress
from ldninv.domain.refusal import Refused
from ldninv.importers.sheets import Cell, Line, Unfit

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

LARGEST_UNPACKED = 160_000_000
"""Bytes; a workbook that unpacks to more is made to fill the memory, or is no list."""
LARGEST_YEAR = 320_000_000
"""Bytes of one with moments: a logger's year at one minute, in eight columns, takes two thirds of it."""
LAST_LINE = 1_048_576
"""The last row a spreadsheet has."""
MOST_CELLS = 20_000_000
WIDEST = 128
"""Columns that are looked at."""

_STRIDE = 1000
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_HALF_A_SECOND = timedelta(microseconds=500_000)
_DAY, _MIDNIGHT = len("2026-03-05"), " 00:00:00"
_NO_RESULT = Unfit("is a formula without a result; open the workbook, let it calculate, and save it")


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One sheet of a workbook."""

    name: str
    """The file's."""
    title: str
    values: Any
    """The sheet of openpyxl with the stored results of its formulas."""
    formulas: Any | None
    """The same with the formulas themselves, where the workbook has any."""
    moments: bool = False
    """Whether days keep their time, as texts such as 2026-03-05 10:00:00; else they are days."""
    ragged: bool = False

    def lines(self, limit: int | None, progress: Progress) -> list[Line]:
        """Return the lines that hold anything; see `Sheet`."""
        found: list[Line] = []
        self.each(lambda line, cells: found.append((line, cells)), limit, progress)
        return found

    def each(self, keep: Callable[[int, list[Cell]], None], limit: int | None, progress: Progress) -> None:
        """Give the lines that hold anything to `keep`, one after the other: all at once they may fill the memory."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out, which no list needs
                self._each(keep, min(limit or LAST_LINE, LAST_LINE), progress)
        except (Cancelled, Refused):
            raise
        except Exception as trouble:
            raise _damaged(self.name) from trouble

    def _each(self, keep: Callable[[int, list[Cell]], None], limit: int, progress: Progress) -> None:
        cells_in_all = 0
        for line, cells in enumerate(self._rows(), 1):
            if line > limit:
                break
            while cells and cells[-1] == "":
                cells.pop()
            if cells:
                keep(line, cells)
                cells_in_all += len(cells)
            if cells_in_all > MOST_CELLS:
                raise Refused(f"{self.name} holds too many cells to be read. Split it and import the parts.")
            if line % _STRIDE == 0:
                progress(line, 0)

    def _rows(self) -> Iterator[list[Cell]]:
        self.values.reset_dimensions()  # programs that write a wrong size hide their own rows
        rows: Iterable[Any] = self.values.iter_rows(min_row=1)
        if self.formulas is None:
            for row in rows:
                yield [_cell(each, moments=self.moments) for each in row[:WIDEST]]
            return
        self.formulas.reset_dimensions()
        for row, formulas in zip(rows, self.formulas.iter_rows(min_row=1), strict=True):
            yield [
                _NO_RESULT if each.value is None and formula.data_type == "f" else _cell(each, moments=self.moments)
                for each, formula in zip(row[:WIDEST], formulas[:WIDEST], strict=True)
            ]


def fits(content: bytes) -> bool:
    """Whether the bytes are a workbook of the XLSX kind; damaged ones too."""
    return content.startswith(b"PK\x03\x04") and b"xl/workbook.xml" in content


def sheets(name: str, content: bytes, *, moments: bool = False) -> Sequence[Worksheet]:
    """Return the sheets of a workbook, the visible ones first.

    Args:
        name: The file's, for messages.
        content: Its bytes.
        moments: Whether days keep their time of day, as text.

    Raises:
        Refused: it is damaged, or unpacks to more than memory should hold.
    """
    try:
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):  # of odd styles openpyxl tells with `print`
            warnings.simplefilter("ignore")
            return _sheets(name, content, moments=moments)
    except Refused:
        raise
    except Exception as trouble:
        raise _damaged(name) from trouble


def _sheets(name: str, content: bytes, *, moments: bool) -> Sequence[Worksheet]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > (LARGEST_YEAR if moments else LARGEST_UNPACKED):
            raise Refused(f"{name} unpacks to more than can be read here. Save the sheet alone, and import that.")
        calculates = any(_has_formulas(archive, part) for part in parts if part.filename.startswith("xl/worksheets/"))
    values = _workbook(content, data_only=True)
    formulas = _workbook(content, data_only=False) if calculates else None
    found = [
        Worksheet(name, sheet.title, sheet, formulas.worksheets[index] if formulas else None, moments)
        for index, sheet in enumerate(values.worksheets)
    ]
    return sorted(found, key=lambda sheet: sheet.values.sheet_state != "visible")


def _workbook(content: bytes, *, data_only: bool) -> Workbook:
    from openpyxl import load_workbook  # noqa: PLC0415 - it takes longer to import than most lists to read

    return load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _has_formulas(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    tail = b""
    with archive.open(part) as source:
        while chunk := source.read(1 << 20):
            if _FORMULA.search(tail + chunk):
                return True
            tail = chunk[-40:]
    return False


def _damaged(name: str) -> Refused:
    return Refused(
        f"{name} is damaged and cannot be read as a workbook. Open it in its program, save it anew and import that."
    )


def _cell(cell: Any, *, moments: bool = False) -> Cell:  # noqa: ANN401 - openpyxl has three kinds of cell without a common ancestor
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return Unfit(f"is an error of the workbook ({value})") if cell.data_type == "e" else value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and not value.is_integer():
        return _fraction(value)
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    return _moment(value, cell) if moments else _day(value)


def _day(value: Any) -> Cell:  # noqa: ANN401 - a day, a moment or a time of day
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else Unfit(f"“{value}” is a time of day in the workbook")


def _moment(value: Any, cell: Any) -> Cell:  # noqa: ANN401 - a day, a moment or a time of day
    """Return a moment as text, to the second: what a workbook keeps is a fraction of a day and slips beyond it.

    A day that is shown without a time is no midnight: the time may stand in a column of its own.
    """
    if isinstance(value, datetime):
        moment = (value + _HALF_A_SECOND).replace(microsecond=0) if value.microsecond else value
        text = moment.isoformat(" ")
        return text[:_DAY] if text.endswith(_MIDNIGHT) and "h" not in cell.number_format.casefold() else text
    return value.replace(microsecond=0).isoformat() if isinstance(value, time) else str(value)


@lru_cache(maxsize=65536)
def _fraction(value: float) -> Decimal:
    """Return a number that is not whole as its sheet holds it.

    >>> _fraction(0.1 + 0.2)
    Decimal('0.3')
    """
    return Decimal(f"{value:.15g}")


def _number(value: float, shown_as: str) -> Cell:
    """Return a whole number as its sheet shows it, with the zeros its format puts before it.

    >>> _number(12345.0, "General"), _number(123, "00000")
    (12345, '00123')
    """
    whole = int(value)
    return str(whole).zfill(len(shown_as)) if len(shown_as) > 1 and not shown_as.strip("0") else whole
