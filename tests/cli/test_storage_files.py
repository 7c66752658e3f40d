"""`ldninv storage files` and `storage original`: what came in from loggers comes out again as it was."""

from pathlib import Path

FILES = Path(__file__).parents[1] / "data" / "loggers"
WHERE = ("--place", "Cabinet A", "--logger", "Room 1", "--zone", "UTC")


def test_a_file_comes_out_byte_for_byte_and_the_trail_notes_it(run, tmp_path):
    for name in ("hoboware_japanese_utf16_tabs.txt", "hoboconnect_text_times.xlsx", "fridgetag_days.txt"):
        run("storage", "import", FILES / name, *WHERE)

        out = run("--format", "json", "storage", "original", name, "--out", tmp_path)

        assert out.json == {"file": str(tmp_path / name)}
        assert (tmp_path / name).read_bytes() == (FILES / name).read_bytes()
    assert run("check").status == 0


def test_the_files_are_listed_with_the_sum_by_which_one_is_named(run, tmp_path):
    run("storage", "import", FILES / "fridgetag_days.txt", *WHERE)

    (listed,) = run("--format", "json", "storage", "files").json

    assert (listed["file"], listed["logger"], listed["bytes"]) == ("fridgetag_days.txt", "Room 1", 321)
    assert run("storage", "original", listed["sha256"][:8], "--out", tmp_path / "again.txt").status == 0
    assert (tmp_path / "again.txt").read_bytes() == (FILES / "fridgetag_days.txt").read_bytes()


def test_two_files_of_one_name_are_told_apart_by_their_sums(run, tmp_path):
    for folder, celsius in (("june", 21.0), ("july", 22.0)):
        (tmp_path / folder).mkdir()
        rows = [f"2026-0{6 if folder == 'june' else 7}-01 {hour:02d}:00,{celsius}" for hour in range(5)]
        (tmp_path / folder / "log.csv").write_text("\n".join(["Time,Temp (°C)", *rows, ""]), "utf-8")
        run("storage", "import", tmp_path / folder / "log.csv", *WHERE)

    said = run("storage", "original", "log.csv", "--out", tmp_path / "out.csv")

    assert (said.status, (tmp_path / "out.csv").exists()) == (1, False)
    assert "“log.csv” names 2 files: " in said.err


def test_a_file_that_never_came_in_and_one_that_is_in_the_way_are_refused(run, tmp_path):
    run("storage", "import", FILES / "fridgetag_days.txt", *WHERE)
    (tmp_path / "mine.txt").write_text("something else", "utf-8")

    gone = run("storage", "original", "other.csv", "--out", tmp_path)
    over = run("storage", "original", "fridgetag_days.txt", "--out", tmp_path / "mine.txt")

    assert (gone.status, over.status) == (1, 1)
    assert "No logger's file “other.csv” came in." in gone.err
    assert (tmp_path / "mine.txt").read_text("utf-8") == "something else"
