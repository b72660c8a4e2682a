"""Lists of feeds as other readers exchange them (OPML 2.0)."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from monitor.errors import UsageError
from monitor.feeds.values import one_line, web_link


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """One feed of a list; folders inside folders are joined by slashes."""

    url: str
    title: str | None = None
    folder: str | None = None


def read_opml(body: bytes) -> list[OpmlFeed]:
    """The feeds of an OPML file, each address once.

    Raises :class:`monitor.errors.UsageError` where it is no OPML.
    """
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise UsageError("The file is no OPML; export the feeds as OPML and give that file.")
    found: dict[str, OpmlFeed] = {}
    for outline in root.iter("{*}outline"):
        attributes = {name.lower(): value for name, value in outline.attrib.items()}
        url = web_link(attributes.get("xmlurl"))
        if url is not None and url not in found:
            found[url] = OpmlFeed(url, _name(attributes), _folder(outline))
    return list(found.values())


def _name(attributes: dict[str, str]) -> str | None:
    return one_line(attributes.get("title")) or one_line(attributes.get("text"))


def _folder(outline: etree._Element) -> str | None:
    names = []
    for above in outline.iterancestors("{*}outline"):
        name = _name({name.lower(): value for name, value in above.attrib.items()})
        if name:
            names.append(name)
    return "/".join(reversed(names)) or None


def write_opml(feeds: Iterable[OpmlFeed], title: str) -> str:
    """An OPML document with *feeds* in their folders."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = one_line(title)
    folders = {"": etree.SubElement(root, "body")}
    for feed in feeds:
        name = one_line(feed.title)
        attributes = {"type": "rss", "text": name or feed.url, "xmlUrl": feed.url}
        if name:
            attributes["title"] = name
        above = _folder_element(folders, one_line(feed.folder) or "")
        etree.SubElement(above, "outline", attributes)
    document: bytes = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", pretty_print=True
    )
    return document.decode()


def _folder_element(folders: dict[str, etree._Element], path: str) -> etree._Element:
    if path not in folders:
        above, _, name = path.rpartition("/")
        folders[path] = etree.SubElement(_folder_element(folders, above), "outline", text=name)
    return folders[path]
