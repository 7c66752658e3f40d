"""Fields that are seldom touched, folded away behind a button that says what they are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ldninv.ui import icons, theme


class Fold(QWidget):
    """A button, and what it shows; folded at first."""

    turned = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = QToolButton(self)
        self.button.setText(name)
        self.button.setAccessibleName(name)
        self.button.setCheckable(True)
        self.button.setAutoRaise(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.toggled.connect(self._turn)
        self.inside = QWidget(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.step(self, 1))
        layout.addWidget(self.button)
        layout.addWidget(self.inside)
        self._turn(False)  # noqa: FBT003 - a slot of Qt's

    @property
    def open(self) -> bool:
        """Whether what is inside is seen."""
        return self.button.isChecked()

    def unfold(self) -> None:
        """Show what is inside."""
        self.button.setChecked(True)

    def _turn(self, shown: bool) -> None:  # noqa: FBT001 - a slot
        self.inside.setVisible(shown)
        icons.put_on(self.button, "chevron-down" if shown else "chevron-right")
        state = self.tr("shown") if shown else self.tr("folded away")
        self.button.setAccessibleDescription(state)
        self.turned.emit()
