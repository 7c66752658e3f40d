"""Tells a scanner's keys from a person's by when they come; no Qt (R36).

Every key is held, passed on or taken, in its order: what is held and turns out to be no scan goes on as typing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto

from ldninv.domain.scan.plain import GS, bare
from ldninv.ui.scanner import pace
from ldninv.ui.scanner.layouts import read_back
from ldninv.ui.scanner.pace import ScannerSettings, Suffix

_GLYPHS = frozenset({GS, "\u241d", "\uf70b"})
"""How a separator arrives as a character; the parser knows more ways, which are made of ordinary ones."""

_CODES = range(1, 256)
"""Numbers of characters that Alt and the digits of the keypad write."""

_LEADS = 3
"""Keys that a person can have typed so shortly before a scan that they came with it."""


_ENDS = {
    Suffix.ENTER: frozenset("\r\n"),
    Suffix.TAB: frozenset("\t"),
    Suffix.CR_LF: frozenset("\r\n"),
    Suffix.NONE: frozenset("\r\n"),
}
"""Keys that end a scan; a scanner that is said to send nothing may send Enter all the same."""


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
    control: str = ""
    """What came with Control, where that writes nothing."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a key, and of those held before it."""

    fate: Fate
    replay: bool = False
    """What was held goes on as typing first."""
    lead: int = 0
    """So many of the keys that were held first are typing, and go on; the others are not decided, or the scan."""
    scan: str | None = None
    """What was held, but for the `lead`, was this scan, and goes nowhere."""
    doubt: bool = False
    """The scan names something with the keys of the `lead` and without them: nothing is done, and nothing goes on."""
    why: str = ""
    """Why what was held was no scan."""


class Burst:
    """Follows the keys of one stream."""

    def __init__(self, settings: ScannerSettings, names: Callable[[str], bool]) -> None:
        """Begin with nothing held; `names` says whether a text is a code that says what it is, or names something."""
        self.settings = settings
        self._names = names
        self._strokes: list[Stroke] = []
        self._pieces: list[str] = []
        self._code = ""
        self._coded = False
        self._over: int | None = None

    @property
    def holds(self) -> bool:
        """Whether keys are held."""
        return bool(self._strokes)

    @property
    def wait(self) -> int:
        """How long to wait for the next key before `silence`."""
        if len(self._strokes) == 1 and not self._may_end:
            return self.settings.first_gap
        return self.settings.silence if self.settings.suffix is Suffix.NONE else self.settings.gap

    def keeps(self, stroke: Stroke) -> bool:
        """Whether a key would not simply pass, as things are; nothing changes."""
        stroke = self._read(stroke)
        return self._begins(stroke) or (self.holds and (_writes(stroke) or stroke.text in self._ends))

    def press(self, stroke: Stroke) -> Decision:
        """Say what becomes of a key."""
        stroke = self._read(stroke)
        if self._over is not None and stroke.text in self._ends and stroke.at - self._over <= self.settings.gap:
            return Decision(Fate.TAKE)
        self._over = None
        if not self.holds:
            return self._begin(stroke)
        if self.settings.suffix is Suffix.NONE and stroke.at - self._strokes[-1].at >= self.settings.silence:
            before = self.silence()
            return replace(before, fate=self._begin(stroke).fate)
        if stroke.text in self._ends:
            return self._end(stroke)
        why = self._broken(stroke)
        lead = self._late(stroke) if why else 0
        if why and not lead:
            self.drop()
            return replace(self._begin(stroke), replay=True, why=why)
        self._drop_first(lead)
        self._add(stroke)
        return Decision(Fate.HOLD, lead=lead, why=why)

    def code_over(self) -> None:
        """Take the digits that came with Alt as one character: Alt was let go."""
        code, self._code = self._code, ""
        if code and int(code) in _CODES:
            self._pieces[-1] = chr(int(code))
            self._coded = True

    def silence(self) -> Decision:
        """Say what becomes of what is held, as nothing followed."""
        self.code_over()
        taken = self._scan() if self.settings.suffix is Suffix.NONE else None
        self.drop()
        return replace(taken, fate=Fate.PASS) if taken else Decision(Fate.PASS, replay=True, why="nothing followed")

    def drop(self) -> None:
        """Forget what is held."""
        self._strokes, self._pieces = [], []
        self._code = ""
        self._coded = False

    @property
    def _ends(self) -> frozenset[str]:
        return _ENDS[self.settings.suffix]

    @property
    def _bare(self) -> str:
        return "".join(self._pieces).removeprefix(self.settings.prefix)

    @property
    def _may_end(self) -> bool:
        return self.settings.suffix is Suffix.NONE and len(self._bare) >= self.settings.least

    def _read(self, stroke: Stroke) -> Stroke:
        """Return a key as it was meant: another one may come with Control where the separator should."""
        separates = bool(stroke.control) and stroke.control == self.settings.separator and self.holds
        return replace(stroke, text=GS, control="") if separates else stroke

    def _begins(self, stroke: Stroke) -> bool:
        if self.settings.prefix:
            return stroke.text == self.settings.prefix[0]
        return _writes(stroke) and stroke.text != " "

    def _begin(self, stroke: Stroke) -> Decision:
        self.drop()
        if not self._begins(stroke):
            return Decision(Fate.PASS)
        self._add(stroke)
        return Decision(Fate.HOLD)

    def _add(self, stroke: Stroke) -> None:
        self._strokes.append(stroke)
        self._pieces.append("")
        if stroke.code:
            self._code += stroke.text
            return
        if self._code:  # Alt was let go elsewhere: the digits before this key were a character
            self._pieces.pop()
            self.code_over()
            self._pieces.append("")
        if self._coded and "".join(self._pieces).endswith(stroke.text):
            self._coded = False  # some systems write what was coded once more, as a character
            return
        self._coded = False
        self._pieces[-1] = stroke.text

    def _drop_first(self, lead: int) -> None:
        del self._strokes[:lead], self._pieces[:lead]

    def _moments(self, *more: Stroke) -> list[int]:
        return [each.at for each in (*self._strokes, *more)]

    def _broken(self, stroke: Stroke) -> str:
        """Return why what is held and a key are not one scan; empty where they may be."""
        if not _writes(stroke):
            return "another key came"
        why = pace.broken(self._moments(stroke), self.settings)
        begun = ("".join(self._pieces) + stroke.text)[: len(self.settings.prefix)]
        if not why and not self.settings.prefix.startswith(begun):
            return "it does not begin with the prefix"
        return why

    def _late(self, stroke: Stroke) -> int:
        """Return how many keys came before a slow scanner's, that broke the pace; 0 where none or all did."""
        if self.settings.prefix or not _writes(stroke):
            return 0
        moments = self._moments(stroke)
        for lead in self._leads():
            rest = moments[lead:]
            if pace.steady(rest, self.settings) and not pace.broken(rest, self.settings):
                return lead
        return 0

    def _leads(self) -> list[int]:
        """Return how many of the first keys may be a person's: none that is a part of a character's number."""
        most = min(_LEADS, len(self._strokes) - self.settings.least)
        return [lead for lead in range(1, most + 1) if not self._strokes[lead - 1].code]

    def _end(self, stroke: Stroke) -> Decision:
        """Decide at the suffix."""
        self.code_over()
        gap, most = stroke.at - self._strokes[-1].at, self.settings.gap
        if len(self._strokes) == 1:
            most = self.settings.first_gap
        in_time, short = 0 <= gap <= most, len(self._bare) < self.settings.least
        taken = self._scan() if in_time else None
        self.drop()
        if taken:
            self._over = stroke.at
            return taken
        if not in_time:
            return Decision(Fate.PASS, replay=True, why=f"a gap of {gap} ms is over {most} ms")
        why = f"under {self.settings.least} characters came" if short else "it is short, and names nothing here"
        return Decision(Fate.PASS, replay=True, why=why)

    def _scan(self) -> Decision | None:
        """Return what is held as a scan, without what a person typed just before it; None where it is none."""
        if not "".join(self._pieces).startswith(self.settings.prefix):
            return None
        lead, doubt = (0, False) if self.settings.prefix else self._lead()
        text = self._meant(0 if doubt else lead)
        if not doubt and not self._is_scan(text):
            return None
        return Decision(Fate.TAKE, lead=lead, scan=text, doubt=doubt)

    def _meant(self, lead: int = 0) -> str:
        """Return what is held without its first keys, its prefix taken off, as the scanner meant it."""
        return read_back("".join(self._pieces[lead:]).removeprefix(self.settings.prefix), self.settings)

    def _lead(self) -> tuple[int, bool]:
        """Return how many keys a person typed just before the scan, and whether that is in doubt (R30, R36).

        An internal lot proves itself by its check character. Else the beat says it, but where all of it names something
        it is one code; where the code without the first keys does as well, nobody can know.
        """
        text, moments, leads = self._meant(), self._moments(), self._leads()
        if bare(text).internal:
            return 0, False
        proven = next((lead for lead in leads if bare(self._meant(lead)).internal), 0)
        late = [lead for lead in leads if pace.breaks_beat(moments, lead) and not (lead == 1 and self.settings.pauses)]
        lead = proven or (late[-1] if late else 0)
        if not lead or not self._names(text):
            return lead, False
        return (lead, True) if late and self._names(self._meant(lead)) else (0, False)

    def _is_scan(self, text: str) -> bool:
        return len(text) >= self.settings.least and (len(text) >= self.settings.sure or self._names(text))


def _writes(stroke: Stroke) -> bool:
    return bool(stroke.text) and (stroke.text.isprintable() or stroke.text in _GLYPHS)
