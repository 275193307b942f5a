"""Messages about benefits: what changed for a person and why, and whether they got it."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Profile
from core.notices.declaration import AlimTalkTemplate, Facts, Notice, NoticePurpose
from welfare.queries.sheets import told_lines

BENEFIT_NEWS = NoticePurpose(
    slug="welfare.benefit-news",
    title=_("나에게 맞는 복지가 달라질 때"),
    about=_(
        "생일이 지나거나 기준이 바뀌어 맞는 복지가 달라지면 알려 드립니다."
        " 따로 고르지 않으시면 바뀐 기준은 밤을 빼고 바로, 나머지는 아침에 모아 보냅니다."
    ),
    # Nobody else is looked at in the night.
    reaches=lambda person: (
        Profile.objects.usable_for("welfare.alerts").filter(person=person.pk).exists()
    ),
)


class BenefitsChanged(Notice):
    """One message a run, with all that is new and why; never "entitled", as verdicts are.

    It is told with numbers alone: what they stand for is sealed, and gone once a person withdraws.
    """

    slug = "welfare.benefits-changed"
    alimtalk = AlimTalkTemplate(code="benefits_changed", variables=("count", "link", "stop"))
    purpose = BENEFIT_NEWS
    subject = _("나에게 맞는 복지에 달라진 것이 있습니다")
    body = _(
        "알려 주신 내용으로 다시 찾아보니 %(count)s가지가 달라졌습니다."
        "\n%(lines)s"
        "\n받을 수 있는지는 신청을 받는 기관이 확인해 정합니다."
    )
    short = _("나에게 맞는 복지 %(count)s가지가 달라졌습니다.")
    reason = _("바뀐 복지 알림에 동의하셔서 보내 드립니다. 내 정보에서 언제든 거둘 수 있습니다.")
    sample = {"count": 1, "news": ""}

    @classmethod
    def says(cls, part: str, facts: Facts) -> str:
        """Open what is sealed for the body alone: nothing else says it."""
        return super().says(part, facts) if part == "body" else str(getattr(cls, part)) % facts

    @classmethod
    def words(cls, facts: Facts) -> Facts:
        numbers = [int(one) for one in str(facts["news"]).split(",") if one.isdecimal()]
        lines = [f"· {line}" for line in told_lines(numbers)] if numbers else []
        if not lines:
            lines.append(gettext("· 무엇이었는지는 더 보관하지 않습니다."))
        elif (more := int(facts["count"]) - len(lines)) > 0:
            lines.append(gettext("· 그 밖에 %(more)s가지") % {"more": more})
        return {"count": facts["count"], "lines": "\n".join(lines)}


class DidYouGetIt(Notice):
    slug = "welfare.did-you-get-it"
    alimtalk = AlimTalkTemplate(code="benefits_got_it", variables=("link", "stop"))
    purpose = BENEFIT_NEWS
    subject = _("알려 드린 복지, 받으셨나요?")
    body = _(
        "30일 전에 알려 드린 복지가 어떻게 되었는지 한 번만 여쭙니다."
        " 어느 복지인지는 로그인하신 뒤에만 보여 드리고, 답은 누구의 것인지 남기지 않습니다."
    )
    short = _("알려 드린 복지를 받으셨나요?")
    reason = _("받으셨는지 여쭙는 데 동의하셔서 보내 드립니다.")


NOTICES = (BenefitsChanged, DidYouGetIt)
