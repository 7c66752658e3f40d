"""Maxim iButton: exports of OneWireViewer, with date, unit and value."""

from __future__ import annotations

import re

from ldninv.importers.loggers.clocks import clock
from ldninv.importers.loggers.family import Family, Head, Hints
from ldninv.importers.loggers.printed import since, written

_SERIAL = re.compile(r"iButton Registration Number:\s*([0-9A-Fa-f]{8,16})")
_STARTED = re.compile(r"(?:Mission Start(?: Time)?|First Sample Timestamp):(.*?)([0-9:]{8}) ([A-Z]{2,5}) ([0-9]{4})")
_DAY = re.compile(r"\s*[A-Za-z]{3} ([A-Z][a-z]{2}) {1,2}([0-9]{1,2}) ")
_CELLS = 4
"""Cells of a row whose decimal comma is taken for a separator."""


def _claims(head: Head) -> bool:
    return "iButton" in head.text


def _hints(head: Head) -> Hints:
    serial, began = _SERIAL.search(head.text), _STARTED.search(head.text)
    return Hints(
        logger=serial[1] if serial else "",
        zone=began[3] if began else "",
        started=_moment(began) if began else None,
    )


def _moment(began: re.Match[str]) -> float | None:
    """Return when a mission began, in seconds since 1970 of the printed clock; None where that is no moment."""
    said, time = _DAY.fullmatch(began[1]), clock(began[2])
    days = written(f"{said[2]} {said[1]} {began[4]}").days if said else ()
    return since(days[0][1]) + time.seconds if days and time is not None else None


def _mend(cells: list[str]) -> list[str]:
    """Join a value whose decimal comma tore it in two: the program parts cells with commas in every country.

    One that was cut off behind its comma ends with it then, and is no number.
    """
    if len(cells) == _CELLS and cells[2].lstrip("-").isdigit() and (cells[3].isdigit() or not cells[3]):
        return [cells[0], cells[1], f"{cells[2]},{cells[3]}"]
    return cells


FAMILIES = (Family("iButton", _claims, _hints, _mend),)
