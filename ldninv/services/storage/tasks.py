"""What storage asks of people today: decisions, daily checks, calibrations (R18, R20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ldninv.domain.stored import overdue
from ldninv.services.storage import daily, looking

if TYPE_CHECKING:
    from ldninv.db import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """What there is to do."""

    to_decide: int = 0
    """Events that wait for a pharmacist."""
    reopened: int = 0
    """Those of them that were decided on before their evidence changed."""
    to_read: tuple[str, ...] = ()
    """Places that are read by hand and were not read today."""
    missing: tuple[tuple[str, tuple[date, ...]], ...] = ()
    """Places with the open days of the last two weeks on which they were not read."""
    stopped: tuple[tuple[str, date], ...] = ()
    """Places whose logger waits too long to be read out, each with the last day that its record knows."""
    past_calibration: tuple[str, ...] = ()
    """Loggers that watch a place and are past their calibration."""

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return bool(self.to_decide or self.to_read or self.missing or self.stopped or self.past_calibration)


def tasks(work: Transaction, today: date) -> Tasks:
    """Return what storage asks of people on `today`."""
    to_decide, reopened = looking.to_decide(work)
    return Tasks(
        to_decide=to_decide,
        reopened=reopened,
        to_read=tuple(daily.to_read(work, today)),
        missing=tuple((place, tuple(days)) for place, days in daily.missing_checks(work, today).items()),
        stopped=tuple(
            (place, until) for place, until in sorted(work.loggers.recorded().items()) if overdue(until, today)
        ),
        past_calibration=tuple(each.name for each in looking.past_calibration(work, today)),
    )
