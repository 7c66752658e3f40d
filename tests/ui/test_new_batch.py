"""A new batch: filled in from the last of its strength, its date said live, its lot in large type once it is kept."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from builders import CHEAP_PINS, TODAY, at_work
from ldninv.domain.amounts import amount
from ldninv.domain.expiry import ONE_YEAR, ComponentLot
from ldninv.domain.formulas import Formula, Ingredient
from ldninv.domain.goods import Delivery, Product
from ldninv.domain.lots import internal_lot
from ldninv.domain.making import Recipe
from ldninv.domain.places import PlaceKind
from ldninv.domain.quantities import Strength
from ldninv.domain.record import Potency, Worksheet
from ldninv.services import batches, formulas, goods, making, places, record, signing
from ldninv.services.context import Context
from ldninv.ui import theme
from ldninv.ui.draft import USUAL
from ldninv.ui.scanner import taking
from staff import MARA, PINS, staffed

LAST = Recipe(
    strength=Strength(4500),
    prepared=date(2026, 10, 1),
    made=450,
    policy=ONE_YEAR,
    capsule_size="3",
    made_by="Ben",
    components=(
        ComponentLot("Naltrexone HCl", "NX24", date(2028, 4, 30), "Sample Chemicals", "2.0 g"),
        ComponentLot("MCC", "M1", date(2028, 6, 30), "Sample Fillers"),
    ),
)


@pytest.fixture
def page(stocked, open_window):
    """The page over a shelf whose last batch of 4.5 mg is `LAST`."""
    places.add_place(stocked, "Quarantine shelf", PlaceKind.QUARANTINE)
    making.make(stocked, LAST)
    window = open_window(stocked)
    window.go_to(window.making)
    return window.making


@pytest.fixture
def press(qtbot, page):
    def keys(*names):
        for name in names:
            key = QKeySequence(name)[0]
            qtbot.keyClick(page.window().windowHandle(), key.key(), key.keyboardModifiers())

    return keys


@pytest.fixture
def write(qtbot, page):
    def text(characters):
        for character in characters:
            qtbot.keyClick(page.window().windowHandle(), character)

    return text


def choose(qtbot, page, milligrams):
    button = page.fields.usual.button(next(each for each in USUAL if str(each) == milligrams))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def made_today(page, number=1):
    return batches.card(page._context, internal_lot(TODAY, number)).kept.batch


def test_the_strength_fills_in_the_rest_from_the_last_batch_of_it(qtbot, page):
    choose(qtbot, page, "4.5")
    fields = page.fields

    assert page.source.text().startswith(f"Filled in from {internal_lot(date(2026, 10, 1), 1)}, prepared 2026-10-01.")
    assert (fields.made.text(), fields.capsule_size.text(), fields.filler.text()) == ("450", "3", "MCC")
    assert [(part.name, part.lot, part.expires, part.supplier) for part in fields.components.parts] == [
        ("Naltrexone HCl", "NX24", "2028-04-30", "Sample Chemicals"), ("MCC", "M1", "2028-06-30", "Sample Fillers"),
    ]  # fmt: skip


def test_day_person_and_place_are_todays_own(page):
    assert page.fields.prepared.text() == "2026-11-22"
    assert page.fields.made_by.text() == "Ana"
    assert page.fields.place.currentText() == "Quarantine shelf"


def test_the_first_batch_of_a_strength_begins_empty(qtbot, page):
    choose(qtbot, page, "4.5")
    choose(qtbot, page, "2")

    assert page.source.text() == "The first batch of 2 mg."
    assert page.fields.made.text() == ""
    assert [part.lot for part in page.fields.components.parts] == ["", ""]


def test_a_strength_of_ones_own_is_typed(page, press, write):
    page.fields.strength.setFocus()
    write("4,5")
    press("Return")

    assert page.fields.made.text() == "450"
    assert QApplication.focusWidget() is not page.fields.strength


def test_the_date_and_what_decided_it_are_said_live(qtbot, page):
    choose(qtbot, page, "4.5")
    assert page.date.text() == "Use by 2027-11-22, by the policy One year"
    page.fields.components.lines[0]["expires"].setText("2027-04")

    assert page.date.text() == "Use by 2027-04-30, because Naltrexone HCl NX24 expires then"
    page.fields.policy.setCurrentIndex(page.fields.policy.findText("USP <795> 180 days (180 days)"))
    assert page.date.text() == "Use by 2027-04-30, because Naltrexone HCl NX24 expires then"
    page.fields.prepared.setText("2026-06-01")
    assert page.date.text() == "Use by 2026-11-28, by the policy USP <795> 180 days"


def test_the_180_days_of_usp_795_are_named_where_the_policy_is_longer(page):
    assert "180 days" in page.notice.text()
    page.fields.policy.setCurrentIndex(page.fields.policy.findText("USP <795> 180 days (180 days)"))

    assert page.notice.isHidden()


def test_a_date_that_cannot_be_read_dates_nothing(page):
    page.fields.prepared.setText("22/11/2026")

    assert page.date.text() == "No date yet"
    assert "Write it as YYYY-MM-DD" in page.unmet.text()


def test_a_batch_is_kept_by_keyboard_and_shows_its_lot(qtbot, page, press):
    choose(qtbot, page, "4.5")
    press("Ctrl+Return")

    assert page.made.isVisible()
    assert page.made.lot == internal_lot(TODAY, 1)
    assert page.made._lot.text() == page.made.lot
    batch = made_today(page)
    assert (batch.made, batch.strength, batch.made_by, batch.components) == (
        450,
        Strength(4500),
        "Ana",
        tuple(replace(each, amount="") for each in LAST.components),
    )
    assert page.made.open.hasFocus()


def test_what_is_typed_on_a_button_leaves_a_batch_that_is_begun_alone(qtbot, page, press, write):
    choose(qtbot, page, "4.5")
    page.keep.setFocus()
    write("NX1")

    assert (page.window().page, page.window().batches.search.text()) == (page, "")


def test_what_was_made_is_opened_from_here(qtbot, page, press):
    choose(qtbot, page, "4.5")
    press("Ctrl+Return", "Return")

    window = page.window()
    assert window.page is window.batches
    assert window.batches.card.card.kept.batch.lot == internal_lot(TODAY, 1)
    assert window.batches.card.verdict.word == "Quarantine"


def test_another_is_made_after_it(qtbot, page, press):
    choose(qtbot, page, "4.5")
    press("Ctrl+Return")
    qtbot.mouseClick(page.made.another, Qt.MouseButton.LeftButton)
    assert page.fields.strength.text() == ""
    choose(qtbot, page, "4.5")
    press("Ctrl+Return")

    assert page.made.lot == internal_lot(TODAY, 2)


def test_coming_back_begins_another(qtbot, page, press):
    choose(qtbot, page, "4.5")
    press("Ctrl+Return", "Return", "Ctrl+N")

    assert page.isVisible()
    assert not page.made.isVisible()
    assert page.fields.strength.text() == ""


def test_a_day_that_nobody_changed_follows_midnight(page):
    page._context = at_work(page._context.store, today=TODAY + timedelta(days=1))
    page.look_again()

    assert page.fields.prepared.text() == "2026-11-23"


def test_keeping_twice_keeps_one(qtbot, page, press):
    choose(qtbot, page, "4.5")
    press("Ctrl+Return", "Ctrl+Return")

    assert len(making.last_of(page._context, Strength(4500)).batch.components) == 2
    with pytest.raises(Exception, match="There is no batch"):
        made_today(page, 2)


def test_enter_goes_on_so_that_a_scanned_component_lot_keeps_nothing(qtbot, page, write):
    choose(qtbot, page, "4.5")
    lot = page.fields.components.lines[0]["lot"]
    lot.setFocus()
    lot.selectAll()
    write("NX25\r")

    assert lot.text() == "NX25"
    assert page.fields.components.lines[0]["expires"].hasFocus()
    assert not page.made.isVisible()


def test_unmet_conditions_ask_for_a_reason_and_point_to_it(qtbot, page, press, write):
    choose(qtbot, page, "4.5")
    page.fields.filler.setText("lactose")
    assert page.fields.reason.isVisible()
    assert page.unmet.text().startswith("The filler is lactose, and One year holds for MCC.")
    press("Ctrl+Return")
    assert "give a reason to take its date" in page.banner.text
    assert page.fields.reason.field.hasFocus()
    write("study of our own")
    press("Ctrl+Return")

    assert page.made.isVisible()
    assert "filler is lactose" in page.made._notices.text()


def test_a_reason_that_is_no_longer_asked_for_is_not_kept(qtbot, page, press):
    choose(qtbot, page, "4.5")
    page.fields.filler.setText("lactose")
    page.fields.reason.field.setText("study of our own")
    page.fields.filler.setText("MCC")
    press("Ctrl+Return")

    assert batches.card(page._context, page.made.lot).events[0].reason is None


REFUSED = {
    "no strength": (lambda fields: fields.strength.clear(), "no strength", lambda fields: fields.strength),
    "no number": (lambda fields: fields.made.clear(), "number of capsules is missing", lambda fields: fields.made),
    "none at all": (lambda fields: fields.made.setText("0"), "0 is no number", lambda fields: fields.made),
    "a day ahead": (lambda fields: fields.prepared.setText("2026-11-23"), "lies ahead", lambda fields: fields.prepared),
    "a component without a lot": (
        lambda fields: fields.components.lines[1]["lot"].clear(),
        "MCC has no lot",
        lambda fields: fields.components.lines[1]["lot"],
    ),
    "an expired component": (
        lambda fields: fields.components.lines[0]["expires"].setText("2026-11-21"),
        "expired on 2026-11-21",
        lambda fields: fields.components.lines[0]["expires"],
    ),
}


@pytest.mark.parametrize(("spoil", "says", "field"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_a_line_and_points_to_its_field(qtbot, page, press, spoil, says, field):
    choose(qtbot, page, "4.5")
    spoil(page.fields)
    press("Ctrl+Return")

    assert says in page.banner.text
    assert field(page.fields).hasFocus()
    assert not page.made.isVisible()


def test_components_are_added_and_taken_away(qtbot, page, write):
    choose(qtbot, page, "4.5")
    components = page.fields.components
    qtbot.mouseClick(components.more, Qt.MouseButton.LeftButton)
    write("Capsule shells")
    components.lines[2]["lot"].setText("CS1")
    components.remove(0)

    assert [(part.name, part.lot) for part in components.parts] == [("MCC", "M1"), ("Capsule shells", "CS1")]


def test_a_day_is_picked_from_a_calendar(page):
    field = page.fields.components.lines[0]["expires"]
    field.setText("2027-05-12")
    field.pick()
    assert field.calendar.selectedDate() == QDate(2027, 5, 12)
    field.calendar.clicked.emit(QDate(2027, 6, 1))

    assert field.text() == "2027-06-01"
    assert not field.calendar.isVisible()


def test_a_month_alone_is_spelt_out_as_its_last_day(page, press, write):
    field = page.fields.components.lines[0]["expires"]
    field.setFocus()
    field.selectAll()
    write("2028-02")
    press("Tab")

    assert field.text() == "2028-02-29"


def test_what_was_typed_stays_while_places_change(qtbot, page):
    choose(qtbot, page, "4.5")
    page.fields.made.setText("77")
    places.add_place(page._context, "A new shelf")
    page.look_again()

    assert page.fields.made.text() == "77"
    assert page.fields.place.currentText() == "Quarantine shelf"
    assert page.fields.place.findText("A new shelf") > 0


def test_without_places_a_batch_stands_nowhere_yet(open_window, on_file):
    window = open_window(on_file)
    window.go_to(window.making)

    assert window.making.fields.place.currentText() == "None yet"
    assert window.making.fields.draft.place is None


def test_the_fields_stand_in_line(page):
    fields = page.fields
    one_line = (fields.strength, fields.sheet.planned, fields.prepared, fields.policy)

    assert len({field.height() for field in one_line}) == 1
    assert len({field.mapTo(page, field.rect().topLeft()).y() for field in one_line}) == 1


@pytest.fixture
def half_filled(page, stocked):
    """A batch that was begun from the last one, and changed."""
    page.fields.usual.button(USUAL[-1]).click()
    page.fields.made.setText("120")
    page.fields.prepared.setText("2026-11-20")
    page.fields.place.setCurrentIndex(1)
    page.fields.components.lines[1]["lot"].setText("M2")
    page.fields.components.lines[1]["lot"].editingFinished.emit()
    return page.fields.draft


def test_what_is_half_filled_in_stays_while_other_pages_are_seen(page, half_filled):
    window = page.window()
    window.go_to(window.today)
    window.go_to(page)

    assert page.fields.draft == half_filled


def test_what_is_half_filled_in_is_there_at_the_next_start(page, half_filled, stocked, open_window):
    page.window().close()
    again = open_window(stocked)
    again.go_to(again.making)

    assert again.making.fields.draft == half_filled
    assert again.making.fields.usual.value == USUAL[-1]
    assert again.making.banner.text == "This batch was not kept yet: it is filled in as you left it."
    again.making.banner.offers[0].click()
    assert again.making.fields.draft.made == ""
    again.close()

    third = open_window(stocked)
    third.go_to(third.making)
    assert third.making.banner.text == ""


def test_a_batch_that_was_kept_is_not_there_again(page, half_filled, stocked, open_window):
    window = page.window()
    window.remember()
    page.make()
    assert page.made.isVisible()
    window.close()
    again = open_window(stocked)
    again.go_to(again.making)

    assert again.making.banner.text == ""
    assert again.making.fields.draft.strength == ""


@pytest.mark.parametrize("damage", ["", "{", "[]", "{}", '{"policy": 1}'])
def test_a_draft_that_is_damaged_is_left_out(page, half_filled, damage, stocked, open_window, memory):
    page.window().close()
    memory.setValue(page._aside, damage)
    again = open_window(stocked)
    again.go_to(again.making)

    assert again.making.fields.draft.strength == ""


def test_the_draft_of_one_database_is_not_shown_in_another(page, half_filled, open_window, new_database, tmp_path):
    page.window().close()
    other = open_window(at_work(new_database(str(tmp_path / "other.db"))))
    other.go_to(other.making)

    assert other.making.banner.text == ""


GTIN = "00347335326833"
FORMULA = Formula(
    number="MF-45",
    name="LDN 4.5 mg",
    strength=Strength(4500),
    fill_mg=Decimal(130),
    capsule_size="4",
    ingredients=(Ingredient("Naltrexone HCl"), Ingredient("MCC"), Ingredient("Capsule shells")),
)


@pytest.fixture
def weighed(page, stocked):
    """The page where a batch of 4.5 mg was made before with its worksheet, by a formula."""
    formula = formulas.approve(stocked, FORMULA).formula
    sheet = Worksheet(
        planned=300, formula=formula, fill_mg=Decimal(130), drug_lot="NX24", potency=Potency(Decimal("99.2"))
    )
    making.make(stocked, replace(LAST, prepared=date(2026, 11, 1), made=300, worksheet=sheet))
    return page


def scanned(qtbot, page, text):
    """Type a code into the drug's lot as a scanner does, its separators as GS."""
    lot = page.fields.components.lines[0]["lot"]
    lot.setFocus()
    lot.selectAll()
    for sign in text:
        if sign == "\x1d":
            held = Qt.KeyboardModifier.ControlModifier
            QApplication.sendEvent(lot, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_BracketRight, held, sign))
        else:
            qtbot.keyClick(page.window().windowHandle(), sign)
    qtbot.keyClick(page.window().windowHandle(), Qt.Key.Key_Return)


def drug(page):
    return {key: field.text() for key, field in page.fields.components.lines[0].items()}


def test_the_worksheet_is_filled_in_from_the_last_one_and_says_what_to_weigh(qtbot, weighed):
    choose(qtbot, weighed, "4.5")

    assert weighed.fields.sheet.formula.currentText() == "MF-45, version 1: LDN 4.5 mg"
    typed = {key: weighed.fields.sheet.typed[key].text() for key in ("planned", "assay", "fill")}
    assert typed == {"planned": "300", "assay": "99.2", "fill": "130"}
    assert weighed.fields.weights.text() == (
        "Weigh 1\u202f360.887 mg Naltrexone HCl (4.536 mg each) and 37\u202f639.113 mg MCC: "
        "39\u202f000 mg for 300 capsules."
    )
    assert drug(weighed)["amount"] == ""
    assert weighed.fields.components.lines[0]["amount"].placeholderText() == "weigh 1\u202f360.887 mg"


def test_what_is_missing_for_the_weights_is_named(qtbot, page):
    choose(qtbot, page, "4.5")

    assert page.fields.weights.text() == (
        "To calculate the weights, type the potency on the drug lot's certificate and the fill weight of one capsule."
    )


def test_the_record_is_kept_with_the_batch_by_keyboard(qtbot, weighed, press, write):
    choose(qtbot, weighed, "4.5")
    amount = weighed.fields.components.lines[0]["amount"]
    amount.setFocus()
    write("1361 mg")
    press("Ctrl+Return")

    found = record.record(weighed._context, weighed.made.lot)
    assert found.worksheet.formula.number == "MF-45"
    assert (found.worksheet.planned, found.worksheet.drug_lot) == (300, "NX24")
    assert found.worksheet.prepared_at is not None
    assert found.kept.batch.components[0].amount == "1361 mg"
    assert found.calculation.drug_mg == Decimal("1360.887")


def test_a_scanned_component_fills_lot_expiry_and_the_number_of_the_product(qtbot, weighed):
    choose(qtbot, weighed, "4.5")
    scanned(qtbot, weighed, f"01{GTIN}10NX77\x1d17280430")

    assert drug(weighed) | {"amount": ""} == {
        "name": "Naltrexone HCl",
        "lot": "NX77",
        "expires": "2028-04-30",
        "supplier": f"GTIN {GTIN}",
        "amount": "",
    }
    assert weighed.banner.text.startswith(f"Naltrexone HCl: lot NX77, expires 2028-04-30, GTIN {GTIN}")
    assert weighed.fields.components.lines[0]["expires"].hasFocus()


def test_the_potency_of_another_lot_never_stays(qtbot, weighed):
    choose(qtbot, weighed, "4.5")
    scanned(qtbot, weighed, f"01{GTIN}1728043010NX77")
    assert weighed.fields.sheet.typed["assay"].text() == ""
    scanned(qtbot, weighed, "nx24")

    assert weighed.fields.sheet.typed["assay"].text() == "99.2"


def test_a_code_that_cannot_be_right_fills_nothing_and_is_typed_over(qtbot, weighed, write):
    choose(qtbot, weighed, "4.5")
    scanned(qtbot, weighed, "]d20100347335326834" + "1728043010NX77")
    lot = weighed.fields.components.lines[0]["lot"]

    assert "wrong check digit" in weighed.banner.text
    assert lot.hasFocus()
    assert drug(weighed)["expires"] == ""
    write("NX24")
    assert (lot.text(), drug(weighed)["expires"]) == ("NX24", "2028-04-30")


@pytest.mark.parametrize("typed", ["10ABC", "17280430", "12345670", "NX-24/7"])
def test_a_lot_that_is_typed_is_never_taken_for_a_code(qtbot, weighed, typed):
    choose(qtbot, weighed, "4.5")
    scanned(qtbot, weighed, typed)

    assert drug(weighed)["lot"] == typed


def test_as_many_are_made_as_were_planned_until_another_number_is_typed(qtbot, weighed):
    choose(qtbot, weighed, "4.5")
    fields = weighed.fields
    fields.sheet.planned.setText("250")
    assert fields.made.text() == "250"
    fields.made.setText("248")
    fields.sheet.planned.setText("240")

    assert fields.made.text() == "248"
    assert "240 capsules" in fields.weights.text()


def test_a_formula_fills_in_what_it_says(qtbot, page, stocked):
    formulas.approve(stocked, FORMULA)
    formulas.approve(stocked, replace(FORMULA, number="MF-B", fill_mg=Decimal(150), capsule_size="3", filler="sucrose"))
    choose(qtbot, page, "4.5")
    fields = page.fields
    assert fields.sheet.formula.currentText() == "None"
    fields.sheet.formula.setCurrentIndex(fields.sheet.formula.findText("MF-B, version 1: LDN 4.5 mg"))

    assert (fields.capsule_size.text(), fields.filler.text()) == ("3", "sucrose")
    assert fields.sheet.typed["fill"].text() == "150"
    assert [part.lot for part in fields.components.parts] == ["NX24", "M1"]


def test_tab_goes_as_the_work_goes_at_the_bench(qtbot, weighed, press):
    choose(qtbot, weighed, "4.5")
    fields, lines = weighed.fields, weighed.fields.components.lines
    lines[0]["lot"].setFocus()
    walked = []
    for _ in range(18):
        press("Tab")
        walked.append(QApplication.focusWidget())
    asked = [lines[0]["amount"], lines[1]["lot"], fields.sheet.typed["assay"], fields.sheet.typed["fill"], fields.made]

    assert [each for each in walked if each in asked] == asked


SPOILT = {
    "assay": ("960", "no potency"),
    "fill": ("3", "Check the fill weight"),
    "at": ("25:00", "no time of the day"),
    "verified_by": ("Ana", "A second person looks over"),
    "water": ("50", "no water content"),
    "planned": ("0", "0 is no number"),
}


@pytest.mark.parametrize(("field", "text", "says"), [(key, *said) for key, said in SPOILT.items()], ids=SPOILT)
def test_what_cannot_be_on_the_worksheet_is_a_line_and_points_to_its_field(qtbot, weighed, press, field, text, says):
    choose(qtbot, weighed, "4.5")
    weighed.fields.made.setText("299")
    weighed.fields.sheet.typed[field].setText(text)
    press("Ctrl+Return")

    assert says in weighed.banner.text
    assert weighed.fields.sheet.typed[field].hasFocus()
    assert not weighed.made.isVisible()


def test_the_worksheet_that_is_half_filled_in_is_there_at_the_next_start(qtbot, weighed, stocked, open_window):
    choose(qtbot, weighed, "4.5")
    weighed.fields.sheet.typed["note"].setText("sieved twice")
    before = weighed.fields.draft
    weighed.window().close()
    again = open_window(stocked)
    again.go_to(again.making)

    assert again.making.fields.draft == before
    assert before.sheet.formula is not None


def test_all_of_it_is_seen_without_scrolling(qtbot, weighed):
    choose(qtbot, weighed, "4.5")
    weighed.window().resize(1280, 720)
    QApplication.processEvents()

    assert weighed._area.verticalScrollBar().maximum() == 0


def test_where_there_are_people_a_pharmacist_signs_for_unmet_conditions(stocked, open_window, qtbot):
    here = staffed(Context(stocked.store, "root", "bench", stocked.today, stocked.now, pins=CHEAP_PINS))
    making.make(here, LAST)
    window = open_window(here)
    window.go_to(window.making)
    page = window.making
    choose(qtbot, page, "4.5")
    assert not page.signature.isVisible()
    page.fields.filler.setText("lactose")
    page.fields.reason.field.setText("study of our own")
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "The PIN is missing" in page.banner.text
    assert page.signature.pin.hasFocus()
    qtbot.keyClicks(page.signature.pin, PINS[MARA])
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert page.made.isVisible()
    assert [each.name for each in signing.signatures(here, page.made.lot)] == [MARA]


@pytest.fixture
def on_shelf(page, stocked, qtbot, write):
    """The form filled in from the last batch, with a new lot of its filler on the shelf."""
    filler = Product(name="MCC", supplier="Sample Fillers")
    goods.receive(
        stocked, Delivery(product=filler, lot="M2", amount=amount("5", "kg"), expires=date(2029, 1, 31), code=GTIN)
    )
    page.fields.strength.setText("4.5")
    page.fields.strength_given.emit()
    return page


def line(page, name):
    return next(fields for fields in page.fields.components.lines if fields["name"].text() == name)


@pytest.mark.parametrize("code", [f"]d201{GTIN}1729013110M2", "m2", "]C0M2"])
def test_a_lot_on_the_shelf_goes_into_the_line_of_its_component_wherever_the_cursor_is(on_shelf, code):
    for at in (on_shelf.fields.made_by, line(on_shelf, "Naltrexone HCl")["lot"]):
        at.setFocus()
        heard = taking.take(code, on_shelf.window())

        fields = line(on_shelf, "MCC")
        assert heard.sound in {"good", "look"}
        assert (fields["lot"].text().upper(), fields["expires"].text()) == ("M2", "2029-01-31")
        assert fields["supplier"].text().startswith("Sample Fillers")
        assert "5 kg on hand. Compare it with the label." in on_shelf.banner.text
    assert line(on_shelf, "Naltrexone HCl")["lot"].text() == "NX24"


def test_the_lot_of_a_component_that_the_batch_does_not_name_is_stopped_and_changes_nothing(on_shelf):
    fields = line(on_shelf, "MCC")
    fields["name"].setText("Lactose")
    fields["lot"].setFocus()

    heard = taking.take("M2", on_shelf.window())
    assert (heard.sound, fields["lot"].text()) == ("stop", "M1")
    assert on_shelf.banner.text.startswith("M2 is MCC, and this line is Lactose.")


def test_a_known_lot_gets_a_line_of_its_own_where_none_is_named_so(on_shelf):
    on_shelf.fields.components.show_parts([])
    taking.take("M2", on_shelf.window())

    (fields,) = on_shelf.fields.components.lines
    assert [fields[key].text() for key in ("name", "lot", "expires")] == ["MCC", "M2", "2029-01-31"]


def test_a_batch_or_an_unknown_code_is_for_the_window(on_shelf):
    assert taking.take("(01)00347335326833(10)UNKNOWN", on_shelf.window()) is None
    assert taking.take("something else", on_shelf.window()) is None


def test_a_place_that_is_scanned_is_chosen_wherever_the_cursor_is(on_shelf):
    on_shelf.fields.made_by.setFocus()

    assert taking.take("cabinet a", on_shelf.window()).line == "Cabinet A"
    assert on_shelf.fields.place.currentText() == "Cabinet A"


def test_in_a_narrow_window_with_large_text_a_component_takes_two_lines_and_nothing_scrolls_sideways(
    qtbot, stocked, dressed, open_window
):
    usual = dressed.font()
    dressed.setFont(theme.scaled(usual, 1.5))
    try:
        window = open_window(stocked)
        window.resize(640, 480)
        window.go_to(window.making)
        name, lot, expires, supplier, weighed = window.making.fields.components.lines[0].values()
        qtbot.waitUntil(lambda: expires.y() > name.y())

        assert window.making._area.horizontalScrollBar().maximum() == 0
        assert name.y() == lot.y() < expires.y() == supplier.y() == weighed.y()
        assert name.geometry().right() < lot.geometry().left()
        assert expires.geometry().right() < supplier.geometry().left()
    finally:
        dressed.setFont(usual)

    window.resize(1280, 800)
    qtbot.waitUntil(lambda: expires.y() == name.y())
