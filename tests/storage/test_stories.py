"""Which articles are one story."""

from collections.abc import Iterable
from datetime import timedelta
from random import Random

from sqlalchemy import text as sql

from storage.engine import Database
from tests.making import NOW, Printed, extraction, print_and_record, record


def made_text(seed: int, words: int = 150) -> str:
    """A text of made-up words; two seeds have nothing in common."""
    random = Random(seed)
    syllables = ("ka", "lo", "mi", "ner", "pu", "ras", "to", "vel")
    return " ".join("".join(random.choices(syllables, k=3)) for _ in range(words))


def print_texts(database: Database, texts: Iterable[str], *, hours: int = 1) -> None:
    for number, text in enumerate(texts):
        print_and_record(
            database,
            f"https://a.example/{number}",
            text,
            extraction(),
            outlet=f"Outlet {number}",
            published=NOW + timedelta(hours=hours * number),
        )


def sizes(database: Database) -> list[int]:
    with database.read() as connection:
        return sorted(connection.scalars(sql("SELECT articles FROM stories")))


def test_a_copy_that_was_cut_is_the_same_story(database: Database) -> None:
    text = made_text(1)
    print_texts(database, [text, " ".join(text.split()[:60])])
    assert sizes(database) == [2]


def test_a_copy_with_a_paragraph_of_its_own_is_the_same_story(database: Database) -> None:
    text = made_text(1)
    print_texts(database, [text, f"{made_text(2, 40)}\n\n{text}"])
    assert sizes(database) == [2]


def test_a_copy_after_a_week_is_another_story(database: Database) -> None:
    print_texts(database, [made_text(1), made_text(1)], hours=24 * 7)
    assert sizes(database) == [1, 1]


def test_a_text_made_of_two_stories_joins_them_not(database: Database) -> None:
    one, other = made_text(1), made_text(2)
    print_texts(database, [one, other, f"{one}\n\n{other}", one, other])
    assert len(sizes(database)) >= 2


def test_a_notice_under_every_article_makes_no_story(sqlite_database: Database) -> None:
    notice = made_text(0, 120)
    texts = [f"{made_text(seed, 150)}\n\n{notice}" for seed in range(1, 60)]
    brief = [f"{made_text(100 + n, 30)}\n\n{notice}" for n in range(3)]
    print_texts(sqlite_database, [*texts, *brief], hours=0)
    assert sizes(sqlite_database) == [1] * 62


def test_a_changed_text_leaves_its_story(database: Database) -> None:
    print_texts(database, [made_text(1), made_text(1)])
    with database.write() as connection:
        change = sql("UPDATE revision SET text = :text WHERE article_id = 2")
        connection.execute(change, {"text": made_text(3)})
        connection.execute(sql("UPDATE article SET state = 'extract' WHERE id = 2"))
    record(database, Printed(2, "", made_text(3)), extraction())
    assert sizes(database) == [1, 1]
