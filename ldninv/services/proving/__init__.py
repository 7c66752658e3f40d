"""What is kept, held against the trail: what was changed beside its event shows here, row by row (R28)."""

from __future__ import annotations

from collections.abc import Callable

from ldninv.db import Transaction
from ldninv.services.proving import chosen, goods, keys, ledger, made, people, recalls, shelf, signatures, storage
from ldninv.services.storage import proving as recounted

QUESTIONS: tuple[Callable[[Transaction], list[str]], ...] = (
    ledger.faults,
    shelf.faults,
    made.faults,
    chosen.faults,
    people.faults,
    signatures.faults,
    goods.faults,
    recalls.faults,
    storage.faults,
    recounted.faults,
    keys.faults,
)
"""Each returns what it finds in words, and nothing where all agrees."""
