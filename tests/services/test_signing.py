"""A signature is one person's own, says what for, and shows whether what was signed is still there."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from peewee import IntegrityError

from builders import dump
from ldninv.domain.people import Role
from ldninv.domain.refusal import Refused
from ldninv.domain.settings import Settings
from ldninv.domain.signing import Meaning, ReleasedBy, holds, in_words
from ldninv.services import people, preferences, safety, signing
from ldninv.services.seat import Seat
from ldninv.services.sign_in import WRONG_PIN, sign_in
from ldninv.services.signing import Pen
from staff import ANA, BEN, IDA, MARA, PINS, pen, staffed

pytestmark = pytest.mark.on_both

CONTENT = {"lot": "A1", "expires": date(2027, 3, 1), "strength_mg": Decimal("4.5"), "weights": [248, 251]}


@pytest.fixture
def staff(context):
    return staffed(context, ANA)


def signed(context, by=None, meaning=Meaning.RELEASED, content=CONTENT):
    """Do something, and sign it."""
    signer = signing.signer(context, by or pen(), meaning)
    with context.writing() as work:
        number = work.trail.append(context.event("test", "A1"))
        return signing.sign(context, work, signer, "A1", content, about=number)


def test_a_signature_keeps_who_when_what_for_and_a_digest_of_what(staff):
    signature = signed(staff)

    with staff.store.reading() as work:
        *_, done, event = work.trail.all()
        assert work.signatures.of("A1") == work.signatures.about(done.number) == [signature]
    assert (signature.name, signature.meaning, signature.at) == (MARA, Meaning.RELEASED, staff.instant())
    assert (event.action, event.subject, event.by, event.number) == ("signed", "A1", MARA, signature.event)
    assert signature.digest in event.after
    assert done.by == ANA
    assert signing.signatures(staff, "A1") == [signature]


def test_a_later_change_of_the_record_breaks_it_visibly(staff):
    signature = signed(staff)
    other = [CONTENT | {"lot": "A2"}, CONTENT | {"weights": [251, 248]}, CONTENT | {"more": None}, {}]

    assert holds(signature, dict(reversed(CONTENT.items())))
    assert in_words(signature, CONTENT) == "Mara Lind signed the release on 2026-11-22 at 09:30; record unchanged since"
    for changed in other:
        assert not holds(signature, changed)
        assert in_words(signature, changed).endswith("; record CHANGED since")


def test_while_there_are_no_people_nobody_signs(context):
    assert signing.signer(context, None, Meaning.RELEASED) is None
    assert signed(context) is None


def test_once_there_are_people_a_missing_signature_is_refused_with_the_way_out(staff):
    with pytest.raises(Refused, match=r"This takes a signature: the release. Name who signs, with their PIN\.$") as no:
        signing.signer(staff, None, Meaning.RELEASED)
    assert no.value.typed == "--signer NAME, and LDNINV_SIGNER_PIN"


@pytest.mark.parametrize("meaning", Meaning)
@pytest.mark.parametrize("name", [MARA, ANA, IDA])
def test_a_pharmacist_signs_everything_and_others_only_what_they_disposed_of(staff, name, meaning):
    if name == MARA or meaning is Meaning.DISPOSED:
        assert signed(staff, pen(name), meaning).name == name
    else:
        with pytest.raises(Refused, match=f"cannot sign {meaning.words}. It takes a pharmacist: Mara Lind"):
            signed(staff, pen(name), meaning)


def test_any_second_person_releases_where_the_pharmacy_says_so(staff):
    sign_in(staff, MARA, PINS[MARA])
    preferences.change(staff, Settings(released_by=ReleasedBy.ANYBODY))

    assert signed(staff, pen(BEN)).name == BEN
    with pytest.raises(Refused, match="It takes a pharmacist"):
        signed(staff, pen(BEN), Meaning.POLICY)


def test_an_admin_signs_with_no_pin_but_their_own(staff):
    with pytest.raises(Refused, match="not the PIN of Mara Lind"):
        signed(staff, Pen(MARA, PINS[IDA]))
    sign_in(staff, IDA, PINS[IDA])
    people.reset_pin(staff, MARA, "112358")

    with pytest.raises(Refused, match=r"Somebody else gave Mara Lind this PIN. Change it first"):
        signed(staff, Pen(MARA, "112358"))
    people.change_pin(staff, MARA, "112358", "271828")
    assert signed(staff, Pen(MARA, "271828")).name == MARA


def test_a_wrong_pin_is_kept_in_the_trail_and_nothing_else_is(staff):
    with pytest.raises(Refused, match="not the PIN of Mara Lind"):
        signed(staff, Pen(MARA, "112358"))

    with staff.store.reading() as work:
        assert [event.action for event in work.trail.all()][-1] == WRONG_PIN
        assert work.signatures.all() == []


def test_a_pin_is_not_shown_with_its_pen():
    assert PINS[MARA] not in repr(pen())


def test_who_left_does_not_sign(staff):
    sign_in(staff, MARA, PINS[MARA])
    people.add(staff, "Zoë", Role.PHARMACIST, "112358")
    people.retire(staff, "Zoë")

    with pytest.raises(Refused, match="Zoë no longer works here"):
        signed(staff, Pen("Zoë", "112358"))


def test_what_happens_between_the_pin_and_the_signature_counts(staff):
    signer = signing.signer(staff, pen(), Meaning.RELEASED)
    elsewhere = replace(staff, seat=Seat())
    people.change_pin(elsewhere, MARA, PINS[MARA], "271828")

    before = dump(staff.store)
    with pytest.raises(Refused, match=r"Mara Lind was changed at this moment. Sign again"), staff.writing() as work:
        signing.sign(staff, work, signer, "A1", CONTENT)
    assert dump(staff.store) == before


def test_the_first_person_added_meanwhile_wants_a_signature(context):
    signer = signing.signer(context, None, Meaning.RELEASED)
    people.add(context, MARA, Role.PHARMACIST, PINS[MARA])
    sign_in(context, MARA, PINS[MARA])

    with pytest.raises(Refused, match="takes a signature now"), context.writing() as work:
        signing.sign(context, work, signer, "A1", CONTENT)


def test_who_made_it_is_no_second_person_under_whatever_name(staff):
    sign_in(staff, MARA, PINS[MARA])
    people.rename(staff, MARA, "Mara Weber")
    signer = signing.signer(staff, Pen("Mara Weber", PINS[MARA]), Meaning.RELEASED)

    with staff.store.reading() as work:
        for made_by in ([MARA], [" mara  WEBER"], [None, ANA, MARA]):
            with pytest.raises(Refused, match="Mara Weber made batch A1, and cannot sign for it too"):
                signing.second_person(work, signer, made_by, "made batch A1")
        signing.second_person(work, signer, [ANA, None, "A Stranger"], "made batch A1")
        signing.second_person(work, None, [MARA], "made batch A1")


def test_a_signature_outlives_a_new_name_and_keeps_the_old(staff):
    signature = signed(staff)
    sign_in(staff, MARA, PINS[MARA])
    people.rename(staff, MARA, "Mara Weber")

    assert signing.signatures(staff, "A1") == [signature]
    assert safety.check(staff) == []


def test_ones_own_signature_is_a_sign_in_too(staff):
    seconds = [0.0]
    here = replace(staff, seat=Seat(lambda: seconds[0]))
    sign_in(here, MARA, PINS[MARA])
    seconds[0] = 5 * 60

    assert signed(here).name == MARA


def test_what_cannot_be_written_the_same_way_twice_is_not_signed(staff):
    with pytest.raises(TypeError, match="set cannot be signed"):
        signed(staff, content={"lots": {"A1"}})
    with pytest.raises(ValueError, match="JSON compliant"):
        signed(staff, content={"mean": float("nan")})


@pytest.mark.speaks_sqlite
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE signature SET name = 'Eve'",
        "DELETE FROM signature",
        "REPLACE INTO signature SELECT * FROM signature",
        "UPDATE OR REPLACE signature SET id = 99",
        "INSERT OR REPLACE INTO signature SELECT 99, person_id, name, at, '', '', '', event_id, NULL FROM signature",
        "UPDATE person_name SET person_id = 1",
        "DELETE FROM person_name",
        "REPLACE INTO person_name SELECT * FROM person_name",
        "DELETE FROM person",
        "REPLACE INTO person SELECT * FROM person",
        "UPDATE OR REPLACE person SET name_key = 'x'",
    ],
)
def test_signatures_names_and_people_are_never_replaced_or_taken_away(staff, statement):
    signed(staff)
    before = dump(staff.store)

    with pytest.raises(IntegrityError), staff.store.transaction() as work:
        work.database.execute_sql(statement)
    assert dump(staff.store) == before


TAMPERED = [
    ("UPDATE signature SET digest = 'x'", "The signature of Mara Lind under A1 is not what event"),
    ("UPDATE signature SET name = 'Ana Ruiz'", "The signature of Ana Ruiz under A1 is not what event"),
    ("UPDATE signature SET person_id = 2", "The signature of Mara Lind under A1 is not what event"),
    ("UPDATE signature SET meaning = 'policy'", "is not what event"),
    ("UPDATE signature SET at = '2026-11-21T09:30:00.000+01:00'", "is not what event"),
    ("UPDATE signature SET subject = 'A2'", "under A2 is not what event"),
    ("UPDATE signature SET about_id = NULL", "is not what event"),
    ("DELETE FROM signature", r"The signature of event \d+ \(A1\) is not there"),
    ("UPDATE person SET role = 'pharmacist' WHERE name = 'Ana Ruiz'", "Ana Ruiz is not what the trail says: role"),
    ("UPDATE person SET retired = 1 WHERE name = 'Ana Ruiz'", "Ana Ruiz is not what the trail says: retired"),
    ("UPDATE person SET pin_set = 1 WHERE name = 'Ana Ruiz'", "Ana Ruiz is not what the trail says: PIN"),
    ("UPDATE person SET pin_given = 1 WHERE name = 'Ana Ruiz'", "says: who set the PIN"),
    ("UPDATE person SET name = 'Eve', name_key = 'eve' WHERE name = 'Ana Ruiz'", "Eve is among the people, and no ev"),
    ("DELETE FROM person WHERE name = 'Ben Okoye'", "Ben Okoye is not among the people, and the trail says so"),
]


@pytest.mark.parametrize(("statement", "words"), TAMPERED)
def test_what_is_changed_behind_the_programs_back_is_found_and_named(filed, statement, words):
    staffed(filed, ANA)
    signed(filed)
    assert safety.check(filed) == []
    filed.store.close()
    with closing(sqlite3.connect(filed.store.name, isolation_level=None)) as theirs:
        for (trigger,) in theirs.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            theirs.execute(f"DROP TRIGGER {trigger}")
        theirs.execute("PRAGMA foreign_keys = OFF")
        theirs.execute(statement)

    assert [text for text in safety.check(filed) if re.search(words, text)]


def test_a_signature_says_that_the_pin_had_been_given_by_somebody_and_not_changed(staff):
    given = signed(staff, pen(ANA), Meaning.DISPOSED)
    people.change_pin(staff, ANA, PINS[ANA], "926535")
    own = signed(staff, Pen(ANA, "926535"), Meaning.DISPOSED)

    assert (given.pin_given_by, own.pin_given_by) == (MARA, None)
    assert signing.signatures(staff, "A1") == [given, own]
    assert in_words(given) == (
        f"{ANA} signed the disposal on 2026-11-22 at 09:30 with a PIN given by {MARA}, not changed until then"
    )
    assert safety.check(staff) == []


def test_the_first_persons_pin_is_their_own(staff):
    assert signed(staff).pin_given_by is None


def test_a_verb_says_that_somebody_else_knows_the_pin_that_it_was_signed_with(staff):
    signer = signing.signer(staff, pen(ANA), Meaning.DISPOSED)
    people.change_pin(staff, ANA, PINS[ANA], "926535")
    own = signing.signer(staff, Pen(ANA, "926535"), Meaning.DISPOSED)

    assert signing.remarks(signer) == (
        f"Signed with the PIN that {MARA} gave {ANA}, and the signature says so. Let {ANA} choose their own.",
    )
    assert signing.remarks(own) == ()
    assert signing.remarks(None) == (signing.UNSIGNED,)
