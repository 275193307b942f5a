"""Files of signs at the desk: looked at line by line, confirmed, and listed with what each did."""

import base64
import io
import zlib
from typing import IO, TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.widgets import UnfoldAdminFileFieldWidget

from core.desk.lists import ReadOnlyAdmin
from core.desk.streams import digest_of
from core.desk.tables import TableRefused
from core.uploads import MB, SizedFileField
from welfare import permissions
from welfare.admin.facility_actions import officer
from welfare.enums import HardshipKind
from welfare.models import HardshipImport
from welfare.rules.hardship import SignKind
from welfare.rules.sign_words import ARREARS
from welfare.services.sign_imports import (
    CHANGED,
    KNOWN,
    MOST_LINES,
    NEW,
    Outlook,
    SignsChanged,
    bring_in_signs,
    look_at_signs,
)
from welfare.services.sign_lines import COLUMNS

if TYPE_CHECKING:
    ImportDesk = ReadOnlyAdmin[HardshipImport]
else:
    ImportDesk = ReadOnlyAdmin

MOST_BYTES = 10 * MB
# A file of this size travels within the page that confirms it; a larger one is chosen again.
MOST_CARRIED = MB
LOOK_SECONDS = 60 * 60
VERDICTS = {NEW: "새 신호", CHANGED: "개월 수 바뀜", KNOWN: "이미 앎"}
LIST = "admin:welfare_hardshipimport_changelist"
ADD = "admin:welfare_hardshipimport_add"


class SignsForm(forms.Form):
    file = SizedFileField(
        most=MOST_BYTES,
        label="파일",
        help_text="CSV(UTF-8, CP949), 10MB까지. 첫 줄은 열 제목입니다.",
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".csv,text/csv"}),
    )


@admin.register(HardshipImport)
class HardshipImportAdmin(ImportDesk):
    """Nothing of a file is kept before it is confirmed, neither on disk nor in the database."""

    list_display = (
        "brought_at",
        "brought_by",
        "lines",
        "added",
        "changed",
        "known",
        "wrong",
    )
    list_display_links = None
    fields = ("who", "brought_at", "lines", "added", "changed", "known", "wrong")
    list_before_template = "admin/welfare/hardshipimport/before.html"
    list_select_related = ("brought_by",)
    sortable_by = ()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return permissions.can_see_sign_files(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return tuple(self.fields)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return permissions.can_bring_signs(request.user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[HardshipImport]:
        """One's own: how many lines another's file had says something of another's centre."""
        rows = HardshipImport.objects.order_by("-pk")
        if permissions.can_see_all_sign_files(request.user):
            return rows
        return rows.filter(brought_by=officer(request))

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-pk",)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {
            "title": "위기 신호 가져오기",
            "may_bring": self.has_add_permission(request),
            "may_see_figures": permissions.can_see_sign_figures(request.user),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST" and "token" in request.POST:
            return self._confirm(request)
        form = SignsForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            return self._look(request, form.cleaned_data["file"].file, form)
        return self._page(request, {"form": form})

    def _look(self, request: HttpRequest, file: IO[bytes], form: SignsForm) -> HttpResponse:
        try:
            told = look_at_signs(file=file, actor=officer(request), on=timezone.localdate())
        except TableRefused as refused:
            form.add_error("file" if form.is_bound else None, str(refused))
            return self._page(request, {"form": form})
        return self._preview(request, file, told)

    def _preview(self, request: HttpRequest, file: IO[bytes], told: Outlook) -> HttpResponse:
        token = {"digest": digest_of(file), "mark": told.mark}
        return self._page(
            request,
            {
                "told": told,
                "lines": [(one, VERDICTS[one.verdict]) for one in told.shown],
                "lines_unshown": told.lines - told.wrong - len(told.shown),
                "faults_unshown": told.fault_count - len(told.faults),
                "token": signing.dumps(token, salt=_salt(request)),
                "carried": _carried(request, file),
                "form": SignsForm(),
            },
        )

    def _confirm(self, request: HttpRequest) -> HttpResponse:
        """Write what was shown, unless the file or what it would do is another by now."""
        try:
            token = signing.loads(request.POST["token"], salt=_salt(request), max_age=LOOK_SECONDS)
            file = _brought(request)
        except signing.BadSignature:
            messages.error(request, "미리 보기가 오래되었습니다. 파일을 다시 골라 주세요.")
            return redirect(ADD)
        if file is None:
            form = SignsForm(request.POST, request.FILES)
            form.is_valid()
            return self._page(request, {"form": form})
        if digest_of(file) != token["digest"]:
            messages.warning(request, "미리 본 파일이 아니어서 다시 보여 드립니다.")
            return self._look(request, file, SignsForm())
        try:
            brought = bring_in_signs(
                file=file,
                mark=token["mark"],
                actor=officer(request),
                on=timezone.localdate(),
                now=timezone.now(),
            )
        except (SignsChanged, IntegrityError):
            messages.warning(request, "그 사이에 내용이 바뀌어 다시 보여 드립니다.")
            return self._look(request, file, SignsForm())
        messages.success(
            request, f"새 신호 {brought.added:,}건과 바뀐 신호 {brought.changed:,}건을 넣었습니다."
        )
        return redirect(LIST)

    def _page(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        common = {
            **self.admin_site.each_context(request),
            "title": "위기 신호 파일 가져오기",
            "opts": HardshipImport._meta,
            "columns": COLUMNS,
            "kinds": [
                (one.value, one.label, SignKind(one.value) in ARREARS) for one in HardshipKind
            ],
            "most_lines": MOST_LINES,
            "everywhere": permissions.can_bring_all_signs(request.user),
        }
        template = "admin/welfare/hardshipimport/form.html"
        return TemplateResponse(request, template, {**common, **context})

    @admin.display(description="가져온 사람")
    def who(self, one: HardshipImport) -> str:
        """By name alone: the page of an account is not everybody's."""
        return one.brought_by.called


def _salt(request: HttpRequest) -> str:
    """A preview is one person's: another's page confirms nothing."""
    return f"welfare.signs.{request.user.pk}"


def _carried(request: HttpRequest, file: IO[bytes]) -> str:
    """Answer the file as the page carries it, signed; an empty text where it is too large."""
    file.seek(0)
    content = file.read(MOST_CARRIED + 1)
    if len(content) > MOST_CARRIED:
        return ""
    packed = base64.b64encode(zlib.compress(content)).decode()
    return signing.TimestampSigner(salt=f"{_salt(request)}.file").sign(packed)


def _brought(request: HttpRequest) -> IO[bytes] | None:
    """Answer the file that is confirmed: as the page carried it, or chosen again."""
    if carried := request.POST.get("carried"):
        signer = signing.TimestampSigner(salt=f"{_salt(request)}.file")
        packed = signer.unsign(carried, max_age=LOOK_SECONDS)
        return io.BytesIO(zlib.decompress(base64.b64decode(packed)))
    form = SignsForm(request.POST, request.FILES)
    return form.cleaned_data["file"].file if form.is_valid() else None
