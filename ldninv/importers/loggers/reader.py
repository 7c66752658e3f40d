"""A table of times and temperatures becomes a logger's file, or is refused with the row that is wrong."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ldninv.domain.batch_list import Remark
from ldninv.domain.progress import Progress
from ldninv.domain.refusal import Refused
from ldninv.domain.storage import trace
from ldninv.domain.storage.logger_file import Answers, LoggerFile, Unit
from ldninv.importers.loggers import (
    between,
    chosen,
    cut,
    in_step,
    lux,
    misheaded,
    moments,
    numbered,
    rows,
    slid,
    steps,
    swapped,
    values,
)
from ldninv.importers.loggers.between import Between
from ldninv.importers.loggers.column import Column
from ldninv.importers.loggers.family import Family, Hints
from ldninv.importers.loggers.layout import Layout
from ldninv.importers.loggers.moments import Moments
from ldninv.importers.loggers.printed import BadMoment, Printed, is_moment
from ldninv.importers.loggers.rows import Rows
from ldninv.importers.loggers.source import Source, Text
from ldninv.importers.sheets import quoted


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was understood."""

    name: str
    """The file's, for messages."""
    source: Source
    layout: Layout
    family: Family
    hints: Hints
    whole: bool = True
    """Whether the last line of the file has an end."""
    aside: Sequence[Remark] = ()
    """Lines that hold no reading where every line has to."""


def read(table: Table, answers: Answers, progress: Progress) -> LoggerFile:
    """Return the readings of a table.

    Raises:
        Asked: a person has to say something.
        Refused: it cannot be read without a guess, or its clock runs backwards.
    """
    columns = chosen.columns(table.name, table.layout, answers)
    in_step.refuse(table.name, table.layout, columns.temperature)
    blocks = table.source.blocks(table.layout.first, progress)
    delimiter = table.source.delimiter if isinstance(table.source, Text) else None
    found = rows.collected(table.name, blocks, table.layout, columns, table.family.mend, delimiter=delimiter)
    for each in table.aside:
        found.aside(each.line, each.text)
    if found.doubts:
        swapped.ask_of(table.name, found.doubts, found, answers)
    chosen.refuse_second(table.name, table.layout, columns, found.spoke, answers.temperature)
    chosen.say_unknown_light(table.layout, found)
    if not table.whole:
        cut.set_aside(found, columns)
    printed, when = _when(table.name, found, answers)
    for column in found.measured:
        column.refuse_two_marks(table.name)
    missing = _unread(found)
    unit, unit_from = chosen.unit(table, columns, found, answers)
    slid.ask(table.name, found, when, answers, whole=table.whole)
    swapped.ask(table, columns.temperature, found, when, answers)
    misheaded.ask(table, columns, found, unit, answers)
    _say_faults(table.name, found, unit)
    _say_unread(table.name, found)
    numbered.say_lost(found, when)
    order = _in_order(table.name, found, when, printed)
    beside = between.look(found, order, when.local, unit)
    file = _file(table, found, _Read(printed, when, order, beside), unit, unit_from, missing)
    return replace(file, headings=_headings(table.layout, columns, file))


def _headings(layout: Layout, columns: rows.Columns, file: LoggerFile) -> dict[str, str]:
    """Return the heading of each column that was read and holds anything."""
    found = {"temperature": columns.temperature}
    if columns.humidity is not None and file.humidity is not None:
        found["humidity"] = columns.humidity
    if columns.lux is not None and file.lux is not None:
        found["light"] = columns.lux
    return {what: layout.heading(column) for what, column in found.items()}


@dataclass(frozen=True, slots=True)
class _Read:
    """All rows, and the indices of those that are readings, in the order of time."""

    printed: Sequence[str]
    when: Moments
    order: Sequence[int]
    between: Between

    @property
    def as_is(self) -> bool:
        """Whether every row is a reading, in the order of the file."""
        return isinstance(self.order, range) and self.order.step == 1

    def of(self, column: array[float]) -> array[float]:
        return column if self.as_is else array("d", map(column.__getitem__, self.order))


def _file(table: Table, found: Rows, read_: _Read, unit: Unit, unit_from: str, missing: int) -> LoggerFile:
    local = read_.of(read_.when.local)
    temperature = read_.of(found.temperature.values)
    counted = read_.when.steps if read_.as_is else steps.Steps(local)
    return LoggerFile(
        file=table.name,
        maker=table.family.maker,
        logger=table.hints.logger,
        unit=unit,
        unit_from=unit_from,
        printed=read_.printed if read_.as_is else [read_.printed[at] for at in read_.order],
        local=local,
        steps_back=() if counted.rising else tuple(sorted(steps.steps_back(local))),
        offsets=None if read_.when.offsets is None else read_.of(read_.when.offsets),
        temperature=temperature,
        digits=found.temperature.digits,
        celsius=temperature if unit is Unit.CELSIUS else array("d", map(unit.celsius, temperature)),
        humidity=_beside(found.humidity, read_),
        lux=_beside(found.lux, read_),
        lines=found.lines if read_.as_is else array("q", [found.lines[at] for at in read_.order]),
        zone_hint=table.hints.zone,
        zone_doubt=table.hints.zone_doubt,
        since_row=read_.between.since_row,
        beyond=read_.between.beyond,
        interval_s=_interval(local, counted, read_.between.since_row),
        events=found.events,
        missing=missing,
        date_order=read_.when.order,
        as_printed=tuple(found.as_printed),
        problems=rows.remarks(found),
    )


def _interval(local: array[float], counted: steps.Steps, since_row: array[float] | None) -> float | None:
    """Return how often the logger wrote a row."""
    looked = [] if since_row is None else trace.looks(trace.steps(local), since_row)
    return trace.interval_of([step for step in looked if step > 0]) or counted.usual


def _beside(column: Column | None, read_: _Read) -> array[float] | None:
    """Return the readings of humidity or light, or None where the file has none."""
    found = read_.of(column.values) if column is not None else array("d")
    return found if any(not math.isnan(each) for each in found) else None


def _when(name: str, found: Rows, answers: Answers) -> tuple[list[str], Moments]:
    """Return the printed moments of all rows and what they mean; rows whose time is none are set aside."""
    try:
        return _settled(name, found, answers)
    except BadMoment:
        kept: list[int] = []
        for at, texts in enumerate(zip(*found.times, strict=True)):
            if is_moment(texts):
                kept.append(at)
                continue
            found.aside(found.lines[at], f"{quoted(' '.join(texts))} is no time")
            if at not in found.temperature.odd:
                found.timeless.append(found.lines[at])
        found.keep(kept)
    rows.refuse_if_most(name, found, len(found.lines))
    try:
        return _settled(name, found, answers)
    except BadMoment as bad:
        said = " ".join(column[bad.row] for column in found.times)
        raise Refused(
            f"{name}, line {found.lines[bad.row]}: {quoted(said)} is no moment of the calendar. Correct it "
            "there, or export the file again."
        ) from None


def _settled(name: str, found: Rows, answers: Answers) -> tuple[list[str], Moments]:
    if not found.lines:
        rows.refuse_if_most(name, found, 0)
    if len(found.times) == 1:
        printed, texts = Printed.of(found.times[0]), found.times[0]
    else:
        printed = Printed(found.times[0], found.times[1])
        texts = list(map(" ".join, zip(*found.times, strict=True)))
    beside = found.temperature.odd
    return texts, moments.settled(name, printed, answers.date_order, found.lines, beside)


def _unread(found: Rows) -> int:
    """Set rows aside whose temperature is no number, and return how many have none and tell of nothing else."""
    missing = -found.events
    for at, text in found.temperature.odd.items():
        if found.temperature.is_bad(at) and not values.is_fault(text):
            found.aside(found.lines[at], f"{quoted(text)} is no temperature")
        elif not found.temperature.beyond(at):
            missing += 1
    return max(missing, 0)


def _say_faults(name: str, found: Rows, unit: Unit) -> None:
    """Say which rows hold a number that no logger measures: a fault's code, missing as a mark for a missing one is.

    Raises:
        Refused: there are more of these than temperatures; the probe was off, or the decimals were lost.
    """
    faults = {at: text for at, text in found.temperature.odd.items() if values.is_fault(text)}
    for at, text in faults.items():
        found.remark(found.lines[at], f"{values.told_fault(text, unit)}; it is taken for missing")
    if len(faults) > len(found.lines) - len(found.temperature.odd):
        raise Refused(
            f"{name}: most of its temperatures are beyond what any logger measures, the first on line "
            f"{found.lines[min(faults)]}. Its probe was off, or its decimals were lost; export the file again."
        )


def _say_unread(name: str, found: Rows) -> None:
    """Say which cells of humidity and light cannot be read; their temperatures are kept.

    Raises:
        Refused: of a light it cannot be told whether it is small or a thousand times as much.
    """
    for what, column in (("humidity", found.humidity), ("light", found.lux)):
        for at, text in column.odd.items() if column is not None else ():
            if column is None or not (column.is_bad(at) or column.beyond(at)):
                continue
            if column is found.lux and column.is_bad(at) and not lux.count(text, ".").bad:
                raise Refused(
                    f"{name}, line {found.lines[at]}: it cannot be told whether {quoted(text)} parts thousands or "
                    "decimals. Export the file without marks between thousands."
                )
            found.remark(found.lines[at], f"{quoted(text)} is no reading of {what}; its temperature is kept")


def _in_order(name: str, found: Rows, when: Moments, printed: Sequence[str]) -> Sequence[int]:
    """Return the rows that are readings, the oldest first.

    Raises:
        Refused: the clock runs backwards, or one moment has two temperatures.
    """
    local, odd = when.local, found.temperature.odd
    order: Sequence[int] = [at for at in range(len(local)) if at not in odd] if odd else range(len(local))
    rows.refuse_if_most(name, found, len(order))
    if not odd and when.steps.rising:
        return order
    if len(order) > 1 and steps.backwards([local[at] for at in order]):
        newest_first = order[::-1]
        if not steps.backwards([local[at] for at in newest_first]):
            return newest_first
    return _without_repeats(name, found, order, local, found.temperature.values, printed)


def _without_repeats(
    name: str,
    found: Rows,
    order: Sequence[int],
    local: array[float],
    temperature: array[float],
    printed: Sequence[str],
) -> list[int]:
    stops = set(steps.backwards([local[at] for at in order]))
    kept: list[int] = []
    for index, at in enumerate(order):
        if index not in stops:
            kept.append(at)
            continue
        before = kept[-1]
        if local[at] == local[before] and temperature[at] == temperature[before]:
            found.aside(found.lines[at], f"repeats the reading of {printed[at]}")
            continue
        if local[at] == local[before]:
            raise Refused(
                f"{name} has two readings of {printed[at]}, on lines {found.lines[before]} and {found.lines[at]}, and "
                "they differ. Export it with seconds, or without the repeated rows."
            )
        raise Refused(
            f"{name}: the clock runs backwards on line {found.lines[at]}, to {printed[at]} after {printed[before]} on "
            "the line before. The logger's clock was lost or set, so nobody can tell when these readings were taken. "
            "Import the parts that can be trusted as files of their own."
        )
    return kept
