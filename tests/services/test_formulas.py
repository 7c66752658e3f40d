"""Master formulas: versions that never change, one after the other, signed where there are people (R26)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from builders import dump
from ldninv.domain.formulas import LONGEST_STEPS, Formula, Ingredient
from ldninv.domain.people import Role
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning
from ldninv.services import formulas, people, safety, signing
from ldninv.services.formulas import content
from ldninv.services.sign_in import sign_in
from ldninv.services.signing import Pen

FORMULA = Formula(
    number="MF-4.5", name="Naltrexone HCl 4.5 mg", strength=Strength(4500), fill_mg=Decimal(130),
    ingredients=(Ingredient("Naltrexone HCl", "4.5 mg each"),), steps="Weigh.\nMix.",
)  # fmt: skip
PIN = "270653"


def test_a_changed_formula_is_a_further_version_and_the_first_stays(context):
    first = formulas.approve(context, FORMULA).formula
    second = formulas.approve(context, replace(FORMULA, number=" mf-4.5", steps="Mix."), reason="no balance").formula

    assert (first.version, second.version, second.number) == (1, 2, "MF-4.5")
    found = formulas.formulas(context)
    assert [each.formula for each in found] == [second, first]
    assert [(each.by, each.reason, each.used) for each in found] == [("Ana", "no balance", 0), ("Ana", None, 0)]
    with context.store.reading() as work:
        assert formulas.latest(work, Strength(4500)) == (second,)
        assert formulas.latest(work, Strength(3000)) == ()


@pytest.mark.parametrize(
    ("facts", "reason", "words"),
    [
        ({"number": " "}, None, "needs a number"),
        ({"name": ""}, None, "needs a name"),
        ({"name": "x" * 121}, None, "Shorten it to 120"),
        ({"steps": "x" * (LONGEST_STEPS + 1)}, None, "Shorten them"),
        ({"fill_mg": Decimal(4)}, None, "cannot be the contents of a 4.5 mg capsule"),
        ({}, "again", "says this already"),
        ({"steps": "Mix."}, " ", "Say why"),
        ({"strength": Strength(3000)}, "x", "makes 4.5 mg. Give another number"),
    ],
)
def test_what_cannot_be_is_refused_and_keeps_nothing(context, facts, reason, words):
    formulas.approve(context, FORMULA)
    before = dump(context.store)

    with pytest.raises(Refused, match=words):
        formulas.approve(context, replace(FORMULA, **facts), reason=reason)
    assert dump(context.store) == before


def test_where_there_are_people_a_pharmacist_signs_the_version(context):
    people.add(context, "Mara", Role.PHARMACIST, PIN)
    sign_in(context, "Mara", PIN)
    with pytest.raises(Refused, match="takes a signature"):
        formulas.approve(context, FORMULA)
    kept = formulas.approve(context, FORMULA, sign=Pen("Mara", PIN))

    (signature,) = signing.signatures(context, "MF-4.5")
    assert (kept.notices, signature.meaning, signature.name) == ((), Meaning.FORMULA, "Mara")
    assert signing.holds(signature, content(kept.formula))
    assert not signing.holds(signature, content(replace(kept.formula, steps="Mix.")))


@pytest.mark.parametrize("typed", ["130.0", "130.50", "130", "1.3E+2"])
def test_a_weight_with_zeros_behind_it_is_told_as_it_reads_back(context, typed):
    formulas.approve(context, replace(FORMULA, fill_mg=Decimal(typed)))

    assert safety.check(context) == []
