"""The commands that the outside relies on exist, and say what they do."""

import subprocess

from django.core.management import get_commands, load_command_class

from tests.architecture.tree import PACKAGES, ROOT


class TestMake:
    def test_offers_and_explains_the_promised_commands(self):
        said = subprocess.run(
            ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout

        offered = {line.split()[1]: line.split()[2:] for line in said.splitlines()}
        assert {"run", "test", "quality", "fix", "bench", "install", "lock"} <= offered.keys()
        assert all(offered.values())

    def test_runs_without_a_name_into_the_help(self):
        answers = [
            subprocess.run(["make", *words], cwd=ROOT, capture_output=True, text=True, check=True)
            for words in ([], ["help"])
        ]

        assert answers[0].stdout == answers[1].stdout


class TestManage:
    def test_offers_and_explains_the_promised_commands(self):
        ours = {
            name: load_command_class(app, name).help
            for name, app in get_commands().items()
            if app.partition(".")[0] in PACKAGES
        }

        assert {"sync", "upstreams", "demo", "translations"} <= ours.keys()
        assert [name for name, told in ours.items() if not told] == []
