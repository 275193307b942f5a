"""Benefits at the desk: what is published, which services are told as one, and why."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Manager, QuerySet, TextChoices
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from core.desk.exchange import ExportAdmin
from core.desk.exports import ExportColumn
from core.desk.lists import ReadOnlyAdmin
from core.desk.previews import ActionRefused, Change, PreviewedAction, as_action
from welfare.admin.facility_actions import officer
from welfare.admin.forms import ReasonForm
from welfare.admin.take_up import take_up_page
from welfare.admin.taking_in import BENEFITS, find_page, request_page
from welfare.enums import (
    BenefitPublisher,
    BenefitTarget,
    BenefitTheme,
    BenefitUser,
    LifeStage,
    LinkRule,
)
from welfare.models import (
    Benefit,
    BenefitLink,
    BenefitSource,
    BokjiroCentral,
    BokjiroLocal,
    Gov24Service,
)
from welfare.rules.deadlines import ALWAYS, UNKNOWN, WINDOWS
from welfare.search import follow_benefits
from welfare.services.benefit_links import (
    LinkRefused,
    check_may_be_linked,
    decide_links,
    withdraw_links,
)

TABLES: dict[BenefitPublisher, Manager[Any]] = {
    BenefitPublisher.GOV24: Gov24Service.objects,
    BenefitPublisher.CENTRAL: BokjiroCentral.objects,
    BenefitPublisher.LOCAL: BokjiroLocal.objects,
}


class LinkForm(ReasonForm):
    """Asks to which gov24 service the chosen ones belong, and why."""

    gov24_key = forms.CharField(
        label="보조금24 서비스 번호",
        help_text="예: 000000465790. 앞의 0과 영문자도 그대로 적습니다.",
        max_length=16,
    )
    field_order = ("gov24_key", "reason")


def names_of(rows: Sequence[BenefitSource]) -> dict[tuple[str, str], str]:
    """Answer the publishers' own names, in one query for each publisher."""
    names: dict[tuple[str, str], str] = {}
    for source, told in TABLES.items():
        keys = [row.source_key for row in rows if row.source == source]
        if keys:
            found = told.filter(pk__in=keys).values_list("pk", "name")
            names |= {(source.value, key): name for key, name in found}
    return names


def _changes(chosen: Sequence[BenefitSource], after: str, *, gov24_key: str = "") -> list[Change]:
    try:
        check_may_be_linked(chosen, gov24_key=gov24_key)
    except LinkRefused as refused:
        raise ActionRefused(str(refused)) from refused
    names = names_of(chosen)
    return [
        Change(
            f"{names.get((one.source, one.source_key), '')} ({one.source_key})",
            f"{one.benefit_id}: {LinkRule(one.rule).label}",
            after,
        )
        for one in chosen
    ]


def _linked(chosen: Sequence[BenefitSource], told: dict[str, Any]) -> list[Change]:
    key = told["gov24_key"].strip()
    changes = _changes(chosen, "", gov24_key=key)
    name = Gov24Service.objects.values_list("name", flat=True).get(pk=key)
    return [Change(one.subject, one.before, f"{name} (gov24-{key})") for one in changes]


def _parted(chosen: Sequence[BenefitSource], _: dict[str, Any]) -> list[Change]:
    return _changes(chosen, "어느 급여와도 묶지 않고 따로 보임")


def _left_to_rules(chosen: Sequence[BenefitSource], _: dict[str, Any]) -> list[Change]:
    return _changes(chosen, "직원의 결정을 거두고 규칙대로")


def _performed(service: Callable[..., int], **fixed: str) -> Callable[..., int]:
    def perform(request: HttpRequest, chosen: Sequence[BenefitSource], told: dict[str, Any]) -> int:
        now = timezone.now()
        told = {name: value.strip() for name, value in told.items()} | fixed
        try:
            done = service(sources=chosen, actor=officer(request), now=now, **told)
        except LinkRefused as refused:
            raise ActionRefused(str(refused)) from refused
        transaction.on_commit(lambda: follow_benefits(now))
        return done

    return perform


ACTIONS = (
    PreviewedAction(
        name="link_benefits",
        title="다른 급여와 묶기",
        button="묶기",
        done="{number}개를 묶었습니다.",
        form=LinkForm,
        changes=_linked,
        perform=_performed(decide_links),
    ),
    PreviewedAction(
        name="part_benefits",
        title="따로 보이기",
        button="따로 보이기",
        done="{number}개를 따로 보입니다.",
        form=ReasonForm,
        changes=_parted,
        perform=_performed(decide_links, gov24_key=""),
    ),
    PreviewedAction(
        name="withdraw_links",
        title="직원 결정 거두기",
        button="거두기",
        done="{number}개를 다시 규칙대로 봅니다.",
        form=ReasonForm,
        changes=_left_to_rules,
        perform=_performed(withdraw_links),
    ),
)


COLUMNS = (
    ExportColumn("번호", lambda one: one.code),
    ExportColumn("이름", lambda one: one.name),
    ExportColumn("주는 곳", lambda one: one.provider),
    ExportColumn("주는 곳의 단계", lambda one: one.get_provider_level_display()),
    ExportColumn("신청 기한", lambda one: one.deadline),
    ExportColumn("신청 시작일", lambda one: one.opens_date),
    ExportColumn("신청 마감일", lambda one: one.closes_date),
    ExportColumn("나이부터", lambda one: one.age_from),
    ExportColumn("나이까지", lambda one: one.age_to),
    ExportColumn("상태", lambda one: one.get_status_display()),
    ExportColumn("원본 주소", lambda one: one.link),
    ExportColumn("제공 기관이 고친 날", lambda one: one.modified_date),
)


# What the database keeps as codes, and a page says in words.
IN_WORDS = ("deadline_kind", "life_stages", "themes", "targets", "users")
DEADLINES = {ALWAYS: "늘 받음", WINDOWS: "정해진 기간", UNKNOWN: "알 수 없음"}


class DeadlineFilter(admin.SimpleListFilter):
    title = "기한의 종류"
    parameter_name = "deadline_kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(DEADLINES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Benefit]) -> QuerySet[Benefit]:
        return queryset.filter(deadline_kind=self.value()) if self.value() else queryset


class LinkedFilter(admin.SimpleListFilter):
    """What was linked, unless something else is asked: that is what there is to review."""

    title = "묶인 방법"
    parameter_name = "rule"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(rule.value, str(rule.label)) for rule in LinkRule]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield first | {"display": "묶인 것 모두"}
        yield from others

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[BenefitSource]
    ) -> QuerySet[BenefitSource]:
        if self.value():
            return queryset.filter(rule=self.value())
        return queryset.exclude(rule=LinkRule.OWN)


@admin.register(BenefitSource)
class BenefitSourceAdmin(ReadOnlyAdmin[BenefitSource]):
    list_display = ("own_name", "source", "source_key", "told_under", "rule")
    list_display_links = None
    list_filter = (LinkedFilter, "source")
    list_select_related = ("benefit",)
    search_fields = ("=source_key", "benefit__name", "=benefit__code")
    search_help_text = "서비스 번호나 급여 이름으로 찾습니다."
    ordering = ("rule", "source", "source_key")
    fields = ("source", "source_key", "benefit", "rule")
    actions = tuple(as_action(one, "act") for one in ACTIONS)

    def has_act_permission(self, request: HttpRequest) -> bool:
        return self.may_act(request)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Find the publishers' names of the page's rows in one query each."""
        changelist = super().get_changelist_instance(request)
        rows = list(changelist.result_list)
        names = names_of(rows)
        for row in rows:
            row.told_name = names.get((row.source, row.source_key), "")
        changelist.result_list = rows
        return changelist

    @admin.display(description="제공 기관이 부르는 이름")
    def own_name(self, row: BenefitSource) -> str:
        return str(getattr(row, "told_name", ""))

    @admin.display(description="이 급여로 안내")
    def told_under(self, row: BenefitSource) -> SafeString:
        return format_html(
            '<a class="desk-link" href="{}">{}</a><br>{}',
            reverse("admin:welfare_benefit_change", args=[row.benefit_id]),
            row.benefit.name,
            row.benefit_id,
        )


@admin.register(Benefit)
class BenefitAdmin(ExportAdmin[Benefit], ReadOnlyAdmin[Benefit]):
    export_columns = COLUMNS
    export_name = "benefits"
    list_display = ("name", "code", "provider", "provider_level", "deadline", "status")
    list_filter = ("status", "provider_level", DeadlineFilter)
    search_fields = ("=code", "name")
    search_help_text = "이름이나 번호로 찾습니다."
    ordering = ("name", "code")
    exclude = ("card", *IN_WORDS)
    readonly_fields = tuple(f"told_{name}" for name in IN_WORDS)

    def export_rows(self, request: HttpRequest) -> QuerySet[Benefit]:
        """Without the long texts: what is in no column never leaves the database."""
        long = ("summary", "target", "criteria", "content", "how_to_apply", "documents", "card")
        return super().export_rows(request).defer(*long)

    def get_urls(self) -> list[URLPattern]:
        wrapped = self.admin_site.admin_view
        own = [
            path("take-up/", wrapped(take_up_page), name="welfare_benefit_take_up"),
            path("applications/", wrapped(self.find_view), name="welfare_benefit_applications"),
            path(
                "<str:code>/application/",
                wrapped(self.application_view),
                name="welfare_benefit_application",
            ),
        ]
        return [*own, *super().get_urls()]

    @method_decorator(require_safe)
    def find_view(self, request: HttpRequest) -> HttpResponse:
        return find_page(self, request, BENEFITS)

    def application_view(self, request: HttpRequest, code: str) -> HttpResponse:
        return request_page(self, request, BENEFITS, code)

    @admin.display(description="기한의 종류")
    def told_deadline_kind(self, benefit: Benefit) -> str:
        return DEADLINES.get(benefit.deadline_kind, benefit.deadline_kind)

    @admin.display(description="생애주기")
    def told_life_stages(self, benefit: Benefit) -> str:
        return _named(LifeStage, benefit.life_stages)

    @admin.display(description="주제")
    def told_themes(self, benefit: Benefit) -> str:
        return _named(BenefitTheme, benefit.themes)

    @admin.display(description="가구 상황")
    def told_targets(self, benefit: Benefit) -> str:
        return _named(BenefitTarget, benefit.targets)

    @admin.display(description="누가 받는지")
    def told_users(self, benefit: Benefit) -> str:
        return _named(BenefitUser, benefit.users)


def _named(choices: type[TextChoices], chosen: Sequence[str]) -> str:
    """Answer what is chosen by its words; what has none any more, as it is kept."""
    words = {str(one.value): str(one.label) for one in choices}
    return ", ".join(words.get(one, one) for one in chosen) or "–"


@admin.register(BenefitLink)
class BenefitLinkAdmin(ReadOnlyAdmin[BenefitLink]):
    list_display = ("source", "source_key", "gov24_key", "reason", "made_by", "made_at")
    list_select_related = ("made_by",)
    search_fields = ("=source_key", "=gov24_key", "reason")
    search_help_text = "서비스 번호나 이유로 찾습니다."
    ordering = ("-made_at", "-pk")
