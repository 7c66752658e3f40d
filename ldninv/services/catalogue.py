"""Every batch in memory as far as a list needs it: its words, its filters, and its place in every order.

A keystroke, a filter or another order then reads no database. What stands here was all read at one moment, and is
kept fresh by reading again the batches that the ledger names since.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from heapq import merge
from itertools import compress
from sys import intern
from typing import TYPE_CHECKING, Any

from ldninv.domain.lots import lot_key
from ldninv.domain.progress import Progress, unheard
from ldninv.domain.quantities import Strength
from ldninv.domain.question import Question, Sort
from ldninv.domain.refusal import Refused

if TYPE_CHECKING:
    from ldninv.db import Transaction
    from ldninv.db.notes import Note

AT_ONCE = 5000
"""Batches between two notes of progress."""

_HEAD = 9
"""Letters that the lots of one day have in common: what stands in all heads need not be looked for in every lot."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a catalogue holds true for: a day, the days to spare, the last entry of the ledger, the last of storage."""

    today: date
    buffer: int
    entry: int
    storage: int = 0

    @classmethod
    def of(cls, work: Transaction, today: date) -> Moment:
        """Return the present one."""
        return cls(today, work.preferences.read().buffer, work.ledger.last(), work.happenings.last_kept())


@dataclass(slots=True)
class _Found:
    """The batches that a text was found in, kept for the next letter."""

    text: str
    sort: Sort
    keys: Sequence[int]
    kinds: bytes
    """Which of the catalogue's answers each has."""


@dataclass(slots=True)
class Catalogue:
    """All batches by their keys; a key that is none has an empty place in every column."""

    moment: Moment
    questions: tuple[Question, ...]
    lots: list[str] = field(default_factory=list)
    _lot_keys: list[str] = field(default_factory=list)
    _heads: set[str] = field(default_factory=set)
    """The beginnings of all lots."""
    _strengths: list[int] = field(default_factory=list)
    _prepared: list[str] = field(default_factory=list)
    _expires: list[str] = field(default_factory=list)
    _on_hand: list[int] = field(default_factory=list)
    _places: list[str] = field(default_factory=list)
    _surroundings: list[str] = field(default_factory=list)
    """Place and component lots, which many batches share."""
    _all_surroundings: set[str] = field(default_factory=set)
    _kinds: bytearray = field(default_factory=bytearray)
    """Which of `_answers` a batch has: few are different."""
    _answers: list[int] = field(default_factory=list)
    orders: dict[Sort, list[int]] = field(default_factory=dict)
    """The keys of all batches in every order, ascending."""
    _found: list[_Found] = field(default_factory=list)
    """What was typed, letter by letter: each is looked for among those before, and a letter back costs nothing."""

    @classmethod
    def read(
        cls, work: Transaction, questions: Sequence[Question], today: date, progress: Progress = unheard
    ) -> Catalogue:
        """Read all batches; a million of them take seconds, so this belongs on a worker."""
        moment = Moment.of(work, today)
        made = cls(moment, tuple(questions))
        total = work.batches.next_id() - 1
        made._widen(total)
        by_date = []
        for number, note in enumerate(work.batches.notes(questions, today, moment.buffer)):
            if number % AT_ONCE == 0:
                progress(number, total)
            made._write(note)
            by_date.append(note.key)
        made.orders[Sort.EXPIRES] = by_date
        for sort, column in made._columns().items():
            progress(total, total)
            if sort is not Sort.EXPIRES:
                made.orders[sort] = _merged(by_date, column) if sort is Sort.LOT else _grouped(by_date, column)
        return made

    def take(self, notes: Iterable[Note], moment: Moment) -> None:
        """Take what is new of some batches, and put each in its place again."""
        for note in notes:
            key = note.key
            is_new = key >= len(self.lots) or not self._lot_keys[key]
            if is_new:
                self._widen(key)
            at = {} if is_new else {sort: self._position(sort, key) for sort in self.orders}
            self._write(note)
            for sort, keys in self.orders.items():
                if sort in at:
                    del keys[at[sort]]
                keys.insert(self._position(sort, key), key)
        self.moment = moment
        self._found.clear()

    def counts(self, text: str, sort: Sort) -> list[int]:
        """Return how many batches with `text` answer each question."""
        kinds = self._with(text, sort).kinds
        of_kind = [kinds.count(kind) for kind in range(len(self._answers))]
        return [
            sum(count for count, bits in zip(of_kind, self._answers, strict=True) if bits >> number & 1)
            for number in range(len(self.questions))
        ]

    def ids(self, number: int, text: str, sort: Sort, *, descending: bool) -> Sequence[int]:
        """Return the keys of the batches with `text` that answer the question of that number, in order."""
        found = self._with(text, sort)
        wanted = bytes(bits >> number & 1 for bits in self._answers).ljust(256, b"\0")
        fits = found.kinds.translate(wanted)
        keys = list(compress(found.keys, fits)) if 0 in fits else found.keys
        return keys[::-1] if descending else keys[:]

    def among(self, keys: Sequence[int], text: str) -> Sequence[int]:
        """Return those of `keys`, in their order, that every word of `text` is found in."""
        for word in text.split():
            keys = self._mentioned(keys, word)
        return keys

    def _with(self, text: str, sort: Sort) -> _Found:
        """Return the batches with `text`, looked for among those of the text before where it only grew."""
        text, found = text.strip(), self._found
        while found and not (found[-1].sort is sort and _narrows(found[-1].text, text)):
            found.pop()
        if not found:
            every = self.orders[sort]
            found.append(_Found("", sort, every, self._kinds_of(every)))
        last = found[-1]
        if last.text != text:
            keys = self.among(last.keys, text)
            same = len(keys) == len(last.keys)
            found.append(replace(last, text=text) if same else _Found(text, sort, keys, self._kinds_of(keys)))
        return found[-1]

    def _kinds_of(self, keys: Sequence[int]) -> bytes:
        return bytes(map(self._kinds.__getitem__, keys))

    def _mentioned(self, keys: Sequence[int], word: str) -> Sequence[int]:
        part, strength = lot_key(word), _strength(word)
        if all(part in head for head in self._heads):
            return keys
        lots, strengths, surroundings = self._lot_keys, self._strengths, self._surroundings
        around = {each for each in self._all_surroundings if part in each}
        if around and strength is not None:
            return [k for k in keys if part in lots[k] or surroundings[k] in around or strengths[k] == strength]
        if around:
            return [k for k in keys if part in lots[k] or surroundings[k] in around]
        if strength is not None:
            return [k for k in keys if part in lots[k] or strengths[k] == strength]
        return [k for k in keys if part in lots[k]]

    def _position(self, sort: Sort, key: int) -> int:
        """Return where a batch stands in an order, or where it belongs."""
        order = self._order(sort)
        return bisect_left(self.orders[sort], order(key), key=order)

    def _order(self, sort: Sort) -> Callable[[int], tuple[object, ...]]:
        """Return what an order compares: the column, then the date, the day of preparation and the lot."""
        column, expires, prepared, lots = self._columns()[sort], self._expires, self._prepared, self.lots
        return lambda key: (column[key], expires[key], prepared[key], lots[key])

    def _columns(self) -> dict[Sort, list[Any]]:
        return {
            Sort.EXPIRES: self._expires,
            Sort.LOT: self._lot_keys,
            Sort.STRENGTH: self._strengths,
            Sort.PREPARED: self._prepared,
            Sort.ON_HAND: self._on_hand,
            Sort.PLACE: self._places,
        }

    def _write(self, note: Note) -> None:
        key, lot, folded, strength, prepared, expires, on_hand, place, components, answers = note
        self.lots[key] = lot
        self._lot_keys[key] = folded
        self._heads.add(folded[:_HEAD])
        self._strengths[key] = strength
        self._prepared[key] = intern(prepared)
        self._expires[key] = intern(expires)
        self._on_hand[key] = on_hand
        self._places[key] = intern(place)
        around = intern(f"{place}\n{components}")
        self._surroundings[key] = around
        self._all_surroundings.add(around)
        if answers not in self._answers:
            self._answers.append(answers)
        self._kinds[key] = self._answers.index(answers)

    def _widen(self, last: int) -> None:
        """Make room for the keys up to `last`."""
        more = max(0, last + 1 - len(self.lots))
        if not self._answers:
            self._answers.append(0)
        for text in (self.lots, self._lot_keys, self._prepared, self._expires, self._places, self._surroundings):
            text.extend([""] * more)
        for number in (self._strengths, self._on_hand):
            number.extend([0] * more)
        self._kinds.extend(bytes(more))


def _narrows(before: str, text: str) -> bool:
    """Whether what mentions `text` mentions `before` too: words were added, or letters to the last word.

    A strength is found as a whole: 4.5 is not among what 4 finds.
    """
    old, new = before.split(), text.split()
    grown = len(old) - 1
    return text.startswith(before) and (not old or new[grown] == old[grown] or _strength(new[grown]) is None)


def _grouped(keys: Iterable[int], column: list[Any]) -> list[int]:
    """Return `keys` by a column of few values, those that are equal as they stood.

    `sorted` would be as fast, and hold every other thread while it sorts a million.
    """
    groups: dict[Any, list[int]] = {}
    for key in keys:
        groups.setdefault(column[key], []).append(key)
    return [key for value in sorted(groups) for key in groups[value]]


def _merged(keys: list[int], column: list[Any]) -> list[int]:
    """Return `keys` by a column of which no two are equal, sorted in parts for the same reason."""
    by = column.__getitem__
    parts = [sorted(keys[start : start + AT_ONCE], key=by) for start in range(0, len(keys), AT_ONCE)]
    return list(merge(*parts, key=by))


def _strength(word: str) -> int | None:
    """Return the strength that a word names, in micrograms."""
    try:
        return Strength.parse(word).micrograms
    except Refused:
        return None
