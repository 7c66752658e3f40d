"""Where text and code stand on a label: as large as they fit, never under what can be read, never over each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from math import ceil, floor

from ldninv.domain.label_sizes import Size, Symbol, least_dots
from ldninv.domain.labels import Kind, Label, Line, Role
from ldninv.domain.refusal import Refused
from ldninv.paper.fonts import UNIT
from ldninv.paper.label_text import Lines, Text, TooNarrowError, broken
from ldninv.paper.page import millimetres
from ldninv.paper.symbols import Modules, encode

SMALLEST, LARGEST = 6.0, 12.0
"""Points of the text; titles and dates are larger."""
STEP = 0.25

MARGIN = millimetres(1.27)
"""Where no printer of labels is asked to print: the web does not run true."""
GAP = millimetres(0.6)
"""Between parts of a label."""

COMFORTABLE_MM, COMFORTABLE_LARGE_MM = 0.37, 0.49
"""A module that a worn label can still be read by; below it the text is made smaller first."""
AMPLE_MM, AMPLE_LARGE_MM = 0.51, 0.77
"""More gives no scanner anything."""
LARGE_MM = 35
"""The height from which on a label is a large one."""

LEAST_BARS = millimetres(5)
MOST_BARS = millimetres(12)
BARS_SHARE = 0.15
"""Of their length: so high are bars at least, for a scanner held askew."""

_LARGER = {Role.TITLE: 1.2, Role.DATE: 1.2}
_SIGNBOARD = {Role.TITLE: 2.0}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in whole printer dots."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A label as it is drawn, on whatever."""

    size: Size
    dots_per_inch: int
    texts: tuple[Text, ...]
    boxes: tuple[Box, ...]
    """Black."""
    code: Box
    """The code with its quiet zone."""
    module_dots: int

    @property
    def dot(self) -> float:
        """In units of the page."""
        return 72 * UNIT / self.dots_per_inch


class _TooMuchError(Exception):
    """It does not fit that way."""


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to lay out a label: size of its text and its modules."""

    label: Label
    modules: Modules
    size: Size
    dots_per_inch: int
    points: float
    module_dots: int
    packed: bool = False
    """Whether short texts stand side by side."""
    flat: bool = False
    """Whether titles and dates are no larger than the rest."""
    breaking: bool = False
    """Whether a lot may go on in the next line."""

    @property
    def dot(self) -> float:
        return 72 * UNIT / self.dots_per_inch

    @property
    def room(self) -> tuple[float, float]:
        width, height = millimetres(self.size.width_mm), millimetres(self.size.height_mm)
        return width - 2 * MARGIN, height - 2 * MARGIN

    @property
    def code(self) -> tuple[float, float]:
        """Width and height of the code with its quiet zone; of bars the width alone counts."""
        module = self.module_dots * self.dot
        return self.modules.width * module, (self.modules.rows + 2 * self.modules.quiet) * module

    def set(self, lines: Iterable[Line], width: float) -> Lines:
        """Break lines for a width."""
        larger = {} if self.flat else _SIGNBOARD if self.label.kind in {Kind.PLACE, Kind.BADGE} else _LARGER
        sized = ((line, round(self.points * larger.get(line.role, 1), 2)) for line in lines)
        return broken(sized, width, packed=self.packed, breaking=self.breaking)

    def of(self, *roles: Role) -> list[Line]:
        """Return the lines of these roles, in their order."""
        return [line for line in self.label.lines if line.role in roles]

    def drawing(self, texts: Iterable[Text], left: float, top: float, bars: float = 0) -> Drawing:
        """Return a drawing whose code, with its quiet zone, stands at the next whole dots."""
        x, y = ceil(left / self.dot - 1e-6), ceil(top / self.dot - 1e-6)
        module, quiet = self.module_dots, self.modules.quiet * self.module_dots
        high = floor(bars / self.dot) if bars else 0
        over = 0 if bars else quiet
        boxes = tuple(
            Box(
                x + quiet + block.x * module,
                y + over + block.y * module,
                block.width * module,
                high or block.height * module,
            )
            for block in self.modules.blocks
        )
        code = Box(x, y, self.modules.width * module, high or (self.modules.rows + 2 * self.modules.quiet) * module)
        return Drawing(
            size=self.size, dots_per_inch=self.dots_per_inch, texts=tuple(texts), boxes=boxes, code=code,
            module_dots=module,
        )  # fmt: skip


def compose(label: Label, symbol: Symbol, size: Size, dots_per_inch: int) -> Drawing:
    """Return a label laid out for a size and a printer, in the largest text and modules that fit.

    Raises:
        Refused: the code or the text does not fit, with what would.
    """
    modules = encode(label.payload, symbol)
    for way in _ways(label, modules, size, dots_per_inch):
        for lay in (_bars,) if symbol is Symbol.CODE128 else (_beside, _stacked):
            with suppress(_TooMuchError, TooNarrowError):
                return lay(way)
    raise _refused(_Way(label, modules, size, dots_per_inch, SMALLEST, least_dots(dots_per_inch)))


def _ways(label: Label, modules: Modules, size: Size, dots_per_inch: int) -> Iterator[_Way]:
    """Return every way to try, the best first: modules that read well, then large text, then what just fits."""
    large, least = size.height_mm >= LARGE_MM, least_dots(dots_per_inch)
    comfortable = ceil((COMFORTABLE_LARGE_MM if large else COMFORTABLE_MM) / 25.4 * dots_per_inch)
    ample = floor((AMPLE_LARGE_MM if large else AMPLE_MM) / 25.4 * dots_per_inch)
    way = partial(_Way, label, modules, size, dots_per_inch)
    for smallest in (comfortable, least):
        for points in _points():
            for dots in range(ample, smallest - 1, -1):
                yield way(points, dots)
                yield way(points, dots, packed=True)
    for breaking in (False, True):
        for points in _points():
            yield way(points, least, packed=True, flat=True, breaking=breaking)


def _points() -> Iterator[float]:
    steps = round((LARGEST - SMALLEST) / STEP)
    return (LARGEST - at * STEP for at in range(steps + 1))


def _beside(way: _Way) -> Drawing:
    """Lay the code on the left, the text beside it, the title above and the pharmacy below both."""
    (width, height), (wide, high) = way.room, way.code
    head, foot = way.set(way.of(Role.TITLE), width), way.set(way.of(Role.FOOT), width)
    between = height - head.height - foot.height
    if high + way.dot > between or wide + GAP >= width:
        raise _TooMuchError
    column = way.set(way.of(Role.DATE, Role.LOT, Role.TEXT), width - wide - GAP)
    if column.height > between:
        raise _TooMuchError
    top = MARGIN + head.height
    texts = (
        *head.at(MARGIN, MARGIN),
        *column.at(MARGIN + wide + GAP, top + (between - column.height) / 2),
        *foot.at(MARGIN, MARGIN + height - foot.height),
    )
    return way.drawing(texts, MARGIN, top + max(0, (between - high - way.dot) / 2))


def _stacked(way: _Way) -> Drawing:
    """Lay the code below the text, for labels that are narrow; the pharmacy stands last."""
    (width, height), (wide, high) = way.room, way.code
    text = way.set(way.of(Role.TITLE, Role.DATE, Role.LOT, Role.TEXT), width)
    foot = way.set(way.of(Role.FOOT), width)
    between = height - text.height - foot.height
    if high + way.dot > between or wide > width:
        raise _TooMuchError
    texts = (*text.at(MARGIN, MARGIN), *foot.at(MARGIN, MARGIN + height - foot.height))
    top = MARGIN + text.height + (between - high - way.dot) / 2
    return way.drawing(texts, MARGIN + (width - wide) / 2, top)


def _bars(way: _Way) -> Drawing:
    """Lay the bars across the label below its title, and the lot below the bars."""
    (width, height), (wide, _) = way.room, way.code
    head = way.set(way.of(Role.TITLE), width)
    below = way.set((*way.of(Role.LOT), *way.of(Role.DATE, Role.TEXT), *way.of(Role.FOOT)), width)
    high = min(height - head.height - below.height - 2 * GAP, MOST_BARS)
    if wide > width or high < max(LEAST_BARS, BARS_SHARE * wide):
        raise _TooMuchError
    spare = height - head.height - below.height - 2 * GAP - high
    top = MARGIN + head.height + GAP + spare / 2
    texts = (*head.at(MARGIN, MARGIN), *below.at(MARGIN, MARGIN + height - below.height))
    return way.drawing(texts, MARGIN + (width - wide) / 2, top, bars=high)


def _refused(way: _Way) -> Refused:
    """Say what does not fit, at the smallest modules and letters, and what would."""
    (width, height), (wide, high) = way.room, way.code
    symbol, about = way.modules.symbol, f"{way.size.width_mm:g} × {way.size.height_mm:g} mm"
    if symbol is Symbol.CODE128:
        high = max(LEAST_BARS, BARS_SHARE * wide)
    if wide > width or high > height:
        needs = f"{_mm(wide):.1f} × {_mm(high):.1f} mm"
        other = "Use the QR code, or a larger label." if symbol is Symbol.CODE128 else "Use a larger label."
        return Refused(
            f"{way.label.payload} as {symbol.in_words} takes {needs} at {way.dots_per_inch} dots an inch, and a label "
            f"of {about} has {_mm(width):.1f} × {_mm(height):.1f} mm. {other}"
        )
    other = "Use the QR code, which leaves more room, or" if symbol is Symbol.CODE128 else "Use"
    return Refused(
        f"The text does not fit on a label of {about} beside its {symbol.in_words}, in letters of {SMALLEST:g} points. "
        f"{other} a larger label."
    )


def _mm(units: float) -> float:
    return units / millimetres(1)
