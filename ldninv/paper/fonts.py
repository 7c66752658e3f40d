"""The faces that come with the program, so that paper looks the same on a machine without any font."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from ldninv.domain.refusal import Surroundings
from ldninv.paper.gui import ensure_gui

UNIT = 20
"""Units of the page in one point: fine enough that text is measured as it is printed."""

TEXT = ("font_source_sans_pro", "files/SourceSansPro-Regular.ttf")
TEXT_BOLD = ("font_source_sans_pro", "files/SourceSansPro-Semibold.ttf")
ICONS = ("fonticon_mdi7", "fonts/materialdesignicons-webfont.ttf")

GLYPHS = {
    "thermometer-alert": "\U000f0e01",
    "alarm": "\U000f0020",
    "barcode-off": "\U000f1236",
    "bullhorn": "\U000f00e6",
    "calendar-alert": "\U000f0a31",
    "cancel": "\U000f073a",
    "check-circle": "\U000f05e0",
    "circle-outline": "\U000f0766",
    "clock-alert": "\U000f0955",
    "close-circle": "\U000f0159",
    "close-octagon": "\U000f015c",
    "delete-circle": "\U000f0683",
    "hand-back-left": "\U000f0e46",
    "help-circle": "\U000f02d7",
    "lock": "\U000f033e",
    "plus-circle": "\U000f0417",
}
"""The icons that paper shows, by the names that signs use; the package's own table has 7 000."""


class _Widths(dict[str, float]):
    """The width of each character, measured when it is first met."""

    def __init__(self, measure: Callable[[str], float]) -> None:
        super().__init__()
        self._measure = measure

    def __missing__(self, character: str) -> float:
        self[character] = width = self._measure(character)
        return width


class Face:
    """A font at one size, and how it measures; widths are in units of the page.

    Without kerning a text is as wide as its characters together, and is measured and written in half of the time. That
    is right for tables and plain ASCII alone: Qt then leaves out what other writing and the icons need.
    """

    def __init__(self, family: str, points: float, *, bold: bool = False, kerning: bool = True) -> None:
        self.font = QFont(family)
        self.font.setKerning(kerning)
        if kerning:
            for ligatures in ("liga", "clig", "dlig"):  # a joined “ft” cannot be read back out of a PDF
                self.font.setFeature(QFont.Tag(ligatures), 0)
        else:
            self.font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
        self.font.setPixelSize(round(points * UNIT))
        self.font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        self.font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        metrics = QFontMetricsF(self.font)
        self.ascent, self.line = metrics.ascent(), metrics.ascent() + metrics.descent()
        self._measure = metrics.horizontalAdvance
        self._characters = _Widths(metrics.horizontalAdvance)
        self._kerning = kerning

    def width(self, text: str) -> float:
        """Return how wide `text` is."""
        return self._measure(text) if self._kerning else sum(map(self._characters.__getitem__, text))

    def wrapped(self, text: str, room: float, most: int) -> tuple[str, ...]:
        """Return `text` in at most `most` lines no wider than `room`, the last cut short where it must be.

        Lines break at blanks; a word wider than a line breaks anywhere.
        """
        if self.width(text) <= room:
            return (text,)
        lines: list[str] = []
        rest = text
        while rest and len(lines) < most:
            line, rest = self._line(rest, room)
            lines.append(line)
        if rest:
            lines[-1] = self._cut(f"{lines[-1].rstrip(' ,;')}…", room)
        return tuple(lines)

    def _line(self, text: str, room: float) -> tuple[str, str]:
        """Return the longest beginning of `text` that fits, and the rest."""
        fits = max(self._fitting(text, room), 1)
        if fits == len(text):
            return text, ""
        blank = text.rfind(" ", 0, fits + 1)
        if blank > 0:
            return text[:blank].rstrip(), text[blank:].lstrip()
        return text[:fits], text[fits:]

    def _fitting(self, text: str, room: float) -> int:
        """Return how many of the first characters fit."""
        used = 0.0
        for at, character in enumerate(text):
            used += self._characters[character]
            if used > room:
                return at
        return len(text)

    def _cut(self, text: str, room: float) -> str:
        while len(text) > 1 and self.width(text) > room:
            text = f"{text[:-2].rstrip(' ,;')}…"
        return text


@cache
def family(package: str, file: str) -> str:
    """Load a font file of an installed package, once a process, and return the name of its family.

    Raises:
        Surroundings: the package or its file is missing, or Qt cannot read it.
    """
    ensure_gui()
    spec = find_spec(package)
    path = Path(spec.origin).parent / file if spec is not None and spec.origin is not None else None
    number = -1 if path is None else QFontDatabase.addApplicationFont(str(path))
    if number < 0:
        raise Surroundings(
            f"The font {file} of {package} cannot be loaded. Install the program again with its dependencies."
        )
    return QFontDatabase.applicationFontFamilies(number)[0]


@cache
def text_face(points: float, *, bold: bool = False, kerning: bool = True) -> Face:
    """Return the text face; its figures are all of one width, so that dates and counts stand in columns."""
    family(*TEXT_BOLD)
    return Face(family(*TEXT), points, bold=bold, kerning=kerning)


@cache
def icon_face(points: float) -> Face:
    """Return the face whose characters are the icons of `GLYPHS`."""
    return Face(family(*ICONS), points)
