"""Making the demo: a database in a folder and this week's report beside it."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path

from ldninv.cli.session import Session
from ldninv.db import exists, open_store
from ldninv.db.opening import before_upgrade
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.services import demo, weekly
from ldninv.services.context import Context, on_this_computer


def where(folder: Path | None) -> Path:
    """Return the demo's database in a folder, or in the user's own."""
    return (folder or user_data_path("ldninv", appauthor=False) / "demo").absolute() / "demo.db"


def make(session: Session, folder: Path | None, batches: int, *, people: bool = False) -> dict[str, object]:
    """Make the demo anew, with `people` who sign in where that is wanted, and return where it is.

    Raises:
        Refused: a database stands there that is no demo.
        Surroundings: the folder cannot be written.
    """
    file = where(folder)
    folder = file.parent
    _make_way(file)
    with Session(f"sqlite:///{file}", session.day, session.user, session.format).context(create=True) as here:
        demo.fill(here, batches, people=people)
        report, note = _report(here, folder)
    return {"database": str(file), "report": str(report), "batches": batches} | ({"note": note} if note else {})


def _report(here: Context, folder: Path) -> tuple[Path, str | None]:
    """Write this week's report, as HTML where Qt's libraries are missing for the PDF."""
    made = weekly.report(here)
    try:
        return weekly.save(here, made, [folder], replacing=True).files[0], None
    except Surroundings as missing:
        return weekly.save(here, made, [folder / f"ldn-expiry-{made.week}.html"], replacing=True).files[0], str(missing)


def _make_way(file: Path) -> None:
    """Take away an earlier demo, with the copy that is made of an older one as it is opened, and nothing else."""
    url, copied = f"sqlite:///{file}", before_upgrade(file)
    if not exists(url):
        return
    kept = copied.exists()
    store = open_store(url)
    first = demo.is_demo(on_this_computer(store))
    store.close()
    if not first:
        raise Refused(f"{file} is a database of your own, not a demo. Choose another folder (--folder).")
    try:
        for suffix in ("-wal", "-shm", ".head", ""):
            Path(f"{file}{suffix}").unlink(missing_ok=True)
        if not kept:
            copied.unlink(missing_ok=True)
    except OSError as error:
        raise Surroundings(
            f"The earlier demo {file} is open ({error.strerror}). Close it, or choose --folder."
        ) from error
