"""The issued reports: numbered, kept, seen and printed again as they were, and signed off by a pharmacist."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSettings, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ldninv.domain.signing import Meaning
from ldninv.domain.signs import Sign, Tone
from ldninv.services import issuing
from ldninv.services.context import Context
from ldninv.services.issuing import Kept
from ldninv.ui import papers, theme, words
from ldninv.ui.acting.actions import Action
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.acting.form import Form, Outcome
from ldninv.ui.acting.slot import FormSlot
from ldninv.ui.banner import Banner
from ldninv.ui.blank import Blank
from ldninv.ui.flow import FlowLayout
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.pages import scrolling
from ldninv.ui.paper_panel import PaperPanel, over
from ldninv.ui.signed import SignedLines
from ldninv.ui.table import Column, RowTableModel
from ldninv.ui.table_view import TableView

SIGN_OFF = Action("Sign off", "draw-pen", "", "A pharmacist answers for an issued report")

CHANGED = Sign("CHANGED since", Tone.STOP, "alert-decagram")
SIGNED = Sign("Signed", Tone.GOOD, "check-decagram")
UNSIGNED = Sign("Not signed", Tone.LOOK, "draw-pen")


def sign(kept: Kept) -> Sign:
    """Return the word for an issued report: changed, signed, or waiting for it."""
    if not kept.intact or any(each.unchanged is False for each in kept.signatures):
        return CHANGED
    return SIGNED if kept.signatures else UNSIGNED


class SignOffForm(Form):
    """Asks for nothing but the signature."""

    def __init__(self, context: Context, kept: Kept, parent: QWidget) -> None:
        title = parent.tr("Sign off report {number}").format(number=kept.issued.number)
        super().__init__(context, SIGN_OFF, title, parent)
        self._number = kept.issued.number
        self.line(
            self.tr("Week {week}, as of {day}, issued by {by}. It is signed as it is kept: data and pages.").format(
                week=kept.issued.week, day=words.day(kept.issued.as_of), by=kept.issued.by
            )
        )
        self.signed = self.ask_signature(Meaning.REPORT, self.tr("week {week}").format(week=kept.issued.week))

    def start(self) -> QWidget:
        """Return the field that waits first."""
        return self.signed.mend() if self.signed.there else self.enter

    def act(self) -> Outcome:
        """Sign it."""
        done = issuing.sign_off(self.context, self._number, sign=self.signed.pen())
        said = self.tr("Report {number} is signed off.").format(number=self._number)
        return Outcome(" ".join(done.notices or (said,)), (), done.changed)


class IssuedView(QStackedWidget):
    """A list with what can be done to the one that is chosen; the form takes its place."""

    issue_asked = Signal()

    def __init__(
        self, context: Context, banner: Banner, news: News, jobs: Jobs, memory: QSettings, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._banner, self._news, self._jobs, self._memory = context, banner, news, jobs, memory
        self.shown: tuple[Kept, ...] = ()
        self.papers: PaperPanel | None = None
        self.model: RowTableModel[Kept] = RowTableModel(_columns(), parent=self)
        self.table = TableView(self.model, self.tr("Issued reports"), self)
        self.open = ActionButton(self.tr("Open"), "file-table-outline", self, first=True)
        self.sign_off = ActionButton(self.tr("Sign off…"), SIGN_OFF.icon, self)
        self.lines = SignedLines(self)
        self.nothing = Blank("clipboard-text-clock", self)
        self._slot: FormSlot[SignOffForm] = FormSlot()
        self._lay_out()
        self.open.clicked.connect(lambda _checked=False: self.show_paper())
        self.sign_off.clicked.connect(lambda _checked=False: self.ask_signature())
        self.table.activated.connect(lambda _index: self.show_paper())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._chosen())

    @property
    def form(self) -> SignOffForm | None:
        """The form that is open."""
        return self._slot.form

    @property
    def chosen(self) -> Kept | None:
        """The report that is chosen; the latest where none is."""
        row = self.model.row(self.table.currentIndex().row()) if self.table.currentIndex().isValid() else None
        return row if row is not None else next(iter(self.shown), None)

    def refresh(self) -> None:
        """Read the list again; a form that is open stays open."""
        with self._banner.calm(self.refresh):
            found = issuing.reports(self._context)
            if found != self.shown:
                self.shown = found
                with self.table.staying(same=True):
                    self.model.show_rows(found)
            if self.form is None:
                self.setCurrentWidget(self._every if found else self.nothing)
            self._chosen()

    def show_number(self, number: int) -> None:
        """Choose a report."""
        self.put_away()
        self.refresh()
        at = next((at for at, each in enumerate(self.shown) if each.issued.number == number), 0)
        self.table.setCurrentIndex(self.model.index(at, 0))
        self.sign_off.setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self) -> QWidget:
        """Return what the focus goes to first."""
        return self.table if self.shown else self.nothing.offers[0]

    def show_paper(self) -> None:
        """Show the chosen report as it was issued."""
        kept = self.chosen
        if kept is None:
            return
        self.papers = over(self.papers, self._news, self._jobs, self._memory, self)
        self.papers.show_paper(papers.issued(self._context, kept.issued))

    def ask_signature(self) -> None:
        """Open the form that signs the chosen report."""
        kept = self.chosen
        if kept is None or self.form is not None:
            return
        self._banner.clear()
        with self._banner.calm(self.ask_signature):
            form = SignOffForm(self._context, kept, self._inside)
            self.setCurrentWidget(self._area)
            self._slot.put(form, left=self.leave, acted=self._acted)

    def put_away(self) -> bool:
        """Put the form away, and return whether there was one."""
        if not self._slot.put_away():
            return False
        self.setCurrentWidget(self._every if self.shown else self.nothing)
        return True

    def leave(self) -> bool:
        """Go back to the list, and return whether a form was open."""
        if not self.put_away():
            return False
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _acted(self, outcome: Outcome) -> None:
        self.leave()
        self.refresh()
        self._banner.tell(outcome.text, outcome.tone)
        self._news.changed.emit(outcome.changed)

    def _chosen(self) -> None:
        kept = self.chosen
        self.lines.show_signed(kept.signatures if kept is not None else ())

    def _lay_out(self) -> None:
        self.nothing.say(
            self.tr("No report was issued yet"),
            self.tr("An issued report gets a number and is kept as it is; the next one says what changed since."),
        )
        self.nothing.offer(self.tr("Look at this week's report"), "clipboard-text-clock", self.issue_asked.emit)
        bar = QWidget(self)
        flow = FlowLayout(theme.step(self, 1), bar)
        for button in (self.open, self.sign_off):
            flow.addWidget(button)
        self._every = QWidget(self)
        every = _column(self._every)
        every.addWidget(bar)
        every.addWidget(self.table, 1)
        every.addWidget(self.lines)
        self._inside = QWidget(self)
        self._inside.setBackgroundRole(QPalette.ColorRole.Window)
        inside = _column(self._inside)
        inside.addLayout(self._slot)
        inside.addStretch(1)
        self._area = scrolling(self._inside, self.tr("Who signs the report"), self)
        for view in (self._every, self._area, self.nothing):
            self.addWidget(view)
        self.setCurrentWidget(self.nothing)


def _column(widget: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, theme.step(widget, 1), 0)
    layout.setSpacing(theme.step(widget, 2))
    return layout


def _columns() -> tuple[Column[Kept], ...]:
    return (
        Column(title=_tr("State"), text=lambda row: sign(row).word, sign=sign, widest=CHANGED.word),
        Column(title=_tr("Report"), text=lambda row: str(row.issued.number), widest="1000", right=True),
        Column(title=_tr("Week"), text=lambda row: str(row.issued.week), widest="2026-W48"),
        Column(title=_tr("As of"), text=lambda row: words.day(row.issued.as_of), widest="2026-11-28", yields=2),
        Column(title=_tr("Issued"), text=lambda row: words.moment(row.issued.at), widest="2026-11-28 14:08", yields=3),
        Column(title=_tr("By"), text=lambda row: row.issued.by, widest="Chloé Martin", yields=4),
        Column(title=_tr("Signed by"), text=_signed_by, widest="Chloé Martin, Ana Ruiz", yields=1),
    )


def _signed_by(row: Kept) -> str:
    return ", ".join(each.signature.name for each in row.signatures) or words.NOTHING


def _tr(text: str) -> str:
    return QCoreApplication.translate("Issued", text)
