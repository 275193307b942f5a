"""A kind or a state that no area declares any more breaks no page on which a request stands."""

import dataclasses

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from core.areas import PolicyArea
from core.cases import registry
from core.cases.errors import CaseRefused
from core.cases.models import Case
from core.cases.queries import standings
from core.cases.services import answer, issue_code, move
from tests.core.cases.conftest import again, new_key
from tests.core.cases.kinds import HOME_HELP, ONE_ONLY
from tests.core.cases.test_admin import LIST, at_the_desk, numbers, page_of
from tests.seoul_portal.requests.test_tracking import TRACK, sent

UNKNOWN = "지금은 진행 상황을 볼 수 없습니다."


def without_state() -> PolicyArea:
    """The kinds as they would be if nobody asked anything any more."""
    states = tuple(one for one in HOME_HELP.states if one.slug != "asked")
    moves = tuple(
        dataclasses.replace(one, source=tuple(name for name in one.source if name != "asked"))
        for one in HOME_HELP.moves
        if one.target != "asked" and one.source != ("asked",)
    )
    return PolicyArea(
        slug="welfare",
        title="복지",
        path="welfare",
        case_kinds=(dataclasses.replace(HOME_HELP, states=states, moves=moves),),
    )


def without_kind() -> PolicyArea:
    return PolicyArea(slug="welfare", title="복지", path="welfare", case_kinds=(ONE_ONLY,))


@pytest.fixture
def code(case, worker):
    """Its digits; the request was begun and waits for an answer, of which a message was sent."""
    told = {"case_id": case.pk, "actor": worker, "now": timezone.now()}
    move(name="begin", key=new_key(), **told)
    move(name="ask", key=new_key(), words="문이 몇 개인가요?", **told)
    return issue_code(key=new_key(), **told)


@pytest.fixture(params=[without_state, without_kind])
def gone(request, code, monkeypatch):
    area = request.param()
    monkeypatch.setattr(registry, "policy_areas", lambda: (area,))
    registry.declared_kinds.cache_clear()
    return request.param


class TestPages:
    @pytest.mark.usefixtures("gone")
    def test_of_the_citizen_say_that_they_do_not_know(self, client, case, citizen):
        client.force_login(citizen)
        for path in ("/my/requests/", f"/my/requests/{case.pk}/"):
            page = client.get(path)
            assert page.status_code == 200, path
            assert UNKNOWN in page.text, path
        assert client.get(f"/en/my/requests/{case.pk}/").status_code == 200

    @pytest.mark.usefixtures("gone")
    def test_of_messages_still_say_that_there_is_something(self, client, citizen):
        client.force_login(citizen)
        page = client.get("/my/notices/")

        assert page.status_code == 200
        assert len(BeautifulSoup(page.content, "html.parser").select("main li")) >= 1

    @pytest.mark.usefixtures("gone")
    def test_for_the_digits_say_so_too(self, client, code):
        assert UNKNOWN in client.post(TRACK, {"code": code}).text
        for deed in ("answer", "ask"):
            assert UNKNOWN in client.post(TRACK, sent(code, "김시민", deed=deed)).text

    def test_of_the_desk_show_the_bare_name(self, gone, case, worker):
        client = at_the_desk(worker)

        assert numbers(client.get(LIST)) == [case.pk]
        page = client.get(page_of(case))
        assert page.status_code == 200
        assert "asked" in page.text
        titles = [str(one.title) for one in standings(None, on=timezone.localdate())]
        name = "집수리 신청: asked" if gone is without_state else "welfare.home-help asked"
        assert titles == [name]


class TestDeeds:
    @pytest.mark.usefixtures("gone")
    def test_are_refused_and_change_nothing(self, client, case, citizen, worker):
        told = {"case_id": case.pk, "key": new_key(), "now": timezone.now()}
        with pytest.raises(CaseRefused):
            move(name="ask", actor=worker, words="?", **told)
        with pytest.raises(CaseRefused):
            answer(actor=citizen, text="둘", **told)
        client.force_login(citizen)
        sending = {"deed": "answer", "key": new_key(), "words": "둘"}
        assert client.post(f"/my/requests/{case.pk}/", sending).status_code == 200
        pressed = {"deed": "move", "move": "ask", "words-ask": "?", "key": new_key()}
        assert at_the_desk(worker).post(page_of(case), pressed).status_code == 200

        assert again(case).state == "asked"

    @pytest.mark.usefixtures("gone")
    def test_that_need_no_declaration_go_on(self, case, worker):
        noted = {"deed": "note", "note": "옛 신청", "key": new_key()}

        assert at_the_desk(worker).post(page_of(case), noted).status_code == 302
        assert Case.objects.get().version == 3
