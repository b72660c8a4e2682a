"""The different values of a column are found whatever there is, also nothing."""

from sqlalchemy import insert, select

from storage.distinct import distinct_values
from storage.engine import Database
from storage.models import Feed
from tests.making import NOW


def values(database: Database) -> list[str | None]:
    with database.read() as connection:
        return list(connection.scalars(select(distinct_values(Feed.folder).c.value)))


def test_each_value_comes_once_and_null_ends_them(database: Database) -> None:
    folders = ["b", "a", None, "b", "c", "a"]
    with database.write() as connection:
        for number, folder in enumerate(folders):
            row = {"url": f"https://f.example/{number}", "folder": folder, "added_at": NOW}
            connection.execute(insert(Feed).values(row | {"interval": 60, "next_poll_at": NOW}))
    assert values(database) == ["a", "b", "c", None]


def test_an_empty_column_has_none(database: Database) -> None:
    assert values(database) == [None]
