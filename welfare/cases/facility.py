"""Where a referral leads: the facility, where it is, and how to reach it."""

from django.utils.html import format_html
from django.utils.translation import gettext

from core.cases.models import Case
from core.web.phones import tel_uri
from core.web.wording import in_its_language
from welfare.enums import CareConsentTopic, CareDeed
from welfare.models import CareCase, CareConsent, CareMember, CareStep, Referral


def facility_of(case: Case) -> list[tuple[str, object]]:
    """Answer nothing where the facility stands in the words alone, as of older referrals."""
    told = Referral.objects.select_related("facility").filter(case=case).first()
    if told is None:
        return []
    facility = told.facility
    pairs: list[tuple[str, object]] = [(gettext("시설"), told.facility_name)]
    if not facility.is_protected:
        link = format_html(
            '<a class="text-link lone desk-link" href="{}">{}</a>',
            facility.get_absolute_url(),
            in_its_language(told.facility_name),
        )
        pairs = [(gettext("시설"), link)]
        pairs += [(gettext("주소"), facility.address)] if facility.address else []
        pairs += [(gettext("전화"), _call(facility.phone))] if facility.phone else []
    return pairs


def why_untold(case: Case) -> str:
    """Say no where the member of a household whose it is has not agreed, or agrees no more.

    Who came on their own, and belongs to no household in care, has asked for it themselves.
    """
    topic, member = CareConsentTopic.SHARE, _member_of(case)
    if member is None:
        return ""
    said = CareConsent.objects.of_person(member).filter(topic=topic)
    newest = said.newest_first().first()
    # One of an earlier stay that nobody ended does not outlive what they said later.
    is_taken_back = newest is None or newest.until is not None
    if not is_taken_back and said.valid().filter(member=member).exists():
        return ""
    return f"지금은 시설에 알리는 데 동의하지 않으셨습니다. 먼저 동의를 받아 주세요: {topic.label}"


def _member_of(case: Case) -> CareMember | None:
    """Answer whose it is in a household: as it is tied, was begun, or else by who asked.

    A tie that was taken off, or was never made at the counter, sets nobody free of what the person
    said: whom it was begun for stands in the household's log for good.
    """
    tied = CareCase.objects.select_related("member").filter(case=case).first()
    if tied is not None:
        return tied.member
    begun = CareStep.objects.filter(case=case, deed=CareDeed.CASE_OPENED, member__isnull=False)
    if (line := begun.select_related("member").first()) is not None:
        return line.member
    here = CareMember.objects.current().filter(person=case.person_id or 0)
    return here.first()


def _call(number: str) -> object:
    return format_html(
        '<a class="text-link lone desk-link" href="{}">{}</a>', tel_uri(number), number
    )
