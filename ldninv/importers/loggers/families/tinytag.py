"""Gemini Tinytag: tables of Tinytag Explorer, with the unit in every cell and five lines of headings."""

from __future__ import annotations

import re
from dataclasses import replace

from ldninv.importers.loggers.family import Family, Head, Hints, plain_hints

_SERIAL = re.compile(r"^S/N,+\s*([0-9A-Za-z]+)", re.MULTILINE)


def _claims(head: Head) -> bool:
    return "tinytag" in head.text.casefold()


def _hints(head: Head) -> Hints:
    serial = _SERIAL.search(head.text)
    return replace(plain_hints(head), logger=serial[1]) if serial else plain_hints(head)


FAMILIES = (Family("Tinytag", _claims, _hints),)
