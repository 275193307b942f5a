"""Who may write rules and put another's in force, and who works on households."""

from typing import Any

from core.offices.enums import OfficeKind
from core.offices.models import Office
from core.offices.people import is_person
from welfare.enums import RuleKind, VersionStatus
from welfare.models import CareHousehold, PlainText, RuleVersion

READ_RULES = "welfare.view_ruleversion"
WRITE_RULES = "welfare.change_ruleversion"
PUBLISH_RULES = "welfare.publish_ruleversion"


def _may(actor: object, right: str) -> bool:
    """Ask the account: it says no as long as the second factor has not been shown."""
    checked: Any = actor
    return is_person(actor) and bool(checked.has_perm(right))


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
    if version.status != VersionStatus.REVIEW or not _may(actor, PUBLISH_RULES):
        return False
    person: Any = actor
    return person.pk != version.made_by_id and person.pk not in version.writers()


def can_write_plain_texts(actor: object) -> bool:
    return _may(actor, "welfare.change_plaintext")


def can_publish_plain_text(actor: object, text: PlainText) -> bool:
    """A second person reads it: what one finds plain, another may not."""
    person: Any = actor
    waits = text.status == VersionStatus.REVIEW
    return waits and _may(actor, "welfare.publish_plaintext") and person.pk != text.made_by_id


def can_open_household(actor: object, centre: Office) -> bool:
    """Whoever works at a centre: no other office cares for households."""
    is_centre = centre.kind == OfficeKind.CENTRE
    return is_centre and is_person(actor) and centre.pk in actor.office_ids


def can_work_on_household(actor: object, household: CareHousehold) -> bool:
    """A superuser looks, and works on nothing."""
    is_open = household.closed_on is None
    return is_open and is_person(actor) and household.centre_id in actor.office_ids
