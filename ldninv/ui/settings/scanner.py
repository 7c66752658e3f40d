"""How the scanner of this computer types, and a field that shows it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ldninv.ui import theme
from ldninv.ui.acting.fields import ActionButton, Choices, Field, NumberField, Tick
from ldninv.ui.banner import Banner
from ldninv.ui.fold import Fold
from ldninv.ui.scanner.key_field import KeyField
from ldninv.ui.scanner.learned import keyboards_of
from ldninv.ui.scanner.pace import ScannerSettings, Suffix
from ldninv.ui.scanner.settings import LONGEST_PREFIX, RANGES, USUAL
from ldninv.ui.settings.panel import Panel

_SAYS = {
    "first_gap": "First two keys, at most (ms); a single key that you type waits so long",
    "gap": "Any two keys, at most (ms)",
    "average": "A character on average, at most (ms)",
    "least": "Characters of a scan, at least",
    "sure": "Characters of a scan that may be unknown here, at least",
    "longest": "The whole scan, at most (ms)",
    "silence": "Silence that ends a scan without a suffix (ms)",
}


class ScannerForm(Panel):
    """Applies at once."""

    chosen = Signal(object)
    """Carries the `ScannerSettings`."""

    def __init__(self, shown: ScannerSettings, parent: QWidget) -> None:
        super().__init__(
            parent.tr("Scanner"),
            parent.tr(
                "Kept for this computer. A scanner that types like a keyboard needs no setting up as a rule. Where a "
                "scan does nothing, or letters come out wrong, two codes say why."
            ),
            parent,
        )
        self._shown = shown
        self.setup = ActionButton(self.tr("Set up the scanner…"), "barcode-scan", self)
        self.read_back = QLabel(self)
        self.read_back.setWordWrap(True)
        self.as_they_come = ActionButton(self.tr("Read letters as they come"), "undo", self)
        self.trial = KeyField(self.tr("Try the scanner"), self)
        suffixes = {
            Suffix.ENTER: self.tr("Enter"),
            Suffix.TAB: self.tr("Tab"),
            Suffix.CR_LF: self.tr("Enter and line feed"),
            Suffix.NONE: self.tr("Nothing"),
        }
        self.suffix: Choices[Suffix] = Choices(suffixes, self.tr("After every code"), self)
        self.prefix = Field(parent=self)
        self.prefix.setMaxLength(LONGEST_PREFIX)
        self.prefix.setMaximumWidth(theme.letters(self, 16))
        self.sound = Tick(self.tr("A sound for every scan: good, look, stop, unknown"), self)
        self.fold = Fold(self.tr("How fast it types"), self)
        self.numbers = {name: NumberField(self.tr(says), self.fold.inside) for name, says in _SAYS.items()}
        self.banner = Banner(self)
        self.usual = ActionButton(self.tr("Back to the usual numbers"), "undo", self.fold.inside)
        self._lay_out()
        self.show_settings(shown)
        self.suffix.chosen.connect(self._changed)
        self.sound.clicked.connect(lambda _checked=False: self._changed())
        self.as_they_come.clicked.connect(
            lambda _checked=False: self._keep(replace(self._shown, layouts="", swapped=False))
        )
        self.usual.clicked.connect(lambda _checked=False: self._back())
        for field in (self.prefix, *self.numbers.values()):
            field.editingFinished.connect(self._changed)

    def show_settings(self, shown: ScannerSettings) -> None:
        """Show what is kept."""
        self._shown = shown
        self.suffix.choose(shown.suffix)
        self.prefix.setText(shown.prefix)
        self.sound.setChecked(shown.sound)
        self._say_read_back(shown)
        for name, field in self.numbers.items():
            field.setText(str(getattr(shown, name)))

    def _say_read_back(self, shown: ScannerSettings) -> None:
        """Say where letters are not read as they come: as a person chose."""
        says = []
        if shown.layouts:
            scanner, computer = keyboards_of(shown.layouts)
            line = self.tr("Scans are read back: the scanner has the {scanner} keyboard, this computer the {computer}.")
            says.append(line.format(scanner=scanner, computer=computer))
        if shown.swapped:
            says.append(self.tr("Capitals and small letters are swapped back."))
        self.read_back.setText(" ".join(says))
        for part in (self.read_back, self.as_they_come):
            part.setVisible(bool(says))

    def _changed(self) -> None:
        """Take what stands there; a number that cannot be goes back to what it was, and why is said."""
        self.banner.clear()
        wanted = replace(
            self._shown,
            suffix=self.suffix.value or USUAL.suffix,
            prefix=self.prefix.text().strip(),
            sound=self.sound.isChecked(),
        )
        numbers: dict[str, Any] = {}
        for name, field in self.numbers.items():
            text, (low, high) = field.text().strip(), RANGES[name]
            if text.isascii() and text.isdecimal() and low <= int(text) <= high:
                numbers[name] = int(text)
                continue
            field.setText(str(getattr(self._shown, name)))
            says = self.tr("“{text}” cannot be. {name}: a whole number from {low} to {high}.")
            self.banner.tell(says.format(text=text, name=self.tr(_SAYS[name]), low=low, high=high))
        self._keep(replace(wanted, **numbers))

    def _back(self) -> None:
        self.banner.clear()
        numbers: dict[str, Any] = {name: getattr(USUAL, name) for name in self.numbers}
        self._keep(replace(self._shown, **numbers))

    def _keep(self, wanted: ScannerSettings) -> None:
        if wanted != self._shown:
            self.show_settings(wanted)
            self.chosen.emit(wanted)

    def _lay_out(self) -> None:
        self.fields.addWidget(self.setup)
        self.fields.addWidget(self.read_back)
        self.fields.addWidget(self.as_they_come)
        self.fields.addSpacing(theme.step(self, 2))
        self.add(self.tr("Try it"), self.trial)
        self.add(self.tr("What the scanner sends after every code"), self.suffix)
        self.add(self.tr("What it sends before every code (nothing as a rule)"), self.prefix)
        self.fields.addWidget(self.sound)
        self.fields.addSpacing(theme.step(self, 2))
        self.fields.addWidget(self.banner)
        self.fields.addWidget(self.fold)
        grid = QGridLayout(self.fold.inside)
        grid.setHorizontalSpacing(theme.step(self, 3))
        grid.setVerticalSpacing(theme.step(self, 1))
        grid.setColumnStretch(1, 1)
        for row, (name, field) in enumerate(self.numbers.items()):
            label = QLabel(self.tr(_SAYS[name]), self.fold.inside)
            label.setWordWrap(True)
            label.setBuddy(field)
            grid.addWidget(field, row, 0)
            grid.addWidget(label, row, 1)
        grid.addWidget(self.usual, len(self.numbers), 0, 1, 2)
