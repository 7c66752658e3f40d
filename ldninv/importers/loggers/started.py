"""When a logger was started, as its file states it: no reading is older, and the order of dates has to fit it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from ldninv.domain.batch_list import DateOrder
from ldninv.domain.progress import Progress
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Answers, Asked, Choice, LoggerFile, Question
from ldninv.importers import dates
from ldninv.importers.loggers import reader
from ldninv.importers.loggers.clocks import clock, halves
from ldninv.importers.loggers.printed import since, written
from ldninv.importers.loggers.reader import Table

_MOST = 26 * 3600.0
"""Seconds between the clocks of two zones, where start and readings are printed in different ones."""
_HALF_A_DAY = 12 * 3600.0
_SAME = 60.0
"""Seconds: some makers print the start in minutes."""


def read(table: Table, answers: Answers, progress: Progress) -> LoggerFile:
    """Return the readings of a table, checked against the start that its file states.

    A logger whose memory rolled over keeps its last readings only, so that its first one may lie long after the start.

    Raises:
        Asked: a person has to say something.
        Refused: it cannot be read without a guess, or readings are older than the start.
    """
    begun = table.hints.started
    if begun is None:
        return reader.read(table, answers, progress)
    try:
        file = reader.read(table, answers, progress)
    except Asked as said:
        order = _decided(table, answers, progress, said, begun)
        if order is None:
            raise
        file = reader.read(table, replace(answers, date_order=order), progress)
    if answers.date_order is None:
        _ask_of_order(file, begun)
    _refuse_older(file, begun)
    return file


def _decided(table: Table, answers: Answers, progress: Progress, said: Asked, begun: float) -> DateOrder | None:
    """Return the one order of several asked about that the start fits; None where it decides nothing."""
    if said.question is not Question.DATE_ORDER or len(said.choices) < 2:  # noqa: PLR2004 - one is no choice
        return None
    first: dict[DateOrder, float] = {}
    for order in (DateOrder(each.value) for each in said.choices):
        try:
            first[order] = reader.read(table, replace(answers, date_order=order), progress).local[0]
        except Refused:
            return None
    near = [order for order, local in first.items() if abs(local - begun) <= _MOST]
    able = near or [order for order, local in first.items() if local >= begun - _MOST]
    return able[0] if len(able) == 1 else None


def _ask_of_order(file: LoggerFile, begun: float) -> None:
    """Ask which order of dates holds where the first reading is at the start under another than was found.

    Raises:
        Asked: it is.
    """
    both = halves(file.printed[0])
    if both is None or file.date_order is None or abs(file.local[0] - begun) <= _MOST:
        return
    within = file.local[0] % 86400
    for order, day in written(both[0]).days:
        if order is not None and abs(since(day) + within - begun) <= _MOST:
            why = (
                f"it was started on {_day(begun)}, and its first reading is of {_day(file.local[0])} when dates are "
                f"read {dates.WORDS[file.date_order]}"
            )
            choices = (
                Choice(order, f"{dates.WORDS[order]}: from {day}"),
                Choice(file.date_order, f"{dates.WORDS[file.date_order]}: from {_day(file.local[0])}"),
            )
            raise Asked(
                f"The dates of {file.file} are in doubt: {why}. Say which order holds.",
                Question.DATE_ORDER,
                choices,
                because=f"The file says that {why}.",
            )


def _refuse_older(file: LoggerFile, begun: float) -> None:
    early = begun - file.local[0]
    where = f"{file.file}, line {file.lines[0]}: the first reading, {file.printed[0]},"
    if early > _MOST:
        raise Refused(
            f"{where} is older than the start that the file states, {_shown(begun)}. Its dates are read in another "
            "order than they are written in, or were changed; export the file again."
        )
    both = halves(file.printed[0])
    marked = both is not None and (time := clock(both[1])) is not None and time.halved
    if abs(early - _HALF_A_DAY) < _SAME and not marked:
        raise Refused(
            f"{where} is twelve hours before the start that the file states, {_shown(begun)}, so that its times lost "
            "their marks for morning and afternoon. Export the file again with a clock of twenty-four hours."
        )


def _day(local: float) -> str:
    return _shown(local)[:10]


def _shown(local: float) -> str:
    return datetime.fromtimestamp(local, UTC).strftime("%Y-%m-%d %H:%M")
