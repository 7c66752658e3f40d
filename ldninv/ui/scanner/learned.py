"""What is learned of a scanner from the known codes: how it is set, what is wrong in words, and the way out. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ldninv.domain.scan.plain import GS
from ldninv.domain.signs import Tone
from ldninv.ui.scanner.keyboards import DEAD
from ldninv.ui.scanner.known import SIGNS
from ldninv.ui.scanner.layouts import PRINTED, Case, layout_pairs, layouts
from ldninv.ui.scanner.lesson import Fit, Lesson, Strange
from ldninv.ui.scanner.pace import ScannerSettings, Suffix
from ldninv.ui.scanner.settings import LONGEST_PREFIX, RANGES

NOT_IN_CODES = "#$@[\\]^`{|}~"
"""What no GS1 code holds (set 82) and no label of ours: keyboards that differ in these alone read a code alike."""

_ENDS = {"\r": Suffix.ENTER, "\n": Suffix.ENTER, "\t": Suffix.TAB, "": Suffix.NONE}
_KEYS = {"\r": "Enter", "\n": "line feed", "\t": "Tab"}
_ROOM = 1.5
"""How far beyond what was seen a number is set, where it has to be widened."""
_FEW = 4
_LONG = 80
"""Characters of a code that has to be taken in time."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is so, or is wrong, with its way out."""

    tone: Tone
    says: str
    offer: str = ""
    """The words of a button, where the program can put it right."""
    settings: ScannerSettings | None = None
    """What is kept then."""


@dataclass(frozen=True, slots=True)
class Learned:
    """All that the codes that were scanned say."""

    settings: ScannerSettings
    """The settings with what cannot be wrong: suffix, prefix, separator and speed. No letter is read as another yet."""
    findings: tuple[Finding, ...]
    """What is wrong comes first."""

    @property
    def right(self) -> bool:
        """Whether nothing has to be done."""
        return all(each.tone in {Tone.GOOD, Tone.QUIET} for each in self.findings)


def combined(lessons: Sequence[Lesson], before: ScannerSettings) -> Learned:
    """Return what one lesson, or one of each code, says of the scanner.

    Args:
        lessons: One at least.
        before: What is kept now; what nothing was learned of stays.
    """
    fits = _agreeing(lessons)
    if not fits:
        says = "The codes came in different ways, as if a setting or Caps Lock changed in between. Scan them all again."
        return Learned(before, (Finding(Tone.LOOK, says),))
    settings = before
    found: list[Finding] = []
    for part in (_ending, _beginning, _separating, _pacing):
        settings, more = part(lessons, fits[0], settings)
        found += more
    if any(each.known is SIGNS for each in lessons):
        settings, more = _lettering(fits, settings)
        found += more
    order = [Tone.STOP, Tone.LOOK, Tone.GOOD, Tone.QUIET]
    return Learned(settings, tuple(sorted(found, key=lambda each: order.index(each.tone))))


def strange(what: Strange) -> Finding:
    """Return what is said of a known code that came in a way that no keyboard here explains."""
    pairs = ", ".join(f"“{meant}” arrives as “{came}”" for meant, came in what.differences if meant != GS)
    return Finding(
        Tone.STOP,
        f"Scanner and computer are set to different keyboards: {pairs}. Set the scanner to this computer's keyboard: "
        "“keyboard language” or “country” in its manual. Then scan again.",
    )


def agree(pairs: Sequence[str]) -> bool:
    """Whether keyboards read everything alike that a code can hold."""
    signs = [each for each in PRINTED if each not in NOT_IN_CODES]
    for one in map(layouts, pairs):
        for sign in signs:
            comes = one.arriving(sign)
            if len({layouts(each).read_back(comes) for each in pairs if sign not in layouts(each).lost}) > 1:
                return False
    return True


def _agreeing(lessons: Sequence[Lesson]) -> tuple[Fit, ...]:
    """Return the ways that all codes can have come in, those of the one with the most signs."""
    most = max(lessons, key=lambda each: each.known is SIGNS)
    ways = [{(fit.pair, fit.case) for fit in each.fits} for each in lessons]
    return tuple(fit for fit in most.fits if (fit.pair, fit.case) in set.intersection(*ways))


def _fit(lesson: Lesson, like: Fit) -> Fit:
    return next(each for each in lesson.fits if (each.pair, each.case) == (like.pair, like.case))


Part = tuple[ScannerSettings, list[Finding]]


def _ending(lessons: Sequence[Lesson], _fit: Fit, settings: ScannerSettings) -> Part:
    ends = {each.ends for each in lessons}
    if len(ends) > 1:
        says = "It ends one code in another way than the other. Scan both again."
        return settings, [Finding(Tone.LOOK, says)]
    end = ends.pop()
    line_feeds = len(end) > 1 and set(end) <= set("\r\n")
    suffix = Suffix.CR_LF if line_feeds else _ENDS.get(end)
    if suffix is None:
        keys = " and ".join(_KEYS[each] for each in end)
        says = f"After every code it sends {keys}, and one of them would press something. Set it to send Enter alone."
        return settings, [Finding(Tone.STOP, says)]
    settings = replace(settings, suffix=suffix)
    if suffix is Suffix.NONE:
        return settings, [
            Finding(
                Tone.QUIET,
                f"It sends nothing after a code: a scan is known by {settings.silence} ms of silence. Enter is surer; "
                "its manual calls that “suffix” or “terminator CR”.",
            )
        ]
    says = " and ".join(dict.fromkeys(_KEYS[each] for each in end))
    return settings, [Finding(Tone.GOOD, f"After every code it sends {says}.")]


def _beginning(lessons: Sequence[Lesson], fit: Fit, settings: ScannerSettings) -> Part:
    fits = [_fit(each, fit) for each in lessons]
    prefixes, rests = {each.prefix for each in fits}, {each.rest for each in fits}
    found = []
    if any(each.aim for each in fits):
        found.append(Finding(Tone.GOOD, "It says which kind of symbol it read (AIM identifier): no code is mistaken."))
    else:
        says = "It does not say which kind of symbol it read. Where it can send an “AIM identifier”, turn that on."
        found.append(Finding(Tone.QUIET, says))
    if rests != {""}:
        says = f"After every code it sends “{max(rests)}” as well. Turn that off; its manual calls it “suffix”."
        found.append(Finding(Tone.STOP, says))
    prefix = prefixes.pop()
    if prefixes or len(prefix) > LONGEST_PREFIX or not prefix.isprintable() or prefix != prefix.strip():
        says = f"Before every code it sends “{prefix}”, which cannot be told from the code. Turn the prefix off."
        found.append(Finding(Tone.STOP, says))
    elif prefix:
        says = f"Before every code it sends “{prefix}”. That is taken off; only what begins so is held as a scan."
        found.append(Finding(Tone.GOOD, says))
    return replace(settings, prefix=prefix if prefix and not prefixes and len(prefix) <= LONGEST_PREFIX else ""), found


def _separating(lessons: Sequence[Lesson], fit: Fit, settings: ScannerSettings) -> Part:
    asked = next((_fit(each, fit) for each in lessons if GS in each.known.text), None)
    if asked is None:
        return settings, []
    if asked.separator is None:
        return replace(settings, separator=""), [
            Finding(
                Tone.STOP,
                "It drops the separator between the parts of a maker's code. Its manual calls that “GS”, “FNC1” or "
                "“group separator”: let it send Ctrl and ]. Until then such codes are put to you to choose.",
            )
        ]
    settings = replace(settings, separator=asked.separator)
    if asked.separator:
        says = f"The separator of makers' codes comes as Ctrl and “{asked.separator}”. It is read as what it is."
        return settings, [Finding(Tone.GOOD, says)]
    return settings, [Finding(Tone.GOOD, "The separator of makers' codes arrives.")]


def _pacing(lessons: Sequence[Lesson], _fit: Fit, settings: ScannerSettings) -> Part:
    first, slowest = max(each.first_gap for each in lessons), max(each.slowest for each in lessons)
    average = max(each.average for each in lessons)
    seen = {"first_gap": first, "gap": slowest, "average": average}
    wide = {name: _widened(name, number, settings) for name, number in seen.items()}
    steady = average <= settings.first_gap
    wide["longest"] = settings.longest if steady else _widened("longest", average * _LONG, settings)
    slow = max(first, slowest, average) > RANGES["first_gap"][1]
    wide["average"] = settings.average if steady else wide["average"]
    widened = replace(
        settings,
        first_gap=wide["first_gap"],
        gap=wide["gap"],
        average=wide["average"],
        longest=wide["longest"],
        pauses=any(each.pauses for each in lessons),
    )
    rests = [Finding(Tone.QUIET, "It rests after its first key; that is known now.")] if widened.pauses else []
    if slow:
        says = (
            f"It is too slow: {slowest} ms between two keys. Set it to type faster; its manual calls that “key delay”."
        )
        return widened, [Finding(Tone.STOP, says), *rests]
    if replace(widened, pauses=settings.pauses) != settings:
        says = f"It is slow, {average} ms a key. The numbers were widened: a key that you type waits up to "
        says += f"{widened.first_gap} ms now. Faster is better; its manual calls that “key delay”."
        return widened, [Finding(Tone.LOOK, says), *rests]
    return widened, [Finding(Tone.GOOD, f"It types {average} ms a key, fast enough."), *rests]


def _widened(name: str, seen: int, settings: ScannerSettings) -> int:
    kept: int = getattr(settings, name)
    return kept if seen <= kept else min(round(seen * _ROOM), RANGES[name][1])


def _lettering(fits: tuple[Fit, ...], settings: ScannerSettings) -> Part:
    """Say whether letters and signs arrive as they are; what can be read back is offered, never done unasked."""
    fit = fits[0]
    plain = replace(settings, layouts="", swapped=False)
    back = replace(settings, layouts=fit.pair, swapped=fit.case is Case.SWAPPED)
    if not fit.pair and fit.case is Case.KEPT:
        return plain, [Finding(Tone.GOOD, "Letters, digits and signs arrive as they are.")]
    if back == settings != plain and fit.case in {Case.KEPT, Case.SWAPPED}:
        says = "Letters and signs do not arrive as they are, and are read back on this computer, as you chose."
        return settings, [Finding(Tone.GOOD, says, "Read them as they come", plain)]
    if not fit.pair:
        return plain, _casing(fit, back)
    pairs = [each.pair for each in fits if each.case is fit.case]
    says, way = _differing(pairs), "Set the scanner to this computer's keyboard: “keyboard language” in its manual"
    lost = " ".join(each for each in layouts(fit.pair).lost if each not in NOT_IN_CODES)
    if fit.case in {Case.UPPER, Case.LOWER} or not agree(pairs) or any(each.isalnum() for each in lost):
        return plain, [Finding(Tone.STOP, f"{says} {way}."), *_casing(fit, back)]
    but = f", but for the signs {lost}" if lost else ""
    whole = Finding(Tone.STOP, f"{says} {way}. Or it is read back here{but}.", "Read it back on this computer", back)
    return plain, [whole, *(replace(each, offer="", settings=None) for each in _casing(fit, back))]


def _differing(pairs: Sequence[str]) -> str:
    """Return which keyboards scanner and computer are set to, and what that does, in words."""
    scanner, computer = _names(pairs)
    return f"Your scanner is set to the {scanner} keyboard and this computer to the {computer}: {_changed(pairs[0])}."


def keyboards_of(pair: str) -> tuple[str, str]:
    """Return the keyboards of scanner and computer in words, with those that cannot be told from them.

    >>> keyboards_of("us>de"), keyboards_of("us>no")
    (('American', 'German'), ('American', 'Norwegian'))
    """
    comes = layouts(pair).arriving(SIGNS.text)
    return _names([each for each in layout_pairs() if layouts(each).arriving(SIGNS.text) == comes])


def _names(pairs: Sequence[str]) -> tuple[str, str]:
    """Return the keyboards that the scanner, and that the computer may be set to, in words."""
    both = [layouts(each) for each in pairs]
    return _either([each.scanner.name for each in both]), _either([each.computer.name for each in both])


def _either(names: Sequence[str]) -> str:
    *others, last = dict.fromkeys(names)
    return f"{', '.join(others)} or {last}" if others else last


def _casing(fit: Fit, back: ScannerSettings) -> list[Finding]:
    if fit.case is Case.KEPT:
        return []
    ours = "Your own labels are read all the same; a maker's lot may not be."
    if fit.case is Case.SWAPPED:
        says = (
            "Small letters and capitals are swapped: Caps Lock is on, at this computer or in the scanner. Turn it off "
        )
        says += f"and scan again. {ours}"
        return [Finding(Tone.LOOK, says, "It is always so: swap them back", back)]
    letters = "capitals" if fit.case is Case.UPPER else "small letters"
    way = "Let the scanner send them as they are: “case conversion” in its manual."
    says = f"All letters arrive as {letters}. {ours} {way}"
    return [Finding(Tone.LOOK, says)]


def _changed(pair: str) -> str:
    """Return which characters of the known code arrive as others, the first few, in words."""
    both = layouts(pair)
    changed = {each: both.arriving(each) for each in SIGNS.text if both.arriving(each) != each}
    swapped = [(one, two) for one, two in changed.items() if one < two and changed.get(two) == one]
    words = [f"{one} and {two} are swapped" for one, two in swapped]
    done = {each for pair in swapped for each in pair}
    words += [
        f"“{one}” does not arrive" if two == DEAD else f"“{one}” arrives as “{two}”"
        for one, two in changed.items()
        if one not in done
    ]
    return ", ".join([*words[:_FEW], *(["and others"] if len(words) > _FEW else [])])
