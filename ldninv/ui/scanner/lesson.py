"""What the keys of one known code say of the scanner that sent them: a pure function, no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from ldninv.domain.scan.plain import GS
from ldninv.ui.scanner import pace
from ldninv.ui.scanner.burst import Stroke
from ldninv.ui.scanner.keyboards import DEAD
from ldninv.ui.scanner.known import KNOWN, Known
from ldninv.ui.scanner.layouts import Case, change_case, layout_pairs, layouts

_KEY = "\ue000"
"""Stands for a key that came with Control."""
_FORMS = (GS, "\u241d", "\uf70b", "^]", "<GS>", "{GS}", "[GS]", _KEY, "")
"""What can come in the separator's place (R33); nothing is the last."""
_AIM = re.compile(r"(?s)(.*?)(\][A-Za-z][0-9A-Za-z])?")
_ACCENTS = "[´`¨^~¸]?"
"""What a dead key may write after all, once the next one is pressed."""
_CODE_WIDTHS = (4, 3)
_LIKE = 0.5
"""A text is a known code that came strangely where so many of its characters are right."""


@dataclass(frozen=True, slots=True)
class Fit:
    """One way in which a known code can have become what came."""

    pair: str
    """The keyboards of scanner and computer, as `de>us`; empty where they are the same."""
    case: Case
    prefix: str
    """What came before the code, as it came."""
    aim: str
    """The identifier of the symbol, as it was meant; empty where none is sent."""
    rest: str
    """What came after the code, but for the keys that end it."""
    separator: str | None
    """The key that comes with Control in the separator's place; empty where it is known as it comes, None where it is
    lost, or the code has none."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one known code told."""

    known: Known
    fits: tuple[Fit, ...]
    """At least one, the plainest first."""
    ends: str
    """The keys after the code: `\\r`, `\\n`, `\\t`, several, or none."""
    first_gap: int
    """Milliseconds between the first two keys."""
    slowest: int
    """The longest gap after that, the suffix's among them."""
    average: int
    """A key."""
    pauses: bool
    """Whether the first gap is out of the beat of the others."""


@dataclass(frozen=True, slots=True)
class Strange:
    """A text that is like a known code, and came in a way that nothing explains."""

    known: Known
    differences: tuple[tuple[str, str], ...]
    """Each character that came as another, with that one."""


def learn(strokes: Sequence[Stroke]) -> Lesson | Strange | None:
    """Return what the keys of one scan say; None where they are no known code.

    Args:
        strokes: All that came, from the first key to the silence after the last.
    """
    text, key = _typed(strokes)
    typed = text.rstrip("\r\n\t")
    for known in KNOWN:
        fits = tuple(dict.fromkeys(_fits(known, typed, key)))
        if fits:
            return _lesson(known, fits, text[len(typed) :], strokes)
    return next((each for each in (_strange(known, typed) for known in KNOWN) if each), None)


def _typed(strokes: Sequence[Stroke]) -> tuple[str, str]:
    """Return what was typed, and the key that came with Control."""
    text, code, key = "", "", ""
    for stroke in strokes:
        if stroke.code:
            code += stroke.text
            continue
        coded = _coded(code)
        text, code = text + coded, ""
        if coded and stroke.text == coded[-1]:
            continue  # some systems write what was coded once more
        if stroke.control and not stroke.text:
            text, key = text + _KEY, stroke.control
        text += stroke.text
    return text + _coded(code), key


def _coded(digits: str) -> str:
    """Return the characters whose numbers were typed with Alt, each as three digits or as four."""
    for width in _CODE_WIDTHS:
        numbers = [digits[place : place + width] for place in range(0, len(digits), width)]
        if digits and all(len(each) == width and each[0] == "0" and int(each) for each in numbers):
            return "".join(chr(int(each)) for each in numbers)
    return chr(int(digits) % 256) if digits else ""


def _fits(known: Known, typed: str, key: str) -> Iterator[Fit]:
    forms = _FORMS if GS in known.text else ("",)
    for case, pair, form in product(Case, ("", *layout_pairs()), forms):
        came = _arriving(known.text, pair, form, case).search(typed)
        if came is None:
            continue
        before, rest = typed[: came.start()], typed[came.end() :]
        meant = layouts(pair).read_back(before) if pair else before
        parted = _AIM.fullmatch(change_case(meant, case if case is Case.SWAPPED else Case.KEPT))
        aim = (parted[2] or "") if parted else ""
        separator = None if GS not in known.text or not form else key if form == _KEY else ""
        yield Fit(pair, case, before[: len(before) - len(aim)], aim, rest, separator)


@cache
def _arriving(text: str, pair: str, form: str, case: Case) -> re.Pattern[str]:
    """Return what comes of a text, the separator in one of its forms; a dead key may swallow what comes next."""
    keys = layouts(pair).arriving if pair else str
    written = keys(form) if form.isascii() and form != GS else form
    comes = change_case(written.join(keys(part) for part in text.split(GS)), case)
    spelled, after = "", ""
    for character in comes:
        spelled += _ACCENTS if character == DEAD else re.escape(character) + after
        after = "?" if character == DEAD else ""
    return re.compile(spelled)


def _lesson(known: Known, fits: tuple[Fit, ...], ends: str, strokes: Sequence[Stroke]) -> Lesson:
    moments = [each.at for each in strokes]
    gaps = pace.gaps_of(moments)
    written = moments[: len(moments) - len(ends)]
    return Lesson(
        known=known,
        fits=fits,
        ends=ends,
        first_gap=gaps[0],
        slowest=max(gaps[1:]),
        average=round((written[-1] - written[0]) / (len(written) - 1)),
        pauses=pace.breaks_beat(written, 1),
    )


def _strange(known: Known, typed: str) -> Strange | None:
    """Return how a text differs from a known code, where it is as long and half of it is right."""
    text = known.text
    parted = _AIM.match(typed)
    if parted and parted[2] and not parted[1]:
        typed = typed[len(parted[2]) :]
    if len(typed) != len(text):
        return None
    differences = tuple((meant, came) for meant, came in zip(text, typed, strict=True) if meant != came)
    return Strange(known, differences) if len(differences) <= len(text) * _LIKE else None
