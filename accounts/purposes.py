"""For what people may let the portal use what they tell of themselves, one group a purpose."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import FactGroup
from core.records.declaration import Purpose

PURPOSES = (
    Purpose(
        slug="accounts.centre",
        facts=FactGroup.BASICS,
        title=_("사는 동의 주민센터 찾기"),
        text=_(
            "생년월일과 사는 동을 보관하고, 내 신청을 사는 동의 주민센터로 보내는 데 씁니다. "
            "거둘 때까지 보관합니다. 동의하지 않아도 신청할 수 있고, 그때마다 동을 여쭙니다."
        ),
        stops=_("신청할 때 사는 동을 다시 여쭙니다."),
    ),
    Purpose(
        slug="accounts.eligibility_basics",
        facts=FactGroup.BASICS,
        title=_("나이와 사는 곳으로 복지 찾기"),
        text=_(
            "나이와 사는 곳에 맞는 복지를 찾아 알려 드리는 데 씁니다. 거둘 때까지 보관합니다. "
            "동의하지 않아도 복지를 찾을 수 있고, 그때마다 나이와 사는 곳을 여쭙니다."
        ),
        stops=_("나이와 사는 곳에 맞는 복지를 미리 찾아 드리지 못합니다."),
    ),
    Purpose(
        slug="accounts.eligibility_household",
        version=2,
        facts=FactGroup.HOUSEHOLD,
        title=_("함께 사는 사람에 맞는 복지 찾기"),
        text=_(
            "혼자 사는지, 함께 사는 사람과 나의 관계, 나이를 보관하고 맞는 복지를 찾는 데 씁니다. "
            "이름은 보관하지 않습니다. 거둘 때까지 보관합니다. 동의하지 않아도 그때마다 적어 찾을 "
            "수 있습니다."
        ),
        stops=_("함께 사는 사람에 맞는 복지를 미리 찾아 드리지 못합니다."),
    ),
    Purpose(
        slug="accounts.eligibility_circumstances",
        version=3,
        facts=FactGroup.CIRCUMSTANCES,
        title=_("형편에 맞는 복지 찾기 (민감한 내용)"),
        text=_(
            "성별, 국적, 배우자, 이사한 날, 소득, 재산, 받는 급여, 집, 일, 학교, 장애, 임신처럼 "
            "민감한 내용을 암호로 바꾸어 보관하고, 맞는 복지를 찾는 데만 씁니다. 거둘 때까지 "
            "보관합니다. 동의하지 않아도 그때마다 적어 찾을 수 있습니다."
        ),
        stops=_("형편에 맞는 복지를 미리 찾아 드리지 못합니다."),
    ),
    Purpose(
        slug="accounts.suggestions",
        facts=FactGroup.INTERESTS,
        title=_("관심사에 맞는 것 먼저 보기"),
        text=_(
            "고른 관심사를 보관하고, 맞는 복지와 시설을 ‘내 서비스’에서 보여 드리는 데 씁니다. "
            "나이와 사는 곳으로 복지를 찾는 데에도 동의하면 사는 곳의 것부터 보여 드립니다. "
            "거둘 때까지 보관합니다."
        ),
        stops=_("‘내 서비스’에서 관심사에 맞는 것을 보여 드리지 않습니다."),
        # The first version spoke of courses and events, which nothing ever showed.
        version=2,
        oldest_valid=2,
    ),
    Purpose(
        slug="accounts.access",
        facts=FactGroup.ACCESS,
        title=_("찾아오시거나 만날 때 필요한 도움 준비하기 (민감한 내용)"),
        text=_(
            "필요한 도움을 암호로 바꾸어 보관하고, 내 신청을 맡은 담당자가 미리 준비하는 데 "
            "씁니다. 건강에 관한 내용이 들어 있을 수 있습니다. 거둘 때까지 보관합니다."
        ),
        stops=_("담당자가 필요한 도움을 미리 알지 못합니다."),
    ),
    Purpose(
        slug="accounts.contact",
        facts=FactGroup.CONTACT,
        title=_("고른 방법과 언어로 연락받기"),
        text=_(
            "고른 연락 방법과 언어를 보관하고, 담당자가 그대로 연락하는 데 씁니다. 거둘 때까지 "
            "보관합니다."
        ),
        stops=_("담당자가 이메일이나 알림함으로, 한국어로 연락합니다."),
    ),
)
