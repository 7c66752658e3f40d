"""Sheets of paper, and the pen that writes on them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLocale, QMarginsF, QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QPageLayout, QPageSize, QPainter, QPen

from ldninv.domain.signs import Sign, Tone
from ldninv.paper.fonts import GLYPHS, UNIT, Face, icon_face

INK = QColor("#111111")
SOFT = QColor("#555555")
RULE = QColor("#8a8a8a")
HAIR = QColor("#c4c4c4")
BAND = QColor("#eeeeee")
TONES = {
    Tone.STOP: QColor("#8a0c1f"),
    Tone.LOOK: QColor("#5f3b00"),
    Tone.GOOD: QColor("#0d4f20"),
    Tone.QUIET: SOFT,
}
"""Dark enough to be read in grey; the icon and the word tell the states apart there."""

ICON_DROP = 0.1
"""How far an icon hangs below the line of text beside it, in its own size."""
ICON_ROOM = 1.25
"""How much room it takes, in its own size."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """A sheet; it lies on its long side where it is wider than high."""

    name: str
    width_mm: float
    height_mm: float

    @property
    def width(self) -> float:
        """In units of the page."""
        return millimetres(self.width_mm)

    @property
    def height(self) -> float:
        """In units of the page."""
        return millimetres(self.height_mm)

    @property
    def layout(self) -> QPageLayout:
        """What a printer or a PDF is set to: the whole sheet, its margins being part of the drawing."""
        upright = QPageSize({"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}[self.name])
        lies = self.width_mm > self.height_mm
        way = QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
        layout = QPageLayout(upright, way, QMarginsF(0, 0, 0, 0))
        layout.setMode(QPageLayout.Mode.FullPageMode)
        return layout

    @property
    def upright(self) -> PageSize:
        """The same sheet, standing on its short side."""
        short, long = sorted((self.width_mm, self.height_mm))
        return PageSize(self.name, short, long)


def millimetres(length: float) -> float:
    """Return a length in units of the page."""
    return length / 25.4 * 72 * UNIT


A4 = PageSize("A4", 297, 210)
LETTER = PageSize("Letter", 279.4, 215.9)
SIZES = {size.name.casefold(): size for size in (A4, LETTER)}


def usual_size() -> PageSize:
    """Return the sheet that is usual where this computer stands."""
    letter = QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    return LETTER if letter else A4


def usual_sheet() -> PageSize:
    """Return the same, upright: for what is filed and not hung on a wall."""
    return usual_size().upright


class Writer:
    """A painter that changes its font and colour only where it has to: half of the time goes there otherwise."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        self._face: Face | None = None
        self._ink: QColor | None = None

    def text(self, x: float, baseline: float, text: str, face: Face, ink: QColor = INK) -> None:
        """Write one line that begins at `x`."""
        if face is not self._face:
            self._painter.setFont(face.font)
            self._face = face
        if ink is not self._ink:
            self._painter.setPen(ink)
            self._ink = ink
        self._painter.drawText(QPointF(x, baseline), text)

    def right(self, x: float, baseline: float, text: str, face: Face, ink: QColor = INK) -> None:
        """Write one line that ends at `x`."""
        self.text(x - face.width(text), baseline, text, face, ink)

    def icon(self, x: float, baseline: float, sign: Sign, points: float) -> float:
        """Draw an icon of that size on a line of text, and return where the text after it begins."""
        self.text(x, baseline + ICON_DROP * points * UNIT, GLYPHS[sign.icon], icon_face(points), TONES[sign.tone])
        return x + ICON_ROOM * points * UNIT

    def rule(self, x: float, y: float, x_end: float, y_end: float, ink: QColor = HAIR, points: float = 0.5) -> None:
        """Draw a thin line."""
        self._painter.setPen(QPen(ink, points * UNIT))
        self._ink = None
        self._painter.drawLine(QPointF(x, y), QPointF(x_end, y_end))

    def boxes(self, boxes: list[QRectF], ink: QColor = RULE, points: float = 0.6) -> None:
        """Draw empty boxes for a hand to tick."""
        self._painter.setPen(QPen(ink, points * UNIT))
        self._ink = None
        self._painter.setBrush(QBrush())
        self._painter.drawRects(boxes)

    def block(self, x: float, y: float, width: float, height: float, ink: QColor = INK) -> None:
        """Fill a box."""
        self._painter.fillRect(QRectF(x, y, width, height), ink)

    def band(self, x: float, y: float, width: float, height: float) -> None:
        """Fill a light band."""
        self._painter.fillRect(QRectF(x, y, width, height), BAND)
