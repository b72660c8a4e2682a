"""Time expressions in English, read on Thursday 10 May 2018."""

import pytest

from tests.extractors.dates.marked import dates_in, summary, unmarked, with_marks

CASES = [
    pytest.param(
        "The chief negotiators met on [Tuesday] and will talk again on [Monday].",
        ["2018-05-08 2018-05-08 2018-05-09", "2018-05-14 2018-05-14 2018-05-15"],
        id="weekdays by tense",
    ),
    pytest.param(
        "The minister said [Thursday] that the offer stands.",
        ["2018-05-10 2018-05-10 2018-05-11"],
        id="weekday of publication",
    ),
    pytest.param(
        "The offer stands by [Friday] at the latest.",
        ["2018-05-11 2018-05-11 2018-05-12"],
        id="weekday as a limit",
    ),
    pytest.param(
        "The next round opens on [Monday, May 14], in Ottawa.",
        ["2018-05-14 2018-05-14 2018-05-15"],
        id="weekday with its date",
    ),
    pytest.param(
        "The authority expires on [Friday the 18th].",
        ["2018-05-18 2018-05-18 2018-05-19"],
        id="weekday with a number",
    ),
    pytest.param(
        "[Last Thursday] the ministers had dinner.",
        ["2018-05-03 2018-05-03 2018-05-04"],
        id="last weekday",
    ),
    pytest.param(
        "[Next Friday] is too early for them.",
        ["2018-05-18 2018-05-18 2018-05-19"],
        id="next weekday is next week's",
    ),
    pytest.param(
        "[This coming Monday] suits them.",
        ["2018-05-14 2018-05-14 2018-05-15"],
        id="coming weekday",
    ),
    pytest.param(
        "They sit down on [Tuesday of next week].",
        ["2018-05-15 2018-05-15 2018-05-16"],
        id="weekday of next week",
    ),
    pytest.param(
        "[A week from Monday] they decide.",
        ["2018-05-21 2018-05-21 2018-05-22"],
        id="week from a weekday",
    ),
    pytest.param(
        "The chapter was closed on [May 1].",
        ["2018-05-01 2018-05-01 2018-05-02"],
        id="day and month",
    ),
    pytest.param(
        "The text was initialled on [May 1st, 2018], in Lima.",
        ["2018-05-01 2018-05-01 2018-05-02"],
        id="ordinal day",
    ),
    pytest.param(
        "The clause lapses on [June first].",
        ["2018-06-01 2018-06-01 2018-06-02"],
        id="ordinal in words",
    ),
    pytest.param(
        "Talks resume [14 May 2018].",
        ["2018-05-14 2018-05-14 2018-05-15"],
        id="day before month",
    ),
    pytest.param(
        "The bill was tabled on [Nov. 30] and takes effect [Jan. 1].",
        ["2017-11-30 2017-11-30 2017-12-01", "2019-01-01 2019-01-01 2019-01-02"],
        id="abbreviated month",
    ),
    pytest.param(
        "The file is dated [2018-05-01].",
        ["2018-05-01 2018-05-01 2018-05-02"],
        id="iso day",
    ),
    pytest.param(
        "The form is dated [05/02/2018].",
        ["2018-05-02 2018-05-02 2018-05-03"],
        id="slashed day",
    ),
    pytest.param(
        "The ministers will meet [June 19] or [20].",
        ["2018-06-19 2018-06-19 2018-06-20", "2018-06-20 2018-06-20 2018-06-21"],
        id="two days of a month",
    ),
    pytest.param(
        "Rounds run [May 7-11] in Mexico City.",
        ["2018-05-07 2018-05-07 2018-05-12"],
        id="range with a hyphen",
    ),
    pytest.param(
        "The round runs from [May 7 to May 11].",
        ["2018-05-07 2018-05-07 2018-05-12"],
        id="range in words",
    ),
    pytest.param(
        "They met in [January] and will meet again in [August].",
        ["2018-01 2018-01-01 2018-02-01", "2018-08 2018-08-01 2018-09-01"],
        id="months by tense",
    ),
    pytest.param(
        "They had agreed in [November] to wait.",
        ["2017-11 2017-11-01 2017-12-01"],
        id="month of the year before",
    ),
    pytest.param(
        "Exports rose in [March 2018].",
        ["2018-03 2018-03-01 2018-04-01"],
        id="month with year",
    ),
    pytest.param(
        "It may be put off until [October of next year].",
        ["2019-10 2019-10-01 2019-11-01"],
        id="month of next year",
    ),
    pytest.param(
        "They may march with Theresa May in [August] heat.",
        ["2018-08 2018-08-01 2018-09-01"],
        id="month names as other words",
    ),
    pytest.param(
        "The treaty was signed in [1992].",
        ["1992 1992-01-01 1993-01-01"],
        id="bare year",
    ),
    pytest.param(
        "It bought 2018 trucks for $1999, on page 2001.",
        [],
        id="quantities are no years",
    ),
    pytest.param(
        "Trade doubled between [2011 and 2016].",
        ["2011 2011-01-01 2017-01-01"],
        id="year range",
    ),
    pytest.param(
        "[The 1990s] were calmer than [the '80s].",
        ["199 1990-01-01 2000-01-01", "198 1980-01-01 1990-01-01"],
        id="decades",
    ),
    pytest.param(
        "[The 21st century] brought other rules.",
        ["20 2000-01-01 2100-01-01"],
        id="century",
    ),
    pytest.param(
        "He spoke [yesterday], she speaks [today], they vote [tomorrow].",
        [
            "2018-05-09 2018-05-09 2018-05-10",
            "2018-05-10 2018-05-10 2018-05-11",
            "2018-05-11 2018-05-11 2018-05-12",
        ],
        id="today and its neighbours",
    ),
    pytest.param(
        "He resigned [last night]; the cabinet meets [tonight].",
        ["2018-05-09TNI 2018-05-09 2018-05-10", "2018-05-10TNI 2018-05-10 2018-05-11"],
        id="nights",
    ),
    pytest.param(
        "The minister spoke [Wednesday morning].",
        ["2018-05-09TMO 2018-05-09 2018-05-10"],
        id="morning",
    ),
    pytest.param(
        "[Last week] they slept, [this week] they rest, [next week] they work.",
        [
            "2018-W18 2018-04-30 2018-05-07",
            "2018-W19 2018-05-07 2018-05-14",
            "2018-W20 2018-05-14 2018-05-21",
        ],
        id="weeks",
    ),
    pytest.param(
        "The envoys stay [this weekend].",
        ["2018-W19-WE 2018-05-12 2018-05-14"],
        id="weekend",
    ),
    pytest.param(
        "Sales grew [last month] and will fall [next quarter].",
        ["2018-04 2018-04-01 2018-05-01", "2018-Q3 2018-07-01 2018-10-01"],
        id="month and quarter",
    ),
    pytest.param(
        "A vote [last year] failed; [next year] another will follow.",
        ["2017 2017-01-01 2018-01-01", "2019 2019-01-01 2020-01-01"],
        id="year",
    ),
    pytest.param(
        "The round ended [ten days ago].",
        ["2018-04-30 2018-04-30 2018-05-01"],
        id="days ago",
    ),
    pytest.param(
        "The idea surfaced [three months ago].",
        ["2018-02 2018-02-01 2018-03-01"],
        id="months ago",
    ),
    pytest.param(
        "The clause will bite [five years from now].",
        ["2023 2023-01-01 2024-01-01"],
        id="years from now",
    ),
    pytest.param(
        "Ministers will meet in [three weeks].",
        ["2018-05-31 2018-05-31 2018-06-01"],
        id="in some weeks",
    ),
    pytest.param(
        "The deal was announced on [May 3]; [a week later] it was dead.",
        ["2018-05-03 2018-05-03 2018-05-04", "2018-05-10 2018-05-10 2018-05-11"],
        id="later than what was named",
    ),
    pytest.param(
        "An answer is expected in [early June].",
        ["2018-06 2018-06-01 2018-06-11"],
        id="early in a month",
    ),
    pytest.param(
        "A vote is likely by [mid-June].",
        ["2018-06 2018-06-11 2018-06-21"],
        id="middle of a month",
    ),
    pytest.param(
        "They want a deal by [the end of March 2019].",
        ["2019-03 2019-03-21 2019-04-01"],
        id="end of a month",
    ),
    pytest.param(
        "In [the first half of June] the envoys travel.",
        ["2018-06 2018-06-01 2018-06-16"],
        id="halves of a month",
    ),
    pytest.param(
        "The review begins in [early 2019].",
        ["2019 2019-01-01 2019-04-01"],
        id="early in a year",
    ),
    pytest.param(
        "The sunset clause will return [late this year].",
        ["2018 2018-10-01 2019-01-01"],
        id="late in a year",
    ),
    pytest.param(
        "They had agreed at [the end of last year].",
        ["2017 2017-12-21 2018-01-01"],
        id="end of a year",
    ),
    pytest.param(
        "[Later this month] the envoys return.",
        ["2018-05 2018-05-11 2018-06-01"],
        id="later in a month",
    ),
    pytest.param(
        "[Earlier this year] they had agreed.",
        ["2018 2018-01-01 2018-05-11"],
        id="earlier in a year",
    ),
    pytest.param(
        "Growth slowed in [the third quarter of 2017].",
        ["2017-Q3 2017-07-01 2017-10-01"],
        id="quarter",
    ),
    pytest.param(
        "Exports fell in [the first quarter].",
        ["2018-Q1 2018-01-01 2018-04-01"],
        id="quarter without a year",
    ),
    pytest.param(
        "[The second half of 2018] looks weak.",
        ["2018-H2 2018-07-01 2019-01-01"],
        id="half year",
    ),
    pytest.param(
        "They quarrelled [last summer] and will again [this fall].",
        ["2017-SU 2017-06-01 2017-09-01", "2018-FA 2018-09-01 2018-12-01"],
        id="season",
    ),
    pytest.param(
        "[The fiscal 2019] budget is late.",
        ["FY2019 - -"],
        id="fiscal year",
    ),
    pytest.param(
        "[The week of May 14] will be decisive.",
        ["2018-W20 2018-05-14 2018-05-21"],
        id="week of a day",
    ),
    pytest.param(
        "[The first week of June] is taken.",
        ["2018-W23 2018-06-04 2018-06-11"],
        id="week of a month",
    ),
    pytest.param(
        "The talks lasted [six years], or [seventy-two months].",
        ["P6Y - -", "P72M - -"],
        id="counted duration",
    ),
    pytest.param(
        "The standoff went on for [several weeks].",
        ["PXW - -"],
        id="vague duration",
    ),
    pytest.param(
        "A [90-day] notice and a [five-year] clause are proposed.",
        ["P90D - -", "P5Y - -"],
        id="hyphenated duration",
    ),
    pytest.param(
        "[More than 30 years] of trade are at stake.",
        ["P30Y - -"],
        id="more than so long",
    ),
    pytest.param(
        "They spoke for [half an hour].",
        ["PT30M - -"],
        id="half an hour",
    ),
    pytest.param(
        "They hope for progress in [the coming weeks].",
        ["PXW 2018-05-10 -"],
        id="coming weeks",
    ),
    pytest.param(
        "Over [the next six months] the parties will meet.",
        ["P6M 2018-05-10 2018-11-10"],
        id="next six months",
    ),
    pytest.param(
        "In [the past decade] trade doubled.",
        ["P10Y 2008-05-10 2018-05-11"],
        id="past decade",
    ),
    pytest.param(
        "It will be reviewed [every six years], [every Monday] and [monthly].",
        ["P6Y - -", "XXXX-WXX-1 - -", "P1M - -"],
        id="sets",
    ),
    pytest.param(
        "The ministers meet [twice a year].",
        ["P6M - -"],
        id="rate",
    ),
    pytest.param(
        "The vote is at [5 p.m. EDT Friday].",
        ["2018-05-11T17:00 2018-05-11 2018-05-12"],
        id="time with its day",
    ),
    pytest.param(
        "On [May 12] they start at [9:30 a.m.] and pause at [noon].",
        [
            "2018-05-12 2018-05-12 2018-05-13",
            "2018-05-12T09:30 2018-05-12 2018-05-13",
            "2018-05-12T12:00 2018-05-12 2018-05-13",
        ],
        id="time on the day named before",
    ),
    pytest.param(
        "They spoke at [16:08 UTC].",
        ["2018-05-10T16:08Z 2018-05-10 2018-05-11"],
        id="time in a zone",
    ),
    pytest.param(
        "The group is [now] waiting; [recently] it was busy; [the future] is open.",
        ["PRESENT_REF - -", "PAST_REF - -", "FUTURE_REF - -"],
        id="vague words",
    ),
    pytest.param(
        "The offices close on [Christmas Day] and opened on [Easter Monday].",
        ["2017-12-25 2017-12-25 2017-12-26", "2018-04-02 2018-04-02 2018-04-03"],
        id="holidays",
    ),
    pytest.param(
        "A man, 38, a 12-year-old boy and a woman aged 55 objected.",
        [],
        id="ages",
    ),
    pytest.param(
        "Chapter 19 costs 1,994 dollars.",
        [],
        id="chapters and prices",
    ),
    pytest.param(
        "On [May 2] they left; [that same day], the peso fell.",
        ["2018-05-02 2018-05-02 2018-05-03", "2018-05-02 2018-05-02 2018-05-03"],
        id="same day",
    ),
    pytest.param(
        "On [May 2] they left; [the following day] they came back.",
        ["2018-05-02 2018-05-02 2018-05-03", "2018-05-03 2018-05-03 2018-05-04"],
        id="following day",
    ),
    pytest.param(
        "The note of [February 30] is a forgery.",
        ["None - -"],
        id="no such day",
    ),
    pytest.param(
        "However, May said no, and by May's account it was over.",
        [],
        id="a prime minister is no month",
    ),
    pytest.param(
        "The fall of the peso and the fall in prices surprised them.",
        [],
        id="falling is no season",
    ),
    pytest.param(
        "The Sunday Times broke the story.",
        [],
        id="newspapers are no weekdays",
    ),
    pytest.param(
        "The vote falls on [the first Tuesday of November 2018].",
        ["2018-11-06 2018-11-06 2018-11-07"],
        id="nth weekday",
    ),
    pytest.param(
        "Exports rose 3 percent in [2017] after falling [the year before].",
        ["2017 2017-01-01 2018-01-01", "2016 2016-01-01 2017-01-01"],
        id="year before",
    ),
    pytest.param(
        "Profit fell in [the third quarter of 2017] from [the year-earlier quarter].",
        ["2017-Q3 2017-07-01 2017-10-01", "2016-Q3 2016-07-01 2016-10-01"],
        id="anaphoric quarter",
    ),
    pytest.param(
        "[The next two to three years] will tell.",
        ["P3Y 2018-05-10 2021-05-10"],
        id="two bounds of a length",
    ),
    pytest.param(
        "It has been in force since [Aug. 5].",
        ["2017-08-05 2017-08-05 2017-08-06"],
        id="since a day of last year",
    ),
    pytest.param(
        "By [Tuesday afternoon], the storm had weakened.",
        ["2018-05-08TAF 2018-05-08 2018-05-09"],
        id="by a past weekday",
    ),
    pytest.param(
        "They start at [11:59 p.m. on Monday, June 4].",
        ["2018-06-04T23:59 2018-06-04 2018-06-05"],
        id="time before its day",
    ),
    pytest.param(
        "The [1988-89] season was long.",
        ["1988 1988-01-01 1990-01-01"],
        id="season span in two years",
    ),
    pytest.param(
        "It was signed [years ago].",
        ["PAST_REF - 2018-05-10"],
        id="years ago",
    ),
]


@pytest.mark.parametrize(("marked", "meanings"), CASES)
def test_english_expressions_are_found_and_resolved(marked: str, meanings: list[str]) -> None:
    text = unmarked(marked)
    found = dates_in(text, "en")
    assert with_marks(text, found) == marked
    assert [summary(item) for item in found] == meanings
