"""`copy`, and what a database on a server is told, at every command."""

import pytest

CALLS = {
    "batches": ["batches"],
    "show": ["show", "A"],
    "scan": ["scan", "A"],
    "suggest": ["suggest", "--strength", "4.5", "--capsules", "30", "--days", "30"],
    "places": ["places", "list"],
    "report": ["report", "weekly"],
    "report issued": ["report", "issued"],
    "dispense": ["dispense", "A", "--capsules", "30", "--days", "30"],
    "release": ["release", "A"],
    "recall": ["recall", "A", "--reason", "r"],
    "users list": ["users", "list"],
    "users add": ["users", "add", "Mara", "--role", "pharmacist"],
    "audit": ["audit", "verify"],
    "backup": ["backup", "b.db"],
    "restore": ["restore", "b.db"],
    "check": ["check"],
    "import": ["import", "batches", "list.csv"],
    "copy to": ["copy", "--from", "sqlite:///batches.db", "--to", "postgresql://server/batches"],
    "copy from": ["copy", "--from", "postgresql://server/batches", "--to", "sqlite:///batches.db"],
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_server_is_refused_in_one_calm_sentence(run, call, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    if call[0] == "copy":
        (tmp_path / "list.csv").write_text("Lot,Strength,Made,Expires,Quantity\nA-1,3,2026-08-30,2027-08-30,100\n")
        assert run("--database", "sqlite:///batches.db", "import", "batches", "list.csv").status == 0
    monkeypatch.setenv("LDNINV_NEW_PIN", "795311")
    said = run("--database", "postgresql://server/batches", *call)

    assert (said.status, said.out) == (1, "")
    assert said.err == (
        "PostgreSQL is not supported by this version, which keeps its records in a file; nothing was changed. "
        "Name a file, such as sqlite:///batches.db.\n"
    )


def test_a_copy_answers_as_the_original_does(kept, run, tmp_path):
    target = f"sqlite:///{tmp_path / 'copy.db'}"
    said = kept("copy", "--from", f"sqlite:///{tmp_path / 'batches.db'}", "--to", target)

    assert (said.status, said.json) == (0, {"ok": True, "findings": []})
    assert kept("--database", target, "batches").json == kept("batches").json
    assert kept("--database", target, "audit", "verify").json == kept("audit", "verify").json
    again = kept("copy", "--from", f"sqlite:///{tmp_path / 'batches.db'}", "--to", target)
    assert (again.status, again.err.count("\n")) == (1, 1)
    assert "holds records already" in again.err
