"""Dates that a rule of today would shorten: a pharmacist shortens or keeps each, and signs (R1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ldninv.domain.entries import Decision
from ldninv.domain.policies import Shortening
from ldninv.domain.progress import Cancelled, Progress
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning
from ldninv.domain.signs import Tone
from ldninv.services import policies
from ldninv.services.context import Change, Context
from ldninv.services.signing import Pen
from ldninv.ui import asking, theme, words
from ldninv.ui.acting import words as acting
from ldninv.ui.acting.fields import ActionButton, Choices, ReasonField
from ldninv.ui.acting.signature import Signature
from ldninv.ui.banner import Banner
from ldninv.ui.buttons import ENTER
from ldninv.ui.flow import FlowLayout
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.overlay import Overlay, Tall
from ldninv.ui.waiting import Waiting

_DECISIONS = {Decision.SHORTEN: "Shorten to the earlier date", Decision.KEEP: "Keep its date"}
_REASONS = ("policy of the pharmacy", "made under the policy of its day", "assay on file")
_LETTERS = 95
"""As wide as a line of the list is."""
_FOUND = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class _Decided:
    lots: tuple[str, ...]
    refused: tuple[str, ...]
    notices: tuple[str, ...]


class DatesPanel(Overlay):
    """A list to choose from, and one decision for what is chosen; Esc puts it away."""

    def __init__(self, context: Context, news: News, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent.tr("Dates to decide on"), parent)
        self._context = context
        self._news = news
        self.says = QLabel(self)
        self.list = QListWidget(self)
        self.views = Waiting(jobs, self)
        self.decision: Choices[Decision] = Choices(_DECISIONS, self.tr("Decision"), self)
        self.reason = ReasonField(_REASONS, self.tr("Reason"), self)
        self.signature = Signature(context, Meaning.EXPIRY_CHANGED, self)
        self.banner = Banner(self)
        self.enter = ActionButton(self.tr("Decide"), "check", self, first=True)
        self.closing = ActionButton(self.tr("Close (Esc)"), "close", self)
        self._lay_out()
        self.list.itemSelectionChanged.connect(self._say)
        self.enter.clicked.connect(self.decide)
        self.closing.clicked.connect(self.close)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The lots that are chosen, in the list's order."""
        rows = (self.list.item(row) for row in range(self.list.count()))
        return tuple(row.data(_FOUND) for row in rows if row.isSelected())

    def start(self) -> QWidget:
        """Return the list, or the way out of an empty one."""
        return self.list if self.list.count() else self.closing

    def place(self) -> None:
        """Take all the height: the list is long where a policy changed."""
        super().place()
        gap = theme.step(self, 4)
        box = self.panel.geometry()
        box.setTop(gap)
        box.setHeight(self.height() - 2 * gap)
        self.panel.setGeometry(box)

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Keep what the focus comes to in sight."""
        moved = super().focusNextPrevChild(following)
        field = self.window().focusWidget()
        if field is not None and self._area.isAncestorOf(field):
            self._area.ensureWidgetVisible(field)
        return moved

    def show_all(self) -> None:
        """Look for all of them, and show them."""
        self.show_found(())
        self.views.run(
            self.tr("Looking at the dates…"),
            lambda _progress: policies.shortenings(self._context),
            done=self.show_found,
            failed=lambda why: self.banner.tell_error(why, self.show_all),
        )

    def show_found(self, found: Sequence[Shortening]) -> None:
        """Show some, the first of them chosen."""
        self.banner.clear()
        self.signature.refresh()
        self.reason.field.clear()
        self.decision.choose(None)
        self.list.clear()
        for each in found:
            row = QListWidgetItem(words.shortening(each), self.list)
            row.setData(_FOUND, each.kept.batch.lot)
        self.list.setCurrentRow(0)
        self._say()
        self.open()

    def decide(self) -> None:
        """Decide on those that are chosen; a refusal stands here, and what was typed stays."""
        self.banner.clear()
        if not self.list.count():
            self.close()
            return
        try:
            lots, decision, reason = self._asked()
        except Refused as why:
            self.banner.tell_error(why)
            return
        with self.banner.calm(self.decide):
            asking.admitted(self._context)
            pen = self._pen()
            self.enter.setEnabled(False)
            self.views.run(
                self.tr("Deciding…"),
                lambda progress: self._decide(lots, decision, reason, pen, progress),
                done=lambda decided: self._tell(decided, decision),
                failed=self._failed,
                stopped=self.show_all,
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide by Enter, from any field."""
        if event.key() in ENTER:
            self.decide()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep the window's keys from what is behind; Esc puts it away."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() != Qt.Key.Key_Escape)
            return True
        return super().event(event)

    def _pen(self) -> Pen | None:
        """Return who signs; where that is refused the focus goes to what can be mended."""
        try:
            return self.signature.pen()
        except Refused:
            self.signature.mend().setFocus(Qt.FocusReason.OtherFocusReason)
            raise

    def _asked(self) -> tuple[tuple[str, ...], Decision, str]:
        """Return what is wanted; where something is missing the focus goes there.

        Raises:
            Refused: no batch is chosen, no decision, or no reason.
        """
        if not self.chosen:
            self.list.setFocus()
            raise Refused(self.tr("No batch is chosen. Choose one in the list, or all with Ctrl+A."))
        if self.decision.value is None:
            self.decision.first().setFocus()
            raise Refused(self.tr("Shorten, or keep? Choose one."))
        self.reason.setFocus()
        return self.chosen, self.decision.value, acting.reason(self.reason.text, self.tr("decide on a date"))

    def _failed(self, why: Exception) -> None:
        """Say why nothing was decided, where it can be mended: as a rule it is the PIN."""
        self.enter.setEnabled(True)
        self.banner.tell_error(why, None if isinstance(why, Refused) else self.decide)
        self.signature.mend().setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(
        self, lots: Sequence[str], decision: Decision, reason: str, pen: Pen | None, progress: Progress
    ) -> _Decided:
        """Decide on one after the other, on a worker; the first refusal is that of all.

        Raises:
            Refused: the first of them is refused.
            Cancelled: it was stopped before the first.
        """
        did: list[str] = []
        refused: list[str] = []
        notices: list[str] = []
        for number, lot in enumerate(lots):
            try:
                progress(number, len(lots))
                done = policies.decide(self._context, lot, decision, reason=reason, sign=pen)
            except Refused as why:
                if not did:
                    raise
                refused.append(str(why))
            except Cancelled:
                if not did:
                    raise
                refused.append("The rest was stopped and is as it was.")
                break
            else:
                did.append(lot)
                notices += done.notices
        return _Decided(tuple(did), tuple(refused), tuple(dict.fromkeys(notices)))

    def _tell(self, decided: _Decided, decision: Decision) -> None:
        for row in reversed(range(self.list.count())):
            if self.list.item(row).data(_FOUND) in decided.lots:
                self.list.takeItem(row)
        self.signature.forget()
        self._say()
        did = self.tr("shortened") if decision is Decision.SHORTEN else self.tr("date kept")
        count = words.counted(len(decided.lots), "batch", "batches")
        said = " ".join([f"{count}: {did}.", *decided.refused, *decided.notices])
        self.banner.tell(said, Tone.LOOK if decided.refused else Tone.GOOD)
        self._news.changed.emit(Change.BATCHES | Change.LEDGER)
        self.start().setFocus()

    def _say(self) -> None:
        number = self.list.count()
        if not number:
            self.says.setText(self.tr("Nothing waits for a decision: no rule of today would shorten a date."))
        else:
            kept = self.tr("Batches keep the dates they were given until a pharmacist decides otherwise.")
            says = self.tr("{chosen} of {number} chosen.").format(chosen=len(self.chosen), number=number)
            self.says.setText(f"{kept} {says}")
        for part in self._asking:
            part.setVisible(bool(number))
        self.signature.setVisible(bool(number) and self.signature.there)
        self.enter.setEnabled(bool(number))

    def _lay_out(self) -> None:
        title = QLabel(self.accessibleName(), self)
        title.setFont(theme.scaled(self.font(), 1.4, bold=True))
        self.says.setWordWrap(True)
        self.list.setAccessibleName(self.tr("Batches with a date that a rule would shorten"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setWordWrap(True)
        self.list.setSpacing(theme.step(self, 1) // 2)
        self.views.addWidget(self.list)
        self.views.setCurrentWidget(self.list)
        self.views.setMinimumHeight(self.fontMetrics().height() * 8)
        why = QLabel(self.tr("Reason"), self)
        why.setBuddy(self.reason)
        self._asking: tuple[QWidget, ...] = (self.decision, why, self.reason)
        ways = QWidget(self)
        flow = FlowLayout(theme.step(self, 2), ways)
        for button in (self.enter, self.closing):
            flow.addWidget(button)
        inside = QWidget(self)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, theme.step(self, 2), 0)
        rows.setSpacing(theme.step(self, 2))
        rows.addWidget(self.says)
        rows.addWidget(self.views, 1)
        for part in (*self._asking, self.signature):
            rows.addWidget(part)
        self._area = Tall(inside, self, letters=_LETTERS)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setAccessibleName(self.accessibleName())
        self.column.addWidget(title)
        self.column.addWidget(self._area, 1)
        self.column.addWidget(self.banner)
        self.column.addWidget(ways)
