"""The Import page: choose or drop lists and loggers' files, see what was understood, then bring them in one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ldninv.domain.batch_list import Columns, ColumnsUnclear, DateOrder, DateOrderUnclear, Field
from ldninv.domain.progress import Progress
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.signs import Tone
from ldninv.domain.storage import logger_file
from ldninv.domain.storage.logger_file import Answers
from ldninv.services import importing, places
from ldninv.services.context import Context
from ldninv.services.importing import Imported, Preview
from ldninv.services.storage import reading
from ldninv.services.storage.brought import BroughtIn, Contradicted
from ldninv.services.storage.reading import ReadOut
from ldninv.ui.banner import Action
from ldninv.ui.choose_file import ChooseFile
from ldninv.ui.import_questions import Asked, Questions
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.pages import Page, column, heading
from ldninv.ui.preview import PreviewView, came_of
from ldninv.ui.storage.glance import Glance, Where, told, verdict
from ldninv.ui.storage.incoming import IncomingView
from ldninv.ui.waiting import Waiting


class ImportPage(Page):
    """Nothing is written before the person says so, and then all of it or nothing."""

    stock_asked = Signal()
    """What came in is to be seen in the list."""
    storage_asked = Signal(str)
    """The place whose logger's file came in is to be seen."""
    files_asked = Signal()
    """The files that wait in the folder that is watched are to be read."""
    folder_asked = Signal()
    """A folder is to be watched."""
    folder_left = Signal()
    """The folder is to be watched no longer."""

    def __init__(self, context: Context, news: News, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(news, parent)
        self._context = context
        self._asked: Asked | None = None
        self._queue: list[Path] = []
        self._leave_question: Callable[[], None] = self.go_on
        self.views = Waiting(jobs, self)
        self.choose = ChooseFile(self)
        self.orders = Questions(self)
        self.preview = PreviewView(self)
        self.incoming = IncomingView(context, self)
        self.views.add_scrolling(self.choose, self.tr("Choose a file"))
        self.views.add_scrolling(self.orders, self.tr("A question on the file"))
        for view in (self.preview, self.incoming):
            self.views.addWidget(view)
        self.choose.chosen.connect(self.take)
        for name in ("files_asked", "folder_asked", "folder_left"):
            getattr(self.choose, name).connect(getattr(self, name))
        self.preview.accepted.connect(self.bring_in)
        self.preview.dismissed.connect(self.go_on)
        self.preview.asked_again.connect(self._read_again)
        self.preview.corrected.connect(self._correct)
        self.incoming.accepted.connect(self.bring_in_readings)
        self.incoming.dismissed.connect(self.go_on)
        layout = column(self)
        layout.addWidget(heading(self.tr("Import"), self))
        layout.addWidget(self.banner)
        layout.addWidget(self.views, 1)
        self.start_over()

    def show_waiting(self, folder: Path | None, files: Sequence[Path], why: str = "") -> None:
        """Offer the files that wait in the folder that is watched, or to watch one, also where it cannot be read."""
        self.choose.show_waiting(folder, files, why)

    def aside(self) -> None:
        """Put the notice away, else leave a question unanswered."""
        if self.banner.text:
            self.banner.clear()
        elif self.views.shown is self.orders:
            self._leave_question()

    def take(self, paths: Sequence[Path]) -> None:
        """Read lists one by one; those that come while one is in hand wait for it."""
        if not paths:
            return
        self._queue += paths
        if not self.views.busy and self.views.shown is self.choose:
            self.banner.clear()
            self.go_on()
        else:
            self.banner.tell(self.tr("{file} comes after this file.").format(file=paths[0].name), Tone.QUIET)
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
        self.incoming.show_glance(None)
        self.views.turn_to(self.choose)

    def _read(self, asked: Asked) -> None:
        self._show_queue()
        self.views.run(
            self.tr("Reading {file}…").format(file=asked.path.name),
            partial(self._look, asked),
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

    def _look(self, asked: Asked, progress: Progress) -> Preview | Glance:
        """Read a file on the worker: a logger's, or a list."""
        if not reading.is_loggers(asked.path):
            return importing.preview(
                self._context, asked.path, date_order=asked.date_order, columns=asked.columns, progress=progress
            )
        read = reading.read_out(asked.path, asked.answers, records=self._context, progress=progress)
        return Glance.of(read, places.profiles_here(self._context))

    def bring_in_readings(self, where: Where) -> None:
        """Keep the readings of the file that is shown, and mark the batches that stood there."""
        shown, asked = self.incoming.shown, self._asked
        if shown is None or asked is None:
            return
        self.banner.clear()
        self.views.run(
            self.tr("Importing {file}…").format(file=shown.read.record.file),
            partial(self._keep, shown.read, where, asked.answers),
            done=partial(self._kept, shown, where),
            failed=partial(self._not_kept, asked, where),
            stopped=self._say_stopped,
        )

    def _keep(self, read: ReadOut, where: Where, answers: Answers, progress: Progress) -> BroughtIn:
        return reading.keep(
            self._context,
            read,
            place=where.place,
            logger=where.logger,
            zone=where.zone,
            answers=answers,
            rest=where.beside,
            progress=progress,
        )

    def _not_kept(self, asked: Asked, where: Where, why: Exception) -> None:
        """Ask what only a person can say, or tell why nothing was kept."""
        if isinstance(why, Contradicted):
            again = partial(self._bring_in_again, asked, replace(where, beside=True))
            put = partial(self.orders.ask_contradicted, asked.path, where.logger, why.brought, again)
            self._ask(put, (self.tr("Another logger…"), "thermometer", self.incoming.logger))
            return
        if not isinstance(why, logger_file.Asked):
            self._asked = replace(asked, answers=replace(asked.answers, clock=None))  # else its refusal is no way on
            self.banner.tell_error(why, lambda: self.bring_in_readings(where))
            return

        put = partial(self.orders.ask, asked, why, lambda said: self._bring_in_again(said, where))
        self._ask(put, (self.tr("Another zone…"), "map-marker", self.incoming.zone))

    def _bring_in_again(self, said: Asked, where: Where) -> None:
        self._asked = said
        self._back_to_file()
        self.bring_in_readings(where)

    def _back_to_file(self, field: QWidget | None = None) -> None:
        self.views.turn_to(self.incoming)
        (field or self.incoming.logger).setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, put: Callable[[], None], back: tuple[str, str, QWidget] | None = None) -> None:
        """Put a question, with another file as the way out, and `back` to what was said of this one."""
        put()
        self._leave_question = self.go_on
        if back:
            text, icon, field = back
            self._leave_question = partial(self._back_to_file, field)
            self.orders.offer(text, icon, self._leave_question)
        self.orders.offer(self.incoming.dismiss.text(), "arrow-left", self.go_on)
        self.views.turn_to(self.orders)
        self.orders.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _kept(self, shown: Glance, where: Where, brought: BroughtIn) -> None:
        """Say what came of a logger's file."""
        says, _ = verdict(shown, self.incoming.limits(where.place))
        self.go_on()
        text, tone = told(shown.read.record, where, brought, says)
        look = (self.tr("Show the place"), lambda: self.storage_asked.emit(where.place))
        self.banner.tell(text, tone, [look, (self.tr("Show the batches"), self.stock_asked.emit)])
        self.news.changed.emit(brought.changed)

    def _show(self, asked: Asked, preview: Preview | Glance) -> None:
        self._asked = asked
        if isinstance(preview, Glance):
            self.views.turn_to(self.incoming)
            self.incoming.show_glance(preview)
            return
        self.views.turn_to(self.preview)
        self.preview.show_preview(preview)

    def _show_queue(self) -> None:
        for view in (self.preview, self.incoming):
            view.show_next(self._queue[0].name if self._queue else None)

    def _not_read(self, asked: Asked, why: Exception) -> None:
        if isinstance(why, DateOrderUnclear):
            self._ask(partial(self.orders.ask_order, asked, why, self._read))
        elif isinstance(why, logger_file.Asked):
            self._ask(partial(self.orders.ask, asked, why, self._read))
        elif isinstance(why, ColumnsUnclear):
            self._asked = asked
            self.views.turn_to(self.preview)
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
        ways: list[Action] = [(self.tr("Show the batches"), self.stock_asked.emit)]
        if result.problems and brought is not None:
            ways.append((self.tr("Show what stayed out"), lambda: self.take([brought.path])))
        self.banner.tell(came_of(result), Tone.GOOD, ways)
        self.news.changed.emit(imported.changed)
