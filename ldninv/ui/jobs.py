"""Long work on a thread of its own, with progress and cancel, so that the window stays alive."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic

from PySide6.QtCore import QObject, QThread, Signal

from ldninv.domain.progress import Cancelled, Progress
from ldninv.ui.collector import COLLECTOR

_BETWEEN = 0.05
"""Seconds between two notes of progress: often enough to look alive, too seldom to slow the work."""


class Job(QThread):
    """One piece of work. Exactly one of `done`, `failed` and `cancelled` follows `start()`, in the window's thread."""

    progressed = Signal(int, int)
    """What is done, and what there is in all (0 where not known)."""
    done = Signal(object)
    """Carries what the work returned."""
    failed = Signal(object)
    """Carries the exception."""
    cancelled = Signal()

    def __init__(self, work: Callable[[Progress], object], over: Callable[[Job], None], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._over = over
        self._stop = Event()
        self._told = 0.0
        self._tell: Callable[[], None] = self.cancelled.emit
        self.finished.connect(self._end)

    def cancel(self) -> None:
        """Ask the work to stop; it does so at its next note of progress, and nothing is written."""
        self._stop.set()

    def run(self) -> None:
        """Do the work; Qt calls this on the job's thread."""
        try:
            answer = self._work(self._note)
        except Cancelled:
            self._tell = self.cancelled.emit
        except Exception as why:  # noqa: BLE001 - it is passed on to where it can be shown
            error = why
            self._tell = lambda: self.failed.emit(error)
        else:
            self._tell = lambda: self.done.emit(answer)

    def _note(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Cancelled
        now = monotonic()
        if done >= total or now - self._told >= _BETWEEN:
            self._told = now
            self.progressed.emit(done, total)

    def _end(self) -> None:
        self._over(self)
        self._tell()
        self.deleteLater()


class Jobs(QObject):
    """Starts jobs, and leaves none behind when the window closes."""

    def __init__(self, parent: QObject | None = None, *, leave: Callable[[], object] | None = None) -> None:
        super().__init__(parent)
        self._leave = leave
        self._running: list[Job] = []
        self._finished = False

    @property
    def busy(self) -> bool:
        """Whether something runs."""
        return bool(self._running)

    def start(self, work: Callable[[Progress], object]) -> Job:
        """Begin `work`, which is called with the progress to tell, and return its job.

        After `finish` nothing begins any more: a window that closes may still be told to read something again.
        """
        job = Job(lambda progress: self._worked(work, progress), self._forget, self)
        if self._finished:
            return job
        self._running.append(job)
        COLLECTOR.hold()
        job.start()
        return job

    def finish(self) -> None:
        """Cancel what runs and wait for it; nobody hears of its end, and nothing begins after it."""
        self._finished = True
        for job in self._running:
            job.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            job.cancel()
        while self._running:
            self._running.pop().wait()
            COLLECTOR.release()

    def _forget(self, job: Job) -> None:
        if job in self._running:
            self._running.remove(job)
            COLLECTOR.release()

    def _worked(self, work: Callable[[Progress], object], progress: Progress) -> object:
        """Do `work`, and leave what it opened on this thread (a connection to the database)."""
        try:
            return work(progress)
        finally:
            if self._leave is not None:
                self._leave()
