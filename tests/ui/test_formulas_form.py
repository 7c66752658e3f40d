"""Master formulas in the settings: every version is seen, a new one is a copy, and a pharmacist signs."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from builders import CHEAP_PINS
from ldninv.domain.expiry import Container
from ldninv.domain.formulas import Formula, Ingredient
from ldninv.domain.quantities import Strength
from ldninv.services import formulas, signing
from ldninv.services.context import Context
from staff import MARA, PINS, staffed

FORMULA = Formula(
    number="MF-45",
    name="LDN 4.5 mg",
    strength=Strength(4500),
    capsule_size="4",
    fill_mg=Decimal(130),
    ingredients=(Ingredient("Naltrexone HCl", "4.5 mg each"), Ingredient("MCC")),
    steps="Sieve.\nMix by geometric dilution.",
)


@pytest.fixture
def form(window):
    window.go_to(window.settings)
    return window.settings.formulas


@pytest.fixture
def two(stocked):
    """A formula in two versions."""
    formulas.approve(stocked, FORMULA)
    formulas.approve(stocked, replace(FORMULA, fill_mg=Decimal(140)), reason="new lot of MCC")


def lines(form):
    return [form.list.item(row).text() for row in range(form.list.count())]


def kept(context):
    return [each.formula for each in formulas.formulas(context)]


def test_there_are_none_at_first(form):
    assert form.says.text() == "No formulas yet."
    assert not form.list.isVisible()
    assert not form.copy.isVisible()


def test_a_formula_is_put_in_force_by_keyboard(form, stocked, press, write):
    form.new.setFocus()
    press("Return")
    task = form.task
    write("MF-45\tLDN 4.5 mg\t4,5\t4\t")
    task.typed["fill"].setFocus()
    write("130")
    task.ingredients.setFocus()
    press("Ctrl+A")
    write("Naltrexone HCl: 4.5 mg each\rMCC\t")
    write("Sieve.\rMix by geometric dilution.\t")
    task.typed["name"].setFocus()
    press("Return")

    assert form.banner.text.startswith("MF-45, version 1 is in force.")
    assert [replace(each, id=0, version=0) for each in kept(stocked)] == [FORMULA]
    assert lines(form) == ["MF-45, version 1: LDN 4.5 mg, 4.5 mg"]
    assert form.says.text().splitlines()[:4] == [
        "Capsule size 4, 130 mg in a capsule, filler MCC, light-resistant container",
        "Naltrexone HCl 4.5 mg each; MCC",
        "1. Sieve.",
        "2. Mix by geometric dilution.",
    ]


def test_every_version_is_listed_the_latest_of_a_number_first(two, form):
    assert lines(form) == [
        "MF-45, version 2: LDN 4.5 mg, 4.5 mg",
        "MF-45, version 1: LDN 4.5 mg, 4.5 mg (superseded)",
    ]
    assert "140 mg in a capsule" in form.says.text()
    form.list.setCurrentRow(1)
    assert "130 mg in a capsule" in form.says.text()


def test_a_new_version_begins_as_a_copy_and_the_old_ones_stay(two, form, stocked, press, write):
    form.list.setCurrentRow(1)
    form.copy.click()
    task = form.task
    assert task.accessibleName() == "Version 3 of MF-45"
    assert task.typed["fill"].text() == "140"
    assert task.typed["number"].isReadOnly()
    assert task.typed["strength"].isReadOnly()
    assert task.steps.toPlainText() == FORMULA.steps
    task.container.button(Container.CLEAR).click()
    task.reason.setFocus()
    press("Return")
    assert "Say why MF-45, version 2 is changed" in task.banner.text
    task.reason.setFocus()
    write("clear vials")
    press("Return")

    assert [(each.version, each.container) for each in kept(stocked)] == [
        (3, Container.CLEAR),
        (2, Container.LIGHT_RESISTANT),
        (1, Container.LIGHT_RESISTANT),
    ]


WRONG = {
    "strength": ("strength", "fifty", "no strength"),
    "fill": ("fill", "130 g", "no fill weight"),
}


@pytest.mark.parametrize(("field", "text", "says"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_read_is_pointed_to(form, stocked, press, field, text, says):
    form.new.click()
    form.task.typed["strength"].setText("4.5")
    form.task.typed[field].setText(text)
    form.task.typed["name"].setFocus()
    press("Return")

    assert says in form.task.banner.text
    assert form.task.typed[field].hasFocus()
    assert kept(stocked) == []


def test_a_formula_without_a_number_is_refused_in_words(form, press):
    form.new.click()
    form.task.typed["strength"].setText("4.5")
    press("Return")

    assert form.task.banner.text.startswith("A master formula needs a number")
    assert form.task.typed["number"].hasFocus()


def test_a_pharmacist_signs_it_where_there_are_people(stocked, open_window, qtbot):
    here = staffed(Context(stocked.store, "root", "bench", stocked.today, stocked.now, pins=CHEAP_PINS))
    window = open_window(here)
    window.go_to(window.settings)
    form = window.settings.formulas
    form.new.click()
    for key, text in (("number", "MF-1"), ("name", "LDN"), ("strength", "1")):
        form.task.typed[key].setText(text)
    qtbot.keyClick(form.task.typed["name"], Qt.Key.Key_Return)
    assert form.task.signature.pin.hasFocus()
    qtbot.keyClicks(form.task.signature.pin, PINS[MARA])
    qtbot.keyClick(form.task.signature.pin, Qt.Key.Key_Return)

    assert [each.number for each in kept(here)] == ["MF-1"]
    assert [each.name for each in signing.signatures(here, "MF-1")] == [MARA]
