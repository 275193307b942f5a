"""Where officials see every indicator against its target, and administrators set the targets."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.areas import declared_indicators
from core.desk.exports import FORMS, export
from core.desk.lists import DeskAdmin
from core.desk.permissions import can_change_records, can_use_right
from core.feeds.history_desk import HistoryAdmin
from core.kpi import exports, pictures, wording
from core.kpi.models import Target
from core.kpi.permissions import can_see_indicators
from core.kpi.queries import Standing, parts_on, standing_of, standings, target_list

if TYPE_CHECKING:
    OfTarget = forms.ModelForm[Target]
else:
    OfTarget = forms.ModelForm


class TargetForm(OfTarget):
    indicator = forms.ChoiceField(label="지표")

    class Meta:
        model = Target
        fields = ("indicator", "value", "by_date", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["indicator"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [(slug, one.title) for slug, one in declared_indicators().items()]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason of its own where a target that stands is changed."""
        told = super().clean() or {}
        changed = set(self.changed_data) - {"reason"}
        if self.instance.pk and changed and "reason" not in self.changed_data:
            self.add_error("reason", "왜 바꾸는지 적어 주세요. 지금 글은 앞의 목표의 이유입니다.")
        return told


@admin.register(Target)
class TargetAdmin(HistoryAdmin[Target], DeskAdmin[Target]):
    """Whoever may change targets may set new ones: what was aimed at before stays in the list."""

    form = TargetForm
    list_display = ("title", "value", "by_date", "reason")
    ordering = ("indicator", "-by_date")

    @admin.display(description="지표", ordering="indicator")
    def title(self, target: Target) -> str:
        return target.title

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return can_change_records(request.user, Target)

    def has_delete_permission(self, request: HttpRequest, *args: Any) -> bool:
        return can_use_right(request.user, "kpi.delete_target")

    def get_urls(self) -> list[URLPattern]:
        wrapped = self.admin_site.admin_view
        return [
            path("board/", wrapped(board_page), name="kpi_target_board"),
            path("board/<slug:slug>/", wrapped(indicator_page), name="kpi_target_indicator"),
            *super().get_urls(),
        ]


@require_safe
def board_page(request: HttpRequest) -> HttpResponseBase:
    if not can_see_indicators(request.user):
        raise PermissionDenied
    today = timezone.localdate()
    found = standings(today=today, only_public=False)
    context = {
        **admin.site.each_context(request),
        "title": "지표와 목표",
        "today": today,
        "rows": [(one, *_words(one)) for one in found],
        "may_aim": can_change_records(request.user, Target),
    }
    return TemplateResponse(request, "admin/kpi/target/board.html", context)


@require_safe
def indicator_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    if not can_see_indicators(request.user):
        raise PermissionDenied
    indicator = declared_indicators().get(slug)
    if indicator is None:
        raise Http404
    form = next((one for one in FORMS if one == request.GET.get("format")), None)
    if form is not None:
        rows = exports.rows(indicator, only_public=False)
        return export(form, name=slug, columns=exports.columns(), rows=rows)
    standing = standing_of(indicator, today=timezone.localdate())
    latest = standing.latest
    parts = parts_on(indicator, latest.day, only_public=False) if latest else []
    context = {
        **admin.site.each_context(request),
        "title": str(indicator.title),
        "standing": standing,
        "words": _words(standing),
        "why_none": wording.why_no_value(latest),
        "forms": FORMS,
        "points": pictures.points_of(standing),
        "level": pictures.level_of(standing),
        "finding": pictures.finding(standing),
        "source": pictures.source_line(standing),
        "parts": [
            (
                one.title,
                pictures.largest(rows, indicator, of=f"{indicator.title}, {one.title}"),
                pictures.bars_of(rows, indicator),
            )
            for one, rows in parts
        ],
        "targets": [
            (one.by_date, wording.amount_words(one.value, indicator), one.reason)
            for one in target_list(slug)
        ],
    }
    return TemplateResponse(request, "admin/kpi/target/indicator.html", context)


def _words(standing: Standing) -> tuple[str, str, str, str, str]:
    return (
        wording.value_words(standing.latest, standing.indicator),
        wording.share_words(standing.latest, standing.indicator),
        wording.target_words(standing),
        " ".join(
            filter(None, (wording.standing_words(standing), wording.forecast_words(standing)))
        ),
        wording.freshness_words(standing),
    )
