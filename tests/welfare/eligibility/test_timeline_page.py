"""Three households' life lines by the curated programmes, as the real code tells them.

`WRITE_DOCS=1` writes docs/timeline.md; else the page is compared with what is found.
"""

import datetime
import os
from collections.abc import Iterator

from django.utils import formats, translation

from tests.shared_data import CHECKOUT
from tests.welfare.eligibility.judged import born, facts
from welfare.queries.reasons import (
    change_sentence,
    condition_phrase,
    fact_sentence,
    reason_sentence,
    worth_telling,
)
from welfare.rules.compiled import compile_rules
from welfare.rules.conditions import Verdict
from welfare.rules.explaining import Explanation, Judgement
from welfare.rules.facts import Household
from welfare.rules.medians import MEDIAN_INCOMES
from welfare.rules.programmes import PROGRAMMES
from welfare.rules.timeline import timeline, what_turned, worth_asking
from welfare.rules.unasked import as_whoever_applies

PAGE = CHECKOUT / "docs" / "timeline.md"
ON, ENDS = datetime.date(2026, 11, 28), datetime.date(2057, 1, 1)
OURS = {programme.key: programme for programme in PROGRAMMES}
RULES = [programme.rule for programme in PROGRAMMES]
NOBODY = facts("MULTICULTURAL", "NORTH_KOREAN_DEFECTOR", "MANY_CHILDREN", "EXTENDED_FAMILY")
ADULT_NO = facts(
    "PROSPECTIVE_PARENT", "BIRTH_OR_ADOPTION", "FARMER", "FISHER", "LIVESTOCK_FARMER", "FORESTER",
    "ELEMENTARY", "MIDDLE_SCHOOL", "HIGH_SCHOOL", "UNIVERSITY", "VETERAN", "ILL",
)  # fmt: skip
KOREAN = {"nationality": "KOREAN"}

HOUSEHOLDS = {
    "아이를 기다리는 젊은 부부": (
        "31세와 33세, 노원구 전세, 함께 한 달에 420만 원을 법니다. 아이는 2027년 3월 10일쯤"
        " 태어납니다.",
        {"a": "아내", "b": "남편", "c": "아이"},
        Household(
            (
                born("1995-05-20", "a", sex="F", yes=facts("PREGNANT", "EMPLOYED"),
                     no=ADULT_NO | facts("DISABLED", "JOB_SEEKER"), pregnancy_weeks=24, **KOREAN),
                born("1993-02-11", "b", sex="M", yes=facts("EMPLOYED"),
                     no=ADULT_NO | facts("DISABLED", "JOB_SEEKER", "PREGNANT"), **KOREAN),
                born("2027-03-10", "c", **KOREAN),
            ),
            no=NOBODY | facts("SINGLE_PARENT", "SINGLE_PERSON"),
            income_monthly=4_200_000,
            assets=150_000_000,
            district="노원구",
            home_owner=False,
            housing="JEONSE",
        ),
    ),
    "셋집에 사는 한부모와 십대 아이": (
        "44세와 15세, 관악구 월세, 한 달에 190만 원을 법니다. 청소년한부모 아동양육비가 아이에게"
        " 맞는 것으로 나오는 까닭은 누가 부모인지 묻지 않아서입니다.",
        {"a": "어머니", "b": "아이"},
        Household(
            (
                born("1982-04-02", "a", sex="F", yes=facts("EMPLOYED"),
                     no=ADULT_NO | facts("DISABLED", "JOB_SEEKER", "PREGNANT"), **KOREAN),
                born("2011-09-15", "b", sex="M", yes=facts("MIDDLE_SCHOOL"),
                     no=ADULT_NO - facts("MIDDLE_SCHOOL")
                     | facts("DISABLED", "EMPLOYED", "JOB_SEEKER", "PREGNANT"),
                     **KOREAN),
            ),
            yes=facts("SINGLE_PARENT"),
            no=NOBODY | facts("SINGLE_PERSON"),
            income_monthly=1_900_000,
            assets=30_000_000,
            district="관악구",
            home_owner=False,
            housing="MONTHLY_RENT",
        ),
    ),
    "장애가 있는 배우자와 사는 64세": (
        "64세와 61세, 은평구 자기 집, 한 달에 150만 원으로 삽니다. 아내는 심한 장애가 있습니다.",
        {"a": "남편", "b": "아내"},
        Household(
            (
                born("1962-06-30", "a", sex="M",
                     no=ADULT_NO | facts("DISABLED", "JOB_SEEKER", "EMPLOYED", "PREGNANT"),
                     **KOREAN),
                born("1965-01-15", "b", sex="F", disability="SEVERE",
                     no=ADULT_NO | facts("JOB_SEEKER", "EMPLOYED", "PREGNANT"), **KOREAN),
            ),
            no=NOBODY | facts("SINGLE_PARENT", "SINGLE_PERSON"),
            income_monthly=1_500_000,
            assets=280_000_000,
            district="은평구",
            home_owner=True,
            housing="OWNED",
        ),
    ),
}  # fmt: skip
IN_ENGLISH = "장애가 있는 배우자와 사는 64세"
ENGLISH_NAMES = {"a": "husband", "b": "wife"}
VERDICTS = {
    Verdict.LIKELY: "받을 가능성이 높음",
    Verdict.DEPENDS: "더 알아야 함",
    Verdict.NO: "조건에 맞지 않음",
}
HEAD = """# 세 가구의 생애 시간표

[프로그램 {count}개](programmes.md)의 조건으로 {day}에 본 세 가구입니다. 실제 규칙과 문장을
만드는 코드가 쓴 문서이고, 시험이 돌 때마다 코드가 하는 말과 같은지 봅니다. 말해 준 것은 앞으로도
그대로라고 보고, 소득과 기준은 오늘의 돈으로 봅니다. 받을 권리를 확정하는 말이 아닙니다. 조건에 맞지
않는 것은 달라질 수 있는 것만 적고, 괄호 안에 언제 달라지는지 씁니다. ‘물어볼 만합니다’는 기관이
조사하거나 더 알아야 정해지는 것의 때이며, 받을 가능성이 생긴다는 말과 다릅니다.

Written by `WRITE_DOCS=1 pytest tests/welfare/eligibility/test_timeline_page.py`. What the last
household is told now stands there in English as well.
"""


def now(household: Household) -> Judgement:
    """Judge those who are born."""
    members = tuple(one for one in household.members if one.birth_date <= ON)
    told = {name: getattr(household, name) for name in household.__dataclass_fields__}
    compiled = compile_rules(RULES, on=ON)
    return Judgement(compiled, Household(**told | {"members": members}), medians=MEDIAN_INCOMES)


def explanations(household: Household) -> Iterator[Explanation]:
    judgement = now(household)
    for verdict in Verdict:
        for benefit in range(len(RULES)):
            for person in range(len(judgement.household.members)):
                told = judgement.explain(benefit, person)
                if told.verdict is verdict:
                    yield told


def sentences(told: Explanation) -> list[str]:
    """Say what decides: what is met, what is missing, or what is not met and would help."""
    if told.verdict is Verdict.LIKELY:
        return [reason_sentence(one) for one in worth_telling(told.because)]
    if told.verdict is Verdict.DEPENDS:
        doubtful = [reason_sentence(one) for one in told.because if one.met is None]
        return doubtful + [fact_sentence(fact) for fact in told.depends_on]
    failing = [reason_sentence(one) for one in told.because if one.met is False]
    would = "; ".join(change_sentence(change) for change in told.would_change)
    return [*failing, f"({would})"]


def turns(household: Household) -> list[tuple[datetime.date, str, str, str]]:
    """Answer what begins and ends from now on: day, benefit, member and why."""
    medians = MEDIAN_INCOMES.held_at(ON)
    compiled = compile_rules(RULES, on=ON)
    told = {"medians": medians, "begins": ON, "ends": ENDS}
    spans = timeline(compiled, household, **told)
    asking = worth_asking(RULES, {key: key for key in OURS}, household, on=ON, **told)
    found = []
    for span in (*spans, *asking):
        member = next(one for one in household.members if one.id == span.member)
        asks = span.verdict is Verdict.DEPENDS
        for day, is_begin in ((span.begins, True), (span.ends, False)):
            turns_a_no = day != member.birth_date and (span.comes if is_begin else span.goes)
            if day is not None and day > ON and (turns_a_no or not asks):
                rule = OURS[span.benefit].rule
                applying = as_whoever_applies(household, rule, span.benefit)
                whole = applying if asks else household
                member = next(one for one in whole.members if one.id == span.member)
                why = _why(span.benefit, whole, member, day, medians, is_begin=is_begin, asks=asks)
                found.append((day, span.benefit, span.member, why))
    return sorted(found)


def _why(benefit, household, member, day, medians, *, is_begin, asks):
    if day == member.birth_date:
        return "태어나서 받을 가능성이 생깁니다."
    turned = what_turned(OURS[benefit].rule, household, member, day=day, medians=medians)
    decisive = [one for one, met in turned.items() if met is is_begin]
    phrases = [condition_phrase(one.tests) for one in decisive or turned]
    asked = ", ".join(f"‘{phrase}’" for phrase in dict.fromkeys(phrases))
    if asks:
        return f"{asked} 조건이 달라져 {'이날부터' if is_begin else '이날 전에'} 물어볼 만합니다."
    if is_begin:
        return f"{asked} 조건에 맞게 되어 받을 가능성이 생깁니다."
    if not decisive:
        return f"{asked} 조건에 맞는지는 더 알아야 합니다."
    return f"{asked} 조건에 더는 맞지 않습니다."


def date(day: datetime.date) -> str:
    return formats.date_format(day, "Y년 n월 j일")


def rows_now(household: Household, names: dict[str, str], *, language: str) -> Iterator[str]:
    """Say what may be had, and what may come; those who are told the same share a row."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    with translation.override(language):
        for told in explanations(household):
            if told.verdict is Verdict.NO and not told.would_change:
                continue
            name = OURS[told.benefit].name if language == "ko" else OURS[told.benefit].name_en
            verdict = VERDICTS[told.verdict] if language == "ko" else told.verdict.name
            row = (name, verdict, " ".join(sentences(told)))
            rows.setdefault(row, []).append(names[told.member])
    for (name, verdict, why), whose in rows.items():
        yield f"| {name} | {', '.join(whose)} | {verdict} | {why} |"


def written() -> str:
    parts = [HEAD.format(count=len(PROGRAMMES), day=date(ON))]
    for title, (about, names, household) in HOUSEHOLDS.items():
        parts += [f"## {title}\n", f"{about}\n", "### 지금\n"]
        parts += ["| 복지 | 누구 | 판단 | 까닭 |\n|---|---|---|---|"]
        parts += rows_now(household, names, language="ko")
        if title == IN_ENGLISH:
            parts += ["\n### Now, in English\n"]
            parts += ["| benefit | whose | verdict | why |\n|---|---|---|---|"]
            parts += rows_now(household, ENGLISH_NAMES, language="en")
        parts += ["\n### 앞으로\n", "| 날 | 누구 | 복지 | 무엇이 달라지나 |\n|---|---|---|---|"]
        with translation.override("ko"):
            parts += [
                f"| {date(day)} | {names[member]} | {OURS[benefit].name} | {why} |"
                for day, benefit, member, why in turns(household)
            ]
        parts += [""]
    return "\n".join(parts)


class TestThreeHouseholds:
    def test_are_on_the_page(self):
        page = written()
        if os.environ.get("WRITE_DOCS"):
            PAGE.write_text(page, encoding="utf-8")

        assert PAGE.read_text(encoding="utf-8") == page
