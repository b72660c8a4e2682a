"""The page's own words in three languages; an article's words stay as they are."""

import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from monitor.web.interface import LANGUAGES, texts_in
from monitor.web.wording import ago_words, day_words, days_left, due_words
from tests.web.conftest import Site
from tests.web.filling import NOW

PATHS = ("/", "/quotes", "/deadlines", "/issues", "/positions", "/articles")


def in_language(site: Site, path: str, **headers: str) -> BeautifulSoup:
    site.client.cookies.clear()
    answer = site.get(path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    site.client.cookies.clear()
    return BeautifulSoup(answer.text, "lxml")


def lang_of(page: BeautifulSoup) -> str:
    assert page.html is not None
    return str(page.html["lang"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_says_everything_with_the_same_places_to_fill(lang: str) -> None:
    english, other = texts_in("en").lines, texts_in(lang).lines
    assert english.keys() == other.keys()
    for key, text in english.items():
        assert other[key].strip()
        assert re.findall(r"\{\w+\}", text) == sorted(
            re.findall(r"\{\w+\}", other[key]), key=re.findall(r"\{\w+\}", text).index
        ), key
    assert len(texts_in(lang).months) == len(texts_in(lang).short_months) == 12


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("es-MX", "es"),
        ("de,es;q=0.5", "es"),
        ("en;q=0.3,fr;q=0.9", "fr"),
        ("fr;q=0,en", "en"),
        ("de", "en"),
        ("", "en"),
        (";q=,,fr;q=x,*", "en"),
    ],
)
def test_the_browsers_languages_choose(site: Site, header: str, lang: str) -> None:
    assert lang_of(in_language(site, "/", Accept_Language=header)) == lang


def test_the_address_chooses_before_the_browser_and_is_kept(site: Site) -> None:
    answer = site.get("/?ui=es", headers={"Accept-Language": "fr"})
    try:
        assert 'lang="es"' in answer.text
        assert "samesite=lax" in answer.headers["set-cookie"].lower()
        assert 'lang="es"' in site.get("/quotes", headers={"Accept-Language": "fr"}).text[:40]
        assert "accept-language" in answer.headers["vary"].lower()
    finally:
        site.client.cookies.clear()


def test_a_language_that_is_none_of_ours_is_refused(site: Site) -> None:
    answer = site.get("/?ui=xx")
    assert answer.status_code == 400
    assert "en, fr, es" in answer.json()["detail"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_page_leads_to_itself_in_every_language(site: Site, lang: str) -> None:
    page = in_language(site, f"/quotes?party=CA&ui={lang}")
    links = page.select("footer nav a")
    assert [link["href"] for link in links] == [f"?party=CA&ui={each}" for each in LANGUAGES]
    assert [link.get_text() for link in links] == ["English", "Français", "Español"]
    (current,) = page.select("footer nav a[aria-current]")
    assert current["lang"] == lang


@pytest.mark.parametrize("lang", ["fr", "es"])
@pytest.mark.parametrize("path", PATHS)
def test_no_english_is_left_in_another_language(site: Site, path: str, lang: str) -> None:
    page = in_language(site, f"{path}?ui={lang}")
    for own in page.select("[data-event] [lang], .feeds th[scope=row], .tag, td .stance"):
        own.decompose()
    text = page.get_text(" ")
    shown = {line for key, line in texts_in("en").lines.items() if len(line) > 9} - set(
        texts_in(lang).lines.values()
    )
    assert [line for line in shown if "{" not in line and line in text] == []


def test_an_articles_words_are_not_translated(site: Site) -> None:
    page = in_language(site, f"/events/{site.ids['quote']}?ui=fr")
    quote = page.select_one("h1")
    assert quote is not None
    assert quote["lang"] == "en"
    assert "We will not sign a bad deal" in quote.get_text()


@pytest.mark.parametrize(
    ("lang", "first", "month", "left", "ago", "many"),
    [
        ("en", "1 May 2018", "May 2018", "in 42 days", "2 hours ago", "2,000 quotes"),
        ("fr", "1er mai 2018", "mai 2018", "dans 42 jours", "il y a 2 heures",
         "2\u202f000 citations"),
        ("es", "1 de mayo de 2018", "mayo de 2018", "en 42 días", "hace 2 horas",
         "2\u202f000 citas"),
    ],
)  # fmt: skip
def test_dates_and_numbers_are_written_as_the_language_does(
    lang: str, first: str, month: str, left: str, ago: str, many: str
) -> None:
    texts = texts_in(lang)
    due = date(2018, 5, 1)
    assert day_words(due, texts) == first
    assert due_words(due, date(2018, 6, 1), "month", "", texts) == month
    assert days_left(due, None, NOW.date(), texts) == left
    assert ago_words(NOW - timedelta(hours=2), NOW, texts) == ago
    assert texts.count("count.quote", 2000) == many
    assert texts.count("count.quote", 0)[:1] == "0"


def test_nothing_is_one_in_french_and_many_in_english() -> None:
    assert texts_in("fr").count("count.quote", 0) == "0 citation"
    assert texts_in("en").count("count.quote", 0) == "0 quotes"


def test_an_id_that_no_language_knows_stays_as_it_is() -> None:
    assert texts_in("fr").word("kind", "ratification") == "ratification"
