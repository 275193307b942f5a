"""Plain words for a few benefits, as a portal that only shows itself would have them."""

import datetime

from django.utils import timezone

from accounts.models import User
from welfare.models import Benefit, BenefitSource, PlainText
from welfare.permissions import can_review_plain_texts, can_write_plain_texts
from welfare.queries.fact_names import OURS
from welfare.services.plain_texts import (
    publish_plain_text,
    send_plain_text,
    write_plain_text,
)

SAMPLE = "예시 글입니다. 실제 안내가 아닙니다."
SAMPLE_EN = "This is a sample, not real guidance."
REVIEWED_AFTER = datetime.timedelta(days=180)
MOST = 3
ASK = "받을 수 있는지는 신청하면 기관이 정합니다.\n모르는 것은 129에 전화해 물어보세요."
ASK_EN = "The office decides when you apply.\nCall 129 with any question."
# Nothing in them that a new notice would make wrong: no sums.
OF_PROGRAMMES = {
    "basic-pension": (
        "65세부터 다달이 받는 돈입니다.\n버는 돈과 재산이 적은 분께 드립니다.",
        "Money each month from the age of 65.\nIt is for people with little income and property.",
    ),
    "child-allowance": (
        "어린아이를 키우는 집에 다달이 드리는 돈입니다.\n버는 돈은 따지지 않습니다.",
        "Money each month for families with a small child.\nIncome does not matter.",
    ),
    "disability-pension": (
        "장애가 심한 어른께 다달이 드리는 돈입니다.\n버는 돈과 재산이 적어야 받습니다.",
        "Money each month for adults with a severe disability.\n"
        "It is for people with little income and property.",
    ),
}
ANY = (
    "이 도움은 나라나 서울시, 자치구가 드립니다.\n신청해야 받을 수 있습니다.",
    "This help is given by the state, the city or a district.\nYou have to apply for it.",
)


def make_plain_texts(*, actor: User, now: datetime.datetime) -> str:
    """Have one write and another publish some, once; say what was made."""
    reader = _second_person(actor)
    if reader is None or not can_write_plain_texts(actor) or PlainText.objects.exists():
        return ""
    texts = _texts()
    for code, (text, text_en) in texts.items():
        written = write_plain_text(
            benefit_code=code,
            text=f"{SAMPLE}\n{text}\n{ASK}",
            text_en=f"{SAMPLE_EN}\n{text_en}\n{ASK_EN}",
            review_by=timezone.localdate(now) + REVIEWED_AFTER,
            actor=actor,
            now=now,
        )
        sent = send_plain_text(text=written, actor=actor)
        publish_plain_text(text=sent, seen=sent.mark(), actor=reader, now=now)
    return f"쉬운 말 안내 {len(texts)}건" if texts else ""


def _second_person(actor: User) -> User | None:
    others = User.objects.filter(is_active=True, is_superuser=True).exclude(pk=actor.pk)
    return next((one for one in others.order_by("pk") if can_review_plain_texts(one)), None)


def _texts() -> dict[str, tuple[str, str]]:
    """Answer the words by benefit: of our programmes where the catalogue tells of them, and some.

    The others are the first that residents of Seoul may be given.
    """
    told = {}
    for programme, words in OF_PROGRAMMES.items():
        rows = BenefitSource.objects.filter(source_key__in=OURS[programme].bokjiro)
        if (row := rows.order_by("source", "source_key").first()) is not None:
            told[row.benefit_id] = words
    first = Benefit.objects.listed().for_seoul().order_by("code").values_list("code", flat=True)
    return dict.fromkeys(first[:MOST], ANY) | told
