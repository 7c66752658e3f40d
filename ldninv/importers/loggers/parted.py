"""Rows whose cells cannot be told apart, because decimal commas part their numbers too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ldninv.domain.refusal import Refused
from ldninv.importers.loggers.headings import Role, folded
from ldninv.importers.loggers.layout import Layout
from ldninv.importers.loggers.others import names_a_logger
from ldninv.importers.loggers.source import Row
from ldninv.importers.loggers.values import is_number
from ldninv.importers.sheets import quoted

if TYPE_CHECKING:
    from ldninv.importers.loggers.rows import Columns

_MOST_DECIMALS = 3
"""Digits after a decimal comma that loggers print."""
_ANOTHER = "A decimal comma may part them; export the file with another separator."
SHORTER = "is shorter than the others; what stands there may belong to another column"
LONGER = "is longer than the others; what stands there may belong to another column"
"""Why a row is set aside that has a cell less than the others, or a blank one more."""

_EVENT = re.compile(
    r"connect|logged|stopped|end of|eof|button|coupler|marker|event|started|host|line resume"
    r"|conect|registr|acoplador|detenid|boton|verbunden|gestoppt|taste|kopplung"
    r"|appuye|arrete|enregistre|parado|^column |^$"
    r"|\bnotes?\b|comment|remark|remarque|bemerk|kommentar|anmerk|notiz"
)


def tells_words(heading: str) -> bool:
    """Whether it is a heading below which loggers print words, and never numbers.

    >>> tells_words("Coupler Detached"), tells_words(""), tells_words("Batt, V")
    (True, True, False)
    """
    return _EVENT.search(folded(heading)) is not None


@dataclass(frozen=True, slots=True)
class Commas:
    """Where rows of a text that commas part show that decimal commas part their numbers too."""

    name: str
    measured: tuple[int, ...]
    seldom: tuple[int, ...]
    """Columns that no heading explains and that hold numbers in few rows or none."""

    @classmethod
    def of(cls, name: str, layout: Layout, columns: Columns) -> Commas:
        """Return what a table's rows are looked through for.

        Raises:
            Refused: nearly all of them are parted.
        """
        measured = tuple(each for each in (columns.temperature, columns.humidity, columns.lux) if each is not None)
        _refuse_all_parted(name, layout, columns, measured)
        _refuse_for_names(name, layout, columns.temperature)
        cells = [row[columns.temperature] for row in layout.sample if columns.temperature < len(row)]
        if all(_is_whole(cell) or not is_number(cell) for cell in cells):
            return cls(name, measured, ())  # whole numbers have no decimals to part
        wide = range(len(layout.headings))
        unsaid = [at for at in wide if at not in columns.all and layout.role(at) is None]
        return cls(name, measured, tuple(at for at in unsaid if not _often(layout.sample, at)))

    def refuse(self, rows: Sequence[Row], lines: Sequence[int]) -> None:
        """Refuse rows of whose numbers one was pushed into a column that holds none.

        Raises:
            Refused: a decimal comma parts them.
        """
        if not self.seldom:
            return
        for line, row in zip(lines, rows, strict=True):
            pushed = next((at for at in self.seldom if at < len(row) and is_number(row[at])), None)
            if pushed is not None and self._are_cut(row):
                raise Refused(
                    f"{self.name}, line {line}: there is a number more than in other rows, so that it cannot be told "
                    f"which is the temperature. {_ANOTHER}"
                )

    def _are_cut(self, row: Row) -> bool:
        """Whether all that is measured is whole, and what stands behind one of them may be its decimals."""
        whole = all(at < len(row) and _is_whole(row[at]) for at in self.measured)
        return whole and any(at + 1 < len(row) and row[at + 1].strip().isdigit() for at in self.measured)


def refuse_days(name: str, rows: Sequence[Row], lines: Sequence[int], measured: Sequence[int]) -> None:
    """Refuse rows of days of which a whole number is followed by digits, in a column that holds numbers in few rows.

    Args:
        name: The file's, for messages.
        rows: All of them.
        lines: Their lines.
        measured: The columns of the lowest and the highest.

    Raises:
        Refused: a decimal comma parts them.
    """
    if all(_is_whole(row[at]) or not is_number(row[at]) for row in rows for at in measured if at < len(row)):
        return  # whole numbers have no decimals to part
    behind = [at + 1 for at in measured if at + 1 not in measured and not _often(rows, at + 1)]
    for line, row in zip(lines, rows, strict=True):
        if any(at < len(row) and _is_whole(row[at - 1]) and row[at].strip().isdigit() for at in behind):
            raise Refused(f"{name}, line {line}: what stands behind a whole number looks like its decimals. {_ANOTHER}")


def _is_whole(cell: str) -> bool:
    return cell.strip().lstrip("+-−").isdigit()


def _often(sample: Sequence[Row], column: int) -> bool:
    numbers = sum(column < len(row) and is_number(row[column]) for row in sample)
    return numbers * 10 >= 9 * len(sample)


def _refuse_all_parted(name: str, layout: Layout, columns: Columns, measured: Sequence[int]) -> None:
    """Refuse a table whose decimal commas part its numbers: whole ones, and digits beside them.

    Raises:
        Refused: it is one.
    """
    at = columns.temperature
    pairs = [(row[at].strip().lstrip("+-−"), row[at + 1].strip()) for row in layout.sample if at + 1 < len(row)]
    digits = [part for whole, part in pairs if whole.isdigit() and part.isdigit() and len(part) <= _MOST_DECIMALS]
    if len(digits) * 10 < 9 * len(layout.sample):
        return
    if layout.role(at + 1) is None and at + 1 not in (*columns.times, *columns.all):
        if len(set(digits)) > 1:  # one alone is a flag
            raise Refused(
                f"{name}: {quoted(layout.heading(at))} holds whole numbers, and the column after it, which no heading "
                f"names, what looks like their decimals. {_ANOTHER}"
            )
    elif _pushed(layout, columns, measured) or (layout.role(at + 1) is Role.HUMIDITY and _are_tenths(digits)):
        raise Refused(
            f"{name}, line {layout.first}: {quoted(layout.heading(at))} holds whole numbers, and the column after it "
            f"what looks like their decimals. {_ANOTHER}"
        )


def _are_tenths(digits: Sequence[str]) -> bool:
    """Whether single digits that differ stand where a humidity is expected, which has two."""
    return all(len(each) == 1 for each in digits) and len(set(digits)) > 2  # noqa: PLR2004


def _pushed(layout: Layout, columns: Columns, measured: Sequence[int]) -> bool:
    """Whether numbers reach beyond the columns whose headings name some, and look like decimals."""
    beyond = max((each for each in layout.numbers if layout.role(each) is not None), default=columns.temperature)
    over = [at for at in range(beyond + 1, len(layout.headings)) if at not in columns.all]
    over = [at for at in over if layout.role(at) is None and _often(layout.sample, at)]
    if not over:
        return False
    if any(tells_words(layout.heading(at)) for at in over):
        return True
    cells = [row[at].strip() for row in layout.sample for each in measured for at in (each, each + 1) if at < len(row)]
    return any(len(cell) > 1 and cell.isdigit() and cell.startswith("0") for cell in cells)


def _refuse_for_names(name: str, layout: Layout, column: int) -> None:
    """Refuse a table in which what looks like decimals stands where the logger's name or number should.

    Raises:
        Refused: it is one.
    """
    if not names_a_logger(layout.heading(column + 1)):
        return
    rows = [(row[column].strip(), row[column + 1].strip()) for row in layout.sample if column + 1 < len(row)]
    parts = {part for whole, part in rows if _is_whole(whole) and part.isdigit() and len(part) <= _MOST_DECIMALS}
    if rows and parts - {rows[0][1]}:
        raise Refused(
            f"{name}: under {quoted(layout.heading(column + 1))} stands {quoted(min(parts))} behind a whole number, "
            f"which looks like its decimals. {_ANOTHER}"
        )


def refuse_wider(name: str, rows: Sequence[Row], lines: Sequence[int], wide: int) -> None:
    """Refuse rows that hold anything beyond the last heading.

    Raises:
        Refused: one does.
    """
    for line, row in zip(lines, rows, strict=True):
        if any(cell.strip() for cell in row[wide:]):
            raise wider(name, line)


def wider(name: str, line: int) -> Refused:
    """Return why a row is refused that has more cells than there are headings, or than other rows have."""
    return Refused(
        f"{name}, line {line}: there are more cells than headings or than in other rows, so that it cannot be told "
        "which is the temperature. A decimal comma may part numbers; export the file with another separator."
    )
