"""Which pages hold an article, a part of one, a live report, a list, a video, or a notice."""

import pytest

from monitor.articles import Article, ArticleKind, read_article

PROSE = {
    "en": "The talks on the river treaty went on until late on Thursday, and both sides said that "
    "they would meet again next week in the capital.",
    "fr": "Les discussions sur le traité du fleuve se sont poursuivies jeudi jusque tard dans la "
    "nuit, et les deux parties se reverront la semaine prochaine.",
    "es": "Las pláticas sobre el tratado del río siguieron hasta la noche del jueves y las dos "
    "partes se verán de nuevo la próxima semana en la capital.",
}
ARTICLE = '<meta property="og:type" content="article">'
URL = "https://paper.example/2018/03/28/river-talks"


def read(body: str, head: str = "", *, title: str = "River talks go on", url: str = URL) -> Article:
    page = (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>"
        f"<nav><a href=/>Home</a></nav>{body}<footer>© 2018</footer></body></html>"
    )
    return read_article(page.encode(), url=url)


def article(*paragraphs: str, title: str = "River talks go on") -> str:
    return f"<article><h1>{title}</h1>{''.join(f'<p>{part}</p>' for part in paragraphs)}</article>"


@pytest.mark.parametrize(
    ("lang", "wall"),
    [
        ("en", "Continue reading your article with a Courier subscription"),
        ("en", "To read the full story, subscribe or sign in."),
        ("en", "Subscribe for $1 a week to keep reading."),
        ("en", "Create a free account to continue reading"),
        ("en", "You have reached your limit of free articles this month."),
        ("fr", "Il vous reste 75.2% de cet article à lire. La suite est réservée aux abonnés."),
        ("fr", "Pour lire la suite, abonnez-vous dès 1 €."),
        ("fr", "Vous avez déjà un compte ? Connectez-vous pour lire la suite"),
        ("es", "Para seguir leyendo, suscríbete"),
        ("es", "Regístrate gratis para seguir leyendo"),
        ("es", "Este contenido es exclusivo para suscriptores."),
    ],
)
def test_a_text_that_ends_at_a_wall_is_what_stands_before_it(lang: str, wall: str) -> None:
    found = read(article(PROSE[lang], wall), ARTICLE)
    assert (found.kind, found.text) == (ArticleKind.PAYWALLED, PROSE[lang])


@pytest.mark.parametrize(
    "title",
    [
        *("River talks: live updates", "LIVE: river talks", "River talks – as it happened"),
        *("En direct : les discussions", "DIRECT. Le traité", "Le traité, minute par minute"),
        *("Minuto a minuto: las pláticas", "EN VIVO | Pláticas del río"),
    ],
)
def test_a_report_that_goes_on_is_live_by_its_title(title: str) -> None:
    posts = "".join(
        f"<div><time datetime='2018-03-28T1{n}:00Z'>1{n}:00</time><p>{n}. {PROSE['en']}</p></div>"
        for n in range(5)
    )
    found = read(f"<article><h1>{title}</h1>{posts}</article>", ARTICLE, title=title)
    assert found.kind is ArticleKind.LIVE
    assert found.text.count("river treaty") == 5


@pytest.mark.parametrize("title", ["Live music returns to the river", "Directeur général nommé"])
def test_a_word_in_a_title_makes_no_live_report(title: str) -> None:
    found = read(article(*[PROSE["en"]] * 3, title=title), ARTICLE, title=title)
    assert found.kind is ArticleKind.ARTICLE


def teasers(count: int) -> str:
    return "<main><h1>Business</h1>{}</main>".format(
        "".join(
            f'<div><time datetime="2018-03-28T09:00:00Z">9:00</time><h3><a href="/{n}">'
            f"Minister says item {n} of the plan will wait</a></h3><p>Reporters were told that {n} "
            "needs more work.</p></div>"
            for n in range(count)
        )
    )


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<meta property="og:type" content="website">',
        ARTICLE,
        '<script type="application/ld+json">{"@type": "CollectionPage"}</script>',
    ],
    ids=["nothing", "website", "article", "collection"],
)
def test_a_page_of_teasers_is_a_list_whatever_it_says(head: str) -> None:
    found = read(teasers(12), head, title="Business", url="https://paper.example/business")
    assert found.kind is ArticleKind.NOT_ARTICLE


def test_teasers_beside_an_article_make_it_no_list() -> None:
    found = read(article(*(f"{n}. {PROSE['en']}" for n in range(6))) + teasers(12))
    assert found.kind is ArticleKind.ARTICLE
    assert "item 3" not in found.text


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<meta property="og:type" content="video.other">', URL),
        ('<script type="application/ld+json">{"@type": "VideoObject"}</script>', URL),
        (ARTICLE, "https://paper.example/world/videos/river"),
    ],
    ids=["stated", "linked data", "address"],
)
def test_a_caption_below_a_video_is_no_article(head: str, url: str) -> None:
    body = "<main><h1>Talks</h1><video src=x></video><p>Ministers leave after the talks.</p></main>"
    assert read(body, head, url=url).kind is ArticleKind.VIDEO


@pytest.mark.parametrize(
    "title",
    [
        *("Page not found", "Just a moment...", "We value your privacy", "Page introuvable"),
        *("Página no encontrada", "Tu privacidad es importante", "Error 404"),
    ],
)
def test_a_notice_is_known_by_the_name_of_its_window(title: str) -> None:
    found = read("<h1>Oops</h1><p>Something went wrong here.</p>", title=title)
    assert found.kind is ArticleKind.NOT_ARTICLE


def test_a_title_ends_where_the_heading_does() -> None:
    body = article(PROSE["en"], title="River talks - part two")
    assert read(body, title="River talks - part two - World | The Paper").title == (
        "River talks - part two"
    )
