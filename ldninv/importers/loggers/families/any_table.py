"""Any other table with a time and a temperature."""

from __future__ import annotations

from ldninv.domain.storage.logger_file import ANY_TABLE
from ldninv.importers.loggers.family import Family, Head


def _claims(_head: Head) -> bool:
    return True


FAMILIES = (Family(ANY_TABLE, _claims),)
