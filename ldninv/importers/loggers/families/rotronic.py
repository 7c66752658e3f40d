"""Rotronic: HL and HC2 loggers, whose file has sections ([#I], [#1], [#D]) and names the unit in one of them."""

from __future__ import annotations

import re

from ldninv.importers.loggers.family import Family, Head, Hints
from ldninv.importers.loggers.values import unit_in

_SERIAL = re.compile(r"Serial Number\s*=\s*([0-9A-Za-z-]+)")
_UNIT = re.compile(r"^Temperature\s*=\s*([^,\r\n]+)", re.MULTILINE)


def _claims(head: Head) -> bool:
    return "[#D]" in head.text or "rotronic" in head.text.casefold()


def _hints(head: Head) -> Hints:
    serial, unit = _SERIAL.search(head.text), _UNIT.search(head.text)
    found = unit_in(unit[1].strip()) if unit else None
    said = f"“{unit[0].strip()}” above the readings" if unit and found else ""
    return Hints(logger=serial[1] if serial else "", unit=found, unit_from=said)


FAMILIES = (Family("Rotronic", _claims, _hints),)
