"""A known code on the screen: black on white in any colours, at whole dots, large enough to be scanned from there."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ldninv.domain.label_sizes import Symbol
from ldninv.domain.signs import Sign, Tone
from ldninv.paper.known_codes import Shown, draw_modules
from ldninv.paper.symbols import Modules
from ldninv.ui import theme
from ldninv.ui.pill import Pill

WANTED = Sign("Scan it", Tone.QUIET, "barcode-scan")
READ = Sign("Read", Tone.GOOD, "check-circle")
ODD = Sign("Read, see below", Tone.LOOK, "alert")
_BAR = 6
"""How many times as high as text bars are."""


class SymbolView(QWidget):
    """The symbol alone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._modules: Modules | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_modules(self, modules: Modules, said: str) -> None:
        """Show a symbol, and say what it holds to a screen reader."""
        self._modules = modules
        self.setAccessibleName(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return its own size: it is never stretched."""
        if self._modules is None:
            return QSize(1, 1)
        high = self._bar + 2 * self._module * 4 if self._flat else (self._modules.rows + 2 * self._modules.quiet)
        return QSize(self._modules.width * self._module, high if self._flat else high * self._module)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it on white."""
        if self._modules is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        top = 4 * self._module if self._flat else 0
        draw_modules(painter, self._modules, 0, top, self._module, self._bar)
        painter.end()

    @property
    def _flat(self) -> bool:
        return self._modules is not None and self._modules.rows == 1

    @property
    def _module(self) -> int:
        """Dots of a module: with bars fewer, for they are long."""
        height = self.fontMetrics().height()
        return max(2, round(height / 10)) if self._flat else max(4, round(height / 4))

    @property
    def _bar(self) -> int:
        return _BAR * self.fontMetrics().height() if self._flat else 0


class CodeView(QFrame):
    """A code with its name, whether it was read, and what it holds."""

    def __init__(self, number: int, shown: Shown, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = shown
        self.setFrameShape(QFrame.Shape.StyledPanel)
        name = QLabel(f"{number}  {self.tr(shown.name)}", self)
        name.setFont(theme.scaled(self.font(), 1.1, bold=True))
        self.setAccessibleName(name.text())
        self.symbol = SymbolView(self)
        self.state = Pill(WANTED, self)
        spelled = QLabel(shown.spelled, self)
        spelled.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setSpacing(theme.step(self, 2))
        for part in (name, self.state, self.symbol, spelled):
            column.addWidget(part)
        column.addStretch(1)

    def show_symbol(self, symbol: Symbol) -> None:
        """Show it as another symbol."""
        said = self.tr("Code: {spelled}").format(spelled=self._shown.spelled)
        self.symbol.show_modules(self._shown.modules(symbol), said)
