"""Conditions and tables at the desk: written by one, previewed, and put in force by another."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.desk.exchange import ExportAdmin
from core.web.revision import raise_revision
from welfare import permissions, tasks
from welfare.admin.facility_actions import officer
from welfare.admin.rule_forms import FORMS
from welfare.admin.rule_list import COLUMNS, UnvouchedFilter
from welfare.admin.versions import EDITED_MEANWHILE
from welfare.enums import RuleKind, VersionStatus
from welfare.models import RuleEffect, RuleVersion
from welfare.queries.fact_names import programme_name
from welfare.queries.rule_preview import (
    VerdictChange,
    counted_on,
    digest_of,
    in_tens,
    regression_changes,
)
from welfare.queries.rule_typing import programmes_called
from welfare.queries.rule_words import (
    VERDICT_WORDS,
    say_fault,
    slot_words,
    subject_words,
    version_words,
)
from welfare.rules.figures import PAID
from welfare.services import rule_versions as services
from welfare.services.screening import start_rule_run
from welfare.services.versions import VersionChanged, VersionRefused

# What is done on the strength of what the page said: it sends the mark of that.
READ_FIRST = frozenset({"edit", "send", "publish", "drop"})


@admin.register(RuleVersion)
class RuleVersionAdmin(ExportAdmin[RuleVersion]):
    export_columns = COLUMNS
    export_name = "rules"
    list_display = ("whose", "place", "says", "since", "law", "checked", "status")
    list_filter = ("status", "kind", UnvouchedFilter)
    search_fields = ("programme", "=benefit_code", "figure", "title", "law")
    search_help_text = "사업, 급여 번호, 기준표 이름이나 근거로 찾습니다."
    ordering = ("-pk",)
    list_select_related = ("replaces",)
    list_before_template = "admin/welfare/ruleversion/before.html"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[RuleVersion], search_term: str
    ) -> tuple[QuerySet[RuleVersion], bool]:
        """Find by what the list says as well: a programme and a table are kept by their codes."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if not (programmes := programmes_called(search_term)):
            return found, may_repeat
        paid = [f"{PAID}{key}" for key in programmes]
        of_them = Q(programme__in=programmes) | Q(figure__in=paid)
        of_them |= Q(replaces__programme__in=programmes) | Q(replaces__figure__in=paid)
        return found | queryset.filter(of_them), may_repeat

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return permissions.can_write_rules(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return permissions.can_read_rules(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A page for each version; what may be done on it, the page and its services say."""
        return permissions.can_read_rules(request.user)

    @admin.display(description="무엇의")
    def whose(self, version: RuleVersion) -> str:
        return subject_words(version)

    @admin.display(description="자리", ordering="slot")
    def place(self, version: RuleVersion) -> str:
        return slot_words(version)

    @admin.display(description="내용")
    def says(self, version: RuleVersion) -> str:
        return version_words(version)

    @admin.display(description="원문 대조", boolean=True)
    def checked(self, version: RuleVersion) -> bool:
        return version.is_verified and version.verified_by_id is not None

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for a new condition, or with `?kind=FIGURE` for a new table."""
        if not permissions.can_write_rules(request.user):
            raise PermissionDenied
        kind = RuleKind.FIGURE if request.GET.get("kind") == RuleKind.FIGURE else RuleKind.CONDITION
        form = FORMS[kind](request.POST or None)
        if request.method == "POST" and form.is_valid():
            version = self._kept(
                request, form, partial(services.draft_rule, kind=kind, actor=officer(request))
            )
            if version is not None:
                _count(request, version)
                messages.success(request, "쓰기 시작했습니다. 바뀌는 판정을 확인해 주세요.")
                return redirect("admin:welfare_ruleversion_change", version.pk)
        title = "새 기준표" if kind == RuleKind.FIGURE else "새 조건"
        context = {**self.admin_site.each_context(request), "title": title, "form": form}
        return TemplateResponse(
            request, "admin/welfare/ruleversion/form.html", context | {"opts": self.opts}
        )

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show one version whole, and take what is done with it."""
        if not permissions.can_read_rules(request.user):
            raise PermissionDenied
        held = RuleVersion.objects.select_related("replaces", "made_by", "published_by")
        version = get_object_or_404(held, pk=object_id if object_id.isdecimal() else None)
        form = None
        if permissions.can_edit_rule(request.user, version):
            posted = request.POST if request.POST.get("act") == "edit" else None
            form = FORMS[version.kind](posted, initial=FORMS[version.kind].initial_of(version))
        if request.method == "POST":
            response = self._act(request, version, form)
            if response is not None:
                return response
        return TemplateResponse(
            request, "admin/welfare/ruleversion/page.html", self._page(request, version, form)
        )

    def _page(self, request: HttpRequest, version: RuleVersion, form: Any) -> dict[str, Any]:
        """Work out what would change only where somebody still writes or reads it."""
        is_open = version.status in (VersionStatus.DRAFT, VersionStatus.REVIEW)
        said = {one.household: one for one in version.explanations.order_by("pk")}
        counted = RuleEffect.objects.filter(version=version, digest=digest_of(version))
        effect = counted.first() if is_open else None
        try:
            changes, fault = regression_changes(version) if is_open else [], ""
        except ValueError as wrong:
            changes, fault = [], say_fault(wrong)
        return {
            **self.admin_site.each_context(request),
            "title": f"{subject_words(version)} {slot_words(version)}".strip(),
            "opts": self.opts,
            "version": version,
            "words": version_words(version),
            "replaced_words": version_words(version.replaces) if version.replaces else "",
            "form": form,
            "fault": fault,
            "is_open": is_open,
            "changes": [
                (_in_words(one), _matching(said.get(one.household.name), one)) for one in changes
            ],
            "effect": effect
            and {
                "asked": in_tens(effect.asked, "asked"),
                "gain": in_tens(effect.gain, "gain"),
                "lose": in_tens(effect.lose, "lose"),
                "counted_at": effect.counted_at,
                "on": counted_on(version, timezone.localdate(effect.counted_at)),
            },
            "explained": [
                (one, VERDICT_WORDS[one.before], VERDICT_WORDS[one.after]) for one in said.values()
            ],
            "steps": version.steps.select_related("by").order_by("at", "pk"),
            "seen": version.mark(),
            "may_drop": form is not None and not version.was_sent(),
            "may_follow": permissions.can_follow_rule(request.user, version),
            "may_publish": permissions.can_publish_rule(request.user, version),
            "may_send_back": permissions.can_send_back_rule(request.user, version),
        }

    def _act(self, request: HttpRequest, version: RuleVersion, form: Any) -> HttpResponse | None:
        act = request.POST.get("act", "")
        if act in READ_FIRST and request.POST.get("seen") != version.mark():
            return self._refuse_unseen(request, version, form if act == "edit" else None)
        if act == "edit":
            if form is None:
                raise PermissionDenied
            seen = request.POST.get("seen")
            edit = partial(services.edit_rule, version=version, actor=officer(request), seen=seen)
            if not form.is_valid() or self._kept(request, form, edit) is None:
                return None
            _count(request, version)
            messages.success(request, "고쳤습니다.")
        elif act in ACTS:
            try:
                found = ACTS[act](request, version)
            except VersionRefused as refused:
                messages.error(request, str(refused))
            except ValueError as fault:
                messages.error(request, say_fault(fault))
            else:
                if found is None:
                    return redirect("admin:welfare_ruleversion_changelist")
                version = found
        return redirect(reverse("admin:welfare_ruleversion_change", args=[version.pk]))

    def _refuse_unseen(
        self, request: HttpRequest, version: RuleVersion, form: Any
    ) -> HttpResponse | None:
        """Do nothing with what reads otherwise by now, and keep what was typed.

        Whoever pressed twice finds what they have just kept.
        """
        if form is not None and _stands(form, version):
            return redirect(request.path)
        if form is None:
            messages.error(request, str(VersionChanged()))
            return redirect(request.path)
        form.add_error(None, EDITED_MEANWHILE)
        return None

    def _kept(
        self, request: HttpRequest, form: Any, keep: Callable[..., RuleVersion]
    ) -> RuleVersion | None:
        try:
            return keep(told=form.told(), now=timezone.now())
        except ValueError as fault:
            form.add_fault(fault)
        except VersionRefused as refused:
            form.add_error(None, str(refused))
        return None


def _stands(form: Any, version: RuleVersion) -> bool:
    """Say whether what was typed is what the draft says already."""
    told = form.told() if form.is_valid() else {"": None}
    return all(getattr(version, name, ...) == value for name, value in told.items())


def _count(request: HttpRequest, version: RuleVersion) -> None:
    """Have it counted, beside the request, whom a draft would concern as it reads now."""
    counting = tasks.count_rule_effect
    transaction.on_commit(lambda: _hand_over(request, counting, version, UNCOUNTED))


def _hand_over(request: HttpRequest, task: Any, version: RuleVersion, otherwise: str) -> None:
    """Give a task away; where nobody takes it, what was written stands, and it is said."""
    try:
        task.delay(version=version.pk)
    except OperationalError:
        messages.warning(request, otherwise)


def _text(request: HttpRequest, name: str) -> str:
    """Answer what was typed, or refuse what no database keeps; forms refuse it by themselves."""
    text = request.POST.get(name, "")
    if "\0" in text:
        raise VersionRefused("글에 저장할 수 없는 글자(NUL)가 있습니다. 지우고 다시 적어 주세요.")
    return text


def _explain(request: HttpRequest, version: RuleVersion) -> RuleVersion:
    services.explain_rule(
        version=version,
        household=request.POST.get("household", ""),
        text=_text(request, "text"),
        actor=officer(request),
        now=timezone.now(),
    )
    messages.success(request, "설명을 적었습니다.")
    return version


def _send(request: HttpRequest, version: RuleVersion) -> RuleVersion:
    services.send_rule(version=version, actor=officer(request), now=timezone.now())
    _count(request, version)
    messages.success(request, "검토를 요청했습니다. 다른 사람이 시행합니다.")
    return version


def _send_back(request: HttpRequest, version: RuleVersion) -> RuleVersion:
    words = _text(request, "words")
    services.send_back_rule(
        version=version, actor=officer(request), words=words, now=timezone.now()
    )
    messages.success(request, "돌려보냈습니다.")
    return version


UNCOUNTED = (
    "작업 대기열이 답하지 않아, 몇 분께 해당하는지는 아직 세지 못합니다. 저장은 되었습니다. "
    "나중에 한 번 더 저장하면 셉니다."
)
UNSENT = "작업 대기열이 답하지 않아, 해당하는 분들께는 대기열이 돌아온 뒤에 알립니다."
PUBLISHED_WORDS = (
    "시행했습니다. 해당하는 분들께 몇 분 안에 알립니다. 밤(21시~8시)이면 아침에, 모아서 받기로 한 "
    "분께는 모아 보내는 때에 갑니다."
)


def _publish(request: HttpRequest, version: RuleVersion) -> RuleVersion:
    now = timezone.now()
    with transaction.atomic():
        held = services.publish_rule(
            version=version, seen=request.POST.get("seen", ""), actor=officer(request), now=now
        )
        # In force with the run that tells of it: a task that is lost on its way costs a minute.
        start_rule_run(version=held, on=timezone.localdate(now), now=now)
        transaction.on_commit(lambda: _after_publication(request, held))
    messages.success(request, PUBLISHED_WORDS)
    return version


def _after_publication(request: HttpRequest, version: RuleVersion) -> None:
    """What follows once it is in force: pages are made anew, and those concerned are told."""
    raise_revision()
    _hand_over(request, tasks.start_rule_run, version, UNSENT)


def _follow(request: HttpRequest, version: RuleVersion) -> RuleVersion:
    begun = services.begin_successor(
        of=version, kind=RuleKind(version.kind), actor=officer(request), now=timezone.now()
    )
    _count(request, begun)
    return begun


def _remove(request: HttpRequest, version: RuleVersion) -> RuleVersion:
    begun = services.begin_successor(
        of=version,
        kind=RuleKind.REMOVAL,
        actor=officer(request),
        now=timezone.now(),
        note=_text(request, "words"),
    )
    _count(request, begun)
    return begun


def _drop(request: HttpRequest, version: RuleVersion) -> None:
    services.drop_rule(version=version, actor=officer(request))
    messages.success(request, "쓰던 것을 버렸습니다.")


ACTS: dict[str, Callable[[HttpRequest, RuleVersion], RuleVersion | None]] = {
    "explain": _explain,
    "send": _send,
    "back": _send_back,
    "publish": _publish,
    "follow": _follow,
    "remove": _remove,
    "drop": _drop,
}


def _in_words(change: VerdictChange) -> dict[str, Any]:
    return {
        "household": change.household,
        "programme": programme_name(change.household.programme),
        "before": VERDICT_WORDS[change.before.name],
        "after": VERDICT_WORDS[change.after.name],
        "on": change.on,
    }


def _matching(said: Any, change: Any) -> Any:
    """Answer the words on this change; those on another no longer count."""
    if said is None or (said.before, said.after) != (change.before.name, change.after.name):
        return None
    return said
