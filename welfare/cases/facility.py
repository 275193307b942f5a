"""Where a referral leads: the facility, where it is, and how to reach it."""

from django.utils.html import format_html
from django.utils.translation import gettext

from core.cases.models import Case
from core.web.phones import tel_uri
from core.web.wording import in_its_language
from welfare.enums import CareConsentTopic
from welfare.models import CareCase, CareConsent, Referral


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
    tied = CareCase.objects.filter(case=case).first()
    if tied is None:
        return ""
    topic = CareConsentTopic.SHARE
    if CareConsent.objects.valid().filter(member=tied.member_id, topic=topic).exists():
        return ""
    return f"지금은 시설에 알리는 데 동의하지 않으셨습니다. 먼저 동의를 받아 주세요: {topic.label}"


def _call(number: str) -> object:
    return format_html(
        '<a class="text-link lone desk-link" href="{}">{}</a>', tel_uri(number), number
    )
