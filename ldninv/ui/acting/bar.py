"""The actions beside the card: the likeliest as buttons, the others behind *more*."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ldninv.ui import theme
from ldninv.ui.acting import actions
from ldninv.ui.acting.actions import MOVE, Action
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.acting.more import MoreButton
from ldninv.ui.flow import FlowLayout


class ActionBar(QWidget):
    """Changes only where other actions are offered: a card is shown with every scan."""

    asked = Signal(object)
    """Carries the `Action` that is to begin."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Actions"))
        self._flow = FlowLayout(theme.step(self, 1), self)
        self._shown: tuple[object, ...] = ()
        self.buttons = {action: self._button(action) for action in (*actions.ALL, actions.LABEL)}
        self.more = MoreButton(self)
        self.more.asked.connect(self.asked)

    def offer(self, likeliest: Sequence[Action], others: Sequence[Action], *, misplaced: bool) -> None:
        """Offer actions; where the batch is `misplaced`, moving it says where to."""
        shown = (tuple(likeliest), tuple(others), misplaced)
        if shown == self._shown:
            return
        self._shown = shown
        self.buttons[MOVE].setText(self.tr("Move to the shelf") if misplaced else self.tr(MOVE.word))
        while self._flow.takeAt(0) is not None:
            pass
        for action, button in self.buttons.items():
            button.setVisible(action in likeliest)
        for number, action in enumerate(likeliest):
            button = self.buttons[action]
            button.set_first(number == 0)
            self._flow.addWidget(button)
            QWidget.setTabOrder(self.buttons[likeliest[max(0, number - 1)]], button)
        self.more.offer(others)
        if others:
            self._flow.addWidget(self.more)
        if likeliest:
            QWidget.setTabOrder(self.buttons[likeliest[-1]], self.more)
        self.updateGeometry()

    def _button(self, action: Action) -> ActionButton:
        button = ActionButton(self.tr(action.word), action.icon, self)
        button.setToolTip(f"{self.tr(action.about)} ({action.keys})")
        button.setAccessibleDescription(button.toolTip())
        button.clicked.connect(lambda _checked=False: self.asked.emit(action))
        return button
