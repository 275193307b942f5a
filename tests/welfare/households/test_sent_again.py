"""Every deed of a household's page: sent twice it is done once, and nothing that is sent breaks."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.accounts.factories import make_manager
from tests.core.cases.samples import photograph
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.factories import make_facility
from tests.welfare.hardship.people import bring, row
from tests.welfare.households.people import DAY, agreed, click, family, opened
from tests.welfare.households.test_admin import COMING, LIST, MERGES, of, page, signed_in
from welfare.admin.household_deeds import DEEDS, ROW_DEEDS
from welfare.enums import (
    CareBenefitState,
    CareConsentTopic,
    CareRelation,
    HardshipDeed,
)
from welfare.models import (
    CareBenefit,
    CareConsent,
    CareHandOver,
    CareHousehold,
    CareMember,
    CareMerge,
    CareNeed,
    CarePlanStep,
    CareStep,
    HardshipHousehold,
    HardshipStep,
)
from welfare.services import care_cases, care_records, households
from welfare.services.care_handing import decline_household, offer_household, take_household
from welfare.services.care_log import HouseholdRefused
from welfare.services.care_merging import agree_to_merge, decline_merge, propose_merge
from welfare.services.hardship import HardshipRefused, note_deed, plan_visit

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
HUGE = "9" * 30


@pytest.fixture
def home(worker):
    household, (head, child) = family(worker, "홍길동", "홍새봄")
    for topic in CareConsentTopic:
        agreed(household, head, topic, actor=worker)
    return household, head, child


@pytest.fixture
def theirs(outsider):
    household, (head,) = family(outsider, "박멀리", address="다른 곳")
    agreed(household, head, actor=outsider)
    return household, head


def tied(household, head, worker):
    return care_cases.plan_home_visit(
        household=household, member_id=head.pk, words="안부", click=click(worker)
    ).case


def told_by(name, household, head, child, worker):
    """What a page sends for one of its forms, with what has to stand there before."""
    member, on = {"member": head.pk}, TODAY().isoformat()
    if name in ("benefit", "apply"):
        make_benefit(name="청년 월세 지원")
    case = tied(household, head, worker).pk if name == "file" else None
    paper = SimpleUploadedFile("계약서.jpg", photograph()) if case else None
    return {
        "contact": {**member, "kind": "CALL", "on": on, "words": "통화"},
        "plan": {**member, "words": "전화하기", "due": on},
        "need": {**member, "need": "theme:HOUSING", "words": "월세"},
        "consent": {"member": child.pk, "topic": "APPLY", "way": "PAPER", "on": on},
        "benefit": {**member, "name": "청년 월세 지원", "state": "RECEIVED", "on": on},
        "apply": {**member, "name": "청년 월세 지원", "words": ""},
        "visit": {**member, "words": "안부"},
        "file": {"case": case, "file": paper},
        "come": {"name": "홍가을", "birth_date": "20100505", "relation": "CHILD", "on": on},
        "link": {**member, "case": 1},
        "leave": {"member": child.pk, "on": on},
        "move": {"member": child.pk, "household": 0, "relation": "CHILD", "on": on},
        "address": {"address": "사직로 2"},
        "offer": {"centre": "상계1동", "words": "이사"},
        "close": {"words": "이사"},
    }[name]


def row_of(name, household, head, worker):
    member = {"household": household, "member_id": head.pk, "click": click(worker)}
    if name == "end-need":
        care_records.tell_need(need="theme:HOUSING", words="", **member)
        return {"row": CareNeed.objects.get().pk}
    if name in ("finish", "drop", "give"):
        care_records.plan_step(words="전화", due=TODAY(), responsible_id=None, **member)
        return {"row": CarePlanStep.objects.get().pk, "responsible": worker.pk}
    if name in ("change-benefit", "last-day"):
        told = {"benefit": None, "name": "수당", "state": CareBenefitState.RECEIVED}
        care_records.note_benefit(on=DAY, **told, **member)
        day = TODAY().isoformat()
        row = CareBenefit.objects.get().pk
        return {"row": row, "state": "ENDED", "on": day, "lasts_until": day}
    if name == "untie":
        return {"row": tied(household, head, worker).pk, "words": "다른 집의 일"}
    if name == "end-consent":
        return {"row": CareConsent.objects.order_by("pk")[0].pk}
    return {"row": household.pk}


class TestGoneBackTo:
    """A page that has done its work, sent with somebody else in it, does nothing and says so."""

    def test_another_family_is_not_taken_for_the_first(self, worker):
        client, where = signed_in(worker), f"{LIST}add/"
        form = page(client.get(where)).select_one("form:has([name=birth_date])")
        sent = {"key": form.select_one("[name=key]")["value"], "birth_date": "19560302"}
        sent |= {"centre": next(iter(worker.office_ids)), "address": "사직로 1"}
        first = client.post(where, {**sent, "name": "박처음"})
        assert client.post(where, {**sent, "name": "박 처음"})["Location"] == first["Location"]
        again = client.post(where, {**sent, "name": "최다음"})
        assert again.status_code == 200
        assert "지금 보낸 것은 처리하지 않았습니다" in again.content.decode()
        fresh = page(again).select_one("form:has([name=birth_date]) [name=key]")["value"]
        second = client.post(where, {**sent, "key": fresh, "name": "최다음"})
        assert second["Location"] != first["Location"]
        assert {one.name for one in CareMember.objects.order_by("pk")} == {"박처음", "최다음"}

    def test_somebody_else_is_not_referred_in_their_place(self, home, worker):
        household, head, child = home
        agreed(household, child, CareConsentTopic.SHARE, actor=worker)
        facility, once = make_facility(), click(worker)
        told = {"household": household, "facility": facility, "words": "식사", "click": once}
        first = care_cases.refer_member(member_id=head.pk, **told)
        assert care_cases.refer_member(member_id=head.pk, **told) == first
        with pytest.raises(HouseholdRefused, match="지금 보낸 것은 처리하지 않았습니다"):
            care_cases.refer_member(member_id=child.pk, **told)


class TestSentTwice:
    @pytest.mark.parametrize("name", sorted(DEEDS))
    def test_each_form_does_it_once(self, home, worker, outsider, name):
        household, head, child = home
        told = told_by(name, household, head, child, worker)
        if name == "move":
            told["household"] = opened(worker).pk
        if name == "link":
            told["case"] = tied(household, head, worker).pk
            reason = {"reason": "잘못", "click": click(worker)}
            care_cases.untie_case(household=household, case_id=told["case"], **reason)
        sent, client = {"deed": name, "key": str(uuid.uuid4()), **told}, signed_in(worker)
        first = client.post(of(household), sent)
        assert first.status_code == 302, [one.text for one in page(first).select("[role=alert]")]
        lines = CareStep.objects.count()
        if "file" in sent:
            sent["file"] = SimpleUploadedFile("계약서.jpg", photograph())
        second = client.post(of(household), sent, follow=True)
        assert second.status_code == 200
        assert "이미 처리한 요청입니다" in second.content.decode()
        assert CareStep.objects.count() == lines

    @pytest.mark.parametrize("name", sorted(ROW_DEEDS))
    def test_each_row_does_it_once(self, home, worker, outsider, other_centre, name):
        household, head, _ = home
        if name == "withdraw":
            offer_household(
                household=household, to=other_centre, reason="이사", click=click(worker)
            )
        told = row_of(name, household, head, worker)
        sent, client = {"deed": name, "key": str(uuid.uuid4()), **told}, signed_in(worker)
        before = CareStep.objects.count()
        for _twice in range(2):
            response = client.post(of(household), sent, follow=True)
            assert response.status_code == 200
        assert "이미 처리한 요청입니다" in response.content.decode()
        assert CareStep.objects.count() == before + 1

    def test_a_merge_and_its_answer_are_once(self, worker, colleague):
        kept, _ = family(worker, "홍길동")
        gone, _ = family(worker, "홍길순")
        client, other = signed_in(worker), signed_in(colleague)
        address, told = f"{MERGES}{gone.pk}/into/{kept.pk}/", {"words": "한 집"}
        told["key"] = str(uuid.uuid4())
        assert client.post(address, told).url == client.post(address, told).url
        merge = CareMerge.objects.get()
        agree = {"answer": "agree", "key": str(uuid.uuid4())}
        for _twice in range(2):
            assert other.post(f"{MERGES}{merge.pk}/", agree).url == of(kept)
        late = other.post(f"{MERGES}{merge.pk}/", {"answer": "decline", "words": "아님", **told})
        assert "이미 답이 나왔습니다" in late.content.decode()

    @pytest.mark.parametrize("answer", ["take", "decline"])
    def test_a_hand_over_is_answered_once(self, home, worker, outsider, other_centre, answer):
        household, _, _ = home
        offer_household(household=household, to=other_centre, reason="이사", click=click(worker))
        client = signed_in(outsider)
        sent = {
            "row": CareHandOver.objects.get().pk,
            "key": str(uuid.uuid4()),
            "answer": answer,
            "words": "우리 동이 아님",
        }
        told = [client.post(COMING, sent).url for _twice in range(2)]
        assert told == [of(household) if answer == "take" else COMING] * 2


class TestHostile:
    """Whatever is sent is answered: a form with what is wrong, a page, or that there is none."""

    WRONG = (
        {"member": HUGE, "row": HUGE, "case": HUGE, "household": HUGE, "responsible": HUGE},
        {"member": "-1", "row": "0", "case": "-5", "household": "0", "state": "NO", "on": "x"},
        {"words": "가" * 2_001, "name": "가" * 300, "address": "가" * 300, "centre": "가" * 300},
        {"words": "a\x00b", "name": "a\x00b", "address": "\x00", "centre": "\x00"},
        {"on": "0001-01-01", "due": "9999-12-31", "birth_date": "00010101"},
        {"words": "900101-1234567", "name": "900101-1234567", "address": "900101-1234567"},
        {"key": "x" * 5_000},
        {"key": ""},
    )

    @pytest.mark.parametrize("name", sorted({**DEEDS, **ROW_DEEDS}))
    def test_nothing_that_is_sent_breaks_the_page(self, home, theirs, worker, name):
        household, head, child = home
        foreign, stranger = theirs
        client = signed_in(worker)
        if name in DEEDS:
            told = told_by(name, household, head, child, worker)
        else:
            told = row_of(name, household, head, worker)
        alien = {
            "member": stranger.pk,
            "household": foreign.pk,
            "row": CareConsent.objects.get(household=foreign).pk,
            "responsible": stranger.pk + 10_000,
        }
        lines = CareStep.objects.filter(household=foreign).count()
        sent = {"deed": name, **told}
        sent.pop("file", None)
        for wrong in (*self.WRONG, alien):
            changed = {one: value for one, value in wrong.items() if one in (*told, "key")}
            data = {"key": str(uuid.uuid4()), **sent, **changed}
            answer = client.post(of(household), {k: v for k, v in data.items() if v is not None})
            assert answer.status_code in (200, 302, 400, 403), (wrong, answer.status_code)
        assert CareStep.objects.filter(household=foreign).count() == lines
        assert CareMember.objects.current().filter(household=foreign).count() == 1

    def test_no_address_breaks_by_its_number(self, home, worker, outsider):
        client, boss = signed_in(worker), signed_in(outsider)
        for number in (HUGE, "9" * 5_000, "0", "²", "a"):
            assert client.get(f"{LIST}{number}/change/").status_code == 404
            assert client.get(f"{LIST}{number}/refer/").status_code in (302, 404)
            assert client.get(f"{MERGES}{number}/").status_code in (302, 404)
            assert client.get(f"{MERGES}{number}/into/1/").status_code in (302, 404)
            told = {"row": number, "key": str(uuid.uuid4()), "answer": "take"}
            assert boss.post(COMING, told).status_code == 302

    @pytest.mark.parametrize("code", ["NONE", "9" * 300, "a'b", "%00"])
    def test_no_facility_breaks_by_its_code(self, home, worker, code):
        address = f"{LIST}{home[0].pk}/refer/{code}/"
        assert signed_in(worker).get(address).status_code == 404


class TestKeys:
    """A key that did something else before is refused in a sentence, whatever it meets first."""

    def test_a_move_whose_key_was_used_in_the_house_that_is_left(self, home, worker):
        household, head, child = home
        used = click(worker)
        households.change_address(household=household, address="사직로 3", click=used)
        with pytest.raises(HouseholdRefused, match="이미 처리했습니다"):
            households.move_member(
                member=child,
                household=opened(worker),
                relation=CareRelation.CHILD,
                on=TODAY(),
                click=click(worker, key=used.key, now=timezone.now()),
            )

    @pytest.mark.parametrize("where", ["kept", "gone"])
    @pytest.mark.parametrize("deed", ["propose", "agree", "decline"])
    def test_a_merge(self, worker, colleague, where, deed):
        both = {"kept": family(worker, "홍길동")[0], "gone": family(worker, "홍길순")[0]}
        used = click(colleague)
        households.change_address(household=both[where], address="사직로 3", click=used)
        merge = None
        if deed != "propose":
            merge = propose_merge(**both, reason="한 집", click=click(worker))
        do = {
            "propose": lambda: propose_merge(**both, reason="한 집", click=used),
            "agree": lambda: agree_to_merge(merge=merge, click=used),
            "decline": lambda: decline_merge(merge=merge, reason="아님", click=used),
        }[deed]
        with pytest.raises(HouseholdRefused, match="이미 처리했습니다"):
            do()
        assert not CareMerge.objects.exclude(answer="WAITING").exists()

    def test_a_proposal_of_another_pair(self, worker):
        kept, _ = family(worker, "홍길동")
        gone, _ = family(worker, "홍길순")
        third, _ = family(worker, "홍길남")
        used = click(worker)
        merge = propose_merge(kept=kept, gone=gone, reason="한 집", click=used)
        assert propose_merge(kept=kept, gone=gone, reason="한 집", click=used) == merge
        with pytest.raises(HouseholdRefused, match="이미 처리했습니다"):
            propose_merge(kept=third, gone=gone, reason="한 집", click=used)

    @pytest.mark.parametrize("answer", ["take", "decline"])
    def test_a_hand_over(self, home, worker, outsider, other_centre, answer):
        household, _, _ = home
        offer_household(household=household, to=other_centre, reason="이사", click=click(worker))
        offer = CareHandOver.objects.get()
        key = CareStep.objects.filter(household=household).order_by("-pk")[0].key
        told = {"hand_over": offer, "click": click(outsider, key=key)}
        do = {
            "take": lambda: take_household(**told),
            "decline": lambda: decline_household(reason="아님", **told),
        }[answer]
        with pytest.raises(HouseholdRefused, match="이미 처리했습니다"):
            do()
        assert CareHousehold.objects.get(pk=household.pk).centre_id != other_centre.pk

    def test_requests_of_several_kinds_and_households(self, home, worker):
        household, head, _ = home
        other, (second,) = family(worker, "이하나", address="다른 곳")
        agreed(other, second, CareConsentTopic.APPLY, actor=worker)
        benefit, used = make_benefit(name="월세 지원"), click(worker)
        told = {"benefit": benefit, "words": "", "click": used}
        one = care_cases.apply_for_member(household=household, member_id=head.pk, **told)
        with pytest.raises(HouseholdRefused, match="이미 처리했습니다"):
            care_cases.plan_home_visit(
                household=household, member_id=head.pk, words="안부", click=used
            )
        with pytest.raises(HouseholdRefused, match="이미 처리했습니다"):
            care_cases.refer_member(
                household=household,
                member_id=head.pk,
                facility=make_facility(),
                words="돌봄",
                click=used,
            )
        two = care_cases.apply_for_member(household=other, member_id=second.pk, **told)
        assert one.case_id != two.case_id

    def test_signs_of_hardship(self, worker, centre):
        bring(make_manager(centre), row("홍길동"), row("이하나"))
        first, second = HardshipHousehold.objects.order_by("pk")
        told = {"words": "살펴봄", "actor": worker, "key": uuid.uuid4(), "now": timezone.now()}
        line = note_deed(household=first, deed=HardshipDeed.LOOKED_AT, **told)
        assert note_deed(household=first, deed=HardshipDeed.LOOKED_AT, **told) == line
        for deed in (
            lambda: note_deed(household=first, deed=HardshipDeed.HELPED, **told),
            lambda: plan_visit(household=first, **told),
        ):
            with pytest.raises(HardshipRefused, match="이미 처리했습니다"):
                deed()
        told["key"] = uuid.uuid4()
        visits = {plan_visit(household=one, **told).case_id for one in (first, second)}
        assert len(visits) == len((first, second))
        assert HardshipStep.objects.count() == 1 + len(visits)
