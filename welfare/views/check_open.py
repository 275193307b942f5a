"""What stands open, part by part: nobody has to read hundreds to find the one that is theirs."""

from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from welfare.enums import BenefitTheme
from welfare.models import Benefit
from welfare.queries.matching import THEMES, Match, Open, Pairs

LONGEST_WORD = 50
OPEN_WORDS: dict[Open, Promise] = {
    Open.ANSWER: _("더 답하면 알 수 있음"),
    Open.OFFICE: _("주민센터에 물어볼 것"),
    Open.FITTING: _("나와 맞아 보임"),
    Open.READING: _("읽어 봐야 앎"),
    Open.UNLIKELY: _("맞지 않을 수 있음"),
}
ABOUT_PARTS: dict[Open, Promise] = {
    Open.ANSWER: _("아래 질문에 답하면 받을 수 있는지 알 수 있습니다."),
    Open.OFFICE: _(
        "소득이나 재산, 그 밖의 조건을 주민센터나 기관이 살펴봐야 알 수 있습니다. 안 된다고 미리 "
        "생각하지 말고 물어보세요."
    ),
    Open.FITTING: _(
        "이 제도들은 조건이 글로만 적혀 있어 컴퓨터가 판단하지 못합니다. 나이나 상황이 나와 맞아 "
        "보이는 것만 모았습니다. 다 읽지 않아도 됩니다. 주제를 고르거나 낱말로 찾아보세요."
    ),
    Open.READING: _(
        "조건이 글로만 적혀 있어 컴퓨터가 판단하지 못합니다. 다 읽지 않아도 됩니다. 주제를 "
        "고르거나 낱말로 찾아보세요."
    ),
    Open.UNLIKELY: _(
        "이름이나 대상, 또는 아직 확인하지 못한 기준으로 보아 맞지 않을 것 같은 제도입니다. "
        "나중에 읽어도 됩니다."
    ),
}
TO_READ = (Open.FITTING, Open.READING, Open.UNLIKELY)


def asked_part(told: str, counts: dict[Open, int]) -> Open:
    """Answer which part is shown: the one that was asked for, else the nearest that holds any."""
    if told in Open.__members__:
        return Open[told]
    return next((one for one in Open if counts.get(one)), Open.ANSWER)


def codes_with(word: str) -> set[str] | None:
    """Answer the benefits with every part of these words in name or summary; None without words."""
    parts = word.split()
    if not parts:
        return None
    found = Benefit.objects.listed().for_seoul()
    for part in parts:
        found = found.filter(Q(name__icontains=part) | Q(summary__icontains=part))
    return set(found.values_list("code", flat=True))


def parts_to_read(counts: dict[Open, int], shown: Open) -> list[tuple[str, Any, int, bool]]:
    return [
        (one.name, OPEN_WORDS[one], counts[one], one is shown) for one in TO_READ if counts.get(one)
    ]


def theme_counts(match: Match, pairs: Pairs) -> list[tuple[str, str]]:
    """Answer the themes with how many benefits each has, the fullest first."""
    bits = match.shelved.themes[pairs.benefits()]
    counts = [(one, int((bits >> place & 1).sum())) for place, one in enumerate(THEMES)]
    counts = sorted((one for one in counts if one[1]), key=lambda one: -one[1])
    return [(one, f"{BenefitTheme(one).label} {count:,}") for one, count in counts]
