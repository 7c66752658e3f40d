"""What was found in a record (R14–R19). Every moment is in the seconds of the series that was judged."""

from __future__ import annotations

from dataclasses import dataclass

from ldninv.domain.storage.level import Level
from ldninv.domain.storage.profile import Profile


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which nothing is known (R16)."""

    start: float
    end: float

    @property
    def hours(self) -> float:
        """How long nothing is known."""
        return (self.end - self.start) / 3600


@dataclass(frozen=True, slots=True)
class OutOfRange:
    """A time in which the logger said that the temperature was beyond what its probe can measure (R16)."""

    way: str
    """“above” or “below”."""
    start: float
    end: float
    """From the last reading before to the first one after; one moment where the record begins or ends with it."""
    past_c: float | None = None
    """The limit that it proves passed by what the logger printed, as “>60” proves 40 °C; None where it proves none."""

    def breaches(self, profile: Profile) -> bool:
        """Whether it proves a temperature that is a breach, however short it was (R14)."""
        if self.past_c is None:
            return False
        return self.past_c >= profile.highest_c if self.way == "above" else self.past_c <= profile.permitted_low_c

    @property
    def hours(self) -> float:
        """How long it may have been so."""
        return (self.end - self.start) / 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One spell outside a limit."""

    kind: str
    """The limit that was passed: `above-40`, `above-30`, `above-25`, `below-20`, `below-15` for CRT."""
    level: Level
    """What this spell alone makes of the record."""
    start: float
    end: float
    """Where the line between neighbouring readings crosses the limit; at an open edge, the last reading known."""
    longest_hours: float
    """From the last good reading to the next good one; at an open edge, from or to the last reading known."""
    extreme_c: float
    """The reading furthest out, °C."""
    readings: int
    """How many readings lie outside."""
    open_start: bool
    open_end: bool
    """Whether the record begins or ends, or has a gap there: then the spell lasted *at least* so long."""

    @property
    def hours(self) -> float:
        """How long it lasted, by the crossings."""
        return (self.end - self.start) / 3600

    @property
    def at_least(self) -> bool:
        """Whether it may have been longer than anybody can say."""
        return self.open_start or self.open_end


@dataclass(frozen=True, slots=True, kw_only=True)
class LightEvent:
    """Two or more readings in a row above the place's limit (R17)."""

    start: float
    end: float
    """Where the line between neighbouring readings crosses the limit."""
    lux_hours: float
    peak: float
    """The brightest reading, lux."""

    @property
    def hours(self) -> float:
        """How long it was light."""
        return (self.end - self.start) / 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class DampSpell:
    """Readings in a row above the humidity that a profile has looked at."""

    start: float
    end: float
    """Where the line between neighbouring readings crosses the limit."""
    peak: float
    """The dampest reading, percent of relative humidity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TooWarm:
    """Windows of 30 days that are over a limit taken together, joined where they overlap (R14, R15).

    It rests on the readings of these windows alone, however much of a record is judged.
    """

    start: float
    end: float
    """From the first of these windows to the end of the last; of summed time, from its first spell to its last."""
    worst: float
    """Of these windows the largest mean kinetic temperature in °C, or the most hours."""
    extreme_c: float
    """The same temperature; of summed time the warmest reading, °C."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a record says of the place, or of the batch, whose it is."""

    profile: Profile
    readings: int
    first: float
    last: float
    interval_s: float | None
    """The logging interval in seconds; None where there is one reading."""
    min_c: float
    max_c: float
    mean_c: float
    """The plain mean of the readings."""
    gaps: tuple[Gap, ...]
    coverage: float
    """Which share of the time is known, 0 to 1; 0 where there is one reading, which says nothing of time."""
    incomplete: bool
    """Whether too little is known to call it in range, or it was out of the probe's range (R16)."""
    out_of_range: tuple[OutOfRange, ...]
    """When the logger said that its probe's range was left; it asks, and is a breach where it proves one."""
    mkt_c: float
    """The mean kinetic temperature of all that is known (R15)."""
    mkt_30d_max_c: float
    """The largest of any window of 30 days; of the whole record where that is shorter."""
    mkt_30d_window: tuple[float, float]
    """The first and last moment of that window."""
    mkt_over_limit: tuple[TooWarm, ...]
    """When any window was too warm, in the order of time; nothing where the figure is provisional."""
    mkt_provisional: bool
    """Whether the record is shorter than a window: then its figure warns and never makes a breach."""
    mkt_worst_case_c: float
    """The largest 30-day figure if every gap had been as warm as the profile lets a spike be (R16)."""
    level: Level
    reasons: tuple[str, ...] = ()
    """What made the level, in words; nothing where it is in range."""
    review: tuple[str, ...] = ()
    """What else a person should look at, in words: it warns and makes no level."""
    events: tuple[Event, ...]
    """In the order of time."""
    hours_above_30_in_30_days: float
    """The most time above the permitted range within any window (R14)."""
    summed_over_limit: tuple[TooWarm, ...]
    """When that was as long as a spell that is a breach, in the order of time."""
    light: tuple[LightEvent, ...]
    light_kept_out: bool
    """Whether it stands in a container that keeps light out: light is written down then, and asks nothing (R17)."""
    humidity: tuple[float, float] | None
    """Lowest and highest percent of relative humidity; None where the logger has none."""
    damp: tuple[DampSpell, ...] = ()
    """When that was above what the profile has looked at, in the order of time."""
    thermal_age_h: float
    """Hours at 25 °C that would have used as much potency as what is known (R19): an estimate, never a new expiry."""

    @property
    def mkt_over(self) -> bool:
        """Whether the 30-day figure passes the limit, provisional or not."""
        return self.profile.too_warm(self.mkt_30d_max_c)
