"""Reports, checks, backups and the demo, and findings that still print their JSON."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

BATCH_SECTIONS = {"expired", "near_expiry", "held"}
SECTIONS = {"expired", "near_expiry", "changes", "held", "components", "storage", "potency", "waste"}


@pytest.fixture
def tampered(kept, tmp_path):
    """A pharmacy whose trail and sums somebody changed behind the program's back."""
    kept("waste", "OLD-1", "--capsules", "1", "--reason", "dropped")
    with closing(sqlite3.connect(tmp_path / "batches.db", isolation_level=None)) as theirs:
        theirs.execute("DROP TRIGGER event_no_update")
        theirs.execute("UPDATE event SET by = 'Eve' WHERE number = 2")
        theirs.execute("UPDATE batch SET on_hand = 35 WHERE lot = 'OLD-1'")
    return kept


def test_a_sound_database_says_so(kept, run):
    assert kept("check").json == {"ok": True, "findings": []}
    said = kept("audit", "verify")
    assert (said.status, said.json["events"], said.json["intact"], said.json["first_broken"]) == (0, 1, True, None)
    assert len(said.json["head"]) == 64
    assert run("check").out == "All is well: the file, the ledger and the trail.\n"


def test_findings_end_with_status_1_and_their_json_all_the_same(tampered, run):
    checked, verified = tampered("check"), tampered("audit", "verify")

    assert (checked.status, checked.json["ok"]) == (1, False)
    assert checked.json["findings"] == [
        "Batch OLD-1 shows 35 capsules on hand, and its ledger gives 34.",
        "The trail is broken at event 2: what it says is not what was written.",
    ]
    assert checked.err.startswith("The database is not sound (2 findings). Keep the database and the file with")
    assert checked.err.count("\n") == verified.err.count("\n") == 1
    assert "Broken at event 2: what it says is not what was written. Keep the database" in verified.err
    assert (verified.status, set(verified.json)) == (1, {"events", "intact", "head", "first_broken"})
    assert (verified.json["intact"], verified.json["first_broken"]) == (False, 2)
    said = run("audit", "verify")
    assert said.out.startswith("Broken at event 2")
    assert said.err.startswith("The trail does not hold. Keep the database and the file with its head as they are")


def test_a_backup_of_what_is_not_sound_is_written_and_ends_with_status_1(tampered, tmp_path):
    said = tampered("backup", tmp_path / "monday.db")

    assert (said.status, said.json["ok"], len(said.json["findings"])) == (1, False, 2)
    assert said.err.startswith(f"{tmp_path / 'monday.db'} was written, but it is not sound: Batch OLD-1 shows 35")
    assert said.err.count("\n") == 1
    assert (tmp_path / "monday.db").is_file()


def test_a_missing_head_is_one_notice_and_no_finding(kept, tmp_path):
    (tmp_path / "batches.db.head").unlink()

    for command in (("check",), ("audit", "verify")):
        said = kept(*command)
        assert (said.status, said.err.count("\n")) == (0, 1)
        assert said.err.startswith("Whether the last events were cut off could not be checked: there is no file")
    assert kept("check").json == {"ok": True, "findings": []}
    assert set(kept("audit", "verify").json) == {"events", "intact", "head", "first_broken"}


def test_an_exported_trail_answers_with_the_verdict_beside_its_file(kept, tmp_path):
    verdict = kept("audit", "verify").json

    said = kept("audit", "export", tmp_path / "trail.csv")
    assert said.json == {"file": str(tmp_path / "trail.csv")} | verdict


def test_a_backup_is_a_database_of_its_own(kept, run, tmp_path):
    copy = tmp_path / "monday.db"

    assert kept("backup", copy).json == {"ok": True, "findings": []}
    assert run("--database", f"sqlite:///{copy}", "check").status == 0
    said = run("backup", tmp_path / "batches.db")
    assert (said.status, said.err.count("\n")) == (1, 1)


def test_the_weekly_report_has_the_contracts_keys(kept):
    said = kept("report", "weekly")

    assert {"number", "week", "as_of", "sections"} <= set(said.json)
    assert (said.json["number"], said.json["week"], said.json["as_of"]) == (None, "2026-W47", "2026-11-22")
    sections = said.json["sections"]
    assert set(sections) == SECTIONS
    assert set(sections["changes"]) == {"new", "resolved", "open"}
    assert [batch["lot"] for batch in sections["expired"]] == ["OLD-1"]
    assert [batch["lot"] for batch in sections["near_expiry"]] == ["SOON-2", "LDN260117001M"]
    batches = {batch["lot"]: batch for batch in kept("batches").json}
    for name in BATCH_SECTIONS:
        for row in sections[name]:
            assert batches[row["lot"]].items() <= row.items()


@pytest.mark.needs_qt
def test_a_report_is_written_in_every_kind_and_into_a_folder(kept, run, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    names = [f"week.{suffix}" for suffix in ("pdf", "xlsx", "csv", "html", "json")]
    said = run("report", "weekly", *(part for name in names for part in ("--out", folder / name)), "--out", folder)

    assert said.status == 0
    assert {path.name for path in folder.iterdir()} == {*names, "ldn-expiry-2026-W47.pdf"}
    assert said.err.splitlines() == [f"Written: {folder / name}" for name in [*names, "ldn-expiry-2026-W47.pdf"]]
    written = json.loads((folder / "week.json").read_text("utf-8"))
    assert written["sections"] == kept("report", "weekly").json["sections"]


def test_a_week_before_the_first_record_and_a_coming_one_are_refused(kept, run):
    said = kept("report", "weekly", "--week", "2026-W35")
    assert (said.status, said.out) == (1, "")
    assert said.err == "There are no records before 2026-11-22. Ask for week 2026-W47 or a later one.\n"

    said = run("report", "weekly", "--week", "2026-W48")
    assert (said.status, said.out) == (1, "")
    assert said.err == "Week 2026-W48 has not begun: it starts on 2026-11-23. Ask for 2026-W47.\n"


@pytest.mark.usefixtures("kept")
def test_a_report_as_csv_or_in_words_goes_to_standard_output(run):
    assert "OLD-1" in run("--format", "csv", "report", "weekly").out
    assert run("report", "weekly").out.startswith("Weekly expiry report 2026-W47, as of 2026-11-22\n  1 expired and on")


@pytest.mark.parametrize("name", ["week.docx", "week", "list.csv/week.json"])
def test_a_report_that_cannot_be_written_is_one_line(kept, tmp_path, name):
    before = set(tmp_path.iterdir())
    said = kept("report", "weekly", "--out", tmp_path / name)

    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)
    assert set(tmp_path.iterdir()) == before


@pytest.mark.needs_qt
def test_a_demo_is_made_and_made_anew_in_the_same_folder(run, tmp_path):
    folder = tmp_path / "demo"
    for batches in (20, 30):
        said = run("--format", "json", "demo", "--folder", folder, "--batches", batches, "--no-window")

        assert (said.status, said.err) == (0, "")
        assert said.json == {
            "database": str(folder / "demo.db"),
            "report": str(folder / "ldn-expiry-2026-W47.pdf"),
            "batches": batches,
        }
        database = f"sqlite:///{said.json['database']}"
        assert len(run("--database", database, "--format", "json", "batches").json) == batches
        assert run("--database", database, "check").status == 0
    assert {path.name for path in folder.iterdir()} == {"demo.db", "demo.db.head", "ldn-expiry-2026-W47.pdf"}


@pytest.mark.needs_qt
def test_a_demo_that_an_older_version_made_goes_without_leaving_a_copy_behind(run, tmp_path):
    shutil.copy(Path(__file__).parent.parent / "data" / "databases" / "0.1.0.db", tmp_path / "demo.db")
    with closing(sqlite3.connect(tmp_path / "demo.db", isolation_level=None)) as older:
        (guard,) = older.execute("SELECT sql FROM sqlite_master WHERE name = 'event_no_update'").fetchone()
        older.execute("DROP TRIGGER event_no_update")
        older.execute("UPDATE event SET action = 'demo' WHERE number = 1")
        older.execute(guard)
    said = run("demo", "--folder", tmp_path, "--batches", 20, "--no-window")

    assert said.status == 0
    assert {path.name for path in tmp_path.iterdir() if path.name.startswith("demo")} == {"demo.db", "demo.db.head"}


def test_a_demo_never_takes_the_place_of_a_pharmacys_own_database(kept, run, tmp_path):
    kept("backup", tmp_path / "demo.db")
    before = (tmp_path / "demo.db").read_bytes()
    said = run("demo", "--folder", tmp_path, "--no-window")

    assert (said.status, said.out) == (1, "")
    assert "is a database of your own, not a demo. Choose another folder (--folder)." in said.err
    assert (tmp_path / "demo.db").read_bytes() == before


@pytest.mark.parametrize("content", [b"dear all", b""])
def test_a_demo_never_takes_the_place_of_another_file(run, tmp_path, content):
    (tmp_path / "demo.db").write_bytes(content)
    said = run("demo", "--folder", tmp_path, "--no-window")

    assert (said.status, said.err.count("\n")) == (1, 1)
    assert (tmp_path / "demo.db").read_bytes() == content
