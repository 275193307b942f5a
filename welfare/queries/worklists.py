"""What waits for staff in the welfare area."""

from typing import Any

from django.utils import timezone

from core.desk.worklists import count_capped
from welfare.models import (
    CareHandOver,
    CareHousehold,
    CareMerge,
    CarePlanStep,
    CounterTalk,
    Facility,
    FacilityCorrection,
    FacilityKind,
    FacilityReport,
    HardshipHousehold,
    PlainText,
    RuleVersion,
    SignWeights,
)
from welfare.queries import take_up


def reports_waiting() -> int:
    return count_capped(FacilityReport.objects.waiting())


def corrections_to_review() -> int:
    return count_capped(FacilityCorrection.objects.made_by_hand().to_review())


def protections_to_lift() -> int:
    return count_capped(FacilityKind.objects.lift_asked())


def facilities_never_checked() -> int:
    return count_capped(Facility.objects.listed().never_checked())


def rules_to_review() -> int:
    return count_capped(RuleVersion.objects.waiting())


def figures_unvouched() -> int:
    return count_capped(RuleVersion.objects.unvouched(timezone.localdate()))


def plain_texts_to_review() -> int:
    return count_capped(PlainText.objects.to_review(timezone.localdate()))


def centres_without_staff() -> int:
    return take_up.centres_without_staff(on=timezone.localdate())


def talks_unfinished(user: Any) -> int:
    return count_capped(CounterTalk.objects.unfinished_of(user.pk))


def households_to_look_at(actor: Any) -> int:
    """Count those of one's own centres that nobody has looked at."""
    return count_capped(HardshipHousehold.objects.listed().worked_on_by(actor).waiting())


def care_due(actor: Any) -> int:
    """Count households of one's own centres for which something is to be done by today."""
    rows = CareHousehold.objects.visible_to(actor).due_by(timezone.localdate())
    return count_capped(rows)


def care_mine(actor: Any) -> int:
    """Count households for which somebody is to do something themselves."""
    mine = CarePlanStep.objects.seen_to_by(actor)
    return count_capped(CareHousehold.objects.visible_to(actor).planned_in(mine))


def care_nobodys(actor: Any) -> int:
    nobodys = CarePlanStep.objects.of_nobody(timezone.localdate())
    return count_capped(CareHousehold.objects.visible_to(actor).planned_in(nobodys))


def care_coming(actor: Any) -> int:
    return count_capped(CareHandOver.objects.waiting_for(actor))


def care_merges(actor: Any) -> int:
    return count_capped(CareMerge.objects.to_agree_by(actor))


def sign_weights_to_review() -> int:
    return count_capped(SignWeights.objects.waiting())
