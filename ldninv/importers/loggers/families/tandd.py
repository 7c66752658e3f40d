"""T&D: tables of T&D Recorder, with three lines of headings, the time twice and the unit in the last line."""

from __future__ import annotations

import re

from ldninv.importers.loggers.family import Family, Head


def _claims(head: Head) -> bool:
    words = head.layout.headings
    twice = len(words) > 1 and words[0][:1] == words[1][:1] and "Date/Time" in (*words[0], *words[1])
    numbered = any(re.fullmatch(r"No\.1|ch1", word) for column in words for word in column)
    return (twice and numbered) or "T&D" in head.text


FAMILIES = (Family("T&D", _claims),)
