"""What nobody is asked, said in sentences: why it decides, and who finds it out."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from welfare.rules.conditions import AnyOf, Test, facts_of
from welfare.rules.vocabulary import Group

SENTENCES: Mapping[str, Promise] = {
    "CRISIS": _(
        "돈을 벌던 사람의 사망·실직·폐업·질병, 이혼, 화재처럼 갑자기 살기 어려워진 사유가 있어야 "
        "합니다. 그런 일이 있으면 주민센터나 전화 129에서 바로 상담할 수 있습니다."
    ),
    "SAVINGS": _(
        "예금이나 보험 같은 금융재산도 기준보다 적어야 하는데, 여기서는 묻지 않습니다. 신청하면 "
        "주민센터가 확인합니다."
    ),
    "SUPPORTERS": _(
        "따로 사는 부모나 자녀가 부양할 수 있는지도 봅니다. 여기서는 묻지 않고, 신청하면 구청이 "
        "조사합니다."
    ),
    "CARE_GRADE": _(
        "혼자 생활하기 어려워 장기요양 등급을 받아야 합니다. 신청하면 국민건강보험공단이 방문해 "
        "조사합니다."
    ),
    "CARE_NEED": _(
        "일상생활에 돌봄이 필요한지, 비슷한 서비스를 받고 있지 않은지에 달려 있습니다. 신청하면 "
        "방문해 확인합니다."
    ),
    "PENSION_DEGREE": _(
        "장애인연금의 중증장애인인지는 국민연금공단이 심사합니다. 심한 장애로 등록했어도 "
        "장애인연금이 아니라 장애수당을 받을 수도 있습니다."
    ),
    "WORK_HISTORY": _(
        "최근 2년 안에 100일이나 800시간 이상 일했는지도 봅니다. 그만큼 일하지 않았어도 뽑힐 수 "
        "있습니다. 신청하면 고용센터가 확인합니다."
    ),
    "SERIOUS_ILLNESS": _(
        "질병은 중증·희귀·중증난치질환이어야 합니다. 신청하면 주민센터가 확인합니다."
    ),
    "PARENTS_MEANS": _(
        "30세가 안 되고 결혼하지 않았으면 대개 부모까지 합친 소득과 재산도 봅니다. 여기서는 묻지 "
        "않고, 신청하면 구청이 확인합니다."
    ),
    "NEXT_ROUND": _(
        "정해진 기간에만 신청을 받고, 지금은 그 기간이 아닙니다. 다음 기간이 언제인지는 공고를 "
        "확인해야 합니다."
    ),
    "CARE_GAP": _(
        "맞벌이나 한부모처럼 아이를 돌볼 사람이 없는지에 따라 정부가 보태는 돈이 달라집니다. "
        "신청하면 주민센터가 확인합니다."
    ),
    "ACTIVITY_NEED": _(
        "혼자 생활하기 얼마나 어려운지에 달려 있습니다. 신청하면 국민연금공단이 방문해 조사하고, "
        "구청 회의에서 정합니다."
    ),
    "OWN_CHILD": _(
        "자기 아이를 기르는 엄마나 아빠가 받습니다. 함께 사는 자녀나 형제자매는 받지 않습니다. "
        "신청하면 주민센터가 확인합니다."
    ),
}


def examined_sentence(tests: Iterable[Test]) -> str:
    """Say what is examined of somebody to whom nothing else of the condition applies."""
    facts = [fact for test in tests for fact in facts_of(test)]
    named = {
        name
        for fact in facts
        if isinstance(fact, AnyOf) and fact.group is Group.EXAMINED
        for name in fact.names
    }
    return " ".join(str(words) for name, words in SENTENCES.items() if name in named)
