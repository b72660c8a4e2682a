"""Reports in forms that a list of verbs and a plain word order don't give."""

import pytest

from tests.extractors.quotes.statements import only, statements

REPORTS = [
    pytest.param(
        "fr", "À son avis, le marché va baisser.", "le marché va baisser", id="fr à son avis"
    ),
    pytest.param(
        "es",
        "A juicio del ministro, la cuota subirá en otoño.",
        "la cuota subirá en otoño",
        id="es a juicio del",
    ),
    pytest.param("en", "In their view, talks will fail.", "talks will fail", id="en in their view"),
    pytest.param(
        "fr",
        "La ministre s'est contentée de dire que la porte restait ouverte.",
        "la porte restait ouverte",
        id="fr s'est contentée de dire",
    ),
    pytest.param(
        "fr",
        "Elle n'a pas caché que le dossier serait difficile.",
        "le dossier serait difficile",
        id="fr n'a pas caché",
    ),
    pytest.param(
        "en",
        "Ann Roy did not hide that talks had failed.",
        "talks had failed",
        id="en did not hide",
    ),
    pytest.param(
        "es",
        "Ana Ruiz se quejó de que nadie la escuchaba.",
        "nadie la escuchaba",
        id="es a verb that is always reflexive",
    ),
    pytest.param(
        "es",
        "Ana Ruiz denunció la víspera que el puente sigue cerrado.",
        "el puente sigue cerrado",
        id="es the day before",
    ),
    pytest.param(
        "en",
        "The three panelists found that the quota breaks the agreement.",
        "the quota breaks the agreement",
        id="en found",
    ),
    pytest.param(
        "en",
        "Ann Roy was blunt: no deal will come this year.",
        "no deal will come this year",
        id="en a manner and a colon",
    ),
    pytest.param(
        "es",
        "Sobre el maíz, Ana Ruiz fue tajante: la siembra no se negocia.",
        "la siembra no se negocia",
        id="es a manner and a colon",
    ),
    pytest.param(
        "en",
        "Ann Roy said no deal was near, then left for the airport.",
        "no deal was near",
        id="en what the speaker did next",
    ),
    pytest.param(
        "es",
        "Ana Ruiz dijo que nadie la llamó, y viajó a la capital.",
        "nadie la llamó, y viajó a la capital",
        id="es the tense of the clause goes on",
    ),
    pytest.param(
        "es",
        "Ana Ruiz dijo que nadie la había llamado, y viajó a la capital.",
        "nadie la había llamado",
        id="es what the speaker did next",
    ),
]


@pytest.mark.parametrize(("lang", "text", "words"), REPORTS)
def test_a_report_is_found_in(lang: str, text: str, words: str) -> None:
    statement = only(text, lang)
    assert (statement.kind, statement.words) == ("indirect", (words,))


BROKEN = [
    pytest.param(
        "fr",
        "Ce que veut Ottawa, décode Ann Roy, économiste à Laval, ce n'est pas un rabais.",
        ("Ce que veut Ottawa", "ce n'est pas un rabais"),
        id="fr a verb of the voice",
    ),
    pytest.param(
        "en",
        "They went no further: nothing in the text, they wrote, obliges Ottawa to act.",
        ("nothing in the text", "obliges Ottawa to act"),
        id="en after a colon",
    ),
    pytest.param(
        "en",
        "We are as puzzled as you, she said; nobody had planned for this.",
        ("We are as puzzled as you", "nobody had planned for this"),
        id="en after a semicolon",
    ),
]


@pytest.mark.parametrize(("lang", "text", "words"), BROKEN)
def test_a_report_goes_around_its_attribution(lang: str, text: str, words: tuple[str, ...]) -> None:
    assert only(text, lang).words == words


INCISES = [
    pytest.param(
        "fr",
        "« Et on n'aurait rien offert ? s'indigne Ann Roy, présidente du syndicat. "
        "Moi, je trais 65 vaches. »",
        ("Et on n'aurait rien offert ?", "Moi, je trais 65 vaches."),
        "Ann Roy",
        id="fr after a question, with who she is",
    ),
    pytest.param(
        "es",
        "Ana Ruiz espera. “El tomate es una ficha más, dice. Y las fichas las mueven otros”.",
        ("El tomate es una ficha más", "Y las fichas las mueven otros"),
        "Ana Ruiz",
        id="es a verb alone",
    ),
]


@pytest.mark.parametrize(("lang", "text", "words", "name"), INCISES)
def test_an_attribution_inside_the_marks_is_cut_out(
    lang: str, text: str, words: tuple[str, ...], name: str
) -> None:
    statement = only(text, lang)
    assert (statement.words, statement.name) == (words, name)


def test_the_plain_half_of_a_report_stands_beside_its_quoted_half() -> None:
    text = "Le président affirmait que rien ne bougerait et que l'offre serait « à prendre »."
    assert [(s.kind, s.words) for s in statements(text, "fr")] == [
        ("indirect", ("rien ne bougerait",)),
        ("mixed", ("à prendre",)),
    ]


def test_quoted_words_after_a_preposition_are_part_of_a_clause() -> None:
    statement = only("Ana Ruiz se congratuló de “un resultado que protege el empleo”.", "es")
    assert (statement.kind, statement.mention) == ("mixed", "Ana Ruiz")


def test_an_as_that_tells_when_leads_up_to_quoted_words() -> None:
    statement = only("He looked away as she replied that it was “a slap at a friend.”")
    assert (statement.kind, statement.cue) == ("mixed", "replied")


def test_said_by_phone_is_no_passive() -> None:
    statement = only("“You know who pays? A lady in Tucson,” Kessler said by phone.")
    assert (statement.cue, statement.mention) == ("said", "Kessler")


@pytest.mark.parametrize(
    "text",
    ["Roy expressed doubt about the plan.", "The scale allowed it to ask for less."],
)
def test_a_noun_or_another_sense_of_a_verb_is_no_report(text: str) -> None:
    assert statements(text) == []


CIRCUMSTANCES = [
    ("Canada said on Monday it had filed a complaint.", "it had filed a complaint"),
    ("The ministry said in a statement it would respond.", "it would respond"),
    (
        "The office said in a notice published Friday the duties start soon.",
        "the duties start soon",
    ),
    ("The ministry said late on Tuesday the two sides were close.", "the two sides were close"),
    ("Greer said via email the talks had not resumed.", "the talks had not resumed"),
    ("Greer pledged to make Roy a partner if he wins.", "to make Roy a partner if he wins"),
]


@pytest.mark.parametrize(("text", "words"), CIRCUMSTANCES)
def test_a_clause_begins_past_words_of_time_and_medium(text: str, words: str) -> None:
    assert only(text).words == (words,)


def test_who_is_described_by_a_clause_without_commas_speaks() -> None:
    statement = only("An aide who was not authorized to speak publicly said the offer was final.")
    assert statement.mention == "An aide"


def test_what_describes_a_source_is_no_part_of_the_report() -> None:
    statement = only("Farmers are furious, according to Ann Roy, who heads their lobby.")
    assert statement.words == ("Farmers are furious",)


SOURCES = [
    ("fr", "Pour l'économiste Ann Roy, la clause relève du « chantage ».", "Ann Roy"),
    ("fr", "Selon Mme Roy, les discussions avancent, mais « il reste du travail ».", "Roy"),
    (
        "en",
        "For Ann Roy, president of the makers' association, the rule is “a poison pill.”",
        "Ann Roy",
    ),
    ("es", "“Es una buena noticia”, celebró en su cuenta de X Paz, quien viajó ayer.", "Paz"),
]


@pytest.mark.parametrize(("lang", "text", "mention"), SOURCES)
def test_quoted_words_are_those_of(lang: str, text: str, mention: str) -> None:
    assert only(text, lang).mention == mention


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Roy said the so-called “gold list” is long."),
        ("en", "Roy wants the rule known as “labor value content” to stay, he said."),
        ("es", "Ana Ruiz dijo que el llamado “cuarto de junto” está lleno."),
    ],
)
def test_a_name_or_term_in_marks_is_no_quotation(lang: str, text: str) -> None:
    assert {s.kind for s in statements(text, lang)} <= {"indirect"}


def test_a_plain_half_stands_before_a_quoted_one_that_but_joins() -> None:
    text = (
        'Roy told them on Tuesday that a deal is near, but that he will not sign "any paper" now.'
    )
    assert [(s.kind, s.words) for s in statements(text)] == [
        ("indirect", ("a deal is near",)),
        ("mixed", ("any paper",)),
    ]


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        (
            "fr",
            "Une cour a statué vendredi, à sept juges contre quatre, que la loi tient encore.",
            "la loi tient encore",
        ),
        (
            "fr",
            "Le juriste croit que la Cour pourrait entendre l'affaire et trancher avant l'hiver.",
            "la Cour pourrait entendre l'affaire et trancher avant l'hiver",
        ),
        (
            "en",
            "Roy, who met the premiers, said Canada-U.S. Trade Minister Luc Paz will fly home.",
            "Canada-U.S. Trade Minister Luc Paz will fly home",
        ),
    ],
)
def test_a_clause_keeps_its_edges(lang: str, text: str, words: str) -> None:
    assert only(text, lang).words == (words,)
