"""The Components page: every component lot, one of them, what codes stand for, or the form that does something."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ldninv.domain.goods import Alias, Known, Product
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.signs import Tone
from ldninv.services import codes, components, lookup
from ldninv.services.components import ComponentCard
from ldninv.services.context import Change, Context
from ldninv.services.lookup import Answer, Kind
from ldninv.services.recalling import Subject
from ldninv.ui import theme
from ldninv.ui.goods import lines, tasks
from ldninv.ui.goods.lists import CodeList, LotList
from ldninv.ui.goods.one import OneLot
from ldninv.ui.goods.receive import Receive
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.pages import Page, column, heading, scrolling
from ldninv.ui.reading import Reading
from ldninv.ui.scanner import says
from ldninv.ui.scanner.says import Heard, Sound
from ldninv.ui.settings.task import Task
from ldninv.ui.shortcuts import Shortcut


class ComponentsPage(Page):
    """A scan of goods opens their lot, or the form that receives them; Esc goes one step back."""

    concerns = Change.GOODS | Change.BATCHES | Change.LEDGER | Change.SETTINGS
    shortcuts = (
        Shortcut("Ctrl+G", "Receive goods"),
        Shortcut("Enter", "In the list: open the component lot"),
    )

    lot_asked = Signal(str)
    """A batch is to be opened."""
    recall_asked = Signal(object, object)
    """Carries what may be recalled, and what of it was chosen."""

    def __init__(self, context: Context, news: News, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(news, parent)
        self._context = context
        self._reading = Reading(jobs, self.refresh, self)
        self.task: Task | None = None
        self._before: QWidget | None = None
        self._title = heading(self.tr("Components"), self)
        self.lots = LotList(self)
        self.one = OneLot(self)
        self.codes = CodeList(self)
        self._form = QWidget(self)
        self._slot = QVBoxLayout(self._form)
        self._slot.setContentsMargins(0, 0, 0, 0)
        self._slot.addStretch(1)
        self._area = scrolling(self._form, self.tr("What is done"), self)
        self._views = QStackedWidget(self)
        for view in (self.lots, self.one, self.codes, self._area):
            self._views.addWidget(view)
        layout = column(self)
        layout.addWidget(self._title)
        layout.addWidget(self.banner)
        layout.addWidget(self._views, 1)
        self._connect()

    @property
    def busy(self) -> bool:
        """Whether it still reads its lists."""
        return self._reading.busy

    def refresh(self) -> None:
        """Read again what is seen, the lists on a worker; what stands there stays until then, and so does a form."""
        card = self.one.card
        if card is not None and self._views.currentWidget() is self.one:
            with self.banner.calm(self.refresh):
                self._show_card(card.known, card.product)
        context = self._context
        self._reading.start(
            lambda: (components.shelf(context), codes.known(context)),
            lambda read: self._show_lists(*read),
            lambda why: self.banner.tell_error(why, self.refresh),
        )

    def receive(self, answer: Answer | None = None) -> Heard | None:
        """Open the form that takes goods in, filled in with what was scanned."""
        form = self._begin(lambda: Receive(self._context, self._form))
        if answer is not None and isinstance(form, Receive):
            try:
                return form.fill(lines.filled(answer))
            except Refused as why:
                form.banner.tell_error(why)
                return Heard(str(why), Sound.STOP)
        return None

    def link(self, code: str, product: Product | None = None) -> None:
        """Open the form that says what a code stands for."""
        self._begin(lambda: tasks.LinkCode(self._context, self._form, code=code, product=product))

    def open_lot(self, name: str, lot: str) -> None:
        """Show one component lot."""
        self._put_away()
        self.banner.clear()
        with self.banner.calm(lambda: self.open_lot(name, lot)):
            self.one.show_card(components.card(self._context, name, lot))
            self._views.setCurrentWidget(self.one)
            self.one.start().setFocus(Qt.FocusReason.OtherFocusReason)

    def take_scan(self, text: str) -> Heard | None:
        """Take a scan of goods: into the open form, or to their lot; a batch is for the window."""
        task = self.task
        if isinstance(task, Receive | tasks.LinkCode):
            return task.take_scan(text)
        if task is not None:
            return None
        try:
            return self._answer(lookup.scan(self._context, text))
        except Surroundings as why:
            self.banner.tell_error(why)
            return Heard(str(why), Sound.STOP)

    def _answer(self, answer: Answer) -> Heard | None:
        """Open the component lot that a scan names, or take in what it says; None where it is for the window."""
        if answer.kind is Kind.COMPONENT and len({part.name.casefold() for part in answer.components}) == 1:
            self.open_lot(answer.components[0].name, answer.components[0].lot)
            return says.heard(answer)
        goods = answer.kind in {Kind.PRODUCT, Kind.GS1} and answer.reading is not None and answer.reading.gtin
        return self.receive(answer) if goods else None

    def aside(self) -> None:
        """Put the notice away, then go one step back."""
        if self.banner.text:
            self.banner.clear()
        elif self.task is not None:
            self.leave()
        elif self._views.currentWidget() is not self.lots:
            self.show_all()

    def show_all(self) -> None:
        """Show every component lot."""
        self._put_away()
        self._views.setCurrentWidget(self.lots)
        self.refresh()
        self.lots.start().setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Leave the open form, and go back to where it was opened."""
        before = self._before
        self._put_away()
        self._views.setCurrentWidget(before or self.lots)
        self.refresh()
        shown = self._views.currentWidget()
        if isinstance(shown, LotList | OneLot | CodeList):
            shown.start().setFocus(Qt.FocusReason.OtherFocusReason)

    def may_close(self, close: Callable[[], object]) -> bool:
        """Ask first where something was begun that would be lost."""
        if self.task is None or not self.task.begun:
            return True

        def throw_away() -> None:
            self._put_away()
            close()

        says_so = self.tr("“{task}” was begun and is not done yet.").format(task=self.task.accessibleName())
        self.banner.tell(
            says_so,
            Tone.LOOK,
            [(self.tr("Go on with it"), lambda: None), (self.tr("Throw it away and close"), throw_away)],
        )
        return False

    def _begin(self, made: Callable[[], Task]) -> Task | None:
        """Open a form in place of what is seen."""
        before = self._views.currentWidget() if self.task is None else self._before
        self._put_away()
        self.banner.clear()

        def again() -> None:
            self._begin(made)

        with self.banner.calm(again):
            task = made()
            task.setMaximumWidth(theme.letters(self, 110))
            task.done.connect(self._done)
            task.left.connect(self.leave)
            self.task, self._before = task, before
            self._slot.insertWidget(0, task)
            task.show()
            self._views.setCurrentWidget(self._area)
            task.start().setFocus(Qt.FocusReason.ShortcutFocusReason)
        return self.task

    def _put_away(self) -> None:
        if self.task is not None:
            self._slot.removeWidget(self.task)
            self.task.hide()
            self.task.deleteLater()
            self.task = None

    def _done(self, said: str) -> None:
        self.leave()
        self.news.changed.emit(Change.GOODS | Change.SETTINGS | Change.BATCHES)
        self.banner.tell(said, Tone.GOOD)

    def _show_lists(self, lots: list[Known], known: list[Alias]) -> None:
        self.lots.show_rows(lots)
        self.codes.show_rows(known)

    def _show_card(self, known: Known, product: Product | None) -> None:
        part = known.component
        supplier = product.supplier if product else None
        self.one.show_card(components.card(self._context, part.name, part.lot, supplier))

    def _open_row(self, known: Known) -> None:
        self.banner.clear()
        with self.banner.calm(lambda: self._open_row(known)):
            part = known.component
            supplier = part.supplier if known.on_hand is not None else None
            self.one.show_card(components.card(self._context, part.name, part.lot, supplier))
            self._views.setCurrentWidget(self.one)
            self.one.start().setFocus(Qt.FocusReason.OtherFocusReason)

    def _receive_more(self) -> None:
        card = self.one.card
        form = self._begin(lambda: Receive(self._context, self._form))
        if card is not None and isinstance(form, Receive):
            part = card.known.component
            form.fill_known(card.product or Product(name=part.name, supplier=part.supplier), part.lot, part.expires)

    def _on_lot(self, made: Callable[[Context, ComponentCard, QWidget], Task]) -> None:
        card = self.one.card
        if card is not None:
            self._begin(lambda: made(self._context, card, self._form))

    def _recall(self) -> None:
        card = self.one.card
        if card is not None:
            subject = Subject(card.known.component.lot, card.known.component.name)
            self.recall_asked.emit((subject,), subject)

    def _unlink(self, text: str) -> None:
        with self.banner.calm(lambda: self._unlink(text)):
            changed = codes.unlink(self._context, text)
            self.banner.tell(self.tr("{code} stands for nothing any more.").format(code=text), Tone.GOOD)
            self.news.changed.emit(changed)

    def _show_codes(self) -> None:
        self._put_away()
        self._views.setCurrentWidget(self.codes)
        self.codes.start().setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.lots.receive_asked.connect(self.receive)
        self.lots.codes_asked.connect(self._show_codes)
        self.lots.opened.connect(self._open_row)
        self.codes.link_asked.connect(lambda: self.link(""))
        self.codes.unlink_asked.connect(self._unlink)
        self.codes.left.connect(self.show_all)
        self.one.left.connect(self.show_all)
        self.one.receive_asked.connect(self._receive_more)
        self.one.count_asked.connect(lambda: self._on_lot(tasks.CountLot))
        self.one.dispose_asked.connect(lambda: self._on_lot(tasks.DisposeLot))
        self.one.date_asked.connect(lambda: self._on_lot(tasks.NewDate))
        self.one.recall_asked.connect(self._recall)
        self.one.lot_asked.connect(self.lot_asked)
