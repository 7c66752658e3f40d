"""Mean kinetic temperature and thermal age: what warmth did, by Arrhenius (R15, R19)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from math import exp, fsum, inf, log
from operator import add, mul, sub

from ldninv.domain.pieces import highest, lowest, pieces
from ldninv.domain.storage.judgement import TooWarm
from ldninv.domain.storage.profile import CRT
from ldninv.domain.storage.trace import Trace

KELVIN = 273.15
TOGETHER = 128
"""Windows that are first looked at as one."""
_DIGITS = 6
"""Of a mean in °C that are told of windows, however they were summed up."""
REFERENCE_C = 25.0
"""Thermal age is told in time at this temperature (R19)."""


def rates(celsius: Sequence[float], activation_k: float = CRT.activation_k) -> list[float]:
    """Return e^(−ΔH/RT) of each temperature: how fast potency is used there, in arbitrary units.

    A logger prints the same few numbers over and over: each is worked out once.
    """
    each_once = {each: exp(-activation_k / (each + KELVIN)) for each in set(celsius)}
    return list(map(each_once.__getitem__, celsius))


def temperature(rate: float, activation_k: float = CRT.activation_k) -> float:
    """Return the temperature in °C at which potency is used at `rate`: what `rates` made of it, turned back."""
    return -activation_k / log(rate) - KELVIN


def mean(
    celsius: Sequence[float], weights: Sequence[float] | None = None, *, activation_k: float = CRT.activation_k
) -> float:
    """Return the mean kinetic temperature in °C of temperatures that held for `weights` each, or equally long (R15).

    >>> round(mean([20, 30]), 7)
    26.2598869
    """
    rated = rates(celsius, activation_k)
    held = weights if weights is not None else [1.0] * len(rated)
    return temperature(fsum(map(mul, rated, held)) / fsum(held), activation_k)


@dataclass(frozen=True, slots=True)
class Windows:
    """The mean kinetic temperature over a record, and over the worst of its windows (R15)."""

    whole_c: float
    worst_c: float
    worst: tuple[float, float]
    """The first and last moment of the worst window."""
    whole_record: bool
    """Whether the record is shorter than a window, and is taken whole."""
    age_h: float
    """Hours at 25 °C that would have used as much potency (R19)."""
    over: tuple[TooWarm, ...] = ()
    """The windows above a limit, joined where they overlap."""


def windows(
    trace: Trace, window_h: float, activation_k: float, *, filled_c: float | None = None, limit_c: float = inf
) -> Windows:
    """Return the mean kinetic temperature of what is known, by the trapezoid on the rate over time.

    Windows end at a reading and begin at the first reading that is not more than a window earlier; gaps count for
    nothing, or, with `filled_c`, as if they had been that warm throughout, what lies before and after the readings
    included.

    Args:
        trace: What is known.
        window_h: The length of a window, hours.
        activation_k: ΔH/R, kelvin.
        filled_c: °C, or None.
        limit_c: °C above which windows are told, as `Windows.over`.
    """
    rated = rates(trace.series.celsius, activation_k)
    line = _Line.of(trace, rated, None if filled_c is None else rates([filled_c], activation_k)[0])
    known = line.times[-1] - line.times[0]
    if not known:  # nothing but single readings: no time is known between any two
        alone, (begin, end) = temperature(fsum(rated) / len(rated), activation_k), trace.span
        return Windows(alone, alone, (begin, end), whole_record=True, age_h=0.0)
    whole, worst = line.areas[-1] / known, line.worst(3600 * window_h)
    rate, window = worst or (whole, (line.seconds[0], line.seconds[-1]))
    worst_c = temperature(rate, activation_k)
    over = line.over(3600 * window_h, rates([limit_c], activation_k)[0]) if worst and worst_c > limit_c else ()
    return Windows(
        temperature(whole, activation_k),
        worst_c,
        window,
        whole_record=worst is None,
        age_h=line.areas[-1] / rates([REFERENCE_C], activation_k)[0] / 3600,
        over=tuple(_too_warm(span, temperature(rate, activation_k)) for rate, span in over),
    )


def _too_warm(span: tuple[float, float], mean_c: float) -> TooWarm:
    """Return what windows come to; the last digits of a sum depend on where it began, and are no evidence."""
    told = round(mean_c, _DIGITS)
    return TooWarm(start=span[0], end=span[1], worst=told, extreme_c=told)


def _summed(steps: Sequence[float]) -> list[float]:
    """Return what steps come to up to each moment, 0 at the first."""
    found = [0.0]
    for part in pieces(len(steps)):
        found.extend(islice(accumulate(steps[part], initial=found[-1]), 1, None))
    return found


def _is_even(trace: Trace) -> bool:
    """Whether all is known, and its readings are as many whole seconds apart."""
    between = trace.between
    if trace.silent or not between or trace.span != (trace.series.seconds[0], trace.series.seconds[-1]):
        return False
    whole = between[0].is_integer() and trace.series.seconds[0].is_integer()
    return whole and lowest(between) == highest(between)


@dataclass(frozen=True, slots=True)
class _Line:
    """The rate over time, summed up from the first moment to each."""

    seconds: Sequence[float]
    areas: Sequence[float]
    """Rate times seconds of what counts, up to each moment."""
    times: Sequence[float]
    """Seconds of what counts, up to each moment; where all counts, the moments themselves."""
    even: bool = False
    """Whether all counts, and all moments are as many whole seconds apart: all windows are as long then."""

    @classmethod
    def of(cls, trace: Trace, rated: Sequence[float], filled: float | None) -> _Line:
        """Sum up `rated`; gaps count for nothing, or at the rate `filled`."""
        seconds, between = trace.series.seconds.tolist(), list(trace.between)
        if _is_even(trace):
            half = between[0] / 2
            area = [both * half for both in map(add, rated, islice(rated, 1, None))]
            return cls(seconds, _summed(area), seconds, even=True)
        area = [(sooner + later) / 2 * step for sooner, later, step in zip(rated, rated[1:], between, strict=False)]
        for index in trace.silent:
            area[index] = (filled or 0.0) * between[index]
            between[index] = between[index] if filled else 0.0
        begin, end = trace.span
        if filled and begin < seconds[0]:
            between.insert(0, seconds[0] - begin)
            area.insert(0, filled * between[0])
            seconds.insert(0, begin)
        if filled and end > seconds[-1]:
            between.append(end - seconds[-1])
            area.append(filled * between[-1])
            seconds.append(end)
        return cls(seconds, _summed(area), _summed(between) if trace.silent or filled else seconds)

    def worst(self, length: float) -> tuple[float, tuple[float, float]] | None:
        """Return the largest mean rate of any window of `length` seconds, and its first and last moment.

        Of `TOGETHER` windows that end one after the other no mean can be above what all of them hold over what the
        shortest may last: those that cannot win by that are not looked at one by one. None where no window
        fits, or knows anything.
        """
        if self.even:
            return self._worst_of_even(length)
        best: tuple[float, int, int] = (-1.0, 0, 0)
        for most, low, high, begin in sorted(self._promises(length)):
            if -most <= best[0]:
                break
            best = max(best, self._worst_of(range(low, high + 1), begin, length))
        return (best[0], (self.seconds[best[1]], self.seconds[best[2]])) if best[0] > 0 else None

    def _worst_of_even(self, length: float) -> tuple[float, tuple[float, float]] | None:
        """Return the same where all windows are as long: the one with the largest area."""
        seconds, areas = self.seconds, self.areas
        first = bisect_left(seconds, seconds[0] + length)
        begin = bisect_left(seconds, seconds[first] - length) if first < len(seconds) else first
        if begin == first:  # no window fits, or it is shorter than a step and knows nothing
            return None
        gained = list(map(sub, islice(areas, first, None), islice(areas, begin, None)))
        most = max(gained)
        at = gained.index(most)
        window = seconds[begin + at], seconds[first + at]
        return most / (window[1] - window[0]), window

    def over(self, length: float, limit: float) -> list[tuple[float, tuple[float, float]]]:
        """Return the windows whose mean rate is above `limit`, joined where they overlap, with the largest of each."""
        seconds = self.seconds
        found: list[tuple[float, tuple[float, float]]] = []
        for most, low, high, first in self._promises(length):
            if -most <= limit:
                continue
            for rate, begin, end in self._means(range(low, high + 1), first, length):
                if rate <= limit:
                    continue
                span = seconds[begin], seconds[end]
                if found and span[0] <= found[-1][1][1]:
                    largest, (start, _) = found.pop()
                    rate, span = max(rate, largest), (start, span[1])  # noqa: PLW2901 - both as one
                found.append((rate, span))
        return found

    def _promises(self, length: float) -> list[tuple[float, int, int, int]]:
        """Return of `TOGETHER` windows each what none is above, negative, their first and last end and first begin."""
        seconds, areas, times = self.seconds, self.areas, self.times
        promises = []
        for low in range(bisect_left(seconds, seconds[0] + length), len(seconds), TOGETHER):
            high = min(low + TOGETHER, len(seconds)) - 1
            begin, last = (bisect_left(seconds, seconds[end] - length) for end in (low, high))
            least = times[low] - times[last]
            most = (areas[high] - areas[begin]) / least if least > 0 else inf
            promises.append((-most, low, high, begin))
        return promises

    def _means(self, ends: range, begin: int, length: float) -> Iterator[tuple[float, int, int]]:
        """Yield the mean rate of the windows with these `ends`, with begin and end; the first begins at `begin`."""
        seconds, areas, times = self.seconds, self.areas, self.times
        for end in ends:
            earliest = seconds[end] - length
            while seconds[begin] < earliest:
                begin += 1
            time = times[end] - times[begin]
            if time > 0:
                yield (areas[end] - areas[begin]) / time, begin, end

    def _worst_of(self, ends: range, begin: int, length: float) -> tuple[float, int, int]:
        """Return the largest mean rate of the windows with these `ends`; the first of them begins at `begin`."""
        seconds, areas, times = self.seconds, self.areas, self.times
        largest, found = -1.0, (begin, begin)
        for end in ends:
            earliest = seconds[end] - length
            while seconds[begin] < earliest:
                begin += 1
            time = times[end] - times[begin]
            if time > 0 and (rate := (areas[end] - areas[begin]) / time) > largest:
                largest, found = rate, (begin, end)
        return (largest, *found)
