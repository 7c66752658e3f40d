"""Mean kinetic temperature and thermal age: what warmth did, by Arrhenius (R15, R19)."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, repeat
from math import exp, fsum, log
from operator import add, mul, truediv

from ldninv.domain.storage.profile import CRT
from ldninv.domain.storage.trace import Trace, steps

KELVIN = 273.15
REFERENCE_C = 25.0
"""Thermal age is told in time at this temperature (R19)."""


def rates(celsius: Iterable[float], activation_k: float = CRT.activation_k) -> array[float]:
    """Return e^(−ΔH/RT) of each temperature: how fast potency is used there, in arbitrary units."""
    return array("d", map(exp, map(truediv, repeat(-activation_k), map(add, celsius, repeat(KELVIN)))))


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


def windows(trace: Trace, window_h: float, activation_k: float, *, filled_c: float | None = None) -> Windows:
    """Return the mean kinetic temperature of what is known, by the trapezoid on the rate over time.

    Windows end at a reading and begin at the first reading that is not more than a window earlier; gaps count for
    nothing, or, with `filled_c`, as if they had been that warm throughout, what lies before and after the readings
    included.

    Args:
        trace: What is known.
        window_h: The length of a window, hours.
        activation_k: ΔH/R, kelvin.
        filled_c: °C, or None.
    """
    seconds, rated = trace.series.seconds, rates(trace.series.celsius, activation_k)
    known, silent = steps(seconds), trace.silent
    area = array("d", map(mul, map(add, islice(rated, 1, None), rated), known))
    if filled_c is None:
        for index in silent:
            known[index] = area[index] = 0.0
    else:
        warm = 2.0 * rates([filled_c], activation_k)[0]
        for index in silent:
            area[index] = warm * known[index]
        seconds, known, area = _with_edges(trace, known, area, warm)
    areas = array("d", accumulate(area, initial=0.0))
    times = array("d", accumulate(known, initial=0.0))
    if not times[-1]:  # nothing but single readings: no time is known between any two
        alone = temperature(fsum(rated) / len(rated), activation_k)
        return Windows(alone, alone, (seconds[0], seconds[-1]), whole_record=True, age_h=0.0)
    whole = areas[-1] / times[-1] / 2
    age = areas[-1] / 2 / rates([REFERENCE_C], activation_k)[0] / 3600
    rate, begin, end = _worst(seconds, areas, times, 3600 * window_h)
    short = seconds[-1] - seconds[0] < 3600 * window_h
    return Windows(
        temperature(whole, activation_k),
        temperature(rate / 2, activation_k),
        (begin, end),
        whole_record=short,
        age_h=age,
    )


def _with_edges(
    trace: Trace, known: array[float], area: array[float], warm: float
) -> tuple[array[float], array[float], array[float]]:
    """Return moments, steps and areas with the time before the first and after the last reading in them."""
    seconds, (begin, end) = trace.series.seconds, trace.span
    before, after = seconds[0] - begin, end - seconds[-1]
    if before:
        seconds, known, area = (
            array("d", [begin]) + seconds,
            array("d", [before]) + known,
            array("d", [warm * before]) + area,
        )
    if after:
        seconds, known, area = (
            seconds + array("d", [end]),
            known + array("d", [after]),
            area + array("d", [warm * after]),
        )
    return seconds, known, area


def _worst(
    seconds: array[float], areas: array[float], times: array[float], length: float
) -> tuple[float, float, float]:
    """Return the largest area per time of any full window, with its first and last moment."""
    if seconds[-1] - seconds[0] < length:
        return areas[-1] / times[-1], seconds[0], seconds[-1]
    begin, largest, found = 0, -1.0, (0, 0)
    earliest = seconds[0] + length
    for end, moment in enumerate(seconds):
        if moment < earliest:
            continue
        while seconds[begin] < moment - length:
            begin += 1
        time = times[end] - times[begin]
        if time and (rate := (areas[end] - areas[begin]) / time) > largest:
            largest, found = rate, (begin, end)
    return largest, seconds[found[0]], seconds[found[1]]
