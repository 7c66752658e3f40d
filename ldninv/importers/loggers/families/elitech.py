"""Elitech: lists of ElitechLog, of the RC, GSP and Tlog series."""

from __future__ import annotations

import re

from ldninv.importers.loggers.family import Family, Head


def _claims(head: Head) -> bool:
    return re.search(r"elitech|\b(?:rc|gsp|tlog)-?[0-9]{1,3}[a-z+]{0,4}\b", head.text, re.IGNORECASE) is not None


FAMILIES = (Family("Elitech", _claims),)
