"""The packs: what ships is right, and a pack says what it means."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from config.packs import Pack, load_packs, shapes, shipped_packs
from config.packs.ambiguity import shared_terms
from config.packs.building import FILES
from extractors.languages import SUPPORTED
from extractors.reading import prepare, read
from extractors.terms import TermKind
from extractors.types import Document
from monitor.cli.root import cli
from tests.config.written import ISSUE, PARTIES, PERSON, WritePack


def test_two_packs_ship() -> None:
    assert shipped_packs() == ["eu-mercosur", "nafta"]


def test_shipped_pack_holds_every_part(shipped: Pack) -> None:
    assert shipped.name in shipped_packs()
    assert shipped.parties
    assert shipped.people
    assert shipped.organisations
    assert shipped.issues
    assert shipped.milestones
    assert shipped.clocks
    assert shipped.feeds


@pytest.mark.parametrize("lang", SUPPORTED)
def test_shipped_pack_speaks_every_language(shipped: Pack, lang: str) -> None:
    assert shipped.agreements[lang]
    assert [issue.id for issue in shipped.issues if not issue.terms.get(lang)] == []
    assert [issue.id for issue in shipped.issues if not issue.names.get(lang)] == []
    assert [party.id for party in shipped.parties if not party.terms.get(lang)] == []


def test_shipped_terms_compile_and_are_found(shipped: Pack) -> None:
    knowledge = prepare((shipped,))
    for lang, forms in shipped.agreements.items():
        hits = read(Document(f"– {forms[0]} –", lang=lang), knowledge).hits
        assert shipped.name in [id for hit in hits for id in hit.ids(TermKind.AGREEMENT)]


def test_no_strong_term_of_shipped_pack_names_two_issues(shipped: Pack) -> None:
    assert list(shared_terms(shipped)) == []


def test_person_holds_the_office_of_the_day(nafta: Pack) -> None:
    freeland = next(person for person in nafta.people if person.id == "chrystia-freeland")
    office = freeland.office_on(date(2018, 3, 28))
    assert office is not None
    assert office.title["en"] == "Minister of Foreign Affairs"
    assert office.organisation == "ca-gac"
    assert office.nouns
    assert "Canada's foreign minister" in office.nouns["en"]


@pytest.mark.parametrize(
    ("day", "holder"),
    [
        (date(2018, 3, 28), "robert-lighthizer"),
        (date(2022, 7, 20), "katherine-tai"),
        (date(2026, 3, 16), "jamieson-greer"),
    ],
)
def test_role_noun_stands_for_the_holder_of_the_day(nafta: Pack, day: date, holder: str) -> None:
    (hit,) = [
        hit
        for hit in read(
            Document("The top U.S. trade official left.", lang="en"), prepare((nafta,))
        ).hits
        if hit.ids(TermKind.NOUN)
    ]
    nouns = [term for term in hit.terms if term.kind is TermKind.NOUN]
    people = {person.id: person for person in nafta.people}
    holders = [term.id for term in nouns if people[term.id].answers_to(term.form, "en", day)]
    assert holders == [holder]


def test_folder_is_loaded_by_its_path(write_pack: WritePack) -> None:
    (pack,) = load_packs([str(write_pack())])
    assert pack.name == "mine"
    assert pack.parties[0].terms == {"en": ("Aland",)}


def test_pack_named_twice_is_loaded_once() -> None:
    assert len(load_packs(["nafta", "nafta"])) == 1


def test_alternatives_in_braces_are_written_out(write_pack: WritePack) -> None:
    parties = PARTIES.replace('["Aland"]', '["{the |}Aland{er|ish {one|two}}"]')
    (pack,) = load_packs([str(write_pack(parties=parties))])
    assert pack.parties[0].terms["en"] == (
        "the Alander",
        "the Alandish one",
        "the Alandish two",
        "Alander",
        "Alandish one",
        "Alandish two",
    )


def test_months_and_years_of_office_are_meant_whole(write_pack: WritePack) -> None:
    people = """\
[[person]]
id = "x"
name = "Xenia Ypsilon"
party = "AA"
offices = [{ title = { en = "Boss" }, start = "2018-02", end = "2020" }]
"""
    (pack,) = load_packs([str(write_pack(people=people))])
    office = pack.people[0].offices[0]
    assert (office.start, office.end) == (date(2018, 2, 1), date(2020, 12, 31))


def test_office_says_what_its_post_does_not(write_pack: WritePack) -> None:
    posts = '[[post]]\nid = "boss"\ntitle = { en = "Boss" }\nnouns = { en = ["the boss"] }\n'
    people = """\
[[person]]
id = "x"
name = "Xenia"
offices = [{ post = "boss", title = { en = "Acting boss" } }]
"""
    (pack,) = load_packs([str(write_pack(posts=posts, people=people))])
    office = pack.people[0].offices[0]
    assert office.title == {"en": "Acting boss"}
    assert office.nouns == {"en": ("the boss",)}


def test_milestone_without_end_lasts_as_long_as_its_start(write_pack: WritePack) -> None:
    milestones = """\
[[milestone]]
id = "m"
kind = "meeting"
start = "2026-07"
what = { en = "Review" }
"""
    (pack,) = load_packs([str(write_pack(milestones=milestones))])
    assert pack.milestones[0].end == date(2026, 7, 31)


def test_term_of_two_issues_is_warned_of(write_pack: WritePack) -> None:
    other = ISSUE.replace('"i"', '"j"').replace("milk", "Milk")
    (pack,) = load_packs([str(write_pack(issues=ISSUE + other))])
    assert list(shared_terms(pack)) == ["'milk' (en) names i and j."]


def test_check_prints_faults_and_fails(write_pack: WritePack) -> None:
    folder = write_pack(people=PERSON + 'party = "AB"\n')
    result = CliRunner().invoke(cli, ["packs", "check", str(folder)], standalone_mode=False)
    assert result.return_value == 1
    assert result.stdout.startswith(f"{folder}/people.toml:4: ")


def test_check_of_a_right_pack_prints_nothing_on_stdout() -> None:
    result = CliRunner().invoke(cli, ["packs", "check", "nafta"], standalone_mode=False)
    assert result.return_value == 0
    assert result.stdout == ""


@pytest.mark.parametrize(
    "part", ["parties", "people", "organisations", "issues", "milestones", "clocks", "feeds"]
)
def test_show_lists_each_part(part: str) -> None:
    result = CliRunner().invoke(cli, ["packs", "show", "nafta", part, "--format", "jsonl"])
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == len(getattr(load_packs(["nafta"])[0], part))


def test_list_names_the_shipped_packs() -> None:
    result = CliRunner().invoke(cli, ["packs", "list"])
    assert result.exit_code == 0
    assert "nafta" in result.stdout
    assert "eu-mercosur" in result.stdout


SHAPES = {
    "pack.toml": shapes.HEAD,
    "An office": shapes.OFFICE,
    **{name: shape for name, (_, _, shape) in FILES.items()},
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_key_is_documented(name: str) -> None:
    docs = Path(__file__).resolve().parents[2] / "docs" / "packs.md"
    text = docs.read_text(encoding="utf-8")
    section = text[text.index(name if name == "An office" else f"### `{name}`") :]
    section = section[: section.find("\n### ", 5)]
    assert [key for key in SHAPES[name].readers if f"`{key}`" not in section] == []


@pytest.mark.parametrize("example", range(4))
def test_examples_of_the_docs_are_valid(example: int) -> None:
    docs = Path(__file__).resolve().parents[2] / "docs" / "packs.md"
    examples = re.findall(r"```toml\n(.*?)```", docs.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 4
    tomllib.loads(examples[example])
