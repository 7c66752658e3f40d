"""What only all rows show: a probe that begins later than the first rows, and a table of several loggers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ldninv.domain.refusal import Refused
from ldninv.importers.loggers.headings import Role, folded
from ldninv.importers.loggers.layout import Layout
from ldninv.importers.loggers.source import Row
from ldninv.importers.loggers.values import is_number
from ldninv.importers.sheets import quoted

_MOST = 32
"""Loggers in one table; what has more names is no name of a logger but a running number."""
_WHAT = (
    "sensor|device|logger|probe|channel|location|room|place|thermometer|tag|gerat|geraet|fuhler|messstelle|standort|raum"
    "|kanal|appareil|capteur|sonde|lieu|voie|dispositivo|canal|ubicacion|lugar|sala|aparelho|strumento|apparat"
)
_NAMED = re.compile(
    rf"(?:{_WHAT})s?(?:[ -]?(?:id|name|no|nr|number|nummer|serial|mac|address|label|numero|nombre|nom|nome))?\.?"
    r"|(?:serial|serien)[ -]?(?:no|nr|number|nummer)?\.?|s/?n|mac(?: address)?|name|id"
    r"|设备.*|設備.*|传感器.*|センサ.*|テハイス.*|ロカー.*"
)


def names_a_logger(heading: str) -> bool:
    """Whether it is a heading below which the names or numbers of loggers stand.

    >>> names_a_logger("Serial Number"), names_a_logger("Sensor"), names_a_logger("Number")
    (True, True, False)
    """
    return _NAMED.fullmatch(folded(heading)) is not None


def quiet(layout: Layout) -> list[int]:
    """Return the columns whose headings tell of a temperature and whose first rows hold none."""
    wide = range(len(layout.headings))
    apart = {*layout.times, *layout.numbers}
    return [at for at in wide if at not in apart and layout.role(at) is Role.TEMPERATURE]


class Others:
    """Watches the columns beside those that are read."""

    def __init__(self, layout: Layout, read: Sequence[int]) -> None:
        self._layout = layout
        self._quiet = [at for at in quiet(layout) if at not in read]
        wide = [at for at in range(len(layout.headings)) if at not in read]
        self._named = [at for at in wide if names_a_logger(layout.heading(at))]
        self._names: dict[int, Counter[str]] = {at: Counter() for at in self._named}
        self._first: dict[tuple[int, str], int] = {}
        self._seen: set[str] = set()
        self.spoke: int | None = None
        """The first column of temperatures that has one after all."""

    def see(self, rows: Sequence[Row], lines: Sequence[int]) -> None:
        """Look at a block of rows."""
        for at in self._quiet:
            new = {row[at] for row in rows if at < len(row)} - self._seen
            self._seen |= new
            if self.spoke is None and any(map(is_number, new)):
                self.spoke = at
        for at in self._named:
            names = self._names[at]
            if len(names) > _MOST:
                continue
            found = [row[at].strip() if at < len(row) else "" for row in rows]
            for name in set(found) - names.keys() - {""}:
                self._first[at, name] = lines[found.index(name)]
            names.update(found)

    def refuse_several(self, name: str) -> None:
        """Refuse a table that holds the readings of several loggers.

        A number below such a heading that comes again may count something; nobody can tell it from loggers that are
        numbered and take turns, and these would be read as one.

        Raises:
            Refused: it does.
        """
        for at, names in self._names.items():
            del names[""]
            if not 1 < len(names) <= _MOST or 2 * len(names) > names.total() or all(map(_measured, names)):
                continue
            one, other = sorted(names, key=lambda each: self._first[at, each])[:2]
            raise Refused(
                f"{name} holds the readings of several loggers or places: under {quoted(self._layout.heading(at))} "
                f"stands {quoted(one)} on line {self._first[at, one]} and {quoted(other)} on line "
                f"{self._first[at, other]}. Export each of them to a file of its own."
            )


def _measured(name: str) -> bool:
    """Whether it is a number with decimals: that is measured or counted, and names nothing."""
    return is_number(name) and not name.strip("+-").isdigit()
