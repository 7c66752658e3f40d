"""What is kept to find a thing by, held against the thing: a lot under another key would never be found."""

from __future__ import annotations

from collections.abc import Callable

from ldninv.db import Transaction
from ldninv.db.goods import name_key as goods_key
from ldninv.db.loggers import logger_key
from ldninv.domain.formulas import formula_key
from ldninv.domain.lots import lot_key
from ldninv.domain.people import name_key
from ldninv.domain.places import place_key
from ldninv.services.proving.holding import few, lying

_KEYS: tuple[tuple[str, str, str, Callable[[str], str]], ...] = (
    ("place", "name", "name_key", place_key),
    ("batch", "lot", "lot_key", lot_key),
    ("component", "lot", "lot_key", lot_key),
    ("formula", "number", "number_key", formula_key),
    ("batch_record", "drug_lot", "drug_lot_key", lot_key),
    ("component_date", "lot", "lot_key", lot_key),
    ("person", "name", "name_key", name_key),
    ("person_name", "name", "name_key", name_key),
    ("product", "name", "name_key", goods_key),
    ("product", "supplier", "supplier_key", goods_key),
    ("alias", "text", "text_key", lot_key),
    ("goods", "lot", "lot_key", lot_key),
    ("logger", "name", "name_key", logger_key),
)
"""Table, what is written down, what it is found by, and what makes the one of the other."""


def faults(work: Transaction) -> list[str]:
    """Return the rows that are found under another name than they carry, in words; empty where all agrees."""
    found = []
    for table, column, key, made in _KEYS:
        wrong = [row for row in lying(work, table) if (row[key] or "") != made(row[column] or "")]
        found += few(
            [f"“{row[column]}” of {table} is found under “{row[key]}”, not its own name." for row in wrong], table
        )
    recalls = [row for row in lying(work, "recall") if row["component_key"] not in {None, lot_key(row["subject"])}]
    stray = [row for row in lying(work, "recall") if (row["component_key"] is None) != (row["names"] == "null")]
    return found + [f"Recall {row['id']} is found under another lot than its own." for row in (*recalls, *stray)]
