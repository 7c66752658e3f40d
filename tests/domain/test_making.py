"""A new batch: its date with the rule that decided it, and what keeps it from being made (R1, R2)."""

from dataclasses import replace
from datetime import date

import pytest

from ldninv.domain import making
from ldninv.domain.expiry import DAYS_360, ONE_YEAR, USP_795, ComponentLot, Container, DecidedBy, Expiry
from ldninv.domain.making import Recipe
from ldninv.domain.places import Light, Place
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused

TODAY = date(2026, 11, 22)
RECIPE = Recipe(strength=Strength(4500), prepared=TODAY, made=300, policy=ONE_YEAR)
SHORT = ComponentLot("Naltrexone HCl", "NX24", date(2027, 4, 30))


def made(**facts):
    return making.batch(replace(RECIPE, **facts), "LDN261122001X", TODAY)


@pytest.mark.parametrize(
    ("policy", "on"),
    [(ONE_YEAR, date(2027, 11, 22)), (DAYS_360, date(2027, 11, 17)), (USP_795, date(2027, 5, 21))],
    ids=str,
)
def test_the_policy_dates_a_batch(policy, on):
    assert made(policy=policy).expiry == Expiry(on, DecidedBy.POLICY, policy.name)


def test_a_component_that_expires_first_dates_the_batch_and_is_named():
    assert made(components=(SHORT,)).expiry == Expiry(date(2027, 4, 30), DecidedBy.COMPONENT, "Naltrexone HCl NX24")


def test_a_component_decides_nothing_where_the_pharmacy_says_so():
    batch = making.batch(replace(RECIPE, components=(SHORT,)), "A", TODAY, with_components=False)

    assert batch.expiry.decided_by is DecidedBy.POLICY
    assert batch.components == (SHORT,)


def test_a_batch_keeps_what_was_said_of_it():
    batch = made(capsule_size="3", made_by="Ana", filler="Avicel PH-101", container=Container.LIGHT_RESISTANT)

    assert (batch.lot, batch.strength, batch.prepared, batch.made) == ("LDN261122001X", Strength(4500), TODAY, 300)
    assert (batch.capsule_size, batch.made_by, batch.filler) == ("3", "Ana", "Avicel PH-101")
    assert batch.policy == ONE_YEAR


UNMET = {
    "another filler": ({"filler": "lactose"}, "the filler is lactose"),
    "no filler": ({"filler": None}, "the filler is not known"),
    "a clear container on a shelf": (
        {"container": Container.CLEAR, "place": Place("Shelf 3", light=Light.SHADED)},
        "the container is clear",
    ),
    "no container": ({"container": None}, "the container is not known"),
}


@pytest.mark.parametrize(("facts", "words"), UNMET.values(), ids=UNMET)
def test_what_does_not_meet_the_policys_conditions_needs_a_reason(facts, words):
    assert any(words in each for each in replace(RECIPE, **facts).unmet)
    with pytest.raises(Refused, match="Choose another policy, or give a reason"):
        made(**facts)
    with pytest.raises(Refused, match="give a reason"):
        made(**facts, reason="  ")
    assert made(**facts, reason="study of our own").expiry.decided_by is DecidedBy.POLICY


def test_a_clear_container_meets_the_condition_in_the_dark():
    assert replace(RECIPE, container=Container.CLEAR, place=Place("Cabinet A", light=Light.DARK)).unmet == ()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"prepared": date(2026, 11, 23)}, "lies ahead"),
        ({"made": 0}, "0 is no number of capsules"),
        ({"made": 1_000_001}, "more than any batch holds"),
        ({"components": (ComponentLot("MCC", "M1", date(2026, 11, 21)),)}, "MCC M1 expired on 2026-11-21"),
    ],
    ids=["ahead", "none", "too many", "an expired component"],
)
def test_what_cannot_be_is_refused(facts, words):
    with pytest.raises(Refused, match=words):
        made(**facts)


def test_a_component_may_be_used_on_its_last_day():
    assert made(components=(ComponentLot("MCC", "M1", TODAY),)).expiry.on == TODAY
