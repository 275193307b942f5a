"""What two people put in force at the desk: who writes a draft, and actions that move many on."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.models import User
from core.desk.lists import DeskAdmin
from core.desk.previews import SHOWN, ActionRefused, Change, PreviewedAction
from welfare.admin.facility_actions import officer
from welfare.enums import VersionStatus
from welfare.models import Version
from welfare.services.versions import VersionRefused, hold

VersionT = TypeVar("VersionT", bound=Version)
CONFLICT = 409
EDITED_MEANWHILE = (
    "보신 뒤에 내용이 바뀌었습니다. 적으신 것은 아래에 그대로 있고, 아직 저장하지 않았습니다. "
    "위의 지금 내용과 견주어 보고 다시 저장해 주세요."
)


def version_action(
    *,
    name: str,
    title: str,
    button: str,
    done: str,
    stands: VersionStatus,
    after: str,
    do: Callable[[Any, User], object],
    says: Callable[[Any], str] | None = None,
    then: Callable[[], object] | None = None,
    danger: bool = False,
) -> PreviewedAction:
    """Answer the action that moves all chosen on, or none: those that stand elsewhere are refused.

    `do` is the service for one of them; `then` follows once all are kept. Where the second person
    puts something in force, `says` shows it whole: no more are chosen than the page has room for.
    """

    def changes(chosen: Sequence[Version], _told: dict[str, Any]) -> list[Change]:
        if any(one.status != stands for one in chosen):
            raise ActionRefused(f"‘{stands.label}’인 것만 골라 주세요.")
        if says is not None and len(chosen) > SHOWN:
            raise ActionRefused(f"읽고 정해야 하므로 한 번에 {SHOWN}개까지 고를 수 있습니다.")
        return [
            Change(str(one), says(one) if says else str(stands.label), after, one.mark())
            for one in chosen
        ]

    def perform(request: HttpRequest, chosen: Sequence[Version], _told: dict[str, Any]) -> int:
        try:
            with transaction.atomic():
                for one in chosen:
                    do(one, officer(request))
        except VersionRefused as refused:
            raise ActionRefused(str(refused)) from refused
        if then is not None:
            transaction.on_commit(then)
        return len(chosen)

    return PreviewedAction(
        name=name,
        title=title,
        button=button,
        done=done,
        changes=changes,
        perform=perform,
        danger=danger,
        as_seen=True,
    )


def send_action(noun: str, do: Callable[[Any, User], object]) -> PreviewedAction:
    return version_action(
        name=f"send_{noun}",
        title="검토 요청",
        button="검토 요청",
        done="{number}개의 검토를 요청했습니다.",
        stands=VersionStatus.DRAFT,
        after="검토 기다림",
        do=do,
    )


def send_back_action(noun: str, do: Callable[[Any, User], object]) -> PreviewedAction:
    return version_action(
        name=f"send_back_{noun}",
        title="돌려보내기",
        button="돌려보내기",
        done="{number}개를 돌려보냈습니다.",
        stands=VersionStatus.REVIEW,
        after="쓰는 중",
        do=do,
    )


class DraftForm(forms.ModelForm):  # type: ignore[type-arg]
    """A draft as somebody read it: what another wrote in it since then is not written over.

    The form carries the mark of what it began with. Where the draft reads otherwise by now, nothing
    is kept, what was typed stays, and `stands` is what the draft says in place of it.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    stands: Sequence[tuple[str, str]] = ()

    def __init__(self, *args: Any, **told: Any) -> None:
        super().__init__(*args, **told)
        if self.instance.pk is not None:
            self.initial["seen"] = self.instance.mark()

    def typed(self) -> dict[str, Any]:
        """Answer what was typed, by the names of what a version says."""
        return {name: self.cleaned_data[name] for name in self.instance.SAYS}

    def lines(self, told: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Say in words what a version says."""
        for name, value in told.items():
            field = self.fields[name]
            yield str(field.label), str(field.prepare_value(value))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if self.instance.pk is not None:
            self._compare()
        return told

    def _compare(self) -> None:
        try:
            held = hold(self.instance, VersionStatus.DRAFT)
        except VersionRefused as refused:
            self.add_error(None, str(refused))
            return
        says = {name: getattr(held, name) for name in held.SAYS}
        typed = None if self.errors else self.typed()
        # Whoever presses twice finds what they have just kept.
        if held.mark() in (self.cleaned_data.get("seen"), *self._marks_of(typed)):
            return
        known = set() if typed is None else set(self.lines(typed))
        self.stands = [line for line in self.lines(says) if line not in known]
        self.data = {**self.data.dict(), self.add_prefix("seen"): held.mark()}  # type: ignore[attr-defined]
        self.add_error(None, EDITED_MEANWHILE)

    def _marks_of(self, typed: dict[str, Any] | None) -> Iterator[str]:
        if typed is not None:
            yield type(self.instance)(pk=self.instance.pk, **typed).mark()


class VersionAdmin(DeskAdmin[VersionT]):
    """A list of versions; whoever writes them begins new ones and changes drafts."""

    change_form_before_template = "admin/welfare/draft_stands.html"

    def may_write(self, actor: object) -> bool:
        raise NotImplementedError

    def write(self, form: Any, *, draft: VersionT | None, actor: User) -> VersionT:
        """Keep what the form says, by the noun's own service."""
        raise NotImplementedError

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return self.may_write(request.user)

    def has_change_permission(self, request: HttpRequest, obj: VersionT | None = None) -> bool:
        is_draft = obj is None or obj.status == VersionStatus.DRAFT
        return is_draft and self.may_write(request.user)

    def get_fields(self, request: HttpRequest, obj: VersionT | None = None) -> Any:
        fields = super().get_fields(request, obj)
        may = self.has_change_permission(request, obj)
        return fields if may else [name for name in fields if name != "seen"]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show what was typed to whoever wrote on in what has been sent to be read meanwhile."""
        if request.method == "POST" and self.may_write(request.user):
            version = self.get_object(request, object_id)
            if version is not None and version.status != VersionStatus.DRAFT:
                return self._too_late(request, version)
        return super().change_view(request, object_id, form_url, extra_context)

    def _too_late(self, request: HttpRequest, version: VersionT) -> HttpResponse:
        form = self.form(request.POST, instance=version)
        context = {
            **self.admin_site.each_context(request),
            "title": str(version),
            "opts": self.opts,
            "version": version,
            "typed": [(one.label, one.value()) for one in form.visible_fields() if one.value()],
        }
        return TemplateResponse(
            request, "admin/welfare/draft_too_late.html", context, status=CONFLICT
        )

    def save_model(self, request: HttpRequest, obj: VersionT, form: Any, change: bool) -> None:
        kept = self.write(form, draft=obj if change else None, actor=officer(request))
        obj.pk = kept.pk
