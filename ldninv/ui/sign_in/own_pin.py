"""The panel where somebody whom others gave a PIN chooses their own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from ldninv.domain.people import Person
from ldninv.services.context import Context
from ldninv.ui.overlay import Overlay
from ldninv.ui.settings.tasks import OwnPin


class OwnPinPanel(Overlay):
    """Says why, and holds the fields that the settings have for it."""

    changed = Signal(str)
    """Carries what was done, in words."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent.tr("Choose your own PIN"), parent)
        self._context = context
        self.task: OwnPin | None = None
        self.says = QLabel(self.panel)
        self.says.setWordWrap(True)
        self.column.addWidget(self.says)

    def ask(self, person: Person, giver: str) -> None:
        """Ask a person for it."""
        self.says.setText(
            self.tr(
                "{giver} gave you the PIN you have. What you sign with it says so; with a PIN that only you know it "
                "does not."
            ).format(giver=giver)
        )
        if self.task is not None:
            self.column.removeWidget(self.task)
            self.task.hide()
            self.task.deleteLater()
        self.task = OwnPin(self._context, person, self.panel)
        self.task.done.connect(self._done)
        self.task.left.connect(self.close)
        self.column.addWidget(self.task)
        self.task.show()
        self.open()

    def start(self) -> QWidget:
        """Return the PIN that they have."""
        return self if self.task is None else self.task.start()

    def _done(self, says: str) -> None:
        self.close()
        self.changed.emit(says)
