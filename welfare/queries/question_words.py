"""The screener's questions in words: what is asked, why, and what can be answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from welfare.queries.living import ME
from welfare.rules.questions import Asked
from welfare.rules.screener import PAGE_OF

Text = str | Promise


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """`asks` is said to the person; `asks_of` of somebody they live with; `asks_all` of several.

    `short` is what the answer is called beside somebody's name.
    """

    asks: Text
    why: Text
    short: Text
    asks_of: Text = ""
    asks_all: Text = ""


WORDS: Mapping[str, QuestionWords] = {
    "birth_date": QuestionWords(
        _("언제 태어났나요?"),
        _("나이로 정해지는 복지가 가장 많습니다."),
        _("태어난 날"),
        _("이 사람은 언제 태어났나요?"),
        _("모두 언제 태어났나요?"),
    ),
    "sex": QuestionWords(
        _("성별이 무엇인가요?"),
        _("여성이나 남성에게만 주는 복지가 있습니다."),
        _("성별"),
        _("이 사람의 성별은 무엇인가요?"),
        _("모두 성별이 무엇인가요?"),
    ),
    "size": QuestionWords(
        _("누구와 함께 사나요?"),
        _("사람마다 받을 수 있는 복지가 다르고, 함께 사는 사람이 많을수록 소득 기준이 높아집니다."),
        _("함께 사는 사람"),
    ),
    "income": QuestionWords(
        _("가족 모두의 한 달 소득은 얼마인가요?"),
        # What most limits count (국민기초생활 보장법 시행령 제5조), and not all call income.
        _(
            "소득이 기준보다 적어야 받는 복지가 많습니다. 세금을 떼기 전 월급, 장사해서 남은 돈, "
            "연금, 따로 사는 가족이 늘 보내 주는 돈을 모두 더해 주세요."
        ),
        _("한 달 소득"),
    ),
    "income_step": QuestionWords(
        _("가족의 한 달 소득은 다음 가운데 어디인가요?"),
        _("생계·의료·주거급여는 기준이 저마다 달라, 소득이 적을수록 더 자세히 알아야 합니다."),
        _("한 달 소득"),
    ),
    "district": QuestionWords(
        _("어느 구에 사나요?"),
        _("구마다 따로 주는 복지가 있습니다."),
        _("사는 구"),
    ),
    "home": QuestionWords(
        _("가족 가운데 집을 가진 사람이 있나요?"),
        _("집이 없는 가족에게 주는 복지가 있습니다."),
        _("집이 있는지"),
    ),
    "work": QuestionWords(
        _("어떤 일을 하나요?"),
        _("일하는 사람, 일자리를 찾는 사람에게 주는 복지가 있습니다."),
        _("일과 직업"),
        _("이 사람은 어떤 일을 하나요?"),
        _("누가 어떤 일을 하나요?"),
    ),
    "school": QuestionWords(
        _("학교에 다니나요?"),
        _("학비와 급식처럼 학생에게 주는 복지가 있습니다."),
        _("다니는 학교"),
        _("이 사람은 학교에 다니나요?"),
        _("누가 학교에 다니나요?"),
    ),
    "birth": QuestionWords(
        _("아기를 기다리거나, 얼마 전에 낳았나요?"),
        _("임신과 출산 때만 받는 복지가 있습니다."),
        _("임신과 출산"),
        _("이 사람은 아기를 기다리거나, 얼마 전에 낳았나요?"),
        _("누가 아기를 기다리거나, 얼마 전에 낳았나요?"),
    ),
    "weeks": QuestionWords(
        _("임신 몇 주인가요?"),
        _("임신한 지 몇 주인지에 따라 받는 복지가 있습니다."),
        _("임신 주수"),
        _("이 사람은 임신 몇 주인가요?"),
        _("임신한 사람은 저마다 몇 주인가요?"),
    ),
    "health": QuestionWords(
        _("장애나 오래 앓는 병이 있나요?"),
        _("장애인과 환자에게 주는 복지가 많습니다. 민감한 내용이라 답하지 않아도 됩니다."),
        _("장애와 병"),
        _("이 사람은 장애나 오래 앓는 병이 있나요?"),
        _("누가 장애나 오래 앓는 병이 있나요?"),
    ),
    "veteran": QuestionWords(
        _("국가보훈대상자인가요?"),
        _("나라를 위해 애쓴 사람과 그 가족에게 주는 복지가 있습니다."),
        _("국가보훈"),
        _("이 사람은 국가보훈대상자인가요?"),
        _("누가 국가보훈대상자인가요?"),
    ),
    "family": QuestionWords(
        _("어떤 가족인가요?"),
        _("혼자 살거나, 혼자 아이를 키우거나, 아이가 많으면 받는 복지가 있습니다."),
        _("어떤 가족인지"),
    ),
    "origin": QuestionWords(
        _("다문화 가족이거나 북한에서 왔나요?"),
        _("다문화 가족과 북한이탈주민에게 주는 복지가 있습니다."),
        _("다문화·북한이탈"),
    ),
    "moved": QuestionWords(
        _("얼마 전에 이 동네로 이사 왔나요?"),
        _("새로 이사 온 가족에게 주는 복지가 있습니다."),
        _("이사"),
    ),
    "receipts": QuestionWords(
        _("같이 사는 가족이 생계·의료·주거·교육급여를 받나요?"),
        _("이것을 받으면 함께 받을 수 있는 복지가 있고, 받으면 안 되는 복지도 있습니다."),
        _("받는 급여"),
    ),
    "degree": QuestionWords(
        _("등록한 장애가 심한 편인가요?"),
        _("장애 정도에 따라 받는 복지가 다릅니다."),
        _("장애 정도"),
        _("이 사람의 등록한 장애가 심한 편인가요?"),
        _("누구의 장애가 심한 편인가요?"),
    ),
    "nationality": QuestionWords(
        _("국적이 어떻게 되나요?"),
        _("국적에 따라 받는 복지가 다릅니다."),
        _("국적"),
        _("이 사람의 국적은 어떻게 되나요?"),
        _("모두 국적이 어떻게 되나요?"),
    ),
    "spouse": QuestionWords(
        _("배우자가 있나요?"),
        _("연금은 배우자가 있으면 소득 기준이 다릅니다. 따로 살아도 배우자입니다."),
        _("배우자"),
        _("이 사람은 배우자가 있나요?"),
        _("모두 배우자가 있나요?"),
    ),
    "service_pension": QuestionWords(
        _("본인이나 배우자가 공무원·군인·사립학교·별정우체국 연금을 받나요?"),
        _("받는 사람과 그 배우자는 대개 기초연금을 받지 않습니다. 국민연금은 괜찮습니다."),
        _("공무원·군인·사학 연금"),
        _("이 사람이나 그 배우자가 공무원·군인·사립학교·별정우체국 연금을 받나요?"),
        _("누가 공무원·군인·사립학교·별정우체국 연금을 받나요? 배우자가 받아도요."),
    ),
    "care": QuestionWords(
        _("아이가 어린이집이나 유치원에 다니나요?"),
        _(
            "어린이집에 다니면 보육료, 유치원에 다니면 유아학비, 둘 다 아니면 양육수당을 받을 수 "
            "있습니다."
        ),
        _("아이가 다니는 곳"),
        _("이 아이가 어린이집이나 유치원에 다니나요?"),
        _("아이마다 어린이집이나 유치원에 다니나요?"),
    ),
    "housing": QuestionWords(
        _("지금 사는 집은 어떤 집인가요?"),
        _("월세나 전세로 사는 사람에게 주는 복지가 있습니다."),
        _("사는 집"),
    ),
    "assets": QuestionWords(
        _("가족의 재산은 모두 얼마쯤인가요?"),
        _("재산이 기준보다 적어야 받는 복지가 있습니다."),
        _("가족의 재산"),
    ),
    "resident_since": QuestionWords(
        _("언제부터 지금 사는 곳에 살았나요?"),
        _("얼마 동안 살아야 받는 복지가 있습니다."),
        _("이사 온 날"),
        _("이 사람은 언제부터 지금 사는 곳에 살았나요?"),
        _("모두 언제부터 지금 사는 곳에 살았나요?"),
    ),
}


# Pages that ask two questions at once: of one person, of somebody else, of several, and why.
TOGETHER: Mapping[str, tuple[Text, Text, Text, Text]] = {
    "birth_date": (
        _("언제 태어났고, 성별이 무엇인가요?"),
        _("이 사람은 언제 태어났고, 성별이 무엇인가요?"),
        _("모두 언제 태어났고, 성별이 무엇인가요?"),
        _("나이로 정해지는 복지가 가장 많고, 여성이나 남성에게만 주는 복지도 있습니다."),
    ),
}


def question_text(question: str, *, of_other: bool = False) -> str:
    words = WORDS[question]
    return str(words.asks_of if of_other and words.asks_of else words.asks)


def page_text(page: Sequence[Asked], *, me: str = ME) -> str:
    """Say what a page asks, of whoever answers, of somebody else, or of several."""
    questions, members = _parts(page)
    of_other = members[0] not in (None, me)
    if len(questions) > 1:
        mine, others, all_of_them, _why = TOGETHER[PAGE_OF[questions[0]]]
        return str(all_of_them if len(members) > 1 else others if of_other else mine)
    if len(members) > 1:
        return str(WORDS[questions[0]].asks_all)
    return question_text(questions[0], of_other=of_other)


def page_why(page: Sequence[Asked]) -> str:
    questions, _members = _parts(page)
    is_double = len(questions) > 1
    return str(TOGETHER[PAGE_OF[questions[0]]][-1] if is_double else WORDS[questions[0]].why)


def _parts(page: Sequence[Asked]) -> tuple[list[str], list[str | None]]:
    """Answer the different questions of a page, and the different members it is asked of."""
    return list(dict.fromkeys(one.question for one in page)), list(
        dict.fromkeys(one.member for one in page)
    )
