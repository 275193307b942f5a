"""Merges two households that are one: proposed by one, agreed by another, in one transaction."""

from django.db import IntegrityError, transaction

from welfare import permissions
from welfare.enums import CareAnswer, CareDeed, CareRelation
from welfare.models import (
    CareBenefit,
    CareCase,
    CareConsent,
    CareContact,
    CareHousehold,
    CareMember,
    CareMerge,
    CareNeed,
    CarePlanStep,
)
from welfare.services.care_log import (
    USED,
    Click,
    HouseholdRefused,
    cleaned,
    done_before,
    hold,
    keep_next_due,
    refuse_closed,
    refuse_used,
    write,
)
from welfare.services.hardship_lock import wait_for_list
from welfare.services.hardship_matching import follow_merge
from welfare.services.households import refuse_undecided

# What goes over as it stands: people and everything that is known of them.
RECORDS = (CareMember, CareNeed, CareConsent, CareBenefit, CareContact, CarePlanStep, CareCase)


@transaction.atomic
def propose_merge(
    *, kept: CareHousehold, gone: CareHousehold, reason: str, click: Click
) -> CareMerge:
    """Say that two households of one's centre are one, and which of them stays."""
    if kept.pk == gone.pk:
        raise HouseholdRefused("같은 가구끼리는 합칠 수 없습니다.")
    both = {one.pk: one for one in hold([kept.pk, gone.pk], click)}
    to, source = both[kept.pk], both[gone.pk]
    if done_before(source, CareDeed.MERGE_ASKED, click) is not None:
        return _asked_before(to, source)
    refuse_used(click, to)
    told = cleaned(reason, called="합치는 까닭")
    refuse_closed(to, source)
    for one in (to, source):
        refuse_undecided(one)
    if to.centre_id != source.centre_id:
        raise HouseholdRefused("두 가구가 같은 동주민센터에 있어야 합칩니다. 먼저 넘겨 받으세요.")
    merge = _created(to, source, told, click)
    for one, other in ((to, source), (source, to)):
        # The heads read their own log: why two households may be one is not theirs to read.
        write(one, CareDeed.MERGE_ASKED, click, words=f"#{other.pk}")
    return merge


def _asked_before(kept: CareHousehold, gone: CareHousehold) -> CareMerge:
    asked = CareMerge.objects.filter(kept=kept, gone=gone).order_by("-pk").first()
    if asked is None:  # the page was about another household beside this one
        raise HouseholdRefused(USED)
    return asked


def _created(kept: CareHousehold, gone: CareHousehold, reason: str, click: Click) -> CareMerge:
    try:
        with transaction.atomic():
            return CareMerge.objects.create(
                kept=kept, gone=gone, reason=reason, asked_by=click.actor, asked_at=click.now
            )
    except IntegrityError as fault:
        if "welfare_caremerge_is_one_at_a_time" not in str(fault):
            raise
        raise HouseholdRefused("이미 합치자고 한 가구입니다.") from fault


@transaction.atomic
def agree_to_merge(*, merge: CareMerge, click: Click) -> CareMerge:
    """Merge, as a second person; asked again, it has been done. Raises HouseholdRefused.

    Rows go over as they stand: their dates, and who has an account, do not change. The log of the
    household that goes stays its own, and is shown with that of the one that stays.
    """
    # Before the households, as whoever brings signs in has it before their rows need these.
    wait_for_list()
    kept, gone, held = _held(merge, click)
    if held.answer == CareAnswer.AGREED:
        return held
    _refuse_decided(held)
    refuse_used(click, kept, gone)
    if not permissions.can_agree_to_merge(click.actor, held):
        raise HouseholdRefused("합치자고 한 사람이 아닌 동료가 동의해야 합니다.")
    refuse_closed(kept, gone)
    heads = CareMember.objects.current().filter(household=gone, relation=CareRelation.SELF)
    if CareMember.objects.current().filter(household=kept, relation=CareRelation.SELF).exists():
        heads.update(relation=CareRelation.OTHER)
    for model in RECORDS:
        model.objects.filter(household=gone).update(household=kept)
    _answer(held, CareAnswer.AGREED, click)
    _close(kept, gone, click)
    follow_merge(kept=kept, gone=gone, now=click.now)
    for one, other in ((kept, gone), (gone, kept)):
        write(one, CareDeed.MERGED, click, words=f"#{other.pk}")
    return held


def _close(kept: CareHousehold, gone: CareHousehold, click: Click) -> None:
    """What was merged into the one that goes is by now in the one that stays."""
    CareHousehold.objects.filter(merged_into=gone).update(merged_into=kept)
    gone.closed_on, gone.merged_into, gone.next_due_date = click.today, kept, None
    gone.save(update_fields=["closed_on", "merged_into", "next_due_date"])
    days = [one.last_contact_date for one in (kept, gone) if one.last_contact_date]
    kept.last_contact_date = max(days, default=None)
    if not kept.address:
        kept.address, kept.address_mark = gone.address, gone.address_mark
    kept.opened_on = min(kept.opened_on, gone.opened_on)
    kept.save(update_fields=["last_contact_date", "address", "address_mark", "opened_on"])
    keep_next_due(kept)


@transaction.atomic
def decline_merge(*, merge: CareMerge, reason: str, click: Click) -> CareMerge:
    """Say that they are two after all; whoever proposed it takes it back with this as well."""
    kept, gone, held = _held(merge, click)
    is_own = held.asked_by_id == click.actor.pk
    answer = CareAnswer.WITHDRAWN if is_own else CareAnswer.DECLINED
    if held.answer == answer:
        return held
    _refuse_decided(held)
    refuse_used(click, kept, gone)
    told = cleaned(reason, called="합치지 않는 까닭")
    held.ended_because = told
    _answer(held, answer, click)
    for one, other in ((kept, gone), (gone, kept)):
        # As with the proposal: the heads read their own log, and not why.
        write(one, CareDeed.MERGE_ENDED, click, words=f"#{other.pk}")
    return held


def _held(merge: CareMerge, click: Click) -> tuple[CareHousehold, CareHousehold, CareMerge]:
    both = {one.pk: one for one in hold([merge.kept_id, merge.gone_id], click)}
    held = CareMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    held.kept, held.gone = both[merge.kept_id], both[merge.gone_id]
    return held.kept, held.gone, held


def _refuse_decided(merge: CareMerge) -> None:
    if not merge.is_waiting:
        raise HouseholdRefused("이미 답이 나왔습니다.")


def _answer(merge: CareMerge, answer: CareAnswer, click: Click) -> None:
    merge.answer = answer
    merge.answered_by, merge.answered_at = click.actor, click.now
    merge.save(update_fields=["answer", "answered_by", "answered_at", "ended_because"])
