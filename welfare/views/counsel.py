"""`/welfare/counsel/`: ask one's community centre for a talk; `/my/requests/` tells how it goes."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.models import User
from core.cases.errors import CaseRefused
from core.cases.services import open_case
from welfare.cases import COUNSEL
from welfare.forms import CounselForm


def counsel(request: HttpRequest) -> HttpResponse:
    form = CounselForm(request.POST or None, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        told = form.cleaned_data
        try:
            case = open_case(
                kind=COUNSEL.slug,
                person=request.user,
                applicant=request.user.name or request.user.email,
                actor=request.user,
                words=told["text"],
                office_id=told["office"].pk if told["office"] else None,
                key=told["key"],
                now=timezone.now(),
            )
        except CaseRefused as refused:
            form.add_error("office" if not told["office"] else None, str(refused))
        else:
            return redirect("my-request", number=case.pk)
    return render(request, "welfare/counsel.html", {"form": form})
