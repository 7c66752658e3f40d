"""LogTag: lists of LogTag Analyzer, often with date and time in columns of their own."""

from __future__ import annotations

import re

from ldninv.importers.loggers.family import Family, Head


def _claims(head: Head) -> bool:
    return re.search(r"logtag|\b(?:trix|trid|tred|haxo|utrix|utred|tric)[0-9-]", head.text, re.IGNORECASE) is not None


FAMILIES = (Family("LogTag", _claims),)
