"""What versions of rules say, in words: for the desk, and beside a benefit."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from welfare.enums import RuleKind
from welfare.models import MEDIAN_INCOME, RuleVersion
from welfare.queries.fact_names import OURS, programme_name
from welfare.queries.reasons import condition_phrase
from welfare.rules.figures import A_COUPLE, PAID, Measure, StoredFigure, Unit
from welfare.rules.programmes.figures import THRESHOLDS
from welfare.rules.stored import GROUPS, NUMBERS, any_tables, read_wanted

VERDICT_WORDS: dict[str, Promise] = {
    "LIKELY": gettext_lazy("받을 가능성이 높음"),
    "DEPENDS": gettext_lazy("더 알아야 함"),
    "NO": gettext_lazy("조건에 맞지 않음"),
}
GROUP_WORDS = {
    "SEX": "성별",
    "INCOME_BAND": "소득 구간",
    "PERSON": "개인 상황",
    "HOUSEHOLD": "가구 상황",
    "DISABILITY": "장애 정도",
    "HOUSING": "사는 집의 형태",
    "NATIONALITY": "국적",
    "DISTRICT": "사는 곳",
    "RECEIVES": "받고 있는 급여",
    "SPOUSE": "배우자",
    "SERVICE_PENSION": "직역연금",
    "CARE": "아이가 다니는 곳",
    "EXAMINED": "기관이 확인하는 것 (묻지 않음)",
}
NUMBER_WORDS = {
    "AGE_YEARS": "만 나이 (세)",
    "AGE_MONTHS": "나이 (개월)",
    "INCOME_PERCENT": "기준 중위소득 대비 소득 (%)",
    "INCOME_MONTHLY": "가구 월 소득 (원)",
    "ASSETS": "가구 재산 (원)",
    "HOUSEHOLD_SIZE": "가구원 수",
    "RESIDENCE_MONTHS": "거주 기간 (개월)",
    "PREGNANCY_WEEKS": "임신 주수",
}
FIELD_WORDS = {name: NUMBER_WORDS[name] for name in NUMBERS} | {
    name: GROUP_WORDS[name] for name in GROUPS
}
# What the places of the first conditions are called; staff name others as they like.
SLOT_WORDS = {
    "AGE": "나이",
    "AGE_MOST": "넘을 수 없는 나이",
    "AGE_LEAST": "가장 적은 나이",
    "ASSETS": "재산",
    "BASIC": "기초생활",
    "CARE": "돌봄",
    "CHILD": "아이",
    "COUPLE": "부부",
    "CHILD_MOST": "아이 (넘을 수 없는 나이)",
    "CRISIS": "위기사유",
    "DISABILITY": "장애",
    "DISTRICT": "사는 곳",
    "FAMILY": "가족",
    "EXAMINATION": "심사",
    "HOME": "집",
    "INCOME": "소득",
    "INCOME_MOST": "넘을 수 없는 소득",
    "INCOME_WORK": "일하지 않을 때의 소득",
    "LIMIT": "한도",
    "LIVELIHOOD": "생계급여",
    "SERVICE_PENSION": "직역연금",
    "NATIONALITY": "국적",
    "PARENT": "본인이 부모인지",
    "PARENTS": "부모의 소득과 재산",
    "PARENTHOOD": "부모",
    "PENSION": "연금",
    "POVERTY": "저소득",
    "POVERTY_ASSETS": "저소득의 재산",
    "POVERTY_MOST": "저소득: 넘을 수 없는 소득",
    "POVERTY_WORK": "저소득: 일하지 않을 때의 소득",
    "PUBLIC_RENT": "공공임대",
    "RENT": "월세",
    "ROUND": "신청 기간",
    "SAVINGS": "금융재산",
    "SCHOOL": "학교",
    "SCHOOL_YEAR": "학년",
    "SOMEBODY": "누구인지",
    "SUPPORTERS": "부양의무자",
    "SOMEBODY_LEAST": "누구인지 (그해의 나이)",
    "WORK": "일",
    "WORK_HISTORY": "일한 기간",
}
# Whoever makes a table of their own calls it as they like.
TITLES = {one.name: one.title for one in THRESHOLDS}
OPERATOR_WORDS = {
    "ANY_OF": gettext_lazy("가운데 하나"),
    "NONE_OF": gettext_lazy("모두 아님"),
    "AT_LEAST": gettext_lazy("이상"),
    "AT_MOST": gettext_lazy("이하"),
    "RECKONED": gettext_lazy("이하 (소득인정액처럼 센터가 계산함, ‘아님’의 근거가 되지 않음)"),
    "OVER": gettext_lazy("초과"),
    "UNDER": gettext_lazy("미만"),
    "BETWEEN": gettext_lazy("부터 까지"),
}
# What the rules say of a fault, by how it begins, in an officer's words.
FAULTS = (
    ("no such field", "없는 항목입니다"),
    ("no such operator", "없는 비교입니다"),
    ("no such table", "시행 중인 기준표가 없습니다"),
    ("no such value", "쓸 수 없는 값입니다"),
    ("no such number", "쓸 수 없는 숫자입니다"),
    ("no whole number", "소수가 아닌 숫자로 적어 주세요"),
    ("no number", "숫자로 적어 주세요"),
    ("sums by size are limits", "가구원 수마다 다른 금액에는 ‘이하’나 ‘미만’만 쓸 수 있습니다"),
    ("sums by size stand alone", "가구원 수마다 다른 금액은 다른 조건과 함께 묶을 수 없습니다"),
    ("two numbers", "‘6~18’처럼 두 숫자를 적어 주세요"),
    (
        "one person only",
        "‘가구원 가운데 누구라도’는 함께 갖출 조건의 맨 앞에만 고르세요",
    ),
    ("no value", "값을 적어 주세요"),
    ("no day", "날짜를 적어 주세요"),
    ("say AT_MOST or OVER", "비율에는 ‘이하’나 ‘초과’만 쓸 수 있습니다"),
    ("ANY_OF needs names", "숫자에는 ‘이상’, ‘이하’, ‘초과’, ‘미만’을 골라 주세요"),
    ("NONE_OF needs names", "숫자에는 ‘이상’, ‘이하’, ‘초과’, ‘미만’을 골라 주세요"),
    ("not after since", "시행일보다 뒤여야 합니다"),
    ("a median income counts", "중위소득은 1월 1일부터 씁니다"),
    ("each must be more", "가구원이 늘수록 금액이 커야 합니다"),
    ("a share is one number", "비율은 숫자 하나로 적어 주세요"),
    ("one for somebody alone", "배우자가 없는 사람의 것, 있는 사람의 것을 한 줄씩 적어 주세요"),
    ("a table of something else", "단위가 다른 기준표입니다"),
    ("only of what a programme pays", "횟수는 ‘사업: 주는 금액’ 기준표에만 적습니다"),
    ("what is paid is one sum", "주는 금액은 하나만 적어 주세요"),
    ("one for each size", "1인부터 7인까지, 가구원 수마다 하나씩 적어 주세요"),
    ("one of programme", "사업과 급여 가운데 하나만 적어 주세요"),
)
NEEDS_NUMBER = "이름을 고르는 항목에는 ‘가운데 하나’나 ‘모두 아님’을 골라 주세요"


def fault_words(fault: ValueError) -> tuple[str, str]:
    """Answer the field that a fault is about, and what is wrong with it, in Korean."""
    field, _colon, said = str(fault).partition(": ")
    if "needs a number" in said:
        return field, f"{NEEDS_NUMBER}."
    for begins, words in FAULTS:
        if said.startswith(begins):
            rest = said.removeprefix(begins).partition(": ")[2]
            return field, f"{words}{': ' + rest if rest else ''}."
    return field, said or field


def say_fault(fault: ValueError) -> str:
    """Say what is wrong, and with which field, in an officer's words."""
    field, words = fault_words(fault)
    label = FIELD_WORDS.get(field, "")
    return f"{label}: {words}" if label else words


def subject_words(version: RuleVersion) -> str:
    """Answer whose rule it is, by its name."""
    told = version.replaces if version.kind == RuleKind.REMOVAL and version.replaces else version
    if told.programme:
        return programme_name(told.programme)
    if told.figure == MEDIAN_INCOME:
        return _("기준 중위소득")
    if told.figure.startswith(PAID):
        paid = programme_name(told.figure.removeprefix(PAID))
        return _("%(programme)s: 주는 금액") % {"programme": paid}
    return told.benefit_code or told.title or told.figure


def known_title(figure: str) -> str:
    """Answer what a table is called already: another version of it is read by the same name."""
    kept = RuleVersion.objects.in_force().figures().filter(figure=figure).order_by("-since")
    return TITLES.get(figure) or next(iter(kept.values_list("title", flat=True)[:1]), "")


def slot_words(version: RuleVersion) -> str:
    """Answer which of a programme's conditions it is, in words."""
    return SLOT_WORDS.get(version.slot, version.slot)


def version_words(version: RuleVersion, tables: Mapping[str, StoredFigure] | None = None) -> str:
    """Say what a version asks for, or what its table tells; by `tables`, with their numbers."""
    if version.kind == RuleKind.REMOVAL:
        replaced = version.replaces
        return _("거둠: %(what)s") % {"what": version_words(replaced) if replaced else ""}
    if version.kind == RuleKind.FIGURE:
        return amounts_words(version)
    named = any_tables(version.wanted)
    try:
        if tables is not None and tables.keys() >= named.keys():
            wanted = read_wanted(version.wanted, tables=tables)
            return condition_phrase(one.test() for one in wanted)
        wanted = read_wanted(version.wanted, tables=named)
    except ValueError:
        return _("아직 다 적지 않음")
    words = [
        _table_words(told) if told.get("figure") else condition_phrase([one.test()])
        for told, one in zip(version.wanted, wanted, strict=True)
    ]
    return _(" 또는 ").join(words)


def _table_words(told: dict[str, str]) -> str:
    shown = {
        "what": FIELD_WORDS.get(told["field"], told["field"]),
        "figure": TITLES.get(told["figure"], told["figure"]),
        "operator": OPERATOR_WORDS[told["operator"]],
    }
    return _("%(what)s: 기준표 %(figure)s %(operator)s") % shown


def amounts_words(version: RuleVersion) -> str:
    amounts = [f"{amount:,}" for amount in version.amounts]
    if version.unit == Unit.PERCENT and amounts:
        return _("기준 중위소득의 %(share)s%%") % {"share": amounts[0]}
    if version.measure == Measure.COUPLE and len(amounts) == A_COUPLE:
        told = dict(zip(("alone", "couple"), amounts, strict=True))
        return _("배우자가 없으면 %(alone)s원, 있으면 %(couple)s원") % told
    if len(amounts) == 1:
        amount = {"amount": amounts[0], "times": version.payments}
        if version.payments:
            return _("%(amount)s원씩 한 해에 %(times)s번") % amount
        return _("%(amount)s원") % amount
    return ", ".join(
        _("%(size)s인 %(amount)s원") % {"size": size, "amount": amount}
        for size, amount in enumerate(amounts, start=1)
    )


def programme_choices() -> list[tuple[str, str]]:
    return [("", "고르지 않음"), *((key, one.name) for key, one in OURS.items())]
