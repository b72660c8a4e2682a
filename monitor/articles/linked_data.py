"""What a page says of itself in JSON-LD (schema.org)."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

Node = dict[str, Any]

ARTICLE_TYPES = frozenset(
    [
        *("Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle"),
        *("OpinionNewsArticle", "BackgroundNewsArticle", "AskPublicNewsArticle"),
        *("ReviewNewsArticle", "AdvertiserContentArticle", "SatiricalArticle", "BlogPosting"),
        *("LiveBlogPosting", "SocialMediaPosting", "Report", "TechArticle", "ScholarlyArticle"),
        "DiscussionForumPosting",
    ]
)
_WRAPPING = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*$")
# A page names a few things; thousands are a list or an attack.
_MAX_NODES = 2000
_MAX_SCRIPT = 2_000_000


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The article's own node (empty where there is none) and the types of all nodes."""

    article: Node
    types: frozenset[str]

    @property
    def is_live(self) -> bool:
        """Whether the article is a live blog."""
        return "LiveBlogPosting" in types_of(self.article)

    @property
    def body(self) -> str:
        """The article's own text, markup or plain; of a live blog the texts of its updates."""
        parts = [self.article, *_listed(self.article.get("liveBlogUpdate"))]
        texts = [part.get("articleBody") for part in parts if isinstance(part, dict)]
        return "\n\n".join(text for text in texts if isinstance(text, str))

    @property
    def is_free(self) -> bool | None:
        """What ``isAccessibleForFree`` says of the article or a part of it."""
        nodes = [self.article, *_listed(self.article.get("hasPart"))]
        said = [_truth(node.get("isAccessibleForFree")) for node in nodes if isinstance(node, dict)]
        if False in said:
            return False
        return True if True in said else None


def read_linked_data(tree: HtmlElement, addresses: frozenset[str]) -> LinkedData:
    """The JSON-LD of *tree*; *addresses* are the page's own, to know its article among others."""
    nodes = list(_nodes(tree))
    articles = [node for node in nodes if types_of(node) & ARTICLE_TYPES]
    own = [node for node in articles if _addresses(node) & addresses]
    titled = [node for node in articles if node.get("headline") and node.get("datePublished")]
    best = next(iter(own or titled or articles), {})
    types = frozenset(name for node in nodes for name in types_of(node))
    return LinkedData(best, types)


def types_of(node: Node) -> frozenset[str]:
    """The schema.org types of *node*, without their namespace."""
    said = node.get("@type")
    names = said if isinstance(said, list) else [said]
    return frozenset(re.split(r"[/:#]", name)[-1] for name in names if isinstance(name, str))


def names_of(value: object) -> list[str]:
    """The names of a person, an organisation, or a list of such; a plain string is a name."""
    names = []
    for one in _listed(value):
        names += _listed(one.get("name") if isinstance(one, dict) else one)
    return [
        folded for name in names if isinstance(name, str) and (folded := " ".join(name.split()))
    ]


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _nodes(tree: HtmlElement) -> Iterator[Node]:
    """Every object of the page's JSON-LD, outer ones first."""
    waiting: list[object] = []
    for script in tree.iter("script"):
        kind = script.get("type", "").strip().lower()
        if kind.startswith("application/ld+json") and script.text:
            waiting.append(_load(script.text))
    seen = 0
    while waiting and seen < _MAX_NODES:
        value = waiting.pop(0)
        seen += 1
        if isinstance(value, list):
            waiting.extend(value[:_MAX_NODES])
        elif isinstance(value, dict):
            yield value
            inner = (value.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage"))
            waiting.extend(part for part in inner if isinstance(part, list | dict))


def _load(script: str) -> object:
    if len(script) > _MAX_SCRIPT:
        return None
    text = _WRAPPING.sub("", script).strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _addresses(node: Node) -> set[str]:
    page = node.get("mainEntityOfPage")
    said = [node.get("url"), node.get("@id"), page]
    if isinstance(page, dict):
        said.append(page.get("@id"))
    return {bare_address(address) for address in said if isinstance(address, str)}


def bare_address(address: str) -> str:
    """*address* without scheme, query, fragment and last slash, for comparing."""
    return re.split(r"[?#]", address.strip())[0].rpartition("://")[2].rstrip("/").lower()


def _truth(value: object) -> bool | None:
    said = str(value).strip().rpartition("/")[2].lower()
    return {"true": True, "false": False}.get(said)
