"""What reading a page promises beside the samples: charsets, facts, files, hostile pages."""

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.articles import Article, ArticleKind, read_article

URL = "https://paper.example/news/talks"
# Distinct ones: a paragraph that comes again is furniture to an extractor.
PARAGRAPHS = "".join(
    f"<p>The minister said “we will talk on {day}”, and then she left for Mexico City with her "
    f"staff of nine, two of whom had not slept since {day} night.</p>"
    for day in ("Friday", "Saturday", "Sunday")
)


def page(body: str = PARAGRAPHS, head: str = "", html: str = "") -> str:
    return f"<html {html}><head>{head}</head><body><article>{body}</article></body></html>"


def read(source: str, url: str | None = URL) -> Article:
    return read_article(source.encode(), url=url)


def linked(data: str) -> str:
    return page(head=f'<script type="application/ld+json">{data}</script>')


@pytest.mark.parametrize(
    ("encoding", "header", "meta"),
    [
        ("utf-8", "text/html", ""),
        ("utf-8", "text/html; charset=iso-8859-1", ""),
        ("utf-8-sig", "text/html; charset=iso-8859-1", ""),
        ("iso-8859-1", "text/html; charset=ISO-8859-1", ""),
        ("windows-1252", "text/html; charset=iso-8859-1", ""),
        ("windows-1252", "", "<meta charset='windows-1252'>"),
        ("iso-8859-15", "", "<meta http-equiv=content-type content='text/html;charset=latin9'>"),
        ("windows-1252", "", ""),
        ("utf-16", "text/html", ""),
        ("utf-16-le", "text/html", ""),
        ("utf-16-be", "text/html; charset=nonsense", ""),
    ],
)
def test_charset_is_found(encoding: str, header: str, meta: str) -> None:
    source = page("<p>L'été dernier, le négociateur a dit : «\u00a0Ça suffit.\u00a0»</p>" * 3, meta)
    body = source.encode(encoding)
    text = read_article(body, url=URL, headers={"Content-Type": header} if header else {}).text
    assert "L'été dernier, le négociateur a dit : « Ça suffit. »" in text


def test_a_damaged_byte_does_not_spoil_a_page_in_utf_8() -> None:
    body = page("<p>Québec, été, année, côté, déjà vu, à l'écoute.</p>" * 5).encode()
    text = read_article(body.replace("é".encode(), b"\xff", 1), url=URL).text
    assert "été, année" in text


@pytest.mark.parametrize(
    ("said", "at", "precision"),
    [
        ("2018-03-28T17:05:00-04:00", datetime(2018, 3, 28, 21, 5, tzinfo=UTC), "second"),
        ("2018-03-28T21:05:00.000Z", datetime(2018, 3, 28, 21, 5, tzinfo=UTC), "second"),
        ("2018-03-28T23:30:00", datetime(2018, 3, 28, 23, 30, tzinfo=UTC), "day"),
        ("2018-03-28", datetime(2018, 3, 28, tzinfo=UTC), "day"),
        ("Wed, 28 Mar 2018 17:05:00 EDT", datetime(2018, 3, 28, 21, 5, tzinfo=UTC), "second"),
        ("28 de marzo de 2018", datetime(2018, 3, 28, tzinfo=UTC), "day"),
        ("28 MARS 2018 À 17H05", datetime(2018, 3, 28, 17, 5, tzinfo=UTC), "day"),
        ("March 28, 2018 5:05 PM", datetime(2018, 3, 28, 17, 5, tzinfo=UTC), "day"),
        ("1522271100000", datetime(2018, 3, 28, 21, 5, tzinfo=UTC), "second"),
    ],
)
def test_a_time_without_a_zone_is_sure_of_its_day_only(
    said: str, at: datetime, precision: str
) -> None:
    article = read(page(head=f'<meta property="article:published_time" content="{said}">'))
    assert (article.published, article.published_precision) == (at, precision)
    assert article.published_source == "meta"


TIMES = {
    "jsonld": '<script type="application/ld+json">'
    '{"@type":"NewsArticle","datePublished":"2018-01-02T03:04:05Z"}</script>',
    "meta": '<meta name="pubdate" content="2018-01-03T03:04:05Z">',
}


@pytest.mark.parametrize(
    ("source", "head", "body", "url", "day"),
    [
        ("jsonld", TIMES["meta"] + TIMES["jsonld"], "", URL, 2),
        ("meta", TIMES["meta"], "<time datetime=2018-01-04>x</time>", URL, 3),
        ("time", "", "<h1>T</h1><time datetime=2018-01-04>x</time>", URL, 4),
        ("time", "", "<h1>T</h1><div class=fecha>Publicado el 5 de enero de 2018</div>", URL, 5),
        ("url", "", "", "https://paper.example/2018/01/06/talks", 6),
        ("url", "", "", "https://paper.example/talks-20180106", 6),
        (None, "", "", URL, None),
    ],
)
def test_published_is_the_best_statement(
    source: str | None, head: str, body: str, url: str, day: int | None
) -> None:
    article = read(page(body + PARAGRAPHS, head), url)
    assert article.published_source == source
    assert (article.published.day if article.published else None) == day


@pytest.mark.parametrize(
    ("data", "byline"),
    [
        ('{"@type":"NewsArticle","author":"Ann Olsen"}', "Ann Olsen"),
        ('{"@type":"NewsArticle","author":{"name":["Ann","Raj"]}}', "Ann, Raj"),
        ('{"@type":"NewsArticle","author":[{"name":"By Ann Olsen"},"Ann Olsen"]}', "Ann Olsen"),
        ('[{"@type":"Thing"},{"@type":"Article","author":{"name":"Ann Olsen"}}]', "Ann Olsen"),
        ('{"@graph":[{"@type":"https://schema.org/NewsArticle","author":"A"}]}', "A"),
        ('{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","author":"A"}}', "A"),
        ('//<![CDATA[\n{"@type":"NewsArticle","author":"A"}\n//]]>', "A"),
        ('{"@type":"NewsArticle","author":"A\nB",}', None),
        ('{"@type":"NewsArticle","author":"https://paper.example/ann"}', None),
        ('{"@type":"Person","name":"A"}', None),
        ('{"@type":{"a":1},"author":7}', None),
        ("null", None),
    ],
)
def test_linked_data_names_the_author(data: str, byline: str | None) -> None:
    assert read(linked(data)).byline == byline


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ('<p class="byline">By Ann Olsen and Raj Patel</p>', "Ann Olsen and Raj Patel"),
        ('<p class="post-author">Par Luc Arsenault | 28 mars 2018</p>', "Luc Arsenault"),
        ('<div class="autor">Por Lucía Ferrer, 12:30</div>', "Lucía Ferrer"),
        ('<a rel="author" href="/x">Ann Olsen</a>', "Ann Olsen"),
        ('<div class="author">Follow</div>', None),
        ('<p class="lead">By noon the talks were over</p>', None),
    ],
)
def test_byline_is_read_from_the_page_where_nothing_else_states_it(
    line: str, byline: str | None
) -> None:
    assert read(page(line + PARAGRAPHS)).byline == byline


def test_a_live_blog_drawn_by_a_script_gives_its_updates() -> None:
    updates = [
        {
            "@type": "BlogPosting",
            "articleBody": f"{name} said “we are still in here”, and left.",
        }
        for name in ("Ann", "Raj", "Luc", "Ida", "Sam", "Eva")
    ]
    data = json.dumps({"@type": "LiveBlogPosting", "liveBlogUpdate": updates})
    head = f'<script type="application/ld+json">{data}</script>'
    article = read(page("<p>Loading</p>", head))
    assert article.kind is ArticleKind.LIVE
    assert len(article.text.split("\n\n")) == len(updates)


def test_of_several_articles_in_the_linked_data_the_page_s_own_is_taken() -> None:
    other = '{"@type":"NewsArticle","headline":"Other","url":"https://paper.example/other"}'
    own = '{"@type":"NewsArticle","headline":"Own","url":"http://paper.example/news/talks/"}'
    assert read(linked(f"[{other},{own}]")).title == "Own"


@pytest.mark.parametrize(
    ("title", "outlet", "expected"),
    [
        ("Talks resume | The Paper", "The Paper", "Talks resume"),
        ("Talks resume - the paper", "The Paper", "Talks resume"),
        ("Talks – and more – The Paper", "The Paper", "Talks – and more"),
        ("Talks resume | Trade", "The Paper", "Talks resume | Trade"),
        ("Le Canada - et après", "", "Le Canada - et après"),
    ],
)
def test_title_loses_the_outlet_s_name(title: str, outlet: str, expected: str) -> None:
    head = f'<title>{title}</title><meta property="og:site_name" content="{outlet}">'
    assert read(page(head=head)).title == expected


FRENCH = "<p>Le ministre et les négociateurs ont parlé des règles dans une salle du palais.</p>" * 9


@pytest.mark.parametrize(
    ("html", "head", "body", "lang"),
    [
        ("lang=en-CA", "", PARAGRAPHS, "en"),
        ("lang=en", "", FRENCH, "fr"),
        ("", "", FRENCH, "fr"),
        ("lang=de", "", "<p>Der Minister sprach am Freitag mit den Bauern.</p>" * 9, "de"),
        ("", "<meta property=og:locale content=es_MX>", "<p>Corto.</p>", "es"),
        ("", "", "<p>Hm.</p>", None),
    ],
)
def test_lang_is_that_of_the_text_then_what_the_page_states(
    html: str, head: str, body: str, lang: str | None
) -> None:
    assert read(page(body, head, html)).lang == lang


@pytest.mark.parametrize(
    ("quotation", "written"),
    [
        ("<q>we go</q>", "“we go”"),
        ("<q>we <b>go</b></q>", "“we go”"),
        ("<q>“we go”</q>", "“we go”"),
        ("&ldquo;we&shy; go&rdquo;", "“we go”"),
        ("&#8220;we&nbsp;go&#8221;", "“we go”"),
        ("“we\n go”", "“we go”"),
        ("«\u00a0e\u0301te\u0301\u00a0»", "« été »"),
    ],
)
def test_quotation_marks_are_kept_and_written_out(quotation: str, written: str) -> None:
    sentence = f"<p>In the end, the minister said {quotation}, and she left for the capital.</p>"
    expected = f"In the end, the minister said {written}, and she left for the capital."
    assert expected in read(page(PARAGRAPHS + sentence)).text.split("\n\n")


def test_a_table_keeps_its_rows_as_lines() -> None:
    table = (
        "<table><tr><th>Duty</th><th>From</th></tr><tr><td>25 %</td><td>June 1</td></tr></table>"
    )
    assert "25 % | June 1" in read(page(PARAGRAPHS + table)).text.split("\n\n")


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", ArticleKind.PDF, "holds a PDF"),
        (b"\n\n%PDF-1.4", ArticleKind.PDF, "holds a PDF"),
        (b"PK\x03\x04\x14\x00", ArticleKind.NOT_ARTICLE, "zip"),
        (b"\x1f\x8b\x08\x00", ArticleKind.NOT_ARTICLE, "gzip"),
        (b"\xff\xd8\xff\xe0", ArticleKind.NOT_ARTICLE, "an image"),
        (b"\x89PNG\r\n\x1a\n", ArticleKind.NOT_ARTICLE, "an image"),
        (b"\x00\x00\x00\x18ftypmp42", ArticleKind.VIDEO, "a video"),
        (b"ID3\x04", ArticleKind.NOT_ARTICLE, "a sound recording"),
        (b"", ArticleKind.EMPTY, "is empty"),
        (b" \n ", ArticleKind.EMPTY, "is empty"),
        (b"<html><body></body></html>", ArticleKind.EMPTY, "holds no text"),
    ],
)
def test_what_is_no_page_is_named_in_a_sentence(body: bytes, kind: ArticleKind, said: str) -> None:
    article = read_article(body, url=URL, headers={"Content-Type": "text/html"})
    assert (article.kind, article.text) == (kind, "")
    assert article.reason is not None
    assert article.reason.startswith(URL)
    assert said in article.reason
    assert article.reason.endswith(".")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("One line\nof two.\n\nAnother, 3 < 4.\n", "One line of two.\n\nAnother, 3 < 4."),
        ("One.\r\nTwo.\r\n", "One.\n\nTwo."),
        ("One.\r\n\r\nTwo.", "One.\n\nTwo."),
    ],
)
def test_plain_text_keeps_its_paragraphs(source: str, text: str) -> None:
    article = read(source)
    assert (article.kind, article.text) == (ArticleKind.ARTICLE, text)


def test_data_for_programs_is_no_article() -> None:
    assert read('{"error": "gone"}').kind is ArticleKind.NOT_ARTICLE


@pytest.mark.parametrize("title", ["404", "Error 404 – Page", "Page not found", "Acceso denegado"])
def test_a_notice_that_is_sent_with_status_200_is_no_article(title: str) -> None:
    article = read(page("<p>Try the front page.</p>", f"<title>{title}</title>"))
    assert article.kind is ArticleKind.NOT_ARTICLE


@pytest.mark.parametrize(
    ("tail", "kind"),
    [
        ("<p>Subscribe to continue reading.</p>", ArticleKind.PAYWALLED),
        ("<p>Cet article est réservé aux abonnés.</p>", ArticleKind.PAYWALLED),
        ("<p>Contenido exclusivo para suscriptores</p>", ArticleKind.PAYWALLED),
        ("<p>The union said that it would subscribe to the plan.</p>", ArticleKind.ARTICLE),
    ],
)
def test_a_short_text_that_ends_at_a_wall_is_paywalled(tail: str, kind: ArticleKind) -> None:
    assert read(page(PARAGRAPHS + tail)).kind is kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ('{"@type":"NewsArticle","isAccessibleForFree":"False"}', ArticleKind.PAYWALLED),
        (
            '{"@type":"Report","isAccessibleForFree":"https://s.org/False"}',
            ArticleKind.PAYWALLED,
        ),
        ('{"@type":"Report","hasPart":[{"isAccessibleForFree":false}]}', ArticleKind.PAYWALLED),
        ('{"@type":"NewsArticle","isAccessibleForFree":true}', ArticleKind.ARTICLE),
        ('{"@type":["NewsArticle","LiveBlogPosting"]}', ArticleKind.LIVE),
    ],
)
def test_kind_follows_the_linked_data(data: str, kind: ArticleKind) -> None:
    assert read(linked(data)).kind is kind


def test_the_root_of_a_site_is_no_article_unless_it_says_so() -> None:
    assert read(page(), "https://paper.example/").kind is ArticleKind.NOT_ARTICLE
    stated = page(head='<meta property="og:type" content="article">')
    assert read(stated, "https://paper.example/").kind is ArticleKind.ARTICLE


@pytest.mark.parametrize(
    "source",
    [
        page(PARAGRAPHS + "<div>" * 100_000),
        page(PARAGRAPHS + "<b>x" * 20_000),
        page(PARAGRAPHS + f"<p {' '.join(f'a{n}=1' for n in range(1_000_000))}>x</p>"),
        page(PARAGRAPHS + '"“«' * 100_000),
        page(PARAGRAPHS + "a" + "\u0301\u0316" * 100_000),
        page(PARAGRAPHS + "<h1>x</h1>" * 45_000),
        page(PARAGRAPHS, '<script type="application/ld+json">' + "[" * 100_000 + "</script>"),
        page(PARAGRAPHS, '<base href="javascript:x"><link rel=canonical href="http://[">'),
    ],
    ids=["nested", "inline", "attributes", "marks", "accents", "headings", "json", "addresses"],
)
def test_a_hostile_page_still_gives_its_text(source: str) -> None:
    start = time.process_time()
    article = read(source)
    assert "“we will talk on Friday”" in article.text
    assert article.canonical is None
    assert time.process_time() - start < 10


@settings(max_examples=300)
@given(
    st.binary(max_size=300)
    | st.builds(
        lambda head, body: page(body, head).encode("utf-8", "surrogatepass"),
        st.text(max_size=60),
        st.text(max_size=200),
    )
    | st.text(max_size=100).map(lambda data: linked(data).encode("utf-8", "surrogatepass"))
    | st.builds(
        lambda parts: page("".join(parts)).encode(),
        st.lists(
            st.sampled_from(
                ["<p>", "</p>", "<q>", "</q>", "<table>", "<td>", "<br>", "<h1>", "<time>"]
                + ["<article>", "</article>", "text ", "“", "&#0;", "&#xD800;", "<title>", "<!--"]
            ),
            max_size=30,
        ),
    ),
    st.sampled_from([None, URL, "", "http://[", "nonsense"]),
    st.dictionaries(st.just("content-type"), st.text(max_size=20)),
)
@example(b"<meta charset=base64>\xff", None, {})
@example(b"<meta charset=undefined>\xff", None, {})
@example(b"\xff", None, {"content-type": "text/html; charset=idna"})
def test_no_bytes_make_it_raise(body: bytes, url: str | None, headers: dict[str, str]) -> None:
    article = read_article(body, url=url, headers=headers)
    assert article.published is None or article.published.tzinfo is UTC
