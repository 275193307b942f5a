"""Migrations are named by hand, complete, and in one line in each app."""

import re
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.architecture.tree import PACKAGES, ROOT, name_of

BY_MACHINE = re.compile(
    r"_auto_|_and_more|_more$|^\d{4}_(alter|remove|add|delete|rename)_\w+_\w+_\w+_\w+_"
)
# What a migration says must still be so when the code has moved on.
LIVING = re.compile(r"^from [\w.]+\.(?:services|rules|queries|models|enums)\b", re.M)
NUMBERED = re.compile(r"\d{4}_[a-z0-9_]+")


def migrations():
    return [
        path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("migrations/*.py"))
        if path.name != "__init__.py"
    ]


class TestMigrations:
    def test_are_named_by_hand(self):
        wrong = [
            name_of(path)
            for path in migrations()
            if BY_MACHINE.search(path.stem) or not NUMBERED.fullmatch(path.stem)
        ]

        assert not wrong
        assert len(migrations()) >= 2

    @pytest.mark.parametrize(
        "name", ["0002_auto_20260101_1200", "0003_alter_user_name_and_more", "second"]
    )
    def test_would_be_caught(self, name):
        assert BY_MACHINE.search(name) or not NUMBERED.fullmatch(name)

    def test_take_a_number_once(self):
        numbers = Counter((path.parent, path.stem[:4]) for path in migrations())

        assert not [str(key) for key, times in numbers.items() if times > 1]

    def test_use_no_code_that_moves_on(self):
        using = {path.stem for path in migrations() if LIVING.search(path.read_text())}

        # What is derived there is derived anew with the index; written before this was a rule.
        assert using == {"0005_compound_vowels_are_one_jamo"}

    def test_are_complete(self, db):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)

    def test_do_not_part_ways(self, db):
        loader = MigrationLoader(connection)

        assert loader.detect_conflicts() == {}
        assert len(loader.graph.nodes) > len(migrations())
