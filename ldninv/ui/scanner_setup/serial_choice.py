"""Which serial port the scanner is on, if it is on one, and how it stands with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from ldninv.ui import theme
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.field_column import FieldColumn, side_by_side
from ldninv.ui.scanner.pace import ScannerSettings
from ldninv.ui.scanner.serial_port import FRAMINGS, MISSING, SPEEDS, USUAL, Link, Port


class SerialChoice(FieldColumn):
    """A port with how it is set, or none; what is chosen holds at once."""

    chosen = Signal(object)
    """Carries the `ScannerSettings` with the port, its speed and its framing."""

    def __init__(self, ports: Callable[[], Sequence[Port]], parent: QWidget, *, there: bool) -> None:
        """List `ports`; without pyserial (`there`), say how to get it."""
        super().__init__(parent.tr("A scanner on a serial port"), 1.1, parent)
        self._ports = ports
        self._kept = USUAL
        self.port = QComboBox(self)
        self.port.setAccessibleName(self.tr("Serial port"))
        self.port.setMinimumContentsLength(30)
        self.speed, self.framing = QComboBox(self), QComboBox(self)
        for speed in SPEEDS:
            usual = self.tr(" (usual)") if speed == USUAL.speed else ""
            self.speed.addItem(f"{speed}{usual}", speed)
        for framing in FRAMINGS:
            self.framing.addItem(self._framed(framing), framing)
        self._set = side_by_side(
            {self.tr("Bits a second"): (self.speed, 24), self.tr("Data bits, parity, stop bits"): (self.framing, 44)},
            self,
        )
        self.again = ActionButton(self.tr("Look again"), "refresh", self)
        self.setLayout(self.fields)
        self.fields.setContentsMargins(0, theme.step(self, 2), 0, 0)
        self.fields.addWidget(self.heading)
        about = self.tr("Only for scanners that do not type: RS-232, or USB set to “serial” or “virtual COM port”.")
        self.line(about if there else MISSING)
        self.fields.addWidget(self.port)
        self.fields.addWidget(self._set)
        self.state = self.line()
        self.fields.addWidget(self.again)
        for part in (self.port, self.again):
            part.setVisible(there)
        self.state.setVisible(False)
        for choice in (self.port, self.speed, self.framing):
            choice.activated.connect(lambda _index: self._choose())

    def show_port(self, settings: ScannerSettings) -> None:
        """List what is plugged in now, with the port that is kept chosen, and how it is set."""
        self._kept, kept = settings, settings.port
        self.port.clear()
        self.port.addItem(self.tr("None: the scanner types"), "")
        found = self._ports()
        for each in found:
            self.port.addItem(f"{each.name} – {each.about}" if each.about else each.name, each.name)
        if kept and kept not in {each.name for each in found}:
            self.port.addItem(self.tr("{name} – not plugged in").format(name=kept), kept)
        self.port.setCurrentIndex(max(0, self.port.findData(kept)))
        self.speed.setCurrentIndex(self.speed.findData(settings.speed))
        self.framing.setCurrentIndex(self.framing.findData(settings.framing))
        self._set.setVisible(bool(kept))
        if not kept:
            self.state.setVisible(False)

    def show_link(self, name: str, link: Link | None) -> None:
        """Say how it stands with the port."""
        says = {
            Link.OPEN: self.tr(
                "{name} is open: scan a code. Where nothing or nonsense comes, choose the speed and the bits that the "
                "scanner is set to; its manual calls that “baud rate”."
            ),
            Link.AWAY: self.tr(
                "{name} cannot be opened: unplugged, used by another program, or not allowed here. It is tried again."
            ),
            Link.MISSING: MISSING,
        }
        self.state.setVisible(bool(name) and link is not None)
        self.state.setText("" if link is None else says[link].format(name=name))

    def _choose(self) -> None:
        port, speed, framing = (each.currentData() for each in (self.port, self.speed, self.framing))
        self._kept = replace(self._kept, port=port, speed=speed, framing=framing)
        self._set.setVisible(bool(port))
        self.chosen.emit(self._kept)

    def _framed(self, framing: str) -> str:
        """Return a framing in words."""
        parity = {"N": self.tr("none"), "E": self.tr("even"), "O": self.tr("odd")}[framing[1]]
        usual = self.tr(" (usual)") if framing == USUAL.framing else ""
        return f"{framing[0]}, {parity}, {framing[2]}{usual}"
