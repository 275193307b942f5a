"""Who hears of what was done with a request: whoever asked, their helpers, an office's managers."""

import dataclasses
import datetime

import pytest
from django.utils.translation import override

from accounts.enums import DelegationStep, MessagesTo, Role
from accounts.services import DelegationRefused
from core.cases import registry, telling
from core.cases.errors import CaseHidden
from core.cases.models import Case
from core.cases.notices import OfficeIsLate, RequestAsks, RequestHandedOver, RequestMoved
from core.cases.services import escalate_overdue, hand_over, move, write_to_citizen
from core.cases.wording import OfRequest
from core.notices.models import Message
from core.offices.enums import OfficeKind
from core.offices.models import Office
from tests.core.cases import kinds
from tests.core.cases.conftest import NOW, make_case, member, new_key


def told():
    """Everything that was told: what, to whom, about whom."""
    rows = Message.objects.order_by("pk")
    return [(one.notice, one.person_id, one.about_id) for one in rows]


def make(case, name, actor, **more):
    return move(case_id=case.pk, name=name, actor=actor, now=NOW, **{"key": new_key(), **more})


class TestOfRequests:
    def test_says_how_it_stands_once(self, case, citizen, worker):
        key = new_key()
        for _ in range(2):
            make(case, "begin", worker, key=key)

        message = Message.objects.get()
        assert (message.notice, message.person_id) == (RequestMoved.slug, citizen.pk)
        assert message.facts == {"kind": "welfare.home-help", "state": "in_review"}
        assert message.url == f"/my/requests/{case.pk}/"
        assert RequestMoved.says("subject", message.facts) == (
            "집수리 신청: 담당자가 살펴보고 있습니다."
        )
        assert "결과를 알려 드립니다." in RequestMoved.says("body", message.facts)

    def test_says_that_something_is_asked(self, case, citizen, worker):
        make(case, "ask", worker, words="몇 층입니까?")

        assert told() == [(RequestAsks.slug, citizen.pk, None)]

    def test_says_nothing_of_ones_own_steps(self, case, citizen):
        make(case, "withdraw", citizen)

        assert not told()

    def test_tells_nobody_of_nobodys_case(self, worker):
        make(make_case(None, actor=worker), "begin", worker)

        assert not told()

    def test_says_that_somebody_wrote_and_not_what(self, case, citizen, worker):
        write_to_citizen(case_id=case.pk, text="곧 갑니다.", actor=worker, key=new_key(), now=NOW)

        message = Message.objects.get()
        assert (message.notice, message.person_id) == ("cases.written", citizen.pk)
        assert "곧 갑니다" not in str(message.facts)

    def test_says_that_the_office_has_changed(self, case, citizen, worker, outsider, other_centre):
        hand_over(
            case_id=case.pk, office=other_centre, reason="이사", actor=worker, key=new_key(),
            now=NOW,
        )  # fmt: skip

        assert told() == [(RequestHandedOver.slug, citizen.pk, None)]

    def test_goes_by_the_message_that_a_move_names(self, case, worker, monkeypatch):
        named = dataclasses.replace(kinds.HOME_HELP.move("begin"), notice=f"{__name__}.Named")
        others = [one for one in kinds.HOME_HELP.moves if one.name != "begin"]
        kind = dataclasses.replace(kinds.HOME_HELP, moves=(named, *others))
        monkeypatch.setattr(kinds, "HOME_HELP", kind)
        kinds.declare(monkeypatch)
        seen = []
        monkeypatch.setattr(telling, "tell", lambda **facts: seen.append(facts["notice"]))

        make(case, "begin", worker)

        assert seen == [Named]

    def test_undoes_the_move_where_it_fails(self, case, worker, monkeypatch):
        monkeypatch.setattr(telling, "tell", lambda **facts: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            make(case, "begin", worker)

        assert Case.objects.get(pk=case.pk).state == "received"

    def test_says_something_of_a_kind_that_is_declared_no_more(self):
        facts = {"kind": "welfare.gone", "state": "received"}

        assert RequestMoved.says("subject", facts).startswith("신청")
        with override("en"):
            assert RequestMoved.says("subject", facts).startswith("Request:")


class Named(OfRequest):
    """Stands for a message of an area."""


class TestHelpers:
    def test_hear_as_the_person_chose(self, case, citizen, worker, helper, delegation):
        make(case, "begin", worker)

        both = {(RequestMoved.slug, citizen.pk, None), (RequestMoved.slug, helper.pk, citizen.pk)}
        assert set(told()) == both

        type(delegation).objects.update(messages_to=MessagesTo.HELPER)
        make(case, "ask", worker, words="몇 층입니까?")
        assert set(told()) - both == {(RequestAsks.slug, helper.pk, citizen.pk)}

    def test_leave_a_line_of_all_they_do_for_the_person_to_see(
        self, centre, citizen, helper, delegation
    ):
        with override("en"):
            case = make_case(citizen, actor=helper)
            make(case, "withdraw", helper)

        lines = delegation.events.order_by("pk").values_list("step", "actor", "what")
        assert list(lines) == [
            (DelegationStep.ACTED, helper.pk, f"집수리 신청 #{case.pk}: 접수"),
            (DelegationStep.ACTED, helper.pk, f"집수리 신청 #{case.pk}: 신청 거두기"),
        ]

    def test_do_nothing_that_leaves_no_line(self, case, helper, monkeypatch, settings):
        settings.HELPER_ACTED = f"{__name__}.refuse"
        with pytest.raises(CaseHidden):
            make(case, "withdraw", helper)

        assert Case.objects.get(pk=case.pk).state == "received"

    def test_find_no_request_once_their_help_has_ended(self, case, helper, delegation):
        assert helper.represented_ids(case.kind) == {case.person_id}  # as their request began
        type(delegation).objects.update(revoked_at=NOW)

        with pytest.raises(CaseHidden):
            make(case, "withdraw", helper)
        assert Case.objects.get(pk=case.pk).state == "received"


def refuse(**told):
    raise DelegationRefused("아닙니다.")


class TestManagers:
    def test_hear_once_how_many_climbed(self, case, citizen, worker, manager, outsider):
        make_case(citizen, words="또 하나")
        late = NOW + datetime.timedelta(days=30)

        assert escalate_overdue(now=late) == 2
        assert escalate_overdue(now=late) == 0

        message = Message.objects.get()
        assert (message.notice, message.person_id) == (OfficeIsLate.slug, manager.pk)
        assert message.facts == {"office": str(case.office), "number": 2}

    def test_of_who_stands_in_hear_where_there_is_none(self, case, worker, monkeypatch):
        desk = Office.objects.create(kind=OfficeKind.DEPARTMENT, name="복지상담과")
        boss = member(desk, Role.MANAGER, "차과장")
        kind = dataclasses.replace(kinds.HOME_HELP, stand_ins=f"{__name__}.departments")
        monkeypatch.setattr(registry, "policy_areas", lambda: (kinds.an_area(kind),))
        registry.declared_kinds.cache_clear()

        escalate_overdue(now=NOW + datetime.timedelta(days=30))

        message = Message.objects.get(notice=OfficeIsLate.slug)
        assert message.person_id == boss.pk
        assert message.facts == {"office": str(case.office), "number": 1}


def departments(office_id, *, on):
    desks = Office.objects.of_kind(OfficeKind.DEPARTMENT).order_by("pk")
    return list(desks.values_list("pk", flat=True))
