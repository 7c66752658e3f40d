"""What the batch card is made of: the one word in large type, lines one can copy from, and what happened long ago."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from ldninv.domain.signs import UNKNOWN, Sign
from ldninv.ui import icons, theme
from ldninv.ui.facts import Fact, Section
from ldninv.ui.pill import Pill

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


def tool(icon: str, name: str, act: Callable[[], object], parent: QWidget) -> QToolButton:
    """Return a small button that is its icon; its name is read out, and shown by the mouse."""
    button = QToolButton(parent)
    button.setAutoRaise(True)
    icons.put_on(button, icon)
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.clicked.connect(lambda _checked=False: act())
    return button


class Tools(QWidget):
    """Small buttons in a row, each with its icon, its name and what it does, that come and go together."""

    def __init__(self, tools: Sequence[tuple[str, str, Callable[[], object]]], parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.buttons = tuple(tool(*each, self) for each in tools)
        for button in self.buttons:
            row.addWidget(button)


class Verdict(QWidget):
    """The one word, with its icon, on its tone's ground."""

    painted = Signal()
    """It is on the screen."""

    _FACTOR = 2.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = UNKNOWN
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def word(self) -> str:
        """The word that is shown."""
        return self._sign.word

    def show_sign(self, sign: Sign) -> None:
        """Show a sign."""
        self._sign = sign
        self.setAccessibleName(sign.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for icon and word."""
        measures = theme.metrics(self, self._FACTOR, bold=True)
        width = measures.horizontalAdvance(self._sign.word) + measures.height() + theme.step(self, 8)
        return QSize(width, measures.height() + theme.step(self, 6))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the word is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        tint = theme.colours_of(self.palette()).tones[self._sign.tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tint.edge))
        painter.setBrush(QColor(tint.wash))
        radius = theme.step(self, 2)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), radius, radius)
        painter.setFont(theme.scaled(self.font(), self._FACTOR, bold=True))
        side, pad = painter.fontMetrics().height(), theme.step(self, 3)
        icons.paint(painter, QRect(pad, (self.height() - side) // 2, side, side), self._sign.icon, QColor(tint.ink))
        painter.setPen(QColor(tint.ink))
        where = self.rect().adjusted(pad + side + theme.step(self, 2), 0, 0, 0)
        painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter), self._sign.word)
        painter.end()
        self.painted.emit()


class Said(QLabel):
    """A text that breaks into lines, and can be selected once the mouse is over it.

    Qt lays a text that can be selected out ten times as slowly, and a scan changes all of them.
    """

    def __init__(self, parent: QWidget, factor: float = 1, *, bold: bool = False) -> None:
        super().__init__(parent)
        self.setFont(theme.tabular(theme.scaled(parent.font(), factor, bold=bold)))
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def say(self, text: str) -> None:
        """Show another text, of which nothing is selected yet."""
        if text != self.text():
            self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            self.setText(text)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Let it be selected."""
        super().enterEvent(event)
        self.setTextInteractionFlags(_SELECTABLE)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)


class Facts(QWidget):
    """Lines of a name and a text, name beside text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[tuple[QLabel, Said]] = []
        self._pills: dict[int, Pill] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, theme.step(self, 1), 0, 0)
        self._grid.setHorizontalSpacing(theme.step(self, 3))
        self._grid.setVerticalSpacing(theme.step(self, 2))
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, shown: Sequence[Fact]) -> None:
        """Show other lines, in the labels that are there already as far as they reach."""
        while len(self._lines) < len(shown):
            self._lines.append(self._line())
        for number, (name, text) in enumerate(self._lines):
            fact = shown[number] if number < len(shown) else None
            self._show_sign(number, None if fact is None else fact.sign)
            name.setVisible(fact is not None)
            text.setVisible(fact is not None and bool(fact.text or fact.sign is None))
            if fact is not None:
                name.setText(fact.name)
                text.say(fact.text)
                text.setAccessibleName(fact.name)

    def _show_sign(self, number: int, sign: Sign | None) -> None:
        """Show a sign over the text of a line; most lines have none."""
        pill = self._pills.get(number)
        if pill is None and sign is not None:
            pill = self._pills[number] = Pill(sign, self)
        if pill is None:
            return
        name, text = self._lines[number]
        row = 2 * number
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop if sign is None else Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(text, row if sign is None else row + 1, 1)
        self._grid.addWidget(pill, row, 1, Qt.AlignmentFlag.AlignLeft)  # else its width would bound the column
        pill.setVisible(sign is not None)
        if sign is not None:
            pill.show_sign(sign)

    def _line(self) -> tuple[QLabel, Said]:
        name, text = QLabel(self), Said(self)
        name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        line = 2 * len(self._lines)
        self._grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(text, line, 1)
        return name, text


class Past(QWidget):
    """Sections of lines, drawn at once: what happened to a batch is long, and seldom asked."""

    def __init__(self, parent: QWidget) -> None:
        self._sections: tuple[Section, ...] = ()
        self._heights: dict[int, int] = {}
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show other sections."""
        self._sections = tuple(sections)
        self._heights.clear()
        self.setAccessibleName(", ".join(each.title for each in sections))
        self.setAccessibleDescription(
            "\n".join(f"{line.name}: {line.text}" for each in sections for line in each.facts)
        )
        self.updateGeometry()
        self.update()

    @property
    def there(self) -> bool:
        """Whether there are any."""
        return bool(self._sections)

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines, measured once for each width."""
        if width not in self._heights:
            self._heights[width] = self._go_through(width, None)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """Return a narrow column."""
        width = theme.letters(self, 20)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return no height of its own: that follows from the width."""
        return QSize(theme.letters(self, 20), 0)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again in another font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._heights.clear()
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight."""
        painter = QPainter(self)
        self._go_through(self.width(), painter, event.rect())
        painter.end()

    def _go_through(self, width: int, painter: QPainter | None, seen: QRect | None = None) -> int:
        """Go from line to line, drawing those that are seen where asked, and return where the last one ends."""
        colours = theme.colours_of(self.palette())
        usual, title = theme.tabular(self.font()), theme.scaled(self.font(), 1, bold=True)
        top, gap = 0, theme.step(self, 2)

        def put(text: str, font: QFont, ink: str) -> int:
            measured = QFontMetrics(font).boundingRect(QRect(0, 0, max(1, width), 1), _WRAPPED, text).height()
            box = QRect(0, top, width, measured)
            if painter is not None and (seen is None or box.intersects(seen)):
                painter.setFont(font)
                painter.setPen(QColor(ink))
                painter.drawText(box, _WRAPPED, text)
            return measured

        for section in self._sections:
            top += gap
            top += put(section.title, title, colours.text) + gap // 2
            for line in section.facts:
                top += put(line.name, usual, colours.muted)
                top += put(line.text, usual, colours.text) + gap
        return top
