"""The list of batches: a table that answers from memory once all batches are read, and from the database before."""

from __future__ import annotations

import json
from contextlib import suppress

from PySide6.QtCore import QCoreApplication, QSettings, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ldninv.domain.question import Question, Sort
from ldninv.domain.signs import Tone
from ldninv.services.context import Context
from ldninv.services.search import Answer, Finder
from ldninv.ui import batch_table, words
from ldninv.ui.banner import Banner
from ldninv.ui.filters import FILTERS, Filter
from ldninv.ui.jobs import Job, Jobs
from ldninv.ui.table import RowTableModel
from ldninv.ui.table_view import TableView

MANY = 2000
"""Batches that can be acted on together, and rows that are copied without waiting."""

_WATCH_MS = 3000
"""Between two looks for what another program entered."""

_SOON_MS = 100
"""Before all batches are read: the first rows are painted by then, and nobody waits for the rest."""


class BatchList(TableView):
    """Shows what is asked of it, in its order; the first rows at once, the rest when they are read."""

    changed = Signal()
    """What is shown is to be asked again: all batches are in memory now, or there is something new in them."""

    def __init__(self, context: Context, jobs: Jobs, banner: Banner, parent: QWidget | None = None) -> None:
        batches = RowTableModel(batch_table.columns(), lambda keys: batch_table.listed(context, keys))
        super().__init__(batches, QCoreApplication.translate("BatchList", "Batches"), parent)
        self.batches = batches
        batches.setParent(self)
        self._context, self._jobs, self._banner = context, jobs, banner
        self.finder = Finder(context, [each.question for each in FILTERS])
        self.sort, self.descending = Sort.EXPIRES, False
        self._loading: Job | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._load)
        self._answered: Question | None = None
        self.copy_asked.connect(self.copy)
        self._watch = QTimer(self, interval=_WATCH_MS)
        self._watch.timeout.connect(self.watch)
        self._watch.start()

    def ask(self, by: Filter, question: Question) -> Answer:
        """Show what answers `question`, which is the filter's with a text and an order; begin to read if need be."""
        same, self._answered = question == self._answered, question
        answer = self.finder.answer(FILTERS.index(by), question.text, self.sort, descending=self.descending)
        with self.staying(same):
            self.batches.show_ids(answer.ids)
        self.show_sorted(self.sort, descending=self.descending)
        if not self.finder.ready and self._loading is None:
            self._soon.start()
        return answer

    def watch(self) -> None:
        """Follow what another program entered, while the list is in front."""
        if self._loading is None and self.isVisible() and self.isActiveWindow():
            with self._banner.calm(self.watch):
                if self.finder.catch_up():
                    self.changed.emit()

    def selected_lots(self) -> list[str]:
        """Return the lots of the rows that are selected, in the order of the list."""
        return self.finder.lots(self.selected_ids())

    def say_too_many(self) -> None:
        """Say what can be done with more rows than can be acted on together."""
        says = self.tr("{rows} are selected. They can be copied (Ctrl+C); at most {most} can be acted on at once.")
        count = words.counted(self.selected_count(), "batch", "batches")
        self._banner.tell(says.format(rows=count, most=words.grouped(MANY)), Tone.QUIET)

    def copy(self) -> None:
        """Put the selected rows on the clipboard as text, with the titles of their columns."""
        ids, columns = self.selected_ids(), self.shown_columns
        if len(ids) <= MANY:
            with self._banner.calm(self.copy):
                QGuiApplication.clipboard().setText(self.batches.as_text(ids, columns))
            return
        rows = words.counted(len(ids), "row")
        self._banner.tell(self.tr("Copying {rows}…").format(rows=rows), Tone.QUIET)
        job = self._jobs.start(lambda progress: self.batches.as_text(ids, columns, progress))
        job.done.connect(lambda text: self._copied(str(text), rows))
        job.failed.connect(lambda why: self._banner.tell_error(why, self.copy))

    def remember(self, memory: QSettings) -> None:
        """Keep columns and order for the next start."""
        memory.setValue("batches/columns", json.dumps(self.arrangement()))
        memory.setValue("batches/sort", f"{self.sort.value} {int(self.descending)}")

    def recall(self, memory: QSettings) -> None:
        """Take what was kept; what cannot be read is left as it is at first."""
        with suppress(ValueError, TypeError):
            self.arrange(json.loads(str(memory.value("batches/columns", "[]"))))
        with suppress(ValueError):
            sort, descending = str(memory.value("batches/sort", "expires 0")).split()
            self.sort, self.descending = Sort(sort), descending == "1"

    def _load(self) -> None:
        if self._loading is None:
            self._loading = self._jobs.start(self.finder.load)
            self._loading.done.connect(self._loaded)
            self._loading.failed.connect(self._not_loaded)
            self._loading.cancelled.connect(self._not_loaded)

    def _loaded(self) -> None:
        self._loading = None
        self.changed.emit()

    def _not_loaded(self, why: Exception | None = None) -> None:
        self._loading = None
        if why is not None:
            self._banner.tell_error(why, self.changed.emit)

    def _copied(self, text: str, rows: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._banner.tell(self.tr("{rows} copied.").format(rows=rows), Tone.GOOD)
