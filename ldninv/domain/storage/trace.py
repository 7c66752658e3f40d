"""A series together with what is not known of it: where the logger was silent (R16)."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import fsum, isfinite, isnan
from operator import sub

from ldninv.domain.pieces import highest, lowest, pieces, total
from ldninv.domain.storage.judgement import Gap, OutOfRange
from ldninv.domain.storage.profile import CRT
from ldninv.domain.storage.series import Beyond, Series

ABSOLUTE_ZERO_C = -273.15
NEAR = 12
"""Steps before and after one that tell the interval there."""
RULE = 5
"""The number of the rules of gaps, open ends and what is worst; what another judged stays as it was. Count it up."""
FEWEST = 6
"""Steps of one length that make an interval amid shorter ones; fewer may be an outage with a few readings in it."""
LONG_S = 4 * 3600.0
"""Seconds up to which an interval is believed amid shorter steps; a longer one only where none is shorter."""
LONGEST_S = 24 * 3600.0
"""Seconds that no interval is longer than: a logger that looks less than once a day watches nothing (R20)."""
_ALIKE, _ALIKE_S = 0.1, 2.0
"""Steps are of one length that differ by a tenth, or by two seconds: clocks and radios are no more even."""


def steps(seconds: array[float]) -> list[float]:
    """Return the seconds from each reading to the next: one less than there are readings."""
    found: list[float] = []
    for part in pieces(len(seconds) - 1):
        moments = seconds[part.start : part.stop + 1].tolist()
        found.extend(map(sub, moments[1:], moments))
    return found


def looks(between: Sequence[float], since_row: Sequence[float] | None) -> Sequence[float]:
    """Return how often the logger looked: each of the `steps`, or where rows without a temperature lie in it the last.

    >>> looks([60.0, 300.0], array("d", [float("nan"), float("nan"), 60.0]))
    [60.0, 60.0]
    """
    if since_row is None:
        return between
    return [row if 0 < row < step else step for step, row in zip(between, since_row[1:], strict=True)]


def interval_of(between: Sequence[float]) -> float | None:
    """Return the logging interval in seconds: the most frequent of the `steps`; None where there are none.

    >>> interval_of(steps(array("d", [0, 60, 120, 7200])))
    60.0
    """
    if not between:
        return None
    if lowest(between) == highest(between):  # as most loggers are, and three times as fast to see
        return between[0]
    counts: Counter[float] = Counter()
    for part in pieces(len(between)):
        counts.update(between[part])
    return counts.most_common(1)[0][0]


def silences(between: Sequence[float], longest_s: float) -> tuple[int, ...]:
    """Return after which readings nothing is known until the next: the step is over `longest_s` seconds (R16)."""
    if not between or highest(between) <= longest_s:
        return ()
    return tuple(index for index, step in enumerate(between) if step > longest_s)


def longest(interval: float | None, factor: float) -> float:
    """Return how many seconds a step may have that is no gap: `factor` intervals, of a day at most (R16)."""
    return factor * min(interval or 0.0, LONGEST_S)


def local_silences(between: Sequence[float], factor: float, looked: Sequence[float] | None = None) -> tuple[int, ...]:
    """Return after which readings nothing is known until the next: the step is over `factor` intervals there (R16).

    A logger may be set to another interval amid its record, or sample faster for a while; a few readings amid an outage
    are no interval. So an interval is told by the steps beside each step, and in doubt it is the shortest of them:

    - Looked at are the step and up to `NEAR` on either side, as far as none of them is over `factor` days.
    - The interval is the length that more than half of these have, and `FEWEST` at least, within a tenth.
    - One longer than `LONG_S` is believed where none of them is over `factor` times shorter: all of the record has it.
    - Where there is no such length, the interval is the shortest of them.
    - None is longer than `LONGEST_S`: a step over `factor` days is a gap in every record.

    Args:
        between: The steps.
        factor: In intervals.
        looked: How often the logger looked within each, where that is oftener (`looks`): this is what is usual.

    >>> local_silences([60.0] * 13 + [600.0] * 13, 2.5), local_silences([60.0] * 9 + [600.0] + [60.0] * 9, 2.5)
    ((), (9,))
    """
    looked = between if looked is None else looked
    if not between or highest(between) <= longest(lowest(looked), factor):
        return ()
    shortest = longest(lowest(looked), factor)
    found: list[int] = []
    even_to = 0
    for at, step in enumerate(between):
        if step <= shortest:
            continue
        if at >= even_to and _even(looked[at : at + NEAR + 1]):
            even_to = at + NEAR + 1
        if at < even_to and step == looked[at]:
            continue
        if step <= longest(min(looked[max(0, at - NEAR) : at + 1 + NEAR]), factor):
            continue
        if step > longest(_interval_at(looked, at, factor), factor):
            found.append(at)
    return tuple(found)


def _even(row: Sequence[float]) -> bool:
    """Whether steps on one another are all of one length, and so many that they are the interval around each of them.

    Most steps of a record are seen to be no gap by this alone.
    """
    return len(row) > NEAR and max(row) <= min(LONG_S, min(row) * (1 + _ALIKE))


def _interval_at(looked: Sequence[float], at: int, factor: float) -> float:
    """Return the interval in seconds that the steps beside one tell; in doubt the shortest of them."""
    first, end, parts = at, at + 1, factor * LONGEST_S
    while first > max(0, at - NEAR) and looked[first - 1] <= parts:
        first -= 1
    while end < min(len(looked), at + 1 + NEAR) and looked[end] <= parts:
        end += 1
    around = sorted(looked[first:end])
    usual = around[(len(around) - 1) // 2]
    near = max(_ALIKE * usual, _ALIKE_S)
    alike = sum(abs(step - usual) <= near for step in around)
    if alike < FEWEST or 2 * alike <= len(around) or (usual > LONG_S and factor * around[0] < usual):
        return around[0]
    return usual


def stretches(silent: Sequence[int], readings: int) -> Iterator[tuple[int, int]]:
    """Yield between which readings all is known: pairs of the first, and the one after the last."""
    return pairwise((0, *(index + 1 for index in silent), readings))


_WAYS = (
    ("above", Beyond.ABOVE_BEFORE, Beyond.ABOVE_AFTER, Beyond.HOT_BEFORE, Beyond.HOT_AFTER, CRT.highest_c),
    ("below", Beyond.BELOW_BEFORE, Beyond.BELOW_AFTER, Beyond.COLD_BEFORE, Beyond.COLD_AFTER, CRT.permitted_low_c),
)


def _said(series: Series) -> Iterator[tuple[int, Beyond]]:
    """Yield the readings beside which the probe's range was left, by their index."""
    if series.beyond is not None:
        yield from ((at, Beyond(int(said))) for at, said in enumerate(series.beyond) if not isnan(said))


def _says(series: Series, at: int, side: Beyond) -> bool:
    said = series.beyond[at] if series.beyond is not None else 0.0
    return not isnan(said) and bool(Beyond(int(said)) & side)


def _holes(series: Series) -> set[int]:
    """Return after which readings the probe's range was left: nothing is known there, however short it was."""
    before = {at - 1 for at, said in _said(series) if said.before and at > 0}
    return before | {at for at, said in _said(series) if said.after and at + 1 < len(series.seconds)}


@dataclass(frozen=True, slots=True)
class Trace:
    """What is known of a place, or of a batch on its way through places."""

    series: Series
    between: Sequence[float]
    """The `steps` of the series."""
    silent: tuple[int, ...] = ()
    """Readings after which nothing is known until the next one, by their index, rising."""
    interval_s: float | None = None
    """The logging interval in seconds: the most frequent step, for people; where it changed, others are usual too."""
    since: float | None = None
    until: float | None = None
    """The time that is asked about, where it reaches beyond the readings."""
    drawn: int = 0
    """How many of the readings are drawn on the line between two, where a batch came or left."""

    mean_c: float = field(init=False, repr=False, compare=False)
    min_c: float = field(init=False, repr=False, compare=False)
    max_c: float = field(init=False, repr=False, compare=False)
    """Of the readings; measured once, because everything asks."""

    def __post_init__(self) -> None:
        celsius = self.series.celsius
        if not celsius:
            raise ValueError("a record without readings is not judged: the place is not monitored")
        mean, coldest = total(celsius) / len(celsius), lowest(celsius)
        if not isfinite(mean) or coldest <= ABSOLUTE_ZERO_C:
            raise ValueError("a missing or impossible temperature is no reading")
        if self.between and lowest(self.between) <= 0:
            raise ValueError("readings have to rise in time")
        for name, value in (("mean_c", mean), ("min_c", coldest), ("max_c", highest(celsius))):
            object.__setattr__(self, name, value)

    @classmethod
    def of(cls, series: Series, *, interval: float | None = None, gap_factor: float = CRT.gap_factor) -> Trace:
        """Return `series` with its gaps: the steps over `gap_factor` intervals.

        Args:
            series: At least one reading.
            interval: In seconds; None takes what the steps beside each step tell (`local_silences`).
            gap_factor: In intervals (R16).

        Raises:
            ValueError: there is no reading, one is no number, or they do not rise in time.
        """
        between = steps(series.seconds)
        if interval is None:
            looked = looks(between, series.since_row)
            silent, interval = local_silences(between, gap_factor, looked), interval_of(looked)
        else:
            silent = silences(between, longest(interval, gap_factor))
        holes = _holes(series)
        return cls(series, between, tuple(sorted({*silent, *holes})) if holes else silent, interval)

    @property
    def stretches(self) -> Iterator[tuple[int, int]]:
        """Between which readings all is known: pairs of the first, and the one after the last."""
        return stretches(self.silent, len(self.series.seconds))

    @property
    def span(self) -> tuple[float, float]:
        """The first and the last moment that is asked about."""
        seconds = self.series.seconds
        begin = seconds[0] if self.since is None else min(self.since, seconds[0])
        end = seconds[-1] if self.until is None else max(self.until, seconds[-1])
        return begin, end

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """All times in which nothing is known, in order."""
        seconds = self.series.seconds
        inside = [Gap(seconds[index], seconds[index + 1]) for index in self.silent]
        begin, end = self.span
        around = (Gap(begin, seconds[0]), Gap(seconds[-1], end))
        return tuple(gap for gap in (around[0], *inside, around[1]) if gap.end > gap.start)

    @property
    def out_of_range(self) -> tuple[OutOfRange, ...]:
        """When the logger said that its probe's range was left, from the reading before to the one after, in order."""
        seconds, found = self.series.seconds, list[OutOfRange]()
        last = len(seconds) - 1
        for at, said in _said(self.series):
            for way, before, after, proven_before, proven_after, limit in _WAYS:
                if said & before and (at == 0 or not _says(self.series, at - 1, after)):
                    past = limit if said & proven_before else None
                    found.append(OutOfRange(way, seconds[max(0, at - 1)], seconds[at], past))
                if said & after:
                    proven = said & proven_after or (at < last and _says(self.series, at + 1, proven_before))
                    past = limit if proven else None
                    found.append(OutOfRange(way, seconds[at], seconds[min(last, at + 1)], past))
        return tuple(found)

    @property
    def coverage(self) -> float:
        """Which share of the time that is asked about is known, 0 to 1; 0 where that is one moment."""
        begin, end = self.span
        if end == begin:
            return 0.0
        return 1.0 - fsum(gap.end - gap.start for gap in self.gaps) / (end - begin)


def drawn(trace: Trace, moment: float) -> float | None:
    """Return the temperature at `moment` on the line between its neighbours; None in a gap and outside the record."""
    seconds, celsius = trace.series.seconds, trace.series.celsius
    after = bisect_left(seconds, moment)
    if after == len(seconds):
        return None
    if seconds[after] == moment:
        return celsius[after]
    index = bisect_left(trace.silent, after - 1)
    if after == 0 or (index < len(trace.silent) and trace.silent[index] == after - 1):
        return None
    share = (moment - seconds[after - 1]) / (seconds[after] - seconds[after - 1])
    return celsius[after - 1] + share * (celsius[after] - celsius[after - 1])
