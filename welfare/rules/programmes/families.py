"""Programmes for pregnancy, birth, small children, and families that raise them alone."""

import datetime
from collections.abc import Iterator

from welfare.rules.programmes.programme import (
    Asked,
    Stage,
    any_of,
    ask,
    at_least,
    at_most,
    between,
    doubt,
    examined,
    none_of,
    programme,
    reckoned,
    reckoned_at_most,
    under,
)

GUIDE = "2026년 보건복지부 사업안내"
AGE, INCOME, FAMILY = "AGE", "INCOME", "FAMILY"
BEFORE_SCHOOL = (at_most("AGE_YEARS", 5), none_of("PERSON", "ELEMENTARY"))


def _each_year_a_year_more() -> Iterator[Asked]:
    """From 2026 on the limit is a year higher each year, until it is 13 in 2030.

    Whoever was born in 2017 keeps it through the year in which they reach the limit: they are as
    old as that limit, so that only a year more refuses, and in between the office counts.
    """
    for year in range(2026, 2031):
        limit = year - 2017
        since = datetime.date(year, 1, 1)
        words = f"제4조 제1항, 법률 제21489호 부칙 ({year}년 {limit}세 미만)"
        special = f"법률 제21489호 부칙 ({year}년, 2017년생 특례)"
        yield ask("AGE_MOST", special, at_most("AGE_YEARS", min(limit, 12)), since=since)
        yield ask(AGE, words, reckoned_at_most("AGE_YEARS", limit - 1), since=since)


FAMILIES = (
    programme(
        "infertility-treatment",
        "난임부부 시술비 지원",
        "Support for infertility treatment",
        (Stage.PREGNANCY,),
        "모자보건법",
        # No row of Bokjiro's central list is this one; its number at gov24 is not known here.
        ask("PARENTHOOD", "제11조 제2항", any_of("PERSON", "PROSPECTIVE_PARENT")),
        # In law or in fact for a year (사실혼): what of that is asked for, the guide says.
        # Seoul asks for no income since 1 July 2023 (서울시 난임부부 시술비 지원 확대 시행안내).
        doubt("COUPLE", f"{GUIDE} (법률혼이나 사실혼 부부)", any_of("SPOUSE", "WITH_SPOUSE")),
    ),
    programme(
        "pregnancy-voucher",
        "임신·출산 진료비 지원 (국민행복카드)",
        "Voucher for care in pregnancy and birth",
        (Stage.PREGNANCY, Stage.INFANCY),
        "국민건강보험법 시행령",
        ask(
            "PARENTHOOD",
            "제23조",
            any_of("PERSON", "PREGNANT", "BIRTH_OR_ADOPTION"),
            under("AGE_MONTHS", 24),
        ),
        bokjiro=("WLF00006313",),
    ),
    programme(
        "postnatal-care",
        "산모·신생아 건강관리 지원",
        "Care at home for mothers and newborns",
        (Stage.PREGNANCY, Stage.INFANCY),
        "모자보건법",
        ask("PARENTHOOD", "제15조의18", any_of("PERSON", "PREGNANT", "BIRTH_OR_ADOPTION")),
        ask(INCOME, GUIDE, reckoned("POSTNATAL_CARE_SHARE")),
        bokjiro=("WLF00001188",),
    ),
    programme(
        "first-meeting-voucher",
        "첫만남이용권",
        "First-meeting voucher for newborns",
        (Stage.INFANCY,),
        "저출산·고령사회기본법",
        ask(AGE, "제10조 제2항", under("AGE_MONTHS", 24)),
        bokjiro=("WLF00004656",),
    ),
    programme(
        "parents-benefit",
        "부모급여",
        "Parents' benefit",
        (Stage.INFANCY,),
        "아동수당법",
        ask(AGE, "제4조 제5항", under("AGE_MONTHS", 24)),
        bokjiro=("WLF00004657",),
    ),
    programme(
        "child-allowance",
        "아동수당",
        "Child allowance",
        (Stage.INFANCY, Stage.CHILDHOOD),
        "아동수당법",
        ask(AGE, "제4조 제1항 (만 8세 미만)", under("AGE_YEARS", 8)),
        *_each_year_a_year_more(),
        bokjiro=("WLF00001171",),
    ),
    programme(
        "home-care-allowance",
        "가정양육수당",
        "Allowance for care at home",
        (Stage.INFANCY,),
        "영유아보육법",
        ask(AGE, "제34조의2", at_least("AGE_MONTHS", 24)),
        ask("LIMIT", "제34조의2 (86개월 미만)", under("AGE_MONTHS", 86)),
        # The months reach into the first year of school, for whom school was put off.
        ask("SCHOOL", "제34조의2 (초등학교 취학 전)", *BEFORE_SCHOOL),
        # Nor is it paid beside a child-minder for the whole day, which nobody is asked.
        ask(
            "CARE",
            "제34조의2 제1항 (어린이집이나 유치원을 이용하지 않는 영유아)",
            any_of("CARE", "AT_HOME"),
        ),
        bokjiro=("WLF00003253",),
    ),
    programme(
        "nursery-fees",
        "영유아보육료",
        "Nursery fees",
        (Stage.INFANCY,),
        "영유아보육법",
        # Disabled children may be looked after until twelve (제27조).
        ask(
            AGE,
            "제2조 제1호 (7세 이하 취학 전), 제27조 (장애아는 12세까지)",
            at_most("AGE_YEARS", 7),
            between("AGE_YEARS", 8, 12, also=(any_of("PERSON", "DISABLED"),)),
        ),
        ask("CARE", "제34조 제1항 (어린이집을 이용하는 영유아)", any_of("CARE", "NURSERY")),
        doubt("SCHOOL_YEAR", f"{GUIDE} (0~5세반)", at_most("AGE_YEARS", 5)),
        bokjiro=("WLF00003250",),
    ),
    programme(
        "kindergarten-fees",
        "유아학비 (누리과정)",
        "Kindergarten fees",
        (Stage.INFANCY,),
        "유아교육법",
        ask(AGE, "제2조 제1호 (만 3세부터)", at_least("AGE_YEARS", 3)),
        # Whose school was put off for a year is seven; at five hardly anybody is at school.
        ask("LIMIT", "제2조 제1호 (취학 전)", at_most("AGE_YEARS", 7)),
        ask("SCHOOL", "제2조 제1호 (초등학교 취학 전)", *BEFORE_SCHOOL),
        ask("CARE", "제24조 제1항 (유치원에 다니는 유아)", any_of("CARE", "KINDERGARTEN")),
        bokjiro=("WLF00000969",),
    ),
    programme(
        "child-minders",
        "아이돌봄서비스",
        "Child-minders at home",
        (Stage.INFANCY, Stage.CHILDHOOD),
        "아이돌봄 지원법",
        ask("CHILD", "제2조 제1호 (12세 이하)", at_most("AGE_YEARS", 12, somebody=True)),
        ask(INCOME, GUIDE, reckoned("CHILD_MINDERS_SHARE")),
        # Whoever has somebody at home for the child may have a child-minder, and pays all of it.
        ask("CARE", "아이돌봄 지원사업 안내 (양육공백)", examined("CARE_GAP")),
        bokjiro=("WLF00000024",),
    ),
    programme(
        "single-parent-child-support",
        "한부모가족 아동양육비",
        "Child support for single parents",
        (Stage.CHILDHOOD, Stage.ADOLESCENCE),
        "한부모가족지원법",
        ask(FAMILY, "제4조", any_of("HOUSEHOLD", "SINGLE_PARENT")),
        ask(
            "CHILD_MOST",
            "제4조 제5호 (18세 미만, 취학 중이면 22세 미만, 병역 기간은 더함)",
            under("AGE_YEARS", 18, somebody=True),
            between(
                "AGE_YEARS",
                18,
                24,
                somebody=True,
                also=(any_of("PERSON", "HIGH_SCHOOL", "UNIVERSITY"),),
            ),
        ),
        # The family may be one with a student in it; what is paid for a child ends with school.
        doubt(
            "CHILD",
            "한부모가족사업 안내 (고등학교에 다니면 22세 미만까지 지급)",
            under("AGE_YEARS", 18, somebody=True),
            between("AGE_YEARS", 18, 21, somebody=True, also=(any_of("PERSON", "HIGH_SCHOOL"),)),
        ),
        ask(INCOME, "제5조 제2항", reckoned("SINGLE_PARENT_SHARE")),
        bokjiro=("WLF00001068",),
    ),
    programme(
        "young-single-parents",
        "청소년한부모 아동양육비",
        "Child support for young single parents",
        (Stage.ADOLESCENCE, Stage.YOUTH),
        "한부모가족지원법",
        ask(FAMILY, "제4조", any_of("HOUSEHOLD", "SINGLE_PARENT")),
        ask(AGE, "제4조 제1호의2 (24세 이하)", at_most("AGE_YEARS", 24)),
        # The law names no lowest age; a child of eleven is hardly ever anybody's parent.
        ask("AGE_LEAST", "제4조 제1호의2 (자녀를 기르는 모나 부)", at_least("AGE_YEARS", 12)),
        # Children and elder brothers and sisters live in such a family too. Of two people, one of
        # whom is under 18, whoever is older is the parent; of more nobody is asked who is.
        ask(
            "PARENT",
            "제4조 제1호의2 (자녀를 기르는 모나 부)",
            between("AGE_YEARS", 18, 24, also=(at_most("HOUSEHOLD_SIZE", 2),)),
            any_of("PERSON", "BIRTH_OR_ADOPTION"),
            examined("OWN_CHILD"),
        ),
        ask("CHILD", "제4조 제5호", under("AGE_YEARS", 18, somebody=True)),
        ask(INCOME, "제5조 제2항", reckoned("SINGLE_PARENT_SHARE")),
        bokjiro=("WLF00001109",),
    ),
)
