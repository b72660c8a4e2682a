"""Time expressions in French, read on Thursday 10 May 2018."""

import pytest

from tests.extractors.dates.marked import dates_in, summary, unmarked, with_marks

CASES = [
    pytest.param(
        "Les négociateurs se sont vus [mardi] et se reverront [lundi].",
        ["2018-05-08 2018-05-08 2018-05-09", "2018-05-14 2018-05-14 2018-05-15"],
        id="weekdays by tense",
    ),
    pytest.param(
        "Le ministre a déclaré [jeudi] que l'offre tenait.",
        ["2018-05-10 2018-05-10 2018-05-11"],
        id="weekday of publication",
    ),
    pytest.param(
        "Une réponse est attendue d'ici [vendredi].",
        ["2018-05-11 2018-05-11 2018-05-12"],
        id="weekday as a limit",
    ),
    pytest.param(
        "La ronde s'ouvre [le lundi 14 mai] à Ottawa.",
        ["2018-05-14 2018-05-14 2018-05-15"],
        id="weekday with its date",
    ),
    pytest.param(
        "Le rapport sortira [mardi 15].",
        ["2018-05-15 2018-05-15 2018-05-16"],
        id="weekday with a number",
    ),
    pytest.param(
        "[Jeudi dernier], les ministres ont dîné.",
        ["2018-05-03 2018-05-03 2018-05-04"],
        id="last weekday",
    ),
    pytest.param(
        "[Vendredi prochain], ce sera trop tôt.",
        ["2018-05-18 2018-05-18 2018-05-19"],
        id="next weekday is not tomorrow",
    ),
    pytest.param(
        "Ils décideront [lundi en huit].",
        ["2018-05-21 2018-05-21 2018-05-22"],
        id="monday week",
    ),
    pytest.param(
        "Le vote aura lieu [le 1er juillet].",
        ["2018-07-01 2018-07-01 2018-07-02"],
        id="first of the month",
    ),
    pytest.param(
        "Le texte a été signé [le 30 novembre 2018] à Buenos Aires.",
        ["2018-11-30 2018-11-30 2018-12-01"],
        id="full date",
    ),
    pytest.param(
        "Le projet, déposé [le 30 novembre], entrera en vigueur [le 1er janvier].",
        ["2017-11-30 2017-11-30 2017-12-01", "2019-01-01 2019-01-01 2019-01-02"],
        id="year change",
    ),
    pytest.param(
        "La note est datée du [01/05/2018].",
        ["2018-05-01 2018-05-01 2018-05-02"],
        id="slashed day",
    ),
    pytest.param(
        "L'attentat du [10 novembre 93] reste impuni.",
        ["1993-11-10 1993-11-10 1993-11-11"],
        id="two-digit year",
    ),
    pytest.param(
        "Les rondes auront lieu du [7] au [11 mai] à Mexico.",
        ["2018-05-07 2018-05-07 2018-05-08", "2018-05-11 2018-05-11 2018-05-12"],
        id="range of days",
    ),
    pytest.param(
        "La réunion des [11] et [12 juillet] est annulée.",
        ["2018-07-11 2018-07-11 2018-07-12", "2018-07-12 2018-07-12 2018-07-13"],
        id="two days of a month",
    ),
    pytest.param(
        "Ils se sont vus en [janvier] et se reverront en [août].",
        ["2018-01 2018-01-01 2018-02-01", "2018-08 2018-08-01 2018-09-01"],
        id="months by tense",
    ),
    pytest.param(
        "En [septembre dernier], il avait refusé.",
        ["2017-09 2017-09-01 2017-10-01"],
        id="last month by name",
    ),
    pytest.param(
        "Il a été puni en [mai] et [juin derniers].",
        ["2017-05 2017-05-01 2017-06-01", "2017-06 2017-06-01 2017-07-01"],
        id="two months with one word",
    ),
    pytest.param(
        "Les exportations ont bondi en [mars 2018].",
        ["2018-03 2018-03-01 2018-04-01"],
        id="month with year",
    ),
    pytest.param(
        "La sonde est arrivée sur Mars avec du retard.",
        [],
        id="a planet is no month",
    ),
    pytest.param(
        "L'accord date de [1994].",
        ["1994 1994-01-01 1995-01-01"],
        id="bare year",
    ),
    pytest.param(
        "L'entreprise a payé 2000 dollars pour 1994 tonnes.",
        [],
        id="quantities are no years",
    ),
    pytest.param(
        "[Les années 1990] et [les années 80] furent calmes.",
        ["199 1990-01-01 2000-01-01", "198 1980-01-01 1990-01-01"],
        id="decades",
    ),
    pytest.param(
        "[Le XXe siècle] est loin.",
        ["19 1900-01-01 2000-01-01"],
        id="century",
    ),
    pytest.param(
        "Il a parlé [hier], elle parle [aujourd'hui], ils votent [demain].",
        [
            "2018-05-09 2018-05-09 2018-05-10",
            "2018-05-10 2018-05-10 2018-05-11",
            "2018-05-11 2018-05-11 2018-05-12",
        ],
        id="today and its neighbours",
    ),
    pytest.param(
        "[Hier soir], il a démissionné ; [ce soir], le cabinet se réunit.",
        ["2018-05-09TEV 2018-05-09 2018-05-10", "2018-05-10TEV 2018-05-10 2018-05-11"],
        id="evenings",
    ),
    pytest.param(
        "[La semaine dernière] ils dormaient, [la semaine prochaine] ils travailleront.",
        ["2018-W18 2018-04-30 2018-05-07", "2018-W20 2018-05-14 2018-05-21"],
        id="weeks",
    ),
    pytest.param(
        "Les émissaires restent [ce week-end].",
        ["2018-W19-WE 2018-05-12 2018-05-14"],
        id="weekend",
    ),
    pytest.param(
        "Les ventes ont crû [le mois dernier] et baisseront [le trimestre prochain].",
        ["2018-04 2018-04-01 2018-05-01", "2018-Q3 2018-07-01 2018-10-01"],
        id="month and quarter",
    ),
    pytest.param(
        "[L'an dernier], il a refusé ; [l'année prochaine], il acceptera.",
        ["2017 2017-01-01 2018-01-01", "2019 2019-01-01 2020-01-01"],
        id="year",
    ),
    pytest.param(
        "La ronde s'est achevée [il y a dix jours].",
        ["2018-04-30 2018-04-30 2018-05-01"],
        id="days ago",
    ),
    pytest.param(
        "Les ministres se verront [dans trois semaines].",
        ["2018-05-31 2018-05-31 2018-06-01"],
        id="in some weeks",
    ),
    pytest.param(
        "L'accord a été annoncé [le 3 mai] ; [une semaine plus tard], il était mort.",
        ["2018-05-03 2018-05-03 2018-05-04", "2018-05-10 2018-05-10 2018-05-11"],
        id="later than what was named",
    ),
    pytest.param(
        "[Le 3 mai], il a signé ; [le lendemain], il a regretté.",
        ["2018-05-03 2018-05-03 2018-05-04", "2018-05-04 2018-05-04 2018-05-05"],
        id="day before and after",
    ),
    pytest.param(
        "Une réponse viendra [début juin].",
        ["2018-06 2018-06-01 2018-06-11"],
        id="early in a month",
    ),
    pytest.param(
        "Un vote aura lieu à [la mi-juin].",
        ["2018-06 2018-06-11 2018-06-21"],
        id="middle of a month",
    ),
    pytest.param(
        "Ils veulent un accord d'ici [la fin mars 2019].",
        ["2019-03 2019-03-21 2019-04-01"],
        id="end of a month",
    ),
    pytest.param(
        "Ce sera [fin 2018] ou [début 2019].",
        ["2018 2018-12-21 2019-01-01", "2019 2019-01-01 2019-04-01"],
        id="parts of a year",
    ),
    pytest.param(
        "La croissance a ralenti au [troisième trimestre 2017].",
        ["2017-Q3 2017-07-01 2017-10-01"],
        id="quarter",
    ),
    pytest.param(
        "Au [premier semestre], les prix ont monté.",
        ["2018-H1 2018-01-01 2018-07-01"],
        id="half year",
    ),
    pytest.param(
        "[L'été dernier], ils se sont disputés.",
        ["2017-SU 2017-06-01 2017-09-01"],
        id="season",
    ),
    pytest.param(
        "[La semaine du 14 mai] sera décisive.",
        ["2018-W20 2018-05-14 2018-05-21"],
        id="week of a day",
    ),
    pytest.param(
        "[La première semaine de juin] est prise.",
        ["2018-W23 2018-06-04 2018-06-11"],
        id="week of a month",
    ),
    pytest.param(
        "Les pourparlers ont duré [six ans], soit [soixante-douze mois].",
        ["P6Y - -", "P72M - -"],
        id="counted duration",
    ),
    pytest.param(
        "Le préavis est de [quatre-vingt-dix jours].",
        ["P90D - -"],
        id="numbers in words",
    ),
    pytest.param(
        "Le blocage a duré [plusieurs semaines].",
        ["PXW - -"],
        id="vague duration",
    ),
    pytest.param(
        "[Plus de trente ans] d'échanges sont menacés.",
        ["P30Y - -"],
        id="more than so long",
    ),
    pytest.param(
        "Ils espèrent avancer dans [les prochaines semaines].",
        ["PXW 2018-05-10 -"],
        id="coming weeks",
    ),
    pytest.param(
        "Au cours des [six prochains mois], ils se verront.",
        ["P6M 2018-05-10 2018-11-10"],
        id="next six months",
    ),
    pytest.param(
        "[Ces dix dernières années], le commerce a doublé.",
        ["P10Y 2008-05-10 2018-05-11"],
        id="last ten years",
    ),
    pytest.param(
        "L'accord sera revu [tous les six ans], [chaque année] et [tous les lundis].",
        ["P6Y - -", "P1Y - -", "XXXX-WXX-1 - -"],
        id="sets",
    ),
    pytest.param(
        "Le vote est prévu [vendredi] à [17 h 30].",
        ["2018-05-11 2018-05-11 2018-05-12", "2018-05-11T17:30 2018-05-11 2018-05-12"],
        id="time on the day named before",
    ),
    pytest.param(
        "Ils se verront à [14h30] [le lundi 14 mai].",
        ["2018-05-14T14:30 2018-05-14 2018-05-15", "2018-05-14 2018-05-14 2018-05-15"],
        id="time before its day",
    ),
    pytest.param(
        "La séance a commencé à [midi].",
        ["2018-05-10T12:00 2018-05-10 2018-05-11"],
        id="noon",
    ),
    pytest.param(
        "Il attend [maintenant] ; [récemment] encore, il espérait ; [l'avenir] est sombre.",
        ["PRESENT_REF - -", "PAST_REF - -", "FUTURE_REF - -"],
        id="vague words",
    ),
    pytest.param(
        "Les bureaux fermeront à [Noël].",
        ["2018-12-25 2018-12-25 2018-12-26"],
        id="holidays",
    ),
    pytest.param(
        "Marie Roy, 38 ans, et un homme âgé de 55 ans visent le chapitre 19.",
        [],
        id="ages",
    ),
    pytest.param(
        "[Le 2 mai], ils sont partis ; [le même jour], la bourse a monté.",
        ["2018-05-02 2018-05-02 2018-05-03", "2018-05-02 2018-05-02 2018-05-03"],
        id="same day",
    ),
    pytest.param(
        "Dans [la nuit de samedi à dimanche], ils ont conclu.",
        ["2018-05-05TNI 2018-05-05 2018-05-06"],
        id="night between two days",
    ),
    pytest.param(
        "Il a parlé en [fin d'après-midi].",
        ["2018-05-10TAF 2018-05-10 2018-05-11"],
        id="end of an afternoon",
    ),
    pytest.param(
        "La question est à l'ordre du jour.",
        [],
        id="not on the agenda",
    ),
    pytest.param(
        "Le vote aura lieu [le troisième lundi d'octobre 2019].",
        ["2019-10-21 2019-10-21 2019-10-22"],
        id="nth weekday",
    ),
    pytest.param(
        "La réponse est attendue au plus tard en [septembre].",
        ["2018-09 2018-09-01 2018-10-01"],
        id="limit in a month",
    ),
    pytest.param(
        "Depuis [près de 25 ans], l'accord tient.",
        ["P25Y - -"],
        id="long past length",
    ),
]


@pytest.mark.parametrize(("marked", "meanings"), CASES)
def test_french_expressions_are_found_and_resolved(marked: str, meanings: list[str]) -> None:
    text = unmarked(marked)
    found = dates_in(text, "fr")
    assert with_marks(text, found) == marked
    assert [summary(item) for item in found] == meanings
