"""The signatures of one database. They are appended, never changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from peewee import JOIN, Database, Expression, ModelSelect

from ldninv.db.rows import EventRow, SignatureRow, insert
from ldninv.db.worded import Worded
from ldninv.domain.signing import Meaning, Signature

_COLUMNS = (
    SignatureRow.id, SignatureRow.person, SignatureRow.name, SignatureRow.at, SignatureRow.meaning,
    SignatureRow.subject, SignatureRow.digest, SignatureRow.event, SignatureRow.about, EventRow.after,
)  # fmt: skip


class Signatures:
    """The signatures of one database; who gave a PIN that was signed with stands in the signature's event."""

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
        return [_signature(row) for row in _under(self._database, subject)]

    def beginning(self, text: str) -> list[Signature]:
        """Return what was signed under all whose name begins so, oldest first."""
        subject = SignatureRow.subject
        return self._where((subject >= text) & (subject < text + chr(0x10FFFF)))

    def about(self, event: int) -> list[Signature]:
        """Return the signatures of what a verb did, by the number of its event."""
        return self._where(SignatureRow.about == event)

    def _where(self, which: Expression) -> list[Signature]:
        return [_signature(row) for row in _signed(which).tuples().execute(self._database)]


def _signed(which: Expression) -> ModelSelect[SignatureRow]:
    told = EventRow.number == SignatureRow.event
    query = SignatureRow.select(*_COLUMNS).join(EventRow, JOIN.LEFT_OUTER, on=told)
    return query.where(which).order_by(SignatureRow.id)


@Worded
def _under() -> ModelSelect[SignatureRow]:
    return _signed(SignatureRow.subject == "")


def _signature(row: Sequence[Any]) -> Signature:
    key, person, name, at, meaning, subject, digest, event, about, told = row
    return Signature(
        id=key, person=person, name=name, at=at, meaning=Meaning(meaning), subject=subject, digest=digest,
        event=event, about=about, pin_given_by=_giver(told),
    )  # fmt: skip


def _giver(told: str | None) -> str | None:
    """Return who gave the PIN that was signed with, as the signature's own event tells it."""
    try:
        giver = json.loads(told or "{}").get("pin_given_by")
    except ValueError:  # the trail was tampered with, which its check says
        return None
    return None if giver is None else str(giver)
