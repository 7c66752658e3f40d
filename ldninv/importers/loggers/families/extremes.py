"""The lowest and the highest temperature that a Q-tag states above its readings, and whether these agree."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import LoggerFile
from ldninv.importers.loggers.printed import moment
from ldninv.importers.loggers.values import number

_STATED = re.compile(
    r"^[ \t]*(Min|Max) T:[ \t]*([^,\r\n]+?),[ \t]*TS \1 T:[ \t]*([0-9][^,\r\n]*?)[ \t]*\r?$", re.MULTILINE
)
_TOLERANCE_K = 0.5
"""The device measures more often than it records: its own sums differ from its readings by some tenths."""
_ROUNDED_K = 1e-6
_WORDS = {"Min": "lowest", "Max": "highest"}


@dataclass(frozen=True, slots=True)
class _Extreme:
    """What a file states."""

    line: int
    which: str
    """“Min” or “Max”."""
    printed: str
    celsius: float
    at: float
    """Seconds since 1970 of the printed clock."""


def refuse_contradicted(file: LoggerFile, above: str) -> None:
    """Refuse readings that contradict what stands above them.

    Raises:
        Refused: one is beyond what is stated, or none is near it at its time.
    """
    for found in _STATED.finditer(above):
        at, value = moment(found[3]), file.unit.celsius(number(found[2]).value)
        if at is not None and not math.isnan(value):
            line = above.count("\n", 0, found.start(1)) + 1
            extreme = _Extreme(line, found[1], found[2], value, at)
            _refuse_beyond(file, extreme)
            _refuse_unmet(file, extreme)


def _refuse_beyond(file: LoggerFile, stated: _Extreme) -> None:
    sign = 1 if stated.which == "Max" else -1
    at = max(range(len(file.celsius)), key=lambda at: sign * file.celsius[at])
    if sign * (file.celsius[at] - stated.celsius) > _TOLERANCE_K + _ROUNDED_K:
        raise _refused(file, stated, at, "which is beyond")


def _refuse_unmet(file: LoggerFile, stated: _Extreme) -> None:
    """Refuse a file with readings around the time of an extreme of which none is near it."""
    within = file.interval_s or 0
    if not file.local[0] + within <= stated.at <= file.local[-1] - within:
        return
    near = [at for at, time in enumerate(file.local) if abs(time - stated.at) <= within]
    at = min(near, key=lambda at: abs(file.celsius[at] - stated.celsius), default=None)
    if at is not None and abs(file.celsius[at] - stated.celsius) > _TOLERANCE_K + _ROUNDED_K:
        raise _refused(file, stated, at, "and none at that time is nearer")


def _refused(file: LoggerFile, stated: _Extreme, at: int, why: str) -> Refused:
    shown = f"{file.temperature[at]:.{file.digits}f}"
    return Refused(
        f"{file.file}: its {_WORDS[stated.which]} is {stated.printed} on line {stated.line}, but the reading of "
        f"{file.printed[at]} on line {file.lines[at]} is {shown}, {why}. Numbers or rows were changed; read the device "
        "out again."
    )
