"""A sheet of codes whose text is known, for setting up a scanner: large, each as a square and as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPageLayout, QPainter

from ldninv.domain.label_sizes import Symbol
from ldninv.paper.fonts import UNIT, text_face
from ldninv.paper.page import PageSize, Writer, millimetres, usual_sheet
from ldninv.paper.symbols import Modules, encode, encode_elements

TITLE = "Codes for setting up a scanner"
_MARGIN = millimetres(18)
_DOT = 72 * UNIT / 300
"""A printer's dot; one with more of them an inch has a whole number of its own in it."""
_SQUARE, _BAR = 8, 4
"""Dots of a module: 0.68 and 0.34 mm, large enough for any scanner and any printer."""
_BAR_HEIGHT = millimetres(18)
_INSET = 0.25
"""Of a dot, by which black is drawn smaller on each side: PDF paints every dot that a shape touches."""
_BLACK = QColor("black")


@dataclass(frozen=True, slots=True)
class Shown:
    """A code as it is shown."""

    name: str
    text: str
    spelled: str
    """As people read it below the symbol."""
    elements: tuple[tuple[str, str], ...] = ()
    """Its GS1 elements; none where it is plain."""

    def modules(self, symbol: Symbol) -> Modules:
        """Return it as a symbol."""
        return encode_elements(self.elements, symbol) if self.elements else encode(self.text, symbol)


class KnownCodes:
    """One upright sheet."""

    title = TITLE
    page_count = 1

    def __init__(self, codes: Sequence[Shown], lines: Sequence[str], page: PageSize | None = None) -> None:
        """Lay out `codes` below `lines` that say what to do with them."""
        self.codes, self.lines, self.page = tuple(codes), tuple(lines), page or usual_sheet()

    @property
    def layout(self) -> QPageLayout:
        """What a printer or a PDF is set to."""
        return self.page.layout

    def paint(self, painter: QPainter, page_number: int) -> None:
        """Draw the sheet on a painter whose units are `UNIT` to the point."""
        del page_number
        writer, width = Writer(painter), self.page.width - 2 * _MARGIN
        title, face = text_face(20, bold=True), text_face(11)
        y = _MARGIN + title.ascent
        writer.text(_MARGIN, y, TITLE, title)
        y += 12 * UNIT
        for line in self.lines:
            for part in face.wrapped(line, width, 4):
                y += 16 * UNIT
                writer.text(_MARGIN, y, part, face)
        for number, code in enumerate(self.codes, 1):
            y = self._draw(painter, writer, y + 34 * UNIT, number, code)

    def _draw(self, painter: QPainter, writer: Writer, top: float, number: int, code: Shown) -> float:
        """Draw one code, and return where the next may begin."""
        name, face = text_face(14, bold=True), text_face(11)
        writer.text(_MARGIN, top + name.ascent, f"{number}  {code.name}", name)
        y = top + 30 * UNIT
        square, bars = code.modules(Symbol.QR), code.modules(Symbol.CODE128)
        high = draw_modules(painter, square, _MARGIN, y, _SQUARE * _DOT)
        beside = _MARGIN + (square.width + 2) * _SQUARE * _DOT
        draw_modules(painter, bars, beside, y + square.quiet * _SQUARE * _DOT, _BAR * _DOT, _BAR_HEIGHT)
        below = y + square.quiet * _SQUARE * _DOT + _BAR_HEIGHT + 20 * UNIT
        writer.text(beside + bars.quiet * _BAR * _DOT, below, code.spelled, face)
        return y + high


def draw_modules(painter: QPainter, modules: Modules, x: float, y: float, module: float, bar: float = 0) -> float:
    """Draw a symbol with its quiet zone, and return how high it is.

    Args:
        painter: In any units.
        modules: The symbol.
        x: Its left edge, the quiet zone being inside.
        y: Its upper edge; the same for squares, while bars need no quiet zone above.
        module: How wide a module is.
        bar: How high bars are.
    """
    inset, flat = _INSET * module / _SQUARE, modules.rows == 1
    left, top = x + modules.quiet * module, y + (0 if flat else modules.quiet * module)
    for block in modules.blocks:
        high = bar if flat else block.height * module
        whole = QRectF(left + block.x * module, top + block.y * module, block.width * module, high)
        painter.fillRect(whole.adjusted(inset, 0 if flat else inset, -inset, 0 if flat else -inset), _BLACK)
    return bar if flat else (modules.rows + 2 * modules.quiet) * module
