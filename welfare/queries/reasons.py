"""The words for a verdict: each condition, each missing fact and each change as one sentence."""

import datetime
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from welfare.enums import BenefitTarget, BenefitTheme, LifeStage
from welfare.queries.examined_words import examined_sentence
from welfare.queries.fact_names import NAMES_OF, fact_name, programme_name
from welfare.rules.changes import Change
from welfare.rules.conditions import (
    AllOf,
    AnyOf,
    Between,
    Cited,
    NoneOf,
    SomeMember,
    Source,
    Standing,
    Test,
    facts_of,
)
from welfare.rules.explaining import BY_SIZE, Fact, Reason
from welfare.rules.programmes.living import OUTER_BOUNDS
from welfare.rules.vocabulary import DISTRICTS, Field, Group

YEAR = 12
PERCENT = 100
A_PAIR, LISTED_AT_MOST, SHOWN = 2, 8, 3
PROPER = ("Korean", "North Korean")
LABELLED = (LifeStage, BenefitTarget, BenefitTheme)
LABELS = {one.value: one.label for kind in LABELLED for one in kind}
# Catalogues of 11,000 benefits hold less than a thousand different conditions.
SENTENCES = 8192


def reason_sentence(reason: Reason) -> str:
    """Say of one condition whether it is met."""
    language = get_language()
    return _settled(language, reason) if reason.is_kept else _whole_sentence(language, reason)


def _whole_sentence(language: str | None, reason: Reason) -> str:
    if reason.labels:
        return _hinted(reason)
    tests = tuple([part.test for part in reason.parts])
    seems_not = reason.is_settled and (reason.is_refuted or _hangs_on_the_median(reason))
    said = _sentence(language, tests, reason.met, not seems_not)
    if reason.met is None and reason.is_settled:
        # Of what stands open then nothing can be told but by whoever examines it.
        said = examined_sentence(part.test for part in reason.parts if part.met is None) or said
    if reason.is_reckoned and reason.verified and reason.is_refuted:
        said = _reckoned(language, tests)
    return " ".join((said, *(_cited(language, one) for one in reason.source.figures)))


def _hangs_on_the_median(reason: Reason) -> bool:
    """Say whether a sum was told that a median of no verified year speaks against."""
    facts = [fact for part in reason.parts if part.met is None for fact in facts_of(part.test)]
    return any(
        fact.field in BY_SIZE if isinstance(fact, Between) else fact.group in BY_SIZE
        for fact in facts
    )


def _hinted(reason: Reason) -> str:
    """Say whom it seems to be for: that much tells a label, and not whether it is met."""
    told = {"labels": ", ".join(within_a_sentence(str(LABELS[one])) for one in reason.labels)}
    if reason.met:
        return _("‘%(labels)s’ 대상으로 보이고, 여기에 해당합니다.") % told
    if reason.is_refuted:
        return _("‘%(labels)s’ 대상으로 보여, 맞지 않을 수 있습니다.") % told
    return _("‘%(labels)s’ 대상으로 보입니다.") % told


_settled = lru_cache(maxsize=SENTENCES)(_whole_sentence)


def source_words(source: Source) -> str:
    """Say where a condition is written: the law, and the numbers of the notices of its tables."""
    notices = [one.notice for one in source.figures if one.notice]
    return ", ".join(dict.fromkeys((source.law, *notices)))


@lru_cache(maxsize=SENTENCES)
def _cited(language: str | None, figure: Cited) -> str:
    """Name the table that a condition is measured by, and what nobody has compared of it."""
    told = {"title": figure.title, "notice": figure.notice}
    if figure.verified:
        if figure.notice:
            return _("기준은 ‘%(title)s’(%(notice)s)입니다.") % told
        return _("기준은 ‘%(title)s’입니다.") % told
    if figure.notice:
        return _("기준은 ‘%(title)s’(%(notice)s)이며, 금액을 아직 확인하지 못했습니다.") % told
    return _("기준은 ‘%(title)s’이며, 고시 번호와 금액을 아직 확인하지 못했습니다.") % told


@lru_cache(maxsize=SENTENCES)
def _sentence(
    language: str | None, tests: tuple[Test, ...], met: bool | None, is_unknown: bool
) -> str:
    """Say it once for all who ask; `language` is the one that is active."""
    if len(tests) == 1 and isinstance(tests[0], Standing):
        return _standing(tests[0])
    asked = {"asked": condition_phrase(tests)}
    if met:
        return _("‘%(asked)s’ 조건에 맞습니다.") % asked
    if met is False:
        return _("‘%(asked)s’ 조건에 맞지 않습니다.") % asked
    if is_unknown:
        return _("‘%(asked)s’ 조건에 맞는지 아직 알 수 없습니다.") % asked
    return (
        _("‘%(asked)s’ 조건에 맞지 않아 보이지만, 아직 확인하지 못한 기준이라 단정하지 않습니다.")
        % asked
    )


@lru_cache(maxsize=SENTENCES)
def _reckoned(language: str | None, tests: tuple[Test, ...]) -> str:
    """Say why more than a limit is no "no": the office counts otherwise than people do."""
    asked = {"asked": condition_phrase(tests)}
    fields = {one.field for test in tests for one in facts_of(test) if isinstance(one, Between)}
    if Field.AGE_MONTHS in fields:
        return (
            _(
                "‘%(asked)s’ 나이는 넘었습니다. 하지만 태어난 해에 따라 더 받을 수 있습니다. "
                "주민센터에 물어보면 알 수 있습니다."
            )
            % asked
        )
    if Field.ASSETS in fields:
        return (
            _(
                "‘%(asked)s’ 조건보다 재산이 많아 보입니다. 하지만 빚은 빼고 셉니다. "
                "주민센터에서 계산해 봐야 알 수 있습니다."
            )
            % asked
        )
    return (
        _(
            "‘%(asked)s’ 조건보다 소득이 많아 보입니다. "
            "하지만 일해서 번 돈은 보통 70%%쯤만 셉니다. "
            "주민센터에서 계산해 봐야 알 수 있습니다."
        )
        % asked
    )


def worth_telling(reasons: Iterable[Reason]) -> list[Reason]:
    """Leave out that somebody keeps to an outer bound: the share itself is told beside it."""
    return [one for one in reasons if one.met is not True or one.condition not in OUTER_BOUNDS]


def change_sentence(change: Change) -> str:
    """Say what would turn a no into something else."""
    if change.day is not None:
        return _day_sentence(change.test, change.day)
    amount = change.over if change.at_most is None else change.at_most
    if amount is not None:
        return _sum_sentence(change.test, amount, up_to=change.at_most is not None)
    return _("‘%(asked)s’ 조건에 맞게 될 때") % {"asked": condition_phrase([change.test])}


def fact_sentence(fact: Fact, whose: str = "") -> str:
    """Say which fact is missing, and of whom where that is not plain."""
    return facts_sentence([fact], whose)


def facts_sentence(facts: Sequence[Fact], whose: str = "") -> str:
    """Say which facts are missing that one question tells."""
    if len(facts) == 1:
        sentence = _missing(get_language(), facts[0].name, facts[0].is_partly)
    else:
        names = ", ".join(within_a_sentence(fact_name(one.name)) for one in facts)
        sentence = _("하나라도 더 알아야 할 것: %(facts)s.") % {"facts": names}
    return f"{whose}: {sentence}" if whose else sentence


@lru_cache(maxsize=SENTENCES)
def _missing(language: str | None, name: str, is_partly: bool) -> str:
    fact = {"fact": within_a_sentence(fact_name(name))}
    if is_partly:
        return _("%(fact)s: 얼마인지 더 정확히 알면 판단할 수 있습니다.") % fact
    if name in NAMES_OF[Group.PERSON] or name in NAMES_OF[Group.HOUSEHOLD]:
        return _("‘%(fact)s’에 해당하는지 알면 판단할 수 있습니다.") % fact
    return _("더 알아야 할 것: %(fact)s.") % fact


def condition_phrase(tests: Iterable[Test]) -> str:
    """Say what is asked for, without whether it is met."""
    return _(" 또는 ").join(phrase_of(test) for test in tests)


def phrase_of(test: Test) -> str:
    match test:
        case Standing():
            return _("아직 읽지 못한 조건")
        case SomeMember(inner):
            return _somebody(phrase_of(inner))
        case AllOf(tests):
            return _(", 그리고 ").join(phrase_of(one) for one in tests)
        case AnyOf(group, names):
            return _listed(group, names)
        case NoneOf(group, names):
            return _none_of(group, names)
        case Between():
            return _bounds(test)


def _none_of(group: Group, names: frozenset[str]) -> str:
    if group is Group.RECEIVES:
        return _receiving_none(names)
    return _("%(names)s 아님") % {"names": _listed(group, names)}


def _standing(standing: Standing) -> str:
    return {
        Standing.OPEN_TO_ALL: _("기관이 등록한 자격 제한이 없습니다."),
        Standing.FOR_ORGANISATIONS: _("사업자나 기관을 위한 지원이라 개인은 받을 수 없습니다."),
        Standing.NOT_IN_FORCE: _("지금은 시행하지 않는 지원입니다."),
        Standing.UNREAD: _("자격 조건이 글로만 적혀 있어, 안내문을 읽어 봐야 합니다."),
    }[standing]


def _somebody(asked: str) -> str:
    """Say who it is whom a condition wants in the household; some phrases name a person already."""
    if asked.endswith("사람"):
        return _("가구원 중 %(asked)s") % {"asked": asked}
    return _("가구원 중 %(asked)s인 사람") % {"asked": asked}


def _listed(group: Group, names: frozenset[str]) -> str:
    if group is Group.DISTRICT and names == frozenset(DISTRICTS):
        return _("서울에 사는 사람")
    if group is Group.RECEIVES:
        return _receiving(names)
    labels = [within_a_sentence(str(one)) for name, one in NAMES_OF[group].items() if name in names]
    if len(labels) == 1:
        return labels[0]
    if len(labels) == A_PAIR:
        return _("%(first)s 또는 %(second)s") % dict(zip(("first", "second"), labels, strict=True))
    if len(labels) > LISTED_AT_MOST:
        labels = [*labels[:SHOWN], _("그 밖의 %(count)s가지") % {"count": len(labels) - SHOWN}]
    return _("%(names)s 중 하나") % {"names": ", ".join(labels)}


def _receiving(names: frozenset[str]) -> str:
    received = {"names": ", ".join(sorted(map(programme_name, names)))}
    if len(names) == 1:
        return _("%(names)s 받는 사람") % received
    return _("%(names)s 중 하나를 받는 사람") % received


def _receiving_none(names: frozenset[str]) -> str:
    received = {"names": ", ".join(sorted(map(programme_name, names)))}
    if len(names) == 1:
        return _("%(names)s 받지 않는 사람") % received
    return _("%(names)s 중 어느 것도 받지 않는 사람") % received


def within_a_sentence(label: str) -> str:
    """Write a label as it stands inside an English sentence; Korean knows no capitals."""
    if label.startswith(PROPER) or label.endswith("-gu"):
        return label
    return label[:1].lower() + label[1:]


def _bounds(test: Between) -> str:
    if test.field is Field.AGE_MONTHS:
        return _age(test.low, test.high)
    if test.field is Field.INCOME_PERCENT:
        return _share(test.low, test.high)
    shown = {
        "what": fact_name(test.field),
        "low": _amount(test.field, test.low),
        "high": _amount(test.field, test.high),
    }
    if test.low is None:
        return _("%(what)s %(high)s 이하") % shown
    if test.high is None:
        return _("%(what)s %(low)s 이상") % shown
    return _("%(what)s %(low)s부터 %(high)s까지") % shown


def _share(low: int | None, high: int | None) -> str:
    """Say a share of the median; "over 75 %" is kept as "from 75.01 %"."""
    if high is not None:
        return _("가구 소득이 중위소득의 %(high)s 이하") % {"high": f"{high / PERCENT:g}%"}
    return _("가구 소득이 중위소득의 %(low)s 초과") % {"low": f"{((low or 1) - 1) / PERCENT:g}%"}


def _amount(field: Field, number: int | None) -> str:
    if number is None:
        return ""
    count = {"count": f"{number:,}"}
    match field:
        case Field.INCOME_MONTHLY | Field.ASSETS:
            return _("%(count)s원") % count
        case Field.HOUSEHOLD_SIZE:
            return _("%(count)s명") % count
        case Field.PREGNANCY_WEEKS:
            return _("%(count)s주") % count
    return _("%(count)s개월") % count


def _age(low: int | None, high: int | None) -> str:
    in_years = not (low or 0) % YEAR and (high is None or high % YEAR == YEAR - 1)
    unit = YEAR if in_years else 1
    shown = {"low": (low or 0) // unit, "high": (high or 0) // unit}
    if high is None:
        return (_("만 %(low)s세 이상") if in_years else _("태어난 지 %(low)s개월 이상")) % shown
    if not low:
        return (_("만 %(high)s세 이하") if in_years else _("태어난 지 %(high)s개월 이하")) % shown
    if in_years:
        return _("만 %(low)s세부터 %(high)s세까지") % shown
    return _("태어난 지 %(low)s개월부터 %(high)s개월까지") % shown


def _day_sentence(test: Test, day: datetime.date) -> str:
    shown: dict[str, object] = {"day": formats.date_format(day, _("Y년 n월 j일"))}
    match test:
        case Between(Field.AGE_MONTHS, int(low)) if low % YEAR == 0:
            return _("%(day)s부터, 만 %(age)s세가 될 때") % {**shown, "age": low // YEAR}
    return _("%(day)s부터, ‘%(asked)s’ 조건에 맞게 될 때") % {**shown, "asked": phrase_of(test)}


def _sum_sentence(test: Test, amount: int, *, up_to: bool) -> str:
    field = test.field if isinstance(test, Between) else Field.INCOME_MONTHLY
    in_won = field is Field.INCOME_PERCENT
    what = Field.INCOME_MONTHLY if in_won else field
    shown = {"what": fact_name(what), "amount": _amount(what, amount)}
    if up_to:
        return _("%(what)s이 %(amount)s 이하라면") % shown
    return _("%(what)s이 %(amount)s보다 많다면") % shown
