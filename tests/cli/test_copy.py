"""`copy`, and what every command says of a server that is not reached."""

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
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_server_that_is_not_reached_is_told_in_one_sentence_without_the_password(run, call, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LDNINV_NEW_PIN", "795311")
    said = run("--database", "postgresql://ana:secret@127.0.0.1:1/batches", *call)

    assert (said.status, said.out) == (1, "")
    assert said.err == (
        "The database batches on 127.0.0.1:1 cannot be reached. Check that the server runs, the network, and the "
        "address.\n"
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
