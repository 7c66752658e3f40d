"""The lists of pharmacies, through the command itself: what comes of them is written down beside them."""

import json
import shutil
from pathlib import Path

import pytest

LISTS = Path(__file__).parents[1] / "data" / "batches"
EXPECTED = json.loads((LISTS / "expected.json").read_text("utf-8"))
RESULT = {"file", "new", "known", "written", "problems", "notices"}
ORDER = {"ambiguous_log.txt": ["--date-order", "dmy"]}
NAMES = sorted(EXPECTED["files"])
BAD = {name: [row["line"] for row in file["bad"]] for name, file in EXPECTED["files"].items()}


def bring(run, *names, options=()):
    return run("--format", "json", "import", "batches", *(LISTS / name for name in names), *options)


def options_of(name):
    return [*ORDER.get(name, []), *(["--skip-bad"] if BAD[name] else [])]


@pytest.mark.parametrize("name", NAMES)
def test_a_list_gives_exactly_what_is_expected_of_it(run, name):
    expected = EXPECTED["files"][name]
    said = bring(run, name, options=options_of(name))

    (result,) = said.json
    assert said.status == 0
    assert set(result) == RESULT
    assert [remark["line"] for remark in result["problems"]] == BAD[name]
    assert all(set(remark) == {"line", "text"} for remark in result["problems"] + result["notices"])
    assert (result["file"], result["new"], result["known"], result["written"]) == (
        name, len(expected["good"]), 0, len(expected["good"]),
    )  # fmt: skip
    kept = {batch["lot"]: batch for batch in run("--format", "json", "batches").json}
    keys = expected["good"][0].keys()
    assert {lot: {key: batch[key] for key in keys} for lot, batch in kept.items()} == {
        row["lot"]: row for row in expected["good"]
    }
    for row in expected["good"][:3]:
        shown = run("--format", "json", "show", row["lot"]).json
        assert {key: shown[key] for key in keys} == row


@pytest.mark.parametrize("name", NAMES)
def test_the_same_list_again_adds_nothing(run, name):
    options = options_of(name)
    bring(run, name, options=options)
    (again,) = bring(run, name, options=options).json

    assert (again["new"], again["known"], again["written"]) == (0, len(EXPECTED["files"][name]["good"]), 0)


def test_dates_that_fit_two_orders_are_refused_until_one_is_said(run, tmp_path):
    said = bring(run, "ambiguous_log.txt")

    assert (said.status, said.out) == (1, "")
    assert said.err.count("\n") == 1
    assert said.err.endswith("Add --date-order dmy or --date-order mdy.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_bad_rows_keep_everything_out_and_are_listed(run, tmp_path, options):
    said = bring(run, "troubled_log.csv", options=options)

    assert said.status == 1
    (result,) = said.json
    assert [remark["line"] for remark in result["problems"]] == BAD["troubled_log.csv"]
    assert result["written"] == 0
    assert said.err == "Nothing was written: mend these rows, or add --skip-bad to bring in the good ones.\n"
    assert list(tmp_path.iterdir()) == []


def test_one_bad_file_keeps_the_good_ones_out_too(run, tmp_path):
    said = bring(run, "us_log.csv", "troubled_log.csv")

    assert said.status == 1
    assert [(each["file"], each["written"]) for each in said.json] == [("us_log.csv", 0), ("troubled_log.csv", 0)]
    assert list(tmp_path.iterdir()) == []


def test_lists_that_contradict_each_other_are_listed_and_kept_out(run, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("Lot,Strength,Made,Expires,Quantity\n250826-01,4.5,2025-08-26,2026-08-26,500\n", encoding="utf-8")
    said = run("--format", "json", "import", "batches", LISTS / "us_log.csv", other)

    assert said.status == 1
    assert [len(each["problems"]) for each in said.json] == [0, 1]
    assert list(tmp_path.iterdir()) == [other]


def test_a_dry_run_says_what_would_come_and_makes_no_database(run, tmp_path):
    (result,) = bring(run, "us_log.csv", options=["--dry-run"]).json

    assert (result["new"], result["written"]) == (len(EXPECTED["files"]["us_log.csv"]["good"]), 0)
    assert list(tmp_path.iterdir()) == []


def test_lists_may_come_in_quarantined(run):
    bring(run, "us_log.csv", options=["--quarantine"])

    assert run("--format", "json", "batches", "--state", "released").json == []


def test_in_words_the_counts_and_the_bad_lines_are_told(run):
    said = run("import", "batches", LISTS / "troubled_log.csv")

    assert said.out.splitlines()[0].split() == ["File", "New", "Known", "Written"]
    assert "troubled_log.csv, line " in said.out
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("name", ["no.csv", ".", "picture.png", "empty.csv"])
def test_what_is_no_list_is_refused_in_one_line_and_no_database_is_born(run, tmp_path, name):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (tmp_path / "empty.csv").touch()
    said = run("import", "batches", tmp_path / name)

    assert (said.status, said.out) == (1, "")
    assert said.err.count("\n") == 1
    assert not (tmp_path / "batches.db").exists()


def test_a_file_of_another_alphabet_in_its_name_comes_in(run, tmp_path):
    path = tmp_path / "Bestände-\udce9 日本.csv"
    shutil.copyfile(LISTS / "us_log.csv", path)

    (result,) = run("--format", "json", "import", "batches", path).json
    assert result["file"] == "Bestände-? 日本.csv"
    assert run("check").status == 0
