"""`ldninv storage import`: readings are kept once, and batches are marked."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ldninv.domain.storage.profiles import PROFILES
from rooms import COOL

FILES = Path(__file__).parent.parent / "data" / "loggers"


def a_file(tmp_path, *, start="2026-11-02 00:00", hours=48, warm=(), name="room.csv"):
    """Write a logger's file of readings every ten minutes; `warm` are hours at 41 °C, from and up to."""
    begin = datetime.fromisoformat(start)
    lines = ["Date Time,Temperature (°C)"]
    for number in range(hours * 6):
        now = number / 6
        value = "41.0" if warm and warm[0] <= now < warm[1] else "22.0"
        lines.append(f"{begin + timedelta(minutes=10 * number):%Y-%m-%d %H:%M:%S},{value}")
    file = tmp_path / name
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def imported(run, file, *more, place="Cabinet A"):
    where = ("--place", place, "--logger", "Room 1", "--zone", "America/Chicago")
    return run("--format", "json", "storage", "import", file, *where, *more)


def test_readings_are_kept_judged_and_marked(kept, run, tmp_path):
    said = imported(run, a_file(tmp_path, warm=(5, 9)))

    assert said.status == 0, said.err
    found = said.json
    assert (found["readings"], found["new"], found["known"], found["level"]) == (288, 288, 0, "breach")
    assert found["first"] == "2026-11-02T00:00:00-06:00"
    assert {each["lot"]: each["level"] for each in found["marked"]} == {
        "LDN260117001M": "breach", "SOON-2": "breach",
    }  # fmt: skip
    shown = run("--format", "json", "show", "LDN260117001M").json
    assert (shown["state"], shown["storage"]) == ("held", "breach")
    assert run("--format", "json", "show", "OLD-1").json["storage"] == "not-monitored"
    refused = run("dispense", "LDN260117001M", "--capsules", 30, "--days", 30)
    assert refused.status == 1
    assert "storage breach: above 40 °C at Cabinet A" in refused.err


def test_a_file_is_judged_by_the_profile_of_its_place(kept, run, tmp_path, monkeypatch):
    monkeypatch.setitem(PROFILES, "cool", COOL)
    run("places", "add", "Cellar", "--profile", "cool")

    said = imported(run, a_file(tmp_path), place="Cellar").json

    assert (said["level"], said["reasons"]) == ("breach", ["above 18 °C once for at least 47.8 h, up to 22.0 °C"])
    again = ("storage", "import", tmp_path / "room.csv", "--place", "Cellar", "--logger", "Room 1")
    assert "provisional: less than 10 days" in run(*again, "--zone", "America/Chicago").out


def test_a_decision_on_the_command_line_answers_the_breach(kept, run, tmp_path):
    imported(run, a_file(tmp_path, warm=(5, 9)))

    run("decide", "SOON-2", "keep", "--reason", "four hours")

    shown = run("--format", "json", "show", "SOON-2").json
    assert (shown["state"], shown["storage"], shown["usable"]) == ("released", "breach", True)
    assert run("check").status == 0


def test_show_tells_what_storage_did_to_a_batch_and_what_was_decided(kept, run, tmp_path):
    imported(run, a_file(tmp_path, warm=(5, 9)))
    kept("decide", "SOON-2", "keep", "--reason", "four hours")

    events = kept("show", "SOON-2").json["events"]

    actions = [each["action"] for each in events]
    assert (actions[0], actions[-1]) == ("imported", "decided")
    assert {"storage-hold", "storage-review", "storage-recorded", "held"} < set(actions)
    assert all(set(each) == {"at", "by", "action", "reason"} for each in events)
    (breach,) = [each for each in events if each["action"] == "storage-hold"]
    assert breach["reason"].startswith("breach: above 40 °C at Cabinet A for 3.9 h, up to 41.0 °C, from 2026-11-0")
    assert breach["reason"].endswith("; decided")
    shown = run("show", "SOON-2").out
    assert "  storage: breach, 22.0 to 41.0 °C; MKT" in shown
    assert "    breach: above 40 °C at Cabinet A" in shown


def test_the_same_file_again_adds_nothing(kept, run, tmp_path):
    file = a_file(tmp_path)
    imported(run, file)

    again = imported(run, file).json

    assert (again["new"], again["known"], again["marked"]) == (0, 288, [])


def test_what_contradicts_kept_readings_is_told(kept, run, tmp_path):
    imported(run, a_file(tmp_path))

    other = a_file(tmp_path, hours=50, warm=(5, 6), name="other.csv")
    answer = imported(run, other)

    said = answer.json
    assert (answer.status, said["new"], said["written"], said["known"], said["conflicts"]) == (1, 12, 0, 282, 6)
    assert said["conflicting"][0] == {"printed": "2026-11-02 05:00:00", "kept_c": 22.0, "said_c": 41.0}
    assert said["problems"][0] == {
        "line": 32, "text": "2026-11-02 05:00:00 says 41.00 °C where 22.00 °C is kept, which stays",
    }  # fmt: skip
    assert answer.err.startswith("Nothing was written: 6 readings contradict")
    assert "; 12 new readings wait. See which logger" in answer.err
    assert answer.err.endswith("Or add --skip-bad to keep the 12 new beside what is kept.\n")
    assert answer.err.count("\n") == 1

    rest = imported(run, other, "--skip-bad")
    assert (rest.status, rest.json["new"], rest.json["written"], rest.json["marked"]) == (0, 12, 12, [])


def test_a_new_database_begins_with_the_place_and_a_typo_is_refused_later(run, tmp_path):
    said = imported(run, a_file(tmp_path))
    assert said.status == 0, said.err

    wrong = imported(run, a_file(tmp_path, start="2026-11-05 00:00", name="b.csv"), place="Cabinett A")
    assert wrong.status == 1
    assert "There is no place “Cabinett A”. Places: Cabinet A." in wrong.err


def test_words_for_people_say_what_is_on_hold(kept, run, tmp_path):
    file = a_file(tmp_path, warm=(5, 9))

    said = run("storage", "import", file, "--place", "Cabinet A", "--logger", "R", "--zone", "UTC")

    assert "288 new, 0 known already" in said.out
    assert "On hold until a pharmacist decides: LDN260117001M, SOON-2" in said.out


def test_no_such_zone_is_wrong_usage_and_the_option_is_named(kept, run, tmp_path):
    where = ("--place", "Cabinet A", "--logger", "R", "--zone", "Mars/Olympus")

    said = run("storage", "import", a_file(tmp_path), *where)

    assert (said.status, "Invalid value for '--zone'" in said.err) == (2, True)


def test_the_first_place_of_all_is_added_with_the_readings_and_a_second_one_is_not(run, tmp_path):
    first, second = (imported(run, a_file(tmp_path), place=place) for place in ("Cabinet A", "Cabinet B"))

    assert (first.status, second.status) == (0, 1)
    assert "no place “Cabinet B”. Places: Cabinet A." in second.err


def test_a_record_of_days_holds_what_stood_there_on_a_day_above_forty(kept, run, tmp_path):
    file = tmp_path / "days.csv"
    file.write_text("Date,Min Temp (°C),Max Temp (°C)\n2026-11-13,20.1,23.4\n2026-11-14,20.2,41.5\n", "utf-8")

    found = imported(run, file).json

    assert (found["new"], sorted(found["held"])) == (2, ["LDN260117001M", "SOON-2"])
    shown = run("--format", "json", "show", "SOON-2").json
    assert (shown["state"], shown["storage"]) == ("held", "breach")
    assert "41.5 °C at Cabinet A on 2026-11-14" in run("dispense", "SOON-2", "--capsules", 30, "--days", 30).err
    kept("decide", "SOON-2", "keep", "--reason", "an hour")
    assert "    breach: 41.5 °C at Cabinet A on 2026-11-14" in run("show", "SOON-2").out
    assert run("check").status == 0


def test_the_clock_of_a_logger_that_stood_is_asked_about_again_with_the_next_file(kept, run, tmp_path):
    first = a_file(tmp_path, start="2026-10-31 00:00")
    then = a_file(tmp_path, start="2026-11-02 00:00", name="next.csv")
    assert imported(run, first, "--clock", "stands").json["last"] == "2026-11-01T22:50:00-06:00"

    asked = imported(run, then)
    kept_on = imported(run, then, "--clock", "stands")

    assert asked.status == 1
    assert "The clock of this logger stood at UTC-05:00" in asked.err
    assert (kept_on.json["first"], kept_on.json["known"]) == ("2026-11-01T23:00:00-06:00", 0)
    assert run("check").status == 0


def test_a_file_that_comes_in_again_is_not_asked_about_its_clock_twice(kept, run, tmp_path):
    file, other = (
        a_file(tmp_path, start=start, name=name)
        for start, name in (("2026-10-31 00:00", "a.csv"), ("2026-10-31 00:05", "b.csv"))
    )
    asked, first, again = imported(run, file), imported(run, file, "--clock", "stands").json, imported(run, file)

    assert (asked.status, again.status) == (1, 0)
    assert (again.json["new"], again.json["known"], again.json["last"]) == (0, first["new"], first["last"])
    assert imported(run, other).status == 1


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("asked_date_order.csv", ("--date-order", "dmy")),
        ("asked_unit.csv", ("--unit", "c")),
        ("asked_column.csv", ("--column", "3")),
        ("asked_changed_places.csv", ("--as-printed",)),
    ],
)
def test_a_file_that_comes_in_again_is_asked_nothing_again(kept, run, name, answer):
    file = FILES / name
    asked, first, again = imported(run, file), imported(run, file, *answer).json, imported(run, file)

    assert (asked.status, again.status) == (1, 0), again.err
    assert first["new"] > 0
    assert (again.json["new"], again.json["known"], again.json["first"]) == (0, first["new"], first["first"])
    assert run("check").status == 0


def test_another_answer_than_the_one_before_is_taken_as_it_is_said(kept, run):
    file = FILES / "asked_unit.csv"
    imported(run, file, "--unit", "c")

    other = imported(run, file, "--unit", "f")

    assert other.status == 1
    assert (other.json["unit"], other.json["conflicts"]) == ("°F", other.json["readings"])
