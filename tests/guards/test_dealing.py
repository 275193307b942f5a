"""The tests of a run are dealt to its workers whole, the longest first."""

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from tests import dealing


class Asked:
    """What dealing reads of a test, and writes to it."""

    def __init__(self, nodeid):
        self.nodeid, self.groups = nodeid, []

    def add_marker(self, mark):
        self.groups.append(mark.args[0])


SHORT = [Asked(f"tests/core/test_areas.py::test_{number}") for number in range(3)]
LONG = [Asked(f"tests/e2e/test_every_page.py::TestEveryPage::test_is[{one}]") for one in "ab"]
MANY = [Asked(f"tests/core/places/test_rules_hours.py::test_{number}") for number in range(400)]


@pytest.fixture
def dealt():
    items = [*SHORT, *MANY, *LONG]
    dealing.deal(items)
    return items


class TestDealing:
    def test_leaves_no_test_out(self, dealt):
        assert Counter(dealt) == Counter([*SHORT, *MANY, *LONG])

    def test_puts_the_longest_first(self, dealt):
        assert dealt == [*LONG, *MANY, *SHORT]

    def test_keeps_a_file_together_and_gives_long_tests_one_by_one(self, dealt):
        assert {group for item in MANY for group in item.groups} == {
            "tests/core/places/test_rules_hours.py"
        }
        assert all(item.groups == [] for item in LONG)

    def test_names_what_there_is(self):
        named = {name.partition("::")[0] for name in (*dealing.ALONE, *dealing.TOOK)}

        assert len(named) > 10
        assert not [name for name in named if not Path(settings.BASE_DIR, name).exists()]

    def test_is_asked_for_by_the_command(self):
        recipe = (settings.BASE_DIR / "Makefile").read_text().partition("\ntest:")[2]

        assert "--dist loadgroup --no-loadscope-reorder" in recipe
