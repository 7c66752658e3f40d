"""Pages onto something: a PDF, a printer or its preview, a picture."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPainter, QPdfWriter

from ldninv.domain.refusal import Surroundings
from ldninv.paper.fonts import UNIT
from ldninv.paper.page import PageSize

POINTS_PER_INCH = 72


class Paper(Protocol):
    """Pages that can be drawn."""

    @property
    def title(self) -> str:
        """What the document is called."""
        ...

    @property
    def page(self) -> PageSize:
        """The size of every sheet."""
        ...

    @property
    def layout(self) -> QPageLayout:
        """What a printer or a PDF is set to."""
        ...

    @property
    def page_count(self) -> int:
        """Pages, at least one."""
        ...

    def paint(self, painter: QPainter, page_number: int) -> None:
        """Draw a page, 1 being the first."""
        ...


def pdf_bytes(paper: Paper) -> bytes:
    """Return the pages as a PDF with its fonts inside, its text to be searched and copied."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(paper.title)
    writer.setCreator("ldninv")
    writer.setResolution(POINTS_PER_INCH * UNIT)
    print_on(paper, writer)
    return bytes(buffer.data().data())


def print_on(paper: Paper, printer: QPagedPaintDevice, first: int = 1, last: int | None = None) -> None:
    """Draw the pages from `first` to `last` on a printer, its preview or a PDF.

    A printer that cannot take the sheet gets the page made smaller, never cut.

    Raises:
        Surroundings: the printer does not begin.
    """
    printer.setPageLayout(paper.layout)
    painter = QPainter()
    if not painter.begin(printer):
        raise Surroundings("The printer does not answer. Check that it is switched on and has paper, then print again.")
    try:
        scale = min(printer.width() / paper.page.width, printer.height() / paper.page.height)
        painter.scale(scale, scale)
        for number in range(first, (last or paper.page_count) + 1):
            if number > first:
                printer.newPage()
            paper.paint(painter, number)
    finally:
        painter.end()


def picture(paper: Paper, page_number: int, dots_per_inch: float) -> QImage:
    """Return a page as a picture on white."""
    scale = dots_per_inch / (POINTS_PER_INCH * UNIT)
    image = QImage(round(paper.page.width * scale), round(paper.page.height * scale), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(dots_per_inch / 0.0254))
    image.setDotsPerMeterY(round(dots_per_inch / 0.0254))
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    try:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(scale, scale)
        paper.paint(painter, page_number)
    finally:
        painter.end()
    return image
