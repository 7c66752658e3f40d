"""Which serial port the scanner is on, if it is on one, and how it stands with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from ldninv.ui import theme
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.field_column import FieldColumn
from ldninv.ui.scanner.serial_port import MISSING, Link, Port


class SerialChoice(FieldColumn):
    """A port, or none; what is chosen holds at once."""

    chosen = Signal(str)
    """Carries the port's name; empty for none."""

    def __init__(self, ports: Callable[[], Sequence[Port]], parent: QWidget, *, there: bool) -> None:
        """List `ports`; without pyserial (`there`), say how to get it."""
        super().__init__(parent.tr("A scanner on a serial port"), 1.1, parent)
        self._ports = ports
        self.port = QComboBox(self)
        self.port.setAccessibleName(self.tr("Serial port"))
        self.port.setMinimumContentsLength(30)
        self.again = ActionButton(self.tr("Look again"), "refresh", self)
        self.setLayout(self.fields)
        self.fields.setContentsMargins(0, theme.step(self, 2), 0, 0)
        self.fields.addWidget(self.heading)
        about = self.tr("Only for scanners that do not type: RS-232, or USB set to “serial” or “virtual COM port”.")
        self.line(about if there else MISSING)
        self.fields.addWidget(self.port)
        self.state = self.line()
        self.fields.addWidget(self.again)
        for part in (self.port, self.again):
            part.setVisible(there)
        self.state.setVisible(False)
        self.port.activated.connect(lambda _index: self.chosen.emit(self.port.currentData()))

    def show_port(self, kept: str) -> None:
        """List what is plugged in now, with the port that is kept chosen."""
        self.port.clear()
        self.port.addItem(self.tr("None: the scanner types"), "")
        found = self._ports()
        for each in found:
            self.port.addItem(f"{each.name} – {each.about}" if each.about else each.name, each.name)
        if kept and kept not in {each.name for each in found}:
            self.port.addItem(self.tr("{name} – not plugged in").format(name=kept), kept)
        self.port.setCurrentIndex(max(0, self.port.findData(kept)))
        if not kept:
            self.state.setVisible(False)

    def show_link(self, name: str, link: Link | None) -> None:
        """Say how it stands with the port."""
        says = {
            Link.OPEN: self.tr("{name} is open: scan a code."),
            Link.AWAY: self.tr(
                "{name} cannot be opened: unplugged, used by another program, or not allowed here. It is tried again."
            ),
            Link.MISSING: MISSING,
        }
        self.state.setVisible(bool(name) and link is not None)
        self.state.setText("" if link is None else says[link].format(name=name))
