"""The numbers of a list: strengths and counts of capsules, whatever stands around them in the cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from ldninv.domain.quantities import LARGEST_BATCH, Strength
from ldninv.domain.refusal import Refused
from ldninv.importers.sheets import Cell, Unfit, quoted

Marks = frozenset[str]
"""The signs that a file writes its decimals with: point or comma; both where rows disagree, none where none shows."""

_LONGEST = 200
"""Characters of a cell in which a number is looked for."""
_LONGEST_NUMBER = 20
_GROUP = 3
"""Digits that a thousands separator sets apart."""
_GAPS = " \u00a0\u202f\u2009'’"
_NUMBER = rf"[0-9]+(?:[.,][0-9]+|[{_GAPS}][0-9]{{3}}(?![0-9]))*|[.,][0-9]+"
_PLAIN = re.compile(r"([0-9]*)(?:([.,])([0-9]+))?")
_GROUPED = re.compile(rf"([1-9][0-9]{{0,2}}(?:([.,{_GAPS}])[0-9]{{3}})(?:\2[0-9]{{3}})*)(?:(?!\2)([.,])([0-9]+))?")
_SIGNED = re.compile(r"[-−–]\s*[0-9.,]|\(\s*[0-9.,]+\s*\)|[0-9.,]+\s*[-−–]$")
_COUNT = re.compile(rf"(?:#\s*)?({_NUMBER})\s*([^\W\d_]*)\.?")
_LEADING_ZERO = re.compile(r"0[0-9]")
_MICRO_UNITS = "µg|μg|ug|mcg|micrograms?|mikrogramm|microgrammes?|microgramos?"
_UNITS = rf"mgs?|milligram(?:s|m|me|mes)?|miligramos?|{_MICRO_UNITS}"
_DOSE = re.compile(
    rf"(?P<range>[0-9]\s*[-–+x×/]\s*)?(?<![0-9.,])(?P<number>{_NUMBER})[\s-]*(?P<unit>{_UNITS})(?![^\W\d_])\.?(?P<per>\s*/)?",
    re.IGNORECASE,
)
_MICRO = re.compile(_MICRO_UNITS, re.IGNORECASE)
_BARE = re.compile(rf"(?:ldn|naltrexone?|naltrexona)?\s*({_NUMBER})\s*([^\W\d_]*)\.?", re.IGNORECASE)
_CAPSULES = {
    *("c", "cap", "caps", "capsule", "capsules", "ct", "ea", "each", "pc", "pcs", "unit", "units", "count"),
    *("kps", "kapsel", "kapseln", "stk", "stuck", "st", "gelule", "gelules", "gel", "unite", "unites"),
    *("capsula", "capsulas", "ud", "uds", "unidad", "unidades"),
}
_NALTREXONE = re.compile(r"(?<![^\W\d_])(?:naltrexon|ldn|ntx)|low.?dose", re.IGNORECASE)
_NO_DRUG = re.compile(
    rf"{_UNITS}|[^\W\d_]{{1,3}}|\w*(?:kapsel|capsul|gelul|gélul|cápsul)\w*|oral|hard|hart|size|dose|strength|release|immediate",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")


def marks_of(strengths: Iterable[Cell], counts: Iterable[Cell]) -> Marks:
    """Return the decimal marks of a file: those of its strengths, or where these show none, of its counts.

    >>> sorted(marks_of(["2,5 mg", "4 mg"], ["1.000"]))
    [',']
    """
    doses = [text for text in strengths if isinstance(text, str)]
    return (
        frozenset(mark for text in doses for mark in _marks(text, thousandths=False))
        or frozenset(mark for text in doses for mark in _marks(text, thousandths=True))
        or frozenset(mark for text in counts if isinstance(text, str) for mark in _marks(text, thousandths=False))
    )


@lru_cache(maxsize=16384)
def _marks(text: str, *, thousandths: bool) -> tuple[str, ...]:
    """Return the marks that a text can only use for decimals; with `thousandths`, also before three digits of mg."""
    if thousandths and _MICRO.search(text):
        return ()
    marks = []
    for number in re.findall(_NUMBER, text[:_LONGEST]):
        if found := _PLAIN.fullmatch(number):
            if found[2] and (thousandths or len(found[3]) != _GROUP or found[1] in {"", "0"}):
                marks.append(found[2])
        elif (found := _GROUPED.fullmatch(number)) and found[3]:
            marks.append(found[3])
    return tuple(marks)


def count(cell: Cell, marks: Marks) -> int | Unfit:
    """Return the whole capsules that a cell counts.

    >>> count("1 000 Kps.", frozenset(",")), count("1,000", frozenset("."))
    (1000, 1000)
    """
    if isinstance(cell, str):
        return _count(cell, marks)
    if isinstance(cell, Unfit):
        return cell
    return Unfit(f"{quoted(cell)} is a date, not a number") if isinstance(cell, date) else _whole(Decimal(cell), cell)


@lru_cache(maxsize=16384)
def _count(text: str, marks: Marks) -> int | Unfit:
    bare = text.strip()
    if not bare:
        return Unfit("is blank")
    if _SIGNED.match(bare):
        return Unfit(f"{quoted(text)} is negative")
    found = _COUNT.fullmatch(bare[:_LONGEST])
    if found is None or (found[2] and _folded(found[2]) not in _CAPSULES):
        return Unfit(f"{quoted(text)} is no number of capsules")
    if _LEADING_ZERO.match(found[1]):
        return Unfit(f"{quoted(text)} begins with a zero; a number may have been torn at its thousands")
    number = _decimal(found[1], marks, thousands=True)
    if isinstance(number, Decimal) and -int(number.as_tuple().exponent) > _GROUP:
        return Unfit(f"{quoted(text)} is no number of capsules")
    return Unfit(f"{quoted(text)} {number.why}") if isinstance(number, Unfit) else _whole(number, text)


def _whole(number: Decimal, cell: Cell) -> int | Unfit:
    if not number.is_finite() or abs(number) > LARGEST_BATCH:
        return Unfit(f"{quoted(cell)} is more than any batch holds")
    if number < 0:
        return Unfit(f"{quoted(cell)} is negative")
    if number != int(number):
        return Unfit(f"{quoted(cell)} is no whole number of capsules")
    return int(number)


def _decimal(number: str, marks: Marks, *, thousands: bool) -> Decimal | Unfit:
    """Return the value of a number as written.

    Args:
        number: Digits with their marks and gaps.
        marks: The file's decimal marks.
        thousands: Whether one mark before three digits groups thousands, unless the file uses it for decimals.
    """
    plain = _PLAIN.fullmatch(number)
    grouped = _GROUPED.fullmatch(number)
    if len(number) > _LONGEST_NUMBER:
        return Unfit("is too long for a number")
    if plain and plain[2] and grouped:
        if thousands and plain[2] in marks:
            small = f"{_value(plain[1], plain[3]).normalize():f}"
            return Unfit(f"may be {small} or {plain[1]}{plain[3]}: the list writes its decimals that way too")
        if not thousands and (not marks or plain[2] in marks):
            grouped = None
    if grouped:
        return _value("".join(filter(str.isdigit, grouped[1])), grouped[4])
    return _value(plain[1], plain[3]) if plain else Unfit("is no number as people write them")


def _value(whole: str, decimals: str | None) -> Decimal:
    return Decimal(f"{whole or 0}.{decimals}" if decimals else whole)


def strength(cell: Cell, marks: Marks, *, in_micrograms: bool = False, described: bool = False) -> Strength | Unfit:
    """Return the strength that a cell names.

    Args:
        cell: As it came.
        marks: The file's decimal marks.
        in_micrograms: Whether the header says that a number without a unit is micrograms; else it is milligrams.
        described: Whether the cell is a description, in which only a number with a unit is a strength.

    >>> str(strength("LDN 4.5mg caps", frozenset("."), described=True)), str(strength("500 µg", frozenset()))
    ('4.5', '0.5')
    """
    if isinstance(cell, str):
        return _strength(cell, marks, in_micrograms=in_micrograms, described=described)
    if isinstance(cell, Unfit):
        return cell
    if isinstance(cell, date) or described:
        return Unfit(
            f"{quoted(cell)} is {'a date' if isinstance(cell, date) else 'a number without a unit'}, not a strength"
        )
    return _of_amount(Decimal(cell), cell, micro=in_micrograms)


@lru_cache(maxsize=16384)
def _strength(text: str, marks: Marks, *, in_micrograms: bool, described: bool) -> Strength | Unfit:
    bare = text.strip()[:_LONGEST]
    if objection := _objection(bare):
        return Unfit(f"{quoted(text)} {objection}" if bare else objection)
    if doses := list(_DOSE.finditer(bare)):
        found = {_dose(dose["number"], dose["unit"], marks, text) for dose in doses}
        return found.pop() if len(found) == 1 else Unfit(f"{quoted(text)} names more than one strength")
    alone = _BARE.fullmatch(bare)
    if described or alone is None or (alone[2] and _folded(alone[2]) not in _CAPSULES):
        return Unfit(f"{quoted(text)} names no strength in mg")
    return _dose(alone[1], "µg" if in_micrograms else "mg", marks, text)


def _objection(text: str) -> str | None:
    """Return why a text cannot be the strength of a naltrexone capsule, whatever its number, or None."""
    if not text:
        return "is blank"
    if not any(map(str.isdecimal, text)):
        return "holds no number"
    if _SIGNED.match(text):
        return "is negative"
    if _names_another(text):
        return "does not name naltrexone"
    aside = any(dose["range"] or dose["per"] for dose in _DOSE.finditer(text))
    return "is not the strength of one capsule" if aside else None


def _names_another(text: str) -> bool:
    """Whether the words of a cell are those of another drug."""
    if _NALTREXONE.search(text):
        return False
    words = _LETTERS.findall(text)
    return any(_folded(word) not in _CAPSULES and not _NO_DRUG.fullmatch(word) for word in words)


def _dose(number: str, unit: str, marks: Marks, text: str) -> Strength | Unfit:
    micro = _MICRO.fullmatch(unit) is not None
    amount = _decimal(number, marks, thousands=micro)
    return Unfit(f"{quoted(text)} {amount.why}") if isinstance(amount, Unfit) else _of_amount(amount, text, micro=micro)


def _of_amount(amount: Decimal, cell: Cell, *, micro: bool) -> Strength | Unfit:
    try:
        return Strength.of_milligrams(amount / 1000 if micro else amount)
    except Refused as refused:
        return Unfit(f"{quoted(cell)}: {str(refused).rstrip('.')}")


def _folded(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word).casefold()
    return "".join(each for each in bare if not unicodedata.combining(each))
