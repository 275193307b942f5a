"""Somebody goes back to a page that has done its work and sends it with something else.

That is not done, and nobody is told that it was: sent once more it is.
"""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.cases import services
from core.cases.enums import EventKind
from core.cases.errors import KeyUsed
from core.cases.files import prepare
from core.cases.models import Case, CaseEvent
from core.cases.services import answer, assign, assign_many, hand_over, issue_code, move, note
from tests.core.cases.conftest import NOW, again, make_case, new_key
from tests.core.cases.samples import photograph
from tests.core.cases.test_admin import LIST, at_the_desk, page_of, soup

INTAKE = f"{LIST}intake/"


def told(case, actor, key):
    return {"case_id": case.pk, "actor": actor, "key": key, "now": NOW}


class TestServices:
    def test_open_nobody_elses_request_for_a_key(self, centre, worker):
        key = uuid.uuid4()
        first = make_case(None, actor=worker, key=key, applicant="박종이", office_id=centre.pk)
        for other in ({"applicant": "최다음"}, {"words": "다른 말"}, {"subject": "다른 일"}):
            with pytest.raises(KeyUsed):
                make_case(
                    None,
                    actor=worker,
                    key=key,
                    office_id=centre.pk,
                    **{"applicant": "박종이", **other},
                )
        assert Case.objects.get() == first

    def test_open_for_somebody_else_what_was_opened_for_oneself(self, centre, citizen, helper):
        key = uuid.uuid4()
        make_case(helper, key=key)
        with pytest.raises(KeyUsed):
            make_case(citizen, actor=helper, key=key)

    def test_make_no_other_move(self, case, worker):
        key = new_key()
        move(name="ask", words="문이 몇 개인가요?", **told(case, worker, key))
        for name, words in (("ask", "창은요?"), ("decline", "문이 몇 개인가요?")):
            with pytest.raises(KeyUsed, match="지금 보낸 것은 처리하지 않았습니다"):
                move(name=name, words=words, **told(case, worker, key))
        assert again(case).state == "asked"

    def test_give_no_other_answer(self, case, citizen, worker):
        move(name="ask", words="?", **told(case, worker, new_key()))
        key = new_key()
        answer(text="둘", **told(case, citizen, key))
        with pytest.raises(KeyUsed):
            answer(text="셋", **told(case, citizen, key))

    def test_lose_no_note(self, case, worker):
        key = new_key()
        note(text="전화함", **told(case, worker, key))
        with pytest.raises(KeyUsed):
            note(text="다시 전화함", **told(case, worker, key))

    def test_lose_no_file_though_telephones_call_all_alike(self, case, citizen, folder):
        key, common = new_key(), {"filename": "image.jpg"}
        files = [prepare(photograph(size=(one, one))) for one in (40, 80)]
        services.attach(file=files[0], **common, **told(case, citizen, key))
        with pytest.raises(KeyUsed):
            services.attach(file=files[1], **common, **told(case, citizen, key))

    def test_give_it_to_nobody_else(self, case, citizen, worker, manager):
        key = new_key()
        assign(assignee=worker, assignee_name="최담당", **told(case, manager, key))
        with pytest.raises(KeyUsed):
            assign(assignee=manager, assignee_name="정책임", **told(case, manager, key))
        with pytest.raises(KeyUsed):
            assign_many(
                case_ids=[case.pk, make_case(citizen).pk],
                assignee=manager,
                assignee_name="정책임",
                actor=manager,
                key=key,
                now=NOW,
            )
        assert again(case).assignee_id == worker.pk

    def test_hand_it_over_to_no_third(self, case, outsider, other_centre, centre):
        """Whoever works in both offices still sees it, and so is told."""
        outsider.memberships.create(office=centre, role="WORKER", starts_date="2020-01-01")
        both, key = type(outsider).objects.get(pk=outsider.pk), new_key()
        hand_over(office=other_centre, reason="이사", **told(case, both, key))
        with pytest.raises(KeyUsed):
            hand_over(office=centre, reason="이사", **told(case, both, key))


class TestPages:
    def test_a_clerk_gives_nobody_the_slip_of_who_came_before(self, worker):
        client = at_the_desk(worker)
        key = soup(client.get(INTAKE)).select_one("[name=key]")["value"]
        sent = {"kind": "welfare.home-help", "key": key, "slip": "1"}
        first = soup(client.post(INTAKE, {**sent, "applicant": "박종이"}))
        code = first.select_one(".desk-code").text

        # Back in the browser, and the next person's name in the same form.
        page = soup(client.post(INTAKE, {**sent, "applicant": "최다음"}))
        assert not page.select(".desk-code")
        assert "지금 보낸 것은 처리하지 않았습니다" in page.text
        assert page.select_one("[name=applicant]")["value"] == "최다음"

        fresh = page.select_one("[name=key]")["value"]
        again_sent = soup(client.post(INTAKE, {**sent, "key": fresh, "applicant": "최다음"}))
        assert again_sent.select_one(".desk-code").text != code
        assert list(Case.objects.order_by("pk").values_list("applicant", flat=True)) == [
            "박종이", "최다음",
        ]  # fmt: skip

    def test_a_clerk_who_prints_a_newer_slip_meanwhile_opens_no_second_request(self, worker):
        client = at_the_desk(worker)
        key = soup(client.get(INTAKE)).select_one("[name=key]")["value"]
        sent = {"kind": "welfare.home-help", "applicant": "박종이", "key": key, "slip": "1"}
        client.post(INTAKE, sent)
        case = Case.objects.get()
        issue_code(case_id=case.pk, actor=worker, key=new_key(), now=NOW)
        page = soup(client.post(INTAKE, sent))
        assert "새 접수 번호가 발급되었습니다" in page.text
        client.post(INTAKE, {**sent, "key": page.select_one("[name=key]")["value"]})
        assert Case.objects.get() == case

    def test_a_clerk_is_not_told_that_a_second_note_is_kept(self, case, worker):
        client = at_the_desk(worker)
        key = soup(client.get(page_of(case))).select_one("[name=key]")["value"]
        client.post(page_of(case), {"deed": "note", "note": "전화함", "key": key})
        page = client.post(page_of(case), {"deed": "note", "note": "또 전화함", "key": key})
        assert "지금 보낸 것은 처리하지 않았습니다" in page.text

        fresh = soup(page).select_one("[name=key]")["value"]
        client.post(page_of(case), {"deed": "note", "note": "또 전화함", "key": fresh})
        assert CaseEvent.objects.of(case).filter(kind=EventKind.NOTE).count() == 2


def test_a_citizen_sends_a_second_paper_from_the_page_gone_back_to(case, citizen, folder, client):
    client.force_login(citizen)
    address = f"/my/requests/{case.pk}/"
    form = soup(client.get(address)).select_one("[name=deed][value=attach]").find_parent("form")
    key = form.select_one("[name=key]")["value"]

    def send(size, key):
        paper = SimpleUploadedFile("image.jpg", photograph(size=(size, size)))
        return client.post(address, {"deed": "attach", "key": key, "file": paper})

    assert send(40, key).status_code == 303
    page = send(80, key)
    assert page.status_code == 200
    assert "지금 보낸 것은 처리하지 않았습니다" in page.text
    form = soup(page).select_one("[name=deed][value=attach]").find_parent("form")
    assert send(80, form.select_one("[name=key]")["value"]).status_code == 303
    assert case.attachments.count() == 2
