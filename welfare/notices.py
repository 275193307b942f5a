"""Messages about benefits: what changed for a person and why, and whether they got it."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Profile
from core.notices.declaration import Facts, Notice, NoticePurpose
from welfare.queries.sheets import news_phrase

BENEFIT_NEWS = NoticePurpose(
    slug="welfare.benefit-news",
    title=_("나에게 맞는 복지가 달라질 때"),
    about=_("생일이 지나거나 기준이 바뀌어 맞는 복지가 달라지면 알려 드립니다."),
    # Nobody else is looked at in the night.
    reaches=lambda person: (
        Profile.objects.usable_for("welfare.alerts").filter(person=person.pk).exists()
    ),
)
# Between the parts of one piece of news, and between two of them: neither stands in a name.
PART, PIECE = "\t", "\n"


class BenefitsChanged(Notice):
    """One message a run, with all that is new and why; never "entitled", as verdicts are."""

    slug = "welfare.benefits-changed"
    purpose = BENEFIT_NEWS
    subject = _("나에게 맞는 복지에 달라진 것이 있습니다")
    body = _(
        "알려 주신 내용으로 다시 찾아보니 %(count)s가지가 달라졌습니다."
        "\n%(lines)s"
        "\n받을 수 있는지는 신청을 받는 기관이 확인해 정합니다."
    )
    short = _("나에게 맞는 복지 %(count)s가지가 달라졌습니다.")
    reason = _("바뀐 복지 알림에 동의하셔서 보내 드립니다. 내 정보에서 언제든 거둘 수 있습니다.")
    sample = {"count": 1, "news": "TIME\t2026-12-01\t기초연금"}

    @classmethod
    def words(cls, facts: Facts) -> Facts:
        pieces = [one.split(PART) for one in str(facts["news"]).split(PIECE)]
        lines = [f"· {name}: {news_phrase(kind, day)}" for kind, day, name in pieces]
        if (more := int(facts["count"]) - len(lines)) > 0:
            lines.append(gettext("· 그 밖에 %(more)s가지") % {"more": more})
        return {"count": facts["count"], "lines": "\n".join(lines)}


class DidYouGetIt(Notice):
    slug = "welfare.did-you-get-it"
    purpose = BENEFIT_NEWS
    subject = _("%(name)s, 받으셨나요?")
    body = _(
        "30일 전에 %(name)s을(를) 알려 드렸습니다. 어떻게 되었는지 한 번만 여쭙니다."
        " 답은 누구의 것인지 남기지 않습니다."
    )
    short = _("알려 드린 복지를 받으셨나요?")
    reason = _("받으셨는지 여쭙는 데 동의하셔서 보내 드립니다.")
    sample = {"name": "기초연금"}


NOTICES = (BenefitsChanged, DidYouGetIt)
