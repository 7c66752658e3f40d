"""The database: the only room that knows peewee. Questions answer with domain values; only `services` writes."""

from ldninv.db.copying import copied
from ldninv.db.opening import at_home, default_url, exists, file_of, newborn, open_store
from ldninv.db.store import Store, Transaction

__all__ = ["Store", "Transaction", "at_home", "copied", "default_url", "exists", "file_of", "newborn", "open_store"]
