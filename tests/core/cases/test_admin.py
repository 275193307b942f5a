"""The desk of requests: worklists of one's own, a case on one screen, and nothing of others'."""

import datetime
import time
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from accounts.rules import mask_address
from core.cases.enums import EventKind
from core.cases.files import MOST_BYTES, prepare
from core.cases.models import Attachment, Case, CaseEvent
from core.cases.services import assign, attach, move, note
from core.cases.worklists import WORKLISTS
from core.records.models import Access
from tests.core.cases.conftest import again, make_case, member, new_key
from tests.core.cases.samples import document, photograph
from tests.sign_in import sign_in

LIST = "/admin/cases/case/"
DAY = datetime.timedelta(days=1)


def at_the_desk(person) -> Client:
    client = Client()
    sign_in(client, person)
    session = client.session
    session["why"] = {"reason": "시험", "until": time.time() + 3600}
    session.save()
    return client


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def numbers(answer):
    """Answer the numbers of the cases that a list shows, in its order."""
    return [int(link.text.lstrip("#")) for link in soup(answer).select("#result_list th a")]


def page_of(case):
    return f"{LIST}{case.pk}/change/"


@pytest.fixture
def today_case(centre, citizen):
    return make_case(citizen, now=timezone.now())


class TestList:
    def test_shows_what_lies_in_ones_office_soonest_due_first(
        self, centre, other_centre, citizen, worker
    ):
        now = timezone.now()
        later = make_case(citizen, now=now)
        sooner = make_case(citizen, now=now - 20 * DAY)
        make_case(citizen, now=now, office_id=other_centre.pk)

        assert numbers(at_the_desk(worker).get(LIST)) == [sooner.pk, later.pk]

    @pytest.mark.parametrize("who", ["outsider", "stranger", "citizen", "officer"])
    def test_shows_strangers_nothing(self, request, today_case, who):
        answer = at_the_desk(request.getfixturevalue(who)).get(LIST)

        assert answer.status_code in (302, 403) or numbers(answer) == []

    def test_leaves_out_ones_own_request(self, worker, today_case):
        make_case(worker, now=timezone.now())

        assert numbers(at_the_desk(worker).get(LIST)) == [today_case.pk]

    def test_keeps_to_the_list_asked_for(self, centre, citizen, worker, manager):
        now = timezone.now()
        mine, late, ended = (make_case(citizen, now=now - days * DAY) for days in (0, 60, 0))
        Case.objects.filter(pk=mine.pk).update(assignee=worker)
        Case.objects.filter(pk=late.pk).update(escalated_at=now)
        move(case_id=ended.pk, name="withdraw", actor=citizen, key=new_key(), now=now)
        client = at_the_desk(worker)

        shown = {
            name: numbers(client.get(LIST, {"list": name}))
            for name in ("mine", "overdue", "unassigned", "escalated", "closed", "office", "?")
        }
        assert shown == {
            "mine": [mine.pk],
            "overdue": [late.pk],
            "unassigned": [late.pk],
            "escalated": [late.pk],
            "closed": [ended.pk],
            "office": [late.pk, mine.pk],
            "?": [late.pk, mine.pk],
        }

    def test_keeps_to_a_state(self, centre, citizen, worker):
        now = timezone.now()
        begun, _ = make_case(citizen, now=now), make_case(citizen, now=now)
        move(case_id=begun.pk, name="begin", actor=worker, key=new_key(), now=now)

        answer = at_the_desk(worker).get(LIST, {"stands": "welfare.home-help:in_review"})
        assert numbers(answer) == [begun.pk]

    def test_asks_as_often_however_long_it_is(self, worker, citizen, centre, assert_flat):
        client, now = at_the_desk(worker), timezone.now()
        asked = assert_flat(
            lambda: client.get(LIST), add=lambda number: make_case(citizen, now=now)
        )

        # Session, person, roles, second factor, figures, mandates, home, number, rows, rights, log.
        assert asked == 11

    def test_counts_by_state_and_age(self, centre, citizen, worker):
        now = timezone.now()
        for days in (0, 0, 70):
            make_case(citizen, now=now - days * DAY)

        (row,) = soup(at_the_desk(worker).get(LIST)).select(".desk-table tbody tr")
        assert [cell.text for cell in row.select("td")] == ["2", "0", "0", "1", "3"]

    def test_is_found_by_name_and_number(self, today_case, citizen, worker, stranger, centre):
        other = make_case(stranger, now=timezone.now())
        client = at_the_desk(worker)

        assert numbers(client.get(LIST, {"q": "김시민"})) == [today_case.pk]
        assert numbers(client.get(LIST, {"q": str(other.pk)})) == [other.pk]


class TestWorklists:
    def test_count_for_whoever_looks(self, centre, other_centre, citizen, worker, outsider):
        now = timezone.now()
        mine = make_case(citizen, now=now - 60 * DAY)
        Case.objects.filter(pk=mine.pk).update(assignee=worker)
        make_case(citizen, now=now)

        def told(person):
            page = soup(at_the_desk(person).get("/admin/"))
            return {
                one.select_one(".desk-work__title").text: one.select_one(".desk-work__number").text
                for one in page.select(".desk-work")
            }

        assert told(worker) == {
            "내가 맡은 신청": "1",
            "우리 기관 신청": "2",
            "기한이 지난 신청": "1",
            "담당자 없는 신청": "1",
            "창구 상담": "0",
            "위기 신호 가구": "0",
            "돌보는 가구": "0",
            "내가 맡은 돌봄": "0",
            "담당이 없는 돌봄": "0",
            "합칠 가구": "0",
        }
        assert set(told(outsider).values()) == {"0"}

    def test_of_what_climbed_are_the_managers(self, today_case, worker, manager):
        climbed = next(one for one in WORKLISTS if one.query == "list=escalated")
        Case.objects.filter(pk=today_case.pk).update(escalated_at=timezone.now())

        assert (climbed.is_shown_to(worker), climbed.is_shown_to(manager)) == (False, True)
        assert climbed.number_for(manager) == 1

    def test_lead_to_their_lists(self, today_case, manager):
        client = at_the_desk(manager)

        for worklist in (one for one in WORKLISTS if one.is_shown_to(manager)):
            assert len(numbers(client.get(worklist.url))) == worklist.number_for(manager)


class TestPage:
    def test_tells_all_and_notes_who_looked(self, case, worker):
        note(case_id=case.pk, text="전화함", actor=worker, key=new_key(), now=timezone.now())
        client = at_the_desk(worker)
        pages = [client.get(page_of(case)).text for _ in range(2)]

        for word in ("김시민", "집수리 신청", "문턱 없애기", "전화함", "접수"):
            assert word in pages[0]
        assert CaseEvent.objects.of(case).filter(kind=EventKind.VIEWED).count() == 1
        # Folded, and not among what was done.
        (looks,) = BeautifulSoup(pages[1], "html.parser").select("[aria-labelledby=log] details li")
        assert "열어 봄" in looks.text
        assert "최담당, 담당자, 가온동주민센터" in looks.text

    @pytest.mark.parametrize("who", ["outsider", "stranger", "citizen", "helper", "officer"])
    def test_is_hidden_from_strangers(self, request, case, who):
        client = at_the_desk(request.getfixturevalue(who))
        told = [client.get(page_of(case)), client.post(page_of(case), {"deed": "take", "key": "k"})]

        assert {answer.status_code for answer in told} <= {302, 403, 404}
        assert again(case).assignee is None
        assert not CaseEvent.objects.of(case).filter(kind=EventKind.VIEWED).exists()

    def test_is_only_looked_at_by_a_superuser(self, case, admin_user):
        admin_client = at_the_desk(admin_user)
        page = soup(admin_client.get(page_of(case)))

        assert not page.select("main form [name=deed], .desk-case form")
        refused = admin_client.post(page_of(case), {"deed": "note", "note": "?", "key": "k"})
        assert refused.status_code == 403

    def test_offers_the_moves_of_this_person_alone(self, case, worker, manager):
        move(case_id=case.pk, name="begin", actor=worker, key=new_key(), now=timezone.now())

        def offered(person):
            page = soup(at_the_desk(person).get(page_of(case)))
            return [(b["value"], *b["accesskey"]) for b in page.select("button[name=move]")]

        assert offered(worker) == [("ask", "1"), ("decline", "2")]
        assert offered(manager) == [("ask", "1"), ("approve", "2"), ("decline", "3")]

    def test_moves_with_its_buttons(self, case, worker):
        client = at_the_desk(worker)
        told = {"deed": "move", "move": "ask", "words-ask": "문이 몇 개인가요?", "key": new_key()}
        answers = [client.post(page_of(case), told) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [302, 302]
        assert again(case).state == "asked"
        assert CaseEvent.objects.of(case).filter(kind=EventKind.MOVED).count() == 1

    def test_keeps_what_was_typed_where_it_was_refused(self, case, worker):
        client = at_the_desk(worker)
        told = {"deed": "move", "move": "approve", "words-ask": "적던 질문", "key": new_key()}
        page = client.post(page_of(case), told)

        assert page.status_code == 200
        assert "지금은 할 수 없습니다" in page.text
        assert "적던 질문" in page.text
        assert again(case).state == "received"

    @pytest.mark.usefixtures("folder")
    def test_does_the_rest(self, case, worker, manager, outsider, other_centre):
        boss, other = at_the_desk(manager), make_case(case.person)
        for told in (
            {"deed": "take"},
            {"deed": "assign", "assignee": worker.pk},
            {"deed": "note", "note": "메모"},
            {"deed": "message", "message": "알림"},
            {"deed": "link", "other": f"#{other.pk}"},
            {"deed": "attach", "file": upload()},
        ):
            answer = boss.post(page_of(case), {**told, "key": new_key()})
            assert answer.status_code == 302, told

        kinds = set(CaseEvent.objects.of(case).values_list("kind", flat=True))
        assert kinds >= {"ASSIGNED", "NOTE", "MESSAGE", "LINKED", "ATTACHED"}
        assert again(case).assignee == worker
        told = {"deed": "hand-over", "office": "나래", "reason": "이사", "key": new_key()}
        assert boss.post(page_of(case), told)["Location"] == LIST
        assert again(case).office == other_centre

    @pytest.mark.parametrize(
        ("told", "why"),
        [
            ({"deed": "note", "note": " "}, "적어 주세요"),
            ({"deed": "hand-over", "office": "동주민센터", "reason": "?"}, "이름을 더 적어"),
            ({"deed": "hand-over", "office": "없는 곳", "reason": "?"}, "그런 이름의 기관이"),
            ({"deed": "hand-over", "office": "", "reason": "?"}, "이름을 적어"),
            ({"deed": "link", "other": "abc"}, "번호를 다시"),
            ({"deed": "assign", "assignee": "999999"}, "이 사람을 찾을 수"),
            ({"deed": "attach"}, "파일을 골라"),
        ],
    )
    def test_says_what_is_wrong(self, case, manager, other_centre, told, why):
        page = at_the_desk(manager).post(page_of(case), {**told, "key": new_key()})

        assert page.status_code == 200
        assert why in page.text

    @pytest.mark.parametrize(
        "told",
        [
            {"deed": "take", "key": "a\x00"},
            {"deed": "hand-over", "office": "\x00", "reason": "?", "key": "k"},
            {"deed": "\x00", "key": "k"},
        ],
    )
    def test_refuses_what_no_text_holds_to_whoever_may_write(self, case, worker, citizen, told):
        assert at_the_desk(worker).post(page_of(case), told).status_code == 400
        assert at_the_desk(citizen).post(page_of(case), told).status_code in (302, 403)

    def test_needs_a_key_and_a_known_deed(self, case, worker):
        client = at_the_desk(worker)

        assert "새로 고친" in client.post(page_of(case), {"deed": "take"}).text
        assert client.post(page_of(case), {"deed": "?", "key": "k"}).status_code == 403

    def test_names_colleagues_in_the_log_and_nobody_else(self, case, citizen, worker, manager):
        assign(
            case_id=case.pk,
            assignee=worker,
            assignee_name="최담당",
            actor=manager,
            key=new_key(),
            now=timezone.now(),
        )
        shown = [
            " ".join(line.text.split())
            for line in soup(at_the_desk(worker).get(page_of(case))).select(".desk-log li")
        ]

        assert "담당 정함: 최담당" in shown[0]
        assert "정책임, 책임자, 가온동주민센터" in shown[0]
        assert "김시민" not in shown[1]
        assert "신청한 사람" in shown[1]

    def test_asks_for_all_names_at_once(self, case, worker, manager):
        def number():
            client = at_the_desk(worker)
            client.get(page_of(case))
            with CaptureQueriesContext(connection) as asked:
                client.get(page_of(case))
            return len(asked)

        told = {"case_id": case.pk, "now": timezone.now()}
        note(text="전화함", actor=worker, key=new_key(), **told)
        few = number()
        for actor in (manager, worker) * 5:
            note(text="전화함", actor=actor, key=new_key(), **told)
        assert number() == few

    def test_warns_of_duplicates(self, case, citizen, worker):
        other = make_case(citizen)

        assert f"#{other.pk}" in at_the_desk(worker).get(page_of(case)).text

    def test_prints_a_slip_once(self, case, worker):
        client = at_the_desk(worker)
        page = client.post(page_of(case), {"deed": "slip", "key": new_key()})

        code = soup(page).select_one(".desk-code").text
        assert len(code.replace("-", "")) == 8
        assert soup(page).select(".desk-qr svg")
        assert "/requests/track/" in page.text
        assert "no-store" in page["Cache-Control"]
        assert code not in client.get(page_of(case)).text

    @pytest.mark.parametrize("number", ["x", "0", "99999999999999999999999", "9" * 5_000, "1%00"])
    def test_is_no_page_for_what_is_no_number(self, worker, number):
        assert at_the_desk(worker).get(f"{LIST}{number}/change/").status_code in (302, 404)


def upload(content=None, name="집.jpg"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, photograph() if content is None else content)


class TestFiles:
    @pytest.fixture
    def kept(self, case, worker, folder) -> Attachment:
        return attach(
            case_id=case.pk,
            file=prepare(document()),
            filename="등본.pdf",
            actor=worker,
            key=new_key(),
            now=timezone.now(),
        )

    def test_come_as_downloads(self, case, worker, kept):
        answer = at_the_desk(worker).get(f"{LIST}{case.pk}/files/{kept.pk}/")

        assert b"".join(answer.streaming_content).startswith(b"%PDF-")
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]

    def test_say_of_which_request_they_were_read(self, case, worker, citizen, kept):
        b"".join(at_the_desk(worker).get(f"{LIST}{case.pk}/files/{kept.pk}/").streaming_content)

        (look,) = Access.objects.of(citizen.pk)
        assert (look.reason, look.office) == (f"집수리 신청 #{case.pk}", case.office)

    def test_that_were_taken_along_are_lines_that_name_them(self, case, worker, citizen, kept):
        client = at_the_desk(worker)
        b"".join(client.get(f"{LIST}{case.pk}/files/{kept.pk}/").streaming_content)
        client.get(page_of(case))
        told = soup(client.get(page_of(case))).select_one("[aria-labelledby=log] details").text

        assert "파일 내려받음: 등본.pdf" in told
        kept.delete()
        told = soup(client.get(page_of(case))).select_one("[aria-labelledby=log] details").text
        assert "파일 내려받음" in told
        assert "등본" not in told

    @pytest.mark.parametrize("who", ["outsider", "stranger", "citizen", "officer"])
    def test_are_hidden_from_strangers(self, request, case, kept, who):
        client = at_the_desk(request.getfixturevalue(who))

        answer = client.get(f"{LIST}{case.pk}/files/{kept.pk}/")
        assert answer.status_code in (302, 403, 404)
        assert not answer.streaming

    def test_are_found_with_their_own_case_only(self, case, worker, kept):
        path = f"{LIST}{case.pk + 1}/files/{kept.pk}/"

        assert at_the_desk(worker).get(path).status_code == 404

    def test_that_are_no_files_of_ours_are_refused(self, case, worker, folder):
        told = {"deed": "attach", "file": upload(b"MZ", "집.jpg"), "key": new_key()}
        page = at_the_desk(worker).post(page_of(case), told)

        assert "PDF와 사진" in soup(page).select_one("#error-file").text
        assert not list(folder.iterdir())

    def test_that_are_too_large_are_refused_at_the_field_unread(
        self, case, worker, folder, monkeypatch
    ):
        sent = upload(b"%PDF-" + b"x" * MOST_BYTES, "집.pdf")
        monkeypatch.setattr("core.cases.files.prepare", lambda _: pytest.fail("it was read"))
        told = {"deed": "attach", "file": sent, "is_told": "1", "key": new_key()}
        page = soup(at_the_desk(worker).post(page_of(case), told))

        assert "10MB까지 보낼 수 있는데 고른 파일은 10.1MB" in page.select_one("#error-file").text
        assert page.select_one("details[open] #file[aria-invalid=true]")
        assert page.select_one("input[name=is_told]").has_attr("checked")


class TestBulkAssignment:
    def asked(self, cases, **told):
        return {"action": "assign_chosen", "_selected_action": [one.pk for one in cases], **told}

    def test_asks_shows_and_does(self, centre, citizen, worker, manager):
        cases = [make_case(citizen, now=timezone.now()) for _ in range(3)]
        client = at_the_desk(manager)

        form = soup(client.post(LIST, self.asked(cases)))
        assert [option.text for option in form.select("select[name=assignee] option")] == [
            "정책임",
            "최담당",
        ]
        told = {
            "assignee": worker.pk,
            "key": form.select_one("[name=key]")["value"],
        }
        shown = client.post(LIST, self.asked(cases, desk_step="preview", **told))
        assert shown.text.count("최담당") >= 3
        assert not Case.objects.assigned_to(worker.pk).exists()
        for _ in range(2):
            client.post(LIST, self.asked(cases, desk_step="confirm", **told))
        assert Case.objects.assigned_to(worker.pk).count() == 3
        assert CaseEvent.objects.filter(kind=EventKind.ASSIGNED).count() == 3

    def test_is_no_workers(self, today_case, worker, manager):
        client = at_the_desk(worker)
        told = {"desk_step": "confirm", "assignee": worker.pk, "key": uuid.uuid4()}
        client.post(LIST, self.asked([today_case], **told))

        assert again(today_case).assignee is None
        assert "assign_chosen" not in client.get(LIST).text

    def test_reaches_no_other_centre(self, other_centre, citizen, worker, manager):
        theirs = make_case(citizen, now=timezone.now(), office_id=other_centre.pk)
        told = {"desk_step": "confirm", "assignee": worker.pk, "key": uuid.uuid4()}
        at_the_desk(manager).post(LIST, self.asked([theirs], **told))

        assert again(theirs).assignee is None

    def test_tells_two_of_one_name_apart(self, today_case, centre, worker, manager):
        same = User.objects.create_user("other@portal.example", "pw", name=worker.name)
        Membership.objects.create(
            person=same, office=centre, role=Role.WORKER, starts_date="2020-01-01"
        )

        page = at_the_desk(manager).get(page_of(today_case))
        offered = [one.text.strip() for one in soup(page).select("select[name=assignee] option")]
        told = {f"{worker.name} ({mask_address(one.email)})" for one in (worker, same)}
        assert told <= set(offered)
        assert manager.name in offered

    def test_offers_nobody_of_another_centre(self, today_case, manager, outsider):
        told = {"desk_step": "preview", "assignee": outsider.pk, "key": uuid.uuid4()}
        page = at_the_desk(manager).post(LIST, self.asked([today_case], **told))

        assert "한타동" not in page.text


def test_offices_know_their_staff(centre, other_centre, worker, manager, outsider):
    from accounts.enums import Role
    from core.cases.staff import staff_of

    gone = member(centre, Role.WORKER, "퇴직자")
    gone.memberships.update(ends_date="2020-02-02")
    member(centre, Role.OFFICIAL, "시공무원")

    found = staff_of([centre.pk], on=timezone.localdate())
    assert [name for *_, name in found] == ["정책임", "최담당"]


def test_colleagues_without_a_name_show_a_part_of_their_address(centre, today_case, worker):
    nameless = member(centre, Role.MANAGER, "kimcheolsu")
    User.objects.filter(pk=nameless.pk).update(name="")
    taking = at_the_desk(User.objects.get(pk=nameless.pk))
    taking.post(page_of(today_case), {"deed": "take", "key": new_key()})
    client = at_the_desk(worker)

    assert again(today_case).assignee_name == "ki***@portal.example"
    for path in (page_of(today_case), LIST):
        text = client.get(path).text
        assert "ki***@portal.example" in text
        assert "kimcheolsu" not in text


class TestSlip:
    def test_of_a_request_without_a_name_says_so(self, case, worker):
        Case.objects.filter(pk=case.pk).update(applicant="")

        page = at_the_desk(worker).post(page_of(case), {"deed": "slip", "key": new_key()})

        assert "이름을 적지 않은 신청입니다." in page.text


class TestHistory:
    def test_names_the_step_and_what_the_citizen_reads_of_it(self, today_case, worker):
        move(case_id=today_case.pk, name="begin", actor=worker, key=new_key(), now=timezone.now())
        newest = soup(at_the_desk(worker).get(page_of(today_case))).select_one(".desk-log li")

        assert "검토 시작: 접수 → 검토 중" in newest.text
        assert "시민에게 보이는 말: 담당자가 살펴보고 있습니다." in newest.text
