"""Govee: exports of Govee Home, whose heading of the time tells how often is sampled."""

from __future__ import annotations

from ldninv.importers.loggers.family import Family, Head


def _claims(head: Head) -> bool:
    heading = head.time_heading.casefold()
    return heading.startswith("timestamp for sample frequency") or "govee" in head.text.casefold()


FAMILIES = (Family("Govee", _claims),)
