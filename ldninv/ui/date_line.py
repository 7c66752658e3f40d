"""The line on a card that says what a rule would make of the batch's date, and the way to decide on it (R1)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ldninv.domain.policies import Shortening
from ldninv.domain.signs import Tone
from ldninv.services.context import Context
from ldninv.ui import words
from ldninv.ui.calm import CalmLine
from ldninv.ui.dates_panel import DatesPanel
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News


class DateLine(CalmLine):
    """Hidden where nothing would shorten the date."""

    def __init__(self, context: Context, news: News, jobs: Jobs, parent: QWidget) -> None:
        super().__init__("calendar-alert", parent, Tone.LOOK, factor=1)
        self._context, self._news, self._jobs = context, news, jobs
        self._found: Shortening | None = None
        self.panel: DatesPanel | None = None
        self.way = self.offer(self.tr("Decide…"), "calendar-alert", self.decide)
        self.hide()

    @property
    def there(self) -> bool:
        """Whether it has something to say."""
        return self._found is not None

    def show_found(self, found: Shortening | None) -> None:
        """Say what a rule would make of the date."""
        self._found = found
        self.say("" if found is None else words.would_be(found))
        self.setVisible(found is not None)

    def decide(self) -> None:
        """Let a pharmacist decide."""
        if self._found is None:
            return
        if self.panel is None or self.panel.parent() is not self.window():
            self.panel = DatesPanel(self._context, self._news, self._jobs, self.window())
        self.panel.show_found([self._found])
