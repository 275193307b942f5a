"""Controls drawn without templates escape what they are given."""

from bs4 import BeautifulSoup

from core.web.filters import PlainInput, PlainSelect

EVIL = "<b>\"x'</b>&"


def drawn(html):
    return BeautifulSoup(html, "html.parser")


class TestPlainControls:
    def test_escape_names_values_and_labels(self):
        select = drawn(PlainSelect([(EVIL, EVIL), ("b", "나")]).render(EVIL, EVIL)).select_one(
            "select"
        )

        assert select["name"] == EVIL
        assert select.option["value"] == select.option.text == EVIL
        assert drawn(PlainInput().render("q", EVIL)).input["value"] == EVIL

    def test_mark_the_one_chosen(self):
        select = drawn(PlainSelect([("", "모두"), ("a", "가")]).render("x", "a"))

        assert [option["value"] for option in select.select("option[selected]")] == ["a"]

    def test_write_attributes_as_django_does(self):
        told = {"required": True, "disabled": False, "maxlength": 9, "aria-label": None}

        assert PlainInput(attrs=told).render("q", None) == (
            '<input type="text" name="q" required maxlength="9">'
        )
