"""A scrolling view of printed pages, as wide as the window lets them be."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ldninv.paper.output import Paper, picture
from ldninv.paper.page import A4
from ldninv.ui import theme

_IMAGES_KEPT = 6
"""Pages whose pictures are remembered."""

_MM_PER_INCH = 25.4
_WIDEST_MM = 420
"""A page is not shown wider than this, however wide the window."""


class PageView(QAbstractScrollArea):
    """Shows pages one below the other, each drawn when it is first seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._paper: Paper | None = None
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self.verticalScrollBar().valueChanged.connect(self._name)
        self._name()

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return 0 if self._paper is None else self._paper.page_count

    def show_paper(self, paper: Paper) -> None:
        """Show the pages of `paper`."""
        self._paper = paper
        self._images.clear()
        self._fit()
        self._name()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width, keeping the place."""
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        super().resizeEvent(event)
        self._images.clear()
        self._fit()
        bar.setValue(round(share * bar.maximum()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the first or last page; the other keys scroll."""
        bar = self.verticalScrollBar()
        if event.matches(QKeySequence.StandardKey.MoveToStartOfLine):
            bar.setValue(0)
        elif event.matches(QKeySequence.StandardKey.MoveToEndOfLine):
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages that are seen."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Window))
        for number in range(1, self.pages + 1):
            box = self._box(number)
            if self._paper is not None and box.intersects(event.rect()):
                painter.drawImage(box, self._image(self._paper, number))
                painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
                painter.drawRect(box)
        if self.hasFocus():
            painter.setPen(QColor(theme.colours_of(self.palette()).accent))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _size(self) -> QSize:
        """Return the size of a page on the screen, in logical pixels."""
        sheet = A4 if self._paper is None else self._paper.page
        widest = round(_WIDEST_MM / _MM_PER_INCH * self.logicalDpiX())
        across = max(1, min(self.viewport().width() - 2 * self._gap(), widest))
        return QSize(across, round(across * sheet.height_mm / sheet.width_mm))

    def _gap(self) -> int:
        return theme.step(self, 2)

    def _box(self, number: int) -> QRect:
        size = self._size()
        top = self._gap() + (number - 1) * (size.height() + self._gap()) - self.verticalScrollBar().value()
        return QRect(QPoint((self.viewport().width() - size.width()) // 2, top), size)

    def _image(self, paper: Paper, number: int) -> QImage:
        if number in self._images:
            self._images.move_to_end(number)
            return self._images[number]
        image = self._images[number] = picture(paper, number, self._dpi(paper))
        if len(self._images) > _IMAGES_KEPT:
            self._images.popitem(last=False)
        return image

    def _dpi(self, paper: Paper) -> float:
        return self._size().width() * self.devicePixelRatioF() / (paper.page.width_mm / _MM_PER_INCH)

    def _fit(self) -> None:
        size, gap = self._size(), self._gap()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self.pages * (size.height() + gap) + gap - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(theme.step(self, 10))

    def _name(self) -> None:
        """Say to a screen reader which page is seen."""
        shown = self.verticalScrollBar().value() // max(1, self._size().height() + self._gap()) + 1
        text = self.tr("Preview of the report, page {page} of {pages}").format(
            page=min(shown, self.pages), pages=self.pages
        )
        self.setAccessibleName(text)
