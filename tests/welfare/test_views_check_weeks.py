"""In which week a pregnancy is, is asked of whoever is pregnant where something hangs on it."""

import datetime

import pytest
from django.test import Client

from tests.accounts.factories import make_centre, make_worker
from tests.sign_in import sign_in
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.test_admin_counter import BEGIN, filled, text_of
from tests.welfare.test_views_check import Visitor
from welfare.enums import RuleKind, VersionStatus
from welfare.forms.check import WeeksField
from welfare.models import RuleVersion
from welfare.queries.life_lines import LifeLine
from welfare.queries.living import ME
from welfare.queries.matching import Match
from welfare.queries.reasons import change_sentence
from welfare.queries.rulebook import shelf
from welfare.queries.screening import Screening
from welfare.rules.conditions import Verdict
from welfare.rules.questions import Asked
from welfare.services.saved_screenings import grow, open_screening, save_screening

pytestmark = pytest.mark.django_db
BIRTH, WEEKS = Asked("birth", ME), Asked("weeks", ME)


@pytest.fixture(autouse=True)
def _empty_shelf():
    shelf.forget()


@pytest.fixture
def by_week():
    """A benefit for mothers-to-be from the twelfth week on."""
    benefit = make_benefit(서비스명="임산부 교통비", conditions={"JA0302": "Y"})
    day = datetime.date(2020, 1, 1)
    now = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    RuleVersion.objects.create(
        kind=RuleKind.CONDITION,
        benefit_code=benefit.pk,
        slot="WEEKS",
        wanted=[{"field": "PREGNANCY_WEEKS", "operator": "AT_LEAST", "value": "12"}],
        law="조례",
        since=day,
        is_verified=True,
        verified_on=day,
        origin="test",
        status=VersionStatus.PUBLISHED,
        made_at=now,
        published_at=now,
    )
    shelf.forget()
    return benefit


def at_weeks(client, language=""):
    visitor = Visitor(client, language).start()
    assert visitor.asked == "birth:me"
    return visitor.press("do", "answer", birth="PREGNANT", **{"birth-me": "PREGNANT"})


def offered(visitor):
    """Answer the questions that the cards offer to answer."""
    buttons = visitor.page.select("main button")
    return [one["value"] for one in buttons if one.text.strip() == "이 질문에 답하기"]


def test_is_asked_of_whoever_is_pregnant_and_decides(client, by_week):
    visitor = at_weeks(client)
    assert visitor.heading == "임신 몇 주인가요?"
    for wrong in ("0", "43", "곧"):
        visitor.answer(wrong)
        assert "임신 주수는 1부터 42까지의 숫자로 적어 주세요." in visitor.text

    visitor.answer("20")
    assert visitor.heading == "받을 만한 복지"
    assert "임산부 교통비" in visitor.text
    assert "20주" in visitor.text


def test_may_be_left_unsaid_and_is_offered_by_the_card(client, by_week):
    visitor = at_weeks(client).press("do", "unknown")
    assert visitor.heading == "받을 만한 복지"
    visitor.press("open", "ANSWER")
    assert "더 알아야 할 것: 임신 주수" in visitor.text
    assert offered(visitor) == ["change=weeks:me"]
    assert visitor.press("do", "change=weeks:me").heading == "임신 몇 주인가요?"


def test_is_offered_by_the_card_only_to_whoever_is_pregnant(client, by_week):
    visitor = Visitor(client).start().press("do", "results").press("open", "ANSWER")
    assert set(offered(visitor)) == {"change=birth:me"}


def test_is_asked_in_english(client, by_week):
    assert at_weeks(client, "/en").heading == "How many weeks pregnant are you?"


def test_is_not_asked_where_nothing_hangs_on_it(client):
    make_benefit(서비스명="임산부 교통비", conditions={"JA0302": "Y"})
    assert at_weeks(client).heading == "받을 만한 복지"


def test_goes_with_the_pregnancy():
    state = Screening().answered(BIRTH, ["PREGNANT"]).answered(WEEKS, 20)
    assert state.answer_of(WEEKS) == 20
    assert state.answered(BIRTH, ["PREGNANT"]).answer_of(WEEKS) == 20
    for other in ([], None, ["BIRTH_OR_ADOPTION"]):
        assert state.answered(BIRTH, other).answer_of(WEEKS) is None


def test_is_asked_at_the_counter(by_week):
    client = Client()
    sign_in(client, make_worker(make_centre().office))
    talk = client.post(BEGIN, {"consent": "SCREEN"}).headers["Location"]
    asked = text_of(client.post(talk, filled([{"facts": "PREGNANT"}])))
    assert "다음에 여쭈면 가장 많이 정해집니다: 임신 몇 주인가요?" in asked
    told = text_of(client.post(talk, filled([{"pregnancy_weeks": "20", "is_complete": "on"}])))
    assert "받을 가능성이 높음 1" in told


def test_is_a_number():
    assert WeeksField(required=False).clean(" 20 ") == 20


@pytest.mark.parametrize(
    ("days", "weeks"), [(0, 20), (6, 20), (28, 24), (22 * 7, 42), (22 * 7 + 7, None)]
)
def test_goes_on_while_the_answers_are_kept(days, weeks):
    on = datetime.date(2026, 11, 28)
    told = Screening().answered(BIRTH, ["PREGNANT"]).answered(WEEKS, 20)
    state = grow(told, weeks=days // 7)

    assert state.answer_of(WEEKS) == weeks
    assert state.answer_of(BIRTH) == (["PREGNANT"] if weeks else None)
    assert (set(state.asked) == {BIRTH, WEEKS}) == bool(weeks)
    state.household(on)


def test_goes_on_behind_the_digits_on_paper(by_week):
    on = datetime.date(2026, 11, 28)
    told = Screening().answered(BIRTH, ["PREGNANT"]).answered(WEEKS, 8)
    code = save_screening(state=told, match=Match(told.household(on)))
    then = open_screening(code=code, on=on + datetime.timedelta(days=29))

    assert then.state.answer_of(WEEKS) == 12


def test_says_from_when_on_it_is_far_enough(by_week):
    on = datetime.date(2026, 11, 28)
    state = Screening().answered(BIRTH, ["PREGNANT"]).answered(WEEKS, 8)
    match = Match(state.household(on))
    (pair,) = match.pairs([Verdict.NO]).cut(0, 9)
    (change,) = match.explain(pair).would_change

    assert change.day == on + datetime.timedelta(weeks=4)
    assert change_sentence(change).startswith("2026년 12월 26일부터")


def test_is_no_week_for_life(by_week):
    today = datetime.date(2026, 11, 28)
    state = Screening().answered(Asked("birth_date", ME), "1995-05-20")
    state = state.answered(BIRTH, ["PREGNANT"]).answered(WEEKS, 20)
    match = Match(state.household(today))

    assert not LifeLine(match, match.told.household.members[0], today=today).spans
