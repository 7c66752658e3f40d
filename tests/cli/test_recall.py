"""Recalls, certificates and dossiers from the command line."""

import pytest


@pytest.fixture
def made_with(run, tmp_path):
    """Two batches with one component lot, and how to ask for JSON."""
    lines = ["Lot,Strength,Made,Expires,Quantity,On hand,Location"]
    lines += ["A-1,4.5,2026-01-17,2027-01-17,300,300,Shelf 3", "A-2,4.5,2026-01-17,2027-01-17,300,300,Shelf 3"]
    path = tmp_path / "list.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert run("import", "batches", path).status == 0
    return lambda *arguments, **how: run("--format", "json", *arguments, **how)


def test_a_batch_is_recalled_and_says_what_it_reached(made_with):
    made_with("dispense", "A-1", "--capsules", "30", "--days", "30")

    said = made_with("recall", "A-1", "--reason", "metal found")

    assert (said.status, said.json["batches"], said.json["on_hand"]) == (0, ["A-1"], 270)
    (entry,) = said.json["dispensings"]
    assert (entry["lot"], entry["capsules"], entry["on_hand"]) == ("A-1", -30, 270)
    assert made_with("show", "A-1").json["state"] == "recalled"
    refused = made_with("dispense", "A-1", "--capsules", "30", "--days", "30")
    assert (refused.status, refused.err.count("\n")) == (1, 1)


def test_a_lot_that_no_batch_was_made_with_is_refused(made_with):
    said = made_with("recall", "--component", "MC9", "--reason", "letter")

    assert (said.status, said.out) == (1, "")
    assert "No batch was made with a component of lot MC9" in said.err


def test_a_recall_is_listed_shown_and_closed(made_with, run):
    made_with("recall", "A-1", "--reason", "metal found")

    assert made_with("recalls", "list").json[0]["what"] == "batch A-1"
    assert made_with("recalls", "show", "1").json["batches"] == ["A-1"]
    said = run("recalls", "close", "1", "--note", "all called")
    assert (said.status, "all called" in said.out) == (0, True)
    assert "300 capsules of recalled batches still on the shelf" in said.err
    assert "1 on hand" not in run("recalls", "list").out


@pytest.mark.needs_qt
def test_the_papers_are_written_where_they_are_asked_for(made_with, tmp_path):
    entry = made_with("dispose", "A-1", "--capsules", "5", "--reason", "damage", "--witness", "Ben").json["id"]
    made_with("recall", "A-1", "--reason", "metal found")

    for name, command in (
        ("call", ("recalls", "call-list", 1)),
        ("certificate", ("certificate", entry)),
        ("dossier", ("dossier", "A-1")),
        ("trail", ("audit", "export")),
    ):
        file = tmp_path / f"{name}.pdf"
        where = (file,) if name == "trail" else ("--out", file)
        assert made_with(*command, *where).json["file"] == str(file)
        assert file.read_bytes().startswith(b"%PDF")


def test_the_trail_is_held_against_what_a_paper_printed(made_with):
    verdict = made_with("audit", "verify").json
    end = f"{verdict['events']} events, ends with {verdict['head'][:12]}"

    assert made_with("audit", "verify", "--printed", end).status == 0
    said = made_with("audit", "verify", "--printed", f"9 events, ends with {verdict['head'][:12]}")
    assert (said.status, said.json["first_broken"]) == (1, verdict["events"] + 1)
    assert made_with("audit", "verify", "--printed", "nonsense").status == 1


def test_the_trail_of_one_batch_is_written_as_a_table(made_with, tmp_path):
    made_with("waste", "A-1", "--capsules", "1", "--reason", "dropped")
    made_with("waste", "A-2", "--capsules", "1", "--reason", "chipped")

    made_with("audit", "export", tmp_path / "t.csv", "--lot", "A-1")

    table = (tmp_path / "t.csv").read_text("utf-8-sig")
    assert "dropped" in table
    assert "chipped" not in table


def test_a_backup_is_put_back_also_where_the_database_is_gone(made_with, tmp_path, run):
    made_with("backup", tmp_path / "monday.db")
    made_with("waste", "A-1", "--capsules", "1", "--reason", "dropped")

    said = run("restore", tmp_path / "monday.db")
    assert (said.status, said.out.startswith("Restored from")) == (0, True)
    assert made_with("show", "A-1").json["on_hand"] == 300
    (tmp_path / "batches.db").unlink()
    for beside in ("-wal", "-shm", ".head"):
        (tmp_path / f"batches.db{beside}").unlink(missing_ok=True)
    assert made_with("restore", tmp_path / "monday.db").json == {"ok": True, "findings": []}
    assert made_with("check").json == {"ok": True, "findings": []}
    assert made_with("restore", tmp_path / "none.db").status == 1
