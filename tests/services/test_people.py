"""People come, are renamed, leave and come back; and nobody can make themselves more than they are."""

import pytest

from builders import dump
from ldninv.domain.people import Role
from ldninv.domain.refusal import Refused
from ldninv.services import people, safety
from ldninv.services.context import Change
from ldninv.services.sign_in import sign_in
from staff import ANA, BEN, IDA, MARA, PINS, ROLES, staffed

pytestmark = pytest.mark.on_both


@pytest.fixture
def staff(context):
    """Four people, the pharmacist signed in."""
    return staffed(context, MARA)


def events(context):
    with context.store.reading() as work:
        return list(work.trail.all())


def refused(context, verb, words):
    """Expect a verb to be refused in words, with nothing changed."""
    before = dump(context.store)
    with pytest.raises(Refused, match=words):
        verb()
    assert dump(context.store) == before


@pytest.mark.parametrize("role", [Role.PHARMACIST, Role.ADMIN])
def test_the_first_person_needs_nobodys_leave(context, role):
    person = people.add(context, "  Mara   Lind ", role, "795311")

    assert (person.name, person.role, person.retired, person.pin_given) == ("Mara Lind", role, False, False)
    (event,) = events(context)
    assert (event.action, event.subject, event.by) == ("person-added", "Mara Lind", "Ana")


def test_a_technician_cannot_be_the_first(context):
    refused(context, lambda: people.add(context, "Ana", Role.TECHNICIAN, "240618"), "a pharmacist or an admin")


@pytest.mark.parametrize("acting", [MARA, IDA])
def test_a_pharmacist_and_an_admin_add_people(context, acting):
    staffed(context, acting)

    assert people.add(context, "Zoë", Role.TECHNICIAN, "112358").name == "Zoë"
    assert events(context)[-1].by == acting


def test_a_technician_changes_nobody(context):
    staffed(context, ANA)
    verbs = [
        lambda: people.add(context, "Zoë", Role.TECHNICIAN, "112358"),
        lambda: people.rename(context, BEN, "Ben"),
        lambda: people.retire(context, BEN),
        lambda: people.set_role(context, ANA, Role.PHARMACIST),
        lambda: people.reset_pin(context, MARA, "112358"),
        lambda: people.set_badge(context, BEN, "B-7"),
        lambda: people.bring_back(context, BEN, "112358"),
    ]
    for verb in verbs:
        refused(context, verb, "Ana Ruiz is a technician, who does not add or change people. Ask a pharmacist")


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\nb\x07", "795311", "…"])
def test_a_name_that_is_none_is_refused(staff, name):
    refused(staff, lambda: people.add(staff, name, Role.TECHNICIAN, "112358"), "name")


@pytest.mark.parametrize(
    "pin", ["", "12345", "1" * 33, "abcdef", "12 34 56", "１１２３５８", "000000", "123456", "987654"]
)
def test_a_pin_that_is_guessed_first_is_refused_and_never_told(staff, pin):
    before = dump(staff.store)
    with pytest.raises(Refused) as said:
        people.add(staff, "Zoë", Role.TECHNICIAN, pin)

    assert not pin or pin not in str(said.value)
    assert dump(staff.store) == before


def test_the_same_person_twice_is_refused_however_the_name_is_written(staff):
    for name in (ANA, " ana  RUIZ ", "Ana Ruiz"):
        again = lambda name=name: people.add(staff, name, Role.TECHNICIAN, "112358")  # noqa: E731
        refused(staff, again, r"The name .* is taken \(Ana Ruiz is here already\)")


def test_who_is_renamed_stays_the_same_person_under_every_name(staff):
    assert people.rename(staff, ANA, "Ana Weber") is Change.PEOPLE
    people.rename(staff, "Ana Weber", "Ana Ruiz Weber")

    with staff.store.reading() as work:
        assert people.same_person(work, ANA, "ana ruiz weber")
        assert people.same_person(work, "Ana Weber", ANA)
        assert not people.same_person(work, ANA, BEN)
        assert people.same_person(work, "A Stranger", " a  stranger")
        assert work.people.by_name(ANA).name == "Ana Ruiz Weber"
    assert [person.name for person in people.everybody(staff)] == ["Ana Ruiz Weber", BEN, IDA, MARA]


def test_a_name_somebody_had_is_never_given_to_another(staff):
    people.rename(staff, ANA, "Ana Weber")

    refused(staff, lambda: people.add(staff, ANA, Role.TECHNICIAN, "112358"), r"\(Ana Weber had it\)")
    refused(staff, lambda: people.rename(staff, BEN, ANA), r"never given to another. Add an initial")


def test_a_person_can_go_back_to_a_name_they_had_and_write_it_another_way(staff):
    people.rename(staff, ANA, "Ana Weber")
    people.rename(staff, "Ana Weber", "ANA RUIZ")

    assert people.everybody(staff)[0].name == "ANA RUIZ"
    assert people.rename(staff, ANA, "ANA RUIZ") is Change.NOTHING


def test_who_leaves_is_kept_and_no_longer_offered(staff):
    people.retire(staff, BEN, "moved away")

    assert BEN not in [person.name for person in people.at_work(staff)]
    assert BEN in [person.name for person in people.everybody(staff)]
    assert events(staff)[-1].reason == "moved away"
    refused(staff, lambda: people.retire(staff, BEN), "Ben Okoye no longer works here. At work: Ana Ruiz, Ida Berg")
    refused(staff, lambda: people.add(staff, BEN, Role.TECHNICIAN, "112358"), "is taken")


def test_who_comes_back_has_a_new_pin_that_they_change_themselves(staff):
    people.retire(staff, BEN)
    people.bring_back(staff, BEN, "112358")

    back = next(person for person in people.at_work(staff) if person.name == BEN)
    assert back.pin_given
    refused(staff, lambda: people.bring_back(staff, BEN, "112358"), "works here already")


def test_the_last_pharmacist_can_neither_leave_nor_become_something_else(staff):
    refused(staff, lambda: people.retire(staff, MARA), "Mara Lind is the last pharmacist here. Add another first")
    sign_in(staff, IDA, PINS[IDA])
    refused(staff, lambda: people.set_role(staff, MARA, Role.ADMIN), "the last pharmacist")

    people.set_role(staff, BEN, Role.PHARMACIST)
    people.retire(staff, MARA)


def test_the_last_who_may_add_people_cannot_leave(context):
    people.add(context, IDA, Role.ADMIN, PINS[IDA])
    sign_in(context, IDA, PINS[IDA])
    people.add(context, ANA, Role.TECHNICIAN, PINS[ANA])

    refused(context, lambda: people.retire(context, IDA), "the last who may add people")


def test_nobody_makes_themselves_something_else(context):
    staffed(context, IDA)

    refused(context, lambda: people.set_role(context, IDA, Role.PHARMACIST), "Let another pharmacist or admin")
    assert people.set_role(context, IDA, Role.ADMIN) is Change.NOTHING


def test_another_role_is_kept_with_what_it_was(staff):
    people.set_role(staff, BEN, Role.ADMIN)

    event = events(staff)[-1]
    assert (event.before, event.after) == ('{"role": "technician"}', '{"role": "admin"}')


def test_a_badge_finds_its_person_and_nobody_else(staff):
    people.set_badge(staff, BEN, "]C0STAFF-0017\r")

    assert people.of_badge(staff, "staff-0017\r\n").name == BEN
    assert people.of_badge(staff, "STAFF-0018") is None
    assert people.of_badge(staff, "") is None
    refused(staff, lambda: people.set_badge(staff, ANA, "staff-0017"), "That is the badge of Ben Okoye")
    people.retire(staff, BEN)
    assert people.of_badge(staff, "STAFF-0017") is None


@pytest.mark.parametrize("text", ["", " \r", "x" * 81, "LDN260117001M", "ldn260117001k"])
def test_what_is_no_badge_is_refused(staff, text):
    refused(staff, lambda: people.set_badge(staff, BEN, text), "badge")


def test_a_badge_can_be_taken_away(staff):
    people.set_badge(staff, BEN, "B-7")
    people.set_badge(staff, BEN, None)

    assert people.of_badge(staff, "B-7") is None
    people.set_badge(staff, ANA, "B-7")


def test_no_pin_no_hash_and_no_badge_is_in_the_trail_or_in_a_value(staff):
    people.set_badge(staff, BEN, "STAFF-0017")
    people.change_pin(staff, MARA, PINS[MARA], "112358")
    people.reset_pin(staff, BEN, "271828")
    with pytest.raises(Refused):
        sign_in(staff, ANA, "314159")

    with staff.store.reading() as work:
        hashes = [work.people.pin_of(person.id) for person in work.people.all()]
    told = repr(events(staff)) + repr(people.everybody(staff))
    for secret in [*PINS.values(), *hashes, "112358", "271828", "314159", "STAFF-0017", "staff-0017", "argon2"]:
        assert secret not in told
    assert all(each.startswith("$argon2id$") for each in hashes)
    assert len(set(hashes)) == len(ROLES)


def test_ones_own_pin_is_changed_with_the_one_before_and_others_only_by_who_may(staff):
    refused(staff, lambda: people.reset_pin(staff, MARA, "112358"), "Change your own PIN with the one you have")
    refused(staff, lambda: people.change_pin(staff, MARA, PINS[MARA], PINS[MARA]), "the PIN you have")
    with pytest.raises(Refused, match="not the PIN of Mara Lind"):
        people.change_pin(staff, MARA, "112358", "271828")

    people.change_pin(staff, MARA, PINS[MARA], "271828")
    sign_in(staff, MARA, "271828")
    assert [event.by for event in events(staff) if event.action == "pin-changed"] == [MARA]


def test_a_name_that_nobody_has_is_refused_without_saying_it_again(staff):
    with pytest.raises(Refused, match=r"Nobody here goes by that name. People: Ana Ruiz, Ben Okoye, Ida Berg") as said:
        people.retire(staff, "795311")

    assert "795311" not in str(said.value)


def test_the_database_is_sound_after_all_of_it(staff):
    people.rename(staff, ANA, "Ana Weber")
    people.reset_pin(staff, BEN, "271828")
    people.retire(staff, BEN)

    assert safety.check(staff) == []


def test_a_witness_is_another_person_who_works_here(staff):
    people.rename(staff, ANA, "Ana Weber")
    people.retire(staff, IDA)

    with staff.store.reading() as work:
        assert people.witness(work, " ben okoye ", {"does it": MARA}, "A1", needed=True) == BEN
        assert people.witness(work, None, {"does it": MARA}, "A1", needed=False) is None
        for name, did, words in [
            (None, MARA, "The disposal of batch A1 takes another person who saw it. Name the witness"),
            (ANA, "Ana Weber", "Ana Weber signs for it, and cannot be the witness too: the disposal of batch A1"),
            (IDA, MARA, "no longer works here"),
            ("Zoë", MARA, "Nobody here goes by that name"),
        ]:
            with pytest.raises(Refused, match=words):
                people.witness(work, name, {"does it": BEN, "signs for it": did}, "A1", needed=True)


def test_while_there_are_no_people_any_witness_will_do(context):
    with context.store.reading() as work:
        assert people.witness(work, " Somebody  Else ", {"does it": None}, "A1", needed=True) == "Somebody Else"
        assert people.witness(work, "", {"does it": "Ana"}, "A1", needed=True) is None
