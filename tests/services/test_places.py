"""Places are added once, by names that fit a label."""

import pytest

from builders import dump
from ldninv.domain.places import Light, Place, PlaceKind
from ldninv.domain.refusal import Refused
from ldninv.services.places import add_place, places


def test_a_place_is_added_with_its_event(context):
    add_place(context, "  Cabinet   A ", PlaceKind.QUARANTINE, Light.OPEN)

    assert places(context) == [Place("Cabinet A", PlaceKind.QUARANTINE, Light.OPEN)]
    with context.store.reading() as work:
        (event,) = work.trail.all()
    assert (event.action, event.subject) == ("place-added", "Cabinet A")


@pytest.mark.parametrize("name", ["CABINET  a", " cabinet A"])
def test_a_name_is_there_once_without_case_and_blanks(context, name):
    add_place(context, "Cabinet A")
    before = dump(context.store)

    with pytest.raises(Refused, match="There is a place Cabinet A already"):
        add_place(context, name)
    assert dump(context.store) == before


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_name_that_fits_no_label_is_refused(context, name):
    with pytest.raises(Refused, match="is no name for a place"):
        add_place(context, name)


def test_places_are_listed_by_name_without_case(context):
    for name in ("shelf 2", "Cabinet B", "cabinet a", "Ärzte"):
        add_place(context, name)

    assert [place.name for place in places(context)] == ["cabinet a", "Cabinet B", "shelf 2", "Ärzte"]
