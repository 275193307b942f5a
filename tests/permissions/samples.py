"""One thing of each kind that an address names, made in the world of the walk; answers its key."""

import datetime
import uuid

from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.enums import MessagesTo, Role
from accounts.models import EVERYTHING, CommunityCentre, Delegation, Invitation, Membership
from accounts.services import accept_delegation, invite, link_token, name_helper
from core.cases.files import prepare
from core.cases.models import Case
from core.cases.services import attach, open_case
from core.feeds.models import FeedReject
from core.notices.models import Message
from core.notices.notices import PhoneAdded
from core.notices.services import tell
from core.places.models import HoursException
from core.search.models import SearchEntry, Synonym
from tests.accounts.factories import SAJIK
from tests.core.cases.samples import photograph
from tests.core.kpi import samples as kpi
from tests.permissions.roles import World
from tests.sign_in import give_passkey
from tests.welfare import factories
from tests.welfare import samples as welfare
from tests.welfare.benefit_factories import make_benefit
from welfare.enums import AgeBand, HardshipKind
from welfare.models import (
    BenefitLink,
    BenefitNews,
    CareHousehold,
    CareMember,
    CareMerge,
    CounterTalk,
    FacilityCorrection,
    FacilityReport,
    HardshipHousehold,
    HardshipImport,
    HardshipSign,
    Operator,
    PlainText,
    RuleVersion,
    SignWeights,
)
from welfare.services.care_log import Click
from welfare.services.care_merging import propose_merge
from welfare.services.care_records import plan_step, tell_need
from welfare.services.households import open_with_head
from welfare.services.sign_weighing import weigh_households


def citizen(world: World) -> str:
    return str(world["citizen"].pk)


def membership(world: World) -> str:
    return str(Membership.objects.get(person=world["worker"]).pk)


def _invited(world: World, email: str) -> Invitation:
    return invite(
        actor=world["manager"],
        email=email,
        office=world.centre,
        role=Role.VOLUNTEER,
        starts_date=timezone.localdate(),
        now=timezone.now(),
    )


def invitation(world: World) -> str:
    return str(_invited(world, "nobody@example.com").pk)


def invitation_to_answer(world: World) -> dict[str, str]:
    person = world["citizen"]
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    return {"pk": str(_invited(world, person.email).pk)}


def community_centre(world: World) -> str:
    CommunityCentre.objects.get_or_create(office=world.centre, defaults={"code": SAJIK})
    return str(world.centre.pk)


def office(world: World) -> str:
    return str(world.other_centre.pk)


def file_form(world: World) -> dict[str, str]:
    return {"form": "csv"}


def _named(world: World) -> Delegation:
    return name_helper(
        person=world["citizen"],
        label="이웃",
        purposes=[EVERYTHING],
        ends_date=timezone.localdate() + datetime.timedelta(days=30),
        messages_to=MessagesTo.PERSON,
        now=timezone.now(),
    )


def delegation(world: World) -> dict[str, str]:
    helped = accept_delegation(helper=world["helper"], delegation=_named(world), now=timezone.now())
    return {"pk": str(helped.pk)}


def delegation_link(world: World) -> dict[str, str]:
    return {"token": link_token(_named(world))}


def passkey(world: World) -> dict[str, str]:
    return {"pk": str(give_passkey(world["citizen"]).pk)}


def session_number(world: World) -> dict[str, str]:
    return {"number": "1"}


def synonym(world: World) -> str:
    return str(Synonym.objects.create(words=["경로당", "노인정"]).pk)


def kpi_target(world: World) -> str:
    return str(kpi.target().pk)


def facility(world: World) -> str:
    return str(welfare.facility()["code"])


def search_entry(world: World) -> str:
    facility(world)
    return str(SearchEntry.objects.order_by("pk").values_list("pk", flat=True)[0])


def feed_run(world: World) -> str:
    return str(factories.make_run().pk)


def feed_reject(world: World) -> str:
    run = factories.make_run()
    told = {"field": "fcltNm", "reason": "이름이 비어 있습니다.", "row": {}}
    return str(FeedReject.objects.create(run=run, **told).pk)


def correction(world: World) -> str:
    facility(world)
    made = FacilityCorrection.objects.made_by_hand().order_by("pk")
    return str(made.values_list("pk", flat=True)[0])


def facility_kind(world: World) -> str:
    return str(factories.make_kind().pk)


def facility_family(world: World) -> str:
    return str(factories.make_kind().family_id)


def operator(world: World) -> str:
    return str(Operator.objects.create(name="시험 법인").pk)


def benefit(world: World) -> str:
    return make_benefit().pk


def counter_talk(world: World) -> str:
    talk = CounterTalk.objects.create(
        office=world.centre,
        by=world["worker"],
        consent="SCREEN",
        consent_version=1,
        started_at=timezone.now(),
    )
    return str(talk.pk)


def counter_talk_number(world: World) -> dict[str, str]:
    return {"number": counter_talk(world)}


def facility_code(world: World) -> dict[str, str]:
    return {"code": facility(world)}


def benefit_code(world: World) -> dict[str, str]:
    return {"code": benefit(world)}


def benefit_source(world: World) -> str:
    return str(make_benefit().sources.get().pk)


def benefit_link(world: World) -> str:
    return str(
        BenefitLink.objects.create(
            source="LOCAL",
            source_key="WLF00000001",
            reason="다른 사업임",
            made_by=world["editor"],
            made_at=timezone.now(),
        ).pk
    )


def rule_version(world: World) -> str:
    """One in force, as it came with the portal."""
    rows = RuleVersion.objects.in_force().filter(programme="basic-pension")
    return str(rows.order_by("pk").values_list("pk", flat=True)[0])


def plain_text(world: World) -> str:
    return str(
        PlainText.objects.create(
            benefit_code=make_benefit().pk,
            text="쉬운 말",
            text_en="Plain words",
            review_by=timezone.localdate() + datetime.timedelta(days=30),
            made_by=world["superuser"],
            made_at=timezone.now(),
        ).pk
    )


def hardship_import(world: World) -> str:
    """A file that the manager of the citizen's centre brought in."""
    brought = HardshipImport.objects.create(
        brought_by=world["manager"], brought_at=timezone.now(), lines=1, added=1
    )
    return str(brought.pk)


def hardship_household(world: World) -> str:
    """A household on the list of the citizen's centre, with a sign."""
    now = timezone.now()
    household = HardshipHousehold.objects.create(
        office=world.centre,
        mark=f"{HardshipHousehold.objects.count():064}",
        name="한이웃",
        birth_date="1950-01-01",
        address="서울특별시 종로구 사직로 1",
        district_code=SAJIK[:5],
        age_band=AgeBand.TO_79,
        first_told_at=now,
        last_told_at=now,
        touched_at=now,
    )
    HardshipSign.objects.create(
        household=household,
        mark=household.mark,
        kind=HardshipKind.RENT,
        month=timezone.localdate().replace(day=1),
        months=3,
        told_at=now,
        brought_id=hardship_import(world),
    )
    weigh_households(on=timezone.localdate(now), among=[household.pk])
    return str(household.pk)


def _cared_for(world: World) -> list[CareHousehold]:
    """Two households of the citizen's centre at one address; the citizen heads the first."""
    held = list(CareHousehold.objects.filter(centre=world.centre).order_by("pk")[:2])
    people = ((world["citizen"], "홍길동"), (None, "홍길순"))
    for person, name in people[len(held) :]:
        click = Click(actor=world["worker"], now=timezone.now(), key=uuid.uuid4())
        household = open_with_head(
            centre=world.centre,
            address="서울특별시 종로구 사직로 1",
            name=name,
            birth_date=datetime.date(1956, 3, 2),
            person=person,
            click=click,
        )
        head = CareMember.objects.get(household=household)
        told = {"household": household, "member_id": head.pk}
        now = {"actor": world["worker"], "now": timezone.now()}
        plan_step(
            words="전화하기",
            due=timezone.localdate(),
            responsible_id=None,
            click=Click(key=uuid.uuid4(), **now),
            **told,
        )
        tell_need(need="theme:HOUSING", words="", click=Click(key=uuid.uuid4(), **now), **told)
        held.append(household)
    return held


def care_household(world: World) -> str:
    return str(_cared_for(world)[0].pk)


def care_pair(world: World) -> dict[str, str]:
    kept, gone = _cared_for(world)
    return {"kept": str(kept.pk), "gone": str(gone.pk)}


def care_referral(world: World) -> dict[str, str]:
    return {"pk": care_household(world), "code": facility(world)}


def care_merge(world: World) -> dict[str, str]:
    kept, gone = _cared_for(world)
    merge = CareMerge.objects.first() or propose_merge(
        kept=kept,
        gone=gone,
        reason="한 집입니다.",
        click=Click(actor=world["worker"], now=timezone.now(), key=uuid.uuid4()),
    )
    return {"pk": str(merge.pk)}


def sign_weights(world: World) -> str:
    """A draft in place of those that came with the portal."""
    held = SignWeights.objects.in_force().get()
    draft = SignWeights.objects.create(
        since=timezone.localdate() + datetime.timedelta(days=30),
        weights=held.weights,
        reason="견본",
        made_by=world["superuser"],
        made_at=timezone.now(),
    )
    return str(draft.pk)


def asked_outcome(world: World) -> dict[str, str]:
    """What became of a benefit that the citizen was told of."""
    news = BenefitNews.objects.create(
        person=world["citizen"],
        key=f"sample-{BenefitNews.objects.count()}",
        news={"benefit": "basic-pension", "kind": "TIME", "day": "2026-01-01"},
        is_gain=True,
        told_on=timezone.localdate(),
        asked_at=timezone.now(),
    )
    return {"number": str(news.pk)}


def report(world: World) -> str:
    told = welfare.report()
    return str(FacilityReport.objects.values_list("pk", flat=True).get(**told))


def report_number(world: World) -> dict[str, str]:
    return {"number": report(world)}


def notice(world: World) -> Message:
    tell(
        notice=PhoneAdded,
        person=world["citizen"],
        facts={"ending": "1234"},
        cause="walk",
        now=timezone.now(),
    )
    return Message.objects.get(person=world["citizen"], cause="walk")


def notice_number(world: World) -> dict[str, str]:
    return {"number": str(notice(world).pk)}


def delivery(world: World) -> str:
    return str(notice(world).deliveries.order_by("pk").values_list("pk", flat=True)[0])


def feed_name(world: World) -> dict[str, str]:
    return {"name": "welfare.seoul_facilities"}


def facility_field(world: World) -> dict[str, str]:
    facility(world)
    exception = HoursException.objects.order_by("pk").values_list("pk", flat=True)[0]
    return {"code": "A1", "field": "fees", "number": str(exception)}


def _case(world: World) -> Case:
    """A request of the citizen, which lies with their centre."""
    _helped(world)
    return open_case(
        kind="welfare.counsel",
        person=world["citizen"],
        applicant="김시민",
        actor=world["citizen"],
        key=uuid.uuid5(uuid.NAMESPACE_URL, f"case:{world['citizen'].pk}"),
        now=timezone.now(),
        office_id=world.centre.pk,
    )


def _helped(world: World) -> None:
    if not Delegation.objects.filter(helper=world["helper"]).exists():
        delegation(world)


def case(world: World) -> str:
    return str(_case(world).pk)


def case_file(world: World) -> dict[str, str]:
    made = _case(world)
    kept = made.attachments.first() or attach(
        case_id=made.pk,
        file=prepare(photograph()),
        filename="집.jpg",
        actor=world["citizen"],
        key="file",
        now=timezone.now(),
    )
    return {"number": str(made.pk), "file": str(kept.pk)}
