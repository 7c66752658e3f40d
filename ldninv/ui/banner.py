"""A calm bar inside a page: what happened, what to do about it, and a way to put it away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from ldninv.domain.people import SignInNeeded
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.signs import Tone
from ldninv.ui import asking, icons, theme
from ldninv.ui.flow import FlowLayout

Action = tuple[str, Callable[[], None]]
"""A button's text, and what it does."""

_ICONS = {Tone.GOOD: "check-circle", Tone.LOOK: "alert", Tone.STOP: "alert-octagon", Tone.QUIET: "information"}


class Banner(QWidget):
    """Says one thing at a time; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.QUIET
        self._offers: list[QPushButton] = []
        self.setAccessibleName(self.tr("Notice"))
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._actions = QWidget(self)
        self._flow = FlowLayout(theme.step(self, 2), self._actions)
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        icons.put_on(self._close, "close")
        self._close.setAccessibleName(self.tr("Dismiss the notice"))
        self._close.setToolTip(self.tr("Dismiss"))
        self._close.clicked.connect(self.clear)
        self._lay_out()
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while hidden."""
        return "" if self.isHidden() else self._text.text()

    def tell(self, text: str, tone: Tone = Tone.LOOK, actions: Sequence[Action] = ()) -> None:
        """Say `text`, and offer `actions`."""
        self._tone = tone
        self._text.setText(text)
        self.setAccessibleDescription(text)
        while self._offers:
            old = self._offers.pop()
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        for label, act in actions:
            button = QPushButton(label, self._actions)
            button.setAutoDefault(True)
            button.setMinimumHeight(button.sizeHint().height() + theme.step(self, 2))  # a finger in a glove
            button.clicked.connect(lambda _checked=False, label=label, act=act: self._act(label, act))
            self.setTabOrder(self._offers[-1] if self._offers else self._close, button)  # else after the whole page
            self._offers.append(button)
            self._flow.addWidget(button)
            button.show()
        self._actions.setVisible(bool(actions))
        self.show()
        self.update()

    def tell_error(self, why: Exception, again: Callable[[], None] | None = None) -> None:
        """Say why something was refused or failed, with *try again* where it may help.

        Where it takes somebody who is signed in, the window asks for the PIN, and then does it `again`.
        """
        if not isinstance(why, Refused | Surroundings):
            raise why
        if isinstance(why, SignInNeeded):
            self._ask(why, again)
            return
        tone = Tone.LOOK if isinstance(why, Refused) else Tone.STOP
        self.tell(str(why), tone, [(self.tr("Try again"), again)] if again else ())

    @contextmanager
    def calm(self, again: Callable[[], None] | None = None) -> Iterator[None]:
        """Turn a refusal or a failure of the surroundings inside the block into a notice."""
        try:
            yield
        except (Surroundings, SignInNeeded) as why:
            self.tell_error(why, again)
        except Refused as why:
            self.tell_error(why)

    def stay(self) -> None:
        """Take away the way to dismiss it: what it says is so until it changes."""
        self._close.hide()

    def clear(self) -> None:
        """Put it away."""
        self.hide()

    @property
    def offers(self) -> tuple[QPushButton, ...]:
        """The buttons of the actions that it offers."""
        return tuple(self._offers)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw its ground and its icon."""
        tint = theme.colours_of(self.palette()).tones[self._tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tint.edge)))
        painter.setBrush(QColor(tint.wash))
        radius = theme.step(self, 1)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), radius, radius)
        box = self._icon.geometry()
        box.setHeight(box.width())
        icons.paint(painter, box, _ICONS[self._tone], QColor(tint.ink))
        painter.end()

    def _ask(self, why: SignInNeeded, again: Callable[[], None] | None) -> None:
        """Say that somebody has to sign in, and let them."""

        def go_on() -> None:
            self.clear()
            if again is not None:
                again()

        self.tell(str(why), Tone.LOOK, [(self.tr("Sign in"), lambda: self._ask(why, again))])
        asking.ask(self, why, go_on)

    def _act(self, label: str, act: Callable[[], None]) -> None:
        """Do what a button offers; what asks for more first may be put away again, and leaves the notice until then."""
        if not label.endswith("…"):
            self.clear()
        act()

    def _lay_out(self) -> None:
        pad = theme.step(self, 2)
        self._icon = QWidget(self)
        self._icon.setFixedWidth(round(self.fontMetrics().height() * 1.3))
        middle = QVBoxLayout()
        middle.addWidget(self._text)
        middle.addWidget(self._actions)
        row = QHBoxLayout(self)
        row.setContentsMargins(pad + pad // 2, pad, pad, pad)
        row.setSpacing(pad)
        row.addWidget(self._icon)
        row.addLayout(middle, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
