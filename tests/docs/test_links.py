"""Readers get where the documents send them."""

import pytest

from monitor.cli.root import COMMANDS
from tests.docs.documents import ROOT, Link, all_documents, anchors, relative_links

LINKS = [link for path in all_documents() for link in relative_links(path)]


@pytest.mark.parametrize(
    "link",
    LINKS,
    ids=[f"{link.source.name}-{link.target.name}-{link.anchor}" for link in LINKS],
)
def test_link_leads_somewhere(link: Link) -> None:
    assert link.target.exists()
    assert link.target.is_relative_to(ROOT)
    if link.anchor:
        assert link.anchor in anchors(link.target)


@pytest.mark.parametrize("command", COMMANDS)
def test_command_is_named_in_the_documents(command: str) -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in all_documents())
    assert f"nafta-monitor {command}" in told or f"`{command}" in told
