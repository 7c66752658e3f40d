"""A batch record is kept with its batch, prefilled from the last, corrected in the open, and put on paper (R26)."""

import json
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pypdfium2
import pytest

from builders import TODAY, a_batch, dump, keep
from ldninv.domain.expiry import ONE_YEAR, ComponentLot
from ldninv.domain.formulas import Formula
from ldninv.domain.making import Recipe
from ldninv.domain.people import Role
from ldninv.domain.quality import Checks
from ldninv.domain.quantities import Strength
from ldninv.domain.record import Potency, Worksheet
from ldninv.domain.refusal import Refused
from ldninv.reports.record import facts
from ldninv.services import formulas, ledger, making, people, record, recorded, safety, signing
from ldninv.services.sign_in import sign_in
from ldninv.services.signing import Pen

pytestmark = pytest.mark.on_both

D = Decimal
STRENGTH = Strength(4500)
PARTS = (
    ComponentLot("Naltrexone HCl", "NX271", date(2028, 6, 30), "Sample Chemicals", "1.361 g"),
    ComponentLot("MCC", "MC271", date(2029, 6, 30), "Sample Fillers", "37.64 g"),
)
FORMULA = Formula(
    number="MF-4.5", name="Naltrexone HCl 4.5 mg", strength=STRENGTH, capsule_size="3", fill_mg=D(130),
    steps="Weigh.\nMix by doubling.\nFill.",
)  # fmt: skip
SHEET = Worksheet(
    planned=300, prepared_at=time(9, 12), fill_mg=D(130), shell_mg=D(48), drug_lot="NX271",
    potency=Potency(D("99.5"), D("0.4")), verified_by="Mara",
)  # fmt: skip
WEIGHTS = tuple(map(D, ("178.2", "177.9", "179.1")))
CHECKS = Checks(appearance="ok", label="ok", yielded=298, weights_mg=WEIGHTS)


@pytest.fixture
def recipe(context):
    sheet = replace(SHEET, formula=formulas.approve(context, FORMULA).formula)
    return Recipe(
        strength=STRENGTH, prepared=TODAY, made=300, policy=ONE_YEAR, capsule_size="3", components=PARTS,
        worksheet=sheet,
    )  # fmt: skip


@pytest.fixture
def lot(context, recipe):
    return making.make(context, recipe).posted.lot


PIN = "270653"


def signed_in(context, name):
    sign_in(context, name, PIN)
    return context


def content(context, lot):
    with context.store.reading() as work:
        return recorded.content(work, work.batches.by_lot(lot))


def test_a_worksheet_is_kept_with_its_batch_to_the_microgram(context, recipe, lot):
    found = record.record(context, lot)

    assert (found.version, found.worksheet) == (1, recipe.worksheet)
    assert (found.calculation.drug_mg, found.calculation.filler_mg) == (D("1362.233"), D("37637.767"))
    assert found.kept.batch.verified_by == "Mara"
    assert safety.check(context) == []


def test_the_trail_tells_what_the_bench_wrote_down(context, lot):
    with context.store.reading() as work:
        (made,) = work.trail.of_action("made")

    assert json.loads(made.after)["record"]["assay_percent"] == "99.5"


@pytest.mark.usefixtures("lot")
def test_the_next_batch_begins_from_the_last_but_for_what_must_be_looked_at_anew(context, recipe):
    begins = making.prefilled(context, STRENGTH)

    assert begins.worksheet == replace(recipe.worksheet, prepared_at=time(9, 30), verified_by=None)
    assert begins.kept.batch.components == PARTS
    assert [each.number for each in begins.formulas] == ["MF-4.5"]


def test_the_first_batch_of_a_strength_begins_with_what_is_known_and_no_potency(context):
    begins = making.prefilled(context, Strength(1500))

    assert (begins.kept, begins.formulas, begins.worksheet.potency) == (None, (), None)
    assert begins.worksheet.prepared_at == time(9, 30)


@pytest.mark.usefixtures("lot")
def test_a_scanned_drug_lot_brings_its_potency_with_it_and_no_other_lot_does(context):
    assert making.potency_of(context, "nx271") == SHEET.potency
    assert making.potency_of(context, "NX272") is None


def test_a_drug_weight_far_from_its_sum_is_said(context, recipe):
    slipped = (replace(PARTS[0], amount="13.61 g"), PARTS[1])

    assert making.make(context, replace(recipe, components=slipped)).notices[-1].startswith("13610 mg of Naltrexone")
    assert len(making.make(context, recipe).notices) == 1


def test_a_worksheet_that_cannot_be_keeps_the_whole_batch_out(context, recipe):
    before = dump(context.store)

    with pytest.raises(Refused, match="second person"):
        making.make(context, replace(recipe, made_by="mara"))
    assert dump(context.store) == before


def test_the_checks_of_a_release_are_kept_against_what_was_planned(context, lot):
    ledger.release(context, lot, CHECKS)
    found = record.record(context, lot)

    assert found.quality.checks == CHECKS
    assert (found.quality.planned, found.quality.target_mg, found.quality.outside) == (300, D(178), ())
    assert (found.quality.yield_percent, found.quality.weighed.mean_mg) == (D("99.3"), D("178.400"))
    assert found.released.by == "Ana"


def test_a_release_says_what_lies_outside_of_the_limits(context, lot):
    done = ledger.release(context, lot, replace(CHECKS, weights_mg=(*WEIGHTS, D(201)), label="wrong lot"))

    assert done.notices[:2] == (
        "Its label was noted as “wrong lot”.",
        "Outside of the limits: capsule 4 weighs 201 mg, 112.9 % of 178 mg (90–110 %).",
    )


def test_a_batch_without_a_worksheet_is_held_against_what_was_made(context):
    keep(context, a_batch(lot="OLD-1", beyond_use=TODAY), released=False)
    ledger.release(context, "OLD-1", Checks(yielded=299))

    assert record.record(context, "OLD-1").quality.yield_percent == D("99.7")


def test_a_correction_is_a_new_version_with_a_reason_and_changes_what_was_signed(context, recipe, lot):
    before = content(context, lot)
    mended = replace(recipe.worksheet, fill_mg=D(131))
    record.amend(context, lot, mended, reason="misread")

    assert (record.record(context, lot).version, record.worksheet(context, lot)) == (2, mended)
    assert content(context, lot) != before
    with context.store.reading() as work:
        (event,) = work.trail.of_action(record.AMENDED)
    assert (json.loads(event.before)["fill_mg"], json.loads(event.after)["fill_mg"]) == ("130", "131")
    for sheet, reason, words in ((mended, "again", "says this already"), (SHEET, " ", "reason is needed")):
        with pytest.raises(Refused, match=words):
            record.amend(context, lot, sheet, reason=reason)


def test_a_signed_release_says_whether_the_record_was_changed_since(context, recipe):
    people.add(context, "Mara", Role.PHARMACIST, PIN)
    people.add(signed_in(context, "Mara"), "Ana", Role.TECHNICIAN, PIN)
    lot = making.make(signed_in(context, "Ana"), replace(recipe, made_by="Ana")).posted.lot
    ledger.release(context, lot, CHECKS, sign=Pen("Mara", PIN))
    (unchanged,) = record.record(context, lot).signatures
    record.amend(context, lot, replace(recipe.worksheet, note="the second bottle"), reason="left out")
    (changed,) = record.record(context, lot).signatures

    assert (unchanged.split("; ")[-1], changed.split("; ")[-1]) == ("record unchanged since", "record CHANGED since")


def test_an_exception_from_the_conditions_is_signed_where_there_are_people(context, recipe):
    people.add(context, "Mara", Role.PHARMACIST, PIN)
    signed_in(context, "Mara")
    odd = replace(recipe, filler="lactose", reason="a study of our own")
    with pytest.raises(Refused, match="takes a signature: an exception"):
        making.make(context, odd)
    lot = making.make(context, odd, sign=Pen("Mara", PIN)).posted.lot

    assert [each.meaning for each in signing.signatures(context, lot)] == ["conditions"]


def test_what_the_ledger_does_later_does_not_touch_what_was_signed(context, lot):
    ledger.release(context, lot, CHECKS)
    signed = content(context, lot)
    ledger.dispense(context, lot, 30, days_supply=30)
    ledger.count(context, lot, 260)

    assert content(context, lot) == signed
    json.dumps(signed)


@pytest.mark.needs_qt
def test_the_record_on_paper_reads_back_whole(context, lot, tmp_path):
    ledger.release(context, lot, CHECKS)
    saved = record.save(context, record.record(context, lot), tmp_path)
    document = pypdfium2.PdfDocument(saved.file)
    read = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()

    assert saved.file.name == f"batch-record-{lot}.pdf"
    for text in (
        lot, "2026-11-22 at 09:12", "NX271", "Sample Chemicals", "1.361 g", "MF-4.5, version 1",
        "1362.233 mg = 1.362233 g", "37637.767 mg", "Mix by doubling.",
        "298 capsules (99.3 % of 300 planned)", "178.4 mg", "179.1", "Mara",
        "Recorded as unsigned", "All that was recorded lies within.",
    ):  # fmt: skip
        assert text in read


@pytest.mark.needs_qt
def test_a_record_of_which_little_is_known_says_so_and_its_name_fits_a_file(context, tmp_path):
    keep(context, a_batch(lot="OLD 1/2"))
    saved = record.save(context, record.record(context, "OLD 1/2"), tmp_path)
    document = pypdfium2.PdfDocument(saved.file)
    read = document[0].get_textpage().get_text_range()
    document.close()

    assert saved.file.name == "batch-record-OLD-1-2.pdf"
    for text in ("time not recorded", "No component was written down.", "No worksheet", "No checks", "not recorded"):
        assert text in read


@pytest.mark.needs_qt
def test_another_file_is_never_written_over_and_only_a_pdf_is_made(context, lot, tmp_path):
    (tmp_path / "list.pdf").write_text("mine")
    for name, words in (("list.pdf", "is there already"), ("record.txt", "is no PDF")):
        with pytest.raises(Refused, match=words):
            record.save(context, record.record(context, lot), tmp_path / name)
    assert (tmp_path / "list.pdf").read_text() == "mine"


def test_the_facts_of_a_record_have_the_same_keys_whatever_is_known(context, lot):
    keep(context, a_batch(lot="OLD-1"))
    full, little = (facts(record.record(context, each)) for each in (lot, "OLD-1"))

    assert full.keys() == little.keys()
    assert (full["drug_mg"], little["drug_mg"]) == ("1362.233", None)
