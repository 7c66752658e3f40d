"""The Import page: choose or drop lists, see what was understood and what is wrong, then bring them in one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ldninv.domain.batch_list import Columns, ColumnsUnclear, DateOrder, DateOrderUnclear, Field
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.signs import Tone
from ldninv.services import importing
from ldninv.services.context import Context
from ldninv.services.importing import Imported, Preview
from ldninv.ui import words
from ldninv.ui.banner import Action
from ldninv.ui.blank import Blank
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.pages import Page, column, heading
from ldninv.ui.preview import PreviewView
from ldninv.ui.waiting import Waiting

KINDS = ("csv", "tsv", "txt", "xlsx")
"""Endings of the files that batch lists come in."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A file, and what a person said of it."""

    path: Path
    date_order: DateOrder | None = None
    columns: Columns | None = None


class ImportPage(Page):
    """Nothing is written before the person says so, and then all of it or nothing."""

    stock_asked = Signal()
    """What came in is to be seen in the list."""

    def __init__(self, context: Context, news: News, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(news, parent)
        self._context = context
        self._asked: Asked | None = None
        self._queue: list[Path] = []
        self.views = Waiting(jobs, self)
        self.choose = Blank("file-table-outline", self)
        self.orders = Blank("calendar-question", self)
        self.preview = PreviewView(self)
        for view in (self.choose, self.orders, self.preview):
            self.views.addWidget(view)
        self.choose.say(
            self.tr("Choose the list you keep today"),
            self.tr(
                "A CSV, TSV or Excel file. You can also drop it here.\nNothing is written before you have seen it."
            ),
        )
        self.choose.offer(self.tr("Choose a file…"), "folder-open", self.ask_for_file, large=True)
        self.preview.accepted.connect(self.bring_in)
        self.preview.dismissed.connect(self.go_on)
        self.preview.asked_again.connect(self._read_again)
        self.preview.corrected.connect(self._correct)
        layout = column(self)
        layout.addWidget(heading(self.tr("Import a batch list"), self))
        layout.addWidget(self.banner)
        layout.addWidget(self.views, 1)
        self.start_over()

    def ask_for_file(self) -> None:
        """Let the person choose files."""
        endings = " ".join(f"*.{kind}" for kind in KINDS)
        dialog = QFileDialog(self, self.tr("Choose a batch list"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self.tr("Batch lists ({endings})").format(endings=endings), self.tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.take([Path(name) for name in names]))
        dialog.open()

    def take(self, paths: Sequence[Path]) -> None:
        """Read lists one by one; those that come while one is in hand wait for it."""
        if not paths:
            return
        self._queue += paths
        if not self.views.busy and self.views.currentWidget() is self.choose:
            self.banner.clear()
            self.go_on()
        else:
            self.banner.tell(self.tr("{file} comes after this list.").format(file=paths[0].name), Tone.QUIET)
            self._show_queue()

    def read(self, path: Path, date_order: DateOrder | None = None, columns: Columns | None = None) -> None:
        """Read a list on a worker and show what is in it."""
        self.banner.clear()
        self._read(Asked(path, date_order, columns))

    def bring_in(self) -> None:
        """Write the good rows of the list that is shown."""
        shown = self.preview.shown
        if shown is None:
            return
        self.banner.clear()
        self.views.run(
            self.tr("Importing {file}…").format(file=shown.file),
            lambda progress: importing.import_lists(
                self._context, [shown], skip_bad=bool(shown.problems), progress=progress
            ),
            done=self._brought_in,
            failed=lambda why: self.banner.tell_error(why, self.bring_in),
            stopped=self._say_stopped,
        )

    def go_on(self) -> None:
        """Leave the list in hand, for the next that waits or for a choice."""
        self.start_over()
        if self._queue:
            self._read(Asked(self._queue.pop(0)))

    def start_over(self) -> None:
        """Go back to choosing a file."""
        self._asked = None
        self.preview.show_preview(None)
        self.views.setCurrentWidget(self.choose)

    def _read(self, asked: Asked) -> None:
        self._show_queue()
        self.views.run(
            self.tr("Reading {file}…").format(file=asked.path.name),
            lambda progress: importing.preview(
                self._context, asked.path, date_order=asked.date_order, columns=asked.columns, progress=progress
            ),
            done=partial(self._show, asked),
            failed=partial(self._not_read, asked),
            stopped=self._stopped_reading,
        )

    def _read_again(self) -> None:
        if self._asked is not None:
            self.banner.clear()
            self._read(self._asked)

    def _correct(self, columns: Columns) -> None:
        """Read the list again with the columns that a person gave; other dates may be in another order."""
        if self._asked is None:
            return
        self.banner.clear()
        shown = self.preview.shown
        known = dict(shown.content.indices) if shown else {}
        same = all(columns.get(field) == known.get(field) for field in (Field.PREPARED, Field.EXPIRES))
        self._read(replace(self._asked, columns=columns, date_order=self._asked.date_order if same else None))

    def _show(self, asked: Asked, preview: Preview) -> None:
        self._asked = asked
        self.views.setCurrentWidget(self.preview)
        self.preview.show_preview(preview)

    def _show_queue(self) -> None:
        self.preview.show_next(self._queue[0].name if self._queue else None)

    def _not_read(self, asked: Asked, why: Exception) -> None:
        if isinstance(why, DateOrderUnclear):
            self._ask_order(asked, why)
        elif isinstance(why, ColumnsUnclear):
            self._asked = asked
            self.views.setCurrentWidget(self.preview)
            self.preview.ask_columns(why)
        else:
            self._refuse(asked, why)

    def _refuse(self, asked: Asked, why: Exception) -> None:
        """Say why a list cannot be read; those that wait can still come."""
        if not isinstance(why, Refused | Surroundings):
            raise why
        actions: list[Action] = [(self.tr("Try again"), lambda: self._read(asked))]
        if self._queue:
            actions.append((self.tr("Go on with {file}").format(file=self._queue[0].name), self.go_on))
        if asked.columns is None:
            self.start_over()
        elif self.preview.shown is not None:
            self.preview.show_preview(self.preview.shown)  # its columns again, not those that were refused
        self.banner.tell(str(why), Tone.LOOK if isinstance(why, Refused) else Tone.STOP, actions)

    def _ask_order(self, asked: Asked, why: DateOrderUnclear) -> None:
        """Ask how the dates are written, with what each order makes of one of the file's own."""
        self.orders.say(
            self.tr("How are the dates in {file} written?").format(file=asked.path.name),
            self.tr(
                "They fit more than one order, and nothing is guessed. A line that does not fit is then a problem."
            ),
        )
        self.orders.clear_offers()
        for reading in why.readings:
            said = replace(asked, date_order=reading.order)
            self.orders.offer(words.date_order(reading), "calendar", partial(self._read, said), large=True)
        self.orders.offer(self.tr("Choose another file"), "arrow-left", self.go_on)
        self.views.setCurrentWidget(self.orders)
        self.orders.offers[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _stopped_reading(self) -> None:
        self._queue.clear()
        self.start_over()
        self._say_stopped()

    def _say_stopped(self) -> None:
        self.banner.tell(self.tr("Stopped. Nothing was written."), Tone.QUIET)

    def _brought_in(self, imported: Imported) -> None:
        brought = self._asked
        self.go_on()
        (result,) = imported.results
        parts = [
            self.tr("{batches} from {file} came in.").format(
                batches=words.counted(result.written, "batch", "batches"), file=result.file
            )
        ]
        if result.known:
            parts.append(self.tr("{number} were known already.").format(number=words.grouped(result.known)))
        if result.problems:
            rows = words.counted(len(result.problems), "row", "rows")
            parts.append(self.tr("{rows} with problems stayed out.").format(rows=rows))
        ways: list[Action] = [(self.tr("Show the batches"), self.stock_asked.emit)]
        if result.problems and brought is not None:
            ways.append((self.tr("Show what stayed out"), lambda: self.take([brought.path])))
        self.banner.tell(" ".join(parts), Tone.GOOD, ways)
        self.news.changed.emit(imported.changed)
