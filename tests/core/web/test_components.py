"""Components: what they say, what they refuse, and that the gallery shows every one of them."""

import json

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from core.web.gallery import GalleryForm
from core.web.maps import MapPlace
from core.web.pagination import Pager
from core.web.templatetags import components, controls
from core.web.tiles import DistrictTile


def shown(source, **context):
    request = RequestFactory().get("/list/", context.pop("query", {}))
    html = Template(source).render(Context({"request": request, **context}))
    return BeautifulSoup(html, "html.parser")


class TestVariants:
    @pytest.mark.parametrize(
        "source",
        [
            '{% notice title="a" level="loud" %}b{% endnotice %}',
            '{% notice title="a" heading=1 %}b{% endnotice %}',
            '{% button "a" kind="pink" %}',
            '{% button "a" size="huge" %}',
            '{% button "a" type="image" %}',
            '{% link_button "a" "/" kind="pink" %}',
            '{% badge "a" tone="pink" %}',
            '{% card title="a" heading=7 %}b{% endcard %}',
            '{% nothing_found title="a" heading=0 %}b{% endnothing_found %}',
        ],
    )
    def test_that_are_unknown_fail_and_name_the_known(self, source):
        with pytest.raises(TemplateSyntaxError, match=r"unknown .*known are"):
            shown(source)

    @pytest.mark.parametrize(
        "source", ['{% badge "a" color="red" %}', "{% notice %}b{% endnotice %}"]
    )
    def test_arguments_that_are_unknown_or_missing_fail_when_the_template_is_read(self, source):
        with pytest.raises(TemplateSyntaxError):
            Template(source)


class TestNotice:
    def test_interrupts_only_for_danger(self):
        assert shown('{% notice title="a" level="danger" %}b{% endnotice %}').select("[role=alert]")
        assert not shown('{% notice title="a" %}b{% endnotice %}').select("[role]")

    def test_says_its_kind_in_a_word(self):
        assert shown('{% notice title="a" level="warning" %}b{% endnotice %}').h2.text == "주의 a"

    def test_escapes_what_it_is_given(self):
        page = shown("{% notice title=x %}{{ x }}{% endnotice %}", x="<script>")

        assert not page.select("script")
        assert page.text.count("<script>") == 2


class TestBreadcrumb:
    def test_ends_where_one_is(self):
        page = shown('{% breadcrumb "복지" "/welfare/" name %}', name="종로노인복지관")

        assert [a["href"] for a in page.select("a")] == ["/", "/welfare/"]
        assert page.select_one("[aria-current=page]").text == "종로노인복지관"


class TestDefinitionList:
    def test_leaves_out_what_is_not_known_and_keeps_zero(self):
        page = shown("{% definition_list pairs %}", pairs=[("a", None), ("b", ""), ("c", 0)])

        assert [dt.text for dt in page.select("dt")] == ["c"]


class TestTag:
    def test_leads_away_from_a_filter_and_escapes_what_was_typed(self):
        page = shown("{% tag word url=url remove_label=word %}", word="<b>&", url='?a="><b>')

        assert page.a["href"] == '?a="><b>'
        assert page.a.text.split() == ["<b>&", "×<b>&"]
        assert page.select_one(".sr-only").text == "<b>&"
        assert not page.select("b")

    def test_is_a_word_where_it_leads_nowhere(self):
        page = shown('{% tag word remove_label="x" %}', word="강남구")

        assert page.select_one("span.krds-btn-tag").text == "강남구"
        assert not page.select("a")

    def test_marks_korean_words_on_an_english_page(self):
        with translation.override("en"):
            assert shown("{% tag word %}", word="강남구 x").select_one("[lang=ko]").text == "강남구"


class TestResultCount:
    @pytest.mark.parametrize(
        ("pager", "words"),
        [
            (Pager(1, 0), "찾은 것이 없습니다"),
            (Pager(1, 1234), "1,234개를 찾았습니다"),
            (Pager(1, 10_000, count_capped=True), "10,000개보다 많습니다"),
        ],
    )
    def test_is_said_in_words(self, pager, words):
        assert components.result_count(pager) == words


class TestDistance:
    @pytest.mark.parametrize(
        ("metres", "words"),
        [
            (0, "0 m"),
            (354, "350 m"),
            (994, "990 m"),
            (996, "1.0 km"),
            (1240, "1.2 km"),
            (12_345, "12.3 km"),
        ],
    )
    def test_is_said_as_people_say_it(self, metres, words):
        assert components.distance(metres) == words

    def test_says_about_where_the_point_is_not_exact(self):
        assert components.distance(1240, about=True) == "약 1.2 km"
        assert (
            components.distance(0, about=True) == components.distance(990, about=True) == "1 km 안"
        )


class TestPhone:
    @pytest.mark.parametrize(
        ("number", "dialled"),
        [
            ("02-490-2600", "tel:+8224902600"),
            ("119", "tel:119"),
            ("1366", "tel:1366"),
            ("1577-1391", "tel:15771391"),
            ("+82 2 120", "tel:+822120"),
            ("010-1234-5678", "tel:+821012345678"),
        ],
    )
    def test_is_a_link_that_a_telephone_dials(self, number, dialled):
        link = shown("{% phone number %}", number=number).a

        assert link["href"] == dialled
        assert link.text == number

    def test_says_whose_it_is_to_who_only_hears_it(self):
        assert shown('{% phone "119" label="소방" %}').select_one(".sr-only").text == "소방 "


class TestQr:
    def test_is_drawn_without_style_and_says_its_address(self):
        page = shown('{% qr address label="이 시설의 주소" %}', address="https://a.example/p/1")

        assert page.select("svg path[d]")
        assert not page.select("[style], style, image")
        assert page.select_one("[role=img]")["aria-label"] == "이 시설의 주소"
        assert page.figcaption.text == "https://a.example/p/1"

    def test_holds_the_address(self):
        """Every module of the drawing is the module that the encoder chose."""
        import segno

        from core.web.qr import _path

        code = segno.make("https://a.example/p/1", error="m", micro=False)
        dark = set()
        for run in _path(code).split("M")[1:]:
            at, width = run.split("h")[0:2]
            x, y = map(int, at.split())
            dark |= {(x + step, y) for step in range(int(width.split("v")[0]))}
        wanted = {
            (x, y)
            for y, line in enumerate(code.matrix_iter(border=4))
            for x, is_dark in enumerate(line)
            if is_dark
        }
        assert dark == wanted


class TestShare:
    def test_puts_title_and_address_into_the_message_whole(self):
        page = shown(
            "{% share address title %}", address="https://a.example/?a=1&b=2", title="가&나"
        )

        assert page.select_one("a[href^='mailto:']")["href"] == (
            "mailto:?subject=%EA%B0%80%26%EB%82%98&body=https%3A%2F%2Fa.example%2F%3Fa%3D1%26b%3D2"
        )
        assert all(button.has_attr("hidden") for button in page.select("button"))


class TestTable:
    def test_tells_what_heads_what(self):
        page = shown(
            '{% data_table "시설 수" columns rows %}',
            columns=["자치구", "수"],
            rows=[("종로구", 101)],
        )

        assert page.caption.text == "시설 수"
        assert [th["scope"] for th in page.select("th")] == ["col", "col", "row"]
        assert page.select_one("td")["class"] == ["num"]
        assert page.select_one("[tabindex='0']")["aria-label"] == "시설 수"


class TestDistrictTiles:
    tiles = (
        DistrictTile("종로", 3, 4, 7, url="?district=1", is_current=True),
        DistrictTile("중구", 4, 4, None),
        DistrictTile("강남", 6, 5, 2100, url="?district=3"),
    )

    def test_show_a_picture_of_links_and_the_same_as_a_table(self):
        page = shown('{% district_tiles tiles title="a" value_name="b" %}', tiles=self.tiles)

        assert [a["aria-label"] for a in page.select("svg a")] == ["종로 7", "강남 2,100"]
        assert page.select_one("svg [aria-current]")["href"] == "?district=1"
        assert [td.text for td in page.select("td")] == ["7", "–", "2,100"]

    def test_are_darkest_where_there_is_most(self):
        page = shown('{% district_tiles tiles title="a" value_name="b" %}', tiles=self.tiles)
        shades = [tile["class"][1] for tile in page.select(".tile")]

        assert shades == ["tile--1", "tile--0", "tile--2"]


class TestField:
    def form(self, **data):
        form = GalleryForm(data)
        form.is_valid()
        return form

    def test_ties_label_hint_and_error_to_the_control(self):
        page = shown("{% field form.name %}", form=self.form())
        control = page.input

        assert page.label["for"] == control["id"]
        assert control["aria-invalid"] == "true"
        described = [page.find(id=name).text for name in control["aria-describedby"].split()]
        assert described == ["본명을 적어 주세요.", "빈칸으로 둘 수 없습니다. 채워 주세요."]

    def test_says_what_is_optional_and_stars_nothing(self):
        assert "(안 적어도 됩니다)" in shown("{% field form.email %}", form=GalleryForm()).text
        assert "*" not in shown("{% field form.name %}", form=GalleryForm()).text

    def test_groups_choices_under_their_question(self):
        page = shown("{% field form.help_wanted %}", form=self.form())

        assert page.fieldset.legend.text == "도움이 필요한가요?"
        assert page.fieldset["aria-describedby"] == "id_help_wanted_error"
        assert len(page.select("label input[type=radio]")) == 3

    def test_labels_a_box_to_tick_beside_it(self):
        assert shown("{% field form.agree %}", form=GalleryForm()).label.select(
            "input[type=checkbox]"
        )


class TestErrorSummary:
    def test_leads_to_each_field_that_is_there(self):
        form = GalleryForm({})
        form.is_valid()
        page = shown("{% error_summary form %}{% form_fields form %}", form=form)
        goals = [a["href"].removeprefix("#") for a in page.select(".errors a")]

        assert len(goals) == 4
        assert all(page.find(id=goal) for goal in goals)
        assert page.select_one(".errors")["tabindex"] == "-1"

    def test_is_nothing_while_nothing_is_wrong(self):
        assert not shown("{% error_summary form %}", form=GalleryForm()).select(".errors")


class TestFilters:
    choices = (("a", "가"), ("b", "나"))

    def test_show_what_is_chosen(self):
        one = shown(
            '{% select_filter "종류" "kind" choices value="b" any_label="전체" %}',
            choices=self.choices,
        )
        many = shown(
            '{% choice_filter "종류" "kind" choices values=v many=True %}',
            choices=self.choices,
            v=["a", "b"],
        )

        assert one.select_one("option[selected]")["value"] == "b"
        assert one.select("option")[0]["value"] == ""
        assert [box["value"] for box in many.select("[checked]")] == ["a", "b"]

    def test_take_a_single_value_whole(self):
        page = shown('{% choice_filter "종류" "kind" choices values="ab" %}', choices=self.choices)

        assert not page.select("[checked]")


class TestPager:
    @pytest.mark.parametrize(
        ("pager", "window"),
        [
            (Pager(1, 20), [1]),
            (Pager(1, 60), [1, 2, 3]),
            (Pager(7, 400), [1, None, 5, 6, 7, 8, 9, None, 20]),
            (Pager(4, 100), [1, 2, 3, 4, 5]),
            (Pager(500, 10_000), [1, None, 498, 499, 500]),
        ],
    )
    def test_links_to_the_ends_and_the_neighbours(self, pager, window):
        assert pager.window() == window

    def test_never_offers_a_page_past_500(self):
        assert Pager(1, 1_000_000).last == 500
        assert not Pager(501, 1_000_000).is_in_range


class TestPlaceMap:
    door = MapPlace("가온", "서울특별시 <b>", 37.5, 127.0, is_about=False, number=3, url="/a/")
    dong = MapPlace("</script>", "", 37.6, 127.1, is_about=True, number=4)

    def told(self, *places, **more):
        page = shown('{% place_map places label="지도" left_out=left_out %}', places=places, **more)
        return page, json.loads(page.select_one("script[type='application/json']").text)

    def test_is_out_of_sight_until_a_script_offers_it(self):
        page, _ = self.told(self.door, left_out=0)

        assert page.details.has_attr("hidden")
        assert page.summary.text == "지도"

    def test_tells_each_place_as_data_that_cannot_end_its_element(self):
        page, told = self.told(self.door, self.dong, left_out=0)

        assert [place["name"] for place in told["places"]] == ["가온", "</script>"]
        assert told["places"][0] == {
            "number": 3, "name": "가온", "address": "서울특별시 <b>", "point": [37.5, 127.0],
            "isAbout": False, "url": "/a/",
        }  # fmt: skip
        assert len(page.select("script")) == 1

    def test_says_what_is_only_about_and_what_is_left_out(self):
        page, _ = self.told(self.door, left_out=0)
        assert "대략" not in page.select_one(".fold__body > p").text
        assert "위치를 몰라" not in page.text

        page, _ = self.told(self.dong, left_out=2)
        assert "점선 동그라미는 대략의 위치입니다" in page.text
        assert "위치를 몰라 지도에 없는 곳: 2곳" in page.text

    @pytest.mark.parametrize(("language", "name"), [("ko", "종로"), ("en", "Jongno")])
    def test_names_the_districts_where_no_tiles_show_them(self, language, name):
        with translation.override(language):
            _, told = self.told(self.door, left_out=0)

        assert len(told["districts"]) == 25
        assert told["districts"][0] == [name, 37.59431, 126.97767]
        assert told["tiles"] == ""

    def test_uses_the_citys_tile_service_and_names_its_source(self, settings):
        settings.MAP_TILES_URL = "https://tiles.example/{z}/{x}/{y}.png"
        settings.MAP_TILES_ATTRIBUTION = "© 시험 <지도>"
        page, told = self.told(self.door, left_out=0)

        assert told["tiles"] == settings.MAP_TILES_URL
        assert told["districts"] == []
        assert "© 시험 <지도>" in page.text


@pytest.mark.django_db
class TestGallery:
    @pytest.mark.parametrize("path", ["/components/", "/en/components/"])
    def test_shows_every_component(self, client, path):
        from django.conf import settings

        written = (settings.BASE_DIR / "templates/core/component_gallery.html").read_text()
        tags = {*components.register.tags, *controls.register.tags}
        elsewhere = {"field", "urgent_help"}  # inside form_fields, and on every page

        assert client.get(path).status_code == 200
        assert len(tags) > 20
        assert {name for name in tags if f"{{% {name} " not in written} <= elsewhere

    def test_asks_search_engines_to_pass_by(self, client):
        assert 'content="noindex"' in client.get("/components/").content.decode()


def test_urgent_help_speaks_the_language_of_the_page():
    for language, word in (("ko", "급할 때"), ("en", "Urgent help"), ("ko", "급할 때")):
        with translation.override(language):
            assert word in components.urgent_help()
