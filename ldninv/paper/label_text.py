"""The text of a label, broken into lines for a width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ldninv.domain.labels import Line, Role
from ldninv.paper.fonts import UNIT, Face, text_face

LEADING = 1.13
BASELINE = 0.85
"""In the size of the letters: from line to line, and from a line's top to its baseline."""

_BOLD = (Role.TITLE, Role.LOT, Role.DATE)
_WHOLE = (Role.LOT, Role.DATE)
"""Lines that are read as one, and not broken while there is another way."""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text, in units of the page."""

    x: float
    baseline: float
    text: str
    face: Face
    points: float


@dataclass(slots=True)
class _Row:
    """Texts side by side on one line."""

    points: float
    width: float
    whole: bool
    """Whether each of them stands on it from beginning to end."""
    texts: list[tuple[float, str, Face, float]]
    """Each with where it begins, its face and its size in points."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of text, broken for a width."""

    rows: tuple[_Row, ...]

    @property
    def height(self) -> float:
        """Of all of them together."""
        return sum(row.points for row in self.rows) * UNIT * LEADING

    def at(self, x: float, top: float) -> Iterator[Text]:
        """Return where each text stands, the first line's top being at `top`."""
        for row in self.rows:
            for begins, text, face, points in row.texts:
                yield Text(x + begins, top + row.points * UNIT * BASELINE, text, face, points)
            top += row.points * UNIT * LEADING


class TooNarrowError(Exception):
    """A line that is read as one is wider than there is room."""


def broken(lines: Iterable[tuple[Line, float]], width: float, *, packed: bool, breaking: bool) -> Lines:
    """Break texts, each with its size in points, for a width: at sentences first, then at words.

    Args:
        lines: What stands there.
        width: In units of the page.
        packed: Whether short texts may stand side by side.
        breaking: Whether a lot may go on in the next line.

    Raises:
        TooNarrowError: a lot or a date is wider.
    """
    rows: list[_Row] = []
    for line, points in lines:
        face = text_face(points, bold=line.role in _BOLD)
        wide, apart = face.width(line.text), points * UNIT
        whole = wide <= width
        if not whole and line.role in _WHOLE and not breaking:
            raise TooNarrowError
        beside = next((row for row in rows if row.whole and row.width + apart + wide <= width), None)
        if packed and beside is not None:
            beside.texts.append((beside.width + apart, line.text, face, points))
            beside.points, beside.width = max(beside.points, points), beside.width + apart + wide
            continue
        for sentence in (line.text,) if whole else line.text.replace(". ", ".\n").split("\n"):
            rows += [
                _Row(points, face.width(text), whole, [(0, text, face, points)])
                for text in face.wrapped(sentence, width, len(sentence))
            ]
    return Lines(tuple(rows))
