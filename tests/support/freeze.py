"""Makes the frozen database of this version: a small pharmacy to which all that can happen has happened.

Once a version is out its file is never made again: run `python tests/support/freeze.py` before, and only then.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from builders import TODAY, a_batch, at_work, keep
from ldninv import __version__
from ldninv.db import open_store
from ldninv.domain.expiry import ONE_YEAR, ComponentLot, Container, DecidedBy, Expiry
from ldninv.domain.ledger import DisposalReason
from ldninv.domain.places import Light, PlaceKind
from ldninv.domain.quality import Checks
from ldninv.domain.quantities import Strength
from ldninv.domain.settings import Settings
from ldninv.services import ledger, places
from ldninv.services.context import Context

FROZEN = Path(__file__).parents[1] / "data" / "databases"


def happen(context: Context) -> None:
    """Let everything happen that the verbs of this version can do."""
    with context.store.transaction() as work:
        work.preferences.write(Settings(pharmacy="Frozen Pharmacy", buffer=2))
    parts = (ComponentLot("MCC", "M-1", TODAY + timedelta(days=20), "Fillers", "50 g"), ComponentLot("Shells", "S-1"))
    made = {"policy": ONE_YEAR, "filler": "MCC", "container": Container.LIGHT_RESISTANT, "made_by": "Ana"}
    good = TODAY + timedelta(days=200)
    keep(context, a_batch(lot="GOOD-1", beyond_use=good, **made), a_batch(lot="GOOD-2", beyond_use=good, **made))
    keep(context, a_batch(lot="Größe 3", beyond_use=good, strength=Strength(1500), **made), place="Kühlregal")
    keep(context, a_batch(lot="EXPIRED-4", beyond_use=TODAY - timedelta(days=1)), a_batch(lot="GONE-5"))
    keep(context, a_batch(lot="NEW-6", beyond_use=good, components=parts, **made), released=False)
    by_component = Expiry(TODAY + timedelta(days=20), DecidedBy.COMPONENT, "MCC M-1")
    keep(context, replace(a_batch(lot="SHORT-7", components=parts, **made), expiry=by_component))
    places.add_place(context, "Cabinet A", PlaceKind.SHORT_DATED, Light.SHADED)
    ledger.dispense(context, "GOOD-1", 30, days_supply=30)
    ledger.dispense(context, "GOOD-2", 90, days_supply=90, reason="the patient is used to it")
    dropped = ledger.waste(context, "GOOD-1", 2, reason="dropped")
    ledger.void(context, dropped.posted.id, reason="they lay under the tray")
    ledger.count(context, "GOOD-1", 270, reason="two were found")
    ledger.move(context, "SHORT-7", "Cabinet A")
    ledger.quarantine(context, "Größe 3", reason="label smudged")
    ledger.release(context, "Größe 3", Checks(appearance="ok", yielded=300, weights_mg=(249, 251.5)))
    ledger.quarantine(context, "GOOD-2", reason="being looked into")
    ledger.dispose(context, "GONE-5", 300, reason=DisposalReason.EXPIRED, method="incinerated", witness="Ben")


def freeze(target: Path) -> None:
    """Write the frozen database to `target`, as one small file."""
    with TemporaryDirectory() as folder, closing(open_store(f"{folder}/frozen.db", create=True)) as store:
        happen(at_work(store))
        store.backup(Path(folder) / "copy.db")
        with closing(sqlite3.connect(f"{folder}/copy.db")) as copy:
            copy.execute("VACUUM")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((Path(folder) / "copy.db").read_bytes())


if __name__ == "__main__":
    freeze(FROZEN / f"{__version__}.db")
