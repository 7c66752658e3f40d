"""One form for many batches: one verb on each, on a worker, with what was refused named (R9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from ldninv.domain.batch import Kept
from ldninv.domain.ledger import Posted
from ldninv.domain.people import SignInNeeded
from ldninv.domain.progress import Cancelled, Progress
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.signs import Tone
from ldninv.domain.standing import Standing, State
from ldninv.services import ledger
from ldninv.services.context import Change, Context
from ldninv.services.ledger import Done
from ldninv.ui import asking
from ldninv.ui.acting import reasons, words
from ldninv.ui.acting.actions import DISPOSE, MOVE, WASTE, Action
from ldninv.ui.acting.away import Disposal
from ldninv.ui.acting.fields import ReasonField
from ldninv.ui.acting.form import Form, Outcome
from ldninv.ui.acting.place import PlaceList
from ldninv.ui.jobs import Job, Jobs
from ldninv.ui.words import counted

Chosen = tuple[Kept, Standing]
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a verb on many things."""

    done: tuple[Done, ...]
    refused: tuple[str, ...]

    def outcome(self, happened: str) -> Outcome:
        """Return it as the outcome of a form."""
        changed = Change.NOTHING
        for each in self.done:
            changed |= each.changed
        posted: tuple[Posted, ...] = tuple(each.posted for each in self.done)
        tone = Tone.LOOK if self.refused else Tone.GOOD
        return Outcome(words.many(happened, posted, self.refused), posted, changed, tone)


def each(things: Iterable[Thing], verb: Callable[[Thing], Done], progress: Progress, total: int) -> Tried:
    """Do `verb` with one thing after the other; what was done stays done where a later one is refused or stopped."""
    done: list[Done] = []
    refused: list[str] = []
    try:
        for number, thing in enumerate(things):
            progress(number, total)
            try:
                done.append(verb(thing))
            except SignInNeeded as why:
                refused.append(f"{why} The rest is as it was.")
                break
            except Refused as why:
                refused.append(str(why))
    except Cancelled:
        refused.append("The rest was stopped and is as it was.")
    except Surroundings as why:
        refused.append(str(why))
    return Tried(tuple(done), tuple(refused))


class ManyForm(Form):
    """What the forms for many have in common: they work beside the window, and can be stopped."""

    happened = ""
    """The verb's participle, for the line that says what came of it."""

    def __init__(self, context: Context, action: Action, chosen: Sequence[Chosen], jobs: Jobs, parent: QWidget) -> None:
        title = f"{action.word}: {counted(len(chosen), 'batch', 'batches')}"
        super().__init__(context, action, title, parent)
        self.chosen = tuple(chosen)
        self._jobs = jobs
        self._job: Job | None = None
        self.fields.addWidget(self.says)

    def verb(self) -> Callable[[Kept], Done]:
        """Return what is done with each, from what the fields hold.

        Raises:
            Refused: a field holds what cannot be.
        """
        raise NotImplementedError

    def confirm(self) -> None:
        """Begin; the line counts along."""
        if self._job is not None:
            return
        self.banner.clear()
        try:
            asking.admitted(self.context)
            verb = self.verb()
        except SignInNeeded as why:
            self.banner.tell_error(why, self.confirm)
            return
        except (Refused, Surroundings) as why:
            self.tell(why)
            return
        things = [kept for kept, _ in self.chosen]
        self.enter.setEnabled(False)
        self._job = self._jobs.start(lambda progress: each(things, verb, progress, len(things)))
        self._job.progressed.connect(lambda done, total: self.say(f"{done} of {total}…"))
        self._job.done.connect(self._over)
        self._job.failed.connect(self._failed)

    def stop(self) -> None:
        """Stop after the batch in hand; what was done is told as usual."""
        if self._job is not None:
            self._job.cancel()

    @property
    def busy(self) -> bool:
        """Whether it is at work."""
        return self._job is not None

    def _over(self, tried: Tried) -> None:
        self._job = None
        self.acted.emit(tried.outcome(self.happened))

    def _failed(self, why: Exception) -> None:
        self._job = None
        self.enter.setEnabled(True)
        self.banner.tell_error(why)


class WasteMany(ManyForm):
    """Write off all that stands there of each."""

    happened = "written off"

    def __init__(self, context: Context, chosen: Sequence[Chosen], jobs: Jobs, parent: QWidget) -> None:
        super().__init__(context, WASTE, in_stock(chosen), jobs, parent)
        self.say(words.all_of_them(sum(now.on_hand for _, now in self.chosen)))
        self.reason = ReasonField(reasons.WASTE, self.tr("Reason"), self)
        self.add(self.tr("Reason"), self.reason)
        if all(now.state is State.EXPIRED for _, now in self.chosen):
            self.reason.field.setText(reasons.EXPIRED)

    def start(self) -> QWidget:
        """Return the reason."""
        return self.reason

    def verb(self) -> Callable[[Kept], Done]:
        """Return the write-off."""
        reason = words.reason(self.reason.text, self.tr("write off capsules"))
        return lambda kept: ledger.waste(self.context, kept.batch.lot, kept.stock.on_hand, reason=reason)


class DisposeMany(ManyForm):
    """Dispose of all that stands there of each: of the expired ones, where some of them have expired."""

    happened = "disposed of"

    def __init__(self, context: Context, chosen: Sequence[Chosen], jobs: Jobs, parent: QWidget) -> None:
        stocked = in_stock(chosen)
        expired = [each for each in stocked if each[1].state is State.EXPIRED]
        super().__init__(context, DISPOSE, expired or stocked, jobs, parent)
        says = words.all_of_them(sum(now.on_hand for _, now in self.chosen))
        if expired and len(expired) < len(chosen):
            says = f"{len(expired)} of the {len(chosen)} chosen have expired; only they are disposed of. {says}"
        self.say(says)
        self.disposal = Disposal(self, counted(len(self.chosen), "batch", "batches"))
        self.disposal.reasons.choose(words.disposal_reason(self.chosen[0][1]) if self.chosen else None)

    def start(self) -> QWidget:
        """Return the reasons."""
        return self.disposal.reasons.first()

    def mend(self) -> QWidget:
        """Return the field that a refusal points to."""
        return self.disposal.mend()

    def verb(self) -> Callable[[Kept], Done]:
        """Return the disposal."""
        how = self.disposal.answers()
        return lambda kept: ledger.dispose(
            self.context,
            kept.batch.lot,
            kept.stock.on_hand,
            reason=how.reason,
            method=how.method,
            container=how.container,
            witness=how.witness,
            sign=how.pen,
        )


class MoveMany(ManyForm):
    """Put all of them at one place."""

    happened = "moved"

    def __init__(self, context: Context, chosen: Sequence[Chosen], jobs: Jobs, parent: QWidget) -> None:
        super().__init__(context, MOVE, chosen, jobs, parent)
        places_now = {kept.stock.place for kept, _ in chosen}
        here = places_now.pop() if len(places_now) == 1 else None
        self.place = PlaceList(context, here, words.likely_place(chosen[0][1]), self)
        self.add(self.tr("To"), self.place)

    def start(self) -> QWidget:
        """Return the field that narrows the list."""
        return self.place

    def verb(self) -> Callable[[Kept], Done]:
        """Return the move."""
        to = self.place.chosen()
        return lambda kept: ledger.move(self.context, kept.batch.lot, to)


def in_stock(chosen: Sequence[Chosen]) -> list[Chosen]:
    """Return those that have capsules to take away."""
    return [each for each in chosen if each[1].on_hand]


MANY: dict[Action, Callable[[Context, Sequence[Chosen], Jobs, QWidget], ManyForm]] = {
    WASTE: WasteMany,
    DISPOSE: DisposeMany,
    MOVE: MoveMany,
}
