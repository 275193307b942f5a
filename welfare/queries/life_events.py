"""Benefits for what happens in a life: each event as the words and the classes that find them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Q
from django.db.models.lookups import Exact
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from welfare.models import Benefit, BenefitQuerySet, BenefitSource
from welfare.queries.benefit_rules import PROGRAMME_OF
from welfare.rules.condition_codes import HOUSEHOLD_MASK, PERSON_MASK, mask_of


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """Found by its words in the name of a benefit, or by what officials ticked for it.

    `unless` are words of names that speak of something else by the same words. Of classes only
    those count that single the event out: one group of people, `few` stages of life. `codes` are
    the publisher's own tick-boxes: a benefit for whoever has these, and for nobody else.
    """

    title: Promise
    about: Promise
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    few: int | None = None
    themes: tuple[str, ...] = ()
    target: str = ""
    codes: tuple[str, ...] = ()

    def benefits(self) -> BenefitQuerySet:
        """Answer what it finds: first the programmes of which we keep conditions."""
        listed = Benefit.objects.listed().for_seoul()
        for word in self.unless:
            listed = listed.exclude(name__contains=word)
        ours = BenefitSource.objects.filter(source_key__in=PROGRAMME_OF).values("benefit")
        found = listed.filter(self._named() | self._ticked())
        return found.soonest_to_close().with_these_first(ours)

    def _named(self) -> Q:
        named = Q(pk__in=[])
        for word in self.words:
            named |= Q(name__contains=word)
        return named

    def _ticked(self) -> Q:
        ticked = Q(pk__in=[])
        if self.stages:
            few = Q() if self.few is None else Q(life_stages__len__lte=self.few)
            ticked |= few & Q(life_stages__overlap=list(self.stages))
        if self.themes:
            ticked |= Q(themes__overlap=list(self.themes))
        if self.target:
            ticked |= Q(targets=[self.target])
        if self.codes:
            ticked |= ticks_only(self.codes)
        return ticked


def ticks_only(codes: tuple[str, ...]) -> Q:
    """Keep what is for people of these codes of one group; those for nobody in particular go."""
    own = mask_of(codes)
    group = PERSON_MASK if own & PERSON_MASK else HOUSEHOLD_MASK
    held = F("condition_codes").bitand
    return Q(condition_codes__isnull=False) & Q(
        Exact(held(group & ~own), 0), ~Q(Exact(held(own), 0))
    )


LIFE_EVENTS: Mapping[str, LifeEvent] = {
    "birth": LifeEvent(
        _("아이가 태어날 때"),
        _("임신과 출산, 첫 돌까지 받을 수 있는 도움입니다."),
        words=(
            *("출산", "임신", "임산부", "산모", "신생아", "첫만남", "부모급여", "난임", "출생"),
            *("해산급여", "해산비", "기저귀", "산후", "예비맘"),
        ),
        unless=("기관", "종사자", "뇌병변", "성인용", "출산율", "저출산 "),
        stages=("PREGNANCY",),
        few=2,
        themes=("BIRTH",),
        codes=("JA0301", "JA0302", "JA0303"),
    ),
    "job-loss": LifeEvent(
        _("일자리를 잃었을 때"),
        _("살림과 새 일자리를 돕습니다."),
        words=(
            *("실업", "구직", "실직", "재취업", "국민취업지원", "내일배움", "체불"),
            *("직업훈련생계비", "긴급복지 생계", "긴급복지 주거", "긴급복지지원", "긴급복지 연료"),
        ),
        unless=("시행지원", "직업훈련비)", "재직자", "장애인직업", "실업팀", "정장", "면접"),
        codes=("JA0327",),
    ),
    "illness": LifeEvent(
        _("아플 때"),
        _("치료비와 돌봄을 돕습니다."),
        words=(
            *("의료비", "치료비", "질환", "환자", "간병", "재난적", "진료비", "입원", "난치"),
            *("수술", "투석", "상병수당", "암환자", "요양급여", "의료급여", "의료지원"),
        ),
        unless=(
            *("임신", "출산", "산모", "임산부", "난임", "탈모", "고엽제", "가정폭력", "예방"),
            *("임부", "검진", "과의존", "입양", "심리치료", "종사자", "홍보", "운영"),
            *("위문", "행려"),
        ),
        codes=("JA0330",),
    ),
    "disability": LifeEvent(
        _("장애가 생겼을 때"),
        _("연금과 수당, 활동을 돕습니다."),
        words=("장애",),
        unless=(
            *("장애인기업", "고용장려금", "고용개선장려금", "고용개선", "종사자", "인식개선"),
            *("단체", "운영비", "운영 지원", "운영지원", "행사", "대회", "표준사업장", "관리비"),
            *("훈련기관", "거주시설", "시설 운영", "시설운영", "기능보강", "자기주도 재직자"),
            *("입양", "편의증진", "편의시설", "접근성", "폭력피해자"),
        ),
        target="DISABLED",
        codes=("JA0328",),
    ),
    "separation": LifeEvent(
        _("헤어질 때"),
        _("혼자 아이를 키우는 집과 양육비를 돕습니다."),
        words=("한부모", "양육비 선지급", "양육비 이행", "한시적 양육비", "미혼모", "이혼"),
        unless=("입양", "종사자", "시설 운영", "시설운영", "기능보강"),
        target="SINGLE_PARENT",
        codes=("JA0403",),
    ),
    "retirement": LifeEvent(
        _("일을 그만둘 때"),
        _("연금과 어르신 일자리, 배움을 돕습니다."),
        words=(
            *("기초연금", "노인일자리", "노인 일자리", "어르신 일자리", "어르신일자리", "노후준비"),
            *("노후소득", "노후긴급자금", "노후연금", "퇴직", "은퇴", "신중년", "노령연금"),
            *("고령자 취업", "시니어 일자리", "시니어 적합직무", "중장년 일자리", "농지연금"),
        ),
        unless=("종사자", "채용 지원", "고용지원"),
    ),
    "care": LifeEvent(
        _("부모님을 돌볼 때"),
        _("돌봄과 요양, 돌보는 가족을 돕습니다."),
        words=(
            *("노인돌봄", "노인맞춤돌봄", "노인 돌봄", "어르신 돌봄", "장기요양", "가족요양"),
            *("치매", "가족돌봄", "노인요양", "보훈요양원", "재가노인", "통합돌봄", "효행"),
        ),
        unless=(
            *("보험료", "운영지원", "운영 지원", "종사자", "요양보호사", "처우", "기능보강"),
            *("표창", "시설 지원", "돌봄청년", "위기청년", "아동", "행사"),
        ),
    ),
    "death": LifeEvent(
        _("가족이 돌아가셨을 때"),
        _("장례와 남은 가족을 돕습니다."),
        words=(
            *("장제급여", "장제비", "장제 ", "장제지원", "장제처리", "장례", "장의비", "유족연금"),
            *("유족급여", "유족보상", "유족 보상", "유족수당", "유족 수당", "유족명예수당"),
            *("유족 명예수당", "유족위로금", "유족 위로금", "사망", "화장장", "화장 비용"),
            *("화장비", "자연장", "봉안"),
        ),
        unless=("종사자", "무연고", "행려", "행여", "정장제", "광복절", "3.1절", "8.15"),
    ),
}

LIFE_STAGES: Mapping[str, LifeEvent] = {
    "infant": LifeEvent(
        _("영유아"), _("학교에 가기 전 아이와 부모를 돕습니다."), stages=("INFANT",)
    ),
    "child": LifeEvent(_("아동"), _("초등학생 나이의 아이와 부모를 돕습니다."), stages=("CHILD",)),
    "teen": LifeEvent(_("청소년"), _("중고등학생 나이의 청소년을 돕습니다."), stages=("TEEN",)),
    "youth": LifeEvent(_("청년"), _("배움과 일, 집을 구하는 청년을 돕습니다."), stages=("YOUTH",)),
    "middle-aged": LifeEvent(
        _("중장년"), _("일과 건강, 가족을 돌보는 중장년을 돕습니다."), stages=("MIDDLE_AGED",)
    ),
    "senior": LifeEvent(_("노년"), _("어르신의 살림과 건강, 돌봄을 돕습니다."), stages=("SENIOR",)),
    "pregnancy": LifeEvent(
        _("임신·출산"), _("아이를 기다리거나 막 낳은 집을 돕습니다."), stages=("PREGNANCY",)
    ),
}
