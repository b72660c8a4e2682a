"""What is wrong with a pack is told with its place."""

import re
from pathlib import Path

import pytest

from config.packs import PackError, check_pack, load_packs
from config.packs.places import line_numbers, nearest_line
from tests.config.written import CLOCK, HEAD, ISSUE, PARTIES, PERSON, WritePack

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
