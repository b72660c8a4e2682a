"""Time expressions in Spanish, read on Thursday 10 May 2018."""

import pytest

from tests.extractors.dates.marked import dates_in, summary, unmarked, with_marks

CASES = [
    pytest.param(
        "Los negociadores se reunieron [el martes] y volverán a verse [el lunes].",
        ["2018-05-08 2018-05-08 2018-05-09", "2018-05-14 2018-05-14 2018-05-15"],
        id="weekdays by tense",
    ),
    pytest.param(
        "El ministro dijo [el jueves] que la oferta sigue.",
        ["2018-05-10 2018-05-10 2018-05-11"],
        id="weekday of publication",
    ),
    pytest.param(
        "Entregarán la respuesta a más tardar [el viernes].",
        ["2018-05-11 2018-05-11 2018-05-12"],
        id="weekday as a limit",
    ),
    pytest.param(
        "La ronda se abre [el lunes 14 de mayo] en Ottawa.",
        ["2018-05-14 2018-05-14 2018-05-15"],
        id="weekday with its date",
    ),
    pytest.param(
        "El informe saldrá [el martes 15].",
        ["2018-05-15 2018-05-15 2018-05-16"],
        id="weekday with a number",
    ),
    pytest.param(
        "[El jueves pasado] cenaron los ministros.",
        ["2018-05-03 2018-05-03 2018-05-04"],
        id="last weekday",
    ),
    pytest.param(
        "Se sientan [el lunes de la próxima semana].",
        ["2018-05-14 2018-05-14 2018-05-15"],
        id="weekday of next week",
    ),
    pytest.param(
        "[El primero de julio] habrá elecciones.",
        ["2018-07-01 2018-07-01 2018-07-02"],
        id="first of the month",
    ),
    pytest.param(
        "La votación será [el veintidós de junio].",
        ["2018-06-22 2018-06-22 2018-06-23"],
        id="day in words",
    ),
    pytest.param(
        "El texto se firmó [el 30 de noviembre de 2018] en Buenos Aires.",
        ["2018-11-30 2018-11-30 2018-12-01"],
        id="full date",
    ),
    pytest.param(
        "El proyecto, presentado [el 30 de noviembre], entrará en vigor [el 1 de enero].",
        ["2017-11-30 2017-11-30 2017-12-01", "2019-01-01 2019-01-01 2019-01-02"],
        id="year change",
    ),
    pytest.param(
        "El plazo vence [el próximo 16 de agosto].",
        ["2018-08-16 2018-08-16 2018-08-17"],
        id="next such day",
    ),
    pytest.param(
        "La nota lleva fecha del [01/05/2018].",
        ["2018-05-01 2018-05-01 2018-05-02"],
        id="slashed day",
    ),
    pytest.param(
        "Las rondas serán del [7] al [11 de mayo] en México.",
        ["2018-05-07 2018-05-07 2018-05-08", "2018-05-11 2018-05-11 2018-05-12"],
        id="range of days",
    ),
    pytest.param(
        "La reunión del [11] y [12 de julio] se canceló.",
        ["2018-07-11 2018-07-11 2018-07-12", "2018-07-12 2018-07-12 2018-07-13"],
        id="two days of a month",
    ),
    pytest.param(
        "Se vieron en [enero] y se verán de nuevo en [agosto].",
        ["2018-01 2018-01-01 2018-02-01", "2018-08 2018-08-01 2018-09-01"],
        id="months by tense",
    ),
    pytest.param(
        "En [marzo pasado] se había negado.",
        ["2018-03 2018-03-01 2018-04-01"],
        id="last month by name",
    ),
    pytest.param(
        "Las exportaciones subieron en [marzo de 2018].",
        ["2018-03 2018-03-01 2018-04-01"],
        id="month with year",
    ),
    pytest.param(
        "Volverá en [abril del año que viene].",
        ["2019-04 2019-04-01 2019-05-01"],
        id="month of next year",
    ),
    pytest.param(
        "Julio Pérez lo negó.",
        [],
        id="a first name is no month",
    ),
    pytest.param(
        "El acuerdo data de [1994].",
        ["1994 1994-01-01 1995-01-01"],
        id="bare year",
    ),
    pytest.param(
        "La empresa pagó 2000 dólares por 1994 toneladas.",
        [],
        id="quantities are no years",
    ),
    pytest.param(
        "[Los años noventa] y [la década de 1980] fueron tranquilos.",
        ["199 1990-01-01 2000-01-01", "198 1980-01-01 1990-01-01"],
        id="decades",
    ),
    pytest.param(
        "[El siglo XX] terminó.",
        ["19 1900-01-01 2000-01-01"],
        id="century",
    ),
    pytest.param(
        "Habló [ayer], habla [hoy] y votan [mañana].",
        [
            "2018-05-09 2018-05-09 2018-05-10",
            "2018-05-10 2018-05-10 2018-05-11",
            "2018-05-11 2018-05-11 2018-05-12",
        ],
        id="today and its neighbours",
    ),
    pytest.param(
        "[Anoche] renunció; [esta noche] se reúne el gabinete.",
        ["2018-05-09TNI 2018-05-09 2018-05-10", "2018-05-10TNI 2018-05-10 2018-05-11"],
        id="nights",
    ),
    pytest.param(
        "[Pasado mañana por la tarde] se votará.",
        ["2018-05-12TAF 2018-05-12 2018-05-13"],
        id="the day after tomorrow",
    ),
    pytest.param(
        "[La semana pasada] durmieron, [la próxima semana] trabajarán.",
        ["2018-W18 2018-04-30 2018-05-07", "2018-W20 2018-05-14 2018-05-21"],
        id="weeks",
    ),
    pytest.param(
        "Los enviados se quedan [este fin de semana].",
        ["2018-W19-WE 2018-05-12 2018-05-14"],
        id="weekend",
    ),
    pytest.param(
        "Las ventas crecieron [el mes pasado] y caerán [el próximo trimestre].",
        ["2018-04 2018-04-01 2018-05-01", "2018-Q3 2018-07-01 2018-10-01"],
        id="month and quarter",
    ),
    pytest.param(
        "[El año pasado] se negó; [el año que viene] aceptará.",
        ["2017 2017-01-01 2018-01-01", "2019 2019-01-01 2020-01-01"],
        id="year",
    ),
    pytest.param(
        "La ronda terminó [hace diez días].",
        ["2018-04-30 2018-04-30 2018-05-01"],
        id="days ago",
    ),
    pytest.param(
        "Los ministros se verán [dentro de tres semanas].",
        ["2018-05-31 2018-05-31 2018-06-01"],
        id="in some weeks",
    ),
    pytest.param(
        "Decidirán [dentro de un mes y medio].",
        ["2018-07 2018-07-01 2018-08-01"],
        id="in a month and a half",
    ),
    pytest.param(
        "El acuerdo se anunció [el 3 de mayo]; [una semana después] estaba muerto.",
        ["2018-05-03 2018-05-03 2018-05-04", "2018-05-10 2018-05-10 2018-05-11"],
        id="later than what was named",
    ),
    pytest.param(
        "La respuesta llegará a [principios de junio].",
        ["2018-06 2018-06-01 2018-06-11"],
        id="early in a month",
    ),
    pytest.param(
        "El voto es probable a [mediados de junio].",
        ["2018-06 2018-06-11 2018-06-21"],
        id="middle of a month",
    ),
    pytest.param(
        "Quieren un acuerdo para [finales de marzo de 2019].",
        ["2019-03 2019-03-21 2019-04-01"],
        id="end of a month",
    ),
    pytest.param(
        "A [finales de año] vencerá el mandato.",
        ["2018 2018-12-21 2019-01-01"],
        id="end of the year",
    ),
    pytest.param(
        "En [lo que va del año] subieron los precios.",
        ["2018 2018-01-01 2018-05-11"],
        id="the year so far",
    ),
    pytest.param(
        "El crecimiento bajó en [el tercer trimestre de 2017].",
        ["2017-Q3 2017-07-01 2017-10-01"],
        id="quarter",
    ),
    pytest.param(
        "En [el primer semestre] subieron los precios.",
        ["2018-H1 2018-01-01 2018-07-01"],
        id="half year",
    ),
    pytest.param(
        "[El verano pasado] se pelearon.",
        ["2017-SU 2017-06-01 2017-09-01"],
        id="season",
    ),
    pytest.param(
        "[La semana del 14 de mayo] será decisiva.",
        ["2018-W20 2018-05-14 2018-05-21"],
        id="week of a day",
    ),
    pytest.param(
        "Las pláticas duraron [seis años], o [setenta y dos meses].",
        ["P6Y - -", "P72M - -"],
        id="counted duration",
    ),
    pytest.param(
        "El [sexenio] termina [el 1 de diciembre].",
        ["P6Y - -", "2018-12-01 2018-12-01 2018-12-02"],
        id="six years' term",
    ),
    pytest.param(
        "El bloqueo duró [varias semanas].",
        ["PXW - -"],
        id="vague duration",
    ),
    pytest.param(
        "[Más de treinta años] de comercio están en juego.",
        ["P30Y - -"],
        id="more than so long",
    ),
    pytest.param(
        "Esperan avances en [las próximas semanas].",
        ["PXW 2018-05-10 -"],
        id="coming weeks",
    ),
    pytest.param(
        "En [los próximos seis meses] se verán.",
        ["P6M 2018-05-10 2018-11-10"],
        id="next six months",
    ),
    pytest.param(
        "En [los últimos diez años] el comercio se duplicó.",
        ["P10Y 2008-05-10 2018-05-11"],
        id="last ten years",
    ),
    pytest.param(
        "El tratado se revisará [cada seis años], [cada lunes] y [todos los meses].",
        ["P6Y - -", "XXXX-WXX-1 - -", "P1M - -"],
        id="sets",
    ),
    pytest.param(
        "La votación es [el viernes a las 17:30 horas].",
        ["2018-05-11T17:30 2018-05-11 2018-05-12"],
        id="time on the day named before",
    ),
    pytest.param(
        "Llegó a [las tres de la tarde].",
        ["2018-05-10T15:00 2018-05-10 2018-05-11"],
        id="hour in words",
    ),
    pytest.param(
        "La sesión empezó al [mediodía].",
        ["2018-05-10T12:00 2018-05-10 2018-05-11"],
        id="noon",
    ),
    pytest.param(
        "[Ahora] espera; [recientemente] estaba ocupado; [el futuro] es sombrío.",
        ["PRESENT_REF - -", "PAST_REF - -", "FUTURE_REF - -"],
        id="vague words",
    ),
    pytest.param(
        "Las oficinas cerrarán en [Navidad].",
        ["2018-12-25 2018-12-25 2018-12-26"],
        id="holidays",
    ),
    pytest.param(
        "Ana Ruiz, de 38 años, y un hombre de 55 años apuntan al capítulo 19.",
        [],
        id="ages",
    ),
    pytest.param(
        "[El 2 de mayo] se fueron; [ese mismo día] subió la bolsa.",
        ["2018-05-02 2018-05-02 2018-05-03", "2018-05-02 2018-05-02 2018-05-03"],
        id="same day",
    ),
    pytest.param(
        "[El 2 de mayo] se fueron; [al día siguiente] volvieron.",
        ["2018-05-02 2018-05-02 2018-05-03", "2018-05-03 2018-05-03 2018-05-04"],
        id="following day",
    ),
    pytest.param(
        "Se lo dijeron a las 10 empresas.",
        [],
        id="companies are no hours",
    ),
    pytest.param(
        "El partido empieza a [las 22.30 horas del sábado].",
        ["2018-05-12T22:30 2018-05-12 2018-05-13"],
        id="clock with a point",
    ),
    pytest.param(
        "[La madrugada del domingo] llovió.",
        ["2018-05-06TMO 2018-05-06 2018-05-07"],
        id="morning of a weekday",
    ),
    pytest.param(
        "[El próximo día 15] habrá huelga.",
        ["2018-05-15 2018-05-15 2018-05-16"],
        id="numbered day ahead",
    ),
    pytest.param(
        "Desde hace [casi 25 años] rige el comercio.",
        ["P25Y - -"],
        id="long past length",
    ),
    pytest.param(
        "Llegó a [las seis y media de la tarde].",
        ["2018-05-10T18:30 2018-05-10 2018-05-11"],
        id="half hours in words",
    ),
    pytest.param(
        "De pronto cayó el peso, tan pronto como habló.",
        [],
        id="suddenly is no time",
    ),
]


@pytest.mark.parametrize(("marked", "meanings"), CASES)
def test_spanish_expressions_are_found_and_resolved(marked: str, meanings: list[str]) -> None:
    text = unmarked(marked)
    found = dates_in(text, "es")
    assert with_marks(text, found) == marked
    assert [summary(item) for item in found] == meanings
