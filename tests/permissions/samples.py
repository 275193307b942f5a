"""One thing of each kind that an address names, made in the world of the walk; answers its key."""

import uuid

from django.utils import timezone

from core.cases.files import prepare
from core.cases.models import Case
from core.cases.services import attach, open_case
from core.feeds.models import FeedReject
from core.places.models import HoursException
from core.search.models import SearchEntry, Synonym
from tests.core.cases.samples import photograph
from tests.permissions.roles import World
from tests.welfare import factories
from tests.welfare import samples as welfare
from welfare.models import FacilityCorrection, FacilityReport, Operator


def citizen(world: World) -> str:
    return str(world["citizen"].pk)


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


def _case(world: World) -> Case:
    """A request of the citizen, which lies with their centre."""
    return open_case(
        kind="welfare.home-help",
        person=world["citizen"],
        applicant="김시민",
        actor=world["citizen"],
        key=uuid.uuid5(uuid.NAMESPACE_URL, f"case:{world['citizen'].pk}"),
        now=timezone.now(),
        office_id=world.centre.pk,
    )


def synonym(world: World) -> str:
    return str(Synonym.objects.create(words=["경로당", "노인정"]).pk)


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


def report(world: World) -> str:
    told = welfare.report()
    return str(FacilityReport.objects.values_list("pk", flat=True).get(**told))


def report_number(world: World) -> dict[str, str]:
    return {"number": report(world)}


def feed_name(world: World) -> dict[str, str]:
    return {"name": "welfare.seoul_facilities"}


def facility_field(world: World) -> dict[str, str]:
    facility(world)
    exception = HoursException.objects.order_by("pk").values_list("pk", flat=True)[0]
    return {"code": "A1", "field": "fees", "number": str(exception)}
