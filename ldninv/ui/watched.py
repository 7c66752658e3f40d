"""A folder that this computer watches for loggers' files: new ones wait as a task, and never come in by themselves."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QSettings, QTimer, Signal

from ldninv.domain.progress import Progress
from ldninv.services.context import Change, Context
from ldninv.services.storage.waiting import Known, waiting
from ldninv.ui.jobs import Job, Jobs
from ldninv.ui.memory import WATCHED
from ldninv.ui.news import News

_EVERY = 60_000
"""Milliseconds between two looks: folders on a network tell of nothing."""
_SETTLED = 1500
"""Milliseconds after which a file that just came is written to its end."""


class WatchedFolder(QObject):
    """Looks on a worker: at the start, when the folder tells of a change, once a minute, and when readings came in."""

    found = Signal()
    """Other files wait now, or another folder is watched."""

    def __init__(self, context: Context, memory: QSettings, jobs: Jobs, news: News, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._memory, self._jobs = context, memory, jobs
        self._known: Known = {}
        self._job: Job | None = None
        self.files: tuple[Path, ...] = ()
        self.why = ""
        """Why the folder cannot be read, in words; empty where it can."""
        self._soon = QTimer(self, interval=_SETTLED, singleShot=True)
        self._soon.timeout.connect(self.look)
        self._often = QTimer(self, interval=_EVERY)
        self._often.timeout.connect(self.look)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _path: self._soon.start())
        news.changed.connect(self._heed)
        self._begin()

    @property
    def folder(self) -> Path | None:
        """The folder that is watched; None where none is."""
        kept = str(self._memory.value(WATCHED) or "")
        return Path(kept) if kept else None

    def watch(self, folder: Path | None) -> None:
        """Watch another folder from now on, or none."""
        self._memory.setValue(WATCHED, str(folder) if folder else "")
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        self.files, self.why = (), ""
        self._begin()
        self.found.emit()

    def look(self) -> None:
        """Look what waits; one look at a time."""
        folder = self.folder
        if folder is None or self._job is not None:
            return

        def work(_progress: Progress) -> tuple[Path, ...]:
            return waiting(self._context, folder, self._known)

        self._job = self._jobs.start(work)
        self._job.done.connect(self._seen)
        self._job.failed.connect(lambda why: self._seen((), str(why)))
        self._job.cancelled.connect(lambda: self._seen(self.files, self.why))

    def _begin(self) -> None:
        folder = self.folder
        if folder is None:
            self._often.stop()
            return
        self._watcher.addPath(str(folder))
        self._often.start()
        self._soon.start()

    def _seen(self, files: tuple[Path, ...], why: str = "") -> None:
        self._job = None
        folder = self.folder
        if folder is None:
            return
        if not why and not self._watcher.directories():  # it was gone, and is there again
            self._watcher.addPath(str(folder))
        if (files, why) != (self.files, self.why):
            self.files, self.why = files, why
            self.found.emit()

    def _heed(self, change: Change) -> None:
        if change & Change.PLACES:
            self._soon.start(0)
