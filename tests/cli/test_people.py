"""People on the command line: PINs come from the environment, and nothing told of anybody holds one."""

import json

import pytest

from ldninv.services.demo_staff import STAFF

MARA, ANA = "795311", "240618"


@pytest.fixture
def secrets(monkeypatch):
    """Set what is never written on a command line."""

    def be(**values):
        for name in ("PIN", "NEW_PIN", "SIGNER_PIN"):
            monkeypatch.delenv(f"LDNINV_{name}", raising=False)
        for name, value in values.items():
            monkeypatch.setenv(f"LDNINV_{name.upper()}", value)

    return be


@pytest.fixture
def staffed(kept, run, secrets):
    """A pharmacist and a technician."""
    secrets(new_pin=MARA)
    assert run("users", "add", "Mara Lind", "--role", "pharmacist").status == 0
    secrets(pin=MARA, new_pin=ANA)
    assert run("--user", "Mara Lind", "users", "add", "Ana Ruiz", "--role", "technician").status == 0
    secrets()
    return kept


def test_the_first_person_makes_the_database_and_learns_what_changes(run, secrets):
    secrets(new_pin=MARA)
    said = run("--format", "json", "users", "add", "Mara Lind", "--role", "pharmacist")

    assert (said.status, said.json) == (0, [{"name": "Mara Lind", "role": "pharmacist"}])
    assert "From now on writing asks who acts (--user NAME and LDNINV_PIN)" in said.err
    assert run("users", "list").out.split() == ["Name", "Role", "Mara", "Lind", "pharmacist"]


def test_a_technician_first_leaves_no_database(run, secrets, tmp_path):
    secrets(new_pin=ANA)

    assert "a pharmacist or an admin" in run("users", "add", "Ana", "--role", "technician").err
    assert list(tmp_path.iterdir()) == []


def test_a_new_pin_that_is_missing_or_too_easy_is_refused(run, secrets):
    secrets()
    assert "A new PIN for Mara is missing. Set LDNINV_NEW_PIN" in run("users", "add", "Mara", "--role", "admin").err
    secrets(new_pin="123456")
    said = run("users", "add", "Mara", "--role", "admin")
    assert said.status == 1
    assert "123456" not in said.err


def test_reading_asks_nobody_and_writing_asks_who(staffed, secrets):
    assert staffed("batches").status == staffed("check").status == staffed("--user", "Eve", "batches").status == 0
    waste = ["waste", "OLD-1", "--capsules", "1", "--reason", "dropped"]

    assert "put --user NAME before the command, and the PIN in LDNINV_PIN" in staffed(*waste).err
    assert "Your PIN is missing. Set LDNINV_PIN" in staffed("--user", "Ana Ruiz", *waste).err
    secrets(pin=ANA)
    assert "Nobody here goes by that name. People: Ana Ruiz, Mara Lind." in staffed("--user", "Eve", *waste).err
    assert "not the PIN of Mara Lind" in staffed("--user", "Mara Lind", *waste).err
    done = staffed("--user", "ana ruiz", *waste)
    assert (done.status, done.json["by"]) == (0, "Ana Ruiz")


def test_a_release_is_signed_by_the_signers_own_pin(staffed, run, secrets):
    secrets(pin=ANA)
    assert staffed("--user", "Ana Ruiz", "quarantine", "LDN260117001M", "--reason", "smudged").status == 0
    checks = ["--appearance", "ok", "--yield", "300", "--weights", "249,250,251"]
    release = ["--user", "Ana Ruiz", "release", "LDN260117001M", *checks]
    assert staffed(*release).err == (
        "This takes a signature: the release of batch LDN260117001M. Name who signs, with their PIN. "
        "(--signer NAME, and LDNINV_SIGNER_PIN)\n"
    )
    with_signer = ["--signer", "Mara Lind", *release]
    assert "The PIN of who signs is missing. Set LDNINV_SIGNER_PIN" in staffed(*with_signer).err
    secrets(pin=ANA, signer_pin=ANA)
    assert "not the PIN of Mara Lind" in staffed(*with_signer).err

    secrets(pin=ANA, signer_pin=MARA)
    done = staffed(*with_signer)
    assert (done.status, done.json["by"], done.err) == (0, "Ana Ruiz", "Not recorded: label.\n")
    assert "Mara Lind signed the release on " in (shown := run("show", "LDN260117001M").out)
    assert shown.rstrip().endswith("; record unchanged since")
    (signature,) = staffed("show", "LDN260117001M").json["signatures"]
    assert (signature["by"], signature["meaning"], signature["unchanged"]) == ("Mara Lind", "released", True)
    assert staffed("check").json == {"ok": True, "findings": []}


def test_a_weekly_report_is_signed_off_with_its_files(staffed, secrets, tmp_path):
    secrets(pin=ANA, signer_pin=MARA)
    weekly = ["--user", "Ana Ruiz", "report", "weekly", "--sign-off", "--out", tmp_path / "week.csv"]
    assert "This takes a signature: the report." in staffed(*weekly).err

    said = staffed(*weekly, "--signer", "Mara Lind")
    assert (said.status, said.json["number"], said.json["made_by"]) == (0, 1, "Ana Ruiz")
    (issued,) = staffed("report", "issued").json
    assert (issued["number"], issued["unchanged"], len(issued["signed"])) == (1, True, 1)
    assert issued["signed"][0].startswith("Mara Lind signed the report on ")
    secrets(pin=ANA)
    assert staffed("--user", "Ana Ruiz", "report", "weekly", "--issue").json["compared_with"] == 1
    secrets(pin=ANA, signer_pin=MARA)
    signed = staffed("--user", "Ana Ruiz", "report", "sign-off", "2", "--signer", "Mara Lind")
    assert signed.json["signed"][0].endswith("; record unchanged since")
    assert staffed("check").json == {"ok": True, "findings": []}


def test_a_backup_is_put_back_by_a_pharmacists_signature_and_without_where_nobody_can_be_asked(
    staffed, secrets, tmp_path
):
    secrets(pin=ANA)
    assert staffed("backup", tmp_path / "monday.db").status == 0
    restore = ["--user", "Ana Ruiz", "restore", tmp_path / "monday.db"]
    assert "This takes a signature: putting back a backup." in staffed(*restore).err
    secrets(pin=ANA, signer_pin=MARA)
    assert staffed(*restore, "--signer", "Mara Lind").json == {"ok": True, "findings": []}

    (tmp_path / "batches.db").write_bytes(b"spoilt" * 2000)
    secrets()
    assert "is damaged" in staffed("check").err
    said = staffed("restore", tmp_path / "monday.db")
    assert (said.status, "Nobody signed" in said.err) == (0, True)
    assert staffed("check").json == {"ok": True, "findings": []}


def test_people_are_renamed_retired_and_come_back(staffed, run, secrets):
    secrets(pin=MARA, new_pin="112358")
    by_mara = ["--user", "Mara Lind", "users"]

    assert staffed(*by_mara, "rename", "Ana Ruiz", "--to", "Ana Weber").json[0] == {
        "name": "Ana Weber", "role": "technician",
    }  # fmt: skip
    assert staffed(*by_mara, "role", "Ana Weber", "admin").json[0]["role"] == "admin"
    assert [each["name"] for each in staffed(*by_mara, "retire", "Ana Ruiz").json] == ["Mara Lind"]
    assert staffed("users", "list", "--all").json[0] == {"name": "Ana Weber", "role": "admin", "retired": True}
    assert [each["name"] for each in staffed(*by_mara, "return", "Ana Weber").json] == ["Ana Weber", "Mara Lind"]
    assert "is the last pharmacist here" in run(*by_mara, "retire", "Mara Lind").err


def test_a_pin_is_changed_by_its_owner_and_given_by_a_pharmacist(staffed, run, secrets):
    secrets(pin=ANA, new_pin="112358")
    assert run("--user", "Ana Ruiz", "users", "pin").out == "Ana Ruiz has a new PIN.\n"
    secrets(pin="112358", new_pin="271828")
    assert "is a technician" in run("--user", "Ana Ruiz", "users", "pin", "Mara Lind").err
    secrets(pin=MARA, new_pin="271828")
    assert run("--user", "Mara Lind", "users", "pin", "Ana Ruiz").status == 0
    assert "Say whose PIN" in run("users", "pin").err


def test_a_badge_comes_from_the_environment_and_is_never_told(staffed, run, secrets, monkeypatch):
    secrets(pin=MARA, badge="STAFF-0017")
    said = run("--user", "Mara Lind", "users", "badge", "Ana Ruiz")

    assert (said.status, said.out) == (0, "Ana Ruiz has a new badge.\n")
    assert run("--user", "Mara Lind", "users", "badge", "Ana Ruiz", "--remove").out == "Ana Ruiz has no badge.\n"
    monkeypatch.delenv("LDNINV_BADGE")


def test_a_demo_with_people_says_their_pins_and_asks_for_them(run, tmp_path, secrets, monkeypatch):
    said = run("--format", "json", "demo", "--people", "--no-window", "--folder", tmp_path / "demo", "--batches", "12")

    assert sorted(said.json) == ["batches", "database", "report"]
    for each in STAFF:
        assert f"{each.name}, {each.role}: PIN {each.pin}" in said.err
        assert each.pin not in said.out
    monkeypatch.setenv("LDNINV_DATABASE", f"sqlite:///{said.json['database']}")
    assert json.loads(run("--format", "json", "check").out)["ok"]
    assert "Sign in to write" in run("places", "add", "Shelf 9").err
    secrets(pin=STAFF[1].pin)
    assert run("--user", STAFF[1].name, "places", "add", "Shelf 9").status == 0


def test_a_paper_names_who_gave_name_and_pin_and_a_wrong_pin_makes_none(staffed, run, secrets, tmp_path):
    secrets(pin=ANA)
    assert run("--user", "Ana Ruiz", "report", "weekly", "--out", str(tmp_path / "week.json")).status == 0
    assert json.loads((tmp_path / "week.json").read_text())["made_by"] == "Ana Ruiz"

    secrets(pin="000001")
    said = run("--user", "Ana Ruiz", "report", "weekly", "--out", str(tmp_path / "other.json"))
    assert (said.status, (tmp_path / "other.json").exists()) == (1, False)

    secrets()
    assert run("report", "weekly", "--out", str(tmp_path / "nobody.json")).status == 0
