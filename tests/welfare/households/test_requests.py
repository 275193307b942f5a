"""Requests of a household: a referral names its facility, and a wrong tie is untied."""

import uuid

import pytest

from accounts.enums import Role
from core.cases.enums import EventKind
from core.cases.errors import CaseRefused
from core.cases.models import Case, CaseEvent, CaseWords
from core.cases.services import hand_over, open_case
from core.offices.enums import OfficeKind
from tests.accounts.factories import make_manager, make_office, make_person, make_worker
from tests.welfare.factories import make_facility
from tests.welfare.households.people import NOW, TODAY, agreed, click, family
from tests.welfare.households.test_admin import LIST, of, page, signed_in
from welfare.enums import CareBenefitState, CareConsentTopic, CareContactKind, CareDeed
from welfare.models import CareBenefit, CareCase, CareConsent, CareContact, CareStep, Referral
from welfare.services import care_cases, care_records
from welfare.services.care_consents import end_consent
from welfare.services.care_log import HouseholdRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(worker):
    household, (head, child) = family(worker, "홍길동", "홍새봄", person=make_person("홍길동"))
    return household, head, child


class TestReferral:
    def refer(self, household, code):
        return f"{LIST}{household.pk}/refer/{code}/"

    def test_is_found_by_words_and_names_its_facility(self, home, worker):
        household, head, _ = home
        facility = make_facility(name="상계 노인복지관")
        agreed(household, head, CareConsentTopic.SHARE, actor=worker)
        client = signed_in(worker)
        (find,) = page(client.get(of(household))).select("a[href$='/refer/']")
        found = page(client.get(find["href"], {"q": "노인복지관"}))
        address = self.refer(household, facility.code)
        assert found.select(f'a[href="{address}"]')
        form = page(client.get(address))
        assert [one["value"] for one in form.select("#id_member option")] == [str(head.pk)]
        told = {"member": head.pk, "words": "낮 동안 돌봄", "key": str(uuid.uuid4())}
        for _twice in range(2):
            assert client.post(address, told).url == of(household)
        referral = Referral.objects.get()
        assert (referral.facility, referral.case.kind) == (facility, "welfare.referral")
        assert (referral.case.state, referral.case.person) == ("offered", head.person)
        assert CareCase.objects.get().case == referral.case
        line = CareStep.objects.get(deed=CareDeed.CASE_OPENED)
        assert (line.words, line.case) == (facility.name, referral.case)
        case = client.get(f"/admin/cases/case/{referral.case_id}/change/")
        assert "상계 노인복지관" in page(case).text

    def test_needs_somebody_who_agreed(self, home, worker):
        household, head, child = home
        address = self.refer(household, make_facility().code)
        client = signed_in(worker)
        shown = page(client.get(address))
        assert "먼저 동의를 받아 주세요" in shown.text
        assert not shown.select("textarea[name=words]")
        agreed(household, child, CareConsentTopic.SHARE, actor=worker)
        told = {"member": head.pk, "words": "돌봄", "key": str(uuid.uuid4())}
        assert client.post(address, told).status_code == 200
        assert not Case.objects.exists()

    def test_is_nowhere_for_others(self, home, outsider, resident):
        address = self.refer(home[0], make_facility().code)
        for who, codes in ((outsider, {404}), (resident, {302, 403})):
            client = signed_in(who)
            assert client.get(address).status_code in codes
            assert client.get(f"{LIST}{home[0].pk}/refer/").status_code in codes

    def test_what_is_found_asks_as_often_for_many_as_for_few(self, home, worker, assert_flat):
        household, _, _ = home
        client = signed_in(worker)

        def add(number):
            make_facility(f"R{number:04}", name=f"복지관 {number}")

        assert_flat(lambda: client.get(f"{LIST}{household.pk}/refer/", {"q": "복지관"}), add=add)


class TestUntying:
    def tied(self, household, head, worker):
        case = open_case(
            kind="welfare.home_visit",
            person=head.person,
            applicant=head.name,
            actor=worker,
            office_id=household.centre_id,
            key=uuid.uuid4(),
            now=NOW,
        )
        told = {"household": household, "member_id": head.pk, "click": click(worker)}
        care_cases.link_case(case_id=case.pk, **told)
        return case

    def test_both_logs_keep_that_it_was_and_why_not(self, home, worker):
        household, head, _ = home
        case = self.tied(household, head, worker)
        care_records.note_contact(
            household=household, member_id=head.pk, kind=CareContactKind.VISIT, on=TODAY,
            words="만남", case_id=case.pk, click=click(worker),
        )  # fmt: skip
        client = signed_in(worker)
        told = {"deed": "untie", "row": case.pk, "key": str(uuid.uuid4())}
        assert client.post(of(household), told).status_code == 302  # no reason: nothing is done
        assert CareCase.objects.exists()
        told = {**told, "key": str(uuid.uuid4()), "words": "옆집의 신청"}
        client.post(of(household), told)
        assert not CareCase.objects.exists()
        assert CareContact.objects.get().case is None
        line = CareStep.objects.get(deed=CareDeed.CASE_UNTIED)
        assert (line.case, line.words, line.by) == (case, "옆집의 신청", worker)
        assert CareStep.objects.filter(deed=CareDeed.CASE_LINKED, case=case).exists()
        event = CaseEvent.objects.get(case=case, kind=EventKind.NOTE)
        words = CaseWords.objects.get(event=event)
        assert words.text == f"가구 #{household.pk}에서 뗐습니다. 옆집의 신청"
        assert not words.is_told
        shown = page(client.get(of(household)))
        assert "잘못 이은 신청을 뗌" in shown.select_one("[aria-labelledby=log]").text
        assert "이 가구의 신청이 없습니다" in shown.text

    def test_a_benefit_that_it_asked_for_goes_along_and_it_can_be_tied_again(self, home, worker):
        household, head, _ = home
        case = self.tied(household, head, worker)
        CareBenefit.objects.create(
            household=household, member=head, name="월세", case=case,
            state=CareBenefitState.APPLIED, applied_date=TODAY,
        )  # fmt: skip
        untie = {"household": household, "case_id": case.pk, "reason": "잘못"}
        care_cases.untie_case(click=click(worker), **untie)
        assert not CareBenefit.objects.exists()
        with pytest.raises(HouseholdRefused, match="이어진 신청이 아닙니다"):
            care_cases.untie_case(click=click(worker), **untie)
        told = {"household": household, "member_id": head.pk, "case_id": case.pk}
        care_cases.link_case(click=click(worker), **told)
        care_cases.untie_case(click=click(worker), **untie)
        assert CaseEvent.objects.filter(case=case, kind=EventKind.NOTE).count() == 2

    def test_is_for_who_works_on_both(self, home, worker, outsider, other_centre):
        household, head, _ = home
        case = self.tied(household, head, worker)
        told = {"office": other_centre, "reason": "이사", "key": "over", "now": NOW}
        hand_over(case_id=case.pk, actor=worker, **told)
        for actor in (worker, outsider):
            with pytest.raises(HouseholdRefused):
                care_cases.untie_case(
                    household=household, case_id=case.pk, reason="잘못", click=click(actor)
                )
        shown = page(signed_in(worker).get(of(household)))
        assert not shown.select("input[value=untie]")


class TestSharing:
    """Whoever took back that helpers are told is told of to none, whatever became of the tie."""

    @pytest.fixture
    def facility(self, db):
        office = make_office(OfficeKind.PARTNER)
        make_worker(office, Role.PARTNER)
        return office

    def handed(self, case, facility, worker):
        told = {"office": facility, "reason": "받을 수 있나요", "key": str(uuid.uuid4())}
        return hand_over(case_id=case.pk, actor=worker, now=NOW, **told)

    def referred(self, household, head, worker):
        agreed(household, head, CareConsentTopic.SHARE, actor=worker)
        line = care_cases.refer_member(
            household=household, member_id=head.pk, facility=make_facility(), words="돌봄",
            click=click(worker),
        )  # fmt: skip
        return line.case

    def taken_back(self, household, head, worker):
        consent = CareConsent.objects.get(member=head, topic=CareConsentTopic.SHARE)
        end_consent(household=household, consent_id=consent.pk, click=click(worker))

    def test_is_not_got_round_by_untying(self, home, worker, facility):
        household, head, _ = home
        case = self.referred(household, head, worker)
        self.taken_back(household, head, worker)
        care_cases.untie_case(
            household=household, case_id=case.pk, reason="잘못", click=click(worker)
        )

        with pytest.raises(CaseRefused, match="동의를 받아"):
            self.handed(case, facility, worker)
        agreed(household, head, CareConsentTopic.SHARE, actor=worker)
        self.handed(case, facility, worker)

    def test_is_asked_of_one_taken_in_at_the_counter(self, home, worker, facility, resident):
        household, head, _ = home
        of_them, of_nobody_in_care = (
            open_case(
                kind="welfare.referral", person=person, applicant=person.name, actor=worker,
                office_id=household.centre_id, key=uuid.uuid4(), now=NOW,
            )
            for person in (head.person, resident)
        )  # fmt: skip

        with pytest.raises(CaseRefused, match="동의를 받아"):
            self.handed(of_them, facility, worker)
        self.handed(of_nobody_in_care, facility, worker)

    def test_is_asked_before_an_organiser_gets_it(self, home, worker):
        household, head, _ = home
        case = self.referred(household, head, worker)
        self.taken_back(household, head, worker)
        organiser = make_office(OfficeKind.ORGANISER)
        make_manager(organiser)

        with pytest.raises(CaseRefused, match="동의를 받아"):
            self.handed(case, organiser, worker)

    @pytest.mark.parametrize("kind", ["welfare.benefit_application", "welfare.home_visit"])
    def test_of_an_application_or_a_visit_there_is_none(self, home, worker, facility, kind):
        household, head, _ = home
        case = open_case(
            kind=kind, person=head.person, applicant=head.name, actor=worker,
            office_id=household.centre_id, key=uuid.uuid4(), now=NOW,
        )  # fmt: skip

        with pytest.raises(CaseRefused, match="협력 단체에서는"):
            self.handed(case, facility, worker)
