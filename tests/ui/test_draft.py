"""The fields of a new batch become a recipe, or say which of them cannot be read."""

from dataclasses import replace
from datetime import date

import pytest

from ldninv.domain.expiry import ONE_YEAR, ComponentLot, Container
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused
from ldninv.ui import draft, typed
from ldninv.ui.draft import Draft, Part
from ldninv.ui.typed import Unread

DRAFT = Draft(
    strength="4.5",
    prepared="2026-11-22",
    made="300",
    policy=ONE_YEAR,
    place=None,
    filler=" MCC ",
    container=Container.LIGHT_RESISTANT,
    capsule_size="",
    made_by="Ana",
    parts=(Part("Naltrexone HCl", "NX24", "2027-04", "Sample"), Part("", "")),
    reason="",
)


def test_the_fields_become_a_recipe_and_empty_lines_are_left_out():
    recipe = DRAFT.recipe()

    assert (recipe.strength, recipe.prepared, recipe.made) == (Strength(4500), date(2026, 11, 22), 300)
    assert (recipe.filler, recipe.capsule_size, recipe.reason) == ("MCC", None, None)
    assert recipe.components == (ComponentLot("Naltrexone HCl", "NX24", date(2027, 4, 30), "Sample"),)


def test_the_date_is_known_before_strength_and_number_are():
    assert replace(DRAFT, strength="", made="").preview().expiry().on == date(2027, 4, 30)


UNREAD = {
    "strength": {"strength": "fifty"},
    "made": {"made": "LDN260117001M"},
    "prepared": {"prepared": "22/11/2026"},
    "part-0-expires": {"parts": (Part("MCC", "M1", "soon"),)},
    "part-1-lot": {"parts": (Part("MCC", "M1"), Part("Shells", " "))},
    "part-0-name": {"parts": (Part("", "M1"),)},
}


@pytest.mark.parametrize(("field", "facts"), UNREAD.items(), ids=UNREAD)
def test_what_cannot_be_read_names_its_field(field, facts):
    with pytest.raises(Unread) as said:
        replace(DRAFT, **facts).recipe()
    assert said.value.field == field


@pytest.mark.parametrize("text", ["", "2027", "2027-13", "2027-02-30", "05/2027", "0000-05"])
def test_what_is_no_day_is_never_guessed(text):
    with pytest.raises(Refused):
        typed.day(text)


def test_an_obstacle_is_said_as_the_service_would_say_it():
    recipe = DRAFT.recipe()

    assert draft.obstacle(recipe, date(2026, 11, 22)) is None
    assert "lies ahead" in draft.obstacle(recipe, date(2026, 11, 21))
