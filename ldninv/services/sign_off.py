"""A weekly report is signed off: a pharmacist answers for the files or the print that the shelves were walked with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from ldninv.domain.audit import Event
from ldninv.domain.days import Week
from ldninv.domain.signing import Meaning, Signature, holds
from ldninv.reports.weekly import Report
from ldninv.reports.writers import render
from ldninv.services import signing
from ldninv.services.context import Change, Context
from ldninv.services.signed import Signed
from ldninv.services.signing import UNSIGNED, Pen

ACTION = "report-signed"
"""What the trail calls a report that was signed off."""


@dataclass(frozen=True, slots=True)
class SignedOff:
    """What came of a sign-off."""

    changed: Change = Change.REPORTS
    notices: tuple[str, ...] = ()


def sign_off(
    context: Context, made: Report, digests: Mapping[str, str] | None = None, *, sign: Pen | None = None
) -> SignedOff:
    """Keep that a report was worked through, with the digest of what it says and of its files.

    Args:
        context: Who and when.
        made: The report, as it was written or printed.
        digests: The SHA-256 of each file by its name; none where it was printed.
        sign: The pharmacist.

    Raises:
        Refused: nobody signs who may.
    """
    signer = signing.signer(context, sign, Meaning.REPORT)
    content: dict[str, object] = {
        "as_of": made.as_of.isoformat(),
        "report": hashlib.sha256(render(made, "json")).hexdigest(),
        "files": dict(digests or {}),
    }
    with context.writing() as work:
        number = work.trail.append(context.event(ACTION, str(made.week), after=content))
        signing.sign(context, work, signer, _subject(made.week), content, about=number)
    return SignedOff(notices=() if signer is not None else (UNSIGNED,))


def of_week(context: Context, week: Week) -> tuple[Signed, ...]:
    """Return the signatures under a week's reports, oldest first, each held against its event."""
    with context.store.reading() as work:
        found = work.signatures.of(_subject(week))
        events = {each.number: each for each in work.trail.rows([sign.about for sign in found if sign.about])}
        return tuple(Signed(each, _unchanged(events.get(each.about or 0), each)) for each in found)


def _unchanged(event: Event | None, signature: Signature) -> bool:
    return event is not None and holds(signature, json.loads(event.after or "{}"))


def _subject(week: Week) -> str:
    return f"report {week}"
