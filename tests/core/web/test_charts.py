"""Pictures of figures: the points where they belong, gaps where nothing is known, words escaped."""

import datetime

import pytest
from bs4 import BeautifulSoup

from core.kpi.pictures import Bar, Level, Point
from core.web.charts import BOTTOM, MOST_BARS, TOP, bar_picture, line_picture
from core.web.templatetags.charts import bar_chart, line_chart

FIRST = datetime.date(2026, 1, 5)


def points(*values):
    return [
        Point(FIRST + datetime.timedelta(days=7 * at), value, f"{value}곳")
        for at, value in enumerate(values)
    ]


def soup(markup):
    return BeautifulSoup(markup, "html.parser")


class TestLine:
    def test_stands_on_nought_and_reaches_its_highest(self):
        dots = soup(line_picture(points(0, 5, 10), title="지표")).select("circle")
        assert [float(dot["cy"]) for dot in dots] == [BOTTOM, (BOTTOM + TOP) / 2, TOP]

    def test_breaks_where_nothing_is_known(self):
        drawn = soup(line_picture(points(1, 2, None, 3, 4, None, 5), title="지표"))
        assert len(drawn.select("polyline")) == 2
        assert len(drawn.select("circle")) == 5

    def test_shows_what_is_to_be_reached(self):
        drawn = soup(line_picture(points(1, 2), title="지표", level=Level(8, "목표 8곳")))
        assert "목표 8곳" in drawn.text
        assert [float(dot["cy"]) for dot in drawn.select("circle")][0] > (TOP + BOTTOM) / 2

    @pytest.mark.parametrize("values", [(), (None, None)])
    def test_of_nothing_is_no_picture(self, values):
        assert line_picture(points(*values), title="지표") == ""

    def test_of_noughts_alone_lies_flat(self):
        dots = soup(line_picture(points(0, 0), title="지표")).select("circle")
        assert {dot["cy"] for dot in dots} == {str(float(BOTTOM))}

    def test_has_the_same_figures_in_a_table_the_newest_first(self):
        drawn = soup(line_chart(points(1, None), title="<지표>", value_name="값", source="자료"))
        rows = [row.get_text("|") for row in drawn.select("tbody tr")]
        assert rows == ["2026년 1월 12일|None곳", "2026년 1월 5일|1곳"]
        assert drawn.select_one("svg")["aria-label"] == "<지표>"
        assert drawn.select_one("caption").text == "<지표>"


class TestBars:
    def test_are_as_long_as_they_are_large(self):
        bars = [Bar("가", 10, "10건"), Bar("나", 5, "5건"), Bar("다", None, "감춤")]
        drawn = soup(bar_picture(bars, title="급여"))
        assert [int(bar["width"]) for bar in drawn.select("rect")] == [220, 110]

    def test_show_the_first_in_the_picture_and_all_in_the_table(self):
        bars = [Bar(f"아주 길고 긴 급여의 이름 {at}", at, f"{at}건") for at in range(40)]
        drawn = soup(bar_chart(bars, title="급여", name="급여", value_name="값"))
        assert len(drawn.select("rect")) == MOST_BARS
        assert len(drawn.select("tbody tr")) == 40
        assert "아주 길고 긴 급여의 이름 39" in drawn.select("tbody th")[-1].text

    def test_escape_what_they_are_called(self):
        bars = [Bar("<b>", 10, "<i>")]
        assert "<b>" not in bar_chart(bars, title="급여", name="급여", value_name="값")
