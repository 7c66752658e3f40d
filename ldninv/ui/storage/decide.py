"""The form in which a pharmacist decides on what happened to storage, for all batches that it touched or some (R18)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ldninv.domain.entries import Decision
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning
from ldninv.domain.storage import happenings
from ldninv.domain.storage.happenings import Aspect, Happening, Status
from ldninv.domain.storage.placing import zone_named
from ldninv.services.context import Context
from ldninv.services.storage import deciding, loggers, looking
from ldninv.services.storage.deciding import Choice
from ldninv.services.storage.looking import Seen, TouchedBatch
from ldninv.ui import theme, typed, words
from ldninv.ui.acting.actions import Action
from ldninv.ui.acting.day import DayField
from ldninv.ui.acting.fields import ActionButton, Choices, ReasonField
from ldninv.ui.acting.form import Form, Outcome
from ldninv.ui.acting.words import NO_DAY

DECIDE = Action("Decide", "gavel", "", "What becomes of the batches that stood there; a pharmacist signs")
CHOICES = {
    Decision.KEEP: "Keep, with their date",
    Decision.SHORTEN: "Shorten their date",
    Decision.DISCARD: "Discard",
}
USUAL = (
    "short, and the mean stayed below 25 °C",
    "the logger lay in the sun, the capsules did not",
    "too warm for too long",
)
_LOT = int(Qt.ItemDataRole.UserRole)
_SEEN_AT_ONCE = 8


class DecideForm(Form):
    """What happened, by which limits, whom it touched; and one decision for the batches that are ticked."""

    def __init__(self, context: Context, seen: Seen, parent: QWidget) -> None:
        title = parent.tr("Decide: {what}").format(what=happenings.words(seen.happening))
        super().__init__(context, DECIDE, title, parent)
        self.seen = seen
        for text in self._facts():
            self.line(text)
        self.batches = self._list()
        self.add(self.tr("Batches that this is decided for"), self.batches)
        self.tick_all = ActionButton(self.tr("All or none"), "checkbox-multiple-marked", self)
        self.tick_all.clicked.connect(self._tick_all)
        self.fields.addWidget(self.tick_all)
        self.decision: Choices[Decision] = Choices(
            {each: self.tr(word) for each, word in CHOICES.items()}, self.tr("Decision"), self
        )
        self.add(self.tr("Decision"), self.decision)
        self.until = DayField(self.tr("New last usable day"), self)
        self._until_name = self.add(self.tr("New last usable day"), self.until)
        self.fields.addWidget(self.says)
        self.reason = ReasonField(USUAL, self.tr("Reason"), self)
        self.add(self.tr("Reason"), self.reason)
        self.signed = self.ask_signature(Meaning.DECIDED, seen.happening.place)
        self.decision.chosen.connect(self.look)
        self.until.textChanged.connect(lambda _text: self.look())
        self.batches.itemChanged.connect(lambda _item: self.look())
        self.look()

    @property
    def ticked(self) -> list[str]:
        """The lots that are ticked."""
        items = (self.batches.item(row) for row in range(self.batches.count()))
        return [item.data(_LOT) for item in items if item.checkState() is Qt.CheckState.Checked]

    def start(self) -> QWidget:
        """Return the decision: all batches are ticked."""
        return self.decision.first()

    def mend(self) -> QWidget:
        """Return what is missing first."""
        if not self.ticked:
            return self.batches
        if self.decision.value is None:
            return self.decision.first()
        if self.decision.value is Decision.SHORTEN and self._day() is None:
            return self.until
        return self.reason

    def look(self) -> None:
        """Say what would come of it; the day is asked for where dates are to be shortened."""
        decision = self.decision.value
        for part in (self._until_name, self.until):
            part.setVisible(decision is Decision.SHORTEN)
        many = words.counted(len(self.ticked), "batch", "batches")
        match decision:
            case None:
                self.say(self.tr("{many} ticked. What is decided for them?").format(many=many))
            case Decision.KEEP:
                self.say(self.tr("{many} can be dispensed again, with the date they have.").format(many=many))
            case Decision.DISCARD:
                self.say(self.tr("{many} barred for good. Dispose of them then.").format(many=many))
            case Decision.SHORTEN:
                day = self._day()
                told = NO_DAY if day is None else self.tr("{many} last usable on {day}.")
                self.say(told.format(many=many, day=words.day(day)))

    def act(self) -> Outcome:
        """Decide."""
        decision, lots = self.decision.value, self.ticked
        if decision is None:
            raise Refused(self.tr("What is decided? Choose one of the three."))
        day = typed.day(self.until.text()) if decision is Decision.SHORTEN else None
        choices = {lot: Choice(decision, day) for lot in lots}
        pen = self.signed.pen() if lots and self.reason.text.strip() else None
        done = deciding.decide(self.context, self.seen.happening.id, choices, reason=self.reason.text, sign=pen)
        many = words.counted(done.batches, "batch", "batches")
        said = {
            Decision.KEEP: self.tr("{many} kept."),
            Decision.SHORTEN: self.tr("{many} with an earlier date."),
            Decision.DISCARD: self.tr("{many} barred: dispose of them."),
        }[decision]
        return Outcome(" ".join((said.format(many=many), *done.notices)), done.posted, done.changed)

    def _day(self) -> date | None:
        try:
            return typed.day(self.until.text())
        except Refused:
            return None

    def _list(self) -> QListWidget:
        found = QListWidget(self)
        found.setAccessibleName(self.tr("Batches that this is decided for"))
        found.setUniformItemSizes(True)
        for each in self.seen.waiting:
            item = QListWidgetItem(self._batch(each), found)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setData(_LOT, each.lot)
        row = max(found.sizeHintForRow(0), self.fontMetrics().height() + theme.step(self, 1))
        lines = min(max(found.count(), 1), _SEEN_AT_ONCE)
        found.setFixedHeight(row * lines + 2 * found.frameWidth() + theme.step(self, 1))
        found.setCurrentRow(0)
        return found

    def _batch(self, each: TouchedBatch) -> str:
        batch, stock = each.kept.batch, each.kept.stock
        there = happenings.hours((each.touch.end - each.touch.start) / 3600)
        says = self.tr("{lot} · {strength} mg · {on_hand} on hand · until {day} · there for {there}")
        text = says.format(
            lot=each.lot,
            strength=batch.strength,
            on_hand=words.grouped(stock.on_hand),
            day=words.day(batch.expiry.on),
            there=there,
        )
        return f"{text} · {self.tr('evidence changed')}" if each.status is Status.CHANGED else text

    def _tick_all(self) -> None:
        wanted = Qt.CheckState.Unchecked if len(self.ticked) == self.batches.count() else Qt.CheckState.Checked
        for row in range(self.batches.count()):
            self.batches.item(row).setCheckState(wanted)

    def _facts(self) -> list[str]:
        happening = self.seen.happening
        found = [lasting(happening, clock_of(self.context, happening)), limits(happening)]
        given = looking.dispensed_during(self.context, self.seen)
        if given:
            capsules = words.counted(-sum(each.entry.capsules for each in given), "capsule")
            lots = ", ".join(dict.fromkeys(each.lot for each in given))
            says = self.tr("Dispensed since it began: {supplies}, {capsules}, of {lots}.")
            found.append(
                says.format(supplies=words.counted(len(given), "supply", "supplies"), capsules=capsules, lots=lots)
            )
        if self.seen.status is Status.CHANGED:
            found.append(self.tr("It was decided before; readings came in since that change it."))
        return [text for text in found if text]


Clock = Callable[[float], str]


def clock_of(context: Context, happening: Happening) -> Clock:
    """Return what writes a moment as the logger's clock shows it."""
    zone = zone_named(loggers.known(context, happening.logger).zone)
    return lambda seconds: f"{datetime.fromtimestamp(seconds, UTC).astimezone(zone):%Y-%m-%d %H:%M}"


def lasting(happening: Happening, clock: Clock) -> str:
    """Return when it was, how long, and how far out."""
    least = "at least " if happening.limits.get("at_least") else ""
    said = f"{clock(happening.start)} to {clock(happening.end)}, {least}{happenings.hours(happening.hours)}"
    if happening.longest_hours is not None and happening.longest_hours > happening.hours:
        said += f", {happenings.hours(happening.longest_hours)} at most"
    if happening.aspect is Aspect.LIGHT:
        said += (
            f"; up to {happening.limits.get('peak_lux', 0):g} lux, {happening.limits.get('lux_hours', 0):.0f} lux-hours"
        )
    elif happening.extreme_c is not None:
        said += f"; {happening.extreme_c:.1f} °C"
    return f"{said}; by {happening.logger}."


def limits(happening: Happening) -> str:
    """Return what it was judged by."""
    if happening.aspect is Aspect.LIGHT:
        return f"Judged by a limit of {happening.limits.get('lux_limit')} lux."
    profile = happening.limits.get("profile")
    if not isinstance(profile, dict):
        return ""
    return (
        f"Judged by {profile['name']}: {profile['permitted_low_c']:g} to {profile['permitted_high_c']:g} °C permitted, "
        f"up to {profile['highest_c']:g} °C for less than {profile['spell_h']:g} h, mean kinetic temperature "
        f"{profile['mkt_limit_c']:g} °C."
    )
