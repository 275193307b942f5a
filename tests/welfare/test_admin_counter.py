"""Counter mode: a household on one screen, consent first, and nothing kept of what is told."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import make_centre, make_office, make_worker
from tests.sign_in import sign_in
from tests.welfare.benefit_factories import make_benefit, make_local_benefit
from tests.welfare.test_views_check import SENIORS, URL
from welfare.forms.counter import WonField
from welfare.models import CounterTalk, SavedScreening
from welfare.queries.rulebook import shelf

pytestmark = pytest.mark.django_db

BEGIN = "/admin/welfare/countertalk/begin/"
LIST = "/admin/welfare/countertalk/"


@pytest.fixture(autouse=True)
def _fresh():
    shelf.forget()
    cache.clear()


@pytest.fixture
def centre():
    return make_centre().office


@pytest.fixture
def worker(centre):
    return make_worker(centre)


@pytest.fixture
def desk(worker):
    client = Client()
    sign_in(client, worker)
    return client


@pytest.fixture
def talk(desk):
    """Answer the address of a talk that has begun."""
    answer = desk.post(BEGIN, {"consent": "SCREEN"})
    assert answer.status_code == 302
    return answer.headers["Location"]


def filled(members=({"birth_date": "1956-03-02"},), household=None, **more):
    sent = {
        "member-TOTAL_FORMS": str(len(members)),
        "member-INITIAL_FORMS": "0",
        "do": "judge",
        **{f"household-{name}": value for name, value in (household or {}).items()},
        **more,
    }
    for number, member in enumerate(members):
        sent |= {f"member-{number}-{name}": value for name, value in member.items()}
    return sent


def text_of(answer):
    return " ".join(BeautifulSoup(answer.content, "html.parser").main.get_text(" ").split())


class TestBeginning:
    def test_asks_how_the_citizen_agreed(self, desk):
        answer = desk.post(BEGIN, {})
        assert "동의를 어떻게 받았는지 골라 주세요." in text_of(answer)
        assert not CounterTalk.objects.exists()

    def test_keeps_when_where_by_whom_and_how_it_was_agreed(self, desk, talk, worker, centre):
        held = CounterTalk.objects.get()
        assert (held.by, held.office, held.consent) == (worker, centre, "SCREEN")
        assert held.finished_at is None

    def test_ends_what_the_same_person_left_open(self, desk, talk):
        desk.post(BEGIN, {"consent": "PAPER"})
        first, second = CounterTalk.objects.order_by("pk")
        assert first.finished_at is not None
        assert second.finished_at is None
        assert desk.get(talk).headers["Location"] == BEGIN

    def test_is_a_colleagues_own(self, talk, centre):
        client = Client()
        sign_in(client, make_worker(centre, name="박동료"))
        assert client.get(talk).status_code == 404

    def test_is_closed_to_whoever_works_nowhere(self, centre):
        client = Client()
        sign_in(client, make_worker(make_office("DEPARTMENT"), role="OFFICIAL"))
        assert client.get(BEGIN).status_code == 403


class TestTheWayThere:
    def test_is_shown_where_no_talk_waits_to_be_ended(self, desk):
        """A citizen may stand there: "nothing to do" would be no word on it."""
        page = BeautifulSoup(desk.get("/admin/").content, "html.parser")

        assert "여기서 시작합니다" in page.find("main").find("a", href=BEGIN).text


class TestFirstKeystroke:
    def test_says_how_the_citizen_agreed(self, desk):
        """One button has the focus, the first, also after a fault (the markup: what a browser
        makes of it is its own)."""
        for answer in (desk.get(BEGIN), desk.post(BEGIN, {})):
            focused = BeautifulSoup(answer.content, "html.parser").select("[autofocus]")
            assert [(one["name"], one["value"]) for one in focused] == [("consent", "SCREEN")]


class TestSums:
    @pytest.mark.parametrize(
        ("typed", "won"),
        [
            ("1800000", 1_800_000),
            ("1,800,000원", 1_800_000),
            ("180만", 1_800_000),
            ("180만 5000 원", 1_805_000),
            ("1억 5,000만", 150_000_000),
            ("2억", 200_000_000),
            ("", None),
        ],
    )
    def test_are_typed_as_people_say_them(self, typed, won):
        assert WonField(required=False).clean(typed) == won

    @pytest.mark.parametrize("typed", ["백만", "180만만", "만", "억", "-1", "1.5만", "원"])
    def test_that_are_none_are_refused(self, typed):
        with pytest.raises(ValidationError):
            WonField(min_value=0).clean(typed)


class TestTalk:
    def test_refuses_a_day_to_come_in_words_of_people(self, desk, talk):
        answer = desk.post(talk, filled([{"birth_date": "20990101"}]))

        said = BeautifulSoup(answer.content, "html.parser").select_one(".desk-error").text
        assert said.endswith("보다 뒤의 날짜는 적을 수 없습니다.")
        assert "on" not in said

    def test_can_be_ended_from_the_top_of_the_page(self, desk, talk):
        page = BeautifulSoup(desk.get(talk).content, "html.parser")
        first, second = page.find_all("button", value="finish")

        assert first["form"] == second.find_parent("form")["id"]
        assert first["accesskey"] == ["x"]
        assert not second.get("accesskey")

    def test_judges_a_household_on_one_screen(self, desk, talk):
        make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
        answer = desk.post(talk, filled([{"birth_date": "19560302"}, {"birth_date": "1990.1.2"}]))
        text = text_of(answer)
        assert "어르신 교통비" in text
        assert "받을 가능성이 높음 1" in text
        assert "‘만 65세 이상’ 조건에 맞습니다." in text

    def test_says_which_question_decides_most(self, desk, talk):
        make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
        text = text_of(desk.post(talk, filled([{}])))
        assert "다음에 여쭈면 가장 많이 정해집니다: 언제 태어났나요?" in text

    def test_takes_what_is_not_ticked_as_unknown_unless_told_otherwise(self, desk, talk):
        make_benefit(서비스명="장애인 이동 지원", conditions={"JA0328": "Y"})
        open_still = text_of(desk.post(talk, filled([{}])))
        decided = text_of(desk.post(talk, filled([{"is_complete": "on"}])))
        assert "더 알아야 함 1" in open_still
        assert "맞지 않음 1" in decided

    def test_asks_small_children_no_more_than_the_screener_does(self, desk, talk):
        make_benefit(서비스명="일하는 사람 지원", conditions={"JA0326": "Y"})
        child = timezone.localdate() - datetime.timedelta(days=3 * 366)

        text = text_of(desk.post(talk, filled([{"birth_date": child.isoformat()}])))

        assert "맞지 않음 1" in text
        assert "더 알아야 함 0" in text

    def test_takes_what_they_get_already(self, desk, talk):
        voucher = make_local_benefit("WLF00000072", servNm="에너지바우처", sggNm="")
        assert voucher.pk == "local-WLF00000072"
        somebody = [{"birth_date": "1950-03-02"}]
        nothing = {"district": "노원구", "is_complete": "on"}
        gets = text_of(desk.post(talk, filled(somebody, nothing | {"receives": "housing-benefit"})))
        none = text_of(desk.post(talk, filled(somebody, nothing)))
        assert "받을 가능성이 높음 1" in gets
        assert "맞지 않음 1" in none

    def test_adds_a_person_and_keeps_what_was_typed(self, desk, talk):
        answer = desk.post(talk, filled(do="add"))
        page = BeautifulSoup(answer.content, "html.parser")
        assert page.select_one("[name=member-0-birth_date]")["value"] == "1956-03-02"
        assert page.select_one("[name=member-1-birth_date]") is not None

    @pytest.mark.parametrize(
        ("member", "words"),
        [
            ({"birth_date": "내일"}, "연도, 월, 일을 숫자로 적어 주세요"),
            ({"birth_date": "2999-01-01"}, "뒤의 날짜는 적을 수 없습니다"),
            ({"sex": "X"}, "고를 수 없는 값입니다"),
        ],
    )
    def test_puts_what_is_wrong_beside_its_field(self, desk, talk, member, words):
        answer = desk.post(talk, filled([member]))
        page = BeautifulSoup(answer.content, "html.parser")
        (error,) = page.select(".desk-error")
        assert words in error.get_text()
        name = next(iter(member))
        assert error.parent.select_one(f"[name=member-0-{name}]") is not None

    @pytest.mark.parametrize("total", ["", "-1", "999999999", "x", "9" * 400])
    def test_survives_a_form_that_somebody_altered(self, desk, talk, total):
        assert desk.post(talk, filled() | {"member-TOTAL_FORMS": total}).status_code == 200

    def test_says_so_where_answers_cannot_all_be_true(self, desk, talk):
        answer = desk.post(talk, filled(household={"home_owner": "no", "housing": "OWNED"}))
        assert "집이 있다는 내용과 없다는 내용이 함께 있습니다." in text_of(answer)


class TestPaper:
    def test_lists_what_is_likely_and_keeps_nothing(self, desk, talk):
        make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
        page = BeautifulSoup(desk.post(talk, filled(do="paper")).content, "html.parser")
        paper = page.select_one(".desk-slip")
        assert "어르신 교통비" in paper.get_text()
        assert paper.select_one(".desk-code") is None
        assert not SavedScreening.objects.exists()

    def test_says_how_many_more_there_are_and_how_to_apply(self, desk, talk):
        for number in range(35):
            make_benefit(f"{number:012}", conditions=SENIORS, 신청방법="동주민센터에 내세요")
        answer = desk.post(talk, filled(do="paper"))
        paper = BeautifulSoup(answer.content, "html.parser").select_one(".desk-slip")
        assert len(paper.select("li")) == 30
        assert "그 밖에 5가지가 더 있습니다." in paper.get_text()
        assert "/welfare/check/에서 같은 것에 답하면" in paper.get_text()
        assert "신청 방법: 동주민센터에 내세요" in " ".join(paper.get_text().split())
        assert "가져갈 것: 담당 기관에 확인" in " ".join(paper.get_text().split())
        assert "그 밖에 5가지가 더 있습니다." in text_of(answer)

    def test_bears_a_number_to_go_on_at_home_only_if_wanted(self, desk, talk, client):
        make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
        sent = filled(household={"income_monthly": "1800000"}, do="paper", keep="1")
        page = BeautifulSoup(desk.post(talk, sent).content, "html.parser")
        code = page.select_one(".desk-code").get_text(strip=True)
        at_home = client.post(URL, {"code": code, "do": "resume"})
        assert "어르신 교통비" in at_home.content.decode()
        assert "1,800,000원" in at_home.content.decode()

    def test_is_written_in_the_citizens_language(self, desk, talk):
        make_benefit(서비스명="어르신 교통비", conditions=SENIORS)
        answer = desk.post(talk, filled(do="paper", language="en", large="1"))
        paper = BeautifulSoup(answer.content, "html.parser").select_one(".desk-slip")
        assert paper["lang"] == "en"
        assert "desk-slip--large" in paper["class"]
        assert paper.h2.get_text() == "What you may get"


class TestFinishing:
    def test_leads_to_the_beginning_and_clears_what_the_browser_kept(self, desk, talk):
        answer = desk.post(talk, {"do": "finish"})
        assert answer.headers["Location"] == BEGIN
        assert answer.headers["Clear-Site-Data"] == '"cache"'
        assert CounterTalk.objects.get().finished_at <= timezone.now()

    def test_leaves_nothing_in_session_database_or_logs(
        self, desk, talk, caplog, django_assert_num_queries
    ):
        make_benefit(conditions=SENIORS)
        answer = desk.post(talk, filled([{"birth_date": "1956-03-02"}]))
        assert "no-store" in answer.headers["Cache-Control"]
        assert "1956" not in repr(dict(desk.session.items()))
        assert "1956-03-02" not in caplog.text
        fields = {one.attname for one in CounterTalk._meta.concrete_fields}
        assert fields == {
            "id", "office_id", "by_id", "consent", "consent_version", "started_at", "finished_at",
        }  # fmt: skip

    def test_gives_a_colleague_the_list_of_talks_without_anybodys_facts(self, desk, talk, centre):
        desk.post(talk, {"do": "finish"})
        text = text_of(desk.get(LIST))
        assert "1" in text
        assert centre.name in text
