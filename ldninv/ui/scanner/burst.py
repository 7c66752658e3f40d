"""Tells a scanner's keys from a person's by when they come; no Qt (R36).

Every key is held, passed on or taken, in its order: what is held and turns out to be no scan goes on as typing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, StrEnum, auto

from ldninv.domain.scan.plain import GS

_GLYPHS = frozenset({GS, "\u241d", "\uf70b"})
"""How a separator arrives as a character; the parser knows more ways, which are made of ordinary ones."""

_CODES = range(1, 256)
"""Numbers of characters that Alt and the digits of the keypad write."""


class Suffix(StrEnum):
    """What the scanner sends after a code."""

    ENTER = "enter"
    TAB = "tab"
    CR_LF = "cr-lf"
    NONE = "none"


_ENDS = {
    Suffix.ENTER: frozenset("\r\n"),
    Suffix.TAB: frozenset("\t"),
    Suffix.CR_LF: frozenset("\r\n"),
    Suffix.NONE: frozenset("\r\n"),
}
"""Keys that end a scan; a scanner that is said to send nothing may send Enter all the same."""


@dataclass(frozen=True, slots=True)
class ScannerSettings:
    """How the scanner of this workstation types; all times in milliseconds, between the moments of two keys."""

    first_gap: int = 80
    """Between the first two keys at most: so long a single key that a person typed is held."""
    gap: int = 120
    """Between any two keys at most, the suffix among them."""
    average: int = 70
    """A character at most, from the fourth one on: the time since the first key through the characters so far."""
    least: int = 4
    """Characters of a scan."""
    sure: int = 6
    """Fewer characters than this are a scan only where they name something here."""
    longest: int = 3_000
    """From the first key to the last character at most."""
    silence: int = 150
    """After the last character, where there is no suffix."""
    suffix: Suffix = Suffix.ENTER
    prefix: str = ""
    """What comes before every code; then nothing else is held, and single keys are not held at all."""
    sound: bool = True


class Fate(Enum):
    """What becomes of a key."""

    PASS = auto()
    """It goes where it was going."""
    HOLD = auto()
    TAKE = auto()
    """It was the scanner's, and goes nowhere."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key that was pressed."""

    at: int
    """When, in milliseconds of any one clock."""
    text: str
    """Its character; `\\r` and `\\t` for Enter and Tab, empty for a key that writes nothing."""
    code: bool = False
    """Whether it is a digit of Alt and a character's number."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a key, and of those held before it."""

    fate: Fate
    replay: bool = False
    """What was held goes on as typing first."""
    scan: str | None = None
    """What was held was this scan, and goes nowhere."""
    why: str = ""
    """Why what was held was no scan."""


class Burst:
    """Follows the keys of one stream."""

    def __init__(self, settings: ScannerSettings, names: Callable[[str], bool]) -> None:
        """Begin with nothing held; `names` says whether a short text names something here."""
        self.settings = settings
        self._names = names
        self._text = ""
        self._code = ""
        self._coded = False
        self._first = self._last = 0
        self._over: int | None = None
        self._held = 0

    @property
    def holds(self) -> bool:
        """Whether keys are held."""
        return self._held > 0

    @property
    def wait(self) -> int:
        """How long to wait for the next key before `silence`."""
        if self._held == 1 and not self._may_end:
            return self.settings.first_gap
        return self.settings.silence if self.settings.suffix is Suffix.NONE else self.settings.gap

    def keeps(self, stroke: Stroke) -> bool:
        """Whether a key would not simply pass, as things are; nothing changes."""
        return self._begins(stroke) or (self.holds and (_writes(stroke) or stroke.text in self._ends))

    def press(self, stroke: Stroke) -> Decision:
        """Say what becomes of a key."""
        if self._over is not None and stroke.text in self._ends and stroke.at - self._over <= self.settings.gap:
            return Decision(Fate.TAKE)
        self._over = None
        if not self.holds:
            return self._begin(stroke)
        if self.settings.suffix is Suffix.NONE and stroke.at - self._last >= self.settings.silence:
            before = self.silence()
            return replace(self._begin(stroke), replay=before.replay, scan=before.scan, why=before.why)
        if stroke.text in self._ends:
            return self._end(stroke)
        why = self._broken(stroke)
        if why:
            self.drop()
            return replace(self._begin(stroke), replay=True, why=why)
        self._add(stroke)
        return Decision(Fate.HOLD)

    def code_over(self) -> None:
        """Take the digits that came with Alt as one character: Alt was let go."""
        code, self._code = self._code, ""
        if code and int(code) in _CODES:
            self._text += chr(int(code))
            self._coded = True

    def silence(self) -> Decision:
        """Say what becomes of what is held, as nothing followed."""
        self.code_over()
        text = self._bare
        if self.settings.suffix is Suffix.NONE and self._is_scan(text):
            self.drop()
            return Decision(Fate.PASS, scan=text)
        self.drop()
        return Decision(Fate.PASS, replay=True, why="nothing followed")

    def drop(self) -> None:
        """Forget what is held."""
        self._text = self._code = ""
        self._coded = False
        self._held = 0

    @property
    def _ends(self) -> frozenset[str]:
        return _ENDS[self.settings.suffix]

    @property
    def _bare(self) -> str:
        return self._text.removeprefix(self.settings.prefix)

    @property
    def _may_end(self) -> bool:
        return self.settings.suffix is Suffix.NONE and len(self._bare) >= self.settings.least

    def _begins(self, stroke: Stroke) -> bool:
        if self.settings.prefix:
            return stroke.text == self.settings.prefix[0]
        return _writes(stroke) and stroke.text != " "

    def _begin(self, stroke: Stroke) -> Decision:
        self.drop()
        if not self._begins(stroke):
            return Decision(Fate.PASS)
        self._first = stroke.at
        self._add(stroke)
        return Decision(Fate.HOLD)

    def _add(self, stroke: Stroke) -> None:
        self._last = stroke.at
        self._held += 1
        if stroke.code:
            self._code += stroke.text
            return
        self.code_over()
        if self._coded and self._text.endswith(stroke.text):
            self._coded = False  # some systems write what was coded once more, as a character
            return
        self._coded = False
        self._text += stroke.text

    def _broken(self, stroke: Stroke) -> str:
        """Return why what is held and a key are not one scan; empty where they may be."""
        if not _writes(stroke):
            return "another key came"
        gap, most = stroke.at - self._last, self.settings.first_gap if self._held == 1 else self.settings.gap
        if not 0 <= gap <= most:
            return f"a gap of {gap} ms is over {most} ms"
        if stroke.at - self._first > self.settings.longest:
            return f"it lasted over {self.settings.longest} ms"
        count = self._held + 1
        if count >= self.settings.least and stroke.at - self._first > self.settings.average * count:
            return f"it took over {self.settings.average} ms a character"
        if not self.settings.prefix.startswith((self._text + stroke.text)[: len(self.settings.prefix)]):
            return "it does not begin with the prefix"
        return ""

    def _end(self, stroke: Stroke) -> Decision:
        """Decide at the suffix."""
        self.code_over()
        text, gap = self._bare, stroke.at - self._last
        most = self.settings.first_gap if self._held == 1 else self.settings.gap
        in_time = 0 <= gap <= most
        taken = in_time and self._is_scan(text)
        self.drop()
        if taken:
            self._over = stroke.at
            return Decision(Fate.TAKE, scan=text)
        if not in_time:
            return Decision(Fate.PASS, replay=True, why=f"a gap of {gap} ms is over {most} ms")
        short = len(text) < self.settings.least
        why = f"under {self.settings.least} characters came" if short else "it is short, and names nothing here"
        return Decision(Fate.PASS, replay=True, why=why)

    def _is_scan(self, text: str) -> bool:
        if len(text) < self.settings.least or not self._text.startswith(self.settings.prefix):
            return False
        return len(text) >= self.settings.sure or self._names(text)


def _writes(stroke: Stroke) -> bool:
    return bool(stroke.text) and (stroke.text.isprintable() or stroke.text in _GLYPHS)
