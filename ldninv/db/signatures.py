"""The signatures of one database. They are appended, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from peewee import Database, Expression

from ldninv.db.rows import SignatureRow, insert
from ldninv.domain.signing import Meaning, Signature

_COLUMNS = (
    SignatureRow.id, SignatureRow.person, SignatureRow.name, SignatureRow.at, SignatureRow.meaning,
    SignatureRow.subject, SignatureRow.digest, SignatureRow.event, SignatureRow.about,
)  # fmt: skip


class Signatures:
    """The signatures of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, signature: Signature) -> Signature:
        """Keep a signature, and return it with its key."""
        row = {
            "person_id": signature.person, "name": signature.name, "at": signature.at,
            "meaning": signature.meaning.value, "subject": signature.subject, "digest": signature.digest,
            "event_id": signature.event, "about_id": signature.about,
        }  # fmt: skip
        insert(SignatureRow, [row], self._database)
        key = SignatureRow.select(SignatureRow.id).where(SignatureRow.event == signature.event).scalar(self._database)
        return replace(signature, id=int(key))

    def all(self) -> list[Signature]:
        """Return every signature, oldest first."""
        return self._where(SignatureRow.id > 0)

    def of(self, subject: str) -> list[Signature]:
        """Return what was signed under a lot or other thing, oldest first."""
        return self._where(SignatureRow.subject == subject)

    def about(self, event: int) -> list[Signature]:
        """Return the signatures of what a verb did, by the number of its event."""
        return self._where(SignatureRow.about == event)

    def _where(self, which: Expression) -> list[Signature]:
        query = SignatureRow.select(*_COLUMNS).where(which).order_by(SignatureRow.id).tuples()
        return [_signature(row) for row in query.execute(self._database)]


def _signature(row: Sequence[Any]) -> Signature:
    key, person, name, at, meaning, subject, digest, event, about = row
    return Signature(
        id=key, person=person, name=name, at=at, meaning=Meaning(meaning), subject=subject, digest=digest,
        event=event, about=about,
    )  # fmt: skip
