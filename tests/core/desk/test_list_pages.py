"""Staff's lists as whole pages: no sign otherwise than unfold draws them, and nobody's but one's
own."""

import re

import pytest
from django.contrib import admin
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from core.cases.models import Case
from core.desk import list_pages, lists, page_frames
from core.desk.frames import Frame, Frames, frames, hole, mark
from core.desk.templatetags import desk_rows
from core.offices.models import Office
from tests.core.desk.test_rows import LISTS
from tests.sign_in import sign_in

CASES = "/admin/cases/case/"
BLANKS = re.compile(r"\s+")
BETWEEN = re.compile(r"\s*([<>])\s*")
IN_A_TAG = re.compile(r' (?=")|(?<=") (?=>)')
# The token, and the key of a page that may be sent once.
TOKEN = re.compile(r'(name="(?:csrfmiddlewaretoken|key)" value=")[\w-]+')
PAGES = (
    *LISTS,
    "/admin/cases/case/?q=a",
    "/admin/cases/case/?list=closed&stands=welfare.benefit_application:received",
    "/admin/cases/case/?list=closed&p=3&q=",
    "/admin/cases/case/?list=unassigned",
    "/admin/accounts/membership/?role__exact=WORKER",
    "/admin/feeds/feedrun/",
)
HOSTILE = (
    *("list=<script>", "stands=zzz", "stands=:", "stands=a:b:c", "stands=%00", "list=%00", "q=%00"),
    *("p=abc", "p=0", "p=-1", "p=99999999", "p=9999999999999999999999", "o=1.2.x", "o=-99"),
    *("list__x=1", "office__id=1", "applicant__startswith=a", "_facets=1", "_popup=1", "e=1"),
    *(
        "q=%27%22%3Cb%3E",
        "q=99999999999999999999999",
        "all=",
        "_to_field=person",
        "stands=a&stands=b",
    ),
)


def told(answer) -> str:
    """Answer a page without blanks that mean nothing, and without its token."""
    page = BETWEEN.sub(r"\1", BLANKS.sub(" ", answer.content.decode()))
    return TOKEN.sub(r"\1", IN_A_TAG.sub("", page))


@pytest.fixture
def unfolds_own(monkeypatch):
    """Answer what lets unfold draw: lists, their rows, and the menu."""

    def let() -> None:
        whole = admin.site.each_context
        monkeypatch.setattr(lists, "can_be_drawn", lambda _: False)
        monkeypatch.setattr(desk_rows, "is_plain", lambda *_: False)
        monkeypatch.setattr(admin.site, "each_context", lambda r: whole(r) | {"draw_menu": None})

    return let


@pytest.fixture
def worker(boss) -> tuple[User, Client]:
    """Works where the filled requests lie, beside who sees everything."""
    person = User.objects.get(email="worker@demo.example")
    client = Client()
    sign_in(client, person)
    return person, client


class TestPages:
    def test_are_those_of_unfold(self, boss, client, unfolds_own):
        ours = {path: told(client.get(path)) for path in PAGES}
        unfolds_own()

        for path in PAGES:
            assert ours[path] == told(client.get(path)), path
        assert len(ours) > 10

    def test_are_those_of_unfold_for_a_worker(self, worker, unfolds_own):
        _, client = worker
        paths = (CASES, f"{CASES}?list=mine", f"{CASES}?list=overdue", "/admin/")
        ours = [told(client.get(path)) for path in paths]
        unfolds_own()

        assert ours == [told(client.get(path)) for path in paths]

    def test_are_drawn_by_us(self, worker, monkeypatch):
        drawn = []
        whole = list_pages.draw_page
        monkeypatch.setattr(
            desk_rows, "draw_page", lambda context: drawn.append(1) or whole(context)
        )
        worker[1].get(CASES)

        assert drawn == [1]

    def test_show_what_was_typed_as_typed(self, worker):
        person, client = worker
        Case.objects.filter(office__in=person.office_ids).update(applicant=f"<b>{mark(hole(11))}")
        page = client.get(CASES, {"q": f'"><b>{mark(hole(11))}'}).content.decode()

        assert "&lt;b&gt;@@_11_@@" in page
        assert "<b>@@" not in page

    def test_tell_what_was_done(self, worker):
        page = worker[1].get(f"{CASES}?p=99999", follow=True)

        assert page.redirect_chain[0][0].endswith("?e=1")
        assert "처음부터 보여 드립니다" in page.text


class TestOwnPages:
    """Pages that are no lists, in the frame that unfold would draw around them."""

    @pytest.fixture
    def paths(self, worker) -> list[str]:
        mine = Case.objects.filter(office__in=worker[0].office_ids).order_by("pk")
        return [
            *(f"/admin/cases/case/{case.pk}/change/" for case in mine[:3]),
            *("/admin/welfare/countertalk/begin/", "/admin/welfare/carehousehold/add/"),
        ]

    def test_are_those_of_unfold(self, worker, paths, unfolds_own):
        _, client = worker
        ours = [client.get(path, follow=True) for path in paths]
        unfolds_own()

        assert {one.status_code for one in ours} == {200}
        for path, one in zip(paths, ours, strict=True):
            assert told(one) == told(client.get(path, follow=True)), path

    def test_are_framed_once(self, worker, paths, monkeypatch):
        drawn = []
        whole = page_frames._frame
        monkeypatch.setattr(
            page_frames, "_frame", lambda context: drawn.append(1) or whole(context)
        )
        frames.clear()
        for _ in range(2):
            page = worker[1].get(paths[0]).content.decode()

        assert drawn == [1]
        assert page.count("<main") == page.count("</html>") == 1

    def test_leave_no_name_in_their_frame(self, worker, paths):
        frames.clear()
        page = worker[1].get(paths[0]).content.decode()
        held = "".join(text for frame in frames._held.values() for text in frame.pieces[::2])
        number = paths[0].split("/")[4]

        assert f"#{number}</h1>" in BETWEEN.sub(r"\1", page)
        assert f"#{number}" not in held
        assert worker[0].email not in held


class TestStyles:
    def test_stand_in_no_attribute_that_a_script_would_write(self, boss, client):
        """The policy refuses a style attribute; a list with actions wrote one on every change."""
        page = client.get("/admin/welfare/facility/").content.decode()

        assert 'id="changelist-actions"' in page
        assert "{ width: changeListWidth + 'px' }" in page
        assert "'width: ' + changeListWidth" not in page

    def test_of_an_app_come_in_the_frame_of_the_desk(self, boss, client):
        page = client.get("/admin/cases/").content.decode()

        assert '<meta name="htmx-config"' in page
        assert "<main" in page
        assert "dist/idle" in page


class TestHostileFilters:
    @pytest.mark.parametrize("query", HOSTILE)
    def test_are_answered_in_words(self, query, worker):
        answer = worker[1].get(f"{CASES}?{query}", follow=True)

        assert answer.status_code in (200, 400)
        assert "<h1" in answer.content.decode()


class TestFrames:
    def test_hold_nobodys_words(self, boss, worker):
        frames.clear()
        person, client = worker
        person.name = "남모르는이름"
        person.save()
        page = client.get(CASES, {"q": "찾던말"}).content.decode()
        client.get(CASES)
        held = "".join(text for frame in frames._held.values() for text in frame.pieces[::2])

        assert len(frames._held) >= 2
        assert "찾던말" in page
        assert person.email in page
        for word in ("찾던말", person.email, "남모르는이름", client.cookies["sessionid"].value):
            assert word not in held
        assert not re.search(r'csrfmiddlewaretoken" value="\w', held)

    def test_show_each_their_own_name(self, worker):
        person, client = worker
        client.get(CASES)
        other = User.objects.create_user("second@demo.example", "pw")
        Membership.objects.create(
            person=other,
            office=Office.objects.get(pk=next(iter(person.office_ids))),
            role=Role.WORKER,
            starts_date=timezone.localdate(),
        )
        theirs = Client()
        sign_in(theirs, other)
        page = theirs.get(CASES).content.decode()

        assert "second@demo.example" in page
        assert person.email not in page

    def test_fill_once_and_escape(self):
        frame = Frame.of(f"<p>{mark(hole(1))}</p>{mark(hole(2))}")

        assert frame.filled({hole(1): f"<{mark(hole(2))}", hole(2): "나"}) == (
            "<p>&lt;@@_2_@@</p>나"
        )

    def test_keep_no_more_than_they_may(self, monkeypatch):
        monkeypatch.setattr("core.desk.frames.MOST_KEPT", 2)
        few, drawn = Frames(), []
        for name in "abcac":
            few.get(name, lambda name=name: drawn.append(name) or name)

        assert drawn == ["a", "b", "c", "a"]
