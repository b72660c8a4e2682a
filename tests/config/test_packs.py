"""The packs: what ships is right, and what is wrong with a pack is told with its place."""

import re
import time
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from config.packs import Pack, PackError, check_pack, load_packs, shapes, shipped_packs
from config.packs.ambiguity import shared_terms
from config.packs.building import FILES
from config.packs.places import line_numbers, nearest_line
from extractors.languages import SUPPORTED
from extractors.reading import prepare, read
from extractors.terms import TermKind
from extractors.types import Document
from monitor.cli.root import cli

WritePack = Callable[..., Path]

HEAD = """\
name = "mine"
version = 1
[title]
en = "My talks"
[agreements]
en = ["My Treaty"]
"""
PARTIES = """\
[[party]]
id = "AA"
names = { en = "Aland" }
terms = { en = ["Aland"] }
"""


@pytest.fixture
def write_pack(tmp_path: Path) -> WritePack:
    """A function that writes a small pack; a file is given as ``people="…"``."""

    def write(head: str = HEAD, **files: str) -> Path:
        texts = {"pack": head, "parties": PARTIES} | files
        for name, text in texts.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture(scope="module", params=shipped_packs())
def shipped(request: pytest.FixtureRequest) -> Pack:
    """Each pack that ships, in turn."""
    return load_packs([request.param])[0]


@pytest.fixture(scope="module")
def nafta() -> Pack:
    """The pack of the North American negotiation."""
    return load_packs(["nafta"])[0]


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


def test_shipped_pack_loads_in_a_blink(shipped: Pack) -> None:
    load_packs([shipped.name])
    started = time.process_time()
    load_packs([shipped.name])
    assert time.process_time() - started < 0.5


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


ISSUE = """\
[[issue]]
id = "i"
group = "substance"
names = { en = "Milk" }
terms = { en = ["milk"] }
"""
CLOCK = """\
[[clock]]
id = "c"
names = { en = "Clock" }
length = 90
unit = "calendar-days"
anchor = { en = "signature" }
direction = "before"
source = "Act 1"
"""
PERSON = '[[person]]\nid = "x"\nname = "Xenia"\n'

FAULTS = {
    "toml": ({"issues": 'a = 1\nb = "\n'}, "issues.toml:2: this is not valid TOML"),
    "toml-at-the-end": ({"issues": "a = 1\n\nb = ["}, "issues.toml:3: this is not valid TOML"),
    "toml-of-the-head": ({"head": "= 1"}, "pack.toml:1: this is not valid TOML"),
    "file": ({"peeple": ""}, "peeple.toml:1: a pack has no file of this name"),
    "file-hint": ({"peeple": ""}, "did you mean 'people.toml'?"),
    "table": ({"issues": "[[isue]]\n"}, "issues.toml:1: this file holds [[issue]] tables"),
    "not-tables": ({"issues": 'issue = "milk"\n'}, "issues.toml:1: each issue must be a table"),
    "key": (
        {"issues": ISSUE + 'wek = { en = ["x"] }\n'},
        "issues.toml:6: the key 'wek' is not known; did you mean 'weak'?",
    ),
    "missing": (
        {"issues": "\n" + ISSUE.replace('group = "substance"\n', "")},
        "issues.toml:2: the key 'group' is missing.",
    ),
    "type": (
        {"clocks": CLOCK.replace("90", '"ninety"')},
        "clocks.toml:4: length must be a whole number",
    ),
    "boolean": ({"clocks": CLOCK.replace("90", "true")}, "clocks.toml:4: length must be"),
    "choice": (
        {"clocks": CLOCK.replace("calendar-days", "days")},
        "clocks.toml:5: unit must be one of calendar-days",
    ),
    "not-by-language": (
        {"issues": ISSUE.replace('{ en = "Milk" }', '"Milk"')},
        "issues.toml:4: names must be given by language",
    ),
    "language": (
        {"issues": ISSUE.replace("{ en = [", "{ english = [")},
        "issues.toml:5: terms.english 'english' is not a language's code",
    ),
    "not-a-list": (
        {"issues": ISSUE.replace('["milk"]', '"milk"')},
        "issues.toml:5: terms.en must be a list",
    ),
    "empty-term": (
        {"issues": ISSUE.replace('["milk"]', '[\n  "milk",\n  " ",\n]')},
        "issues.toml:7: terms.en must be a text",
    ),
    "brace": (
        {"issues": ISSUE.replace("milk", "milk{s|")},
        "issues.toml:5: terms.en has a brace without its other half",
    ),
    "closing-brace": (
        {"issues": ISSUE.replace("milk", "milk}s")},
        "issues.toml:5: terms.en has a brace without its other half",
    ),
    "empty-alternatives": (
        {"issues": ISSUE.replace("milk", "{milk|}")},
        "issues.toml:5: terms.en leaves nothing",
    ),
    "too-many-alternatives": (
        {"issues": ISSUE.replace("milk", "{a|b|c|d|e|f|g|h}" * 5)},
        "issues.toml:5: terms.en stands for more than",
    ),
    "pattern": (
        {"issues": ISSUE + "[issue.unless]\nen = [\n  'fine',\n  '(open',\n]\n"},
        "issues.toml:9: unless.en is no regular expression",
    ),
    "pattern-with-accent": (
        {"issues": ISSUE + "[issue.unless]\nfr = ['été']\n"},
        "issues.toml:7: unless.fr must be in lower case and without accents",
    ),
    "duplicate": (
        {"issues": ISSUE + ISSUE},
        "issues.toml:7: the id 'i' is taken already, on line 2.",
    ),
    "duplicate-feed": (
        {"feeds": '[[feed]]\nurl = "https://a.test/"\noutlet = "A"\n' * 2},
        "feeds.toml:5: the url 'https://a.test/' is taken already, on line 2.",
    ),
    "party": (
        {"people": PERSON + 'party = "AB"\n'},
        "people.toml:4: the party 'AB' is not known in this pack; known are AA.",
    ),
    "flag": (
        {"parties": PARTIES + 'outside = "yes"\n'},
        "parties.toml:5: outside must be true or false.",
    ),
    "narrows-to": (
        {"issues": ISSUE + 'narrows_to = "j"\n'},
        "issues.toml:6: the issue 'j' is not known in this pack; known are i.",
    ),
    "kept-by": (
        {"issues": ISSUE + 'kept_by = ["AB"]\n'},
        "issues.toml:6: the party 'AB' is not known in this pack; known are AA.",
    ),
    "organisation": (
        {"people": PERSON + 'offices = [\n  { title = { en = "B" }, organisation = "o" },\n]\n'},
        "people.toml:5: the organisation 'o' is not known in this pack; none is known.",
    ),
    "post": (
        {"people": PERSON + 'offices = [{ post = "p" }]\n'},
        "people.toml:4: the post 'p' is not known in this pack",
    ),
    "no-post-no-title": (
        {"people": PERSON + 'offices = [{ start = "2018" }]\n'},
        "people.toml:4: the key 'title' is missing.",
    ),
    "offices": (
        {"people": PERSON + 'offices = "boss"\n'},
        "people.toml:4: offices must be a list of tables",
    ),
    "order": (
        {
            "people": PERSON
            + 'offices = [\n  { title = { en = "B" }, start = "2018", end = "2017-12" },\n]\n'
        },
        "people.toml:5: the office of 'x' ends before it starts.",
    ),
    "date": (
        {
            "milestones": '[[milestone]]\nid = "m"\nkind = "event"\n'
            'start = "2018-02-30"\nwhat = { en = "W" }\n'
        },
        "milestones.toml:4: start must be a date",
    ),
    "month": (
        {"people": PERSON + 'offices = [{ title = { en = "B" }, start = "2018-13" }]\n'},
        "people.toml:4: start must be a date",
    ),
    "date-and-time": (
        {
            "milestones": '[[milestone]]\nid = "m"\nkind = "event"\n'
            'start = 2018-02-03T10:00:00\nwhat = { en = "W" }\n'
        },
        "milestones.toml:4: start must be a date",
    ),
    "zone": (
        {"parties": PARTIES + 'zone = "America/Nowhere"\n'},
        "parties.toml:5: zone must name a time zone",
    ),
    "zone-outside": ({"parties": PARTIES + 'zone = "../etc"\n'}, "parties.toml:5: zone must name"),
    "url": (
        {"feeds": '[[feed]]\nurl = "file:///etc/passwd"\noutlet = "A"\n'},
        "feeds.toml:2: url must be an address",
    ),
    "identifier": ({"issues": ISSUE.replace('"i"', '"a b"')}, "issues.toml:2: id must be made of"),
    "head": ({"head": HEAD.replace("version = 1\n", "")}, "pack.toml:1: the key 'version' is"),
}


@pytest.mark.parametrize(("files", "told"), FAULTS.values(), ids=FAULTS)
def test_fault_is_told_with_file_and_line(
    write_pack: WritePack, files: dict[str, str], told: str
) -> None:
    folder = write_pack(**files)
    faults = check_pack(folder)
    assert [fault for fault in faults if told in fault], faults
    assert all(re.match(rf"{re.escape(str(folder))}/\w+\.toml:\d+: ", fault) for fault in faults)


def test_every_fault_is_told_at_once(write_pack: WritePack) -> None:
    issues = ISSUE.replace("substance", "stuff") + CLOCK.replace("clock", "issue")
    with pytest.raises(PackError) as raised:
        load_packs([str(write_pack(issues=issues, people="x = [")), "no-such-pack"])
    assert raised.value.exit_code == 2
    told = "\n".join(raised.value.faults)
    assert str(raised.value) == told
    for part in ("people.toml:1", "issues.toml:3: group", "issues.toml:6", "no-such-pack"):
        assert part in told


def test_file_that_is_not_utf8_is_told(write_pack: WritePack) -> None:
    folder = write_pack()
    (folder / "issues.toml").write_bytes(b"# \xff\n")
    assert check_pack(folder) == [f"{folder}/issues.toml:1: the file is not UTF-8 text."]


def test_unreadable_file_does_not_make_its_names_unknown(write_pack: WritePack) -> None:
    faults = check_pack(write_pack(parties="[[", people=PERSON + 'party = "AA"\n'))
    assert len(faults) == 1
    assert "parties.toml:1" in faults[0]


def test_wrong_post_is_told_once(write_pack: WritePack) -> None:
    posts = '[[post]]\nid = "p"\ntitle = "Boss"\n'
    faults = check_pack(write_pack(posts=posts, people=PERSON + 'offices = [{ post = "p" }]\n'))
    assert len(faults) == 1
    assert "posts.toml:3: title must be given by language" in faults[0]


def test_folder_without_head_is_no_pack(tmp_path: Path) -> None:
    assert check_pack(tmp_path) == [
        f"{tmp_path}: this folder holds no pack.toml, so it is not a pack."
    ]


def test_name_close_to_a_shipped_pack_gets_a_hint() -> None:
    assert check_pack("naftta") == ["There is no pack 'naftta'; did you mean 'nafta'?"]


@pytest.mark.parametrize("name", ["tisa", "./nowhere/pack", ""])
def test_pack_that_is_not_there_is_told(name: str) -> None:
    with pytest.raises(PackError, match=r"[Tt]here"):
        load_packs([name])


def test_lines_are_found_in_all_kinds_of_toml() -> None:
    text = """\
# a comment with [[brackets]] and = signs
top.level = "x = [1]"
[[a]]
list = [
  "one", # [
  'two ]',
  { key = \"\"\"
multi\"\"\", other = 3.5 },
]
[a.sub]
day = 2018-01-02
[[a]]
"quoted key" = 1
[a.sub]
b = 2
"""
    lines = line_numbers(text)
    assert lines["top", "level"] == 2
    assert lines["a", 0, "list", 1] == 6
    assert lines["a", 0, "list", 2, "other"] == 8
    assert lines["a", 0, "sub", "day"] == 11
    assert lines["a", 1] == 12
    assert lines["a", 1, "quoted key"] == 13
    assert lines["a", 1, "sub", "b"] == 15
    assert nearest_line(lines, ("a", 1, "sub", "missing")) == 14
    assert nearest_line({}, ("a",)) == 1


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
