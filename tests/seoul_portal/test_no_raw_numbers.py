"""Nothing at the desk is called by its number in the database: staff read names, days and words.

Requests and households in care have numbers that people write on paper and say by telephone.
The way back above each page leads to no page that its reader may not see.
"""

import re

import pytest
from bs4 import BeautifulSoup

from tests.permissions.roles import make_world
from tests.permissions.table import DESKS
from tests.permissions.walk import clients

pytestmark = pytest.mark.django_db
OBJECT = re.compile(r"\bobject \(|<[\w.]+ object")
UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
NUMBER = re.compile(r"#\d+")
# What a choice is called in the database, where its words should stand: GIVEN_UP, MANAGER.
ENUM = re.compile(r"\b[A-Z]{4,}(?:_[A-Z]+)*\b")
WORDS = {"JPEG", "XLSX", "HTTP", "HTTPS", "JSON", "HTML"}
NUMBERED = {"cases.case", "welfare.carehousehold"}


def shown(response):
    page = BeautifulSoup(response.content, "html.parser")
    for hidden in page.select("script, style, template, [data-source]"):
        hidden.decompose()
    main = page.select_one("#main") or page
    return f"{page.title.text} {main.get_text(' ')}"


def faults(text, model):
    found = [*OBJECT.findall(text), *UUID.findall(text)]
    if model not in NUMBERED:
        found += NUMBER.findall(text)
    return found + [one for one in ENUM.findall(text) if one not in WORDS]


def ways_back(response):
    page = BeautifulSoup(response.content, "html.parser")
    return {one["href"] for one in page.select("header a[href^='/admin/']")}


class TestDesk:
    def test_calls_nothing_by_its_number_or_its_name_in_the_database(self):
        world = make_world()
        browser = clients(world)
        wrong, pages, back = [], 0, set()
        for desk in DESKS:
            key = desk.sample(world)
            base = f"/admin/{desk.model.replace('.', '/')}/"
            asked = [(base, desk.lists or desk.look)]
            asked += [(f"{base}{key}/{what}/", desk.look) for what in ("change", "history")]
            for path, roles in asked:
                if not roles:
                    continue
                role = min(roles)
                response = browser[role].get(path, follow=True)
                if response.status_code != 200:
                    continue
                pages += 1
                wrong += [f"{path}: {one}" for one in faults(shown(response), desk.model)]
                back |= {(role, path, one) for one in ways_back(response)}
        for role, address in {(role, address) for role, _path, address in back}:
            if browser[role].get(address).status_code in (403, 404):
                wrong += [f"{one}: leads to {address}" for _, one, to in back if to == address]

        assert not wrong, "\n".join(wrong)
        assert pages > 2 * len(DESKS)
