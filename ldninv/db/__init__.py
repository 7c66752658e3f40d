"""The database: the only room that knows peewee. Questions answer with domain values; only `services` writes."""

from ldninv.db.copying import copied
from ldninv.db.opening import default_url, exists, newborn, open_store
from ldninv.db.store import Store, Transaction

__all__ = ["Store", "Transaction", "copied", "default_url", "exists", "newborn", "open_store"]
