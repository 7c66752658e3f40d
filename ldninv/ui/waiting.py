"""A stack of views that shows progress and *cancel* while a job runs, and then goes back to where it was."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ldninv.domain.progress import Progress
from ldninv.ui import icons, theme
from ldninv.ui.jobs import Job, Jobs
from ldninv.ui.pages import scrolling

Answer = TypeVar("Answer")

_LONG_S = 1.0
"""Seconds that something runs before anybody reaches for Esc."""
_MOMENT_S = 1.0
"""Seconds after its end in which an Esc was still meant for it."""


class Waiting(QStackedWidget):
    """Runs one job at a time; what is asked meanwhile is not begun."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self._began = 0.0
        self._ended: float | None = None
        self._areas: dict[QWidget, QWidget] = {}
        self._doing = QLabel(self)
        self._doing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._doing.setWordWrap(True)
        self._doing.setFont(theme.scaled(self.font(), 1.2, bold=True))
        self._bar = QProgressBar(self)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(theme.letters(self, 60))
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._bar, 100)
        across.addStretch(1)
        self.stop = QPushButton(self.tr("Cancel (Esc)"), self)
        icons.put_on(self.stop, "close")
        self.stop.clicked.connect(self.cancel)
        self._wait = QWidget(self)
        layout = QVBoxLayout(self._wait)
        layout.setSpacing(theme.step(self, 4))
        layout.addStretch(1)
        layout.addWidget(self._doing)
        layout.addLayout(across)
        layout.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        self.addWidget(self._wait)
        self.currentChanged.connect(lambda _view: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """Return the room that the view in sight needs: one that is not seen must not make the window larger."""
        seen = self.currentWidget()
        return super().minimumSizeHint() if seen is None else seen.minimumSizeHint()

    @property
    def shown(self) -> QWidget | None:
        """The view in sight, whether it scrolls or not."""
        seen = self.currentWidget()
        return next((view for view, area in self._areas.items() if area is seen), seen)

    def add_scrolling(self, view: QWidget, name: str) -> None:
        """Add a view that scrolls where it is higher than the room for it."""
        self._areas[view] = scrolling(view, name, self, sideways=True)
        self.addWidget(self._areas[view])

    def turn_to(self, view: QWidget) -> None:
        """Show one of the views."""
        self.setCurrentWidget(self._areas.get(view, view))

    @property
    def busy(self) -> bool:
        """Whether a job runs."""
        return self._job is not None

    def run(
        self,
        doing: str,
        work: Callable[[Progress], Answer],
        *,
        done: Callable[[Answer], None],
        failed: Callable[[Exception], None],
        stopped: Callable[[], None] = lambda: None,
    ) -> None:
        """Begin `work` on a thread of its own; its end goes to `done`, to `failed`, or to `stopped` if cancelled."""
        if self.busy:
            return
        before, focused = self.currentWidget(), self.focusWidget()
        self._doing.setText(doing)
        self._bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.setCurrentWidget(self._wait)
        self._began, self._ended = monotonic(), None
        self._job = self._jobs.start(work)
        self._job.progressed.connect(self._progress)
        self._job.done.connect(lambda answer: self._end(before, lambda: done(answer)))
        self._job.failed.connect(lambda why: self._end(before, lambda: failed(why)))
        self._job.cancelled.connect(lambda: self._end(before, lambda: self._stopped(focused, stopped)))

    def cancel(self) -> None:
        """Ask the job to stop."""
        if self._job is not None:
            self.stop.setEnabled(False)
            self._job.cancel()

    def _progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _stopped(self, focused: QWidget | None, then: Callable[[], None]) -> None:
        """Go back to what the keyboard was at as well: the focus left *Cancel* for whatever comes next."""
        if focused is not None:
            focused.setFocus()
        then()

    @property
    def just_ended(self) -> bool:
        """Whether something long ended a moment ago: who presses Esc now wanted to stop it, not to put away its end."""
        ended = self._ended
        return ended is not None and ended - self._began >= _LONG_S and monotonic() - ended < _MOMENT_S

    def _end(self, before: QWidget | None, then: Callable[[], None]) -> None:
        self._job = None
        self._ended = monotonic()
        if before is not None:
            self.setCurrentWidget(before)
        then()


def cancelled_within(page: QWidget) -> bool:
    """Ask what runs in sight of a page to stop; return whether anything did, or has ended just now by itself."""
    in_sight = [each for each in page.findChildren(Waiting) if each.isVisible()]
    running = [each for each in in_sight if each.busy]
    for each in running:
        each.cancel()
    return bool(running) or any(each.just_ended for each in in_sight)
