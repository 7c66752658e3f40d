"""A logger's readings: appended once for ever, a few thousand a row, read back as one series (R16, R18)."""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import isnan, nan
from operator import sub
from struct import Struct
from typing import Any

from peewee import Database

from ldninv.db.rows import ReadingBlockRow, insert
from ldninv.domain.storage.series import CHANNELS, Series, both_say, joined

LARGEST = 16_384
"""Readings in a block: eleven days at one minute, a third of a year at ten."""

_HEAD = Struct("<BI")
_SIDES = "beyond"
_FLAGS = {"humidity": 1, "lux": 2, "since_row": 8, "beyond": 16}
_WHOLE = 4
"""What a block holds: these channels, and moments that are all whole seconds."""
_QUICKLY = 1
"""How hard it is squeezed: a year at one minute must not be waited for."""
_AT_ONCE = 2
"""Blocks that are squeezed at the same time, which holds up no other thread; each keeps its columns in memory."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Readings with the text that each was printed as in its file."""

    series: Series
    texts: Sequence[str]

    def printed_at(self, index: int) -> str:
        """Return a reading's text; empty where texts were not asked for."""
        return self.texts[index] if self.texts else ""

    def part(self, start: int, end: int) -> Printed:
        """Return the readings from one index up to another."""
        return _slice(self, start, end)

    def only(self, indices: Sequence[int]) -> Printed:
        """Return the readings of these indices, in their order."""
        series = self.series.each(lambda column: array("d", map(column.__getitem__, indices)))
        return Printed(series, [self.texts[at] for at in indices] if self.texts else [])

    def beside(self, known: Mapping[str, Sequence[bool]], beyond: array[float]) -> Printed:
        """Return only what is new beside temperatures that are kept already, which are NaN here.

        Args:
            known: Of each channel whether it is kept already, of each reading.
            beyond: What is not kept yet of the sides on which the probe's range was left, of each reading.
        """

        def new(name: str) -> array[float] | None:
            column = getattr(self.series, name)
            values = None if column is None else array("d", map(_unless, column, known[name]))
            return None if values is None or all(map(isnan, values)) else values

        nothing = array("d", [nan]) * len(self.series.seconds)
        columns = {name: new(name) for name in known} | {"beyond": None if all(map(isnan, beyond)) else beyond}
        return Printed(Series(self.series.seconds, nothing, **columns), self.texts)


class Readings:
    """The readings of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, logger: int, keep_file: Callable[[], int], runs: Iterable[Printed]) -> None:
        """Keep readings, none of which is kept already; the database itself refuses a run over another of its layer.

        Readings between kept ones go into the next layer: what is kept is never rewritten.

        Args:
            logger: Whose they are.
            keep_file: Keeps the file that they came in and returns its key; the readings are squeezed meanwhile.
            runs: The readings.
        """
        parts = [
            (self._layer(logger, run.series.seconds[0], run.series.seconds[-1]), part)
            for run in runs
            for part in _parts(run)
        ]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            bodies = pool.map(_packed, [part for _, part in parts])
            file = keep_file()
            rows = [
                {
                    "logger_id": logger,
                    "file_id": file,
                    "first": part.series.seconds[0],
                    "last": part.series.seconds[-1],
                    "layer": layer,
                    "readings": len(part.series.seconds),
                    "body": body,
                }
                for (layer, part), body in zip(parts, bodies, strict=True)
            ]
        insert(ReadingBlockRow, rows, self._database)

    def series(self, logger: int, start: float, end: float) -> Series:
        """Return a logger's readings from `start` up to `end`, without `end`; UTC seconds."""
        return self.printed(logger, start, end, texts=False).series

    def printed(self, logger: int, start: float, end: float, *, texts: bool = True) -> Printed:
        """Return a logger's readings of a span with their printed texts, or with none where `texts` is not asked."""
        blocks = [_unpacked(body, first, texts=texts) for first, body in self._blocks(logger, start, end)]
        return _cut(_joined(blocks, texts=texts), start, end)

    def ends(self, logger: int) -> tuple[float, float] | None:
        """Return a logger's first and last moment; None where it has no readings."""
        ((first, last),) = self._database.execute_sql(
            "SELECT min(first), max(last) FROM reading_block WHERE logger_id = ?", (logger,)
        )
        return None if first is None else (first, last)

    def bounds(self, logger: int, start: float, end: float) -> tuple[float, float] | None:
        """Return a logger's first and last moment within a half-open span; None where it has no readings there."""
        spans = self._database.execute_sql(
            "SELECT first, last FROM reading_block WHERE logger_id = ? AND first < ? AND last >= ?",
            (logger, end, start),
        ).fetchall()
        firsts, lasts = [first for first, _ in spans if first >= start], [last for _, last in spans if last < end]
        for first, last in spans:
            if first < start or last >= end:
                inside = self.series(logger, max(first, start), min(last + 1, end)).seconds
                firsts += inside[:1]
                lasts += inside[-1:]
        return (min(firsts), max(lasts)) if firsts and lasts else None

    def beside(self, logger: int, start: float, end: float) -> tuple[float, float]:
        """Return a logger's last moment before a half-open span and its first one after; the span's own where none is.

        What the readings of a span show reaches from the one to the other: the lines to both, or the gaps.
        """
        spans = self._database.execute_sql(
            "SELECT first, last FROM reading_block WHERE logger_id = ? AND (first < ? OR last >= ?)",
            (logger, start, end),
        ).fetchall()
        before = [
            last if last < start else self.series(logger, first, start).seconds[-1]
            for first, last in spans
            if first < start
        ]
        after = [
            first if first >= end else self.series(logger, end, last + 1).seconds[0]
            for first, last in spans
            if last >= end
        ]
        return max(before, default=start), min(after, default=end)

    def count(self, logger: int) -> int:
        """Return how many readings of a logger are kept."""
        ((found,),) = self._database.execute_sql(
            "SELECT coalesce(sum(readings), 0) FROM reading_block WHERE logger_id = ?", (logger,)
        )
        return int(found)

    def by_file(self) -> Iterator[tuple[str, int, list[Printed]]]:
        """Yield every file that brought readings: its name, the number of its event, and its readings as they came."""
        files = self._database.execute_sql("SELECT id, name, event_id FROM logger_file ORDER BY id").fetchall()
        for key, name, event in files:
            asked = "SELECT first, body FROM reading_block WHERE file_id = ? ORDER BY id"
            rows = self._database.execute_sql(asked, (key,)).fetchall()
            if rows:
                yield name, event, [_unpacked(body, first, texts=True) for first, body in rows]

    def is_whole(self, block: int) -> bool:
        """Whether a block says of itself what its readings give: first, last, and how many there are."""
        asked = "SELECT first, last, readings, layer, body FROM reading_block WHERE id = ?"
        ((first, last, count, layer, body),) = self._database.execute_sql(asked, (block,)).fetchall()
        try:
            seconds = _unpacked(body, first, texts=False).series.seconds
        except (ValueError, zlib.error, struct.error):
            return False
        return layer >= 0 and (seconds[0], seconds[-1], len(seconds)) == (first, last, count)

    def _layer(self, logger: int, first: float, last: float) -> int:
        """Return the lowest layer that has room for readings from `first` to `last`."""
        ((found,),) = self._database.execute_sql(
            "SELECT coalesce(max(layer), -1) FROM reading_block WHERE logger_id = ? AND first <= ? AND last >= ?",
            (logger, last, first),
        )
        return int(found) + 1

    def _blocks(self, logger: int, start: float, end: float) -> Iterator[tuple[float, bytes]]:
        asked = "SELECT first, body FROM reading_block WHERE logger_id = ? AND first < ? AND last >= ? ORDER BY first"
        yield from self._database.execute_sql(asked, (logger, end, start))


def _parts(run: Printed) -> Iterator[Printed]:
    for start in range(0, len(run.series.seconds), LARGEST):
        yield _slice(run, start, start + LARGEST)


def _slice(run: Printed, start: int, end: int) -> Printed:
    return Printed(run.series.cut(start, end), run.texts[start:end])


def _packed(run: Printed) -> bytes:
    of = run.series
    whole = array("q", map(int, of.seconds))
    is_whole = array("d", whole) == of.seconds
    moments: array[Any] = array("q", map(sub, whole, whole[:1] + whole[:-1])) if is_whole else of.seconds
    beside = {name: column for name in CHANNELS if (column := getattr(of, name)) is not None}
    flags = sum(_FLAGS[name] for name in beside) + _WHOLE * is_whole
    columns = [moments, of.celsius, *beside.values()]
    text = "\n".join(run.texts).encode()
    head = _HEAD.pack(flags, len(of.seconds))
    return head + zlib.compress(b"".join([*map(_little, columns), text]), _QUICKLY)


def _unpacked(body: bytes, first: float, *, texts: bool) -> Printed:
    flags, count = _HEAD.unpack_from(body)
    content = zlib.decompress(memoryview(body)[_HEAD.size :])
    columns: list[array[Any]] = []
    beside = [name for name in CHANNELS if flags & _FLAGS[name]]
    for kind in ["q" if flags & _WHOLE else "d", "d", *"d" * len(beside)]:
        column: array[Any] = array(kind)
        at = 8 * count * len(columns)
        column.frombytes(content[at : at + 8 * count])
        columns.append(_native(column))
    moments, celsius, *rest = columns
    if flags & _WHOLE:
        moments[0] = int(first)
        moments = array("d", accumulate(moments))
    series = Series(moments, celsius, **dict(zip(beside, rest, strict=True)))
    said = content[8 * count * len(columns) :].decode().split("\n") if texts else []
    return Printed(series, said)


def _unless(value: float, known: bool) -> float:  # noqa: FBT001
    return nan if known else value


def _joined(blocks: Sequence[Printed], *, texts: bool) -> Printed:
    if len(blocks) == 1:
        return blocks[0]
    said = [text for each in blocks for text in each.texts] if texts else []
    whole = Printed(joined([each.series for each in blocks]), said)
    apart = all(one.series.seconds[-1] < two.series.seconds[0] for one, two in pairwise(blocks))
    return whole if apart else _sorted(whole)


def _sorted(run: Printed) -> Printed:
    """Return the readings of several layers in the order of time, each with what was kept beside it later."""
    of = run.series
    order = sorted(range(len(of.seconds)), key=of.seconds.__getitem__)
    if not any(map(isnan, of.celsius)):
        return run.only(order)
    whole = run.only([at for at in order if not isnan(of.celsius[at])])
    later = run.only([at for at in order if isnan(of.celsius[at])]).series
    return Printed(_filled(whole.series, later), whole.texts)


def _filled(series: Series, later: Series) -> Series:
    """Return readings with what was kept beside their temperatures later, where it was not known before."""
    columns = {name: getattr(series, name) for name in CHANNELS}
    for name, column in columns.items():
        values: array[float] | None = getattr(later, name)
        if values is not None and column is not None and name == _SIDES:
            columns[name] = _with_sides(series.seconds, column, later.seconds, values)
        elif values is not None and column is not None:
            there = {moment: value for moment, value in zip(later.seconds, values, strict=True) if not isnan(value)}
            columns[name] = array(
                "d",
                [
                    there.get(moment, value) if isnan(value) else value
                    for moment, value in zip(series.seconds, column, strict=True)
                ],
            )
    return Series(series.seconds, series.celsius, **columns)


def _with_sides(seconds: array[float], column: array[float], later: array[float], values: array[float]) -> array[float]:
    """Return on which sides of readings the probe's range was left, with what came in of it later."""
    found = array("d", column)
    for moment, said in zip(later, values, strict=True):
        at = bisect_left(seconds, moment)
        if at < len(seconds) and seconds[at] == moment:
            found[at] = both_say(found[at], said)
    return found


def _cut(run: Printed, start: float, end: float) -> Printed:
    seconds = run.series.seconds
    if not seconds or (seconds[0] >= start and seconds[-1] < end):
        return run
    return _slice(run, bisect_left(seconds, start), bisect_left(seconds, end))


def _little(column: array[Any]) -> bytes:
    return _native(array(column.typecode, column)).tobytes() if sys.byteorder == "big" else column.tobytes()


def _native(column: array[Any]) -> array[Any]:
    if sys.byteorder == "big":
        column.byteswap()
    return column
