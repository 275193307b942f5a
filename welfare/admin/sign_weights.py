"""Weights of signs at the desk: one writes a table with its reason, another puts it in force."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from accounts.models import User
from core.desk.previews import as_action
from welfare import permissions, tasks
from welfare.admin.versions import (
    DraftForm,
    VersionAdmin,
    send_action,
    send_back_action,
    version_action,
)
from welfare.enums import HardshipKind, VersionStatus
from welfare.models import SignWeights
from welfare.rules.sign_weights import PARTS, WeightRefused, read_table
from welfare.services.sign_weights import (
    publish_weights,
    send_back_weights,
    send_weights,
    write_weights,
)

PART_WORDS = {
    "points": "점수",
    "a_month": "한 달마다 더할 점수",
    "most": "최대 점수",
    "days": "세는 날수",
}


class WeightsForm(DraftForm):
    """A field for each figure of each kind; a new table begins with what the newest says."""

    class Meta:
        model = SignWeights
        fields = ("since", "reason")

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        newest = SignWeights.objects.in_force().order_by("-since", "-pk").first()
        known = self.instance.weights or (newest.weights if newest else {})
        for kind in HardshipKind:
            figures = known.get(kind.value) or [0, 0, 0, 180]
            for part, figure in zip(PARTS, figures, strict=True):
                self.fields[_field(kind, part)] = forms.IntegerField(
                    label=f"{kind.label}: {PART_WORDS[part]}",
                    min_value=0,
                    initial=figure,
                    widget=UnfoldAdminIntegerFieldWidget(),
                )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if self.errors:
            return told
        try:
            read_table(since=told["since"], stored=self.weights())
        except WeightRefused as refused:
            words = f"{refused.least}에서 {refused.most}까지 적을 수 있습니다."
            self.add_error(_field(HardshipKind(refused.kind), refused.part), words)
        return told

    def clean_since(self) -> Any:
        day = self.cleaned_data["since"]
        if day < timezone.localdate():
            raise forms.ValidationError("시행일은 오늘이나 뒤의 날이어야 합니다.")
        return day

    def typed(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in ("since", "reason")}
        return told | {"weights": self.weights()}

    def lines(self, told: dict[str, Any]) -> Iterator[tuple[str, str]]:
        yield from super().lines({name: told[name] for name in ("since", "reason")})
        yield from _rows(told["weights"])

    def weights(self) -> dict[str, list[int]]:
        return {
            kind.value: [self.cleaned_data[_field(kind, part)] for part in PARTS]
            for kind in HardshipKind
        }


def _field(kind: HardshipKind, part: str) -> str:
    return f"{kind.value.lower()}_{part}"


def _words(figures: Sequence[int]) -> Iterator[str]:
    for part, figure in zip(PARTS, figures, strict=True):
        yield f"{PART_WORDS[part]} {figure}"


def _rows(weights: Mapping[str, Sequence[int]]) -> Iterator[tuple[str, str]]:
    for kind in HardshipKind:
        if kind.value in weights:
            yield str(kind.label), ", ".join(_words(weights[kind.value]))


# Two lines for each kind: what it weighs, and within what.
FIGURES = tuple(
    tuple(_field(kind, part) for part in parts)
    for kind in HardshipKind
    for parts in (PARTS[:2], PARTS[2:])
)


def _publish(weights: SignWeights, actor: User) -> SignWeights:
    on, now = timezone.localdate(), timezone.now()
    return publish_weights(weights=weights, seen=weights.mark(), actor=actor, on=on, now=now)


ACTIONS = (
    send_action("weights", lambda one, actor: send_weights(weights=one, actor=actor)),
    send_back_action("weights", lambda one, actor: send_back_weights(weights=one, actor=actor)),
    version_action(
        name="publish_weights",
        title="살펴보았고, 시행하기",
        button="시행하기",
        done="{number}개를 시행합니다. 시행일부터 모든 가구의 점수를 다시 냅니다.",
        stands=VersionStatus.REVIEW,
        after="시행",
        do=_publish,
        says=lambda one: "\n".join(
            [
                f"시행일 {one.since:%Y-%m-%d}",
                *map(": ".join, _rows(one.weights)),
                f"이유: {one.reason}",
            ]
        ),
        then=tasks.weigh_signs.delay,
    ),
)
# Offered to those alone who may be the second person.
BY_A_SECOND = ("publish_weights",)


@admin.register(SignWeights)
class SignWeightsAdmin(VersionAdmin[SignWeights]):
    form = WeightsForm
    list_display = ("since", "status", "is_assumption", "made_by", "published_by", "published_at")
    list_filter = ("status",)
    list_select_related = ("made_by", "published_by")
    ordering = ("-since", "-pk")
    actions = tuple(
        as_action(one, "review" if one.name in BY_A_SECOND else "act") for one in ACTIONS
    )

    def has_act_permission(self, request: HttpRequest) -> bool:
        return permissions.can_act_on_weights(request.user)

    def has_review_permission(self, request: HttpRequest) -> bool:
        return permissions.can_review_weights(request.user)

    def may_write(self, actor: object) -> bool:
        return permissions.can_write_weights(actor)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return permissions.can_read_weights(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return permissions.can_read_weights(request.user)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The figures are fields of the form and none of the model's."""
        kwargs["fields"] = ("seen", "since", "reason")
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: SignWeights | None = None) -> tuple[Any, ...]:
        if self.has_change_permission(request, obj):
            return ("seen", "since", "reason", *FIGURES)
        return ("since", "reason", "is_assumption", "status", "table")

    def get_readonly_fields(
        self, request: HttpRequest, obj: SignWeights | None = None
    ) -> tuple[str, ...]:
        return () if self.has_change_permission(request, obj) else self.get_fields(request, obj)

    @admin.display(description="가중치")
    def table(self, weights: SignWeights) -> SafeString:
        return format_html_join("", "<p><strong>{}</strong>: {}</p>", _rows(weights.weights))

    def write(self, form: Any, *, draft: SignWeights | None, actor: User) -> SignWeights:
        return write_weights(**form.typed(), actor=actor, now=timezone.now(), draft=draft)
