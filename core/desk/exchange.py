"""A list of the admin that goes out as a file, or comes in as one that is looked at first."""

from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from unfold.widgets import UnfoldAdminFileFieldWidget

from core.desk.exports import FORMS, ExportColumn, export
from core.desk.imports import Checked, ListImport, StepsRefused, check
from core.desk.lists import DeskAdmin
from core.desk.tables import MOST_BYTES, Table, TableRefused, read_table
from core.uploads import SizedFileField

ModelT = TypeVar("ModelT", bound=Model)
SHOWN = 25
FAULTS_SHOWN = 200
# How long somebody may look at the preview; after it they choose the file again.
LOOK_SECONDS = 60 * 60
CHUNK = 500


class FileForm(forms.Form):
    file = SizedFileField(
        most=MOST_BYTES,
        label="파일",
        help_text="CSV(UTF-8, CP949)나 XLSX, 2MB까지. 첫 줄은 열 제목입니다.",
        # Unfold's script looks for unfold's own box beside every file input.
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )


class ExportAdmin(DeskAdmin[ModelT]):
    """Says what its file's columns are; whoever may see the list may take it along, as filtered."""

    list_before_template = "admin/desk/exchange.html"
    export_columns: ClassVar[tuple[ExportColumn, ...]]
    export_name: ClassVar[str]

    def may_export(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export_view)
        own = path("export/<str:form>/", view, name=self._name("export"))
        return [own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        links = {
            "exports": [
                (form.upper(), f"{self._url('export', form)}?{request.GET.urlencode()}")
                for form in (FORMS if self.may_export(request) else ())
            ],
        }
        return super().changelist_view(request, {**links, **(extra_context or {})})

    def export_rows(self, request: HttpRequest) -> "QuerySet[ModelT]":
        """Answer the rows of the list as it is filtered, whole."""
        rows: QuerySet[ModelT] = self.get_changelist_instance(request).get_queryset(request)
        return rows

    def export_view(self, request: HttpRequest, form: str) -> HttpResponseBase:
        if not self.may_export(request):
            raise PermissionDenied
        known = next((one for one in FORMS if one == form), None)
        if known is None:
            raise Http404
        return export(
            known,
            name=self.export_name,
            columns=self.export_columns,
            rows=self.export_rows(request).iterator(chunk_size=CHUNK),
        )

    def _name(self, what: str) -> str:
        return f"{self.model._meta.app_label}_{self.model._meta.model_name}_{what}"

    def _url(self, what: str, *args: Any) -> str:
        return reverse(f"admin:{self._name(what)}", args=args)


class ExchangeAdmin(ExportAdmin[ModelT]):
    """Says as well who may bring a list in.

    The rows of a file that was brought travel within the page, signed, until they are confirmed:
    nothing of it is kept, neither on disk nor in the database.
    """

    listing: ClassVar[ListImport]

    def may_import(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name=self._name("import")), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        link = {
            "import_url": self._url("import") if self.may_import(request) else "",
            "import_title": self.listing.title,
        }
        return super().changelist_view(request, {**link, **(extra_context or {})})

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self.may_import(request):
            raise PermissionDenied
        if request.method == "POST" and "rows" in request.POST:
            return self._confirmed(request)
        form = FileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            brought = form.cleaned_data["file"]
            try:
                table = read_table(brought.name, brought.read())
            except TableRefused as refused:
                form.add_error("file", str(refused))
            else:
                return self._preview(request, table, self._check(request, table))
        return self._page(request, {"form": form})

    def _confirmed(self, request: HttpRequest) -> HttpResponse:
        """Write what was shown, unless the same rows would do something else by now."""
        try:
            brought = signing.loads(
                request.POST["rows"], salt=self._salt(request), max_age=LOOK_SECONDS
            )
        except signing.BadSignature:
            messages.error(request, "미리 보기가 오래되었습니다. 파일을 다시 골라 주세요.")
            return HttpResponseRedirect(self._url("import"))
        lines = tuple((int(number), tuple(cells)) for number, cells in brought["lines"])
        table = Table(brought["form"], tuple(brought["header"]), lines)
        checked = self._check(request, table)
        if checked.mark != brought["mark"]:
            messages.warning(request, "그 사이에 내용이 바뀌어 다시 보여 드립니다.")
            return self._preview(request, table, checked)
        try:
            with transaction.atomic():
                number = self.listing.apply(checked.steps, request.user, timezone.now())
        except StepsRefused as refused:
            messages.error(request, f"아무것도 반영하지 않았습니다. {refused}")
            return self._preview(request, table, self._check(request, table))
        except IntegrityError:
            messages.warning(request, "그 사이에 내용이 바뀌어 다시 보여 드립니다.")
            return self._preview(request, table, self._check(request, table))
        messages.success(request, f"{number:,}줄을 반영했습니다.")
        return HttpResponseRedirect(self._url("changelist"))

    def _check(self, request: HttpRequest, table: Table) -> Checked:
        return check(table, self.listing, actor=request.user, on=timezone.localdate())

    def _preview(self, request: HttpRequest, table: Table, checked: Checked) -> HttpResponse:
        brought = {
            "form": table.form,
            "header": table.header,
            "lines": table.lines,
            "mark": checked.mark,
        }
        context = {
            "table": table,
            "checked": checked,
            "number": len(checked.steps),
            "steps": checked.steps[:SHOWN],
            "steps_unshown": max(0, len(checked.steps) - SHOWN),
            "faults": checked.faults[:FAULTS_SHOWN],
            "faults_unshown": max(0, len(checked.faults) - FAULTS_SHOWN),
            "mended": checked.mended[:SHOWN],
            "mended_unshown": max(0, len(checked.mended) - SHOWN),
            "passed_by": list(checked.passed_by.items()),
            "rows": signing.dumps(brought, salt=self._salt(request), compress=True),
        }
        return self._page(request, context)

    def _page(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        common = {
            **self.admin_site.each_context(request),
            "title": self.listing.title,
            "listing": self.listing,
            "opts": self.model._meta,
            "list_url": self._url("changelist"),
            "import_url": self._url("import"),
        }
        return TemplateResponse(request, "admin/desk/import.html", {**common, **context})

    def _salt(self, request: HttpRequest) -> str:
        """Rows are one person's for one list: another's page confirms nothing."""
        return f"desk.import.{self.model._meta.label}.{request.user.pk}"
