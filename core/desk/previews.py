"""Actions on many rows that say what they will change before they do."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from core.desk.lists import ModelAdmin

# Each chosen row is one field of the form that confirms, of which Django takes 1,000.
MOST_CHOSEN = 500
SHOWN = 25
STEP = "desk_step"
SEEN = "desk_seen"
CHANGED = (
    "보신 뒤에 내용이 바뀌었거나, 미리 본 화면에서 오지 않았습니다. 아직 아무것도 하지 않았습니다. "
    "아래를 보고 다시 확인해 주세요."
)


class ActionRefused(Exception):
    """Nothing was changed; the message is a sentence for the officer who tried."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a preview: what it is, how it is now, and how it would be.

    `mark` names whatever else is approved with it, where that is more than fits a table.
    """

    subject: str
    before: str
    after: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedAction:
    """An action in two or three steps: (what is asked,) what would change, done.

    `changes` answers what would change, or raises ActionRefused; `perform` does it and answers how
    many rows it was. Both get the chosen rows and the cleaned answers of `form`.

    Where somebody approves what another wrote (`as_seen`), the form that confirms carries a mark of
    what was shown: if that reads otherwise by now, or the mark is missing, nothing is done and what
    would change now is shown.
    """

    name: str
    title: str
    button: str
    done: str
    changes: Callable[[Sequence[Any], dict[str, Any]], list[Change]]
    perform: Callable[[HttpRequest, Sequence[Any], dict[str, Any]], int]
    form: type[forms.Form] | None = None
    warning: str = ""
    danger: bool = field(default=False)
    as_seen: bool = False

    def respond(
        self, admin: ModelAdmin[Any], request: HttpRequest, rows: QuerySet[Model]
    ) -> HttpResponse | None:
        """Answer the page of the present step; None once all is done (back to the list)."""
        chosen = list(rows.order_by("pk")[: MOST_CHOSEN + 1])
        if len(chosen) > MOST_CHOSEN:
            messages.error(request, f"한 번에 {MOST_CHOSEN}개까지 고를 수 있습니다.")
            return None
        step = request.POST.get(STEP, "")
        form = self.form(request.POST if step else None) if self.form else None
        if form is not None and not (step and form.is_valid()):
            return self._page(admin, request, chosen, form=form, changes=None)
        answers = form.cleaned_data if form else {}
        try:
            was_seen = step == "confirm" and not self.as_seen
            changes = [] if was_seen else self.changes(chosen, answers)
            if was_seen or step == "confirm" and request.POST.get(SEEN) == seen_mark(changes):
                number = self.perform(request, chosen, answers)
                messages.success(request, self.done.format(number=f"{number:,}"))
                return None
        except ActionRefused as refused:
            messages.error(request, str(refused))
            return None
        if step == "confirm":
            messages.warning(request, CHANGED)
        return self._page(admin, request, chosen, form=form, changes=changes)

    def _page(
        self,
        admin: ModelAdmin[Any],
        request: HttpRequest,
        chosen: Sequence[Model],
        *,
        form: forms.Form | None,
        changes: list[Change] | None,
    ) -> HttpResponse:
        context = {
            **admin.admin_site.each_context(request),
            "title": self.title,
            "opts": admin.model._meta,
            "action": self,
            "form": form,
            "keys": [row.pk for row in chosen],
            "number": len(chosen),
            "changes": None if changes is None else changes[:SHOWN],
            "unshown": 0 if changes is None else max(0, len(changes) - SHOWN),
            "checkbox_name": ACTION_CHECKBOX_NAME,
            "step_name": STEP,
            "seen_name": SEEN,
            "seen": "" if changes is None else seen_mark(changes),
        }
        return TemplateResponse(request, "admin/desk/preview.html", context)


def seen_mark(changes: Sequence[Change]) -> str:
    """Answer a name of what a preview says, of all rows, also those it has no room for."""
    told = json.dumps([(one.subject, one.before, one.after, one.mark) for one in changes])
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


def as_action(action: PreviewedAction, *permissions: str) -> Callable[..., HttpResponse | None]:
    """Answer what a ModelAdmin takes for an action (`actions = [as_action(…)]`)."""

    def act(
        admin: ModelAdmin[Any], request: HttpRequest, rows: QuerySet[Model]
    ) -> HttpResponse | None:
        return action.respond(admin, request, rows)

    act.__name__ = action.name
    act.short_description = action.title  # type: ignore[attr-defined]
    if permissions:
        act.allowed_permissions = permissions  # type: ignore[attr-defined]
    return act
