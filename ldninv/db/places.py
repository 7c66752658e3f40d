"""Places, found by name without case."""

from __future__ import annotations

from peewee import Database

from ldninv.db.rows import PlaceRow, insert
from ldninv.domain.places import Light, Place, PlaceKind, place_key


class Places:
    """The places of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Place]:
        """Return every place, by name."""
        return [_place(row) for row in PlaceRow.select().order_by(PlaceRow.name_key).execute(self._database)]

    def by_name(self, name: str) -> Place | None:
        """Return the place of that name, compared without case and outer blanks."""
        rows = list(PlaceRow.select().where(PlaceRow.name_key == place_key(name)).execute(self._database))
        return _place(rows[0]) if rows else None

    def key(self, name: str) -> int:
        """Return the database's key of a place that is there."""
        query = PlaceRow.select(PlaceRow.id).where(PlaceRow.name_key == place_key(name))
        return int(query.scalar(self._database))

    def append(self, place: Place) -> None:
        """Keep a new place."""
        row = {
            "name": place.name,
            "name_key": place_key(place.name),
            "kind": place.kind.value,
            "light": place.light.value,
            "lux_limit": place.lux_limit,
            "profile": place.profile,
        }
        insert(PlaceRow, [row], self._database)

    def change(self, place: Place) -> None:
        """Keep what a place is from now on; its name stays."""
        PlaceRow.update(
            kind=place.kind.value, light=place.light.value, lux_limit=place.lux_limit, profile=place.profile
        ).where(PlaceRow.name_key == place_key(place.name)).execute(self._database)

    def keys(self) -> dict[str, int]:
        """Return the database's key of every place, by name."""
        return dict(PlaceRow.select(PlaceRow.name, PlaceRow.id).tuples().execute(self._database))


def _place(row: PlaceRow) -> Place:
    return Place(row.name, PlaceKind(row.kind), Light(row.light), row.lux_limit, row.profile)
