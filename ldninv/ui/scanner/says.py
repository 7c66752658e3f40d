"""What is said of a scan: a line for the status bar, a sound, and what the code holds, part by part. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ldninv.domain.scan import Reading
from ldninv.domain.signs import UNKNOWN, UNREADABLE, Sign, Tone
from ldninv.services.batches import Card
from ldninv.services.lookup import Answer, Candidate, Kind, component_words


class Sound(StrEnum):
    """What one hears without looking."""

    GOOD = "good"
    LOOK = "look"
    STOP = "stop"
    UNKNOWN = "unknown"


OF_TONE = {Tone.GOOD: Sound.GOOD, Tone.LOOK: Sound.LOOK, Tone.STOP: Sound.STOP, Tone.QUIET: Sound.LOOK}
"""How a tone sounds."""


CHOOSE = Sign("Choose", Tone.LOOK, "help-circle")
COMPONENT = Sign("Component", Tone.QUIET, "flask")
_LONGEST = 24
"""Characters of a code in the large type of a card."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a scan is answered with, besides what is shown."""

    line: str
    sound: Sound


IN_DOUBT = Heard("The scan may begin with a key that was typed just before. Nothing was done: scan again.", Sound.STOP)
"""A code that names something with its first key and without it (R30)."""


def heard(answer: Answer) -> Heard:
    """Return the line and the sound of an answer."""
    text = answer.scan.text
    if answer.card is not None:
        said = f"{answer.card.kept.batch.lot}: {answer.card.sign.word}."
        sound = OF_TONE[answer.card.sign.tone]
        if answer.warning is not None:
            return Heard(f"{said} {answer.warning}", Sound.LOOK if sound is Sound.GOOD else sound)
        return Heard(said, sound)
    match answer.kind:
        case Kind.INVALID:
            return Heard(answer.error or f"“{text}” cannot be read.", Sound.STOP)
        case Kind.CHOOSE:
            return Heard("The code has several readings: choose the one on the label.", Sound.LOOK)
        case _:
            known = _known(answer)
            what = text if answer.reading is None else parts(answer.reading)
            return Heard(known or f"Unknown here: {what}.", Sound.LOOK if known else Sound.UNKNOWN)


def _known(answer: Answer) -> str | None:
    """Return what a code is that is no batch, in a line; None where it is unknown here."""
    if answer.kind is Kind.COMPONENT:
        return f"Component lot {answer.lot}."
    if answer.product is not None:
        return f"{answer.product.words}: {_not_here(answer)}"
    return answer.warning if answer.kind is Kind.UNKNOWN else None


def waiting(card: Card) -> Heard:
    """Return what is said of a batch that a form stands before."""
    lot = card.kept.batch.lot
    return Heard(f"{lot}: {card.sign.word}. The form stays as it is; “Open {lot}” leaves it.", Sound.LOOK)


def again(before: Heard) -> Heard:
    """Return what is said of a code that was scanned a moment ago: nothing is done twice."""
    return Heard(f"Same label again. {before.line}", before.sound)


def after_typing(heard: Heard) -> Heard:
    """Return what is said of a code that came with a typed key, which may be a PIN's and is not told."""
    return Heard(f"{heard.line} A key was typed just before, and is no part of it.", heard.sound)


def sign(answer: Answer) -> tuple[Sign, str]:
    """Return the one word for what names no batch, and what stands below it: no code is longer than a card is wide."""
    if answer.kind is Kind.CHOOSE:
        return CHOOSE, f"{len(answer.candidates)} readings"
    text = answer.lot or answer.scan.text
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    if answer.kind is Kind.COMPONENT or answer.product is not None:
        return COMPONENT, shown if answer.product is None else answer.product.name
    return (UNREADABLE if answer.kind is Kind.INVALID else UNKNOWN), shown


def unknown(answer: Answer) -> str:
    """Return what is known of something unknown here: its parts, each on a line."""
    if answer.kind is Kind.COMPONENT:
        return "\n".join([component_words(answer), *([answer.warning] if answer.warning else [])])
    if answer.product is not None:
        said = [f"{answer.product.words}: {_not_here(answer)}", parts(answer.reading) if answer.reading else ""]
        return "\n".join(text for text in (*said, answer.warning) if text)
    if answer.warning is not None and answer.reading is None:
        return answer.warning
    if answer.reading is None:
        return f"Nothing here is called “{answer.scan.text}”."
    lines = ["The code is right, and names nothing here.", parts(answer.reading)]
    return "\n".join([*lines, answer.warning] if answer.warning else lines)


def _not_here(answer: Answer) -> str:
    """Return what a known product's code does not lead to."""
    lot = answer.reading.lot if answer.reading else None
    return f"lot {lot} was not received yet." if lot else "the code names no lot."


def choosing(answer: Answer) -> str:
    """Return the question that several readings put."""
    lots = {each.card.kept.batch.lot for each in answer.candidates if each.card}
    ours = f" {len(lots)} of them name a batch here." if lots else ""
    ways = f"The code came without its separators and can be read in {len(answer.candidates)} ways."
    return f"{ways}{ours} Which one stands on the label?"


def candidate(each: Candidate) -> str:
    """Return a reading as it is chosen."""
    batch = f"Open batch {each.card.kept.batch.lot}: " if each.card else ""
    return f"{batch}{parts(each.reading)}"


def parts(reading: Reading) -> str:
    """Return what a code holds, in words.

    >>> from datetime import date
    >>> parts(Reading((("01", "00347335326833"), ("17", "280331"), ("10", "AB1234")), date(2026, 11, 22)))
    'GTIN 00347335326833 · lot AB1234 · expires 2028-03-31'
    """
    named = {"01", "10", "17", "7003", "21"}
    said = [f"GTIN {reading.gtin}"] if reading.gtin else []
    said += [f"lot {reading.lot}"] if reading.lot else []
    said += [f"expires {reading.expiry}"] if reading.expiry else []
    said += [f"serial {reading.serial}"] if reading.serial else []
    said += [f"({identifier}) {value}" for identifier, value in reading.elements if identifier not in named]
    return " · ".join(said)
