"""The command line on a server's database: the same commands give the same answers, and none tells the password."""

import pytest

import server

LIST = """Lot,Strength,Made,Expires,Quantity,On hand,Location
LDN260117001M,4.5,2026-01-17,2027-01-17,300,120,Cabinet A
Öl-1,3,2025-08-30,2026-08-30,100,35,Shelf 3
old-2,3,2025-08-30,2026-08-30,100,35,
SOON-2,4.5,2025-12-20,2026-12-20,300,300,Cabinet A
"""

DAY = [
    ["import", "batches", "list.csv"],
    ["import", "batches", "list.csv"],
    ["batches"],
    ["batches", "--band", "under-30", "--in-stock"],
    ["batches", "--text", "öl"],
    ["scan", "ldn260117001m"],
    ["scan", "nothing"],
    ["suggest", "--strength", "4.5", "--capsules", "30", "--days", "30"],
    ["dispense", "LDN260117001M", "--capsules", "30", "--days", "30", "--reason", "asked for"],
    ["dispense", "Öl-1", "--capsules", "30", "--days", "30"],
    ["waste", "LDN260117001M", "--capsules", "2", "--reason", "dropped"],
    ["quarantine", "SOON-2", "--reason", "odd smell"],
    ["release", "SOON-2", "--appearance", "ok"],
    ["count", "SOON-2", "--found", "290", "--reason", "two were found"],
    ["places", "add", "Bin", "--kind", "expired"],
    ["move", "old-2", "--to", "Bin"],
    ["recall", "Öl-1", "--reason", "chipped"],
    ["storage", "import", "warm.csv", "--place", "Shelf 3", "--logger", "Room 1", "--zone", "UTC"],
    ["show", "Öl-1"],
    ["places", "list"],
    ["report", "weekly"],
    ["check"],
]


@pytest.fixture
def url():
    lent = server.empty_address()
    yield lent
    server.let_go(lent)


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    rows = [f"2026-11-01 {hour:02}:{minute:02},{41 if hour == 5 else 22}" for hour in range(24) for minute in (0, 30)]
    (tmp_path / "warm.csv").write_text("\n".join(["Time,Temperature (C)", *rows]), encoding="utf-8")


def untimed(answer):
    """Leave out the instants and what is made of them."""
    if isinstance(answer, dict):
        return {key: untimed(value) for key, value in answer.items() if key not in {"at", "made_at", "head", "trail"}}
    return [untimed(each) for each in answer] if isinstance(answer, list) else answer


@pytest.mark.usefixtures("files")
def test_a_day_of_commands_answers_on_a_server_as_on_a_file(run, url):
    for command in DAY:
        here = run("--format", "json", *command)
        there = run("--database", url, "--format", "json", *command)

        assert (there.status, there.err) == (here.status, here.err), command
        assert untimed(there.json if there.out else None) == untimed(here.json if here.out else None), command
    assert run("--database", url, "audit", "verify").status == 0


@pytest.mark.usefixtures("files")
def test_reading_asks_for_records_and_a_list_with_bad_rows_begins_none(run, url, tmp_path):
    said = run("--database", url, "batches")
    assert (said.status, said.out) == (1, "")
    assert "There are no records of ldninv in the database" in said.err
    assert run("--database", url, "import", "batches", "list.csv", "--dry-run").status == 0
    (tmp_path / "bad.csv").write_text(LIST.replace("4.5", "many", 1), encoding="utf-8")
    assert run("--database", url, "import", "batches", "bad.csv").status == 1
    assert run("--database", url, "batches").err == said.err

    assert run("--database", url, "import", "batches", "list.csv").status == 0
    assert run("--database", url, "batches").status == 0


@pytest.mark.usefixtures("files")
def test_the_first_person_begins_the_records_and_signs_in_there(run, url, monkeypatch):
    monkeypatch.setenv("LDNINV_NEW_PIN", "795311")
    assert run("--database", url, "users", "add", "Mara", "--role", "pharmacist").status == 0
    monkeypatch.setenv("LDNINV_PIN", "111112")
    assert run("--database", url, "--user", "Mara", "import", "batches", "list.csv").status == 1
    monkeypatch.setenv("LDNINV_PIN", "795311")

    assert run("--database", url, "--user", "Mara", "import", "batches", "list.csv").status == 0


@pytest.mark.usefixtures("files")
def test_a_password_in_an_address_is_never_told(run, url):
    secret = url.replace("postgres@", "postgres:hush-hush@")
    said = [
        run("--database", secret, *command)
        for command in (
            ["batches"],
            ["import", "batches", "list.csv"],
            ["backup", "b.db"],
            ["copy", "--from", secret, "--to", secret],
            ["copy", "--from", secret, "--to", "copy.db"],
            ["copy", "--from", "copy.db", "--to", secret],
            ["copy", "--from", "mysql://ana:hush-hush@server/x", "--to", secret],
        )
    ]

    assert [each.status for each in said] == [1, 0, 0, 1, 0, 1, 1]
    assert not any("hush-hush" in each.out + each.err for each in said)
