"""The batch card: the one word in large type, why, and everything else that is known of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ldninv.domain.signs import UNKNOWN, Sign, Tone
from ldninv.services.batches import Card
from ldninv.services.context import Context
from ldninv.ui import facts, icons, theme, words
from ldninv.ui.acting.desk import Desk
from ldninv.ui.acting.many import Chosen
from ldninv.ui.blank import Blank
from ldninv.ui.facts import Fact
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.ring import FocusRing

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class Verdict(QWidget):
    """The one word, with its icon, on its tone's ground."""

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


class Facts(QWidget):
    """Lines of a name and a text, name beside text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[tuple[QLabel, QLabel]] = []
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
            for label in (name, text):
                label.setVisible(number < len(shown))
        for (name, text), fact in zip(self._lines, shown, strict=False):
            name.setText(fact.name)
            text.setText(fact.text)
            text.setAccessibleName(fact.name)

    def _line(self) -> tuple[QLabel, QLabel]:
        name, text = QLabel(self), _label(self)
        name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        line = len(self._lines)
        self._grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(text, line, 1)
        return name, text


class CardView(QFrame):
    """Shows one batch at a time, or says how many are chosen, and what can be done to them.

    Everything in it can be selected and copied.
    """

    closed = Signal()
    lot_asked = Signal(str)
    """Another batch is to be shown, by its lot."""

    def __init__(self, context: Context, news: News, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card: Card | None = None
        self._settling = False
        self.desk = Desk(context, news, jobs, self)
        self.desk.form_shown.connect(self._make_room)
        self.desk.told.connect(self._told)
        self.desk.lot_asked.connect(self.lot_asked)
        self.setAccessibleName(self.tr("Batch card"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.verdict = Verdict(self)
        self._lot = _label(self, 1.4, bold=True)
        self._product = _label(self)
        self._reasons = _label(self)
        self._facts = Facts(self)
        self._more = _label(self)
        self._more.setTextFormat(Qt.TextFormat.RichText)
        self._copy = self._tool("content-copy", self.tr("Copy the card as text"), self.copy)
        self._close = self._tool("close", self.tr("Close the card (Esc)"), self.closed.emit)
        self._blank = Blank("card-search-outline", self)
        self._blank.say(
            self.tr("No batch chosen"), self.tr("Choose one in the list, or scan a label into the search box.")
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._blank)
        self._stack.addWidget(self._scrolling(self._content()))

    def show_card(self, card: Card | None) -> None:
        """Show a batch; None shows that there is none."""
        other = card is None or self.card is None or self.card.kept.batch.id != card.kept.batch.id
        self.card = card
        self.desk.show_card(card)
        self._stack.setCurrentIndex(0 if card is None else 1)
        if card is None:
            return
        self._copy.show()
        batch = card.kept.batch
        self.verdict.show_sign(card.sign)
        self._lot.setText(batch.lot)
        self._product.setText(words.product(batch.strength))
        self._reasons.setText(facts.reasons(card))
        self._facts.show_facts(facts.facts(card))
        muted = theme.colours_of(self.palette()).muted
        self._more.setText("".join(_section(each.title, each.facts, muted) for each in facts.sections(card)))
        if other:
            self._area.verticalScrollBar().setValue(0)

    def show_many(self, chosen: Sequence[Chosen]) -> None:
        """Show how many batches are chosen, what they are, and what can be done to all of them."""
        kept = words.counted(len(chosen), "batch", "batches")
        self.desk.show_many(chosen)
        self._say_sign(Sign(kept, Tone.QUIET, "checkbox-multiple-marked"), self.tr("Chosen in the list"))
        self._reasons.setText(facts.tally([now for _, now in chosen]))

    def show_sign(self, sign: Sign, text: str) -> None:
        """Show the one word for something that is no batch."""
        self.desk.show_card(None)
        self._say_sign(sign, text)

    def _say_sign(self, sign: Sign, text: str) -> None:
        self.card = None
        self.verdict.show_sign(sign)
        self._lot.setText(text)
        for label in (self._product, self._reasons, self._more):
            label.clear()
        self._facts.show_facts(())
        self._copy.hide()
        self._stack.setCurrentIndex(1)

    @property
    def opened(self) -> bool:
        """Whether it shows a batch or a sign, so that there is something to close."""
        return self._stack.currentIndex() > 0

    def leave(self) -> bool:
        """Put the form in hand away, and return whether there was one."""
        return self.desk.leave()

    def copy(self) -> None:
        """Put the whole card on the clipboard as text."""
        if self.card is not None:
            QGuiApplication.clipboard().setText(facts.as_text(self.card))

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of another scheme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and getattr(self, "card", None) is not None:
            self.show_card(self.card)

    def _make_room(self, form_shown: bool) -> None:  # noqa: FBT001 - a slot
        """Let the form take the place of all that is known of the batch."""
        for part in (self._facts, self._more):
            part.setVisible(not form_shown)
        self._area.verticalScrollBar().setValue(0)
        self._settling = True

    def _told(self) -> None:
        """Show what a form says at its top, now or once there is room for it."""
        self._settling = True
        bar = self._area.verticalScrollBar()
        bar.setValue(min(bar.value(), self.desk.y()))

    def _settled(self) -> None:
        """Scroll to the form, or to the line that says what was done, where the room is too short for all."""
        bar, bottom = self._area.verticalScrollBar(), self.desk.y() + self.desk.height()
        if self._settling and bottom > self._area.viewport().height():
            bar.setValue(self.desk.y())
        self._settling = False

    def _tool(self, icon: str, name: str, act: object) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        icons.put_on(button, icon)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(act)
        return button

    def _content(self) -> QWidget:
        content = QWidget(self)
        content.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(content)
        pad = theme.step(self, 3)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(theme.step(self, 2))
        top = QHBoxLayout()
        top.addWidget(self._lot, 1)
        top.addWidget(self._copy)
        top.addWidget(self._close)
        column.addWidget(self.verdict)
        column.addLayout(top)
        column.addWidget(self._product)
        column.addWidget(self._reasons)
        column.addWidget(self.desk)
        column.addWidget(self._facts)
        column.addWidget(self._more)
        column.addStretch(1)
        return content

    def _scrolling(self, content: QWidget) -> QScrollArea:
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(self.tr("Details of the batch"))
        self._area.setWidget(content)
        FocusRing(self._area)
        self._area.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._settled())
        return self._area


def _label(parent: QWidget, factor: float = 1, *, bold: bool = False) -> QLabel:
    label = QLabel(parent)
    label.setFont(theme.tabular(theme.scaled(parent.font(), factor, bold=bold)))
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(_SELECTABLE)
    label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return label


def _section(title: str, lines: Sequence[Fact], muted: str) -> str:
    """Return one section as rich text."""
    rows = "".join(
        f'<p style="margin-top:0;margin-bottom:6px"><span style="color:{muted}">{escape(line.name)}</span><br>'
        f"{escape(line.text)}</p>"
        for line in lines
    )
    return f'<h4 style="margin-bottom:4px">{escape(title)}</h4>{rows}'
