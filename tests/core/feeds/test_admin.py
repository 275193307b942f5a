"""Officers read what a run did, why it failed and what it rejected, and start it again."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.models import User
from core.feeds import tasks
from core.feeds.enums import RunStatus
from core.feeds.models import FeedReject, FeedRun
from tests.core.feeds.pretend import NOW
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db
SEOUL = "welfare.seoul_facilities"
RUNS = "/admin/feeds/feedrun/"
REJECTS = "/admin/feeds/feedreject/"


@pytest.fixture
def reader(officer: User) -> User:
    officer.user_permissions.set(Permission.objects.filter(codename__regex="^view_feed"))
    return officer


@pytest.fixture
def runner(reader: User) -> User:
    reader.user_permissions.add(Permission.objects.get(codename="change_feedrun"))
    return reader


@pytest.fixture
def handed_over(monkeypatch) -> list[dict[str, object]]:
    calls: list[dict[str, object]] = []
    monkeypatch.setattr(tasks.sync_feed, "delay", lambda **given: calls.append(given))
    return calls


def make_run(**given: object) -> FeedRun:
    told = {"feed": SEOUL, "status": RunStatus.COMPLETED, "started_at": NOW, "finished_at": NOW}
    return FeedRun.objects.create(**(told | given))


def reject(run: FeedRun, **given: object) -> FeedReject:
    told = {"source_key": "A0001", "field": "FCLT_NM", "reason": "이름이 비어 있습니다."}
    return FeedReject.objects.create(run=run, row={"FCLT_CD": "A0001"}, **(told | given))


def listed(page) -> list[str]:
    rows = BeautifulSoup(page.content, "html.parser").select("#result_list tbody tr")
    return [" ".join(row.get_text(" ").split()) for row in rows]


class TestRuns:
    def test_say_why_they_failed(self, client, reader):
        make_run(status=RunStatus.FAILED, reason="제공 기관이 답하지 않습니다. 내일 다시 받습니다.")
        sign_in(client, reader)
        (row,) = listed(client.get(RUNS))

        assert "서울시 사회복지시설" in row
        assert "실패" in row
        assert "내일 다시 받습니다." in row

    def test_cannot_be_written_or_deleted(self, client, runner):
        run = make_run()
        sign_in(client, runner)

        assert client.get(f"{RUNS}add/").status_code == 403
        assert client.post(f"{RUNS}{run.pk}/delete/", {"post": "yes"}).status_code == 403
        client.post(f"{RUNS}{run.pk}/change/", {"reason": "x"})
        run.refresh_from_db()
        assert run.reason == ""

    def test_tell_their_figures_and_rejects_on_one_page(self, client, reader):
        run = make_run(received=30, inserted=5, unchanged=3, rejected=22)
        for number in range(22):
            reject(run, source_key=f"A{number:04}")
        sign_in(client, reader)
        page = client.get(f"{RUNS}{run.pk}/change/")

        soup = BeautifulSoup(page.content, "html.parser")
        told = dict(zip(soup.select("dt"), soup.select("dd"), strict=True))
        assert {dt.text: dd.text for dt, dd in told.items()}["받음"] == "30줄"
        assert len(soup.select("article")) == 20
        row = soup.select_one("article table tbody tr")
        assert [cell.text for cell in row.select("th, td")] == ["시설코드 (FCLT_CD)", "A0001"]
        assert "시설명 (FCLT_NM)" in soup.select_one("article h3").text
        onward = soup.find("a", string="22줄 모두 보기")["href"]
        assert len(listed(client.get(onward))) == 22

    def test_ask_as_often_for_many_as_for_few(self, client, reader, assert_flat):
        sign_in(client, reader)

        assert assert_flat(lambda: client.get(RUNS), add=lambda _: make_run()) <= 8

    def test_offer_no_second_run_to_whoever_may_only_read(self, client, reader, handed_over):
        sign_in(client, reader)

        assert client.get(f"{RUNS}again/{SEOUL}/").status_code == 403
        assert client.post(f"{RUNS}again/{SEOUL}/").status_code == 403
        assert not handed_over

    def test_that_left_rows_out_do_not_claim_that_nothing_was_wrong(self, client, reader):
        run = make_run(received=2, inserted=1, rejected=1)
        sign_in(client, reader)

        for page in ("/admin/", RUNS, f"{RUNS}{run.pk}/change/"):
            said = client.get(page).text
            assert "1줄은 읽을 수 없어 받지 않았습니다" in said, page
            assert "문제없이" not in said, page
        run.rejected, run.inserted = 0, 2
        run.save()
        assert "문제없이 끝났습니다." in client.get(RUNS).text

    def test_in_trouble_are_what_the_card_leads_to(self, client, reader):
        make_run()
        make_run(feed="welfare.central_facilities", status=RunStatus.FAILED, reason="끊겼습니다.")
        sign_in(client, reader)
        soup = BeautifulSoup(client.get("/admin/").content, "html.parser")
        cards = {one.select_one(".desk-work__title").text: one for one in soup.select(".desk-work")}
        card = cards["멈추거나 실패한 수신"]

        assert card.select_one(".desk-work__number").text == "1"
        (row,) = listed(client.get(card["href"]))
        assert "끊겼습니다." in row
        FeedRun.objects.filter(status=RunStatus.FAILED).update(status=RunStatus.COMPLETED)
        assert listed(client.get(card["href"])) == []

    def test_write_every_moment_alike(self, client, reader):
        make_run()
        sign_in(client, reader)

        assert not re.search("오전|오후", client.get(RUNS).text)


class TestSecondRun:
    @pytest.fixture(autouse=True)
    def _signed_in(self, client, runner) -> None:
        sign_in(client, runner)

    @pytest.fixture
    def post(self, client):
        return lambda name, **given: client.post(f"{RUNS}again/{name}/", given)

    def test_is_asked_about_first(self, client, handed_over):
        make_run(reason="지난 설명")
        page = client.get(f"{RUNS}again/{SEOUL}/")

        assert "지난 설명" in page.text
        assert not handed_over

    def test_is_handed_to_a_worker(self, post, handed_over):
        assert post(SEOUL).status_code == 302
        assert handed_over == [{"name": SEOUL, "force": False}]

    def test_is_forced_only_by_whoever_says_that_the_list_is_right(self, post, handed_over):
        assert post(SEOUL, force="1").status_code == 200
        assert not handed_over
        assert post(SEOUL, force="1", sure="1").status_code == 302
        assert handed_over == [{"name": SEOUL, "force": True}]

    def test_of_an_unknown_feed_is_not_found(self, post, handed_over):
        assert post("welfare.unknown").status_code == 404

    def test_says_where_no_worker_can_be_reached(self, client, post, monkeypatch):
        def unreachable(**_: object) -> None:
            raise OperationalError("no broker")

        monkeypatch.setattr(tasks.sync_feed, "delay", unreachable)
        post(SEOUL)

        assert "맡기지 못했습니다" in client.get(RUNS).text


class TestRejects:
    def test_are_those_of_each_feeds_last_completed_run(self, client, reader):
        old = make_run(started_at=NOW.replace(day=1), received=1, rejected=1)
        last = make_run(received=1, rejected=1)
        failed = make_run(started_at=NOW.replace(day=3), status=RunStatus.FAILED)
        for run, key in ((old, "OLD"), (last, "LAST"), (failed, "FAILED")):
            reject(run, source_key=key)
        sign_in(client, reader)

        assert [row.split()[0] for row in listed(client.get(REJECTS))] == ["LAST"]
        everything = listed(client.get(f"{REJECTS}?when=all"))
        assert {row.split()[0] for row in everything} == {"OLD", "LAST", "FAILED"}

    def test_are_filtered_by_field_and_reason(self, client, reader):
        run = make_run(received=2, rejected=2)
        reject(run, source_key="NAME")
        reject(run, source_key="CODE", field="JRSD_SGG_CD", reason="10자리가 아닙니다.")
        sign_in(client, reader)

        assert len(listed(client.get(f"{REJECTS}?field=JRSD_SGG_CD"))) == 1
        assert listed(client.get(f"{REJECTS}?reason=10자리가 아닙니다."))[0].startswith("CODE")
        assert len(listed(client.get(f"{REJECTS}?feed={SEOUL}"))) == 2
        assert listed(client.get(f"{REJECTS}?feed=welfare.central_facilities")) == []

    def test_show_the_row_as_it_came_and_nothing_of_it_as_markup(self, client, reader):
        one = reject(make_run(received=1, rejected=1))
        FeedReject.objects.filter(pk=one.pk).update(row={"NAME": "<script>alert(1)</script>"})
        sign_in(client, reader)
        page = client.get(f"{REJECTS}{one.pk}/change/")

        assert "&lt;script&gt;alert(1)" in page.text
        assert "<script>alert(1)" not in page.text

    def test_tell_a_clerk_what_when_and_which_field(self, client, reader):
        one = reject(make_run(received=1, rejected=1))
        sign_in(client, reader)
        page = client.get(f"{REJECTS}{one.pk}/change/")

        assert "시설명 (FCLT_NM)" in page.text
        assert f"{timezone.localtime(NOW):%Y-%m-%d %H:%M}" in page.text
        row = BeautifulSoup(page.content, "html.parser").select_one(".desk-table tbody tr")
        assert [cell.text for cell in row.select("th, td")] == ["시설코드 (FCLT_CD)", "A0001"]
        assert "시설명 (FCLT_NM)" in listed(client.get(REJECTS))[0]

    def test_ask_as_often_for_many_as_for_few(self, client, reader, assert_flat):
        run = make_run()
        sign_in(client, reader)

        assert assert_flat(lambda: client.get(REJECTS), add=lambda _: reject(run)) <= 13
