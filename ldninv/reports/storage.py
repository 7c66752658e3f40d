"""The report's section on storage: each place that is watched, in the week that it speaks of (R24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ldninv.domain.signs import GOOD, NOT_READ_OUT, Sign, Tone
from ldninv.domain.storage.worded import share

BREACH = Sign("Breach", Tone.STOP, "close-octagon")
TO_DECIDE = Sign("To decide", Tone.LOOK, "thermometer-alert")
SPIKE = Sign("Spike", Tone.LOOK, "thermometer-alert")
INCOMPLETE = Sign("Incomplete", Tone.LOOK, "clock-alert")
ALLOWED = Sign("Allowed excursion", Tone.QUIET, "check-circle")
IN_RANGE = Sign("In range", Tone.GOOD, GOOD.icon)
BY_HAND = Sign("Read by hand", Tone.QUIET, "check-circle")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggerDue:
    """A logger and its calibration (R20)."""

    logger: str
    calibrated: date | None
    due: date | None
    past: bool
    """On the report's day; also where no calibration was written down."""


class Waiting(StrEnum):
    """What waits for a pharmacist to decide, the most harmful first."""

    BREACH = "breach"
    SPIKE = "spike"
    WARMTH = "warmth"
    """A mean, or a sum of time, that is too warm."""
    RANGE = "out-of-range"
    """The logger said that the temperature was beyond what its probe can measure."""
    GAP = "gap"
    LIGHT = "light"
    HUMIDITY = "humidity"


_ONE_OR_MANY = {
    Waiting.BREACH: ("breach", "breaches"),
    Waiting.SPIKE: ("spike", "spikes"),
    Waiting.WARMTH: ("time too warm", "times too warm"),
    Waiting.RANGE: ("time out of the probe's range", "times out of the probe's range"),
    Waiting.GAP: ("gap", "gaps"),
    Waiting.LIGHT: ("time light", "times light"),
    Waiting.HUMIDITY: ("time humid", "times humid"),
}


@dataclass(frozen=True, slots=True)
class Waits:
    """Events of one kind that wait for a pharmacist, of this week or an earlier one."""

    kind: Waiting
    events: int
    since: date
    """The day on which the first of them began."""
    week: int
    """In which week the first of them waits; 1 is the week in which it began."""

    def __str__(self) -> str:
        """Return it in words."""
        one, many = _ONE_OR_MANY[self.kind]
        return f"{self.events} {one if self.events == 1 else many}, since {self.since}, week {self.week}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWeek:
    """What is known of one place in one week."""

    place: str
    level: str | None
    """The worst that happened in the week; None where nothing was read out."""
    breaches: int
    spikes: int
    gaps: int
    light: int
    damp: int
    waiting: tuple[Waits, ...]
    """What waits for a pharmacist, of this week or an earlier one."""
    mkt_30d_max_c: float | None
    mkt_provisional: bool | None
    coverage: float | None
    """Of the week so far, 0 to 1; None where nothing was read out."""
    missing_checks: tuple[date, ...]
    """Open days of the week on which a place that is read by hand was not read."""
    read_by_hand: bool
    loggers: tuple[LoggerDue, ...]

    @property
    def to_decide(self) -> int:
        """How many events wait for a pharmacist."""
        return sum(each.events for each in self.waiting)

    @property
    def pending(self) -> str:
        """What waits for a pharmacist, in words."""
        return "; ".join(map(str, self.waiting)) or "nothing"

    @property
    def sign(self) -> Sign:
        """The worst of the week, and of what still waits of earlier ones, in a word."""
        waits = {each.kind for each in self.waiting}
        if self.breaches or Waiting.BREACH in waits:
            return BREACH
        if self.spikes or Waiting.SPIKE in waits:
            return SPIKE
        if self.waiting:
            return TO_DECIDE
        if self.level is None:
            if not self.loggers:
                return BY_HAND if not self.missing_checks else INCOMPLETE
            return NOT_READ_OUT
        by_level = {"spike": SPIKE, "incomplete": INCOMPLETE, "allowed-excursion": ALLOWED, "breach": BREACH}
        return by_level.get(self.level, IN_RANGE)

    @property
    def mean(self) -> str:
        """The largest mean kinetic temperature of 30 days, in words."""
        if self.mkt_30d_max_c is None:
            return "not known"
        return f"{self.mkt_30d_max_c:.1f} °C" + (" (provisional)" if self.mkt_provisional else "")

    @property
    def known(self) -> str:
        """How much of the week is known; what is not whole is never said to be."""
        if self.coverage is None:
            return "–"
        return share(self.coverage)

    @property
    def happened(self) -> str:
        """What happened, counted."""
        counts = (
            (self.breaches, "breach", "breaches"),
            (self.spikes, "spike", "spikes"),
            (self.gaps, "gap", "gaps"),
            (self.light, "time light", "times light"),
            (self.damp, "time humid", "times humid"),
        )
        said = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
        missed = len(self.missing_checks)
        said += [f"{missed} daily {'check' if missed == 1 else 'checks'} missing"] if missed else []
        return ", ".join(said) or "nothing"

    @property
    def calibration(self) -> str:
        """Until when its loggers are calibrated, in words."""
        return "; ".join(_calibration(each) for each in self.loggers)


def _calibration(each: LoggerDue) -> str:
    if each.due is None:
        return f"{each.logger}: not written down"
    return f"{each.logger}: over since {each.due}" if each.past else f"{each.logger}: until {each.due}"


def facts(found: Sequence[PlaceWeek]) -> dict[str, object]:
    """Return the section as plain values, for other programs."""
    return {
        "places": [
            {
                "place": each.place,
                "level": each.level,
                "breaches": each.breaches,
                "spikes": each.spikes,
                "gaps": each.gaps,
                "light": each.light,
                "humid": each.damp,
                "to_decide": each.to_decide,
                "waiting": [
                    {"kind": of.kind.value, "events": of.events, "since": of.since.isoformat(), "week": of.week}
                    for of in each.waiting
                ],
                "mkt_30d_max_c": None if each.mkt_30d_max_c is None else round(each.mkt_30d_max_c, 6),
                "mkt_provisional": each.mkt_provisional,
                "coverage": None if each.coverage is None else round(each.coverage, 6),
                "read_by_hand": each.read_by_hand,
                "missing_checks": [day.isoformat() for day in each.missing_checks],
            }
            for each in found
        ],
        "calibrations": [
            {
                "logger": each.logger,
                "place": place.place,
                "calibrated": each.calibrated.isoformat() if each.calibrated else None,
                "due": each.due.isoformat() if each.due else None,
                "past": each.past,
            }
            for place in found
            for each in place.loggers
        ],
    }
