"""For what people may let welfare use what they tell: to be told of changes, and asked later."""

from django.utils.translation import gettext_lazy as _

from core.records.declaration import Purpose

PURPOSES = (
    Purpose(
        slug="welfare.alerts",
        facts="BASICS",
        title=_("바뀐 복지 알림 받기"),
        text=_(
            "밤마다 적어 주신 내용으로 맞는 복지를 다시 찾고, 달라진 것이 있으면 이유와 함께 알려 "
            "드립니다. 함께 사는 사람과 형편은 따로 동의하신 때만 씁니다. 지난번에 무엇이 맞았는지 "
            "암호로 바꾸어 보관하며, 동의를 거두면 바로 지웁니다. 알림에는 몇 가지가 달라졌는지만 "
            "남고, 무엇이 달라졌는지는 함께 지웁니다."
        ),
        version=2,
        stops=_("생일이 지나거나 기준이 바뀌어도 알려 드리지 못하고, 지난 결과를 지웁니다."),
        ended_by="welfare.services.screening.forget_person",
    ),
    Purpose(
        slug="welfare.outcomes",
        facts="BASICS",
        title=_("알려 드린 복지를 받으셨는지 여쭙기"),
        text=_(
            "알려 드린 지 30일 뒤에 받으셨는지 한 번 여쭙습니다. 답은 누구의 것인지 남기지 않고 "
            "세어, 다른 분들이 볼 수 있게 합니다. 바뀐 복지 알림을 받으실 때만 여쭙니다."
        ),
        stops=_("받으셨는지 더 여쭙지 않습니다."),
        ended_by="welfare.services.outcomes.forget_asking",
    ),
)
