"""Who may write rules and put another's in force, and who works on whose households."""

from typing import Any

from accounts.models import User
from core.desk.permissions import can_use_right
from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.offices.people import is_person
from welfare.enums import RuleKind, VersionStatus
from welfare.models import (
    CareHandOver,
    CareHousehold,
    CareMerge,
    HardshipHousehold,
    PlainText,
    RuleVersion,
    SignWeights,
    Version,
)

READ_RULES = "welfare.view_ruleversion"
WRITE_RULES = "welfare.change_ruleversion"
PUBLISH_RULES = "welfare.publish_ruleversion"
READ_PLAIN_TEXTS = "welfare.view_plaintext"
WRITE_PLAIN_TEXTS = "welfare.change_plaintext"
PUBLISH_PLAIN_TEXTS = "welfare.publish_plaintext"
READ_WEIGHTS = "welfare.view_signweights"
WRITE_WEIGHTS = "welfare.change_signweights"
PUBLISH_WEIGHTS = "welfare.publish_signweights"
BRING_SIGNS = "welfare.add_hardshipimport"
# A group of staff that a superuser gives. Each of them writes, and puts in force what others wrote:
# that two people did it is asked of every version, whatever rights they have.
RULE_KEEPERS = "규칙 담당"
RIGHTS_OF_RULE_KEEPERS = (
    *(READ_RULES, WRITE_RULES, PUBLISH_RULES),
    *(READ_PLAIN_TEXTS, WRITE_PLAIN_TEXTS, PUBLISH_PLAIN_TEXTS),
    *(READ_WEIGHTS, WRITE_WEIGHTS, PUBLISH_WEIGHTS),
)


def _may(actor: object, right: str) -> bool:
    return is_person(actor) and can_use_right(actor, right)


def _is_second(actor: object, version: Version, right: str) -> bool:
    """Say whether somebody may put in force what waits: with the right, and no word of theirs."""
    if version.status != VersionStatus.REVIEW or not _may(actor, right):
        return False
    person: Any = actor
    return person.pk not in version.writers()


def can_serve_at_counter(actor: object) -> bool:
    """Whoever works on requests in some office today."""
    return is_person(actor) and bool(actor.office_ids)


def can_see_talks(actor: object) -> bool:
    """Those of one's own offices; a superuser, all of them."""
    return can_serve_at_counter(actor) or (is_person(actor) and actor.is_superuser)


def can_write_rules(actor: object) -> bool:
    return _may(actor, WRITE_RULES)


def can_read_rules(actor: object) -> bool:
    """Whoever writes, whoever reviews, and whoever may look."""
    return any(_may(actor, right) for right in (READ_RULES, WRITE_RULES, PUBLISH_RULES))


def can_edit_rule(actor: object, version: RuleVersion) -> bool:
    return can_write_rules(actor) and version.status == VersionStatus.DRAFT


def can_follow_rule(actor: object, version: RuleVersion) -> bool:
    """Say whether another version may be begun in place of this one."""
    published = version.status == VersionStatus.PUBLISHED and version.kind != RuleKind.REMOVAL
    return can_write_rules(actor) and published


def can_send_back_rule(actor: object, version: RuleVersion) -> bool:
    waits = version.status == VersionStatus.REVIEW
    return waits and (can_write_rules(actor) or _may(actor, PUBLISH_RULES))


def can_publish_rule(actor: object, version: RuleVersion) -> bool:
    """A second person: never the one who wrote it, nor anybody who changed a word of it."""
    return _is_second(actor, version, PUBLISH_RULES)


def can_write_plain_texts(actor: object) -> bool:
    return _may(actor, WRITE_PLAIN_TEXTS)


def can_review_plain_texts(actor: object) -> bool:
    return _may(actor, PUBLISH_PLAIN_TEXTS)


def can_publish_plain_text(actor: object, text: PlainText) -> bool:
    """A second person reads it, who wrote no word of it: what one finds plain, another may not."""
    return _is_second(actor, text, PUBLISH_PLAIN_TEXTS)


def can_bring_all_signs(actor: object) -> bool:
    """An official of the welfare department, by a right that a superuser gives: every centre's."""
    return _may(actor, BRING_SIGNS)


def can_bring_signs(actor: object) -> bool:
    """Whoever runs a centre brings in signs of its own dong."""
    if can_bring_all_signs(actor):
        return True
    return is_person(actor) and bool(_centres_of(actor) & actor.managed_office_ids)


def can_see_sign_files(actor: object) -> bool:
    """Whoever brings files sees their own; a superuser, all of them."""
    return can_bring_signs(actor) or (is_person(actor) and actor.is_superuser)


def can_see_all_sign_files(actor: object) -> bool:
    return is_person(actor) and actor.is_superuser


def can_see_signs(actor: object) -> bool:
    """Say whether a list of households holds anything for somebody: a centre's own is its own."""
    return has_own_signs(actor) or is_person(actor) and actor.is_superuser


def has_own_signs(actor: object) -> bool:
    """Say whether households can wait for somebody: a superuser looks, and works on none."""
    return bool(_centres_of(actor))


def _centres_of(actor: object) -> frozenset[int]:
    """Answer the centres where somebody works today: no other office has a list of signs."""
    if not isinstance(actor, User):
        return frozenset()
    of_centres = {duty.office_id for duty in actor.duties if duty.office.kind == OfficeKind.CENTRE}
    return actor.office_ids & of_centres


def can_work_on_signs(actor: object, household: HardshipHousehold) -> bool:
    """A superuser looks, and does nothing about people; nor does anybody about their own home."""
    works = is_person(actor) and household.office_id in actor.office_ids
    rows = HardshipHousehold.objects.filter(pk=household.pk)
    return works and is_person(actor) and rows.not_at_home_of(actor.pk).exists()


def can_see_sign_figures(actor: object) -> bool:
    """Figures of one's own centre, or of all: small numbers are hidden from everybody."""
    return can_see_signs(actor) or is_person(actor) and actor.sees_figures


def can_write_weights(actor: object) -> bool:
    return _may(actor, WRITE_WEIGHTS)


def can_review_weights(actor: object) -> bool:
    return _may(actor, PUBLISH_WEIGHTS)


def can_act_on_weights(actor: object) -> bool:
    return can_write_weights(actor) or can_review_weights(actor)


def can_read_weights(actor: object) -> bool:
    """What a household is weighed by is no secret to those who look at the list."""
    return can_see_signs(actor) or any(
        _may(actor, right) for right in (READ_WEIGHTS, WRITE_WEIGHTS, PUBLISH_WEIGHTS)
    )


def can_publish_weights(actor: object, weights: SignWeights) -> bool:
    """A second person: never the one who wrote it, nor anybody who changed a figure of it."""
    return _is_second(actor, weights, PUBLISH_WEIGHTS)


def can_see_households(actor: object) -> bool:
    """Say whether the caseload holds anything for somebody: a centre's own is its own."""
    return can_see_signs(actor)


def works_in_a_centre(actor: object) -> bool:
    return bool(_centres_of(actor))


def can_open_household(actor: object, centre: Office) -> bool:
    """Whoever works at a centre: no other office cares for households."""
    is_centre = centre.kind == OfficeKind.CENTRE
    return is_centre and is_person(actor) and centre.pk in actor.office_ids


def works_for_household(actor: object, household: CareHousehold) -> bool:
    """A superuser looks, and works on nothing; nor does anybody work on their own household."""
    return (
        is_person(actor)
        and household.centre_id in actor.office_ids
        and not household.members.current().filter(person=actor.pk).exists()
    )


def can_work_on_household(actor: object, household: CareHousehold) -> bool:
    return household.closed_on is None and works_for_household(actor, household)


def runs_a_centre(actor: object) -> bool:
    return is_person(actor) and bool(_centres_of(actor) & actor.managed_office_ids)


def can_take_household(actor: object, hand_over: CareHandOver) -> bool:
    """Whoever runs the centre that is to take it."""
    return is_person(actor) and hand_over.to_centre_id in actor.managed_office_ids


def can_agree_to_merge(actor: object, merge: CareMerge) -> bool:
    """A second person of the centre: never the one who proposed it."""
    works = works_for_household(actor, merge.kept) and works_for_household(actor, merge.gone)
    return works and is_person(actor) and actor.pk != merge.asked_by_id
