"""Questions that are worded once: writing a statement takes longer than answering it, and a card asks a dozen."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from peewee import Database, ModelSelect


class Worded:
    """A query that keeps its statement; what it is asked about is given anew each time."""

    def __init__(self, query: Callable[[], ModelSelect[Any]]) -> None:
        self._query = query

    @cached_property
    def statement(self) -> str:
        """The statement, with a mark for every value."""
        return str(self._query().sql()[0])

    def __call__(self, database: Database, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows as the database has them; `values` stand in the order in which the query names them."""
        found: list[tuple[Any, ...]] = database.execute_sql(self.statement, values).fetchall()
        return found
