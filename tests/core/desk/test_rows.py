"""The rows of staff's lists: drawn in one go, and no sign otherwise than unfold draws them."""

import re
from types import SimpleNamespace

import pytest
from django.contrib import admin

from accounts.models import CommunityCentre, User
from core.desk import list_pages, lists, rows
from core.desk.templatetags import desk_rows

BETWEEN = re.compile(r"\s*([<>])\s*")
LISTS = (
    "/admin/accounts/user/",
    "/admin/accounts/user/?o=2.-4",
    "/admin/accounts/membership/",
    "/admin/accounts/communitycentre/?q=사직",
    "/admin/cases/case/",
    "/admin/cases/case/?list=closed&p=2",
)


def table_of(answer) -> str:
    """Answer the table, without the blanks between tags that mean nothing."""
    page = BETWEEN.sub(r"\1", re.sub(r"\s+", " ", answer.content.decode()))
    begin = page.index('<table id="result_list"')
    return page[begin : page.index("</table>", begin)]


class TestRows:
    @pytest.mark.parametrize("path", LISTS)
    def test_are_those_of_unfold(self, path, boss, client, monkeypatch):
        ours = table_of(client.get(path))
        monkeypatch.setattr(desk_rows, "is_plain", lambda *_: False)
        monkeypatch.setattr(lists, "can_be_drawn", lambda _: False)

        assert ours.count("<tbody") > 0
        assert ours == table_of(client.get(path))

    def test_are_drawn_by_us(self, boss, client, monkeypatch):
        drawn = []

        def draw(cl):
            drawn.append(len(cl.result_list))
            return rows.draw_rows(cl)

        monkeypatch.setattr(list_pages, "draw_rows", draw)
        for path in LISTS:
            client.get(path)

        assert len(drawn) == len(LISTS)
        assert drawn[-1] == 50

    def test_escape_what_people_typed(self, boss, client):
        assert "<b>박" not in table_of(client.get("/admin/accounts/user/"))

    def test_lead_to_records_whose_keys_are_text(self):
        desk = admin.site.get_model_admin(CommunityCentre)
        cl = SimpleNamespace(opts=CommunityCentre._meta, model_admin=desk, preserved_filters="a=1")
        linked = rows._linked(cl, lambda record: "글")

        told = linked(SimpleNamespace(pk="가/1_2"))
        assert "/communitycentre/%EA%B0%80_2F1_5F2/change/?a=1" in told


class TestPlainLists:
    @pytest.mark.parametrize(
        "fancy",
        [
            {"is_popup": True},
            {"to_field": "id"},
            {"formset": object()},
            {"model_admin": SimpleNamespace(ordering_field="place")},
            {"model_admin": SimpleNamespace(list_sections=(object,))},
            {"list_display": (lambda record: "",)},
        ],
    )
    def test_are_no_others(self, fancy):
        told = {
            "is_popup": False,
            "to_field": None,
            "model_admin": SimpleNamespace(model=User),
            "list_display": ("email",),
        }

        assert rows.is_plain(SimpleNamespace(**told), [])
        assert not rows.is_plain(SimpleNamespace(**(told | fancy)), [])
        assert not rows.is_plain(SimpleNamespace(**told), ["a menu"])
