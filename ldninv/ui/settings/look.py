"""How the window looks at this computer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ldninv.ui.acting.fields import Choices
from ldninv.ui.appearance import TEXT_SIZES, Appearance, Scheme
from ldninv.ui.settings.panel import Panel


class LookForm(Panel):
    """Applies at once."""

    chosen = Signal(object)
    """Carries the `Appearance`."""

    def __init__(self, shown: Appearance, parent: QWidget) -> None:
        super().__init__(
            parent.tr("This computer"), parent.tr("How the window looks here; other computers keep their own."), parent
        )
        schemes = {
            Scheme.SYSTEM: self.tr("As the system"),
            Scheme.LIGHT: self.tr("Light"),
            Scheme.DARK: self.tr("Dark"),
        }
        self.scheme: Choices[Scheme] = Choices(schemes, self.tr("Colours"), self)
        self.text_size: Choices[int] = Choices({size: f"{size} %" for size in TEXT_SIZES}, self.tr("Text size"), self)
        self.show_look(shown)
        self.add(self.tr("Colours"), self.scheme)
        self.add(self.tr("Text size"), self.text_size)
        for choices in (self.scheme, self.text_size):
            choices.chosen.connect(self._tell)

    def show_look(self, shown: Appearance) -> None:
        """Show how the window looks."""
        self.scheme.choose(shown.scheme)
        self.text_size.choose(shown.text_size)

    def _tell(self) -> None:
        self.chosen.emit(Appearance(self.scheme.value or Scheme.SYSTEM, self.text_size.value or TEXT_SIZES[0]))
