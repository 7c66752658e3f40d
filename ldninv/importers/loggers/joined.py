"""Where in a file another table begins: what was joined below one record is a second one, and never part of the first.

Rows are told apart by their shape alone, all digits taken for one: there are a few dozen shapes in a file of a year.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import LoggerFile
from ldninv.importers.loggers import daily, moments
from ldninv.importers.loggers.headings import Role, role
from ldninv.importers.loggers.layout import time_columns
from ldninv.importers.loggers.printed import Printed, shaped_like_day
from ldninv.importers.loggers.source import Row
from ldninv.importers.loggers.steps import GAP
from ldninv.importers.loggers.time_words import tells_moment
from ldninv.importers.loggers.values import is_number, number
from ldninv.importers.sheets import quoted

FEW = 3
"""Rows of readings that make a table; a head may name two moments, as those of the lowest and the highest reading."""

_ALIKE = str.maketrans("023456789", "111111111")
_TELLING = frozenset({Role.TEMPERATURE, Role.HUMIDITY, Role.LUX, Role.VALUE})
_FIRST = 3
"""Cells of a row in which the heading of the times stands."""
_SHOWN = 60
_MOST_SHAPES = 400
"""Shapes of lines after which a file that is refused anyway is looked through no further: it is no table at all. Of one
that is read only those lines are looked at then that are no readings."""
_LONGEST_LINE = 20_000
"""Characters of a line in which cells are looked for; sixty columns take a tenth."""
_ON_A_NUMBER = re.compile(r"[+-]?1+(?:[.,]1+)?\"?[^\W\d_]")

Line = tuple[int, str]
"""A line's number, and what stands on it."""
Place = tuple[str, tuple[int, ...]]
"""The separator of a row's cells, and the columns of its moment; none for a day with its lowest and highest."""


class _Kind(Enum):
    READING = auto()
    MOMENT = auto()
    """A moment without numbers, as of a button that was pressed: it begins nothing and ends nothing."""
    HEADINGS = auto()
    DEVICE = auto()
    """The beginning of a file that is no table."""
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class _Shape:
    """What lines of one shape are."""

    kind: _Kind
    places: frozenset[Place] = frozenset()
    more: frozenset[Place] = frozenset()
    """Columns behind it that hold moments as well, as the end of a spell: in the first table one may be the time's."""


@dataclass(slots=True)
class Found:
    """What was found below the first table's own head."""

    begins: int | None = None
    """The line on which another table begins; None where none does."""
    said: str = ""
    """What stands there."""
    pages: list[int] = field(default_factory=list)
    """The lines on which the table's own headings are repeated."""


def refuse(name: str, found: Found) -> None:
    """Refuse a file of which another table is part.

    Raises:
        Refused: one begins in it.
    """
    if found.begins is not None:
        raise Refused(
            f"{name}, line {found.begins}: another table begins here, with {quoted(found.said[:_SHOWN])}. Import each "
            "table as a file of its own."
        )


def look(
    lines: Iterable[Line],
    delimiters: str,
    is_device: Callable[[str], bool] = lambda _line: False,
    *,
    begun: bool = False,
    refused: bool = False,
    read: Collection[int] = (),
) -> Found:
    """Return where another table begins, and where a table's own headings are repeated.

    Another table is a row of headings that the first does not have and readings below it; what follows on the last
    reading and has none is a note. A table's own headings may be repeated, as on every page, but not with words around
    them that its own head does not hold: they are of another logger, or of another time.

    Args:
        lines: The file's, from the first on.
        delimiters: What may part the cells of a row.
        is_device: Whether a line is the first of a file that is no table.
        begun: Whether a record went before, so that no head of its own is to follow.
        refused: Whether the file is refused anyway, and only the reason is looked for: what is garbage has none.
        read: Lines that were read as readings of the first table. Where nearly every line has a shape of its own, as
            beside serial numbers, these are taken for what they were read as, or each would be taken apart again.
    """
    walk = _Walk(delimiters, is_device, begun=begun)
    for line, text in lines:
        known = walk.shapes > _MOST_SHAPES and line in read
        found = walk.on_reading() if known else walk.on(line, text.rstrip("\r\n"))
        if found or (refused and walk.shapes > _MOST_SHAPES):
            break
    return walk.found


class _Walk:
    """A walk down the lines of a file."""

    def __init__(self, delimiters: str, is_device: Callable[[str], bool], *, begun: bool) -> None:
        self._delimiters, self._is_device = delimiters, is_device
        self._shapes: dict[str, _Shape] = {}
        self._own: set[str] = set()
        self._body: frozenset[Place] = frozenset()
        self._begun = begun
        self._run = 0
        self._pending: Line | None = None
        self._strange: Line | None = None
        self._page = False
        self.found = Found()

    @property
    def shapes(self) -> int:
        """How many shapes of lines there were."""
        return len(self._shapes)

    def on(self, line: int, text: str) -> bool:
        """Take one line more, and return whether another table was found."""
        shape = self._of(text)
        kind = shape.kind
        if kind is _Kind.READING:
            return self._reading(shape)
        if kind is _Kind.MOMENT:
            return False
        self._run = 0
        if not text.strip(' ,;\t|"'):
            return False
        if not self._begun:
            self._own.add(text)
        elif kind is _Kind.DEVICE:
            self._pending = line, text
            return self._end()
        elif text in self._own:
            self._page = True
            self.found.pages.append(line)
        elif kind is _Kind.HEADINGS:
            self._pending = self._pending or (line, text)
        else:
            self._strange = self._strange or (line, text)
        return False

    def on_reading(self) -> bool:
        """Take a line more that is known for a reading, and return whether another table was found."""
        return self._reading(_Shape(_Kind.READING, self._body))

    def _reading(self, shape: _Shape) -> bool:
        self._run += 1
        places = shape.places
        mistaken = not self._body & places and bool(self._body & shape.more)
        if self._strange is not None and (self._page or (self._begun and mistaken)):
            self._pending = self._pending or self._strange
        self._strange, self._page = None, False
        if not self._begun:
            self._body = places if self._run == 1 else self._body & places
            self._begun = self._run >= FEW
            return False
        enough = 1 if self._body & places or mistaken else FEW
        return self._pending is not None and self._run >= enough and self._end()

    def _end(self) -> bool:
        if self._pending is not None:
            self.found.begins, self.found.said = self._pending
        return True

    def _of(self, text: str) -> _Shape:
        shape = text.translate(_ALIKE)
        if shape not in self._shapes:
            self._shapes[shape] = self._look(text, shape)
        return self._shapes[shape]

    def _look(self, text: str, shape: str) -> _Shape:
        if len(text) > _LONGEST_LINE:
            return _Shape(_Kind.OTHER)
        cut = {delimiter: _cells(shape, delimiter) for delimiter in self._delimiters}
        headed = any(map(_headed, cut.values()))
        times = {delimiter: found for delimiter, row in cut.items() if (found := _times(row)) is not None}
        if times and not (headed and any(map(_torn, cut.values()))):
            places = {(each, found) for each, found in times.items() if _counts(cut[each], found)}
            more = {(each, (at,)) for each, _ in places for at in range(len(cut[each])) if _times([cut[each][at]])}
            return _Shape(_Kind.READING if places else _Kind.MOMENT, frozenset(places), frozenset(more))
        if self._is_device(text):
            return _Shape(_Kind.DEVICE)
        return _Shape(_Kind.HEADINGS if headed else _Kind.OTHER)


def _cells(text: str, delimiter: str) -> Row:
    try:
        return next(csv.reader([text], delimiter=delimiter, skipinitialspace=delimiter != "\t"), [])
    except csv.Error:
        return [text]


def _times(row: Row) -> tuple[int, ...] | None:
    """Return where a row holds its moment; nothing of a day with two numbers, and None of any other row."""
    times = time_columns(row)
    if times is None and any(map(shaped_like_day, row)) and sum(map(is_number, row)) > 1:
        return ()
    return times


def _counts(row: Row, times: tuple[int, ...]) -> bool:
    """Whether a row tells a number beside its moment, or that it is missing."""
    return any(cell.strip() and not number(cell).bad for at, cell in enumerate(row) if at not in times)


def _torn(row: Row) -> bool:
    """Whether words follow on a number in one cell, as where a file without an end to its last line goes on."""
    return any(_ON_A_NUMBER.match(cell) and number(cell).unit is None for cell in row)


def _headed(row: Row) -> bool:
    """Whether a row is one of headings: they tell what is measured below them, or that times stand there."""
    filled = [cell for cell in row if cell.strip()]
    alone = len(filled) == 1 and not row[0].strip()
    if len(filled) < 2 and not alone:  # noqa: PLR2004 - one cell is a title
        return False
    words = [cell for cell in filled if not is_number(cell)]
    if words == filled and len(filled) > 1 and any(map(tells_moment, filled[:_FIRST])):
        return True
    return daily.headed([(0, row)]) or any(role(cell) in _TELLING for cell in words)


def with_pages(said: Refused, pages: Sequence[int]) -> Refused:
    """Return why a table cannot be read whose headings are repeated: two tables may stand in the file."""
    return Refused(
        f"{said} The headings are repeated on line {pages[0]}: what stands below them may be a table of its own, to be "
        "imported as one."
    )


def refuse_unlike(name: str, file: LoggerFile, pages: Iterable[int]) -> None:
    """Refuse a file whose table goes on below its own headings with dates that may be in another order.

    What follows on at the usual step is the next page. What does not may be another file, written in another order:
    each has to show its order by itself.

    Raises:
        Refused: one does not.
    """
    if file.date_order is None:
        return
    breaks = sorted(pages)
    for first, last in _groups(file, breaks):
        rows = sorted(range(first, last), key=file.lines.__getitem__)
        lines = [file.lines[at] for at in rows]
        try:
            alone = moments.settled(name, Printed.of([file.printed[at] for at in rows]), None, lines)
        except Refused:
            alone = None
        if alone is None or list(alone.local) != [file.local[at] for at in rows]:
            at = bisect_left(breaks, lines[0])
            raise Refused(
                f"{name}, line {breaks[max(at - 1, 0)]}: the headings are repeated here, and the dates above or below "
                "may be in another order than the rest. Import each table as a file of its own."
            )


def _groups(file: LoggerFile, breaks: list[int]) -> list[tuple[int, int]]:
    """Return the readings between repeated headings, joined where one follows on another; nothing if all do."""
    page = [bisect_left(breaks, line) for line in file.lines]
    widest = GAP * (file.interval_s or 0.0)
    starts = [
        at for at in range(1, len(page)) if page[at] != page[at - 1] and file.local[at] - file.local[at - 1] > widest
    ]
    return list(pairwise([0, *starts, len(page)])) if starts else []
