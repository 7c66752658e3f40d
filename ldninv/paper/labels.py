"""Labels on a roll or a sheet, drawn once for printer, preview, PDF and picture."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from ldninv.domain.label_sizes import Sheet
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.paper.fonts import UNIT
from ldninv.paper.gui import ensure_gui
from ldninv.paper.label_layout import Drawing
from ldninv.paper.page import SIZES, PageSize, Writer, millimetres

BLACK = QColor("black")
UNITS_PER_INCH = 72 * UNIT

MOST_COPIES = 500
"""More is a slip of the finger, and a roll gone."""

_INSET = 0.25
"""Of a dot, by which black is drawn smaller on each side. PDF paints every dot that a shape touches, and a page is
seldom a whole number of dots: drawn in full, a bar would gain a dot here and there."""


class LabelPaper:
    """The same label so many times: one a page on a roll, in rows and columns on a sheet."""

    def __init__(
        self, drawing: Drawing, *, title: str, copies: int = 1, sheet: Sheet | None = None, first: int = 1
    ) -> None:
        """Place the copies; `first` is the first free label of a sheet that was begun.

        Raises:
            Refused: no such number of copies, or of a first label.
        """
        if not 1 <= copies <= MOST_COPIES:
            raise Refused(f"{copies} labels cannot be printed at once. Give 1 to {MOST_COPIES}.")
        if sheet is not None and not 1 <= first <= sheet.count:
            raise Refused(f"The sheet {sheet.name} has {sheet.count} labels, and none number {first}.")
        self.drawing, self.title, self.copies, self.sheet = drawing, title, copies, sheet
        self._first = first - 1 if sheet else 0

    @property
    def page(self) -> PageSize:
        """One label of the roll, or the whole sheet."""
        if self.sheet is not None:
            return SIZES[self.sheet.page.casefold()].upright
        return PageSize(f"{self.drawing.size} mm", self.drawing.size.width_mm, self.drawing.size.height_mm)

    @property
    def layout(self) -> QPageLayout:
        """What a printer or a PDF is set to; a label that is wider than high is no page on its side."""
        if self.sheet is not None:
            return self.page.layout
        size = QSizeF(self.drawing.size.width_mm, self.drawing.size.height_mm)
        exact = QPageSize.SizeMatchPolicy.ExactMatch
        page = QPageSize(size, QPageSize.Unit.Millimeter, self.page.name, exact)
        layout = QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
        layout.setMode(QPageLayout.Mode.FullPageMode)
        return layout

    @property
    def page_count(self) -> int:
        """Pages, at least one."""
        return self.copies if self.sheet is None else -(-(self._first + self.copies) // self.sheet.count)

    def paint(self, painter: QPainter, page_number: int) -> None:
        """Draw a page, 1 being the first, on a painter whose units are `UNIT` to the point."""
        if self.sheet is None:
            draw(self.drawing, painter)
            return
        begin = (page_number - 1) * self.sheet.count
        for at in range(self.sheet.count):
            if self._first <= begin + at < self._first + self.copies:
                painter.save()
                painter.translate(*(self._snapped(length) for length in self.sheet.corner(at)))
                draw(self.drawing, painter)
                painter.restore()

    def _snapped(self, length_mm: float) -> float:
        """Return a length in units of the page, at the nearest whole dot."""
        dot = self.drawing.dot
        return round(millimetres(length_mm) / dot) * dot


def draw(drawing: Drawing, painter: QPainter) -> None:
    """Draw one label: its modules with hard edges at whole dots, its text in black."""
    soft = bool(painter.renderHints() & QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    dot, inset = drawing.dot, _INSET * drawing.dot
    for box in drawing.boxes:
        whole = QRectF(box.x * dot, box.y * dot, box.width * dot, box.height * dot)
        painter.fillRect(whole.adjusted(inset, inset, -inset, -inset), BLACK)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, soft)
    writer = Writer(painter)
    for text in drawing.texts:
        writer.text(text.x, text.baseline, text.text, text.face, BLACK)


def pdf_bytes(paper: LabelPaper) -> bytes:
    """Return the labels as a PDF, each page of the label's own size."""
    ensure_gui()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(paper.title)
    writer.setCreator("ldninv")
    writer.setResolution(UNITS_PER_INCH)
    print_on(paper, writer)
    return bytes(buffer.data().data())


def print_on(paper: LabelPaper, printer: QPagedPaintDevice) -> None:
    """Draw the labels on a printer, its preview or a PDF, never larger or smaller than they are.

    Raises:
        Surroundings: the printer does not begin.
    """
    printer.setPageLayout(paper.layout)
    painter = QPainter()
    if not painter.begin(printer):
        raise Surroundings(
            "The printer does not answer. Check that it is switched on and has labels, then print again."
        )
    try:
        painter.scale(printer.logicalDpiX() / UNITS_PER_INCH, printer.logicalDpiY() / UNITS_PER_INCH)
        for number in range(1, paper.page_count + 1):
            if number > 1:
                printer.newPage()
            paper.paint(painter, number)
    finally:
        painter.end()


def picture(drawing: Drawing, dots_per_inch: int | None = None) -> QImage:
    """Return one label as a grey picture on white, at the printer's dots unless told otherwise."""
    ensure_gui()
    scale = (dots_per_inch or drawing.dots_per_inch) / UNITS_PER_INCH
    width, height = (round(millimetres(side) * scale) for side in (drawing.size.width_mm, drawing.size.height_mm))
    image = QImage(width, height, QImage.Format.Format_Grayscale8)
    image.setDotsPerMeterX(round(scale * UNITS_PER_INCH / 0.0254))
    image.setDotsPerMeterY(round(scale * UNITS_PER_INCH / 0.0254))
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.scale(scale, scale)
        draw(drawing, painter)
    finally:
        painter.end()
    return image
