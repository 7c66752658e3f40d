"""The worksheet and its sums: exact, to the microgram, and never with a guessed potency (R26)."""

from dataclasses import replace
from datetime import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ldninv.domain.expiry import ComponentLot
from ldninv.domain.formulas import Formula
from ldninv.domain.quantities import Strength
from ldninv.domain.record import Potency, Worksheet, calculation, checked, remarks
from ldninv.domain.refusal import Refused
from ldninv.domain.weights import mass, milligrams, percent

D = Decimal
STRENGTH = Strength(4500)
SHEET = Worksheet(planned=300, prepared_at=time(9, 12), fill_mg=D(130), drug_lot="NX1", potency=Potency(D("99.2")))
DRUG = ComponentLot("Naltrexone HCl", "NX1", amount="1.361 g")


def test_drug_and_filler_of_a_batch_follow_from_strength_potency_and_fill():
    found = calculation(STRENGTH, 300, Potency(D("99.2")), D(130))

    assert found.drug_each_mg == D("4.536")
    assert found.drug_mg == D("1360.887")
    assert found.contents_mg == D(39000)
    assert found.filler_mg == D("37639.113")
    assert found.missing == ()


def test_the_batch_is_not_a_multiple_of_a_rounded_capsule():
    found = calculation(STRENGTH, 300, Potency(D("99.2")), D(130))

    assert found.drug_mg != found.drug_each_mg * 300


def test_water_on_the_certificate_makes_for_more_to_weigh():
    dry = calculation(STRENGTH, 100, Potency(D(100)), None).drug_mg
    moist = calculation(STRENGTH, 100, Potency(D(100), D("8.7")), None).drug_mg

    assert (dry, moist) == (D(450), D("492.881"))


def test_what_is_not_known_is_asked_for_and_never_guessed():
    found = calculation(STRENGTH, 300, None, None)

    assert (found.drug_each_mg, found.drug_mg, found.filler_mg, found.contents_mg) == (None, None, None, None)
    assert found.missing == ("the potency on the drug lot's certificate", "the fill weight of one capsule")
    assert calculation(STRENGTH, 300, None, D(130)).filler_mg is None


@given(
    micrograms=some.integers(1, 10_000),
    capsules=some.integers(1, 100_000),
    assay=some.decimals(90, 105, places=2),
    fill=some.decimals(20, 900, places=3),
)
def test_drug_and_filler_are_the_contents_to_the_microgram(micrograms, capsules, assay, fill):
    found = calculation(Strength(micrograms), capsules, Potency(assay), fill)

    assert found.drug_mg + found.filler_mg == found.contents_mg == fill * capsules
    exact = Fraction(micrograms, 1000) * capsules / (Fraction(assay) / 100)
    assert abs(Fraction(found.drug_mg) - exact) <= Fraction(1, 2000)


@pytest.mark.parametrize("assay", ["0.992", "89.9", "105.1", "992", "NaN"])
def test_a_potency_that_no_certificate_gives_is_refused_in_words(assay):
    with pytest.raises(Refused, match="certificate of naltrexone hydrochloride"):
        Potency(D(assay))


def test_a_water_content_that_cannot_be_is_refused():
    with pytest.raises(Refused, match="99 % is no water content"):
        Potency(D(99), D(99))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"planned": 0}, "0 is no number of capsules"),
        ({"fill_mg": D(4)}, "need 1360.887 mg of drug, and 4 mg in each holds 1200 mg"),
        ({"fill_mg": D("0.0001")}, "finer than a microgram"),
        ({"shell_mg": D(0)}, "no weight of a capsule"),
        ({"drug_lot": None}, "belongs to a drug lot"),
        ({"formula": Formula(number="F", name="N", strength=Strength(3000), version=2)}, "F, version 2 makes 3 mg"),
        ({"verified_by": " ana  ruiz"}, "second person"),
    ],
)
def test_a_worksheet_that_cannot_be_is_refused_in_words(facts, words):
    assert checked(SHEET, STRENGTH, "Ana Ruiz") is SHEET
    with pytest.raises(Refused, match=words):
        checked(replace(SHEET, **facts), STRENGTH, "Ana Ruiz")


@pytest.mark.parametrize(
    ("facts", "amount", "words"),
    [
        ({}, "1.361 g", ()),
        ({"fill_mg": D(1300)}, "", ("a capsule of size 3 (0.30 mL) seldom holds 1300 mg",)),
        ({"potency": None}, "13.61 g", ()),
        ({}, "13.61 g", ("13610 mg of Naltrexone HCl were weighed, and 1360.887 mg calculated",)),
        ({}, "a spoon", ()),
    ],
)
def test_a_second_look_is_asked_for_where_a_decimal_point_may_have_slipped(facts, amount, words):
    assert remarks(replace(SHEET, **facts), STRENGTH, "3", (replace(DRUG, amount=amount),)) == words


def test_numbers_are_read_as_people_write_them():
    assert percent("99,2%") == D("99.2")
    assert mass(" 130.5 mg") == D("130.5")
    assert (percent(""), mass(" ")) == (None, None)
    assert [milligrams(text) for text in ("1,35 g", "2 kg", "450mg", "5 mcg", "")] == [1350, 2_000_000, 450, None, None]
    for read, text in ((percent, "much"), (percent, "NaN"), (mass, "12 g"), (mass, "-1")):
        with pytest.raises(Refused):
            read(text)
