"""What is cut from a page before its article is looked for, and what is not."""

import pytest

from monitor.articles import read_article
from monitor.articles.pages import parse_page
from monitor.articles.prose import prose_container

URL = "https://paper.example/2018/03/28/river"
TITLE = "River talks go on"
OWN = [
    "The talks on the river treaty went on until late on Thursday, both delegations said.",
    "“We will be back next week,” the head of the northern delegation told reporters in the lobby.",
    "Farmers along the lower river want a decision before the planting season begins in April.",
]
OTHER = [
    "Parking near the beach will cost twice as much from May, after the council's vote.",
    "“Tourists will go where parking is free,” said café owner Bill Stroud, who has 900 names.",
    "The new machines take cards only and will be put up in April, the engineer explained.",
    "Nobody on the council would say how much the machines cost, or who will look after them.",
]


def markup(parts: list[str]) -> str:
    return "".join(f"<p>{part}</p>" for part in parts)


def paragraphs(body: str) -> list[str]:
    page = f"<html><head><title>{TITLE}</title></head><body>{body}</body></html>"
    return read_article(page.encode(), url=URL).text.split("\n\n")


@pytest.mark.parametrize(
    "body",
    [
        (
            f"<main><article><h1>{TITLE}</h1>{markup(OWN)}</article>"
            f"<article><h1>Beach</h1>{markup(OTHER)}</article></main>"
        ),
        (
            f"<main><article><h1>{TITLE}</h1>{markup(OWN)}</article>"
            f"<article><h2>Beach</h2>{markup(OTHER)}</article></main>"
        ),
        (
            f"<div><section><h1>{TITLE}</h1><div>{markup(OWN)}</div></section>"
            f"<section><h1>Beach</h1><div>{markup(OTHER)}</div></section></div>"
        ),
    ],
    ids=["articles", "second headings", "sections"],
)
def test_an_article_that_is_appended_is_left_out(body: str) -> None:
    assert paragraphs(body) == OWN


@pytest.mark.parametrize(
    "body",
    [
        f"<main><h1>{TITLE}</h1>{markup(OWN)}<h1>Beach</h1>{markup(OTHER)}</main>",
        (
            f"<main><header><h1>{TITLE}</h1></header><div>{markup(OWN)}<h1>Beach</h1>{markup(OTHER)}"
            "</div></main>"
        ),
        (
            f"<main><h1>{TITLE}</h1><section>{markup(OWN)}</section>"
            f"<section><h1>Beach</h1>{markup(OTHER)}</section></main>"
        ),
    ],
    ids=["flat", "below a header", "sections of one article"],
)
def test_a_part_of_the_article_stays_whatever_its_heading(body: str) -> None:
    assert paragraphs(body) == [*OWN, "Beach", *OTHER]


def test_a_paragraph_that_only_links_is_left_out() -> None:
    link = '<p><strong><a href="/b">Ten gardens to visit before June</a></strong></p>'
    assert paragraphs(f"<article>{markup(OWN[:2])}{link}{markup(OWN[2:])}</article>") == OWN


@pytest.mark.parametrize(
    "part",
    [
        '<p><a href="/b">The minister resigned on Friday.</a></p>',
        '<p>See <a href="/b">the draft</a> of the treaty</p>',
    ],
    ids=["a sentence", "a part of a line"],
)
def test_a_link_that_says_something_stays(part: str) -> None:
    found = paragraphs(f"<article>{markup(OWN[:2])}{part}{markup(OWN[2:])}</article>")
    assert len(found) == len(OWN) + 1


def test_the_prose_of_an_old_table_is_in_one_cell() -> None:
    cells = "<td><a href=/a>Home</a><br><a href=/b>News</a></td>"
    page = parse_page(f"<table><tr>{cells}<td id=x><font>{'<br><br>'.join(OWN)}</font></td></tr>")
    assert page is not None
    found = prose_container(page)
    assert found is not None
    assert (found.tag, found.getparent().get("id")) == ("font", "x")


def test_a_page_without_prose_has_no_place_for_it() -> None:
    page = parse_page("<ul><li>Home<li>News</ul>")
    assert page is not None
    assert prose_container(page) is None
