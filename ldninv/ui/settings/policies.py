"""The policy manager: what is in force, what was and will be, and the way to another one, signed (R2)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from ldninv.domain.policies import BEYOND_USP_795, Adopted
from ldninv.domain.signing import Meaning
from ldninv.domain.signs import Tone
from ldninv.services import policies
from ldninv.services.context import Context
from ldninv.ui import icons
from ldninv.ui.acting.day import DayField
from ldninv.ui.acting.fields import Field
from ldninv.ui.calm import CalmLine
from ldninv.ui.settings.policy import PolicyFields, grounds
from ldninv.ui.settings.task import Task
from ldninv.ui.settings.task_panel import SignedTask, TaskPanel
from ldninv.ui.typed import day, read


class PoliciesForm(TaskPanel):
    """Policies follow one another by day; none is changed or deleted."""

    dates_asked = Signal()
    """It is to be decided on dates that a rule would shorten."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(
            parent.tr("How long batches keep"),
            parent.tr("New batches take their date from the policy in force. Batches keep the dates that they have."),
            parent,
        )
        self._context = context
        self.current = self.line()
        self.current.setForegroundRole(self.foregroundRole())
        self.grounds = self.line()
        self.beyond = CalmLine("information", self, Tone.LOOK, factor=1)
        self.beyond.say(BEYOND_USP_795)
        self.list.setAccessibleName(self.tr("Policies that were put in force"))
        self.another = self.way(self.tr("Another policy"), "calendar-clock", lambda: Adopt(context, self))
        self.component = self.way(
            self.tr("A component's date changed"), "calendar-alert", lambda: ReadAnew(context, self)
        )
        for part in (self.beyond, self.list, self.banner, self.bar):
            self.fields.addWidget(part)

    def home(self) -> QWidget:
        """Return the way to another one."""
        return self.another

    def begin(self, made: Callable[[], Task]) -> None:
        """Open a task; what is to be confirmed stands in it, and is said once."""
        super().begin(made)
        self.beyond.hide()

    def put_away(self) -> bool:
        """Put the task away, and say again what the policy in force asks to be confirmed."""
        there = super().put_away()
        if there:
            self.refresh()
        return there

    def _done(self, says: str) -> None:
        """Say what was done, and lead to the dates that wait for a decision now."""
        waits = isinstance(self.task, Adopt | ReadAnew) and self.task.shortens
        super()._done(says)
        if waits:
            self.banner.tell(says, Tone.LOOK, [(self.tr("Decide on the dates…"), self.dates_asked.emit)])

    def refresh(self) -> None:
        """Read again; a task that is open stays open."""
        managed = policies.managed(self._context)
        self.current.setText(self.tr("In force: {policy}").format(policy=managed.current))
        self.grounds.setText(grounds(managed.current))
        self.beyond.setVisible(managed.current.beyond_usp_795 and self.task is None)
        self.list.clear()
        for adopted in managed.adopted:
            in_force = adopted.in_force(self._context.today())
            icon = icons.icon("check" if in_force else "calendar-clock")
            QListWidgetItem(icon, _line(adopted), self.list).setToolTip(_line(adopted))
        self.fit()


class Adopt(SignedTask):
    """Another policy, from today or a later day on."""

    shortens = False
    """Whether dates wait for a decision since it was done."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent.tr("Another policy"), parent.tr("Put in force"), "check", parent)
        self._before = policies.managed(context).current
        self.policy = PolicyFields(self)
        self.policy.show_policy(self._before)
        self.since = DayField(self.tr("In force from"), self)
        self.since.setText(context.today().isoformat())
        self.reason = Field(parent=self)
        self.add(self.tr("Policy"), self.policy)
        self.add(self.tr("In force from"), self.since)
        self.add(self.tr("Reason for the change (kept in the history)"), self.reason)
        self.sign_for(Meaning.POLICY)

    def start(self) -> QWidget:
        """Return the policy that is chosen."""
        return self.policy.choices.first()

    @property
    def begun(self) -> bool:
        """Whether another policy or a reason was given."""
        return bool(self.reason.text().strip()) or self.policy.differs(self._before)

    def field(self, name: str) -> QWidget:
        """Return the field that a refusal names."""
        return {"since": self.since, "count": self.policy.count}.get(name, self.start())

    def act_signed(self) -> str:
        """Put it in force."""
        since = read("since", lambda: day(self.since.text()))
        policy = read("count", self.policy.policy)
        done = policies.approve(
            self.context,
            policy,
            effective_from=since,
            reason=self.reason.text().strip() or None,
            sign=self.signature.pen(),
        )
        self.shortens = bool(done.shortens) and since <= self.context.today()
        says = self.tr("{policy} is in force from {day} on.").format(policy=policy, day=since)
        return " ".join((says, *done.notices))


class ReadAnew(Task):
    """A component lot expires on another day than the batches made with it carry."""

    shortens = False
    """Whether dates wait for a decision since it was done."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent.tr("A component's date changed"), parent.tr("Keep"), "check", parent)
        self.lot = Field(parent=self)
        self.expires = DayField(self.tr("Expires now"), self)
        self.name = Field(parent=self)
        self.reason = Field(parent=self)
        self.add(self.tr("Lot of the component"), self.lot)
        self.add(self.tr("Expires now"), self.expires)
        self.add(self.tr("Which component (only where several carry that lot)"), self.name)
        self.add(self.tr("Reason, such as a letter of the supplier"), self.reason)
        self.line(
            self.tr("Batches keep the dates they have: those that it would shorten wait on Today for a decision.")
        )
        self._wrong: QWidget = self.lot

    def start(self) -> QWidget:
        """Return the lot."""
        return self.lot

    def mend(self) -> QWidget:
        """Return the field that a refusal points to."""
        return self._wrong

    @property
    def begun(self) -> bool:
        """Whether a lot was typed."""
        return bool(self.lot.text().strip())

    def act(self) -> str:
        """Keep the date."""
        lot, name = self.lot.text().strip(), self.name.text().strip() or None
        self._wrong = self.expires
        expires = read("expires", lambda: day(self.expires.text()))
        self._wrong = self.lot if self.reason.text().strip() else self.reason
        done = policies.read_anew(self.context, lot, expires, reason=self.reason.text(), name=name)
        self.shortens = bool(done.shortens)
        return " ".join((self.tr("{lot} expires on {day}.").format(lot=lot, day=expires), *done.notices))


def _line(adopted: Adopted) -> str:
    until = f" to {adopted.superseded_at}" if adopted.superseded_at else " on"
    why = f"; {adopted.reason}" if adopted.reason else ""
    return f"{adopted.policy} – from {adopted.effective_from}{until}, approved by {adopted.by}{why}"
