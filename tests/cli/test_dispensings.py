"""`report dispensings`: what left in some days, with totals for the pharmacy's own system."""

import csv
import io
import json

import pytest

LOT = "LDN260117001M"
RX = "RX-104477"


@pytest.fixture
def dispensed(kept):
    """Three supplies on three days, the second of which was taken back."""
    for day, lot, capsules in (("2026-11-22", LOT, 30), ("2026-11-23", LOT, 20), ("2026-11-24", "SOON-2", 15)):
        how = ["--capsules", capsules, "--days", "15", "--reason", "=asked for"]
        assert kept("--today", day, "dispense", lot, *how).status == 0
    second = next(each["id"] for each in kept("show", LOT).json["movements"] if each["capsules"] == -20)
    kept("--today", "2026-11-24", "correct", second, "--reason", "wrong lot")
    return kept


def asked(kept, first, last, *more):
    return kept("--today", "2026-11-30", "report", "dispensings", "--from", first, "--to", last, *more)


def test_it_lists_each_supply_and_sums_what_was_not_taken_back(dispensed):
    said = asked(dispensed, "2026-11-22", "2026-11-30").json

    assert [(row["day"], row["lot"], row["capsules"]) for row in said["dispensings"]] == [
        ("2026-11-22", LOT, 30), ("2026-11-23", LOT, 20), ("2026-11-24", "SOON-2", 15),
    ]  # fmt: skip
    assert [row["voided_by"] is not None for row in said["dispensings"]] == [False, True, False]
    assert said["by_strength"] == [{"strength_mg": "4.5", "supplies": 2, "capsules": 45}]
    assert said["by_lot"] == [
        {"lot": LOT, "supplies": 1, "capsules": 30}, {"lot": "SOON-2", "supplies": 1, "capsules": 15},
    ]  # fmt: skip
    assert said["total"] == {"supplies": 2, "capsules": 45}


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-11-22", "2026-11-22", ["2026-11-22"]),
        ("2026-11-23", "2026-11-24", ["2026-11-23", "2026-11-24"]),
        ("2026-11-25", "2026-11-30", []),
    ],
)
def test_both_days_are_in_it_and_no_other(dispensed, first, last, days):
    assert [row["day"] for row in asked(dispensed, first, last).json["dispensings"]] == days


def test_it_is_written_as_excel_csv_and_json_and_noted_in_the_trail(dispensed, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    files = [tmp_path / f"november.{suffix}" for suffix in ("xlsx", "csv", "json")]
    said = asked(dispensed, "2026-11-22", "2026-11-30", *(part for file in files for part in ("--out", file)))

    assert (said.status, said.err) == (0, "".join(f"Written: {file}\n" for file in files))
    book = openpyxl.load_workbook(files[0])
    assert [row[2].value for row in book["Dispensings"].iter_rows(min_row=2)] == [LOT, LOT, "SOON-2"]
    assert [row[4].value for row in book["Dispensings"].iter_rows(min_row=2)] == [30, 20, 15]
    rows = list(csv.reader(io.StringIO(files[1].read_text("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [
        "dispensed", "taken back", "dispensed", "total of a strength", "total of a lot", "total of a lot", "total",
    ]  # fmt: skip
    assert rows[1][8] == "'=asked for"
    assert rows[-1][5] == "45"
    head = json.loads(files[2].read_text("utf-8"))["head"]
    assert {row[-1] for row in rows[1:]} == {f"{head['events']} events, ends with {head['hash']}"}
    assert asked(dispensed, "2026-11-22", "2026-11-30", "--out", files[1]).status == 0


def test_a_file_of_somebody_else_and_days_the_wrong_way_round_are_refused(dispensed, tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text("my own list")

    assert "no paper of this database" in asked(dispensed, "2026-11-22", "2026-11-30", "--out", mine).err
    assert mine.read_text() == "my own list"
    assert "comes after" in asked(dispensed, "2026-11-30", "2026-11-22").err
    assert "cannot be written as “.pdf”" in asked(dispensed, "2026-11-22", "2026-11-30", "--out", "x.pdf").err


def test_in_words_days_with_nothing_say_so(dispensed, run):
    said = run("report", "dispensings", "--from", "2026-11-01", "--to", "2026-11-02")

    assert said.out.startswith("Nothing was dispensed in these days.\nAudit trail: ")


def test_in_words_the_totals_of_each_strength_stand_below(dispensed, run):
    said = run("report", "dispensings", "--from", "2026-11-22", "--to", "2026-11-30").out.splitlines()

    assert said[-2] == "4.5 mg: 45 capsules in 2 supplies"
    head = dispensed("audit", "verify").json
    assert said[-1] == f"Audit trail: {head['events']} events, ends with {head['head']}"
