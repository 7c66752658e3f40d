"""The certificate of a disposal, or of several at once, offered once it is done (R13)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ldninv.domain.entries import Kind, Posted
from ldninv.domain.signs import Tone
from ldninv.services import certificate
from ldninv.services.context import Context
from ldninv.services.documents import Saved
from ldninv.ui.banner import Action, Banner
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.saving import ask_where


class Certificates(QObject):
    """Asks where to, and writes there; what came of it stands in the banner of whoever offers it."""

    def __init__(self, context: Context, news: News, jobs: Jobs, banner: Banner, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._news, self._jobs, self._banner = context, news, jobs, banner
        self._parent = parent

    def offers(self, posted: Sequence[Posted]) -> list[Action]:
        """Return the way to the one certificate of what was done last; none where that was no disposal."""
        disposed = tuple(each for each in posted if each.entry.kind is Kind.DESTROYED)
        return [(self.tr("Certificate…"), lambda: self.ask_where(disposed))] if disposed else []

    def ask_where(self, posted: Sequence[Posted]) -> None:
        """Ask under which name to save it."""
        kinds = {"pdf": self.tr("PDF, to print or send")}
        first = posted[0]
        name = f"disposal-{first.lot}-{first.id}.pdf" if len(posted) == 1 else f"disposals-{first.entry.day}.pdf"
        ask_where(self._parent, self.tr("Save the certificate"), name, kinds, partial(self.save_as, posted))

    def save_as(self, posted: Sequence[Posted], path: Path) -> None:
        """Write it, on a worker."""
        job = self._jobs.start(lambda _progress: certificate.save(self._context, [each.id for each in posted], path))
        job.done.connect(self._saved)
        job.failed.connect(self._not_saved(posted))

    def _not_saved(self, posted: Sequence[Posted]) -> Callable[[Exception], None]:
        return lambda why: self._banner.tell_error(why, lambda: self.ask_where(posted))

    def _saved(self, saved: Saved) -> None:
        said = [self.tr("Saved as {file}.").format(file=saved.file), *saved.notices]
        self._banner.tell(" ".join(said), Tone.LOOK if saved.notices else Tone.GOOD)
        self._news.changed.emit(saved.changed)
