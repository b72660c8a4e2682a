"""A small pack, part by part, as a user would write it."""

from collections.abc import Callable
from pathlib import Path

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
