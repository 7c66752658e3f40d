"""Movements and components of a batch, each a list under its heading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QLabel,
    QVBoxLayout,
    QWidget,
)

from ldninv.ui import theme
from ldninv.ui.acting.actions import CERTIFICATE, RECALL_LOT, TAKE_BACK, Action
from ldninv.ui.facts import COMPONENTS, MOVEMENTS, Movement, Part
from ldninv.ui.lines import L, Lines


class Titled(QWidget, Generic[L]):
    """A heading, and the list below it."""

    def __init__(self, title: str, offers: Sequence[Action], parent: QWidget) -> None:
        super().__init__(parent)
        heading = QLabel(title, self)
        heading.setFont(theme.scaled(self.font(), 1, bold=True))
        self.list: Lines[L] = Lines(offers, self)
        self.list.setAccessibleName(title)
        self.list.asked.connect(self._ask)
        self.list.doubleClicked.connect(lambda _index: self._ask_first())
        heading.setBuddy(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.step(self, 2), 0, 0)
        layout.setSpacing(theme.step(self, 1))
        layout.addWidget(heading)
        layout.addWidget(self.list)

    @property
    def there(self) -> bool:
        """Whether there are any."""
        return bool(self.list.shown)

    def act(self, action: Action, line: L) -> None:
        """Do what is offered at a line."""
        raise NotImplementedError

    def _ask(self, action: Action) -> None:
        chosen = self.list.chosen
        if chosen is not None and action in chosen.offers:
            self.act(action, chosen)

    def _ask_first(self) -> None:
        chosen = self.list.chosen
        if chosen is not None and chosen.offers:
            self.act(chosen.offers[0], chosen)


class Movements(Titled[Movement]):
    """What happened to a batch."""

    take_back_asked = Signal(object)
    """Carries the `Posted`."""
    certificate_asked = Signal(object)
    """Carries the `Posted` of a disposal."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent.tr(MOVEMENTS), (TAKE_BACK, CERTIFICATE), parent)

    def show_movements(self, shown: Sequence[Movement]) -> None:
        """Show other movements; none is in hand."""
        self.list.fill(shown)

    def act(self, action: Action, line: Movement) -> None:
        """Take it back, or show its certificate."""
        (self.take_back_asked if action is TAKE_BACK else self.certificate_asked).emit(line.posted)


class Components(Titled[Part]):
    """What went into a batch."""

    recall_asked = Signal(object)
    """Carries the `Part` whose lot is to be recalled."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent.tr(COMPONENTS), (RECALL_LOT,), parent)

    def show_parts(self, shown: Sequence[Part]) -> None:
        """Show other component lots; none is in hand."""
        self.list.fill(shown)

    def act(self, action: Action, line: Part) -> None:
        """Recall its lot."""
        del action
        self.recall_asked.emit(line)
