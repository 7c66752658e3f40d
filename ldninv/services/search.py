"""Search as one types: every batch's words kept folded in memory, so that a keystroke reads no database."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from ldninv.domain.lots import lot_key
from ldninv.domain.progress import Progress, unheard
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused
from ldninv.services.context import Context

AT_ONCE = 5000
"""Batches between two notes of progress."""


class Finder:
    """What can be searched of each batch, by its key: the same words that `Question.text` asks the database for."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._words: list[str] = []

    @property
    def ready(self) -> bool:
        """Whether `load` has been through; before, the database has to be asked."""
        return bool(self._words)

    def load(self, progress: Progress = unheard) -> None:
        """Read the words of all batches; a million of them take seconds, so this belongs on a worker."""
        words: list[str] = []
        with self._context.store.reading() as work:
            for key, text in work.batches.words():
                if key >= len(words):
                    words.extend([""] * (key + 1 - len(words)))
                words[key] = text
                if key % AT_ONCE == 0:
                    progress(key, 0)
        self._words = words or [""]

    def reread(self, keys: Iterable[int]) -> None:
        """Read again the words of batches that were made or moved."""
        with self._context.store.reading() as work:
            for key, text in work.batches.words(list(keys)):
                if key >= len(self._words):
                    self._words.extend([""] * (key + 1 - len(self._words)))
                self._words[key] = text

    def among(self, keys: Sequence[int], text: str) -> array[int]:
        """Return those of `keys`, in their order, that every word of `text` is found in."""
        found: Sequence[int] = keys
        words = self._words
        for wanted in text.split():
            part, strength = lot_key(wanted), _strength(wanted)
            if strength is None:
                found = [key for key in found if part in words[key]]
            else:
                found = [key for key in found if part in words[key] or strength in words[key]]
        return array("q", found)


def _strength(word: str) -> str | None:
    """Return a word that is a strength as it stands between the others: whole, so that 4 does not find 4.5."""
    try:
        return f"\x1f{Strength.parse(word).micrograms}\x1f"
    except Refused:
        return None
