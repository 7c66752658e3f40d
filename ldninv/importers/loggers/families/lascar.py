"""Lascar EL-USB: text of EasyLog, whose first heading is the logger's name."""

from __future__ import annotations

import re
from dataclasses import replace

from ldninv.importers.loggers.family import Family, Head, Hints, plain_hints

_SCALE = re.compile(r"(?:celsius|fahrenheit)\s*\(", re.IGNORECASE)


def _claims(head: Head) -> bool:
    words = [each[0] if each else "" for each in head.layout.headings]
    return len(words) > 2 and words[1] == "Time" and _SCALE.match(words[2]) is not None  # noqa: PLR2004


def _hints(head: Head) -> Hints:
    words = [each[0] if each else "" for each in head.layout.headings]
    plain = plain_hints(head)
    return replace(plain, logger=plain.logger or words[0])


FAMILIES = (Family("Lascar EL-USB", _claims, _hints),)
