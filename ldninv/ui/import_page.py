"""The Import page: choose or drop a list, see what was understood and what is wrong, then bring it in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ldninv.domain.batch_list import DateOrder, DateOrderUnclear
from ldninv.domain.signs import Tone
from ldninv.services import importing
from ldninv.services.context import Context
from ldninv.services.importing import Imported, Preview
from ldninv.ui import words
from ldninv.ui.blank import Blank
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.pages import Page, column, heading
from ldninv.ui.preview import PreviewView
from ldninv.ui.waiting import Waiting

KINDS = ("csv", "tsv", "txt", "xlsx")
"""Endings of the files that batch lists come in."""


class ImportPage(Page):
    """Nothing is written before the person says so, and then all of it or nothing."""

    title = "Import"
    icon = "tray-arrow-down"

    def __init__(self, context: Context, news: News, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(news, parent)
        self._context = context
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
        self.choose.offer(self.tr("Choose a file…"), "folder-open", self.ask_for_file)
        self.preview.accepted.connect(self.bring_in)
        self.preview.dismissed.connect(self.start_over)
        layout = column(self)
        layout.addWidget(heading(self.tr("Import a batch list"), self))
        layout.addWidget(self.banner)
        layout.addWidget(self.views, 1)
        self.start_over()

    def ask_for_file(self) -> None:
        """Let the person choose a file."""
        endings = " ".join(f"*.{kind}" for kind in KINDS)
        dialog = QFileDialog(self, self.tr("Choose a batch list"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Batch lists ({endings})").format(endings=endings), self.tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.read(Path(name)))
        dialog.open()

    def read(self, path: Path, date_order: DateOrder | None = None) -> None:
        """Read a list on a worker and show what is in it."""
        self.banner.clear()
        self.views.run(
            self.tr("Reading {file}…").format(file=path.name),
            lambda progress: importing.preview(self._context, path, date_order=date_order, progress=progress),
            done=self._show,
            failed=partial(self._not_read, path, date_order),
        )

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
        )

    def start_over(self) -> None:
        """Go back to choosing a file."""
        self.preview.show_preview(None)
        self.views.setCurrentWidget(self.choose)

    def take(self, paths: list[Path]) -> None:
        """Read the first of the files that were dropped: lists are looked at one by one."""
        if self.views.busy:
            return
        self.read(paths[0])
        if len(paths) > 1:
            self.banner.tell(self.tr("One list at a time: this is {file}.").format(file=paths[0].name), Tone.QUIET)

    def _show(self, preview: Preview) -> None:
        self.preview.show_preview(preview)
        self.views.setCurrentWidget(self.preview)

    def _not_read(self, path: Path, date_order: DateOrder | None, why: Exception) -> None:
        if isinstance(why, DateOrderUnclear):
            self._ask_order(path, why)
        else:
            self.banner.tell_error(why, lambda: self.read(path, date_order))

    def _ask_order(self, path: Path, why: DateOrderUnclear) -> None:
        """Ask how the dates are written, with what each order makes of an example."""
        self.orders.say(self.tr("How are the dates in {file} written?").format(file=path.name), str(why))
        self.orders.clear_offers()
        for order in why.fits:
            self.orders.offer(words.date_order(order), "calendar", partial(self._read_as, path, order), large=True)
        self.orders.offer(self.tr("Choose another file"), "arrow-left", self.start_over)
        self.views.setCurrentWidget(self.orders)

    def _read_as(self, path: Path, order: DateOrder) -> None:
        self.start_over()
        self.read(path, order)

    def _brought_in(self, imported: Imported) -> None:
        self.start_over()
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
        self.banner.tell(" ".join(parts), Tone.GOOD)
        self.news.changed.emit(imported.changed)
