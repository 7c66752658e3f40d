"""Onset HOBO: files of HOBOware in all its languages, of HOBOmobile and of HOBOconnect."""

from __future__ import annotations

import re
from dataclasses import replace

from ldninv.importers.loggers.family import Family, Head, Hints, plain_hints

_GMT = re.compile(r"[,、，]\s*GMT\s?[+-][0-9]{2}:[0-9]{2}")
_IN_BRACKETS = re.compile(r"[(\[]\s*([A-Z]{2,5}|(?:GMT|UTC)\s?[+-]?[0-9:]*|[A-Z][A-Za-z]+(?:/[A-Za-z_]+)+)\s*[)\]]")
_LOGGER = re.compile(r"LGR S/N:?\s*([0-9A-Za-z]+)")
_SERIAL = re.compile(r"Serial Number:\s*([0-9A-Za-z]+)")
_REVERSED = "HOBOmobile is known to print the sign of the zone reversed"


def _ware(head: Head) -> bool:
    return "LGR S/N" in head.text or _GMT.search(head.time_heading) is not None


def _ware_hints(head: Head) -> Hints:
    serial = _LOGGER.search(head.text)
    return replace(plain_hints(head), logger=serial[1] if serial else "")


def _mobile(head: Head) -> bool:
    return head.time_heading.startswith("Date Time - ")


def _mobile_hints(head: Head) -> Hints:
    serial = _SERIAL.search(head.text)
    zone = head.time_heading.removeprefix("Date Time - ").strip()
    return Hints(logger=serial[1] if serial else "", zone=zone, zone_doubt=_REVERSED)


def _connect(head: Head) -> bool:
    return re.match(r"date-time\s*[(\[]", head.time_heading, re.IGNORECASE) is not None


def _connect_hints(head: Head) -> Hints:
    zone = _IN_BRACKETS.search(head.time_heading)
    return replace(plain_hints(head), zone=zone[1] if zone else "")


FAMILIES = (
    Family("HOBOconnect", _connect, _connect_hints),
    Family("HOBOmobile", _mobile, _mobile_hints),
    Family("HOBOware", _ware, _ware_hints),
)
