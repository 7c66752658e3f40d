"""Strengths and capsule counts: whole numbers, so that sums and comparisons are exact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import ClassVar

from ldninv.domain.refusal import Refused

LARGEST_BATCH = 1_000_000
"""Capsules; a count above it is a slip of the finger, not a batch from a bench."""

LONGEST_SUPPLY = 366
"""Days; a supply above it is a slip of the finger, not a prescription."""

HEAVIEST_MG = 10_000
"""Of a filled capsule; above it the unit is not milligrams."""

_HIGHEST_MG = 10
_NO_LOW_DOSE = f"mg is no low dose: the program takes strengths above 0 and up to {_HIGHEST_MG} mg."


@dataclass(frozen=True, slots=True, order=True)
class Strength:
    """Naltrexone hydrochloride in one capsule, kept in whole micrograms."""

    micrograms: int

    HIGHEST_MG: ClassVar[int] = _HIGHEST_MG

    def __post_init__(self) -> None:
        if not 0 < self.micrograms <= self.HIGHEST_MG * 1000:
            raise Refused(f"{_plain(self.micrograms)} {_NO_LOW_DOSE}")

    @classmethod
    def of_milligrams(cls, milligrams: Decimal) -> Strength:
        """Return the strength of `milligrams` mg.

        Raises:
            Refused: not above 0, over 10 mg, or finer than a microgram.

        >>> Strength.of_milligrams(Decimal("4.5"))
        Strength(micrograms=4500)
        """
        if not milligrams.is_finite() or not 0 < milligrams <= cls.HIGHEST_MG:
            raise Refused(f"{milligrams} {_NO_LOW_DOSE}")
        if milligrams != milligrams.quantize(Decimal("0.001")):
            raise Refused(f"{milligrams} mg is finer than a microgram.")
        return cls(int(milligrams * 1000))

    @classmethod
    def parse(cls, text: str) -> Strength:
        """Return the strength that a person typed: `4.5`, `4,5` or `4.5 mg`.

        Raises:
            Refused: there is no such number, or it is out of range.

        >>> str(Strength.parse("4,50 mg"))
        '4.5'
        """
        bare = text.strip().lower().removesuffix("mg").strip().replace(",", ".")
        try:
            return cls.of_milligrams(Decimal(bare))
        except InvalidOperation:
            raise Refused(f"“{text}” is no strength. Give milligrams, such as 4.5.") from None

    def __str__(self) -> str:
        """Milligrams without trailing zeros: `4.5`, `3`."""
        return _plain(self.micrograms)


def _plain(micrograms: int) -> str:
    return f"{Decimal(micrograms) / 1000:f}".rstrip("0").rstrip(".") if micrograms % 1000 else str(micrograms // 1000)


def capsules(count: int) -> str:
    """Return `count` in words, for sentences.

    >>> capsules(1), capsules(30)
    ('1 capsule', '30 capsules')
    """
    return f"{count} capsule" if abs(count) == 1 else f"{count} capsules"


def whole_capsules(count: int, lot: str | None = None) -> int:
    """Return `count` where it is a number of capsules that can be taken, of batch `lot` if named, else refuse.

    Raises:
        Refused: it is not above zero, or larger than any batch.
    """
    if count <= 0:
        raise Refused(f"{count} is no number of capsules to take{_of(lot)}. Give 1 or more.")
    if count > LARGEST_BATCH:
        raise Refused(f"{count} capsules{_of(lot)} is more than any batch holds. Check the number.")
    return count


def _of(lot: str | None) -> str:
    return "" if lot is None else f" of batch {lot}"


def whole_days(count: int, lot: str | None = None) -> int:
    """Return `count` where it is a number of days that a supply can last, of batch `lot` if named, else refuse.

    Raises:
        Refused: it is not above zero, or longer than a year.
    """
    if count <= 0:
        raise Refused(f"{count} is no days' supply{_of(lot)}. Give 30, 60, 90 or another number above 0.")
    if count > LONGEST_SUPPLY:
        raise Refused(f"{count} days{_of(lot)} is longer than any supply. Check the number.")
    return count


_COMMA = re.compile(r"(?<![\d.])(\d+),(\d+)(?![\d.])", re.ASCII)
"""Two numbers with nothing but a comma between them: a list, or a decimal comma."""


def weights(text: str) -> tuple[Decimal, ...]:
    """Return the weights of capsules in milligrams that a person wrote one after the other.

    Raises:
        Refused: something is no weight, weighs what no capsule does, or can be one weight or two.

    >>> weights("251, 249.5 250")
    (Decimal('251'), Decimal('249.5'), Decimal('250'))
    """
    doubtful = next((each for each in _COMMA.finditer(text) if len(each[2]) < len(each[1])), None)
    if doubtful is not None:
        raise Refused(f"“{doubtful[0]}” can be one weight or two. Write {doubtful[1]}.{doubtful[2]}, or put a blank.")
    try:
        found = tuple(Decimal(part) for part in text.replace(",", " ").replace(";", " ").split())
    except InvalidOperation:
        raise Refused(f"“{text}” holds something that is no weight. Write milligrams: 251, 249, 250.") from None
    if not all(weight.is_finite() and 0 < weight < HEAVIEST_MG for weight in found):
        raise Refused("A capsule weighs more than 0 mg and less than 10 g. Check the weights.")
    return found


def with_minus(text: str) -> str:
    """Return a text in which what is below zero carries the sign of print; for people, never to be read back.

    >>> with_minus("-18.5 °C to -2 °C, since 2026-11-27 at Shelf B-2")
    '−18.5 °C to −2 °C, since 2026-11-27 at Shelf B-2'
    """
    return _BELOW_ZERO.sub("−", text)


_BELOW_ZERO = re.compile(r"(?<!\S)-(?=[0-9])")


def grouped(number: int) -> str:
    """Return a number that can be read at a glance: groups of three, set apart by a narrow blank that does not break.

    >>> grouped(100000)
    '100\u202f000'
    """
    return f"{number:,}".replace(",", "\u202f")
