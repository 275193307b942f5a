"""Messages about benefits: what changed for a person and why, and whether they got it."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Profile
from core.notices.declaration import AlimTalkTemplate, Facts, Notice, NoticePurpose
from welfare.enums import CareConsentTopic
from welfare.models import CareConsent, CareMember
from welfare.permissions import works_in_a_centre
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

HOUSEHOLD_WORK = NoticePurpose(
    slug="welfare.household-work",
    title=_("돌보는 가구의 일"),
    about=_("돌보는 가구가 우리 동주민센터로 오거나 다른 곳으로 갈 때, 동의를 거두실 때 알립니다."),
    reaches=works_in_a_centre,
)
OWN_CENTRE = NoticePurpose(
    slug="welfare.own-centre",
    title=_("담당 동주민센터가 바뀔 때"),
    about=_("우리 가구를 맡는 동주민센터가 바뀌면, 이제 어디인지 알려 드립니다."),
    reaches=lambda person: CareMember.objects.current().filter(person=person.pk).exists(),
)


ENDS = NoticePurpose(
    slug="welfare.benefit-ends",
    title=_("받는 급여가 끝나기 전에"),
    about=_("동주민센터에서 동의하신 분께, 받는 급여가 끝나기 한 달 전에 알려 드립니다."),
    reaches=lambda person: (
        CareConsent.objects.valid()
        .filter(topic=CareConsentTopic.REMIND, member__person=person.pk)
        .exists()
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


class HouseholdComes(Notice):
    """Told to whoever runs the centre that may take it; who it is, they see once they took it."""

    slug = "welfare.household-comes"
    alimtalk = AlimTalkTemplate(code="household_comes", variables=("centre", "link", "stop"))
    purpose = HOUSEHOLD_WORK
    subject = _("%(centre)s에서 가구를 넘기려고 합니다")
    body = _(
        "%(centre)s에서 돌보던 가구를 우리 동주민센터에 넘기려고 합니다."
        " 까닭을 보고 받거나 받지 않는다고 답해 주세요. 답할 때까지는 그곳에서 돌봅니다."
    )
    short = _("%(centre)s에서 가구를 넘기려고 합니다. 답해 주세요.")
    reason = _("회원님이 이 가구를 받을 동주민센터의 책임자라서 보내 드립니다.")
    sample = {"centre": "노원구 상계1동주민센터"}


class HouseholdTaken(Notice):
    slug = "welfare.household-taken"
    alimtalk = AlimTalkTemplate(
        code="household_taken", variables=("number", "centre", "link", "stop")
    )
    purpose = HOUSEHOLD_WORK
    subject = _("가구 #%(number)s: %(centre)s에서 받았습니다")
    body = _(
        "이제 %(centre)s에서 이 가구를 돌봅니다. 세워 둔 계획도 그곳에서 이어 가고,"
        " 우리는 더 볼 수 없습니다."
    )
    short = _("가구 #%(number)s: %(centre)s에서 받았습니다.")
    reason = _("회원님이 넘기자고 했거나 계획을 맡은 가구라서 보내 드립니다.")
    sample = {"number": 12, "centre": "노원구 상계1동주민센터"}


class HouseholdStays(Notice):
    slug = "welfare.household-stays"
    alimtalk = AlimTalkTemplate(
        code="household_stays", variables=("number", "centre", "link", "stop")
    )
    purpose = HOUSEHOLD_WORK
    subject = _("가구 #%(number)s: %(centre)s에서 받지 않았습니다")
    body = _(
        "이 가구는 그대로 우리 동주민센터에서 돌봅니다. 받지 않은 까닭은 가구의 기록에 있습니다."
    )
    short = _("가구 #%(number)s: %(centre)s에서 받지 않았습니다.")
    reason = _("회원님이 넘기자고 했거나 계획을 맡은 가구라서 보내 드립니다.")
    sample = {"number": 12, "centre": "노원구 상계1동주민센터"}


class ConsentTakenBack(Notice):
    slug = "welfare.consent-taken-back"
    alimtalk = AlimTalkTemplate(code="consent_ended", variables=("number", "link", "stop"))
    purpose = HOUSEHOLD_WORK
    subject = _("가구 #%(number)s: 동의를 거두셨습니다")
    body = _(
        "가구 #%(number)s에서 한 분이 동의를 거두셨습니다. 그 동의로 하던 일은 이제 하지 않습니다."
        " 무엇인지는 가구의 기록에 있습니다."
    )
    short = _("가구 #%(number)s: 동의를 거두셨습니다.")
    reason = _("회원님이 이 가구의 계획을 맡았거나 동주민센터의 책임자라서 보내 드립니다.")
    sample = {"number": 12}


class CentreChanged(Notice):
    """Told to each who lives there and has an account; that they are cared for, it does not say."""

    slug = "welfare.centre-changed"
    alimtalk = AlimTalkTemplate(code="centre_changed", variables=("centre", "link", "stop"))
    purpose = OWN_CENTRE
    subject = _("담당 동주민센터가 바뀌었습니다")
    body = _(
        "이제 %(centre)s에서 우리 가구를 맡습니다. 함께 세운 계획과 기록도 그곳으로 갔고,"
        " 전에 맡던 곳은 더 볼 수 없습니다. 하고 있던 신청은 그대로 진행됩니다."
        " 궁금한 것은 새 동주민센터에 물어보세요."
    )
    short = _("담당 동주민센터: %(centre)s")
    reason = _("우리 가구를 맡는 동주민센터가 바뀌어서 보내 드립니다.")
    sample = {"centre": "노원구 상계1동주민센터"}


class BenefitEnds(Notice):
    """Told before something ends that somebody receives; what it is, their own page says."""

    slug = "welfare.benefit-ends"
    alimtalk = AlimTalkTemplate(code="benefit_ends", variables=("link", "stop"))
    purpose = ENDS
    subject = _("받고 계신 급여가 곧 끝납니다")
    body = _(
        "동주민센터가 적어 둔 급여 가운데 한 달 안에 끝나는 것이 있습니다."
        " 무엇인지는 로그인하신 뒤에만 보여 드립니다."
        " 이어서 받을 수 있는지는 동주민센터에 물어보세요."
    )
    short = _("받고 계신 급여가 곧 끝납니다.")
    reason = _("급여가 끝나기 전에 알려 드리는 데 동의하셔서 보내 드립니다.")


NOTICES = (
    BenefitEnds,
    BenefitsChanged,
    DidYouGetIt,
    HouseholdComes,
    HouseholdTaken,
    HouseholdStays,
    ConsentTakenBack,
    CentreChanged,
)
