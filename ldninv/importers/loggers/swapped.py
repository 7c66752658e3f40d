"""Temperature and humidity that change places within a file, as where two exports with other columns were joined."""

from __future__ import annotations

from operator import sub

from ldninv.domain.refusal import Refused
from ldninv.importers.loggers.rows import Rows

_JUMP = 5.0
"""A step of the temperature, in the file's own unit, from which on it is looked at."""
_NEAR = 0.05
"""Of what lay between the two before: how near each has to come to the other's former place."""


def refuse(name: str, rows: Rows) -> None:
    """Refuse a file in which both jump to where the other was, from one row to the next.

    Raises:
        Refused: they do.
    """
    if rows.humidity is None:
        return
    temperature, humidity = rows.temperature.values, rows.humidity.values
    steps = map(sub, temperature[1:], temperature)
    jumps = [at for at, step in enumerate(steps, 1) if not -_JUMP < step < _JUMP]
    for at in jumps:
        was, other = temperature[at - 1], humidity[at - 1]
        near = _NEAR * abs(was - other)
        if abs(temperature[at] - other) <= near and abs(humidity[at] - was) <= near:
            raise Refused(
                f"{name}, line {rows.lines[at]}: from here on temperature and humidity seem to have changed places. "
                "Export the file again."
            )
