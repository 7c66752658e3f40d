"""Signing: the signing person's PIN is asked anew, and what was signed can be told from what was changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ldninv.db import Transaction
from ldninv.domain.people import Person
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning, ReleasedBy, Signature, digest_of, holds, in_words, may_sign, nobody_may
from ldninv.services import people
from ldninv.services.context import Context
from ldninv.services.sign_in import proven, working

__all__ = ["Pen", "Signer", "holds", "in_words", "second_person", "sign", "signatures", "signer"]

ACTION = "signed"
"""What the trail calls a signature."""

UNSIGNED = "Recorded as unsigned: there are no people in this database yet."


@dataclass(frozen=True, slots=True)
class Pen:
    """Who wants to sign, with the PIN that was typed for it."""

    name: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Signer:
    """A person whose PIN was right a moment ago, and what it was typed for."""

    person: Person
    meaning: Meaning
    pin_given_by: str | None = None
    """Who gave them the PIN that they still have, so knows it too."""


def signer(context: Context, pen: Pen | None, meaning: Meaning, *, of: str | None = None) -> Signer | None:
    """Return who signs; None while there are no people, when all is recorded as unsigned.

    Call it before the write begins: a wrong PIN is kept in the trail whatever comes after.

    Args:
        context: Here and now.
        pen: Who wants to sign.
        meaning: What for.
        of: What it is of, for a refusal: “batch LDN260117001M”.

    Raises:
        Refused: nobody is named, they may not sign this, their PIN is wrong, or somebody else gave it to them.
    """
    with context.store.reading() as work:
        if not work.people.any():
            return None
        if pen is None:
            what = meaning.words if of is None else f"{meaning.words} of {of}"
            raise Refused(f"This takes a signature: {what}. Name who signs, with their PIN.").when_typed(
                "--signer NAME, and LDNINV_SIGNER_PIN"
            )
        _may_sign(work, working(work, pen.name), meaning, of)
    person = proven(context, pen.name, pen.pin)
    session = context.seat.session
    if session is not None and session.person == person.id and session.pin_set == person.pin_set:
        context.seat.take(person, context.seat.idle_minutes)
    with context.store.reading() as work:
        return Signer(person, meaning, people.pin_giver(work, person))


def remarks(by: Signer | None) -> tuple[str, ...]:
    """Return what a verb has to say of its signature: that there is none yet, or that somebody else knows the PIN."""
    if by is None:
        return (UNSIGNED,)
    if by.pin_given_by is None:
        return ()
    name, giver = by.person.name, by.pin_given_by
    return (f"Signed with the PIN that {giver} gave {name}, and the signature says so. Let {name} choose their own.",)


def sign(
    context: Context,
    work: Transaction,
    by: Signer | None,
    subject: str,
    content: Mapping[str, object],
    *,
    about: int | None = None,
) -> Signature | None:
    """Keep a signature within the write of the verb that it is for, with an event of its own by who signed.

    Args:
        context: Here and now.
        work: The transaction of the verb.
        by: Who signs, from `signer`; None while there are no people.
        subject: The lot or other thing that it stands under.
        content: What is signed, as `holds` gets it later.
        about: Number of the verb's own event.

    Raises:
        Refused: the person left, became something else or got another PIN at this very moment.
    """
    if by is None:
        if work.people.any():
            raise Refused("The first person was added at this moment, and this takes a signature now. Do it again.")
        return None
    person = _still(work, by)
    digest, giver = digest_of(content), people.pin_giver(work, person)
    given = {} if giver is None else {"pin_given_by": giver}
    signed = context.event(
        ACTION, subject, after={"meaning": by.meaning, "digest": digest, "about": about, **given}, by=person.name
    )
    return work.signatures.append(
        Signature(
            person=person.id,
            name=person.name,
            at=signed.at,
            meaning=by.meaning,
            subject=subject,
            digest=digest,
            event=work.trail.append(signed),
            about=about,
            pin_given_by=giver,
        )
    )


def second_person(work: Transaction, by: Signer | None, names: Iterable[str | None], did: str) -> None:
    """Refuse a signature of who did it: that takes a second person (R8), whatever name they had then.

    Args:
        work: The transaction.
        by: Who signs; None while there are no people.
        names: Who did it, by every name the record has for that.
        did: What they did, for the sentence: "made batch LDN260117001M".

    Raises:
        Refused: they are the same person.
    """
    if by is None:
        return
    did_it = [name for name in names if name]
    if any(people.same_person(work, by.person.name, name) for name in did_it):
        able = [
            name for name in _able(work, by.meaning) if not any(people.same_person(work, name, each) for each in did_it)
        ]
        others = f"Let a second person sign: {', '.join(able)}." if able else nobody_may(by.meaning)
        raise Refused(f"{by.person.name} {did}, and cannot sign for it too. {others}").when_typed(
            "--signer NAME" if able else "ldninv users add NAME --role pharmacist"
        )


def signatures(context: Context, subject: str) -> list[Signature]:
    """Return what was signed under a lot or other thing, oldest first."""
    with context.store.reading() as work:
        return work.signatures.of(subject)


def _still(work: Transaction, by: Signer) -> Person:
    """Return who proved their PIN a moment ago, as they are within the verb's own transaction."""
    person = work.people.get(by.person.id)
    if person.retired or person.pin_set != by.person.pin_set:
        raise Refused(f"{person.name} was changed at this moment. Sign again.")
    _may_sign(work, person, by.meaning)
    return person


def _able(work: Transaction, meaning: Meaning) -> list[str]:
    released_by = work.preferences.read().released_by
    return [each.name for each in work.people.all() if not each.retired and may_sign(each.role, meaning, released_by)]


def _may_sign(work: Transaction, person: Person, meaning: Meaning, of: str | None = None) -> None:
    released_by: ReleasedBy = work.preferences.read().released_by
    if not may_sign(person.role, meaning, released_by):
        able, what = _able(work, meaning), meaning.words if of is None else f"{meaning.words} of {of}"
        raise Refused(
            f"{person.name} is {person.role.one}, and cannot sign {what}. "
            f"It takes a pharmacist: {', '.join(able) or 'none works here; add one first'}."
        )
    if person.pin_given:
        raise Refused(
            f"Somebody else gave {person.name} this PIN. Change it first, then sign with your own."
        ).when_typed("ldninv users pin")
