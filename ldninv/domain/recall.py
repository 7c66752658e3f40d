"""A recall: which batches it reaches, the entry that each gets, and what has come back since (R12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ldninv.domain.batch import Kept
from ldninv.domain.entries import Entry, Kind, Posted, given, taken_back
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.policies import same_component
from ldninv.domain.refusal import Refused


@dataclass(frozen=True, slots=True)
class Closed:
    """How a recall ended. Its batches stay recalled."""

    note: str
    """What was done, in a few words."""
    returned: int
    """Capsules that had come back by then."""
    at: str
    """Instant, ISO 8601 with the local offset."""
    by: str
    taken_back: bool = False
    """Whether it was no recall: a wrong clock had dated it ahead, and its batches are as they were."""

    def __str__(self) -> str:
        return f"taken back: {self.note}" if self.taken_back else self.note


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """A recall as it was opened, and how it ended."""

    number: int = 0
    """The database's key; 0 until it is kept."""
    subject: str
    """The lot that was recalled."""
    names: tuple[str, ...] | None = None
    """The names of the component whose lot it is; None where it is a batch's own."""
    reason: str
    day: date
    """The pharmacy's local day."""
    at: str
    by: str
    closed: Closed | None = None

    @property
    def of_component(self) -> bool:
        """Whether a component lot was recalled."""
        return self.names is not None

    @property
    def what(self) -> str:
        """What was recalled, in words."""
        return f"{' or '.join(self.names)} lot {self.subject}" if self.names else f"batch {self.subject}"


@dataclass(frozen=True, slots=True)
class Reached:
    """A batch that a recall reached, with its ledger since it was made."""

    kept: Kept
    on_hand: int
    """Capsules on the shelf when it was recalled."""
    entry: int
    """The number of the entry that recalled it."""
    history: tuple[Posted, ...] = ()
    """Oldest first."""

    @property
    def dispensings(self) -> tuple[Posted, ...]:
        """What left the house and was not taken back in the books, oldest first."""
        return self._standing(Kind.DISPENSED)

    @property
    def dispensed(self) -> int:
        """Capsules that left the house."""
        return -sum(each.entry.capsules for each in self.dispensings)

    @property
    def returned(self) -> int:
        """Capsules that came back since the recall."""
        return sum(each.entry.capsules for each in self._standing(Kind.RETURNED) if each.id > self.entry)

    @property
    def disposed(self) -> int:
        """Capsules that were disposed of since the recall."""
        return -sum(each.entry.capsules for each in self._standing(Kind.DESTROYED) if each.id > self.entry)

    def _standing(self, kind: Kind) -> tuple[Posted, ...]:
        voided = taken_back(self.history)
        return tuple(each for each in self.history if each.entry.kind is kind and each.id not in voided)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a recall comes to, in capsules."""

    batches: int
    blocked: int
    """On the shelf when they were recalled."""
    on_hand: int
    """On the shelf now: what stood there, and what came back."""
    supplies: int
    """Dispensings, each of which somebody has to be called about."""
    dispensed: int
    returned: int
    """Since the recall."""
    disposed: int
    """Since the recall."""

    @property
    def missing(self) -> int:
        """Capsules that left the house and have not come back; taken or still out there."""
        return max(self.dispensed - self.returned, 0)


def tally(reached: Iterable[Reached]) -> Tally:
    """Return what a recall comes to."""
    found = list(reached)
    return Tally(
        batches=len(found),
        blocked=sum(each.on_hand for each in found),
        on_hand=sum(each.kept.stock.on_hand for each in found),
        supplies=sum(len(each.dispensings) for each in found),
        dispensed=sum(each.dispensed for each in found),
        returned=sum(each.returned for each in found),
        disposed=sum(each.disposed for each in found),
    )


def names_meant(lot: str, found: Sequence[ComponentLot], names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the components whose lot is recalled.

    Two makers may have given one number to two things, and what was recalled stays so: doubt becomes a choice.

    Args:
        lot: The lot's number, as a person gave it.
        found: The components that have it.
        names: Those that the person named; none where it was left open.

    Raises:
        Refused: there is no such lot, none of that name, or it is the lot of several components and none was named.
    """
    if not found:
        raise Refused(
            f"No batch was made with a component of lot {lot}, and none was received. Check the number on its label."
        )
    there = {same_component(each): each.name for each in found}
    meant = {same_component(ComponentLot(name, lot)): name for name in names}
    if not names:
        if len(there) > 1:
            raise Refused(
                f"{lot} is the lot of {' and of '.join(there.values())}. Name the one that is recalled, or each."
            )
        return tuple(there.values())
    unknown = [name for key, name in meant.items() if key not in there]
    if unknown:
        raise Refused(f"No {unknown[0]} has the lot {lot}. It is the lot of {' and of '.join(there.values())}.")
    return tuple(there[key] for key in meant)


def entries(
    subject: str,
    names: Sequence[str] | None,
    batches: Sequence[Kept],
    reason: str,
    today: date,
    *,
    unused: bool = False,
) -> list[tuple[Kept, Entry]]:
    """Return the entry that each batch of a recall gets, also those that are empty: their capsules are out there.

    Allowed in every state: stock that must not leave is stopped first.

    Args:
        subject: The lot that is recalled.
        names: The component's names, where it is one's lot.
        batches: Those that it reaches and that were not recalled for it before.
        reason: Why.
        today: The pharmacy's local day.
        unused: Whether it is a component lot that was received and never recalled: it may have gone into no batch yet.

    Raises:
        Refused: no reason is given, or no batch is left to recall.
    """
    said = " ".join(reason.split())
    if not said:
        raise Refused("A reason is needed to recall. Say it in a few words.")
    if not batches and not unused:
        raise Refused(f"All batches with lot {subject} are recalled already. Look at the recalls for their list.")
    if names is None and batches and batches[0].stock.recalled is not None:
        why = batches[0].stock.recalled
        raise Refused(f"Batch {subject} is recalled already: {why}. Look at the recalls for its list.")
    text = said if names is None else f"{' or '.join(names)} lot {subject}: {said}"
    return [(kept, Entry(kind=Kind.RECALLED, day=today, reason=text)) for kept in batches]


def closing(recall: Recall, note: str) -> str:
    """Return the words that close a recall.

    Raises:
        Refused: it is closed already, or nothing is said of what was done.
    """
    if recall.closed is not None:
        raise Refused(f"Recall {recall.number} was closed by {recall.closed.by} on {recall.closed.at[:10]} already.")
    said = " ".join(note.split())
    if not said:
        raise Refused("Say in a few words what was done, such as “all were called, the capsules were disposed of”.")
    return said


def taking_back(recall: Recall, reason: str, today: date) -> str:
    """Return why a recall is taken back, which only a wrong clock justifies.

    Raises:
        Refused: it is closed already, its day does not lie ahead, or no reason is given.
    """
    if recall.closed is not None:
        raise Refused(f"Recall {recall.number} was closed by {recall.closed.by} on {recall.closed.at[:10]} already.")
    if recall.day <= today:
        raise Refused(
            f"Recall {recall.number} of {recall.what} stays: only one that a wrong clock dated ahead is taken back. "
            f"Call, dispose of what is left, and close it."
        )
    return given(reason, "take a recall back")


def refuse_recalled(found: Iterable[Recall | None]) -> None:
    """Refuse to make a batch of what was recalled.

    Args:
        found: For each component of the new batch the recall of its lot, if any.

    Raises:
        Refused: one of them was.
    """
    for recall in found:
        if recall is not None:
            raise Refused(f"{recall.what} was recalled on {recall.day}: {recall.reason}. Use another lot.")
