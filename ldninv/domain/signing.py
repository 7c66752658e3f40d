"""Signatures: who stood for what, when, and whether what was signed is still what is there (R8)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from ldninv.domain.entries import Posted
from ldninv.domain.people import Role


class Meaning(StrEnum):
    """What a signature says."""

    RELEASED = "released"
    DECIDED = "decided"
    DISPOSED = "disposed"
    POLICY = "policy"
    CONDITIONS = "conditions"
    FORMULA = "formula"
    EXPIRY_CHANGED = "expiry-changed"
    REPORT = "report"
    STORAGE = "storage"
    RECALL_CLOSED = "recall-closed"
    TAKEN_BACK = "taken-back"
    RESTORED = "restored"

    @property
    def words(self) -> str:
        """What was signed, after “signed”."""
        return _WORDS[self]


_WORDS = {
    Meaning.RELEASED: "the release",
    Meaning.DECIDED: "the decision on a hold",
    Meaning.DISPOSED: "the disposal",
    Meaning.POLICY: "the policy",
    Meaning.CONDITIONS: "an exception from the policy's conditions",
    Meaning.FORMULA: "the master formula",
    Meaning.EXPIRY_CHANGED: "an earlier date",
    Meaning.REPORT: "the report",
    Meaning.RESTORED: "putting back a backup",
    Meaning.STORAGE: "the storage record",
    Meaning.RECALL_CLOSED: "the end of the recall",
    Meaning.TAKEN_BACK: "the taking back of an entry",
}

EVERYBODY = frozenset({Meaning.DISPOSED})
"""What anybody who works here signs for what they did; all else is for a pharmacist."""


class ReleasedBy(StrEnum):
    """Who may release what somebody else made (R8)."""

    PHARMACIST = "pharmacist"
    ANYBODY = "anybody"


def may_sign(role: Role, meaning: Meaning, released_by: ReleasedBy = ReleasedBy.PHARMACIST) -> bool:
    """Whether a role can sign with that meaning; an admin looks after people, and signs no more than a technician.

    >>> may_sign(Role.PHARMACIST, Meaning.RELEASED), may_sign(Role.ADMIN, Meaning.RELEASED)
    (True, False)
    """
    if role is Role.PHARMACIST or meaning in EVERYBODY:
        return True
    return meaning is Meaning.RELEASED and released_by is ReleasedBy.ANYBODY


def nobody_may(meaning: Meaning) -> str:
    """Return that nobody who works here may sign, with the way out; who made a batch is no second person (R8)."""
    if meaning is not Meaning.RELEASED:
        return "Nobody who works here may sign this. Add a pharmacist in Settings."
    return (
        "Nobody who works here may sign this. Whoever made a batch or wrote it down does not release it: add a second "
        "pharmacist in Settings, or say there that any second person releases what another made."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature as it is kept."""

    id: int = 0
    person: int
    """Whose, whatever the name is today."""
    name: str
    """The name at that time."""
    at: str
    """Instant, ISO 8601 with the local offset."""
    meaning: Meaning
    subject: str
    """The lot or other thing that it stands under."""
    digest: str
    """SHA-256 of what was signed."""
    event: int = 0
    """Number of its own event in the trail."""
    about: int | None = None
    """Number of the event of the verb that it signs."""
    pin_given_by: str | None = None
    """Who gave the signing person their PIN, where they had not changed it yet: then two knew it."""


def digest_of(content: Mapping[str, object]) -> str:
    """Return the SHA-256 of what is signed, in hexadecimal: the same for the same content in whatever order.

    >>> digest_of({"a": 1, "b": Decimal("4.5")}) == digest_of({"b": Decimal("4.5"), "a": 1})
    True
    """
    written = json.dumps(
        dict(content), ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_plain
    )
    return hashlib.sha256(written.encode()).hexdigest()


def holds(signature: Signature, content: Mapping[str, object]) -> bool:
    """Whether what is there now is what was signed."""
    return digest_of(content) == signature.digest


def in_words(
    signature: Signature, content: Mapping[str, object] | None = None, *, taken_back: Posted | None = None
) -> str:
    """Return a signature as a line for people, and whether what it stands under was changed or taken back since.

    Args:
        signature: The signature.
        content: What is there now; None where that is not asked.
        taken_back: The entry that took back what was signed; None where none did.
    """
    return line(signature, unchanged=None if content is None else holds(signature, content), taken_back=taken_back)


def line(signature: Signature, *, unchanged: bool | None, taken_back: Posted | None = None) -> str:
    """Return a signature as a line for people; None says nothing of what became of what was signed."""
    said = f"{signature.name} signed {signature.meaning.words} on {_moment(signature.at)}"
    if signature.pin_given_by is not None:
        said = f"{said} with a PIN given by {signature.pin_given_by}, not changed until then"
    if unchanged is False:
        said = f"{said}; record CHANGED since"
    if taken_back is not None:
        return f"{said}; TAKEN BACK on {_moment(taken_back.at)} by {taken_back.by}"
    return f"{said}; record unchanged since" if unchanged else said


def _moment(at: str) -> str:
    return f"{datetime.fromisoformat(at):%Y-%m-%d at %H:%M}"


def _plain(value: object) -> object:
    """Return a value of the field as it is signed; one that cannot be written the same way twice is a mistake."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | Fraction):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be signed: write it as text first")
