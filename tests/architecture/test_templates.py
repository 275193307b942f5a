"""Templates: none unused, none with style or script of its own, none that skips the components."""

import re
from functools import cache

import pytest
from django.template import Library, engines

from tests.architecture.tree import ROOT, name_of, product_modules, templates

# Found by their name alone: error pages by Django, overrides by the apps they override.
BY_NAME = re.compile(
    r"(errors/)?\d{3}(_\w+)?\.html|robots\.txt|(admin|account|allauth|mfa|socialaccount|unfold|usersessions)/.*"
)
SHOWN_IN_TESTS_ONLY = re.compile(r".*/tests?/.*")
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a script of its own": re.compile(
        r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*type\s*=\s*.application/(ld\+)?json)", re.I
    ),
    "a javascript: address": re.compile(r"(href|src|action)\s*=\s*[\"']\s*javascript:", re.I),
    "an address on another origin for an asset": re.compile(
        r"<(script|img|iframe|source|video|audio)\b[^>]*\bsrc\s*=\s*[\"'](https?:)?//", re.I
    ),
}
# The mark of a piece of script in htmx's attributes, which the Content-Security-Policy forbids.
COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?endcomment\s*%}|<!--.*?-->", re.S)


def text_of(path):
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def faults_in(text):
    return [what for what, mark in FORBIDDEN.items() if mark.search(text)]


@cache
def everything_written():
    """Answer all source text in which a template's name may stand."""
    return "\n".join(
        path.read_text(encoding="utf-8") for path in (*product_modules(), *templates())
    )


def html():
    return [path for path in templates() if path.suffix in {".html", ".svg", ".xml"}]


class TestTemplates:
    def test_are_all_used(self):
        written = everything_written()
        unused = [
            name
            for path in templates()
            if (name := str(path.relative_to(ROOT / "templates")))
            and not BY_NAME.fullmatch(name)
            and not re.search(rf"[\"']{re.escape(name)}[\"']", written)
        ]

        assert not unused
        assert len(templates()) >= 1

    def test_hold_neither_style_nor_script(self):
        faults = {name_of(path): found for path in html() if (found := faults_in(text_of(path)))}

        assert not faults
        assert len(html()) >= 1

    @pytest.mark.parametrize(
        "text",
        [
            '<p style="color:red">',
            '<button type="button"\n onclick="go()">',
            "<style>p{}</style>",
            "<script>go()</script>",
            '<script type="module">go()</script>',
            '<a href="javascript:go()">',
            '<img alt="" src="//tiles.example/1.png">',
        ],
    )
    def test_would_be_caught(self, text):
        assert faults_in(text)

    @pytest.mark.parametrize(
        "text",
        [
            "<script src=\"{% static 'dist/portal.js' %}\" defer></script>",
            '<script type="application/ld+json">{}</script>',
            '<link rel="stylesheet" href="/preferences.css">',
        ],
    )
    def test_may_name_what_we_serve(self, text):
        assert not faults_in(text)

    def test_can_all_be_read(self):
        engine = engines["django"]

        for path in templates():
            engine.get_template(str(path.relative_to(ROOT / "templates")))


class TestComponents:
    def test_are_all_used(self):
        from core.web.templatetags import components

        assert isinstance(components.register, Library)
        written = "\n".join(text_of(path) for path in templates())
        unused = [
            name
            for name in (*components.register.tags, *components.register.filters)
            if not re.search(rf"{{%-?\s*{name}\b|\|{name}\b", written)
        ]

        assert not unused


class TestWords:
    # What a person reads holds no choice of particles: the sentence is built to need none.
    PARTICLES = re.compile(r"\((?:으|이|는|가|를|을|과|와|라|여|로)\)(?:로|라|나)?")

    def test_are_whole_in_templates_and_code(self):
        folders = (*(path for path in templates()), *product_modules())
        found = [
            f"{name_of(path)}: {one}"
            for path in folders
            for one in self.PARTICLES.findall(path.read_text(encoding="utf-8"))
        ]

        assert not found

    # A number that is read aloud asks for 을 or 를, 이 or 가, as it happens.
    AFTER_A_NUMBER = re.compile(
        r"#(?:\{\{?[^}]*\}\}?|%\(\w+\)s)(?:을|를|이|가|은|는|와|과|으로|로)\b"
    )

    def test_put_no_particle_behind_a_number(self):
        found = [
            f"{name_of(path)}: {one}"
            for path in (*templates(), *product_modules())
            for one in self.AFTER_A_NUMBER.findall(path.read_text(encoding="utf-8"))
        ]

        assert not found
        assert self.AFTER_A_NUMBER.search("가구 #{one.pk}을 잡았습니다")
        assert self.AFTER_A_NUMBER.search("신청 #%(number)s이 왔습니다")

    @pytest.mark.parametrize("text", ["집(으)로", "을(를)", "이(가)", "은(는)", "와(과)"])
    def test_are_found_where_they_are_not(self, text):
        assert self.PARTICLES.search(text)


# Codes of pages that anybody may open. Whatever else a code holds is drawn anew each time, and kept
# in no memory: `is_secret=True`.
OPEN_TO_ALL = {
    "templates/admin/cases/case/slip.html",
    "templates/core/component_gallery.html",
    "templates/welfare/benefit_detail.html",
    "templates/welfare/check_print.html",
    "templates/welfare/facility_detail.html",
    "templates/welfare/facility_sheet.html",
}


def test_codes_that_hold_a_secret_are_kept_nowhere():
    keeping = {
        name_of(path)
        for path in templates()
        if any(
            "is_secret=True" not in one for one in re.findall(r"{% qr [^%]*%}", path.read_text())
        )
    }

    assert keeping == OPEN_TO_ALL
