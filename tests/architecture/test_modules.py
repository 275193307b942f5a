"""Files stay short, say what they are for, and are named in the house's words."""

import ast
import re

import pytest
from django.apps import apps

from tests.architecture.tree import (
    AREAS,
    PACKAGES,
    ROOT,
    modules_of_tests,
    name_of,
    parsed,
    product_modules,
)

CEILING, TEST_CEILING = 400, 800
DRAWERS = {"utils", "helpers", "common", "lib", "misc"}
READINGS = re.compile(
    r"(.*\.)?(datetime|date|timezone|dt|time)\.(now|utcnow|today|time_ns|localdate|localtime)"
    r"|time\.time|now|localdate|localtime"
)
CONVERSIONS = ("localdate", "localtime")


def lines_in(path):
    return path.read_text(encoding="utf-8").count("\n")


def timeless_modules():
    """Answer the modules whose verdicts must not depend on when they are asked."""
    return [
        path
        for path in product_modules()
        if {"rules", "services"} & {part.removesuffix(".py") for part in path.parts}
    ]


def clock_readings(tree):
    """Answer the calls that ask what time it is; `localdate(moment)` only converts."""
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and READINGS.fullmatch(name := ast.unparse(node.func))
        and not (node.args and name.endswith(CONVERSIONS))
    ]


class TestModules:
    def test_keep_to_the_ceiling(self):
        long = [name_of(path) for path in product_modules() if lines_in(path) > CEILING]

        assert not long
        assert len(product_modules()) > 60

    def test_keep_to_the_ceiling_in_tests(self):
        long = [name_of(path) for path in modules_of_tests() if lines_in(path) > TEST_CEILING]

        assert not long
        assert len(modules_of_tests()) > 15

    def test_say_what_they_are_for(self):
        modules = product_modules() + modules_of_tests()
        silent = [name_of(path) for path in modules if not is_told(path)]

        assert not silent

    def test_are_no_drawers(self):
        parts = {
            part.removesuffix(".py")
            for path in product_modules()
            for part in path.relative_to(ROOT).parts
        }

        assert not parts & DRAWERS

    def test_have_no_signals(self):
        handlers = [
            name_of(path)
            for path in product_modules()
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.ImportFrom)
            and (node.module or "").endswith("db.models.signals")
        ]

        assert not handlers


def is_told(path):
    if path.name == "__init__.py" and not path.read_text(encoding="utf-8").strip():
        return True  # an empty package says nothing and holds nothing
    told = ast.get_docstring(parsed(path)) or ""
    return told.split("\n\n")[0].rstrip().endswith((".", "?", ":"))


class TestTimelessModules:
    def test_read_no_clock(self):
        readings = {
            name_of(path): found
            for path in timeless_modules()
            if (found := clock_readings(parsed(path)))
        }

        assert not readings
        assert len(timeless_modules()) >= 4

    @pytest.mark.parametrize(
        "line",
        [
            "timezone.now()",
            "timezone.localdate()",
            "datetime.datetime.now(tz=UTC)",
            "date.today()",
            "time.time()",
            "localdate()",
        ],
    )
    def test_would_be_caught(self, line):
        assert clock_readings(ast.parse(line))

    @pytest.mark.parametrize(
        "line",
        ["opening.today(on)", "datetime.time(9, 0)", "self.now", "timezone.localdate(moment)"],
    )
    def test_may_speak_of_time(self, line):
        assert not clock_readings(ast.parse(line))


def test_the_day_of_a_moment_is_seouls():
    """`now.date()` is the day in Greenwich, which is yesterday's here until nine in the morning."""
    held = [
        f"{name_of(path)}:{node.lineno}"
        for path in product_modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("now.date", "timezone.now().date")
    ]

    assert not held


class TestAreas:
    def test_have_one_front_door_each(self):
        doors = [area for area in AREAS if (ROOT / area / "area.py").is_file()]

        assert doors == list(AREAS)

    def test_are_mirrored_by_name(self):
        labels = {config.label for config in apps.get_app_configs()}
        for folder in ("templates", "tests"):
            held = {path.name for path in (ROOT / folder).iterdir() if path.is_dir()}
            extra = held - set(PACKAGES) - labels - NOT_AN_APP[folder]
            assert not extra, f"{folder}/{extra} mirrors no app"


NOT_AN_APP = {
    "templates": {
        "components",
        "errors",
        "frame",
        "admin",
        "account",
        "allauth",
        "mfa",
        "socialaccount",
    },
    "tests": {"architecture", "accessibility", "guards", "permissions", "e2e", "__pycache__"},
}
