"""Benefits for what happens in a life: each event as the words and the classes that find them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from welfare.models import Benefit, BenefitQuerySet


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """Found by a class that officials chose, or by a word in the name of a benefit."""

    title: Promise
    about: Promise
    words: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()

    def benefits(self) -> BenefitQuerySet:
        named = Q(pk__in=[])
        for word in self.words:
            named |= Q(name__contains=word)
        if self.stages:
            named |= Q(life_stages__overlap=list(self.stages))
        if self.themes:
            named |= Q(themes__overlap=list(self.themes))
        if self.targets:
            named |= Q(targets__overlap=list(self.targets))
        return Benefit.objects.listed().for_seoul().filter(named).soonest_to_close()


LIFE_EVENTS: Mapping[str, LifeEvent] = {
    "birth": LifeEvent(
        _("아이가 태어날 때"),
        _("임신과 출산, 첫 돌까지 받을 수 있는 도움입니다."),
        words=("출산", "임신", "산모", "신생아", "첫만남", "부모급여"),
        stages=("PREGNANCY",),
        themes=("BIRTH",),
    ),
    "job-loss": LifeEvent(
        _("일자리를 잃었을 때"),
        _("살림과 새 일자리를 돕습니다."),
        words=("실업", "구직", "실직", "재취업", "긴급복지"),
    ),
    "illness": LifeEvent(
        _("아플 때"),
        _("치료비와 돌봄을 돕습니다."),
        words=("의료비", "치료", "질환", "환자", "간병", "재난적"),
    ),
    "disability": LifeEvent(
        _("장애가 생겼을 때"),
        _("연금과 수당, 활동을 돕습니다."),
        words=("장애",),
        targets=("DISABLED",),
    ),
    "separation": LifeEvent(
        _("헤어질 때"),
        _("혼자 아이를 키우는 집과 양육비를 돕습니다."),
        words=("한부모", "양육비", "이혼"),
        targets=("SINGLE_PARENT",),
    ),
    "retirement": LifeEvent(
        _("일을 그만둘 때"),
        _("연금과 어르신 일자리, 배움을 돕습니다."),
        words=("기초연금", "노인일자리", "노후준비", "노후소득", "퇴직", "은퇴"),
    ),
    "care": LifeEvent(
        _("부모님을 돌볼 때"),
        _("돌봄과 요양, 돌보는 가족을 돕습니다."),
        words=("노인돌봄", "노인맞춤돌봄", "요양", "치매", "가족돌봄"),
    ),
    "death": LifeEvent(
        _("가족이 돌아가셨을 때"),
        _("장례와 남은 가족을 돕습니다."),
        words=("장제", "장례", "유족", "사망", "화장장", "화장 비용", "화장장려"),
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
