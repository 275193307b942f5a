"""Asked once after thirty days, counted without names; a page says what staff keep of it."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.services.profile import withdraw_purpose
from core.notices.models import Delivery, Message
from core.records.enums import Channel
from core.records.services import give_consent
from core.web.revision import raise_revision, watch
from tests.sign_in import sign_in
from tests.welfare.benefit_factories import make_benefit, make_local_benefit
from tests.welfare.rulebook.people import NOW, PENSIONER, TODAY, make_benefits, make_person
from tests.welfare.rulebook.test_rule_publication import make_officer
from tests.welfare.rulebook.test_screening import run_night
from welfare.enums import OutcomeAnswer, RuleKind, VersionStatus
from welfare.models import BenefitNews, BenefitOutcome, PlainText, RuleVersion
from welfare.queries.fact_names import OURS
from welfare.services import outcomes
from welfare.services.outcomes import AnswerRefused, answer_outcome, ask_outcomes

pytestmark = pytest.mark.django_db
BORN = datetime.date(1961, 11, 29)
BIRTHDAY = datetime.date(2026, 11, 29)
LATER = BIRTHDAY + datetime.timedelta(days=30)


@pytest.fixture(autouse=True)
def _catalogue():
    make_benefits("basic-pension")


def told_person(name="kim", **more):
    person = make_person(name, born=BORN, circumstances=PENSIONER, **more)
    run_night(TODAY)
    run_night(BIRTHDAY)
    return person


def tell_of(person, key, **told):
    news = {"benefit": "child-allowance", "kind": "TIME", "day": "2026-11-29"}
    return BenefitNews.objects.create(
        person=person, key=key, news=news, is_gain=True, told_on=BIRTHDAY, **told
    )


def asked():
    return Message.objects.filter(notice="welfare.did-you-get-it").order_by("pk")


class TestWithdrawal:
    """What was written and not sent yet goes out to nobody who has withdrawn since."""

    def states(self, notice):
        rows = Delivery.objects.filter(message__notice=notice).order_by("pk")
        return list(rows.values_list("state", flat=True))

    def test_of_the_question_takes_it_out_of_the_queue(self):
        person = told_person(outcomes=True)
        ask_outcomes(on=LATER, now=NOW)
        assert self.states("welfare.did-you-get-it") == ["QUEUED"]

        withdraw_purpose(person=person, purpose="welfare.outcomes", now=NOW)

        assert self.states("welfare.did-you-get-it") == ["SUPPRESSED"]
        assert self.states("welfare.benefits-changed") == ["QUEUED"]

    def test_of_all_watching_takes_both_out_and_nobody_elses(self):
        other = make_person("lee", born=BORN, circumstances=PENSIONER, outcomes=True)
        person = told_person(outcomes=True)
        ask_outcomes(on=LATER, now=NOW)

        withdraw_purpose(person=person, purpose="welfare.alerts", now=NOW)

        waiting = Delivery.objects.waiting()
        assert [one.person_id for one in waiting.order_by("pk")] == [other.pk] * 2


class TestAsking:
    def test_waits_thirty_days(self):
        told_person(outcomes=True)

        assert ask_outcomes(on=LATER - datetime.timedelta(days=1), now=NOW) == 0
        assert ask_outcomes(on=LATER, now=NOW) == 1

    def test_goes_on_where_somebodys_row_cannot_be_opened(self):
        other = make_person("lee", born=BORN, circumstances=PENSIONER, outcomes=True)
        person = told_person(outcomes=True)
        with connection.cursor() as cursor:
            broken = "UPDATE welfare_benefitnews SET news = 'gone.x' WHERE person_id = %s"
            cursor.execute(broken, [person.pk])

        ask_outcomes(on=LATER, now=NOW)
        assert other.pk in {one.person_id for one in asked()}

    def test_is_done_once_and_of_one_benefit(self):
        person = told_person(outcomes=True)
        tell_of(person, "another")

        ask_outcomes(on=LATER, now=NOW)
        ask_outcomes(on=LATER, now=NOW)

        assert asked().count() == 1
        assert asked().get().url.startswith("/welfare/received/")
        assert asked().get().facts == {}

    def test_of_many_takes_as_many_statements_as_of_two(self, monkeypatch):
        for number in range(22):
            make_person(
                f"p{number}",
                born=datetime.date(1961, 11, 29),
                circumstances=PENSIONER,
                outcomes=True,
            )
        run_night(TODAY)
        run_night(BIRTHDAY)

        def statements_for(number):
            monkeypatch.setattr(outcomes, "AT_ONCE", number)
            with CaptureQueriesContext(connection) as queries:
                assert ask_outcomes(on=LATER, now=NOW) == number
            return len(queries)

        assert statements_for(2) == statements_for(20)
        assert len({message.person_id for message in asked()}) == len(asked()) == 22
        assert all(message.url.startswith("/welfare/received/") for message in asked())

    def test_is_not_put_off_by_one_who_was_told_much(self, monkeypatch):
        monkeypatch.setattr(outcomes, "AT_ONCE", 2)
        much, little = (
            make_person(name, born=datetime.date(1990, 1, 1), outcomes=True)
            for name in ("kim", "lee")
        )
        for number in range(3):
            tell_of(much, f"more-{number}")
        tell_of(little, "one")

        assert ask_outcomes(on=LATER, now=NOW) == 2
        assert {one.person for one in asked()} == {much, little}

    def test_is_not_of_what_is_long_ago(self):
        told_person(outcomes=True)

        assert ask_outcomes(on=BIRTHDAY + datetime.timedelta(days=46), now=NOW) == 0
        assert ask_outcomes(on=BIRTHDAY + datetime.timedelta(days=45), now=NOW) == 1

    def test_is_not_of_what_was_told_before_they_agreed(self):
        person = told_person()
        give_consent(
            person=person,
            purpose="welfare.outcomes",
            channel=Channel.WEB,
            now=NOW + datetime.timedelta(days=20),
        )

        assert ask_outcomes(on=LATER, now=NOW) == 0

    def test_is_only_for_those_who_agreed(self):
        told_person()

        assert ask_outcomes(on=LATER, now=NOW) == 0


class TestAnswer:
    @pytest.fixture
    def person(self):
        person = told_person(outcomes=True)
        ask_outcomes(on=LATER, now=NOW)
        return person

    def test_counts_for_the_month_that_it_is_in_seoul(self, person):
        number = int(asked().get().url.split("/")[3])
        early = datetime.datetime(2026, 12, 31, 15, 30, tzinfo=datetime.UTC)  # half past midnight
        answer_outcome(number=number, person=person, answer=OutcomeAnswer.RECEIVED, now=early)
        assert BenefitOutcome.objects.get().month == datetime.date(2027, 1, 1)

    def test_is_counted_without_a_name(self, client, person):
        sign_in(client, person)
        url = asked().get().url
        page = BeautifulSoup(client.get(url).content, "html.parser")
        assert len(page.select("input[type=radio]")) == 4

        client.post(url, {"answer": "REFUSED"})

        outcome = BenefitOutcome.objects.get()
        counted = (outcome.answer, outcome.month.day, outcome.number)
        assert counted == (OutcomeAnswer.REFUSED, 1, 1)
        thanks = client.get(url).content.decode()
        assert "고맙습니다" in thanks
        # Whoever did not get it is told who helps.
        assert 'href="/welfare/counsel/"' in thanks
        assert 'href="/welfare/benefits/' in thanks

    def test_counts_once(self, person):
        number = int(asked().get().url.split("/")[3])
        told = {"number": number, "answer": OutcomeAnswer.RECEIVED, "now": NOW}
        answer_outcome(person=person, **told)

        with pytest.raises(AnswerRefused):
            answer_outcome(person=person, **told)
        assert BenefitOutcome.objects.get().number == 1

    def test_of_several_is_one_counter_that_says_nothing_of_their_order(self, person):
        told = {"answer": OutcomeAnswer.RECEIVED, "now": NOW}
        answer_outcome(number=int(asked().get().url.split("/")[3]), person=person, **told)
        other = make_person("lee", born=datetime.date(1990, 1, 1))
        news = tell_of(other, "1", asked_at=NOW)
        news.news = BenefitNews.objects.filter(person=person).order_by("pk").first().news
        news.save()
        answer_outcome(number=news.pk, person=other, **told)

        assert BenefitOutcome.objects.get().number == 2
        assert not any(one.name.endswith("_at") for one in BenefitOutcome._meta.get_fields())
        assert "answered_at" not in {one.name for one in BenefitNews._meta.get_fields()}

    def test_is_not_for_a_stranger(self, client, person):
        stranger = make_person("lee", born=datetime.date(1990, 1, 1))
        sign_in(client, stranger)

        assert client.get(asked().get().url).status_code == 404
        number = int(asked().get().url.split("/")[3])
        with pytest.raises(AnswerRefused):
            answer_outcome(
                number=number,
                person=stranger,
                answer=OutcomeAnswer.RECEIVED,
                now=NOW,
            )


class TestBenefitPage:
    def page(self, client, benefit, prefix=""):
        response = client.get(f"{prefix}/welfare/benefits/{benefit.pk}/")
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser").select_one("article")

    def test_says_conditions_with_their_law(self, client):
        rows = RuleVersion.objects.in_force().filter(programme="basic-pension")
        benefit = make_local_benefit(OURS["basic-pension"].bokjiro[0])
        text = self.page(client, benefit).text

        assert "만 65세 이상" in text
        assert rows.get(slot="AGE").law in text
        assert "법령에 대한 지식으로 적음, 원문 대조 전" in text
        assert "확인" not in text.partition("조건과 근거")[2].partition("아직 확인")[0]
        assert "아직 확인하지 못한 기준" in text

    def test_says_a_condition_of_its_own(self, client):
        benefit = make_benefit()
        RuleVersion.objects.create(
            kind=RuleKind.CONDITION,
            benefit_code=benefit.pk,
            slot="AGE",
            wanted=[{"field": "AGE_YEARS", "operator": "AT_MOST", "value": "39"}],
            law="청년기본법 제3조",
            since=datetime.date(2026, 1, 1),
            origin="test",
            status=VersionStatus.PUBLISHED,
            made_at=NOW,
            published_at=NOW,
        )

        assert "만 39세 이하" in self.page(client, benefit).text

    def test_shows_plain_words_in_the_readers_language(self, client):
        benefit = make_benefit()
        author, reader = make_officer("author"), make_officer("reader")
        PlainText.objects.create(
            benefit_code=benefit.pk,
            text="집세를 도와 드립니다.",
            text_en="Help with your rent.",
            review_by=datetime.date(2027, 1, 1),
            status=VersionStatus.PUBLISHED,
            made_by=author,
            made_at=NOW,
            reviewed_by=reader,
            reviewed_at=NOW,
        )

        told = self.page(client, benefit).text
        assert "집세를 도와 드립니다." in told
        # What the provider wrote begins below the note that says so; these words are ours.
        assert told.index("쉬운 말로") < told.index("제공 기관이 적은 내용 그대로")
        assert "2027년 1월 1일까지 다시 봅니다" in told
        assert "Help with your rent." in self.page(client, benefit, "/en").text
        assert not PlainText.objects.overdue(datetime.date(2026, 12, 31))
        assert PlainText.objects.overdue(datetime.date(2027, 1, 1))

    def test_shows_figures_from_ten_answers_on(self, client):
        benefit = make_benefit()
        received = {"benefit_key": benefit.pk, "answer": OutcomeAnswer.RECEIVED}
        for month, number in ((9, 4), (10, 5)):
            day = datetime.date(2026, month, 1)
            BenefitOutcome.objects.create(**received, month=day, number=number)
        assert "받으셨나요" not in self.page(client, benefit).text

        BenefitOutcome.objects.filter(number=5).update(number=6)
        raise_revision()
        watch.forget()
        assert "답하신 10명" in self.page(client, benefit).text
