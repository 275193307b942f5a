"""A rule's way from a draft to what is in force, which takes two people and all their words."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from welfare import permissions
from welfare.enums import RuleKind, VersionStatus, VersionStep
from welfare.models import (
    Benefit,
    RuleEffect,
    RuleExplanation,
    RuleStep,
    RuleVersion,
)
from welfare.queries.rule_preview import (
    VerdictChange,
    digest_of,
    effect_on_people,
    regression_changes,
)
from welfare.queries.rule_versions import read_versions
from welfare.queries.rule_words import fault_words, known_title, slot_words, subject_words
from welfare.rules.figures import PAID, check_numbers
from welfare.rules.programmes import PROGRAMMES
from welfare.rules.stored import LARGEST, check_names_of_programmes
from welfare.services.versions import VersionRefused, hold, move, require

# What a form may say of a version; all else follows from who does what when.
TOLD = RuleVersion.SAYS
# What somebody vouches for who ticks a version as compared with its source.
VOUCHED_FOR = (
    *("wanted", "amounts", "unit", "measure", "payments", "is_most"),
    *("law", "notice", "since", "until"),
)


@transaction.atomic
def draft_rule(
    *,
    kind: RuleKind,
    told: Mapping[str, Any],
    actor: User,
    now: datetime.datetime,
    replaces: RuleVersion | None = None,
) -> RuleVersion:
    """Begin a version, on its own or in place of a published one. ValueError names a field."""
    require(permissions.can_write_rules(actor), "조건과 기준을 쓸 권한이 없습니다.")
    if replaces is not None and not permissions.can_follow_rule(actor, replaces):
        raise VersionRefused("시행 중인 것만 바꾸거나 거둘 수 있습니다.")
    version = RuleVersion(kind=kind, replaces=replaces, made_by=actor, made_at=now)
    _fill(version, told, actor, now)
    _check_not_needed(version)
    check_version(version)
    if (before := _drafted_before(version, actor)) is not None:
        return before
    try:
        with transaction.atomic():
            version.save()
    except IntegrityError as fault:
        raise VersionRefused("이것을 대신할 것을 이미 누가 쓰고 있습니다.") from fault
    _note(version, VersionStep.DRAFTED, actor, now)
    return version


def _drafted_before(version: RuleVersion, actor: User) -> RuleVersion | None:
    """Answer the draft that says just this already: whoever pressed twice begins one."""
    User.objects.select_for_update(of=("self",), no_key=True).get(
        pk=actor.pk
    )  # one press, then two
    drafts: Iterable[RuleVersion] = RuleVersion.objects.filter(
        status=VersionStatus.DRAFT, made_by=actor, kind=version.kind, replaces=version.replaces
    ).order_by("pk")
    said = [getattr(version, name) for name in TOLD]
    same = (one for one in drafts if [getattr(one, name) for name in TOLD] == said)
    return next(same, None)


def begin_successor(
    *, of: RuleVersion, kind: RuleKind, actor: User, now: datetime.datetime, note: str = ""
) -> RuleVersion:
    """Begin what is to stand in place of a published version, or what ends it."""
    if kind == RuleKind.REMOVAL:
        told: dict[str, Any] = {"note": note}
    else:
        told = {name: getattr(of, name) for name in TOLD}
        told |= {"is_verified": False, "note": note}
    return draft_rule(kind=kind, told=told, actor=actor, now=now, replaces=of)


@transaction.atomic
def edit_rule(
    *,
    version: RuleVersion,
    told: Mapping[str, Any],
    actor: User,
    now: datetime.datetime,
    seen: str | None = None,
) -> RuleVersion:
    """Change a draft as it was seen (its mark); ValueError names the field that is wrong now."""
    held = hold(version, seen=seen)
    require(permissions.can_edit_rule(actor, held), "쓰는 중인 것만 고칠 수 있습니다.")
    _fill(held, told, actor, now)
    check_version(held)
    held.save()
    _note(held, VersionStep.EDITED, actor, now)
    return held


@transaction.atomic
def drop_rule(*, version: RuleVersion, actor: User) -> None:
    held = hold(version)
    require(permissions.can_edit_rule(actor, held), "쓰는 중인 것만 버릴 수 있습니다.")
    require(not held.was_sent(), "검토를 요청했던 것은 이력이 남아야 하므로 버릴 수 없습니다.")
    held.delete()


@transaction.atomic
def explain_rule(
    *, version: RuleVersion, household: str, text: str, actor: User, now: datetime.datetime
) -> RuleExplanation:
    """Say why a household's verdict rightly changes; the words hold for this change alone."""
    held = hold(version)
    require(permissions.can_edit_rule(actor, held), "쓰는 중인 것만 설명할 수 있습니다.")
    changes = {one.household.name: one for one in regression_changes(held)}
    require(household in changes, "이 가구의 판정은 바뀌지 않습니다.")
    require(bool(text.strip()), "왜 바뀌는 것이 맞는지 적어 주세요.")
    change = changes[household]
    explained, _ = RuleExplanation.objects.update_or_create(
        version=held,
        household=household,
        defaults={
            "before": change.before.name,
            "after": change.after.name,
            "text": text.strip(),
            "by": actor,
            "at": now,
        },
    )
    _note(held, VersionStep.EXPLAINED, actor, now, household)
    return explained


def unexplained(version: RuleVersion) -> list[VerdictChange]:
    """Answer the changes on which nobody has said a word, or only of another change."""
    said = {(one.household, one.before, one.after) for one in version.explanations.order_by("pk")}
    return [
        one
        for one in regression_changes(version)
        if (one.household.name, one.before.name, one.after.name) not in said
    ]


@transaction.atomic
def send_rule(*, version: RuleVersion, actor: User, now: datetime.datetime) -> RuleVersion:
    """Ask for the second person; what they read can no longer be changed."""
    held = hold(version)
    require(permissions.can_edit_rule(actor, held), "쓰는 중인 것만 검토를 요청할 수 있습니다.")
    _check_complete(held)
    _check_explained(held)
    move(held, VersionStatus.REVIEW)
    _note(held, VersionStep.SENT, actor, now)
    return held


@transaction.atomic
def send_back_rule(
    *, version: RuleVersion, actor: User, words: str, now: datetime.datetime
) -> RuleVersion:
    held = hold(version)
    may = permissions.can_send_back_rule(actor, held)
    require(may, "검토를 기다리는 것만 돌려보낼 수 있습니다.")
    move(held, VersionStatus.DRAFT)
    _note(held, VersionStep.SENT_BACK, actor, now, words.strip())
    return held


@transaction.atomic
def publish_rule(
    *, version: RuleVersion, seen: str, actor: User, now: datetime.datetime
) -> RuleVersion:
    """Put what was seen of it (its mark) in force, and withdraw what it replaces.

    A door then enqueues who is concerned.
    """
    # One publication at a time: each is judged by what stands when it is put in force.
    list(RuleVersion.objects.in_force().select_for_update().order_by("pk").values_list("pk"))
    held = hold(version, seen=seen)
    if not permissions.can_publish_rule(actor, held):
        raise VersionRefused(
            "쓴 사람이 아닌, 검토할 권한이 있는 다른 사람이 시행해야 합니다."
            if held.status == VersionStatus.REVIEW
            else "검토를 기다리는 것만 시행할 수 있습니다."
        )
    _check_complete(held)
    _check_explained(held)
    if held.replaces_id is not None:
        _withdraw(held.replaces_id, actor, now)
    try:
        with transaction.atomic():
            move(held, VersionStatus.PUBLISHED, published_by=actor, published_at=now)
    except IntegrityError as fault:
        raise VersionRefused(
            "같은 날부터 시행하는 같은 자리의 것이 이미 있습니다. 그것을 바꾸는 것으로 써 주세요."
        ) from fault
    _note(held, VersionStep.PUBLISHED, actor, now)
    return held


def count_effect(*, number: int, on: datetime.date, now: datetime.datetime) -> bool:
    """Count whom a draft would concern, and keep it; say no where it is not one to be judged."""
    open_ones = RuleVersion.objects.filter(status__in=(VersionStatus.DRAFT, VersionStatus.REVIEW))
    version = open_ones.select_related("replaces").filter(pk=number).first()
    if version is None:
        return False
    try:
        effect = effect_on_people(version, on=on)
    except ValueError:
        return False  # not all is written yet: its page says what is wanting
    counted = {"asked": effect.asked, "gain": effect.gain, "lose": effect.lose, "counted_at": now}
    with transaction.atomic():
        held = open_ones.select_for_update(of=("self",)).filter(pk=number).first()
        if held is None or digest_of(held) != digest_of(version):
            return False  # it was changed meanwhile, and is counted for that
        counted |= {"digest": digest_of(version)}
        RuleEffect.objects.update_or_create(version=held, defaults=counted)
    return True


def check_version(version: RuleVersion) -> None:
    """Raise ValueError with the field that cannot be meant; a draft need not be complete."""
    if version.kind == RuleKind.CONDITION:
        _check_subject(version)
        if version.since is not None and version.wanted:
            wanted = _read(version)
            check_names_of_programmes(wanted, [one.key for one in PROGRAMMES])
    elif version.kind == RuleKind.FIGURE:
        if not version.figure:
            raise ValueError("figure: no value")
        if not all(0 <= amount <= LARGEST for amount in version.amounts):
            raise ValueError("amounts: no such number")
        # Several sums are limits by the size of the household: the last is for all larger ones.
        check_numbers(version.amounts, unit=version.unit, measure=version.measure)
        _check_paid(version)
        if version.since is not None and version.amounts:
            read_versions([version])
    if version.until is not None and version.since is not None and version.until <= version.since:
        raise ValueError("until: not after since")


def _check_paid(version: RuleVersion) -> None:
    """A table of what a programme pays says of which, how often, and one sum; no other does."""
    if not version.figure.startswith(PAID):
        if version.payments is not None:
            raise ValueError("payments: only of what a programme pays")
        return
    if version.figure.removeprefix(PAID) not in {one.key for one in PROGRAMMES}:
        raise ValueError(f"figure: no such value: {version.figure}")
    if not version.payments:
        raise ValueError("payments: no value")
    if len(version.amounts) > 1 or (version.unit, version.measure) != ("WON", "SIZE"):
        raise ValueError("amounts: what is paid is one sum")


def _read(version: RuleVersion) -> list[Any]:
    tables = {row.figure: row for row in RuleVersion.objects.in_force().figures().in_order()}
    named = {one.get("figure") for one in version.wanted if one.get("figure")}
    if unknown := sorted(str(one) for one in named - set(tables)):
        raise ValueError(f"wanted: no such table: {', '.join(unknown)}")
    stored = read_versions([*RuleVersion.objects.in_force().figures().in_order(), version])
    return [wanted for refinement in stored.of(version.subject) for wanted in refinement.wanted]


def _check_subject(version: RuleVersion) -> None:
    if bool(version.programme) == bool(version.benefit_code):
        raise ValueError("programme: one of programme and benefit_code")
    if version.programme and version.programme not in {one.key for one in PROGRAMMES}:
        raise ValueError(f"programme: no such value: {version.programme}")
    if version.benefit_code and not Benefit.objects.filter(pk=version.benefit_code).exists():
        raise ValueError(f"benefit_code: no such value: {version.benefit_code}")
    if not version.slot:
        raise ValueError("slot: no value")


def _check_not_needed(version: RuleVersion) -> None:
    """Refuse to end a table, or to call it otherwise, while a condition in force names it."""
    table = version.replaces.figure if version.replaces is not None else ""
    if not table or table == version.figure:
        return
    naming = RuleVersion.objects.in_force().conditions().in_order()
    if needed := naming.filter(wanted__contains=[{"figure": table}]).first():
        named = f"{subject_words(needed)} {slot_words(needed)}"
        raise VersionRefused(f"시행 중인 조건이 이 기준표를 씁니다: {named}")


def _check_complete(version: RuleVersion) -> None:
    _check_not_needed(version)
    if version.kind == RuleKind.REMOVAL:
        if not version.note:
            raise VersionRefused("왜 거두는지 메모에 적어 주세요.")
        return
    if not version.law or version.since is None:
        raise VersionRefused("근거와 시행일을 적어 주세요.")
    if not (version.wanted or version.amounts):
        raise VersionRefused("조건이나 금액을 적어 주세요.")
    try:
        check_version(version)
    except ValueError as fault:
        raise VersionRefused(fault_words(fault)[1]) from fault


def _check_explained(version: RuleVersion) -> None:
    if missing := unexplained(version):
        raise VersionRefused(
            f"판정이 바뀌는 {len(missing)}가구를 왜 그런지 아직 설명하지 않았습니다. "
            "그 가구마다 설명해 주세요."
        )


def _withdraw(number: int, actor: User, now: datetime.datetime) -> None:
    replaced = RuleVersion.objects.get(pk=number)
    if replaced.status != VersionStatus.PUBLISHED:
        raise VersionRefused("대신하려던 것이 이미 시행 중이 아닙니다.")
    move(replaced, VersionStatus.WITHDRAWN, withdrawn_at=now)
    _note(replaced, VersionStep.WITHDRAWN, actor, now)


def _fill(
    version: RuleVersion, told: Mapping[str, Any], actor: User, now: datetime.datetime
) -> None:
    was = [version.is_verified, *(getattr(version, name) for name in VOUCHED_FOR)]
    for name in TOLD:
        if name in told:
            setattr(version, name, told[name])
    if version.kind == RuleKind.FIGURE and not version.title:
        version.title = known_title(version.figure)
    is_now = [version.is_verified, *(getattr(version, name) for name in VOUCHED_FOR)]
    if not version.is_verified:
        version.verified_on = version.verified_by = None
    elif was != is_now or version.verified_on is None:
        version.verified_on, version.verified_by = timezone.localdate(now), actor


def _note(
    version: RuleVersion, step: VersionStep, by: User, now: datetime.datetime, words: str = ""
) -> None:
    RuleStep.objects.create(version=version, step=step, by=by, at=now, words=words)
