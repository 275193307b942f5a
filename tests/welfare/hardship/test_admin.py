"""The desk: a centre's own list by points, one household, files, weights, and figures."""

import re
import uuid

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from core.cases.services import move
from core.records.models import Access
from tests.accounts.factories import make_person
from tests.desk_steps import confirm, mark_on
from tests.sign_in import sign_in
from tests.welfare.hardship import people
from tests.welfare.hardship.people import bring, do, file_of, household_of, row
from welfare.enums import HardshipDeed, HardshipState
from welfare.models import HardshipHousehold, HardshipImport, HardshipSign, SignWeights
from welfare.queries.hardship import fairness
from welfare.services.hardship_matching import follow_caseload
from welfare.services.sign_weights import send_back_weights, send_weights, write_weights

pytestmark = pytest.mark.django_db
LIST = "/admin/welfare/hardshiphousehold/"
FIGURES = f"{LIST}figures/"
FILES = "/admin/welfare/hardshipimport/"
ADD = f"{FILES}add/"
WEIGHTS = "/admin/welfare/signweights/"


def signed_in(person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def page(response):
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def named(response):
    found = page(response).select("#result_list .field-household, .field-household")
    return [re.sub(r", \d{4}년생$", "", one.text.strip()) for one in found]


class TestList:
    def test_shows_the_own_centre_by_points(self, official, worker):
        bring(
            official,
            row("한점", kind="MOBILE"),
            row("백점", kind="DISCONNECTED"),
            row("두점", kind="GAS"),
            row("남의 동", kind="DISCONNECTED", dong="노원구 상계1동"),
        )

        assert named(signed_in(worker).get(LIST)) == ["백점", "두점", "한점"]

    def test_is_narrowed_by_state_and_sign(self, manager, worker):
        bring(manager, row("가스", kind="GAS"), row("월세", kind="RENT"), row("도움", kind="GAS"))
        do(worker, household_of("도움"), HardshipDeed.HELPED)
        client = signed_in(worker)

        assert named(client.get(f"{LIST}?sign=GAS")) == ["가스", "도움"]
        assert named(client.get(f"{LIST}?state=WAITING")) == ["월세", "가스"]
        assert named(client.get(f"{LIST}?state=HELPED&sign=GAS")) == ["도움"]
        assert named(client.get(f"{LIST}?state=news")) == []
        bring(manager, row("도움", kind="WATER"))
        assert named(client.get(f"{LIST}?state=news")) == ["도움"]

    def test_finds_by_name_and_birth_date_together(self, manager, worker, centre):
        people.take_into_caseload(centre, "김가구")
        bring(manager, row("홍길동"), row("김가구"))
        client = signed_in(worker)

        assert named(client.get(LIST, {"q": "홍길동 1956-03-02"})) == ["홍길동"]
        assert named(client.get(LIST, {"q": "김가구 1956.3.2"})) == ["김가구"]
        assert named(client.get(LIST, {"q": "홍길동"})) == []
        assert named(client.get(LIST, {"q": "홍길동 1956-03-03"})) == []

    def test_asks_as_often_for_many_as_for_few(self, manager, worker, assert_flat):
        client = signed_in(worker)

        def add(number):
            bring(manager, *(row(f"사람{number}", kind=kind) for kind in ("GAS", "RENT")))

        assert assert_flat(lambda: client.get(LIST), add=add) <= 14

    def test_is_refused_to_who_works_in_no_office(self, resident, official):
        for person in (resident, official):
            assert signed_in(person).get(LIST).status_code in (302, 403)

    def test_counts_at_its_foot_as_the_language_does(self, manager, worker):
        bring(manager, row("가나"), row("다라"))
        told = " ".join(page(signed_in(worker).get(LIST)).get_text(" ").split())
        assert "모두 2가구" in told
        assert "2 위기 신호 가구" not in told

    def test_is_among_the_worklists_with_its_number(self, manager, worker):
        bring(manager, row("가나"), row("다라"))
        do(worker, household_of("가나"))

        told = page(signed_in(worker).get("/admin/"))

        link = told.select_one(f'a.desk-work[href="{LIST}?state=WAITING"]')
        assert "위기 신호 가구" in link.text
        assert link.select_one(".desk-work__number").text.strip().startswith("1")


class TestHousehold:
    @pytest.fixture
    def household(self, manager):
        bring(manager, row(months=4), row(kind="JOB_LOSS"))
        return household_of()

    def test_says_why_it_weighs_what_it_weighs(self, worker, household):
        told = page(signed_in(worker).get(f"{LIST}{household.pk}/change/")).get_text(
            " ", strip=True
        )

        assert "모두 50점입니다" in told
        assert "둘째 달부터 한 달에 5점씩 3달을 더합니다" in told
        assert "서울시가 아직 정하지 않았습니다" in told
        assert "무엇을 할지는 담당자가 정합니다" in told

    def test_is_another_centres_to_nobody(self, outsider, household):
        client = signed_in(outsider)

        assert client.get(f"{LIST}{household.pk}/change/").status_code == 404
        assert client.post(f"{LIST}{household.pk}/change/", {"deed": "LEFT"}).status_code == 404

    def test_takes_down_what_was_done(self, worker, household):
        client, address = signed_in(worker), f"{LIST}{household.pk}/change/"
        key = page(client.get(address)).find("input", {"name": "key"})["value"]
        sent = {"deed": "VISITED", "words": "댁에 다녀왔습니다.", "key": key}

        for _ in range(2):
            assert client.post(address, sent).status_code == 302

        household.refresh_from_db()
        assert household.state == HardshipState.VISITED
        assert [one.words for one in household.steps.all()] == ["댁에 다녀왔습니다."]
        assert "댁에 다녀왔습니다." in page(client.get(address)).text

    def test_asks_for_the_reason_beside_the_field(self, worker, household):
        client, address = signed_in(worker), f"{LIST}{household.pk}/change/"

        told = page(client.post(address, {"deed": "LEFT", "words": "", "key": uuid.uuid4()}))

        assert told.select_one(".desk-error")
        assert household.steps.count() == 0

    def test_plans_a_visit_and_leads_to_it(self, worker, household):
        client, address = signed_in(worker), f"{LIST}{household.pk}/change/"
        sent = {"deed": "VISIT_PLANNED", "words": "가 보겠습니다.", "key": uuid.uuid4()}

        client.post(address, sent)

        case = household.steps.get().case
        assert page(client.get(address)).find("a", href=f"/admin/cases/case/{case.pk}/change/")
        again = client.post(address, sent | {"key": uuid.uuid4()}, follow=True)
        assert f"이미 잡힌 가정 방문이 있습니다: #{case.pk}" in again.content.decode()

    def test_a_superuser_says_why_and_looks_and_does_nothing(
        self, admin_client, household, say_why
    ):
        address = f"{LIST}{household.pk}/change/"
        assert "왜" in admin_client.get(address, follow=True).content.decode()
        say_why(admin_client)

        assert not page(admin_client.get(address)).find("select", {"name": "deed"})
        sent = {"deed": "LEFT", "words": "…", "key": uuid.uuid4()}
        assert admin_client.post(address, sent).status_code == 403

    def test_is_told_to_whom_it_is_about(self, manager, worker, centre, resident):
        people.take_into_caseload(centre, person=resident)
        bring(manager, row())

        signed_in(worker).get(f"{LIST}{household_of().pk}/change/")

        looked = Access.objects.filter(person=resident).order_by("-pk").first()
        assert looked.actor_id == worker.pk
        assert f"위기 신호 가구 #{household_of().pk}" in looked.reason
        assert {"welfare.HardshipSign", "welfare.HardshipHousehold"} <= set(looked.holdings)

    def test_that_is_nobodys_is_an_entry_of_nobody(self, worker, household):
        before = Access.objects.count()

        signed_in(worker).get(f"{LIST}{household.pk}/change/")

        entry = Access.objects.order_by("-pk").first()
        assert Access.objects.count() > before
        assert (entry.person_id, entry.actor_id) == (None, worker.pk)


class TestFiles:
    def send(self, client, *rows, **told):
        file = file_of(*rows, **told)
        file.name = "signs.csv"
        return client.post(ADD, {"file": file})

    def fields(self, told):
        return {one["name"]: one["value"] for one in told.select("form input[type=hidden]")}

    def test_are_looked_at_then_confirmed_without_choosing_again(self, manager):
        client = signed_in(manager)

        told = page(self.send(client, row(), row("김서울", kind="?")))

        assert "아직 아무것도 저장하지 않았습니다" in told.text
        assert not HardshipSign.objects.exists()
        done = client.post(ADD, self.fields(told), follow=True)
        assert "새 신호 1건" in done.content.decode()
        assert HardshipImport.objects.get().brought_by == manager

    def test_that_are_large_are_chosen_again_and_compared(self, manager, monkeypatch):
        monkeypatch.setattr("welfare.admin.hardship_imports.MOST_CARRIED", 10)
        client = signed_in(manager)
        told = page(self.send(client, row()))
        fields = self.fields(told)
        assert "carried" not in fields
        assert told.find("input", {"type": "file"})

        other = client.post(ADD, fields | {"file": named_file(row("다른"))})
        assert "미리 본 파일이 아니어서" in other.content.decode()
        assert not HardshipSign.objects.exists()
        assert client.post(ADD, fields).status_code == 200
        assert not HardshipSign.objects.exists()

        client.post(ADD, fields | {"file": named_file(row())})
        assert household_of().name == "홍길동"

    def test_confirm_nothing_of_somebody_elses_page(self, manager, official):
        fields = self.fields(page(self.send(signed_in(manager), row())))

        signed_in(official).post(ADD, fields)

        assert not HardshipSign.objects.exists()

    def test_are_shown_again_where_they_would_do_something_else_by_now(self, manager):
        client = signed_in(manager)
        fields = self.fields(page(self.send(client, row(months=3))))
        bring(manager, row(months=1))

        told = client.post(ADD, fields)

        assert "다시 보여 드립니다" in told.content.decode()
        assert HardshipSign.objects.get().months == 1

    @pytest.mark.parametrize(
        "content", [b"", b"\x00\x01\x02", b"PK\x03\x04 zip", '이름\n홍"길동'.encode("utf-16")]
    )
    def test_that_are_none_are_refused_beside_the_field(self, manager, content):
        client = signed_in(manager)
        file = named_file(row())
        file.seek(0)
        file.truncate()
        file.write(content)
        file.seek(0)

        told = page(client.post(ADD, {"file": file}))

        assert told.select_one(".desk-error")

    def test_tell_the_values_as_text(self, manager):
        told = self.send(signed_in(manager), row("<script>alert(1)</script>"), row(kind="<b>"))

        assert b"<script>alert" not in told.content
        assert b"<b>" not in told.content

    def test_are_listed_to_who_brought_them(self, manager, official, worker):
        bring(manager, row())
        bring(official, row("김노원", dong="노원구 상계1동"))

        told = page(signed_in(manager).get(FILES))

        assert len(told.select("#result_list tbody tr, tbody.result-row")) >= 1
        assert "최주무" not in told.text
        assert signed_in(worker).get(FILES).status_code == 403
        assert signed_in(worker).get(ADD).status_code == 403

    def test_an_official_finds_the_way_without_a_list_of_people(self, official):
        client = signed_in(official)

        assert page(client.get(FILES)).find("a", href=ADD)
        assert client.get(ADD).status_code == 200
        assert client.get(LIST).status_code == 403


def named_file(*rows):
    file = file_of(*rows)
    file.name = "signs.csv"
    return file


class TestFigures:
    def test_hide_what_could_name_somebody(self, manager, worker):
        bring(manager, *(row(f"여{at}", sex="여") for at in range(20)))
        bring(manager, *(row(f"남{at}", sex="남") for at in range(10)))
        for at in range(10):
            do(worker, household_of(f"여{at}"), HardshipDeed.VISITED)
        do(worker, household_of("남0"), HardshipDeed.HELPED)

        tables = figures(signed_in(worker).get(FIGURES))

        # Eleven were looked at: told exactly, it would say that one of them was a man.
        assert tables["자치구"][0][2] in ("10", "20")
        assert [one[:2] + one[3:] for one in tables["자치구"]] == [["종로구", "30", "10", "가림"]]
        assert tables["성별"] == [
            ["여성", "20", "10", "10", "가림"],
            ["남성", "10", "가림", "가림", "가림"],
        ]
        assert tables["나이대"][0][:2] == ["65~79세", "30"]

    def test_are_one_query(self, manager, worker, django_assert_num_queries):
        bring(manager, *(row(f"여{at}", sex="여") for at in range(12)))
        office_ids = worker.office_ids
        with django_assert_num_queries(1):
            fairness(office_ids)

    def test_are_of_the_own_centre_and_of_the_city_for_officials(self, official, worker):
        rows = [row(f"상계{at}", dong="노원구 상계1동") for at in range(20)]
        bring(official, *rows, *(row(f"사직{at}") for at in range(10)))

        own = figures(signed_in(worker).get(FIGURES))
        city = figures(signed_in(official).get(FIGURES))

        assert [line[:2] for line in own["자치구"]] == [["종로구", "10"]]
        assert [line[:2] for line in city["자치구"]] == [["종로구", "10"], ["노원구", "20"]]

    def test_ask_as_often_for_many_as_for_few(self, manager, worker, assert_flat):
        client = signed_in(worker)

        def add(number):
            bring(manager, row(f"사람{number}"))

        assert assert_flat(lambda: client.get(FIGURES), add=add) <= 10

    def test_are_no_citizens(self, resident):
        assert signed_in(resident).get(FIGURES).status_code in (302, 403)


def figures(response):
    found = {}
    for section in page(response).select("section.desk-box"):
        lines = [
            [cell.get_text(strip=True) for cell in line.select("th, td")]
            for line in section.select("tbody tr")
        ]
        found[section.h2.text] = lines
    return found


class TestWeights:
    @pytest.fixture
    def writer(self, db):
        return people.permitted(
            make_person("한쓰기", is_staff=True), "change_signweights", "view_signweights"
        )

    @pytest.fixture
    def reviewer(self, db):
        return people.permitted(
            make_person("두보기", is_staff=True), "publish_signweights", "view_signweights"
        )

    def act(self, client, weights, name):
        chosen = {"action": name, "_selected_action": [weights.pk]}
        return confirm(client, WEIGHTS, chosen, follow=True)

    def test_are_written_sent_and_put_in_force_by_two(
        self, writer, reviewer, django_capture_on_commit_callbacks, manager
    ):
        bring(manager, row(kind="JOB_LOSS"))
        client = signed_in(writer)
        form = page(client.get(f"{WEIGHTS}add/"))
        fields = {
            one["name"]: one.get("value", "")
            for one in form.select("input[type=number], input[type=hidden]")
            if one.get("name")
        }
        assert len([name for name in fields if name.endswith("_days")]) == 10
        sent = fields | {
            "since": timezone.localdate().isoformat(),
            "reason": "구청과 정했습니다.",
            "job_loss_points": "60",
            "job_loss_most": "50",
        }
        assert "60에서" in client.post(f"{WEIGHTS}add/", sent).content.decode()
        client.post(f"{WEIGHTS}add/", sent | {"job_loss_most": "60"})
        draft = SignWeights.objects.get(is_assumption=False)

        self.act(client, draft, "send_weights")
        with django_capture_on_commit_callbacks(execute=True):
            done = self.act(signed_in(reviewer), draft, "publish_weights")

        draft.refresh_from_db()
        assert "1개를 시행합니다" in done.content.decode()
        assert (draft.made_by, draft.published_by) == (writer, reviewer)
        assert household_of().points == 60

    def test_are_not_put_in_force_by_who_wrote_them(self, writer):
        person = people.permitted(writer, "publish_signweights")
        first = SignWeights.objects.get()
        draft = write_weights(
            since=timezone.localdate(),
            weights=first.weights,
            reason="…",
            actor=person,
            now=timezone.now(),
        )
        send_weights(weights=draft, actor=person)

        done = self.act_refused(signed_in(person), draft)

        assert "다른 사람이 시행해야" in done
        draft.refresh_from_db()
        assert draft.status == "REVIEW"

    def test_are_offered_to_put_in_force_to_no_writer(self, writer, reviewer):
        for actor, is_offered in ((reviewer, True), (writer, False)):
            offered = signed_in(actor).get(WEIGHTS).content.decode()
            assert ("publish_weights" in offered) is is_offered
            assert "send_weights" in offered

    def act_refused(self, client, weights):
        chosen = {"action": "publish_weights", "_selected_action": [weights.pk]}
        return confirm(client, WEIGHTS, chosen, follow=True).content.decode()

    def test_are_put_in_force_as_they_were_read(self, writer, reviewer):
        first = SignWeights.objects.get()
        told = {"since": timezone.localdate(), "weights": first.weights, "reason": "…"}
        draft = write_weights(**told, actor=writer, now=timezone.now())
        send_weights(weights=draft, actor=writer)
        client = signed_in(reviewer)
        chosen = {"action": "publish_weights", "_selected_action": [draft.pk]}
        shown = client.post(WEIGHTS, chosen | {"desk_step": "preview"})
        assert "전기요금 체납: 점수 15" in shown.content.decode()
        draft = send_back_weights(weights=draft, actor=writer)
        told["weights"] = first.weights | {"ELECTRICITY": [99, 0, 99, 180]}
        write_weights(**told, actor=writer, now=timezone.now(), draft=draft)
        send_weights(weights=draft, actor=writer)

        for seen in ({"desk_seen": mark_on(shown)}, {}):
            again = client.post(WEIGHTS, chosen | {"desk_step": "confirm"} | seen)
            draft.refresh_from_db()
            assert draft.status == "REVIEW"
            assert "점수 99" in again.content.decode()

    def test_of_two_writers_keep_what_each_has_typed(self, writer):
        first = SignWeights.objects.get()
        told = {"since": timezone.localdate(), "weights": first.weights, "reason": "처음"}
        draft = write_weights(**told, actor=writer, now=timezone.now())
        client, address = signed_in(writer), f"{WEIGHTS}{draft.pk}/change/"
        form = page(client.get(address)).select_one("#signweights_form")
        fields = {
            one["name"]: one.get("value", "") for one in form.select("input") if one.get("name")
        } | {"reason": "둘째의 이유"}
        other = first.weights | {"RENT": [33, 0, 33, 90]}
        write_weights(**told | {"weights": other}, actor=writer, now=timezone.now(), draft=draft)

        refused = client.post(address, fields)
        draft.refresh_from_db()

        assert draft.weights["RENT"] == [33, 0, 33, 90]
        beside = page(refused).select_one("section[aria-labelledby=stands]").text
        assert "점수 33" in beside
        assert "처음" in beside
        assert "전기요금" not in beside  # what both say the same of
        assert "둘째의 이유" in refused.content.decode()

    def test_are_read_by_those_whose_list_they_order(self, worker, resident):
        first = SignWeights.objects.get()

        told = page(signed_in(worker).get(f"{WEIGHTS}{first.pk}/change/"))

        assert "전기요금 체납" in told.text
        assert "점수 15" in told.text
        assert signed_in(worker).get(f"{WEIGHTS}add/").status_code == 403
        assert signed_in(resident).get(WEIGHTS).status_code in (302, 403)


def test_a_household_that_went_into_another_has_no_page(worker, manager, centre):
    bring(manager, row("이영희"))
    gone = household_of("이영희").pk
    husband = people.take_into_caseload(centre)
    bring(manager, row())
    people.take_into_caseload(centre, "이영희", household=husband.household)
    follow_caseload(now=timezone.now())

    assert HardshipHousehold.objects.get(pk=gone).merged_into_id
    assert signed_in(worker).get(f"{LIST}{gone}/change/").status_code == 404


def test_leads_from_the_file_to_the_visit(manager, worker):
    """One afternoon at a centre: a file, the list, why, a visit, and the figures."""
    boss, clerk = signed_in(manager), signed_in(worker)
    rows = [row(f"이웃{at:02}", kind="MOBILE") for at in range(11)]
    told = page(boss.post(ADD, {"file": named_file(row(months=6), *rows)}))
    boss.post(ADD, {one["name"]: one["value"] for one in told.select("form input[type=hidden]")})

    assert named(clerk.get(LIST))[0] == "홍길동"
    household = household_of()
    address = f"{LIST}{household.pk}/change/"
    assert "임대료 체납 6개월" in page(clerk.get(address)).text
    sent = {"deed": "VISIT_PLANNED", "words": "여섯 달째입니다.", "key": uuid.uuid4()}
    assert clerk.post(address, sent).status_code == 302
    case = household.steps.get().case
    move(
        case_id=case.pk,
        name="visit",
        words="형편을 들었습니다.",
        actor=worker,
        key=str(uuid.uuid4()),
        now=timezone.now(),
    )
    clerk.post(address, {"deed": "VISITED", "words": "만났습니다.", "key": uuid.uuid4()})

    shown = page(clerk.get(address)).text
    assert f"가정 방문 #{case.pk}: 다녀옴" in shown
    assert page(clerk.get(f"{LIST}?state=VISITED")).find("a", href=re.compile(str(household.pk)))
    (line,) = figures(clerk.get(FIGURES))["자치구"]
    assert line[1] in ("10", "20")
    assert [line[0], *line[2:]] == ["종로구", "가림", "가림", "가림"]


def test_one_household_asks_as_often_for_many_signs_as_for_few(manager, worker, assert_flat):
    bring(manager, row())
    client, address = signed_in(worker), f"{LIST}{household_of().pk}/change/"
    kinds = ("GAS", "WATER", "RENT", "MOBILE")

    def add(number):
        bring(manager, row(kind=kinds[number % 4], ago=number // 4 + 1))
        do(worker, household_of())

    assert assert_flat(lambda: client.get(address), add=add) <= 14
