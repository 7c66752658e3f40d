"""What stands on a label: all of R27, the lot alone in the code, and nothing that may be contradicted later."""

from datetime import timedelta

import pytest

from builders import TODAY, a_batch, kept
from ldninv.domain import standing
from ldninv.domain.labels import (
    COMPOUNDED,
    STORAGE,
    WARNING,
    Kind,
    badge_label,
    batch_label,
    bottle_label,
    place_label,
    short_dated_label,
)
from ldninv.domain.people import Role
from ldninv.domain.places import Light, Place, PlaceKind
from ldninv.domain.refusal import Refused

PHARMACY = "Elm Street Pharmacy"
AGAINST = {"quarantined": "not released yet", "recalled": "chipped", "rejected": "wrong colour", "held": "41 °C"}


def lasting(days, **facts):
    batch = kept(a_batch(lot="LDN260117001M", beyond_use=TODAY + timedelta(days=days - 1)), **facts)
    return batch, standing.of(batch, TODAY)


def texts(label):
    return [line.text for line in label.lines]


def test_a_batch_label_says_all_of_r27_and_its_code_the_lot_alone():
    label = batch_label(*lasting(200), PHARMACY)

    assert (label.kind, label.payload, label.notices) == (Kind.BATCH, "LDN260117001M", ())
    assert texts(label) == [
        "Naltrexone HCl 4.5 mg capsules",
        "Lot LDN260117001M",
        "Use by 2027-06-09",
        "300 capsules",
        STORAGE,
        COMPOUNDED,
        PHARMACY,
    ]


@pytest.mark.parametrize("make", [batch_label, bottle_label])
def test_the_warning_stands_on_a_label_where_the_pharmacy_wants_it(make):
    assert WARNING not in texts(make(*lasting(200), PHARMACY))
    assert WARNING in texts(make(*lasting(200), PHARMACY, warning=True))


@pytest.mark.parametrize("against", AGAINST)
def test_a_batch_is_labelled_whatever_its_standing_which_is_told_and_not_printed(against):
    label = batch_label(*lasting(200, **{against: AGAINST[against]}), PHARMACY)

    (notice,) = label.notices
    assert AGAINST[against] in notice
    assert notice.endswith("The label does not say so.")
    assert texts(label) == texts(batch_label(*lasting(200), PHARMACY))


def test_an_empty_batch_and_a_good_one_need_no_notice():
    assert batch_label(*lasting(200, on_hand=0), PHARMACY).notices == ()


def test_a_pharmacy_without_a_name_is_told_that_it_is_missing():
    assert "name is not set" in batch_label(*lasting(200), " ").notices[0]


def test_a_short_dated_sticker_says_until_when_it_covers_which_supply():
    assert texts(short_dated_label(*lasting(70)))[-2:] == [
        "30 days: dispense until 2027-01-01",
        "60 days: dispense until 2026-12-02",
    ]
    assert texts(short_dated_label(*lasting(7)))[-1] == "Covers no supply of 30 days"


def test_a_batch_is_short_dated_exactly_while_it_is_near_expiry():
    for days in (1, 29, 30, 89):
        assert short_dated_label(*lasting(days)).kind is Kind.SHORT_DATED
    with pytest.raises(Refused, match="is not short-dated"):
        short_dated_label(*lasting(90))
    with pytest.raises(Refused, match="past its date"):
        short_dated_label(*lasting(0))


def test_a_bottle_is_discarded_after_the_batchs_date():
    label = bottle_label(*lasting(200), PHARMACY, capsules=30)

    for text in ("Discard after 2027-06-09", "Lot LDN260117001M", "30 capsules", STORAGE, COMPOUNDED, PHARMACY):
        assert text in texts(label)


@pytest.mark.parametrize("against", AGAINST)
def test_no_bottle_is_labelled_of_what_may_not_leave(against):
    with pytest.raises(Refused, match="may leave"):
        bottle_label(*lasting(200, **{against: AGAINST[against]}), PHARMACY)


def test_no_bottle_of_an_expired_batch_is_labelled_but_the_last_one_of_a_good_batch_is():
    with pytest.raises(Refused, match="past its date"):
        bottle_label(*lasting(0), PHARMACY)
    assert bottle_label(*lasting(200, on_hand=0), PHARMACY).payload == "LDN260117001M"


def test_a_place_is_scanned_by_its_name():
    label = place_label(Place("Cabinet A", PlaceKind.SHORT_DATED, Light.SHADED))

    assert (label.payload, texts(label)) == ("Cabinet A", ["Cabinet A", "Short-dated · Shaded"])


def test_a_badges_code_stands_nowhere_in_its_text():
    label = badge_label("Mara Lind", Role.PHARMACIST, "7K2M9QX4TBDA")

    assert texts(label) == ["Mara Lind", "Pharmacist"]
    assert "7K2M9QX4TBDA" not in " ".join((*texts(label), *label.notices))
