"""Labels as a service: read back before they are offered, noted in the trail, and never a code for something else."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from builders import TODAY, a_batch, keep
from ldninv.domain.label_sizes import ROLLS, SHEETS, Symbol
from ldninv.domain.labels import WARNING, Kind
from ldninv.domain.places import Place
from ldninv.domain.refusal import Refused
from ldninv.domain.settings import Settings
from ldninv.services import labels, lookup, people, preferences
from ldninv.services.lookup import Kind as Means
from staff import ANA, MARA, staffed

pytestmark = pytest.mark.needs_qt
LOT = "LDN260117001M"
GOOD = TODAY + timedelta(days=200)
AIMS = ("", "]d1", "]C0", "]Q1")


@pytest.fixture
def pharmacy(context):
    preferences.change(context, Settings(pharmacy="Elm Street Pharmacy"))
    keep(context, a_batch(lot=LOT, beyond_use=GOOD))
    return context


def last_event(context):
    with context.store.reading() as work:
        return list(work.trail.all())[-1]


def made(context, of=LOT, kind=Kind.BATCH, **how):
    return labels.make(labels.label(context, of, kind), **how)


@pytest.mark.parametrize("suffix", labels.SUFFIXES)
@pytest.mark.parametrize("symbol", Symbol)
def test_a_label_is_written_and_the_trail_knows_its_file(pharmacy, tmp_path, symbol, suffix):
    saved = labels.save(pharmacy, made(pharmacy, symbol=symbol), tmp_path / f"label.{suffix}")

    event = last_event(pharmacy)
    assert (saved.file, saved.notices) == (tmp_path / f"label.{suffix}", ())
    assert (event.action, event.subject) == ("label", LOT)
    assert json.loads(event.after)["files"].keys() == {f"label.{suffix}"}
    assert [path.name for path in tmp_path.iterdir()] == [f"label.{suffix}"]


@pytest.mark.parametrize("lot", [LOT, "OLD-1/2 a", "(10)AB C", "1012345", "24010112", "012345678905"])
def test_a_scan_of_a_label_opens_its_batch_whatever_the_scanner_puts_before(context, lot):
    keep(context, a_batch(lot=lot, beyond_use=GOOD), a_batch(lot="AB1234", beyond_use=GOOD))

    payload = made(context, lot).label.payload

    for aim in AIMS:
        answer = lookup.scan(context, f"{aim}{payload}\r\n")
        assert (answer.kind, answer.card.kept.batch.lot) == (Means.BATCH, lot)


@pytest.mark.parametrize("name", ["]d1Shelf 3", "LDN260117001K", "ab1234"])
def test_a_place_whose_name_scans_as_something_else_gets_no_code(context, name):
    keep(context, a_batch(lot="AB1234", beyond_use=GOOD), place=name)

    with pytest.raises(Refused, match="would be taken for something else"):
        labels.label(context, name, Kind.PLACE)


def test_a_lot_that_a_scanners_mark_would_be_cut_from_is_never_taken_for_another(context):
    keep(context, a_batch(lot="]d1AB1234", beyond_use=GOOD), a_batch(lot="AB1234", beyond_use=GOOD))

    assert labels.label(context, "]d1AB1234").payload == "AB1234"


def test_a_lot_with_signs_that_no_scanner_types_is_refused(context):
    keep(context, a_batch(lot="Charge-ß", beyond_use=GOOD))

    with pytest.raises(Refused, match="a scanner cannot type"):
        made(context, "charge-ß")


def test_the_warning_is_the_pharmacys_choice(pharmacy):
    def words():
        return [line.text for line in labels.label(pharmacy, LOT).lines]

    assert WARNING not in words()
    preferences.change(pharmacy, replace(pharmacy.settings, label_warning=True))
    assert WARNING in words()


def test_a_new_batch_is_labelled_in_quarantine_with_a_notice(context, tmp_path):
    keep(context, a_batch(lot=LOT, beyond_use=GOOD), released=False)

    saved = labels.save(context, made(context), tmp_path / "label.pdf")

    assert any("in quarantine" in notice for notice in saved.notices)


@pytest.mark.parametrize(
    ("name", "how", "said"),
    [
        ("label.txt", {}, "no kind of file"),
        ("label", {}, "no kind of file"),
        ("label.png", {"copies": 2}, "holds one label"),
        ("label.svg", {"copies": 2}, "holds one label"),
        ("label.pdf", {"copies": 0}, "1 to 500"),
        ("label.zpl", {"copies": 501}, "1 to 500"),
    ],
)
def test_what_cannot_be_written_is_refused_and_leaves_nothing(pharmacy, tmp_path, name, how, said):
    before = last_event(pharmacy)

    with pytest.raises(Refused, match=said):
        labels.save(pharmacy, made(pharmacy), tmp_path / name, **how)

    assert list(tmp_path.iterdir()) == []
    assert last_event(pharmacy) == before


def test_a_sheet_of_labels_is_a_pdf_and_nothing_else(pharmacy, tmp_path):
    sheet = made(pharmacy, medium=SHEETS[0])

    labels.save(pharmacy, sheet, tmp_path / "sheet.pdf", copies=30, first=2)

    assert json.loads(last_event(pharmacy).after) | {"files": None} == {
        "kind": "batch", "copies": 30, "size": "letter-30", "symbol": "qr", "files": None,
    }  # fmt: skip
    with pytest.raises(Refused, match="A sheet of labels is a PDF"):
        labels.save(pharmacy, sheet, tmp_path / "sheet.zpl")


def test_a_folder_gets_the_label_under_its_lots_name(pharmacy, tmp_path):
    assert labels.save(pharmacy, made(pharmacy), tmp_path).file == tmp_path / f"label-{LOT}.pdf"


def test_a_file_of_somebody_elses_is_not_written_over_and_a_label_of_ours_is(pharmacy, tmp_path):
    (tmp_path / "mine.pdf").write_bytes(b"mine")

    with pytest.raises(Refused, match="is no paper of this database"):
        labels.save(pharmacy, made(pharmacy), tmp_path / "mine.pdf")
    for _ in range(2):
        labels.save(pharmacy, made(pharmacy), tmp_path / "label.png")


def test_what_was_printed_is_noted(pharmacy):
    labels.printed(pharmacy, made(pharmacy), 4)

    assert json.loads(last_event(pharmacy).after) == {
        "kind": "batch", "copies": 4, "size": str(ROLLS[0]), "symbol": "qr",
    }  # fmt: skip


def test_capsules_stand_on_a_bottle_alone(pharmacy):
    said = labels.label(pharmacy, LOT, Kind.BOTTLE, capsules=90)

    assert "90 capsules" in [line.text for line in said.lines]
    for kind, capsules in ((Kind.BATCH, 90), (Kind.BOTTLE, 0)):
        with pytest.raises(Refused, match="bottle"):
            labels.label(pharmacy, LOT, kind, capsules=capsules)


def test_a_place_is_labelled_by_its_name(context):
    with context.store.transaction() as work:
        work.places.append(Place("Cabinet A"))

    assert made(context, "cabinet a", Kind.PLACE).label.payload == "Cabinet A"
    with pytest.raises(Refused, match="There is no place"):
        labels.label(context, "Vault", Kind.PLACE)


def test_a_badge_holds_from_when_it_is_written_and_its_code_stands_in_no_event(context, tmp_path):
    context = staffed(context, MARA)
    badge = made(context, ANA, Kind.BADGE)
    assert people.of_badge(context, badge.label.payload) is None

    labels.save(context, badge, tmp_path / "badge.pdf")

    assert people.of_badge(context, f"]Q1{badge.label.payload.lower()}\r").name == ANA
    with context.store.reading() as work:
        assert not any(badge.label.payload in str(event) for event in work.trail.all())
    assert made(context, ANA, Kind.BADGE).label.payload != badge.label.payload


def test_a_badge_is_not_given_where_its_file_cannot_be_written(context, tmp_path):
    context = staffed(context, MARA)
    (tmp_path / "mine.pdf").write_bytes(b"mine")
    badge = made(context, ANA, Kind.BADGE)

    with pytest.raises(Refused):
        labels.save(context, badge, tmp_path / "mine.pdf")

    assert people.of_badge(context, badge.label.payload) is None
