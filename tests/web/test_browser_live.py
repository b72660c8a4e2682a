"""What is new shows in a page that is open, without a reload."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from storage.engine import Database, open_database
from storage.migrate import upgrade
from tests.web.browsing import Reader, chromium
from tests.web.filling import ENGLISH, HOSTILE, Filling, fill

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    with chromium() as driver:
        yield driver


@pytest.fixture
def reader(driver: Any, serving: Callable[..., Any], sqlite_database: Database) -> Iterator[Reader]:
    fill(sqlite_database)
    with serving(sqlite_database) as client:
        yield Reader(driver, str(client.base_url).rstrip("/"))


def report(database: Database, first: int, *words: str, **values: Any) -> None:
    """New quotes of *words*, as the monitor would record them."""
    with database.write() as connection:
        press = Filling(connection, count(first))
        for said in words:
            article = press.article(f"{said}\n\n{ENGLISH}")
            press.change("quote.new", press.quote(article, said, said, **values))


def button(reader: Reader) -> Any:
    return reader.one("#news button")


def test_new_events_are_told_and_shown_on_demand(reader: Reader, sqlite_database: Database) -> None:
    reader.open()
    assert not button(reader).is_displayed()
    report(sqlite_database, 500, "A first new word", "A second new word", HOSTILE)
    reader.until(lambda _: button(reader).is_displayed())
    assert button(reader).text == "3 new events – show"
    assert len(reader.all("li.quote")) == 3
    reader.run("document.body.dataset.same = 'page'")
    button(reader).click()
    assert len(reader.all("li.quote")) == 6
    assert "A first new word" in reader.one("section.quotes").text
    assert len(reader.all(".fresh")) == 3
    assert reader.focused().get_attribute("href").startswith(f"{reader.base}/events/")
    assert reader.run("return document.body.dataset.same") == "page"
    assert not button(reader).is_displayed()


def test_only_what_the_filters_let_through_is_told(
    reader: Reader, sqlite_database: Database
) -> None:
    reader.open("/quotes?party=CA")
    report(sqlite_database, 500, "Not for this page", party="US")
    report(sqlite_database, 600, "For this page", party="CA")
    reader.until(lambda _: button(reader).is_displayed())
    assert button(reader).text == "1 new event – show"
    reader.press("n")
    assert "For this page" in reader.one("main").text
    assert "Not for this page" not in reader.one("main").text


def test_news_goes_on_after_the_server_was_away(
    driver: Any, serving: Callable[..., Any], tmp_path: Any
) -> None:
    database = open_database(f"sqlite:///{tmp_path}/again.db")
    upgrade(database)
    fill(database)
    with serving(database) as client:
        port = client.base_url.port
        reader = Reader(driver, str(client.base_url).rstrip("/")).open()
        reader.until(lambda _: reader.run("return news.source.readyState") == 1)
    report(database, 500, "Said while nobody looked")
    with serving(database, listen_on=port):
        reader.until(lambda _: button(reader).is_displayed())
        assert button(reader).text == "1 new event – show"
        driver.get("about:blank")
    database.close()


def test_a_page_that_nobody_sees_holds_no_connection(reader: Reader) -> None:
    reader.open()
    reader.until(lambda _: reader.run("return news.source.readyState") == 1)
    reader.run(
        "Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    assert reader.run("return news.source") is None
    reader.run("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    reader.until(lambda _: reader.run("return news.source.readyState") == 1)
