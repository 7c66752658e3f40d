"""What a label looks like before it is printed, and where on a sheet it goes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from ldninv.domain.label_sizes import Sheet
from ldninv.paper.label_layout import Drawing
from ldninv.paper.labels import draw
from ldninv.paper.page import SIZES, millimetres
from ldninv.ui import theme


class LabelPreview(QWidget):
    """One label as it will be printed, on white in any colours; beside it the sheet that it is printed on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._drawing: Drawing | None = None
        self._sheet: Sheet | None = None
        self._printed = range(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def show_drawing(self, drawing: Drawing, said: str) -> None:
        """Show a label, and say it to a screen reader."""
        self._drawing = drawing
        self.setAccessibleName(said)
        self.update()

    def show_sheet(self, sheet: Sheet | None, copies: int, first: int) -> None:
        """Show on which labels of the first sheet so many copies are printed; None where it is a roll."""
        self._sheet = sheet
        self._printed = range(first - 1, first - 1 + copies)
        about = self.tr("On a sheet of {count} labels, from label {first} on.")
        self.setAccessibleDescription(about.format(count=sheet.count, first=first) if sheet else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Return room to read it without a glass."""
        return QSize(theme.letters(self, 50), theme.letters(self, 26))

    def minimumSizeHint(self) -> QSize:
        """Return half of that."""
        return self.sizeHint() / 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it as large as there is room."""
        if self._drawing is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        room = QRectF(self.rect())
        if self._sheet is not None:
            page = SIZES[self._sheet.page.casefold()].upright
            high = room.height() - 2
            wide = high * page.width_mm / page.height_mm
            self._paint_sheet(painter, QRectF(room.right() - wide - 1, 1, wide, high), wide / page.width_mm)
            room.setWidth(room.width() - wide - theme.step(self, 4))
        self._paint_label(painter, self._drawing, room)
        painter.end()

    def _paint_label(self, painter: QPainter, drawing: Drawing, room: QRectF) -> None:
        wide, high = millimetres(drawing.size.width_mm), millimetres(drawing.size.height_mm)
        scale = min((room.width() - 2) / wide, (room.height() - 2) / high)
        left = (room.width() - wide * scale) / 2
        painter.save()
        painter.translate(left, 1)
        painter.scale(scale, scale)
        painter.fillRect(QRectF(0, 0, wide, high), Qt.GlobalColor.white)
        draw(drawing, painter)
        painter.restore()
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(QRectF(left, 1, wide * scale, high * scale))

    def _paint_sheet(self, painter: QPainter, page: QRectF, scale: float) -> None:
        """Draw a whole sheet, small: the labels that are printed are filled."""
        sheet = self._sheet
        if sheet is None:
            return
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.fillRect(page, Qt.GlobalColor.white)
        painter.drawRect(page)
        for at in range(sheet.count):
            left, top = sheet.corner(at)
            wide, high = sheet.label.width_mm * scale, sheet.label.height_mm * scale
            label = QRectF(page.x() + left * scale, page.y() + top * scale, wide, high)
            if at in self._printed:
                painter.fillRect(label.adjusted(1, 1, -1, -1), QColor(theme.colours_of(self.palette()).accent))
            painter.drawRect(label)
