"""Searching: one language and the same finds on both databases, always in step with the rows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select, text, update

from extractors.types import Stance
from storage.engine import Database
from storage.full_text import Search, Term, document_of, terms_of, words_of
from storage.full_text_index import (
    documents_are_current,
    index_everything,
    renew_documents,
    stale_documents,
)
from storage.migrate import upgrade
from storage.models import Article, ArticleSearch, Event, EventSearch, Meta
from storage.queries import Filters, list_rows
from storage.retention import prune
from tests.making import (
    NOW,
    add_article,
    extraction,
    mention,
    print_and_record,
    quote,
    record,
    set_text,
)

ENGLISH = "“We won’t trade away supply-management for a deal,” Verheul said in Québec on Monday."
FRENCH = "« Nous défendrons la gestion de l’offre », a déclaré la négociatrice à Montréal."
SPANISH = "“La cláusula de extinción es inaceptable”, dijo Guajardo en la Ciudad de México."


@pytest.fixture
def filled(database: Database) -> Database:
    for url, words, part in (
        ("https://wire.example/en", ENGLISH, "We won’t trade away supply-management for a deal,"),
        ("https://wire.example/fr", FRENCH, "Nous défendrons la gestion de l’offre"),
        ("https://wire.example/es", SPANISH, "La cláusula de extinción es inaceptable"),
    ):
        print_and_record(database, url, words, extraction(quotes=[quote(words, part)]))
    return database


def found(database: Database, search: str, view: str = "quotes") -> int:
    with database.read() as connection:
        return len(list_rows(connection, view, Filters(search=search)).rows)


def stale(database: Database) -> list[str]:
    with database.read() as connection:
        return list(stale_documents(connection))


@pytest.mark.parametrize(
    ("search", "count"),
    [
        pytest.param("defendrons gestion", 1, id="without the accents"),
        pytest.param("DÉFENDRONS", 1, id="in capitals"),
        pytest.param("extincion", 1, id="Spanish"),
        pytest.param("Mexico clausula", 1, id="any order, anywhere in the row"),
        pytest.param("gestion clausula", 0, id="all words must occur"),
        pytest.param("l’offre", 1, id="a word with an apostrophe"),
        pytest.param("l'offre", 1, id="a plain apostrophe"),
        pytest.param("wont", 0, id="punctuation parts words"),
        pytest.param("supply management", 1, id="words of a hyphen"),
        pytest.param('"supply management"', 1, id="a phrase over a hyphen"),
        pytest.param('"management supply"', 0, id="a phrase has its order"),
        pytest.param("“gestion de l’offre”", 1, id="typographic quotation marks"),
        pytest.param('"gestion de', 1, id="an unclosed phrase"),
        pytest.param("negoc*", 1, id="the beginning of a word"),
        pytest.param("negoc", 0, id="a part is no word"),
        pytest.param("goc*", 0, id="only the beginning"),
        pytest.param("l'off*", 1, id="the beginning of a phrase's last word"),
        pytest.param("verheul", 3, id="the speaker"),
        pytest.param("title", 3, id="the article's title"),
        pytest.param("gestion %", 1, id="what is no word does not count"),
        pytest.param("%", 0, id="nothing but a sign"),
        pytest.param("*", 0, id="nothing but a star"),
        pytest.param('""', 0, id="an empty phrase"),
        pytest.param("inaceptable dijo OR AND NOT NEAR", 0, id="no operators"),
    ],
)
def test_search_finds(
    filled: Database, search: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(filled, search) == count
    assert found(filled, search, "events") == count
    monkeypatch.setattr("storage.full_text._MANY", 0)
    assert found(filled, search) == count
    assert found(filled, search, "events") == count


def test_no_phrase_reaches_from_one_text_of_a_row_into_the_next(database: Database) -> None:
    words = "Talks about dairy went on."
    said = quote(words, "dairy went on", speaker="Steve Verheul")
    print_and_record(database, "https://a.example/1", words, extraction(quotes=[said]))
    assert found(database, "on verheul") == 1
    assert found(database, '"went on steve"') == 0


def test_articles_and_stories_are_found_by_title_and_text(filled: Database) -> None:
    assert found(filled, "montreal negociatrice", "articles") == 1
    assert found(filled, "title offre", "articles") == 1
    assert found(filled, "montreal", "stories") == 1
    assert found(filled, "montreal ciudad", "stories") == 0


@pytest.mark.parametrize("many", [0, 2, 100], ids="walked between listed".split())
@pytest.mark.parametrize("view", ["quotes", "events", "articles", "stories"])
@pytest.mark.parametrize("search", ["title", '"a title"', "title montreal", "verheul"])
def test_pages_of_a_search_are_the_rows_that_match_in_their_order(
    filled: Database, view: str, search: str, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled.read() as connection:
        every = list_rows(connection, view, Filters(search=search)).rows
        newest = list_rows(connection, view).rows
        assert every == [row for row in newest if row in every]
        monkeypatch.setattr("storage.full_text._MANY", many)
        paged, cursor = [], None
        while True:
            page = list_rows(connection, view, Filters(search=search), limit=1, cursor=cursor)
            paged += page.rows
            cursor = page.next
            if cursor is None:
                break
    assert paged == every


def test_finds_are_counted_by_type_and_only_so_far(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.full_text._MANY", 2)
    with filled.read() as connection:
        assert Search.of("title", "event_words", "quote").found(connection) is None
        assert Search.of("title", "event_words", "deadline").found(connection) == ()
        (third,) = Search.of("title extincion", "event_words", "quote").found(connection) or ()
        assert third == connection.scalar(select(func.max(Event.id)))


def test_a_type_of_event_is_no_word(filled: Database) -> None:
    assert found(filled, "quote") == 0
    assert found(filled, "|quote") == 0


def test_positions_are_found_by_sentence_and_issue(database: Database) -> None:
    words = "Mexico opposes a clause that ends the pact."
    held = mention(words, "a clause", "sunset-review", party="MX", stance=Stance.OPPOSES)
    print_and_record(database, "https://a.example/1", words, extraction(issues=[held]))
    assert found(database, "pact clause", "positions") == 1
    assert found(database, "sunset", "positions") == 1
    assert found(database, "sunset", "issue_mentions") == 1
    assert found(database, "sunrise", "positions") == 0


def test_an_edited_article_is_found_by_its_new_words_only(filled: Database) -> None:
    edited = FRENCH.replace("Montréal", "Ottawa")
    with filled.write() as connection:
        id = connection.scalar(select(Article.id).where(Article.url == "https://wire.example/fr"))
        assert id is not None
        set_text(connection, id, edited)
    assert found(filled, "ottawa", "articles") == 1
    assert found(filled, "montreal", "articles") == 0
    assert stale(filled) == []


def test_events_are_found_by_a_title_that_was_edited(database: Database) -> None:
    with database.write() as connection:
        article = add_article(connection, "https://a.example/1", ENGLISH, title="Dairy talks")
    record(database, article, extraction(quotes=[quote(ENGLISH, "for a deal,")]))
    assert found(database, "dairy deal") == 1
    with database.write() as connection:
        set_text(connection, article.id, ENGLISH, title="Steel talks")
    assert found(database, "dairy deal") == 0
    assert found(database, "steel deal") == 1
    assert stale(database) == []


def test_a_withdrawn_event_is_still_found(database: Database) -> None:
    article = print_and_record(
        database, "https://a.example/1", ENGLISH, extraction(quotes=[quote(ENGLISH, "for a deal,")])
    )
    with database.write() as connection:
        set_text(connection, article.id, "Nothing was said.")
    record(database, replace(article, text="Nothing was said."), extraction())
    with database.read() as connection:
        rows = list_rows(connection, "quotes", Filters(search="trade deal")).rows
    assert [row["status"] for row in rows] == ["withdrawn"]
    assert stale(database) == []


def test_what_is_pruned_is_found_no_more(database: Database) -> None:
    with database.write() as connection:
        article = add_article(connection, "https://a.example/old", "An old text about barley.")
    record(database, article, extraction())
    assert found(database, "barley", "articles") == 1
    with database.write() as connection:
        late = NOW + timedelta(days=1)
        assert prune(connection, articles_before=late, deliveries_before=None).articles == 1
    assert found(database, "barley", "articles") == 0
    with database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(ArticleSearch)) == 0


def test_copies_of_a_story_change_no_document(filled: Database) -> None:
    with filled.read() as connection:
        before = connection.execute(select(*EventSearch.__table__.c)).all()
    print_and_record(
        filled,
        "https://other.example/en",
        ENGLISH,
        extraction(quotes=[quote(ENGLISH, "We won’t trade away supply-management for a deal,")]),
        published=NOW + timedelta(hours=1),
        outlet="Other",
    )
    with filled.read() as connection:
        assert connection.execute(select(*EventSearch.__table__.c)).all() == before
    assert stale(filled) == []


def test_documents_out_of_step_are_named(filled: Database) -> None:
    with filled.write() as connection:
        connection.execute(
            update(EventSearch).where(EventSearch.event_id == 1).values(document=" wrong ")
        )
        connection.execute(delete(ArticleSearch).where(ArticleSearch.article_id == 2))
        event = connection.scalar(select(Event.event_id).where(Event.id == 1))
        article = connection.scalar(select(Article.article_id).where(Article.id == 2))
    assert stale(filled) == [event, article]
    with filled.write() as connection:
        index_everything(connection)
    assert stale(filled) == []
    assert found(filled, "wrong") == 0


def test_documents_of_older_rules_are_made_anew_by_an_upgrade(filled: Database) -> None:
    with filled.write() as connection:
        connection.execute(update(Meta).where(Meta.key == "documents").values(value="0"))
        connection.execute(delete(EventSearch))
        assert not documents_are_current(connection)
    upgrade(filled)
    assert found(filled, "gestion") == 1
    with filled.write() as connection:
        assert documents_are_current(connection)
        renew_documents(connection)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Élan vital", ["elan", "vital"]),
        ("L’Œuvre, Straße ﬁn", ["l", "oeuvre", "strasse", "fin"]),
        ("C$1,500.25 (U.S.)", ["c", "1", "500", "25", "u", "s"]),
        ("snake_case", ["snake", "case"]),
        ("İstanbul ÅNGSTRÖM", ["istanbul", "angstrom"]),
        ("a\x00b\ud800c", ["a", "b", "c"]),
        ("x" * 100, ["x" * 64]),
        ("日本 ½", ["日本", "1", "2"]),
        ("", []),
    ],
)
def test_words_are_plain(written: str, words: list[str]) -> None:
    assert words_of(written) == words


def test_terms_are_words_phrases_and_beginnings() -> None:
    assert terms_of('dairy "Supply  Management" negoc* l\'off* "x*" *') == [
        Term(("dairy",)),
        Term(("supply", "management")),
        Term(("negoc",), is_open=True),
        Term(("l", "off"), is_open=True),
        Term(("x",)),
    ]


def test_a_giant_text_is_indexed_in_part(database: Database) -> None:
    words = " ".join(f"w{number}" for number in range(60_000))
    with database.write() as connection:
        add_article(connection, "https://a.example/big", words)
    assert found(database, "w1 w20000", "articles") == 1
    assert found(database, "w59999", "articles") == 0


_WORDS = st.sampled_from(["a", "ab", "abc", "b", "é", "ß", "1e5", "日本", "l'a", "12", "x_y"])
_TEXTS = st.lists(_WORDS, max_size=6).map(" ".join)


def has(document: str, term: Term) -> bool:
    """What a term means, said once more."""
    phrase = " ".join(term.words)
    return f" {phrase}{'' if term.is_open else ' '}" in document


@pytest.fixture
def documents(database: Database) -> Database:
    with database.write() as connection:
        for number in range(4):
            add_article(connection, f"https://a.example/{number}", "text")
    return database


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.lists(_TEXTS, max_size=3), min_size=4, max_size=4),
    searched=st.lists(
        st.one_of(_WORDS, _WORDS.map(lambda w: f"{w}*"), _TEXTS.map(lambda t: f'"{t}"')),
        min_size=1,
        max_size=3,
    ),
)
def test_both_databases_find_what_the_language_says(
    documents: Database, texts: list[list[str]], searched: list[str]
) -> None:
    made = {number: document_of(parts) for number, parts in enumerate(texts, 1)}
    search = Search.of(" ".join(searched), "article_words")
    expected = {
        number
        for number, document in made.items()
        if search.terms and all(has(document, term) for term in search.terms)
    }
    dialect = documents.engine.dialect.name
    with documents.write() as connection:
        connection.execute(delete(ArticleSearch))
        rows = [{"article_id": number, "document": made[number]} for number in made]
        connection.execute(insert(ArticleSearch), rows)
        assert set(connection.scalars(search.rows(dialect))) == expected
        walked = select(ArticleSearch.article_id).where(
            search.holds(ArticleSearch.article_id, dialect)
        )
        assert set(connection.scalars(walked)) == expected


def test_the_index_is_sound_after_all_that(filled: Database) -> None:
    if not filled.is_sqlite:
        pytest.skip("PostgreSQL keeps its index by itself")
    with filled.write() as connection:
        connection.execute(delete(Event).where(Event.id == 1))
        for index in ("event_words", "article_words"):
            connection.execute(
                text(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
            )
