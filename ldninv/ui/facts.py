"""What a batch card says, line by line, without Qt: the card shows it, and *copy* takes it along as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ldninv.domain.entries import taken_back
from ldninv.domain.ledger import Kind, Posted
from ldninv.domain.quantities import capsules
from ldninv.domain.signs import OF_STORAGE, Sign, sign
from ldninv.domain.standing import Standing, State, Storage
from ldninv.domain.taking_back import void_signed, voidable
from ldninv.domain.told import happened
from ldninv.domain.weights import plain
from ldninv.ui import words
from ldninv.ui.acting.actions import CERTIFICATE, RECALL_LOT, TAKE_BACK, Action
from ldninv.ui.acting.words import weighed as capsule_weights

if TYPE_CHECKING:
    from ldninv.domain.batch import Batch
    from ldninv.services.batches import Card
    from ldninv.services.record import Written


COMPONENTS = "Components"
RECORD = "Batch record"
MOVEMENTS = "Movements"
"""The heading over what happened to a batch."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a card: what it is about, and what is so."""

    name: str
    text: str
    sign: Sign | None = None
    """Stands before the text, as colour, icon and word."""

    @property
    def line(self) -> str:
        """All that is so, in one line."""
        said = self.text.splitlines()
        return ", ".join(said if self.sign is None else [self.sign.word, *said])


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a card with its lines."""

    title: str
    facts: tuple[Fact, ...]


def facts(card: Card) -> tuple[Fact, ...]:
    """Return what one asks first of a batch, in the order one asks it."""
    batch, stock, now = card.kept.batch, card.kept.stock, card.standing
    return (
        Fact("Expires", f"{words.day(batch.expiry.on)}\n{words.decided_by(batch.expiry)}"),
        Fact("Time left", words.left(now.usable_days)),
        Fact("Dispense", _dispensed_until(now)),
        Fact("On hand", words.stock(now)),
        Fact("Place", stock.place or words.NOTHING),
        Fact("Storage", _about_storage(card), OF_STORAGE[now.storage]),
        Fact("Prepared", _prepared(batch)),
        Fact("Made", _made(batch)),
    )


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the ledger, and whether a new entry could take it back."""

    posted: Posted
    when: str
    text: str
    voidable: bool

    @property
    def offers(self) -> tuple[Action, ...]:
        """What can be done with it; Enter does the first."""
        certificate = (CERTIFICATE,) if self.posted.entry.kind is Kind.DESTROYED else ()
        return (TAKE_BACK, *certificate) if self.voidable else certificate


@dataclass(frozen=True, slots=True)
class Part:
    """One component lot of a batch."""

    lot: str
    name: str
    when: str
    """The component with its lot, which stands where a movement has its day."""
    text: str

    @property
    def offers(self) -> tuple[Action, ...]:
        """What can be done with it."""
        return (RECALL_LOT,) if self.lot else ()


def movements(card: Card) -> tuple[Movement, ...]:
    """Return what happened to a batch, newest first; what was taken back says so."""
    back, batch = taken_back(card.movements), card.kept.batch
    there = card.kept.stock.taken_back is None
    return tuple(
        Movement(
            posted=each,
            when=f"{words.moment(each.at)} · {each.by}",
            text=f"{happened(each)}; {each.on_hand} left" + (", taken back since" if each.id in back else ""),
            voidable=there
            and each.id not in back
            and (voidable(each.entry) or void_signed(batch, each.entry, card.day)),
        )
        for each in card.movements
    )


def sections(card: Card, written: Written | None = None) -> tuple[Section, ...]:
    """Return what one asks next; a section without lines is left out."""
    happened = Section(MOVEMENTS, tuple(Fact(each.when, each.text) for each in movements(card)))
    found = (Section(COMPONENTS, _parts(card.kept.batch)), happened, *past(card, written))
    return tuple(each for each in found if each.facts)


def components(card: Card) -> tuple[Part, ...]:
    """Return the component lots, one a line."""
    batch = card.kept.batch
    return tuple(
        Part(each.lot, each.name, fact.name, fact.text)
        for each, fact in zip(batch.components, _parts(batch), strict=True)
    )


def past(card: Card, written: Written | None = None) -> tuple[Section, ...]:
    """Return what one asks last: what was written down of a batch, where it stood, and its history."""
    places = tuple(
        Fact(stay.place, f"since {words.moment(stay.from_)}" + (f", until {words.moment(stay.to)}" if stay.to else ""))
        for stay in card.places
    )
    history = tuple(
        Fact(f"{words.moment(each.at)} · {each.by}", "; ".join(_about(each.action, each.reason)))
        for each in card.events
    )
    kept = () if written is None else tuple(record(written))
    found = (Section(RECORD, kept), Section("Places", places), Section("History", history))
    return tuple(each for each in found if each.facts)


def record(written: Written) -> Iterator[Fact]:
    """Yield what the bench and the release wrote down; nothing of what nobody did."""
    sheet, planned, found = written.worksheet, written.calculation, written.quality
    if sheet is not None:
        at = f" at {sheet.prepared_at:%H:%M}" if sheet.prepared_at else ""
        yield Fact("Planned", f"{capsules(sheet.planned)}{at}")
        yield from _known("Master formula", sheet.formula)
        if sheet.potency is not None:
            water = f", water {plain(sheet.potency.water_percent)} %" if sheet.potency.water_percent else ""
            yield Fact("Potency", f"{sheet.drug_lot}: {plain(sheet.potency.assay_percent)} %{water}")
        yield from _known("Contents", f"{plain(sheet.fill_mg)} mg a capsule" if sheet.fill_mg else None)
        if planned is not None and planned.drug_mg is not None and planned.filler_mg is not None:
            yield Fact("Calculated", f"{plain(planned.drug_mg)} mg drug, {plain(planned.filler_mg)} mg filler")
        yield from _known("Look again", "; ".join(written.remarks))
        yield from _known("Verified by", sheet.verified_by)
        yield from _known("Note", sheet.note)
    if found is not None:
        yield from _known("Appearance", found.checks.appearance)
        yield from _known("Label", found.checks.label)
        for each in found.judged:
            yield Fact(each.name, f"{'Within' if each.within else 'OUTSIDE'}: {each.found} ({each.limits})")
        if found.weighed is not None:
            yield Fact("Weighed", capsule_weights(found))
    for line in written.signatures:
        yield Fact("Signed", line)


def _known(name: str, text: object) -> tuple[Fact, ...]:
    return (Fact(name, str(text)),) if text else ()


def _parts(batch: Batch) -> tuple[Fact, ...]:
    return tuple(
        Fact(f"{each.name} {each.lot}".strip(), "; ".join(_about(each.supplier, each.amount, _until(each.expires))))
        for each in batch.components
    )


def reasons(card: Card) -> str:
    """Return why a batch has its sign, one reason a line, each beginning as a sentence does."""
    return "\n".join(reason[:1].upper() + reason[1:] for reason in card.standing.reasons)


def tally(standings: Sequence[Standing]) -> str:
    """Return what several batches are, the most frequent first, and how many capsules stand there in all."""
    found = Counter(sign(now).word for now in standings)
    lines = [f"{number} × {word}" for word, number in found.most_common()]
    usable = sum(now.usable_capsules for now in standings)
    return "\n".join([*lines, f"{capsules(sum(now.on_hand for now in standings))} on hand, {usable} usable"])


def as_text(card: Card, written: Written | None = None) -> str:
    """Return the whole card as plain text, for pasting elsewhere."""
    batch = card.kept.batch
    lines = [f"{batch.lot}: {card.sign.word}", words.product(batch.strength), reasons(card), ""]
    lines += [_line(fact) for fact in facts(card)]
    for section in sections(card, written):
        lines += ["", section.title, *(_line(fact) for fact in section.facts)]
    return "\n".join(lines) + "\n"


def _line(fact: Fact) -> str:
    return f"{fact.name}: {fact.line}"


_FOR_GOOD = frozenset({State.DESTROYED, State.RECALLED, State.REJECTED})
"""From which no decision leads back."""


def _dispensed_until(now: Standing) -> str:
    """Return until when supplies can be dispensed; where the batch cannot, that its date alone would still allow it."""
    if now.state in _FOR_GOOD:
        return "not any more"
    if now.usable or not now.covers:
        return words.last_days(now)
    return f"not now; by its date alone:\n{words.last_days(now)}"


def _about_storage(card: Card) -> str:
    """Return what a pharmacist is to do about the record of its places, or last decided (R14, R18)."""
    if card.standing.review is not None:
        return "for a pharmacist to review"
    if card.standing.storage is not Storage.BREACH:
        return ""
    decided = next((each.entry for each in card.movements if each.entry.kind is Kind.DECIDED), None)
    if decided is None:
        return ""
    again = ", before it was put on hold again" if card.kept.stock.held_for_storage else ""
    return f"last decision{again}: {decided.reason}"


def _prepared(batch: Batch) -> str:
    people = _about(batch.made_by and f"by {batch.made_by}", batch.verified_by and f"verified by {batch.verified_by}")
    return "\n".join(_about(words.day(batch.prepared), ", ".join(people)))


def _made(batch: Batch) -> str:
    size = batch.capsule_size and f"size {batch.capsule_size}"
    filler = f"filler {batch.filler}" if batch.filler else "filler not known"
    container = f"{batch.container} container" if batch.container else "container not known"
    return ", ".join(_about(capsules(batch.made), size, filler, container))


def _about(*parts: str | None) -> list[str]:
    return [part for part in parts if part]


def _until(expires: object) -> str | None:
    return f"expires {expires}" if expires is not None else None
