"""What was found of a scanner, one below the other: what is wrong each with its way out, what is right together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ldninv.domain.signs import Tone
from ldninv.ui import theme
from ldninv.ui.banner import Banner
from ldninv.ui.scanner.learned import Finding
from ldninv.ui.scanner.pace import ScannerSettings


class Findings(QWidget):
    """Shows them until others come."""

    def __init__(self, choose: Callable[[ScannerSettings], None], parent: QWidget) -> None:
        """Begin with none; `choose` takes the settings of an offer that is taken."""
        super().__init__(parent)
        self._choose = choose
        self.shown: list[Banner] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.step(self, 1))

    @property
    def texts(self) -> list[str]:
        """What they say."""
        return [each.text for each in self.shown]

    def show_findings(self, first: Finding | None, findings: Sequence[Finding]) -> None:
        """Show findings below the one that comes first."""
        while self.shown:
            old = self.shown.pop()
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        apart = [each for each in findings if each.tone in {Tone.STOP, Tone.LOOK} or each.settings]
        together = [each.says for each in findings if each not in apart]
        last = [Finding(Tone.GOOD, "\n".join(together))] if together else []
        for each in [*([first] if first else []), *apart, *last]:
            self._say(each)

    def _say(self, finding: Finding) -> None:
        banner = Banner(self)
        banner.stay()
        settings = finding.settings
        offers = [] if settings is None else [(self.tr(finding.offer), lambda: self._choose(settings))]
        banner.tell(finding.says, finding.tone, offers)
        self.shown.append(banner)
        self._column.addWidget(banner)
