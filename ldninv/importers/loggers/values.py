"""The numbers in a logger's cells: with or without a unit, with point or comma, or a mark that nothing was read."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from ldninv.domain.storage.logger_file import Unit

NOTHING_BELOW = -100.0
"""What loggers print without a probe lies here or below (−100, −270, −888.88), in either unit."""

LOWEST, HIGHEST = -95.0, 300.0
"""What is printed beyond these, in either unit, is a fault's code and no temperature.

No freezer is colder than −95 °C, and −99 and −99.9 are codes. Sensors of silicon end at 125 °C, probes on a cable at
260; the codes begin above: 327.67 and 655.35 (the largest numbers of 16 bits), 888.8, 999.9, 3276.7, 9999. A °F logger
that prints 300 would be at 149 °C.
"""

LONGEST = 40
_NUMBER = re.compile(
    r"(?P<sign>[-+−–]?)(?P<whole>[0-9]{1,9})?(?:[.,](?P<part>[0-9]{1,17}))?(?:[eE](?P<power>[+-]?[0-9]{1,2}))?"
    r"\s*(?P<unit>[^\s0-9.,+−–-](?:[^0-9]{0,13}[^0-9−–-])?)?"
)
_MISSING = {
    *("", "nc", "n/c", "na", "n/a", "n.a.", "nan", "null", "none", "-", "--", "---", "----", "-----", "–", "—", "*"),
    *("***", "err", "error", "err.", "open", "no sensor", "no data", "no probe", "?", "#n/a"),
}
_ABOVE = re.compile(
    r"\+?o\.?l\.?|\+?ovl|\+?ovf|overflow|hi(?:gh)?|[>≥]\s*[0-9+-].*|(?:over|above|out of)[ -]?(?:range)?|oor"
)
_BELOW = re.compile(r"-o\.?l\.?|-ov[lf]|underflow|lo(?:w)?|[<≤]\s*[0-9+-].*|(?:under|below)[ -]?(?:range)?")
_SIGNS = ">≥<≤"
"""What stands before a number that was passed."""
_PLAIN = {"", "°", "º", "˚", "deg", "degree", "degrees"}
"""What may stand behind a temperature without saying its unit."""
_CELSIUS = re.compile(
    r"celsius|centigrad|摄氏|攝氏|℃"
    r"|(?:°|º|˚|ﾟ|�|∞|\*|\?)\s*c(?![a-z])|(?<![a-z])deg(?:rees?|\.)?\s*\.?c(?![a-z])"
    r"|[(\[]\s*c\s*[)\]]|[,;/_]\s*c$|^c$|temp[a-z.]*[ _-]+c$"
)
_FAHRENHEIT = re.compile(
    r"fahrenheit|华氏|華氏|℉"
    r"|(?:°|º|˚|ﾟ|�|∞|\*|\?)\s*f(?![a-z])|(?<![a-z])deg(?:rees?|\.)?\s*\.?f(?![a-z])"
    r"|[(\[]\s*f\s*[)\]]|[,;/_]\s*f$|^f$|temp[a-z.]*[ _-]+f$"
)
_PERCENT = re.compile(r"%|percent|prozent|^r\.?[hf]\.?$|^[hu]r$")
_KELVIN = re.compile(r"kelvin|[(\[]\s*k\s*[)\]]|,\s*k$|^k$")


def unit_in(text: str) -> Unit | None:
    """Return the unit of temperature that a text names, or None where it names none, two, or another.

    >>> unit_in("Temp, (*F)"), unit_in("Celsius(°C)"), unit_in("Temp (°C/°F)"), unit_in("Channel")
    (<Unit.FAHRENHEIT: 'f'>, <Unit.CELSIUS: 'c'>, None, None)
    """
    plain = text.strip().casefold()
    found = [unit for unit, shape in ((Unit.CELSIUS, _CELSIUS), (Unit.FAHRENHEIT, _FAHRENHEIT)) if shape.search(plain)]
    return found[0] if len(found) == 1 and not _KELVIN.search(plain) else None


def is_kelvin(text: str) -> bool:
    """Whether a heading says that temperatures are in kelvin, which no logger of a room prints.

    >>> is_kelvin("Temperature (K)"), is_kelvin("Temperature (°C)")
    (True, False)
    """
    return _KELVIN.search(text.strip().casefold()) is not None


@dataclass(frozen=True, slots=True)
class Number:
    """What one cell says."""

    value: float
    """NaN where nothing was read, or where it is no number."""
    digits: int = 0
    unit: Unit | None = None
    comma: bool = False
    bad: bool = False
    """Whether it is neither a number nor a mark for a missing one."""
    beyond: str = ""
    """“above” or “below” where it says that the probe's range was left that way."""
    bound: float = math.nan
    """The number that it was then above or below, as in “>60”; NaN where it says none."""
    words: str = ""
    """What stands behind the number and is no unit of temperature."""


ABSENT = Number(math.nan)
BAD = Number(math.nan, bad=True)


def number(text: str) -> Number:
    """Return what a cell says.

    >>> number("26.1 °C").value, number("-3,25").value, number("2.25E+01").value, number("warm").bad
    (26.1, -3.25, 22.5, True)
    """
    plain = text.strip()
    if plain.casefold() in _MISSING:
        return ABSENT
    found = _NUMBER.fullmatch(plain) if len(plain) <= LONGEST else None
    if found is None or (found["whole"] is None and found["part"] is None):
        return _beyond(plain.casefold())
    power = int(found["power"] or 0)
    sign = "-" if found["sign"] in ("-", "−", "–") else ""
    value = float(f"{sign}{found['whole'] or 0}.{found['part'] or 0}e{power}")
    if value <= NOTHING_BELOW:
        return ABSENT
    words = (found["unit"] or "").strip()
    unit = unit_in(words) if words else None
    strange = words if unit is None and words.casefold() not in _PLAIN else ""
    return Number(value, max(0, len(found["part"] or "") - power), unit, "," in plain, words=strange)


def _beyond(plain: str) -> Number:
    """Return what a cell without a number says of the probe's range."""
    for word, marks in (("above", _ABOVE), ("below", _BELOW)):
        if marks.fullmatch(plain[:LONGEST]):
            said = number(plain[1:]) if plain[0] in _SIGNS else ABSENT
            real = not said.words and LOWEST <= said.value <= HIGHEST
            return Number(math.nan, unit=said.unit, beyond=word, bound=said.value if real else math.nan)
    return BAD


def temperature(text: str) -> Number:
    """Return what a cell of temperatures says; one in another unit is none, and none is what no logger measures.

    >>> temperature("26.1 °C").value, temperature("45 %RH").bad, temperature(">85.0").beyond, temperature("9999").bad
    (26.1, True, 'above', True)
    """
    found = number(text)
    return BAD if found.words or _is_beyond(found.value) else found


def humidity(text: str) -> Number:
    """Return what a cell of relative humidities says; one in another unit is none.

    >>> humidity("45 %RH").value, humidity("26.1 °C").bad, humidity("12 g/m³").bad
    (45.0, True, True)
    """
    found = number(text)
    other = found.unit is not None or (found.words and not _PERCENT.search(found.words.casefold()))
    return BAD if other else found


def is_fault(text: str) -> bool:
    """Whether a cell holds a temperature that no logger measures.

    >>> is_fault("3276.7 °C"), is_fault("-99.9"), is_fault("-270"), is_fault("40.1")
    (True, True, False, False)
    """
    found = number(text)
    return not found.words and _is_beyond(found.value)


def _is_beyond(value: float) -> bool:
    return value < LOWEST or value > HIGHEST


def told_fault(text: str, unit: Unit) -> str:
    """Return in words that a number is none that a logger measures.

    >>> told_fault("9999", Unit.CELSIUS)
    '9999 °C is beyond what any logger measures'
    """
    said = text.strip()
    shown = said if number(said).unit is not None else f"{said} {unit.sign}"
    return f"{shown} is beyond what any logger measures"


def is_number(text: str) -> bool:
    """Whether a cell holds a number (a missing one does not count)."""
    return not math.isnan(number(text).value)


def is_mark(text: str) -> bool:
    """Whether a cell says that nothing was read, or nothing that the probe can measure.

    >>> is_mark("OL"), is_mark("21.5"), is_mark("warm"), is_mark(" ")
    (True, False, False, False)
    """
    found = number(text)
    return bool(text.strip()) and math.isnan(found.value) and not found.bad
