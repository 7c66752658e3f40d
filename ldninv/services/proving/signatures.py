"""Every signature held against its event, and against what it stands under as it was when it was signed (R8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from ldninv.db import Transaction
from ldninv.domain.audit import Event
from ldninv.domain.batch import Batch
from ldninv.domain.entries import Kind, Posted
from ldninv.domain.lots import lot_key
from ldninv.domain.people import name_key
from ldninv.domain.quality import Quality
from ldninv.domain.record import Worksheet
from ldninv.domain.signing import Meaning, Signature, holds
from ldninv.services import formulas, issued_evidence, preferences, recalled, recorded, signed
from ldninv.services.evidence import signed_facts
from ldninv.services.issued_evidence import ISSUED
from ldninv.services.issuing import SIGNED_OFF
from ldninv.services.policies import ACTION as POLICY
from ldninv.services.policies import DATE_KEPT
from ldninv.services.proving.holding import entry_of, few, lying, same, told_by
from ldninv.services.recall import CLOSED, TAKEN_BACK
from ldninv.services.signing import ACTION
from ldninv.services.storage import deciding

Content = Mapping[str, object]

_KINDS = frozenset(Kind)
_DECIDED = frozenset({DATE_KEPT, deciding.ACTION})
_CHOSEN = frozenset({formulas.ACTION, POLICY, preferences.ACTION})
T = TypeVar("T")


def faults(work: Transaction) -> list[str]:
    """Return where a signature or what it stands under is not what was signed, in words; empty where all agrees."""
    events = {event.number: event for event in work.trail.of_action(ACTION)}
    held = work.people.names()
    every = work.signatures.all()
    about = {each.number: each for each in work.trail.rows(sorted({one.about for one in every if one.about}))}
    records = _Records(work, about.keys())
    found = []
    for signature in every:
        under = f"The signature of {signature.name} under {signature.subject}"
        event = events.pop(signature.event, None)
        if event is None or not _agrees(signature, event) or held.get(name_key(signature.name)) != signature.person:
            found.append(f"{under} is not what event {signature.event} says.")
        elif not records.hold(signature, about.get(signature.about or 0)):
            found.append(f"{under} ({signature.meaning.words}) no longer holds: what was signed is not what is there.")
    gone = [f"The signature of event {event.number} ({event.subject}) is not there." for event in events.values()]
    return few(found, "the signatures") + few(gone, "the signatures")


def _agrees(signature: Signature, event: Event) -> bool:
    told = told_by(event)
    kept = {"meaning": signature.meaning.value, "digest": signature.digest, "about": signature.about}
    kept |= {} if signature.pin_given_by is None else {"pin_given_by": signature.pin_given_by}
    return (event.subject, event.by, event.at, told) == (signature.subject, signature.name, signature.at, kept)


class _Records:
    """What was signed, as it is kept: all of it is read at once, for a pharmacy has a signature for every batch."""

    def __init__(self, work: Transaction, about: Iterable[int]) -> None:
        self._work, self._about = work, frozenset(about)

    def hold(self, signature: Signature, about: Event | None) -> bool:
        """Whether what was signed is there as it was signed; what was lawfully amended since is another record."""
        if about is None:
            return signature.about is None
        content = self._content(signature, about)
        return content is not None and (not content or holds(signature, content))

    def _content(self, signature: Signature, about: Event) -> Content | None:
        """Return what was signed as it is kept; None where it is gone, nothing where the trail alone has it."""
        if about.action == Kind.RELEASED:
            return self._record(signature.subject, about.number)
        if about.action in _DECIDED or about.action in _KINDS:
            return {} if signature.meaning is Meaning.CONDITIONS else self._entry(signature.subject, about)
        if signature.meaning in {Meaning.FORMULA, Meaning.POLICY} and about.action in _CHOSEN:
            return self._as_told(self._chosen.get(about.number), about)
        if about.action in {ISSUED, SIGNED_OFF}:
            return self._report(signature.subject)
        if about.action in {CLOSED, TAKEN_BACK}:
            return recalled.content(self._work, recalled.known(self._work, told_by(about)["recall"]))
        return {}

    @staticmethod
    def _as_told(content: Content | None, about: Event) -> Content | None:
        """Return what was chosen in the words of its event, where they say the same."""
        told = told_by(about)
        if content is None:
            return None
        return {
            name: told[name] if name in told and same(name, told[name], value) else value
            for name, value in content.items()
        }

    def _record(self, lot: str, event: int) -> Content | None:
        batch = self._batches.get(lot_key(lot))
        if batch is None:
            return None
        return recorded.content_of(batch, _last(self._sheets[batch.id], event), _last(self._checks[batch.id], event))

    def _entry(self, lot: str, about: Event) -> Content | None:
        if lot_key(lot) not in self._batches:
            return None
        return self._entries.get(about.number) or signed.of_decision(about)

    def _report(self, subject: str) -> Content | None:
        issued = next((each for each in self._work.issued.all() if each.subject == subject), None)
        return None if issued is None else issued_evidence.kept_facts(self._work, issued)

    @cached_property
    def _batches(self) -> dict[str, Batch]:
        """Every batch with its components, by the key of its lot."""
        parts = self._work.batches.components()
        batches = (each.batch for each in self._work.batches.all())
        return {lot_key(each.lot): replace(each, components=parts.get(each.id, ())) for each in batches}

    @cached_property
    def _sheets(self) -> Mapping[int, Sequence[tuple[int, Worksheet]]]:
        """The worksheets of each batch by its key, each with its event, oldest first."""
        return _by_batch(self._work.records.worksheets())

    @cached_property
    def _checks(self) -> Mapping[int, Sequence[tuple[int, Quality]]]:
        return _by_batch(self._work.records.qualities())

    @cached_property
    def _chosen(self) -> dict[int, Content]:
        """The formulas and policies that were put in force, by the number of their event."""
        found: dict[int, Content] = {
            row["event_id"]: {name: row[name] for name in ("policy", "effective_from")}
            for row in lying(self._work, "policy")
        }
        kept = {each.formula.id: each.formula for each in self._work.formulas.all()}
        return found | {row["event_id"]: formulas.content(kept[row["id"]]) for row in lying(self._work, "formula")}

    @cached_property
    def _entries(self) -> dict[int, Content]:
        """What was signed of entries, by the number of their event."""
        disposals = self._work.disposals.all()
        lots = {batch.id: batch.lot for batch in self._batches.values()}
        found: dict[int, Content] = {}
        for row in lying(self._work, "movement"):
            if row["event_id"] in self._about and row["batch_id"] in lots:
                entry, lot = entry_of(row, None), lots[row["batch_id"]]
                posted = Posted(id=row["id"], lot=lot, entry=entry, on_hand=0, at=row["at"], by=row["by"])
                found[row["event_id"]] = signed_facts(posted, disposals.get(row["id"]))
        return found


def _by_batch(rows: Iterable[tuple[int, int, T]]) -> Mapping[int, Sequence[tuple[int, T]]]:
    found: defaultdict[int, list[tuple[int, T]]] = defaultdict(list)
    for event, batch, each in rows:
        found[batch].append((event, each))
    return found


def _last(versions: Sequence[tuple[int, T]], event: int) -> T | None:
    """Return the last version that was there with an event."""
    return next((each for number, each in reversed(versions) if number <= event), None)
