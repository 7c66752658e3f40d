"""The kinds of file that a list of dispensings is written as, by their suffix."""

from __future__ import annotations

from collections.abc import Callable

from ldninv.domain.refusal import Refused
from ldninv.reports.dispensings import Dispensings, to_csv, to_json


def to_xlsx(made: Dispensings) -> bytes:
    """Return the list as an XLSX workbook."""
    from ldninv.reports import dispensings_xlsx  # noqa: PLC0415 - openpyxl costs a tenth of a second

    return dispensings_xlsx.to_xlsx(made)


WRITERS: dict[str, Callable[[Dispensings], bytes]] = {"csv": to_csv, "json": to_json, "xlsx": to_xlsx}


def render(made: Dispensings, suffix: str) -> bytes:
    """Return the list as a file of the kind that `suffix` names, with or without its dot.

    Raises:
        Refused: no writer has that suffix.
    """
    writer = WRITERS.get(suffix.removeprefix(".").lower())
    if writer is None:
        raise Refused(f"Dispensings cannot be written as “{suffix}”. Choose one of {', '.join(WRITERS)}.")
    return writer(made)
