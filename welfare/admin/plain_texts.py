"""Benefits in plain words at the desk: drafts, those to read, and those whose time has come."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.models import User
from core.desk.previews import as_action
from core.web.revision import raise_revision
from welfare import permissions
from welfare.admin.rule_fields import BenefitField
from welfare.admin.versions import (
    DraftForm,
    VersionAdmin,
    send_action,
    send_back_action,
    version_action,
)
from welfare.enums import VersionStatus
from welfare.models import Benefit, PlainText
from welfare.services.plain_texts import (
    publish_plain_text,
    send_back_plain_text,
    send_plain_text,
    withdraw_plain_text,
    write_plain_text,
)


class DueFilter(admin.SimpleListFilter):
    title = "검토"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("due", "다시 볼 것")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[PlainText]) -> QuerySet[PlainText]:
        if self.value() != "due":
            return queryset
        due = PlainText.objects.to_review(timezone.localdate())
        return queryset.filter(pk__in=due.values("pk"))


class PlainTextForm(DraftForm):
    benefit_code = BenefitField(label="급여", widget=UnfoldAdminTextInputWidget())

    class Meta:
        model = PlainText
        fields = PlainText.SAYS

    def clean_review_by(self) -> Any:
        day = self.cleaned_data["review_by"]
        if day <= timezone.localdate():
            raise forms.ValidationError("다시 볼 날은 오늘보다 뒤여야 합니다.")
        return day


ACTIONS = (
    send_action("plain_texts", lambda one, actor: send_plain_text(text=one, actor=actor)),
    version_action(
        name="publish_plain_texts",
        title="읽어 보았고, 시민에게 보이기",
        button="보이기",
        done="{number}개를 보입니다.",
        stands=VersionStatus.REVIEW,
        after="시민에게 보임",
        do=lambda one, actor: publish_plain_text(
            text=one, seen=one.mark(), actor=actor, now=timezone.now()
        ),
        says=lambda one: f"{one.text}\n\n{one.text_en}\n\n다시 볼 날 {one.review_by:%Y-%m-%d}",
        then=raise_revision,
    ),
    send_back_action("plain_texts", lambda one, actor: send_back_plain_text(text=one, actor=actor)),
    version_action(
        name="withdraw_plain_texts",
        title="거두기",
        button="거두기",
        done="{number}개를 거두었습니다.",
        stands=VersionStatus.PUBLISHED,
        after="더는 보이지 않음",
        do=lambda one, actor: withdraw_plain_text(text=one, actor=actor),
        then=raise_revision,
        danger=True,
    ),
)
# Offered to those alone who may be the second person: whoever may only write would be told at the
# end of it that it takes another.
BY_A_SECOND = ("publish_plain_texts", "withdraw_plain_texts")


@admin.register(PlainText)
class PlainTextAdmin(VersionAdmin[PlainText]):
    form = PlainTextForm
    list_display = ("benefit", "text", "review_by", "status", "made_by", "reviewed_by")
    list_filter = ("status", DueFilter)
    list_select_related = ("made_by", "reviewed_by")
    search_fields = ("=benefit_code", "benefit_name", "text")
    search_help_text = "급여의 이름이나 번호, 내용으로 찾습니다."
    ordering = ("review_by", "-pk")
    actions = tuple(
        as_action(one, "review" if one.name in BY_A_SECOND else "act") for one in ACTIONS
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[PlainText]:
        """Name the benefit: a text is kept by its number, so that it outlives every sync."""
        named = Benefit.objects.filter(pk=OuterRef("benefit_code")).values("name")
        return super().get_queryset(request).annotate(benefit_name=Subquery(named))

    @admin.display(description="급여", ordering="benefit_code")
    def benefit(self, text: PlainText) -> str:
        return getattr(text, "benefit_name", None) or text.benefit_code

    def has_act_permission(self, request: HttpRequest) -> bool:
        return self.may_write(request.user)

    def has_review_permission(self, request: HttpRequest) -> bool:
        return permissions.can_review_plain_texts(request.user)

    def may_write(self, actor: object) -> bool:
        return permissions.can_write_plain_texts(actor)

    def write(self, form: Any, *, draft: PlainText | None, actor: User) -> PlainText:
        told = form.typed() | {"actor": actor, "now": timezone.now()}
        return write_plain_text(**told, draft=draft)

    def save_model(self, request: HttpRequest, obj: PlainText, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        # What is said of it then names the benefit, as an annotation does in the list.
        named = Benefit.objects.filter(pk=form.typed()["benefit_code"])
        vars(obj)["benefit_name"] = named.values_list("name", flat=True).first()
