"""Looks after the copy of the database: how old the last one is, and making one on a worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ldninv.domain.signs import Tone
from ldninv.services import safety
from ldninv.services.context import Change, Context
from ldninv.services.safety import Copied
from ldninv.ui.banner import Banner
from ldninv.ui.jobs import Job, Jobs
from ldninv.ui.news import News
from ldninv.ui.status import StatusLine


class BackupCare(QObject):
    """Keeps the status line's word on it true."""

    def __init__(
        self,
        context: Context,
        news: News,
        jobs: Jobs,
        status: StatusLine,
        banner: Callable[[], Banner],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._banner = banner
        self._context = context
        self._news = news
        self._jobs = jobs
        self._status = status
        self._window = window
        self._job: Job | None = None
        self._last: datetime | None = None
        status.backup_asked.connect(self.ask_where)
        news.changed.connect(self._heed)
        self._read()

    def show_age(self) -> None:
        """Say how old the last copy is by now."""
        self._status.show_backup(self._last, self._context.now())

    def ask_where(self) -> None:
        """Ask where the copy goes."""
        dialog = QFileDialog(self._window, self.tr("Back up the database"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Databases (*.db)"), self.tr("All files (*)")])
        dialog.setDefaultSuffix("db")
        dialog.selectFile(f"ldninv-{self._context.today()}.db")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.copy_to(Path(name)))
        dialog.open()

    def copy_to(self, target: Path) -> None:
        """Write the copy."""
        if self._job is not None:
            return
        self._status.backup.setEnabled(False)
        self._job = self._jobs.start(lambda _progress: safety.backup(self._context, target))
        self._job.done.connect(self._copied)
        self._job.failed.connect(lambda why: self._failed(why, target))

    def _copied(self, made: Copied) -> None:
        self._over()
        broken = made.broken()
        said = [broken or self.tr("Backed up to {file}.").format(file=made.file), *made.notices]
        self._banner().tell(" ".join(said), Tone.STOP if broken else Tone.LOOK if made.notices else Tone.GOOD)
        self._news.changed.emit(made.changed)

    def _failed(self, why: Exception, target: Path) -> None:
        self._over()
        self._banner().tell_error(why, lambda: self.copy_to(target))

    def _over(self) -> None:
        self._job = None
        self._status.backup.setEnabled(True)

    def _heed(self, change: Change) -> None:
        if change & Change.BACKUPS:
            self._read()

    def _read(self) -> None:
        self._last = safety.last_backup(self._context)
        self.show_age()
