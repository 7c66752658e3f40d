"""Any other table with a time and a temperature."""

from __future__ import annotations

from ldninv.importers.loggers.family import Family, Head


def _claims(_head: Head) -> bool:
    return True


FAMILIES = (Family("any table", _claims),)
