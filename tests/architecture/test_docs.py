"""The pages for engineers lead to what is there, and leave out no room of the house."""

import re

import pytest

from tests.architecture.tree import ROOT, contract, name_of

LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def links(text):
    found = LINK.findall(CODE.sub("", text))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def headings(text):
    """Answer the anchors of a page, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", CODE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


class TestLinks:
    @pytest.mark.parametrize("page", PAGES, ids=name_of)
    def test_lead_to_what_is_there(self, page):
        for link in links(page.read_text(encoding="utf-8")):
            path, _, anchor = link.partition("#")
            goal = page.parent / path if path else page
            assert goal.exists(), f"{name_of(page)} leads to {link}"
            if anchor:
                assert anchor in headings(goal.read_text(encoding="utf-8")), link

    def test_are_found_at_all(self):
        assert len(links((ROOT / "README.md").read_text(encoding="utf-8"))) >= 8
        assert links("[a](b.md) [c](https://x.example) ```\n[d](e.md)\n```") == ["b.md", "e.md"]
        assert links("```\n[d](e.md)\n```\n[a](b.md#c)") == ["b.md#c"]


class TestArchitecture:
    def test_names_every_room_of_core(self):
        text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
        told = set(re.findall(r"^\| `(\w+)[/.]", text, re.MULTILINE))

        assert set(contract("Order inside core")["layers"]) <= told
