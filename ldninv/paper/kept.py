"""Pages that were kept as a PDF, shown and printed again just as they are (R25)."""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter

from ldninv.domain.refusal import Refused
from ldninv.paper.page import SIZES, PageSize

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_POINTS = 72
_COARSEST, _FINEST = 96, 300
"""Dots per inch: a screen's least, and what a printer gets at most."""

_ONE_AT_A_TIME = Lock()
"""The library that reads the pages is used by one thread at a time."""


class KeptPaper:
    """The pages of a PDF; the bytes are read once, each page is drawn when it is asked for."""

    def __init__(self, title: str, content: bytes) -> None:
        """Open a PDF.

        Raises:
            Refused: it is none that can be read.
        """
        self.title = title
        """What a print job is called."""
        self._content = content
        with _ONE_AT_A_TIME:
            self.page_count = len(self._document)
            width, height = self._document[0].get_size()
        self.page = _size(width, height)
        """The size of every sheet."""

    @property
    def layout(self) -> QPageLayout:
        """What a printer is set to."""
        return self.page.layout

    def paint(self, painter: QPainter, page_number: int) -> None:
        """Draw a page, 1 being the first."""
        dots = min(max(painter.device().physicalDpiX(), _COARSEST), _FINEST)
        target = QRectF(0, 0, self.page.width, self.page.height)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        image = self._picture(page_number, dots)
        painter.drawImage(target, image, QRectF(image.rect()))

    def _picture(self, page_number: int, dots: int) -> QImage:
        with _ONE_AT_A_TIME:
            drawn = self._document[page_number - 1].render(scale=dots / _POINTS, prefer_bgrx=True)
            content = bytes(drawn.buffer)
        picture = QImage(content, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32)
        return picture.copy()

    @cached_property
    def _document(self) -> PdfDocument:
        from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 - only where a kept paper is looked at

        try:
            return PdfDocument(self._content)
        except PdfiumError:
            raise Refused(f"{self.title} cannot be shown: what is kept of it is no PDF any more.") from None


def _size(width: float, height: float) -> PageSize:
    """Return the sheet whose long side is nearest."""
    near = min(SIZES.values(), key=lambda size: abs(size.width_mm - max(width, height) / _POINTS * 25.4))
    return near if width > height else near.upright
