"""What is known, agreed and planned: each change a line, and nothing without its consent."""

import datetime
import uuid

import pytest
from django.db import connection

from accounts.enums import Role
from core.cases.errors import CaseRefused
from core.cases.models import Case
from core.cases.services import hand_over, move, open_case
from core.cases.services.moving import MoveRefused
from core.offices.enums import OfficeKind
from tests.accounts.factories import make_office, make_person, make_worker
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.factories import make_facility
from tests.welfare.households.people import NOW, TODAY, agreed, click, family
from welfare.enums import (
    CareBenefitState,
    CareConsentTopic,
    CareContactKind,
    CareDeed,
    CounterConsent,
)
from welfare.models import (
    CareBenefit,
    CareCase,
    CareConsent,
    CareContact,
    CareHousehold,
    CareNeed,
    CarePlanStep,
    CareStep,
)
from welfare.queries.care_page import page_of
from welfare.services import care_cases, care_consents, care_records
from welfare.services.care_log import HouseholdRefused

pytestmark = pytest.mark.django_db
WEEK = datetime.timedelta(days=7)


@pytest.fixture
def home(worker, centre):
    return family(worker, "홍길동", "홍새봄", person=make_person("홍길동"))


def planned(home, worker, due=TODAY + WEEK, words="보건소에 함께 가기", **told):
    household, (head, _) = home
    care_records.plan_step(
        household=household,
        member_id=head.pk,
        words=words,
        due=due,
        responsible_id=told.pop("responsible_id", worker.pk),
        click=click(worker, **told),
    )
    return CarePlanStep.objects.latest("pk")


def lines(household):
    return list(CareStep.objects.of(household).order_by("pk").values_list("deed", flat=True))


class TestNeeds:
    def test_are_told_in_the_words_of_the_catalogue_and_end(self, home, worker):
        household, (head, _) = home
        told = {"household": household, "member_id": head.pk, "words": "월세가 두 달 밀렸어요."}
        care_records.tell_need(need="theme:HOUSING", click=click(worker), **told)
        care_records.tell_need(need="event:job-loss", click=click(worker), **told)
        with pytest.raises(HouseholdRefused, match="이미 적혀"):
            care_records.tell_need(need="theme:HOUSING", click=click(worker), **told)
        with pytest.raises(HouseholdRefused, match="목록에 있는"):
            care_records.tell_need(need="theme:MONEY", click=click(worker), **told)
        need = CareNeed.objects.get(need="theme:HOUSING")
        care_records.end_need(household=household, need_id=need.pk, click=click(worker))
        page = page_of(household, worker, on=TODAY)
        assert [one.says for one in page.needs] == ["일자리를 잃었을 때"]
        assert [(one.says, one.row.until) for one in page.met_needs] == [("주거", TODAY)]
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(words, '') FROM welfare_careneed")
            assert "월세" not in cursor.fetchone()[0]


class TestConsents:
    def test_are_taken_once_and_taken_back(self, home, worker):
        household, (head, _) = home
        agreed(household, head, actor=worker)
        with pytest.raises(HouseholdRefused, match="이미 동의"):
            agreed(household, head, actor=worker)
        (held,) = CareConsent.objects.all()
        assert (held.way, held.taken_by, held.since) == (CounterConsent.PAPER, worker, TODAY)
        care_consents.end_consent(household=household, consent_id=held.pk, click=click(worker))
        agreed(household, head, actor=worker)
        assert lines(household)[-3:] == [
            CareDeed.CONSENT_GIVEN,
            CareDeed.CONSENT_ENDED,
            CareDeed.CONSENT_GIVEN,
        ]

    def test_are_needed_to_apply_and_to_refer_for_somebody(self, home, worker):
        household, (head, child) = home
        benefit = make_benefit(name="월세 지원")
        applied = {"household": household, "benefit": benefit, "words": ""}
        referred = {"household": household, "facility": make_facility(), "words": "돌봄"}
        with pytest.raises(HouseholdRefused, match="먼저 동의"):
            care_cases.apply_for_member(member_id=head.pk, click=click(worker), **applied)
        agreed(household, child, actor=worker)
        with pytest.raises(HouseholdRefused, match="먼저 동의"):
            care_cases.apply_for_member(member_id=head.pk, click=click(worker), **applied)
        with pytest.raises(HouseholdRefused, match="먼저 동의"):
            care_cases.refer_member(member_id=child.pk, click=click(worker), **referred)
        assert not Case.objects.exists()
        agreed(household, child, CareConsentTopic.SHARE, actor=worker)
        care_cases.refer_member(member_id=child.pk, click=click(worker), **referred)
        assert Case.objects.get().kind == "welfare.referral"

    def test_are_needed_anew_to_refer_again_after_they_were_taken_back(self, home, worker):
        household, (_head, child) = home
        agreed(household, child, CareConsentTopic.SHARE, actor=worker)
        told = {"household": household, "facility": make_facility(), "words": "돌봄"}
        care_cases.refer_member(member_id=child.pk, click=click(worker), **told)
        case = Case.objects.get()
        told = {"case_id": case.pk, "actor": worker, "now": NOW}
        move(name="decline", words="자리가 없습니다.", key=str(uuid.uuid4()), **told)
        consent = CareConsent.objects.get(topic=CareConsentTopic.SHARE)
        care_consents.end_consent(household=household, consent_id=consent.pk, click=click(worker))

        again = {"name": "offer_again", "words": "다른 곳", **told}
        with pytest.raises(MoveRefused, match="먼저 동의를 받아"):
            move(key=str(uuid.uuid4()), **again)
        case.refresh_from_db()
        assert case.state == "declined"

        agreed(household, child, CareConsentTopic.SHARE, actor=worker)
        move(key=str(uuid.uuid4()), **again)
        case.refresh_from_db()
        assert case.state == "offered"

    def test_are_needed_to_hand_a_referral_to_a_partner(self, home, worker):
        household, (_head, child) = home
        agreed(household, child, CareConsentTopic.SHARE, actor=worker)
        told = {"household": household, "facility": make_facility(), "words": "돌봄"}
        care_cases.refer_member(member_id=child.pk, click=click(worker), **told)
        consent = CareConsent.objects.get(topic=CareConsentTopic.SHARE)
        care_consents.end_consent(household=household, consent_id=consent.pk, click=click(worker))
        partner = make_office(OfficeKind.PARTNER)
        make_worker(partner, Role.PARTNER)
        case = Case.objects.get()
        with pytest.raises(CaseRefused, match="먼저 동의를 받아"):
            hand_over(
                case_id=case.pk, office=partner, reason="연계", actor=worker,
                key=str(uuid.uuid4()), now=NOW,
            )  # fmt: skip


class TestBenefits:
    @pytest.mark.parametrize("number", [0, 1])
    def test_follow_the_request_that_was_begun_here(self, home, worker, number):
        household, members = home
        member, benefit = members[number], make_benefit(name="월세 지원")
        agreed(household, member, actor=worker)
        page = click(worker)
        told = {"household": household, "member_id": member.pk, "benefit": benefit, "words": ""}
        line = care_cases.apply_for_member(click=page, **told)
        assert care_cases.apply_for_member(click=page, **told) == line
        assert line.case.person_id == member.person_id
        with pytest.raises(HouseholdRefused, match="이미 신청해서"):
            care_cases.apply_for_member(click=click(worker), **told)
        common = {"case_id": line.case_id, "actor": worker, "now": NOW}
        move(name="begin", key="1", words="", **common)
        move(name="refuse", key="2", words="소득이 기준보다 많습니다.", **common)
        (shown,) = page_of(household, worker, on=TODAY).benefits
        assert (shown.says, shown.may_open) == ("받지 못함", True)
        assert shown.dates == [("신청", TODAY), ("받지 못함", TODAY)]
        with pytest.raises(HouseholdRefused, match="신청에 적습니다"):
            care_records.change_benefit(
                household=household,
                row_id=shown.row.pk,
                state=CareBenefitState.RECEIVED,
                on=TODAY,
                click=click(worker),
            )

    def test_may_be_as_somebody_told_and_change(self, home, worker):
        household, (head, _) = home
        care_records.note_benefit(
            household=household,
            member_id=head.pk,
            benefit=None,
            name="동네 장학금",
            state=CareBenefitState.APPLIED,
            on=TODAY - WEEK,
            click=click(worker),
        )
        row = CareBenefit.objects.get()
        care_records.change_benefit(
            household=household,
            row_id=row.pk,
            state=CareBenefitState.RECEIVED,
            on=TODAY,
            click=click(worker),
        )
        (shown,) = page_of(household, worker, on=TODAY).benefits
        assert shown.dates == [("신청", TODAY - WEEK), ("받기 시작", TODAY)]

    def test_are_tied_to_no_request_of_somebody_else(self, home, worker, outsider):
        household, (head, child) = home
        agreed(household, head, actor=worker)
        line = care_cases.apply_for_member(
            household=household,
            member_id=head.pk,
            benefit=make_benefit(),
            words="",
            click=click(worker),
        )
        with pytest.raises(HouseholdRefused, match="이 사람이"):
            care_cases.link_case(
                household=household, member_id=child.pk, case_id=line.case_id, click=click(worker)
            )
        with pytest.raises(HouseholdRefused, match="이 사람이"):
            care_cases.link_case(
                household=household, member_id=head.pk, case_id=99_999, click=click(worker)
            )

    def test_are_tied_to_no_paper_of_another_name(self, home, worker, centre):
        household, (head, _) = home
        papers = {
            name: open_case(
                kind="welfare.counsel",
                person=None,
                applicant=name,
                actor=worker,
                office_id=centre.pk,
                key=uuid.uuid4(),
                now=NOW,
            )
            for name in ("남의집", "홍 길동")
        }
        told = {"household": household, "member_id": head.pk}
        with pytest.raises(HouseholdRefused, match="이 사람이"):
            care_cases.link_case(case_id=papers["남의집"].pk, click=click(worker), **told)
        care_cases.link_case(case_id=papers["홍 길동"].pk, click=click(worker), **told)
        assert CareCase.objects.get().case == papers["홍 길동"]


class TestContactsAndPlans:
    def test_a_visit_is_none_once_its_consent_was_taken_back(self, home, worker):
        household, (head, _) = home
        agreed(household, head, CareConsentTopic.VISIT, actor=worker)
        consent = CareConsent.objects.get(topic=CareConsentTopic.VISIT)
        care_consents.end_consent(household=household, consent_id=consent.pk, click=click(worker))
        with pytest.raises(HouseholdRefused, match="본인이 거두신"):
            care_cases.plan_home_visit(
                household=household, member_id=head.pk, words="안부", click=click(worker)
            )

    def test_a_visit_is_a_request_and_then_a_contact(self, home, worker):
        household, (head, _) = home
        told = {"household": household, "member_id": head.pk}
        line = care_cases.plan_home_visit(words="전화를 받지 않음", click=click(worker), **told)
        with pytest.raises(HouseholdRefused, match="이미 잡힌"):
            care_cases.plan_home_visit(words="다시", click=click(worker), **told)
        care_records.note_contact(
            kind=CareContactKind.VISIT,
            on=TODAY,
            words="다음 주에 함께 보건소에 가기로 했습니다.",
            case_id=line.case_id,
            click=click(worker),
            **told,
        )
        assert CareContact.objects.get().case_id == line.case_id
        assert CareHousehold.objects.get().last_contact_date == TODAY
        assert CareCase.objects.get().case_id == line.case_id
        with pytest.raises(HouseholdRefused, match="가정 방문을 골라"):
            care_records.note_contact(
                kind=CareContactKind.CALL,
                on=TODAY,
                words="전화",
                case_id=line.case_id,
                click=click(worker),
                **told,
            )

    def test_the_next_step_stands_on_the_household(self, home, worker, outsider):
        later = planned(home, worker)
        sooner = planned(home, worker, due=TODAY)
        household = home[0]
        household.refresh_from_db()
        assert household.next_due_date == TODAY
        care_records.finish_step(household=household, step_id=sooner.pk, click=click(worker))
        household.refresh_from_db()
        assert household.next_due_date == later.due_date
        care_records.drop_step(household=household, step_id=later.pk, click=click(worker))
        household.refresh_from_db()
        assert household.next_due_date is None
        with pytest.raises(HouseholdRefused, match="이미 끝난"):
            care_records.finish_step(household=household, step_id=later.pk, click=click(worker))
        with pytest.raises(HouseholdRefused, match="우리 동주민센터 직원"):
            planned(home, worker, responsible_id=outsider.pk)

    @pytest.mark.parametrize("wrong", [{"words": " "}, {"due": TODAY - WEEK}])
    def test_nothing_is_planned_without_words_or_for_days_gone_by(self, home, worker, wrong):
        with pytest.raises(HouseholdRefused):
            planned(home, worker, **wrong)

    def test_nobody_else_writes(self, home, worker, outsider):
        with pytest.raises(HouseholdRefused, match="우리 동주민센터"):
            planned((home[0], home[1]), outsider)
