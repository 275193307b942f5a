"""The runs of the feeds for officers: what each did, why it failed, what it rejected, once more."""

import json
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from kombu.exceptions import OperationalError

from core.areas import declared_feeds, feeds_with_details
from core.desk.exchange import ExportAdmin
from core.desk.exports import ExportColumn
from core.desk.lists import ReadOnlyAdmin
from core.feeds.enums import RunStatus
from core.feeds.models import FeedReject, FeedRun
from core.feeds.tasks import sync_feed
from core.feeds.worklists import runs_in_trouble

FIRST_REJECTS = 20
MOST_CHOICES = 40


def field_words(feed: str, name: str) -> str:
    """Answer a field in an officer's words, with the publisher's name of it."""
    declared = feeds_with_details().get(feed)
    return declared.field_words(name) if declared else name


def feed_title(name: str) -> str:
    feed = feeds_with_details().get(name)
    return str(feed.title) if feed else name


def row_table(reject: FeedReject) -> SafeString:
    """Draw a row as it came, a line for each field; the field at fault stands out."""
    told = reject.row if isinstance(reject.row, dict) else {"": reject.row}
    lines = format_html_join(
        "",
        '<tr class="{}"><th scope="row">{}</th><td>{}</td></tr>',
        (
            (
                "desk-wrong" if name == reject.field else "",
                field_words(reject.run.feed, name),
                _in_words(value),
            )
            for name, value in told.items()
        ),
    )
    head = '<thead><tr><th scope="col">항목</th><th scope="col">받은 값</th></tr></thead>'
    return format_html(
        '<div class="desk-scroll"><table class="desk-table">{}<tbody>{}</tbody></table></div>',
        SafeString(head),
        lines,
    )


def _in_words(value: Any) -> str:
    if value is None or value == "":
        return "(빈칸)"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


class FeedFilter(admin.SimpleListFilter):
    """By feed, in the words of the area; asks the database nothing."""

    title = "자료"
    parameter_name = "feed"
    path = "feed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, str(feed.title)) for name, feed in feeds_with_details().items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.path: self.value()}) if self.value() else queryset


class FeedOfRejectFilter(FeedFilter):
    path = "run__feed"


class WhenFilter(admin.SimpleListFilter):
    """The last completed run of each feed unless all are asked for: what is still to be mended."""

    title = "언제"
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("all", "모든 수신")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield first | {"display": "마지막 수신"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all" or "run__id__exact" in request.GET:
            return queryset
        return queryset.filter(run__in=last_completed())


def last_completed() -> list[int]:
    runs = FeedRun.objects.latest_of_each(list(feeds_with_details()), only=RunStatus.COMPLETED)
    return [run.pk for run in runs]


class ToldFilter(admin.SimpleListFilter):
    """By a text that few rows differ in: offered are those of the last runs."""

    column = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        told = FeedReject.objects.filter(run__in=last_completed()).order_by(self.column)
        values = told.values_list(self.column, flat=True).distinct()[:MOST_CHOICES]
        return [(value, value) for value in values]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.column: self.value()}) if self.value() else queryset


class FieldFilter(ToldFilter):
    title = "항목"
    parameter_name = column = "field"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        feeds = feeds_with_details().values()
        known = {name: feed.field_words(name) for feed in feeds for name in feed.labels}
        return [
            (value, known.get(value, value)) for value, _ in super().lookups(request, model_admin)
        ]


class ReasonFilter(ToldFilter):
    title = "이유"
    parameter_name = column = "reason"


class NeedsSomebodyFilter(admin.SimpleListFilter):
    """The last runs that failed or wait for somebody's word."""

    title = "할 일"
    parameter_name = "needs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("somebody", "멈추거나 실패한 마지막 수신")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(pk__in=runs_in_trouble()) if self.value() else queryset


@admin.register(FeedRun)
class FeedRunAdmin(ReadOnlyAdmin[FeedRun]):
    list_display = (
        "title", "state", "started_at", "seconds_taken", "received", "inserted", "updated",
        "unchanged", "retired", "rejected", "said",
    )  # fmt: skip
    list_filter = (NeedsSomebodyFilter, FeedFilter, "status", "dry_run")
    search_fields = ("feed", "reason")
    search_help_text = "자료 이름과 설명에서 찾습니다."
    ordering = ("-started_at", "-pk")

    def get_urls(self) -> list[URLPattern]:
        again = path(
            "again/<str:name>/", self.admin_site.admin_view(self.again), name="feeds_feedrun_again"
        )
        return [again, *super().get_urls()]

    @admin.display(description="자료", ordering="feed")
    def title(self, run: FeedRun) -> str:
        return feed_title(run.feed)

    @admin.display(description="상태", ordering="status")
    def state(self, run: FeedRun) -> SafeString:
        return format_html(
            '<span class="desk-tag desk-tag--{}">{}</span>', run.tone, run.get_status_display()
        )

    @admin.display(description="설명")
    def said(self, run: FeedRun) -> str:
        return run.summary

    @admin.display(description="걸린 시간")
    def seconds_taken(self, run: FeedRun) -> str:
        return "–" if run.seconds is None else f"{run.seconds:,}초"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The report of one run, with the first of its rejects."""
        run = self.get_object(request, object_id)
        if run is None:
            raise Http404
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        names = (
            "received", "inserted", "updated", "unchanged", "rejected", "retired", "returned",
        )  # fmt: skip
        labels = {field.name: field.verbose_name for field in FeedRun._meta.concrete_fields}
        context = {
            **self.admin_site.each_context(request),
            "title": "자료 수신 결과",
            "opts": FeedRun._meta,
            "run": run,
            "feed_title": feed_title(run.feed),
            "figures": [(labels[name], getattr(run, name)) for name in names],
            "rejects": [
                (reject, field_words(run.feed, reject.field), row_table(reject))
                for reject in run.rejects.order_by("pk").select_related("run")[:FIRST_REJECTS]
            ],
            "may_run": self.may_act(request) and run.feed in declared_feeds(),
        }
        return TemplateResponse(request, "admin/feeds/run.html", context)

    def again(self, request: HttpRequest, name: str) -> HttpResponse:
        """Ask, then hand the run to a worker; forced only where somebody says that it is right."""
        feed = declared_feeds().get(name)
        if feed is None:
            raise Http404
        if not self.may_act(request):
            raise PermissionDenied
        force = "1" in (request.POST.get("force"), request.GET.get("force"))
        if request.method == "POST" and (not force or request.POST.get("sure") == "1"):
            self._hand_over(request, name, force=force)
            return redirect(reverse("admin:feeds_feedrun_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": "강제로 다시 받기" if force else "다시 받기",
            "opts": FeedRun._meta,
            "feed": feed,
            "force": force,
            "last": FeedRun.objects.latest_of_each([name]).first(),
        }
        return TemplateResponse(request, "admin/feeds/again.html", context)

    def _hand_over(self, request: HttpRequest, name: str, *, force: bool) -> None:
        try:
            sync_feed.delay(name=name, force=force)
        except OperationalError:
            messages.error(
                request,
                "작업 대기열이 답하지 않아 맡기지 못했습니다. 잠시 뒤 다시 해 주세요.",
            )
            return
        messages.success(
            request,
            f"{feed_title(name)} 자료를 받도록 맡겼습니다. 끝나면 이 목록에 결과가 보입니다.",
        )


# What a publisher is told of its rows; of what stood in them, the field alone.
REJECT_COLUMNS = (
    ExportColumn("원본 키", lambda one: one.source_key),
    ExportColumn("자료", lambda one: feed_title(one.run.feed)),
    ExportColumn("항목", lambda one: field_words(one.run.feed, one.field)),
    ExportColumn("까닭", lambda one: one.reason),
    ExportColumn("받은 시각", lambda one: one.run.started_at),
)


@admin.register(FeedReject)
class FeedRejectAdmin(ExportAdmin[FeedReject], ReadOnlyAdmin[FeedReject]):
    export_columns = REJECT_COLUMNS
    export_name = "rejected-rows"
    list_display = ("source_key_or_none", "title", "field_told", "reason", "received_at")
    list_filter = (FeedOfRejectFilter, WhenFilter, FieldFilter, ReasonFilter)
    list_select_related = ("run",)
    search_fields = ("=source_key",)
    search_help_text = "원본 키(시설코드)로 찾습니다."
    ordering = ("-run_id", "pk")
    fields = ("source_key_or_none", "title", "field_told", "reason", "received_at", "row_told")
    readonly_fields = ("source_key_or_none", "title", "field_told", "received_at", "row_told")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "run__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description="원본 키", ordering="source_key")
    def source_key_or_none(self, reject: FeedReject) -> str:
        return reject.source_key or "키 없음"

    @admin.display(description="자료", ordering="run__feed")
    def title(self, reject: FeedReject) -> str:
        return feed_title(reject.run.feed)

    @admin.display(description="받은 시각", ordering="run__started_at")
    def received_at(self, reject: FeedReject) -> str:
        return f"{timezone.localtime(reject.run.started_at):%Y-%m-%d %H:%M}"

    @admin.display(description="항목", ordering="field")
    def field_told(self, reject: FeedReject) -> str:
        return field_words(reject.run.feed, reject.field)

    @admin.display(description="받은 내용")
    def row_told(self, reject: FeedReject) -> SafeString:
        return row_table(reject)
