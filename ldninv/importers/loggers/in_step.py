"""Whether the heading of the times stands over them: a cell lost or too many shifts every column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ldninv.domain.refusal import Refused
from ldninv.importers.loggers.headings import Role, folded, is_dew_point
from ldninv.importers.loggers.layout import Layout
from ldninv.importers.loggers.others import names_a_logger
from ldninv.importers.loggers.source import Row
from ldninv.importers.loggers.time_words import tells_moment
from ldninv.importers.loggers.values import is_number, number
from ldninv.importers.sheets import quoted

_COUNTER = re.compile(r"#|n[or]?[.°o]{0,2}|anz\.?|number|nummer|index")
_MEASURED = frozenset({Role.TEMPERATURE, Role.HUMIDITY, Role.LUX})
_SINCE = 1e8
"""From here on a number may be a moment, in seconds since 1970."""


def refuse(name: str, layout: Layout, temperature: int) -> None:
    """Refuse a table whose headings stand over what they do not tell of.

    Raises:
        Refused: a heading tells of times, and they stand under another one; or they stand under one of names or of
            numbers that count; or numbers before the temperature stand under none, and nothing under one behind it.
    """
    told = [at for at in range(len(layout.headings)) if tells_moment(layout.heading(at))]
    other = next((at for at in layout.times if at not in told), None)
    empty = next((at for at in told if at not in layout.times and not _holds_moments(layout.sample, at)), None)
    if other is not None and empty is not None:
        raise _out_of_step(name, layout, f"The times stand under {quoted(layout.heading(other))}", empty)
    odd = next((at for at in layout.times if _counts_or_names(layout.heading(at))), None)
    if not told and odd is not None:
        raise _out_of_step(name, layout, f"The times stand under {quoted(layout.heading(odd))}")
    unsaid = next((at for at in range(max(layout.times) + 1, temperature) if _is_unsaid(layout, at)), None)
    behind = range(temperature + 1, len(layout.headings))
    empty = next((at for at in behind if _lacks_numbers(layout, at)), None)
    if unsaid is not None and empty is not None:
        cell = quoted(_filled(layout.sample, unsaid)[0])
        raise _out_of_step(name, layout, f"No heading tells what {cell} is that stands before the temperature", empty)


def _out_of_step(name: str, layout: Layout, what: str, empty: int | None = None) -> Refused:
    said = ""
    if empty is not None:
        cells = _filled(layout.sample, empty)
        said = f", and under {quoted(layout.heading(empty))} stands {quoted(cells[0]) if cells else 'nothing'}"
    return Refused(
        f"{name}: its headings are out of step with its rows. {what}{said}. A cell is missing or one too many; export "
        "the file again."
    )


def _counts_or_names(heading: str) -> bool:
    return _COUNTER.fullmatch(folded(heading)) is not None or names_a_logger(heading)


def _holds_moments(sample: Sequence[Row], column: int) -> bool:
    """Whether mostly words, or numbers as large as moments, stand in a column."""
    cells = _filled(sample, column)
    return 2 * sum(number(cell).bad or number(cell).value >= _SINCE for cell in cells) > len(cells)


def _is_unsaid(layout: Layout, column: int) -> bool:
    """Whether numbers stand in a column of which no heading tells; one whole number throughout is a channel's."""
    if column not in layout.numbers or layout.role(column) is not None or tells_moment(layout.heading(column)):
        return False
    cells = set(_filled(layout.sample, column))
    return len(cells) > 1 or not next(iter(cells)).isdigit()


def _lacks_numbers(layout: Layout, column: int) -> bool:
    """Whether nothing stands under a heading that says something, or words under one of measured numbers."""
    said, cells = layout.role(column), _filled(layout.sample, column)
    measured = said in _MEASURED or is_dew_point(layout.heading(column))
    return said is not None and (not any(map(is_number, cells)) if measured else not cells)


def _filled(sample: Sequence[Row], column: int) -> list[str]:
    return [row[column].strip() for row in sample if column < len(row) and row[column].strip()]
