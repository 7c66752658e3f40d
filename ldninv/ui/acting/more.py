"""What can be done and is seldom: a button behind which the other actions stand as a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QMenu, QWidget

from ldninv.ui import icons, theme
from ldninv.ui.acting.actions import MORE, Action
from ldninv.ui.acting.fields import ActionButton


class MoreButton(ActionButton):
    """Opens its menu by a click, Enter, Space or the arrow down; each action stands there with its keys."""

    asked = Signal(object)
    """Carries the `Action` that is to begin."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "dots-horizontal", parent)
        self.setText(self.tr("More"))
        self.setAccessibleName(self.tr("More actions"))
        self.setToolTip(self.tr("What else can be done with this batch ({keys})").format(keys=MORE))
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.menu.setAccessibleName(self.accessibleName())
        icons.grow(self.menu)
        self.clicked.connect(self.open)

    @property
    def words(self) -> tuple[str, ...]:
        """What the menu holds."""
        return tuple(each.text().partition("\t")[0] for each in self.menu.actions())

    def offer(self, actions: Sequence[Action]) -> None:
        """Hold other actions; without any there is no button."""
        self.menu.clear()
        for action in actions:
            line = self.menu.addAction(icons.icon(action.icon), f"{self.tr(action.word)}\t{action.keys}")
            line.setToolTip(self.tr(action.about))
            line.triggered.connect(lambda _on=False, action=action: self.asked.emit(action))
        self.setVisible(bool(actions))

    def open(self) -> None:
        """Show the menu below the button, with its first line in hand."""
        if not self.isVisible() or not self.menu.actions():
            return
        self._colour()
        self.menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        self.menu.setActiveAction(self.menu.actions()[0])

    def _colour(self) -> None:
        """Let the line in hand have a ground on which its icon is seen too."""
        colours, palette = theme.colours_of(self.palette()), self.menu.palette()
        palette.setColor(QPalette.ColorRole.Highlight, QColor(colours.selection))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(colours.on_selection))
        self.menu.setPalette(palette)
