"""Search as one types, filters with their counts, and orders: from memory once it is read, from the database before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ldninv.domain.progress import Progress, unheard
from ldninv.domain.question import Question, Sort
from ldninv.services.catalogue import Catalogue, Moment
from ldninv.services.context import Context

FEW = 2000
"""Batches that are read at once, before anybody notices."""

FIRST = 200
"""Rows that are asked of the database while the rest is being read."""

MANY = 500
"""Entries since, from which on everything is read anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a list shows, and what its filters count."""

    ids: Sequence[int]
    ever: int
    """Batches that the database holds, about."""
    counts: Sequence[int] | None = None
    """Of every filter; None while they are being read."""


class Finder:
    """Answers the batch list's questions; `load` it on a worker while it is not `ready`."""

    def __init__(self, context: Context, filters: Sequence[Question]) -> None:
        self.context = context
        self._filters = tuple(filters)
        self._catalogue: Catalogue | None = None

    @property
    def ready(self) -> bool:
        """Whether it answers from memory."""
        return self._catalogue is not None

    def load(self, progress: Progress = unheard) -> None:
        """Read all batches."""
        with self.context.store.reading() as work:
            self._catalogue = Catalogue.read(work, self._filters, self.context.today(), progress)

    def catch_up(self) -> bool:
        """Read what was entered since, here or by another program, and return whether there was anything.

        Where that is much, or the day or the settings changed, everything has to be loaded anew.
        """
        known = self._catalogue
        with self.context.store.reading() as work:
            now = Moment.of(work, self.context.today())
            if known is not None and known.moment == now:
                return False
            if known is not None and self._is_near(known.moment, now):
                since = work.ledger.touched(known.moment.entry, MANY)
                since = [*since, *(key for key in work.happenings.kept_since(known.moment.storage) if key not in since)]
                known.take(work.batches.notes(self._filters, now.today, now.buffer, since), now)
                return True
            self._catalogue = None
            if work.batches.next_id() <= FEW:
                self._catalogue = Catalogue.read(work, self._filters, now.today)
        return True

    def answer(self, number: int, text: str = "", sort: Sort = Sort.EXPIRES, *, descending: bool = False) -> Answer:
        """Return what answers the filter of that number and mentions every word of `text`.

        From the database it is the beginning only, and without counts.
        """
        self.catch_up()
        found = self._catalogue
        if found is not None:
            ids = found.ids(number, text, sort, descending=descending)
            return Answer(ids=ids, counts=found.counts(text, sort), ever=len(found.orders[sort]))
        question = replace(self._filters[number], text=text, sort=sort, descending=descending, limit=FIRST)
        with self.context.store.reading() as work:
            buffer = work.preferences.read().buffer
            ids = work.batches.ids(question, self.context.today(), buffer)
            return Answer(ids=ids, ever=work.batches.next_id() - 1)

    def among(self, keys: Sequence[int], text: str) -> Sequence[int]:
        """Return those of `keys`, in their order, that every word of `text` is found in."""
        return keys if self._catalogue is None else self._catalogue.among(keys, text)

    def lots(self, keys: Sequence[int]) -> list[str]:
        """Return the lots of batches."""
        if self._catalogue is not None:
            lots = self._catalogue.lots
            return [lots[key] for key in keys]
        with self.context.store.reading() as work:
            return [kept.batch.lot for kept in work.batches.rows(keys)]

    @staticmethod
    def _is_near(known: Moment, now: Moment) -> bool:
        """Whether a few things happened since, on the same day and by the same settings."""
        news = now.entry - known.entry, now.storage - known.storage
        same = replace(known, entry=now.entry, storage=now.storage) == now
        return same and min(news) >= 0 and 0 < sum(news) <= MANY
