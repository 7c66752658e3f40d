"""The people of one database: found by any name they ever had, by badge or by key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from peewee import Database, Expression

from ldninv.db.rows import PersonNameRow, PersonRow, insert
from ldninv.domain.people import Person, Role, badge_key, name_key


class People:
    """The people of one database. What is changed here has its event in the same transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def any(self) -> bool:
        """Whether anybody was ever added."""
        return PersonRow.select(PersonRow.id).limit(1).scalar(self._database) is not None

    def all(self) -> list[Person]:
        """Return everybody, also those who left, by name."""
        return [_person(row) for row in PersonRow.select().order_by(PersonRow.name_key).execute(self._database)]

    def get(self, key: int) -> Person:
        """Return a person who is there."""
        found = self._one(PersonRow.id == key)
        if found is None:
            raise LookupError(f"no person {key}")
        return found

    def by_name(self, name: str) -> Person | None:
        """Return who goes by that name or ever did, compared without case and blanks."""
        held = PersonNameRow.select(PersonNameRow.person).where(PersonNameRow.name_key == name_key(name))
        return self._one(PersonRow.id.in_(held))

    def by_badge(self, text: str) -> Person | None:
        """Return whose badge a scanned text is."""
        return self._one(PersonRow.badge == badge_key(text))

    def pin_of(self, key: int) -> str:
        """Return the hash of a person's PIN."""
        return str(PersonRow.select(PersonRow.pin).where(PersonRow.id == key).scalar(self._database))

    def append(self, name: str, role: Role, pin: str, event: int) -> int:
        """Keep a new person with the hash of their PIN, and return their key."""
        row = {"name": name, "name_key": name_key(name), "role": role.value, "pin": pin, "pin_set": event}
        insert(PersonRow, [row | {"event_id": event}], self._database)
        key = int(PersonRow.select(PersonRow.id).where(PersonRow.name_key == name_key(name)).scalar(self._database))
        self._hold_name(key, name, event)
        return key

    def rename(self, key: int, name: str, event: int) -> None:
        """Let a person go by another name; the one before stays theirs."""
        if self.by_name(name) is None:
            self._hold_name(key, name, event)
        self._set(key, name=name, name_key=name_key(name))

    def set_role(self, key: int, role: Role) -> None:
        """Make a person something else."""
        self._set(key, role=role.value)

    def set_retired(self, key: int, *, retired: bool) -> None:
        """Let a person leave, or come back."""
        self._set(key, retired=retired)

    def set_pin(self, key: int, pin: str, event: int, *, given: bool) -> None:
        """Keep the hash of a new PIN; wrong tries of the old one count no more."""
        self._set(key, pin=pin, pin_set=event, pin_given=given, failures=0, failed_at=None)

    def set_badge(self, key: int, badge: str | None) -> None:
        """Keep a badge, or take it away."""
        self._set(key, badge=badge)

    def set_failures(self, key: int, failures: int, at: datetime | None) -> None:
        """Count wrong PINs, or forget them."""
        self._set(key, failures=failures, failed_at=None if at is None else at.isoformat())

    def names(self) -> dict[str, int]:
        """Return every name anybody ever had, as it is compared, with whose it is."""
        held = PersonNameRow.select(PersonNameRow.name_key, PersonNameRow.person).tuples()
        return {str(name): int(key) for name, key in held.execute(self._database)}

    def _one(self, which: Expression) -> Person | None:
        rows: Iterable[PersonRow] = PersonRow.select().where(which).limit(1).execute(self._database)
        return next((_person(row) for row in rows), None)

    def _hold_name(self, key: int, name: str, event: int) -> None:
        row = {"name_key": name_key(name), "name": name, "person_id": key, "event_id": event}
        insert(PersonNameRow, [row], self._database)

    def _set(self, key: int, **facts: Any) -> None:  # noqa: ANN401 - columns, each with its own kind
        PersonRow.update(**facts).where(PersonRow.id == key).execute(self._database)


def _person(row: PersonRow) -> Person:
    return Person(
        id=row.id, name=row.name, role=Role(row.role), retired=row.retired, has_badge=row.badge is not None,
        pin_set=row.pin_set, pin_given=row.pin_given, failures=row.failures,
        failed_at=None if row.failed_at is None else datetime.fromisoformat(row.failed_at),
    )  # fmt: skip
