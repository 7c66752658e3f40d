"""A scanner that is set to another keyboard than the computer: what comes of a character, and what was meant; no Qt.

A scanner that types sends the places of keys, as they are on the keyboard that it is set to; the computer writes what
stands at those places on its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import permutations

from ldninv.domain.scan.plain import GS
from ldninv.ui.scanner.keyboards import DEAD, KEYBOARDS, Keyboard
from ldninv.ui.scanner.pace import ScannerSettings

PRINTED = "".join(map(chr, range(0x21, 0x7F)))
"""What a code can hold, and what a scanner adds to it."""


class Case(StrEnum):
    """What became of the letters."""

    KEPT = "kept"
    SWAPPED = "swapped"
    UPPER = "upper"
    LOWER = "lower"


def layout_pairs() -> tuple[str, ...]:
    """Return the pairs of keyboards that scanner and computer can be set to, as they are kept: `de>us`."""
    return tuple(f"{scanner}>{computer}" for scanner, computer in permutations(KEYBOARDS, 2))


@dataclass(frozen=True, slots=True)
class Layouts:
    """A scanner that is set to one keyboard at a computer that is set to another."""

    scanner: Keyboard
    computer: Keyboard

    def arriving(self, text: str) -> str:
        """Return what comes of a text; `DEAD` for what does not come as a character."""
        comes = _comes(self.scanner.name, self.computer.name)
        return "".join(comes.get(character, character if character == GS else DEAD) for character in text)

    def read_back(self, text: str) -> str:
        """Return what was meant; what can come of no character, or of several, stays as it came."""
        meant = _meant(self.scanner.name, self.computer.name)
        return "".join(meant.get(character, character) for character in text)

    @property
    def lost(self) -> str:
        """The characters that cannot be read back."""
        return _lost(self.scanner.name, self.computer.name)

    @property
    def separator_key(self) -> str:
        """What comes with Control where the scanner sends Control and `]`; a capital, as Qt names keys."""
        return self.arriving("]").upper()


def layouts(pair: str) -> Layouts:
    """Return a pair of keyboards by how it is kept.

    >>> layouts("us>de").arriving("LDN-YZ/(1)"), layouts("us>de").read_back("LDNßZY-)1=")
    ('LDNßZY-)1=', 'LDN-YZ/(1)')
    """
    scanner, computer = pair.split(">")
    return Layouts(KEYBOARDS[scanner], KEYBOARDS[computer])


def change_case(text: str, case: Case) -> str:
    """Return what becomes of the letters of a text; others than A to Z have no other case at every keyboard."""
    changes: dict[Case, Callable[[str], str]] = {
        Case.KEPT: str,
        Case.SWAPPED: str.swapcase,
        Case.UPPER: str.upper,
        Case.LOWER: str.lower,
    }
    return "".join(changes[case](each) if each.isascii() else each for each in text)


def read_back(text: str, settings: ScannerSettings) -> str:
    """Return what a scanner that types meant, as it is said to be set.

    >>> read_back("AYZß", ScannerSettings()), read_back("AYZß", ScannerSettings(layouts="us>de"))
    ('AYZß', 'AZY-')
    """
    cased = change_case(text, Case.SWAPPED) if settings.swapped else text
    return layouts(settings.layouts).read_back(cased) if settings.layouts else cased


@cache
def _lost(scanner: str, computer: str) -> str:
    both = Layouts(_named(scanner), _named(computer))
    return "".join(each for each in PRINTED if both.read_back(both.arriving(each)) != each)


@cache
def _comes(scanner: str, computer: str) -> dict[str, str]:
    theirs, ours = _named(scanner), _named(computer)
    found: dict[str, str] = {}
    for character, place in theirs.places():
        if character in PRINTED:
            found.setdefault(character, ours.at(place))
    return found


@cache
def _meant(scanner: str, computer: str) -> dict[str, str]:
    """Return what each character that comes was, where it can have been one alone."""
    meant: dict[str, str] = {}
    for character, comes in _comes(scanner, computer).items():
        meant[comes] = DEAD if comes in meant else character
    return {comes: character for comes, character in meant.items() if DEAD not in {comes, character}}


def _named(name: str) -> Keyboard:
    return next(each for each in KEYBOARDS.values() if each.name == name)
