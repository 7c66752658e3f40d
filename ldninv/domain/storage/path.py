"""A batch's own path through places: what it went through, wherever it stood (R16, R18). Intervals are half-open."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from ldninv.domain.storage.profile import CRT
from ldninv.domain.storage.series import Series
from ldninv.domain.storage.trace import Trace, steps

JUST_BEFORE = 0.001
"""Seconds before a move at which the old place is last looked at: at the moment itself it is the new one."""


@dataclass(frozen=True, slots=True)
class Stay:
    """When a batch stood at a place: from `start`, and no longer at `end`."""

    place: str
    start: float
    end: float | None = None
    """Seconds, as in the series; None while it stands there."""

    def meets(self, start: float, end: float) -> bool:
        """Return whether it stood there at any moment of what lasted from `start` until just before `end` (R18).

        What has no length happened in a moment, and meets whoever stood there then.

        >>> stay = Stay("Shelf", 100, 200)
        >>> stay.meets(50, 100), stay.meets(50, 101), stay.meets(200, 300), stay.meets(100, 100)
        (False, True, False, True)
        """
        leaves = inf if self.end is None else self.end
        if start == end:
            return self.start <= start < leaves
        return max(self.start, start) < min(leaves, end)


@dataclass(slots=True)
class _Piece:
    """What one logger saw of one stay."""

    place: str
    seconds: array[float]
    celsius: array[float]
    silent: list[int]
    drawn: int
    from_start: float | None
    """The stay's first moment, where it is known."""
    to_end: float | None
    """The moment at which the stay was over, where it is known up to then."""
    longest_s: float
    """A step over this many seconds is a gap."""


def along(
    path: Iterable[Stay],
    by_place: Mapping[str, Sequence[Trace]],
    *,
    gap_factor: float = CRT.gap_factor,
    since: float | None = None,
    until: float | None = None,
) -> Trace | None:
    """Return what is known of the temperature along `path`, or None where no logger saw any of it: not monitored.

    Where a batch came to a place or left it between two readings, the line between them is read at that moment. From
    place to place it goes at once: what one logger knew until the move and the next one from there is without a gap.
    Light and humidity are judged by place.

    Args:
        path: Stays in the order of time, none beginning before the one before it ended.
        by_place: What is known of each place; of loggers that overlap the first one counts.
        gap_factor: A step over this many intervals is a gap (R16).
        since: From when on the path is asked about; None: from the first stay on.
        until: Up to when; None: to the end of the last stay, or the last reading where the batch still stands there.
    """
    stays = tuple(path)
    pieces: list[_Piece] = []
    for stay in stays:
        taken = -inf
        for trace in by_place.get(stay.place, ()):
            piece = _cut(trace, stay, gap_factor, taken)
            if piece.seconds:
                pieces.append(piece)
                taken = piece.seconds[-1]
    if not pieces:
        return None
    seconds, celsius, silent = array("d"), array("d"), list[int]()
    before: _Piece | None = None
    for piece in pieces:
        if before is not None:
            if seconds[-1] >= piece.seconds[0]:
                seconds[-1] = piece.seconds[0] - JUST_BEFORE
            if not _goes_on(before, piece):
                silent.append(len(seconds) - 1)
        silent.extend(index + len(seconds) for index in piece.silent)
        seconds.extend(piece.seconds)
        celsius.extend(piece.celsius)
        before = piece
    return Trace(
        Series(seconds, celsius),
        steps(seconds),
        tuple(silent),
        max(trace.interval_s or 0.0 for stay in stays for trace in by_place.get(stay.place, ())),
        since=stays[0].start if since is None else since,
        until=stays[-1].end if until is None else until,
        drawn=sum(piece.drawn for piece in pieces),
    )


def _goes_on(before: _Piece, after: _Piece) -> bool:
    """Return whether nothing is unknown between two pieces: a move from known to known, or a change of loggers."""
    if before.to_end is not None and before.to_end == after.from_start:
        return True
    step = after.seconds[0] - before.seconds[-1]
    return before.place == after.place and step <= max(before.longest_s, after.longest_s)


def _cut(trace: Trace, stay: Stay, gap_factor: float, taken: float) -> _Piece:
    """Return what `trace` knows of `stay` after the moment `taken`, which may be nothing."""
    seconds, celsius = trace.series.seconds, trace.series.celsius
    end = inf if stay.end is None else stay.end
    low, high = max(bisect_left(seconds, stay.start), bisect_right(seconds, taken)), bisect_left(seconds, end)
    first, last = bisect_left(trace.silent, low), bisect_left(trace.silent, high - 1)
    silent = [index - low for index in trace.silent[first:last]]
    moments, values = seconds[low:high], celsius[low:high]
    begins, ends = (_drawn(trace, each) if each > taken else None for each in (stay.start, end))
    read = len(moments)
    if begins is not None and not (moments and moments[0] == stay.start):
        moments.insert(0, stay.start)
        values.insert(0, begins)
        silent = [index + 1 for index in silent]
    if ends is not None and end > max(stay.start, taken):
        moments.append(end)
        values.append(ends)
    return _Piece(
        stay.place,
        moments,
        values,
        silent,
        drawn=len(moments) - read,
        from_start=None if begins is None else stay.start,
        to_end=None if ends is None else stay.end,
        longest_s=gap_factor * (trace.interval_s or 0.0),
    )


def _drawn(trace: Trace, moment: float) -> float | None:
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
