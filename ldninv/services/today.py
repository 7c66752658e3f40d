"""What the shelf asks for today: every count from one moment, by the questions that the lists ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ldninv.db import Transaction
from ldninv.domain.concerns import GOOD, IN_STOCK, Concern
from ldninv.domain.question import Question
from ldninv.services.context import Context

if TYPE_CHECKING:
    from ldninv.services.storage.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Tally:
    """How much there is of something."""

    batches: int
    capsules: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The shelf at one moment."""

    day: date
    concerns: tuple[tuple[Concern, Tally], ...]
    """All of them, the most harmful first."""
    good: Tally
    in_stock: Tally
    ever: int
    """Batches that were ever entered."""
    to_decide: int
    """Batches with a date that a policy or a component's new date would shorten (R1)."""
    recalls: int
    """Recalls that are not closed yet (R12)."""
    storage: Tasks
    """What storage asks of people (R18, R20)."""
    report_age: int | None
    """Calendar days since the last report was written or printed; None where none ever was (R25)."""

    @property
    def pressing(self) -> tuple[tuple[Concern, Tally], ...]:
        """What there is to do, the most harmful first."""
        return tuple((concern, tally) for concern, tally in self.concerns if tally.batches)

    @property
    def clear(self) -> tuple[Concern, ...]:
        """What there is none of."""
        return tuple(concern for concern, tally in self.concerns if not tally.batches)


def today(context: Context) -> Today:
    """Return what the shelf asks for today."""
    from ldninv.services import policies  # noqa: PLC0415 - the window is painted before anybody asks for it
    from ldninv.services.storage.tasks import tasks  # noqa: PLC0415 - the same

    day = context.today()
    to_decide = len(policies.shortenings(context))
    with context.store.reading() as work:
        buffer = work.preferences.read().buffer

        def tally(question: Question) -> Tally:
            return Tally(*work.batches.tally(question, day, buffer))

        return Today(
            day=day,
            concerns=tuple((concern, tally(concern.question)) for concern in Concern),
            good=tally(GOOD),
            in_stock=tally(IN_STOCK),
            ever=work.batches.count(Question(), day, buffer),
            to_decide=to_decide,
            recalls=sum(each.closed is None for each in work.recalls.all()),
            storage=tasks(work, day),
            report_age=_report_age(context, work),
        )


def _report_age(context: Context, work: Transaction) -> int | None:
    """Return the age by the clock, which is what writes the trail: the pharmacy's day can be set apart from it."""
    from ldninv.services import weekly  # noqa: PLC0415 - the window is painted before anybody asks for its reports

    last = weekly.last_made(work)
    if last is None:
        return None
    now = context.now()
    return max(0, (now.date() - last.astimezone(now.tzinfo).date()).days)
