"""How a scanner types, and what its keys' moments say of it: its speed, its beat, and who broke it; no Qt (R36)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

STEADY = 30
"""Milliseconds by which the gaps of a steady beat differ at most: machines keep one, people do not."""
_BREAK, _TIMES = 30, 1.5
"""A gap breaks the beat of those after it where it is so many milliseconds, and so many times, over their longest."""
_BEAT = 3
"""Gaps that make a beat, at least."""


class Suffix(StrEnum):
    """What the scanner sends after a code."""

    ENTER = "enter"
    TAB = "tab"
    CR_LF = "cr-lf"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ScannerSettings:
    """How the scanner of this workstation types; all times in milliseconds, between the moments of two keys."""

    first_gap: int = 80
    """Between the first two keys at most: so long a single key that a person typed is held; a steady beat's slowest."""
    gap: int = 120
    """Between any two keys at most, the suffix among them."""
    average: int = 70
    """A character at most where the beat is not steady, from the fourth one on: the time since the first key through
    the characters so far."""
    least: int = 4
    """Characters of a scan."""
    sure: int = 6
    """Fewer characters than this are a scan only where they name something here."""
    longest: int = 3_000
    """From the first key to the last character at most, where the beat is not steady."""
    silence: int = 150
    """After the last character, where there is no suffix."""
    suffix: Suffix = Suffix.ENTER
    prefix: str = ""
    """What comes before every code; then nothing else is held, and single keys are not held at all."""
    sound: bool = True
    pauses: bool = False
    """Whether it rests after its first key: then a late second key says nothing of who typed the first."""
    separator: str = ""
    """The key that comes with Control where the separator should; empty where it comes as it should."""
    layouts: str = ""
    """The keyboards that scanner and computer are set to, where they differ (`de>us`); what comes is read back."""
    swapped: bool = False
    """Whether small letters come as capitals and capitals as small ones, and are read back."""
    port: str = ""
    """The serial port of a scanner that does not type; empty where there is none."""
    speed: int = 9_600
    """Bits a second of that port, one of `serial_port.SPEEDS`."""
    framing: str = "8N1"
    """Data bits, parity and stop bits of that port, one of `serial_port.FRAMINGS`."""


def broken(moments: Sequence[int], settings: ScannerSettings) -> str:
    """Return why keys that were pressed at these moments are not one scan; empty where they may be."""
    gap, most = moments[-1] - moments[-2], settings.first_gap if len(moments) == 2 else settings.gap  # noqa: PLR2004
    if not 0 <= gap <= most:
        return f"a gap of {gap} ms is over {most} ms"
    lasted, count = moments[-1] - moments[0], len(moments)
    if lasted <= settings.longest and (count < settings.least or lasted <= settings.average * count):
        return ""
    if steady(moments, settings):
        return ""
    if lasted > settings.longest:
        return f"it lasted over {settings.longest} ms"
    return f"it took over {settings.average} ms a character"


def steady(moments: Sequence[int], settings: ScannerSettings) -> bool:
    """Whether keys come in a beat that no person keeps, and no slower than the first two may.

    A scanner at 75 ms a key would be over the average with its sixteenth character, and over three seconds with its
    forty-first; a GS1 code is longer than that.
    """
    gaps = gaps_of(moments)
    return (
        len(moments) >= settings.sure
        and max(gaps) - min(gaps) <= STEADY
        and moments[-1] - moments[0] <= settings.first_gap * len(gaps)
    )


def breaks_beat(moments: Sequence[int], place: int) -> bool:
    """Whether the key at `place` came so late that those before it are somebody else's."""
    gaps = gaps_of(moments)
    late, rest = gaps[place - 1], gaps[place:]
    return len(rest) >= _BEAT and late >= max(max(rest) + _BREAK, _TIMES * max(rest))


def gaps_of(moments: Sequence[int]) -> list[int]:
    """Return the time between each two of them."""
    return [after - before for before, after in pairwise(moments)]
