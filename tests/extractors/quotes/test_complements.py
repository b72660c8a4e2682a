"""What a cue governs: its clause past words of time and place, its noun, its infinitive."""

import pytest

from tests.extractors.quotes.statements import only, statements

CLAUSES = [
    pytest.param(
        "en",
        "Roy told a crowded hall at a hotel in downtown Ottawa that talks would resume.",
        "talks would resume",
        id="en a long addressee",
    ),
    pytest.param(
        "en", "Roy warned Paz that talks would fail.", "talks would fail", id="en a name told"
    ),
    pytest.param(
        "en",
        "Roy said on CNN, where she was a guest, that talks would resume.",
        "talks would resume",
        id="en an aside after the place",
    ),
    pytest.param(
        "en",
        "Roy further stated, while speaking to Congress this month, that talks would resume.",
        "talks would resume",
        id="en a long aside",
    ),
    pytest.param(
        "en",
        "The team released a statement saying it put off a rally that was to follow the talks.",
        "it put off a rally that was to follow the talks",
        id="en a clause with its own that",
    ),
    pytest.param(
        "en",
        "Canada says no deal is better than this one.",
        "no deal is better than this one",
        id="en no",
    ),
    pytest.param(
        "en",
        "Ann Roy went on to say that talks would resume.",
        "talks would resume",
        id="en went on to say",
    ),
    pytest.param(
        "en",
        "Ann Roy is saying the talks have failed.",
        "the talks have failed",
        id="en progressive",
    ),
    pytest.param(
        "en", "He's said the talks have failed.", "the talks have failed", id="en shortened has"
    ),
    pytest.param(
        "en",
        "About half of the delegates said they want a new deal.",
        "they want a new deal",
        id="en a rough number",
    ),
    pytest.param(
        "en",
        "When talks failed in Ottawa, Paz left the room, insisting that a deal was near.",
        "a deal was near",
        id="en gerund after a fronted clause",
    ),
    pytest.param(
        "en",
        "Sen. Mark Roy, R-Fla., speaking on television, said Ottawa failed to answer.",
        "Ottawa failed to answer",
        id="en party and state",
    ),
    pytest.param(
        "fr",
        "Anne Roy a tenu à préciser que les pourparlers reprendraient.",
        "les pourparlers reprendraient",
        id="fr a tenu à",
    ),
    pytest.param(
        "fr",
        "Anne Roy vient d'annoncer que les pourparlers reprendront.",
        "les pourparlers reprendront",
        id="fr vient de",
    ),
    pytest.param(
        "fr",
        "Anne Roy demande aussi, et surtout, que le texte soit retiré.",
        "le texte soit retiré",
        id="fr adverbs between",
    ),
    pytest.param(
        "fr",
        "Interrogée bien plus tard, Anne Roy dira qu’elle regrettait cet accord.",
        "elle regrettait cet accord",
        id="fr a future that tells a past",
    ),
    pytest.param(
        "es",
        "Ana Ruiz se limitó a decir que el tratado sigue vivo.",
        "el tratado sigue vivo",
        id="es se limitó a",
    ),
    pytest.param(
        "es",
        "Ana Ruiz coincidió con la secretaria Clara Paz en que el tratado es útil.",
        "el tratado es útil",
        id="es en que after an addressee",
    ),
    pytest.param(
        "es",
        "Ana Ruiz advirtió hoy al sindicato del metal de que el plazo vence.",
        "el plazo vence",
        id="es de que after an addressee",
    ),
    pytest.param(
        "es",
        "Ana Ruiz le ha recordado que debe firmar, pero lo ha hecho con tacto.",
        "debe firmar",
        id="es the speaker's doings after the clause",
    ),
    pytest.param(
        "es",
        "Ana Ruiz reconoció que el plazo vence, aunque restó importancia al asunto.",
        "el plazo vence",
        id="es aunque and the cue's tense",
    ),
    pytest.param(
        "fr",
        "Anne Roy a dit que le texte est prêt, et a refusé d'en parler.",
        "le texte est prêt",
        id="fr the speaker's doings after the clause",
    ),
    pytest.param(
        "fr",
        "Anne Roy a dit que le ministre a signé, et a envoyé le texte.",
        "le ministre a signé, et a envoyé le texte",
        id="fr the clause's own second verb",
    ),
    pytest.param(
        "es",
        "Tras comentar que el plazo vence, Ana Ruiz subrayó que el tratado sigue.",
        "el plazo vence",
        id="es fronted infinitive",
    ),
]


@pytest.mark.parametrize(("lang", "text", "words"), CLAUSES)
def test_the_clause_is_found_past_what_stands_between(lang: str, text: str, words: str) -> None:
    found = [item for item in statements(text, lang) if item.words == (words,)]
    assert [item.kind for item in found] == ["indirect"], statements(text, lang)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Roy announced plans to leave the agreement.", "plans to leave the agreement"),
        ("Roy warned of tariffs on Canadian steel.", "tariffs on Canadian steel"),
        ("Roy announced her plan to leave the talks.", "her plan to leave the talks"),
        ("Roy expressed doubts that talks would resume.", "talks would resume"),
        ("Roy highlighted polls that show him ahead.", "polls that show him ahead"),
    ],
)
def test_a_noun_may_tell_what_was_said(text: str, words: str) -> None:
    assert only(text).words == (words,)


def test_a_noun_gives_way_to_the_clause_in_it() -> None:
    found = statements("Roy acknowledged the critics, but Paz says the talks were hurried.")
    assert [item.words for item in found] == [("the talks were hurried",)]


def test_words_that_only_voice_a_noun_are_no_report() -> None:
    assert statements("Roy expressed concern about the talks.") == []


def test_a_relative_clause_may_hold_its_attribution() -> None:
    found = only("They met envoys, which Roy says could help the talks.")
    assert found.words == ("which", "could help the talks")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("en", "In fact, Roy proposed just that in 2013.", id="en just that"),
        pytest.param("en", "The city urged people to seek shelter that way.", id="en that way"),
        pytest.param("en", "That was what Roy said when she left.", id="en what Roy said"),
        pytest.param("en", "It was a fact first reported by Ann Roy.", id="en reported by"),
        pytest.param("en", "The debate promised to be long.", id="en a thing that promises"),
        pytest.param("en", "It puts cities in play and states that voted for Paz.", id="en states"),
        pytest.param("en", "Both teams maintained their lead as they left.", id="en kept a lead"),
        pytest.param("fr", "Des milliers de gens ont protesté contre le traité.", id="fr contre"),
        pytest.param("es", "Mantienen un interés más cercano al juego que al dinero.", id="es más"),
        pytest.param("es", "Todo indica que el plazo vence.", id="es todo indica"),
        pytest.param("es", "Ana Ruiz recordó la visita que hizo a Lima.", id="es object"),
        pytest.param(
            "es", "Así lo aseguró Ana Ruiz al final de la reunión que mantuvo.", id="es así lo"
        ),
    ],
)
def test_what_only_looks_like_a_clause_is_none(lang: str, text: str) -> None:
    assert [item for item in statements(text, lang) if item.kind == "indirect"] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann Roy Says Talks Will Resume In Ottawa", "Talks Will Resume In Ottawa"),
        ("Ottawa Announces Plan Reviving Stalled Talks", "Plan Reviving Stalled Talks"),
    ],
)
def test_a_headline_in_capitals_may_report(text: str, words: str) -> None:
    assert only(text).words == (words,)


def test_a_capital_inside_a_sentence_makes_no_verb() -> None:
    assert statements("He joined the group Declare Peace Now in March of last year.") == []


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("en", "It was announced on Monday that talks would resume.", "talks would resume"),
        (
            "fr",
            "Il a été annoncé que les pourparlers reprendraient.",
            "les pourparlers reprendraient",
        ),
        ("es", "Se anunció hoy que las pláticas seguirán.", "las pláticas seguirán"),
    ],
)
def test_a_report_may_not_say_whose_it_is(lang: str, text: str, words: str) -> None:
    found = only(text, lang)
    assert (found.words, found.mention, found.name) == ((words,), None, None)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "It was not announced that Roy left."),
        ("fr", "Il est nécessaire que le texte soit publié."),
        ("es", "Se espera que el plazo venza."),
    ],
)
def test_what_is_not_told_is_no_impersonal_report(lang: str, text: str) -> None:
    assert statements(text, lang) == []


def test_a_clause_does_not_begin_with_a_comma() -> None:
    found = only("Anne Roy a expliqué que, dans deux jours, tout sera prêt.", "fr")
    assert found.words == ("dans deux jours, tout sera prêt",)


def test_an_impersonal_report_has_no_speaker() -> None:
    text = "Ana Ruiz dijo que el plazo vence. Se anunció hoy que las pláticas seguirán."
    assert [(item.words, item.name) for item in statements(text, "es")] == [
        (("el plazo vence",), "Ana Ruiz"),
        (("las pláticas seguirán",), None),
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "«Nous signons», a déclaré la «numéro deux» du pays."),
        ("es", "«Firmaremos», declaró la «número dos» del país."),
    ],
)
def test_marks_in_the_name_of_who_speaks_are_no_quotation(lang: str, text: str) -> None:
    assert [item.kind for item in statements(text, lang)] == ["direct"]
