"""Telephone numbers that help at once: on every page, and above what is found for urgent words."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class UrgentLine:
    """One number and what it is for; as published by the bodies that answer it (2024)."""

    number: str
    purpose: str | Promise


# Open day and night; finds a place to stay for whoever flees violence.
WOMENS_LINE = "1366"
# 109 took over from 1393 on 1 January 2024 (Ministry of Health and Welfare).
URGENT_LINES = (
    UrgentLine("119", _("불이 났을 때, 다치거나 아플 때")),
    UrgentLine("112", _("범죄 신고, 학대 신고")),
    UrgentLine("109", _("죽고 싶은 마음이 들 때")),
    UrgentLine("129", _("생계가 어려울 때 (보건복지상담)")),
    UrgentLine(WOMENS_LINE, _("여성 긴급전화 (가정폭력·성폭력)")),
    UrgentLine("1577-1391", _("아동학대 상담")),
    UrgentLine("1577-1389", _("노인학대 상담")),
    UrgentLine("1388", _("청소년 상담")),
    UrgentLine("120", _("서울시 민원 상담 (다산콜)")),
)


@dataclass(frozen=True, slots=True)
class UrgentNeed:
    """What people type who need help now, in both languages, and the numbers that help first.

    `korean` is looked for in what was typed without blanks and dots, `english` word by word.
    """

    name: str
    korean: re.Pattern[str]
    english: re.Pattern[str]
    numbers: tuple[str, ...]


# The order is that of the numbers above what is found. Rest from heat or cold is no shelter.
URGENT_NEEDS = (
    UrgentNeed(
        "suicide",
        re.compile(
            r"자살|자해(?=$|를|하|시|행|충|방|청)|죽고싶|죽고만싶|죽을래|죽어버|살기싫|목숨을끊|극단적?선택|유서쓰"
        ),
        re.compile(r"suicid|kill(ing)? myself|self[- ]?harm|(want|going) to die|end my life"),
        ("109", "119"),
    ),
    UrgentNeed(
        "violence",
        re.compile(
            r"(가정|성|데이트|교제|남편|아내|배우자|부부)폭[력행럭]|성추행|성희롱|강간|스토킹|스토커"
            r"|성매매|인신매매|불법촬영|성범죄|폭력피해|여성긴급|매맞|맞고살|때려요|때립니다"
        ),
        re.compile(
            r"(domestic|family|dating|partner|sexual|gender) (violence|abuse|assault)"
            r"|\brape|stalk(er|ing)|traffick|battered|abusive (husband|wife|partner)|prostitution"
        ),
        (WOMENS_LINE, "112"),
    ),
    UrgentNeed(
        "abuse",
        re.compile(r"(?<!대)학대|아동폭[력행]|아이를?때|방임"),
        re.compile(r"\babus(e|ed|ive)\b|\bneglected\b"),
        ("112", "1577-1391", "1577-1389", WOMENS_LINE),
    ),
    UrgentNeed(
        "shelter",
        re.compile(
            r"^(?!.*(무더위|폭염|한파|휴게|이동.{0,4}노동자)).*쉼터"
            r"|피난처|피해자(보호|지원)|여성보호시설|숨을곳|도망칠곳"
        ),
        re.compile(r"(?<!cooling )(?<!heat )(?<!bus )\bshelters?\b|safe house|refuge\b"),
        (WOMENS_LINE, "112", "1388"),
    ),
    UrgentNeed(
        "threat",
        re.compile(r"협박|납치|감금|살려주세요|살려줘"),
        re.compile(r"kidnap|blackmail|help me\b|threaten"),
        ("112",),
    ),
    UrgentNeed(
        "runaway",
        re.compile(r"(?<![작국])가출|집나왔|집을나"),
        re.compile(r"run(ning)? ?away from home|runaway"),
        ("1388",),
    ),
    UrgentNeed(
        "hunger",
        re.compile(r"굶[고었는어]|먹을것이?없|긴급복지|긴급생계|생계곤란"),
        re.compile(r"starving|nothing to eat|emergency (welfare|support|aid)"),
        ("129",),
    ),
)
BETWEEN = re.compile(r"[\W_]+")


def urgent_lines(*texts: str | None) -> list[UrgentLine]:
    """Answer whom to call first for what was typed (and for what it was taken for); often nobody.

    A pure answer to words: they are kept and counted nowhere.
    """
    needed = dict.fromkeys(number for need in _needs(texts) for number in need.numbers)
    known = {line.number: line for line in URGENT_LINES}
    return [known[number] for number in needed]


def _needs(texts: Iterable[str | None]) -> list[UrgentNeed]:
    typed = [unicodedata.normalize("NFKC", text).lower() for text in texts if text]
    return [
        need
        for need in URGENT_NEEDS
        if any(
            need.korean.search(BETWEEN.sub("", text)) or need.english.search(" ".join(text.split()))
            for text in typed
        )
    ]
