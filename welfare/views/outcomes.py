"""`/welfare/received/<number>/`: what became of a benefit that somebody was told of."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from welfare.enums import OutcomeAnswer
from welfare.forms import OutcomeForm
from welfare.models import BenefitNews
from welfare.queries.sheets import names_of_benefits
from welfare.services.outcomes import AnswerRefused, answer_outcome


def benefit_outcome(request: HttpRequest, number: int) -> HttpResponse:
    if not isinstance(request.user, User):
        raise PermissionDenied
    asked = BenefitNews.objects.filter(pk=number, person=request.user, asked_at__isnull=False)
    news = asked.first()
    if news is None:
        raise Http404(_("여쭌 것이 없습니다."))
    form = OutcomeForm(request.POST or None)
    is_answered = news.is_answered
    if request.method == "POST" and not is_answered and form.is_valid():
        try:
            answer_outcome(
                number=number,
                person=request.user,
                answer=OutcomeAnswer(form.cleaned_data["answer"]),
                now=timezone.now(),
            )
        except AnswerRefused:
            is_answered = True  # by the same person, in another window
        is_answered = True
    told = dict(news.news)
    key = told["benefit"]
    context = {
        "form": form,
        "code": key,
        "name": names_of_benefits([key]).get(key, key),
        "is_answered": is_answered,
    }
    return render(request, "welfare/benefit_outcome.html", context)
