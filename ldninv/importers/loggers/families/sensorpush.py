"""SensorPush: exports of its app, with dew point, pressure and the like beside temperature and humidity."""

from __future__ import annotations

import re
from dataclasses import replace

from ldninv.importers.loggers.family import Family, Head, Hints, plain_hints


def _claims(head: Head) -> bool:
    if re.search(r"sensor ?push", head.text, re.IGNORECASE):
        return True
    words = [head.layout.heading(column) for column in range(len(head.layout.headings))]
    return words[:1] == ["SensorId"] or (
        words[:1] == ["Timestamp"] and any(re.fullmatch(r"Temperature \(°[CF]\)", word) for word in words)
    )


def _hints(head: Head) -> Hints:
    first = head.layout.sample[0]
    named = head.layout.heading(0) == "SensorId" and first
    return replace(plain_hints(head), logger=first[0].strip()) if named else plain_hints(head)


FAMILIES = (Family("SensorPush", _claims, _hints),)
