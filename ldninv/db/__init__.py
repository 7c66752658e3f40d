"""The database: the only room that knows peewee. Questions answer with domain values; only `services` writes."""

from ldninv.db.address import at_home, default_url, file_of, place_of, spoken
from ldninv.db.copying import copied
from ldninv.db.damage import NOT_UNDERSTOOD
from ldninv.db.opening import exists, newborn, open_store
from ldninv.db.store import Store, Transaction

__all__ = [
    "NOT_UNDERSTOOD",
    "Store",
    "Transaction",
    "at_home",
    "copied",
    "default_url",
    "exists",
    "file_of",
    "newborn",
    "open_store",
    "place_of",
    "spoken",
]
