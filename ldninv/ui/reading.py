"""What a page reads on a worker: one thing at a time, and once more where it was asked for meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from ldninv.ui.jobs import Job, Jobs

_T = TypeVar("_T")


class Reading(QObject):
    """Reads for one page. Asked while it reads, it begins again at the end, so that the last answer is the newest."""

    def __init__(self, jobs: Jobs, refresh: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._refresh = jobs, refresh
        self._job: Job | None = None
        self._again = False

    @property
    def busy(self) -> bool:
        """Whether it still reads."""
        return self._job is not None

    def once_more(self) -> None:
        """Read again when what is read now is there: it is not what is wanted any more."""
        self._again = True

    def start(
        self, read: Callable[[], _T], show: Callable[[_T], object], failed: Callable[[Exception], object]
    ) -> None:
        """Do `read` on a worker and hand on what it returned or raised; while one runs, only note that it is asked."""
        if self._job is not None:
            self.once_more()
            return
        self._job = self._jobs.start(lambda _progress: read())
        self._job.done.connect(lambda found: self._end(lambda: show(found)))
        self._job.failed.connect(lambda why: self._end(lambda: failed(why)))
        self._job.cancelled.connect(lambda: self._end(lambda: None))

    def _end(self, tell: Callable[[], object]) -> None:
        self._job = None
        try:
            tell()
        finally:
            again, self._again = self._again, False
            if again and not self.busy:
                self._refresh()
