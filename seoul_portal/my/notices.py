"""`/my/notices/`: a person's messages, read by nobody else."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.notices.composing import for_whom
from core.notices.declaration import Notice
from core.notices.models import Bounce, Message
from core.notices.registry import UnknownNotice, get_notice
from core.notices.services.choosing import mark_read
from core.web.context import home_of
from core.web.middleware import language_of
from core.web.pagination import COUNT_CAP, Pager, capped, page_number
from seoul_portal.my.person import person_id_of

SEE_OTHER = 303


@dataclass(frozen=True)
class ShownMessage:
    """A message in the language of the page; one that no app knows any more says so."""

    message: Message

    @cached_property
    def notice(self) -> type[Notice] | None:
        try:
            return get_notice(self.message.notice)
        except UnknownNotice:
            return None

    @property
    def subject(self) -> str:
        return self._says("subject") or _("지난 알림")

    @property
    def body(self) -> str:
        return self._says("body") or _("이 알림의 글은 더는 보여 드릴 수 없습니다.")

    @property
    def reason(self) -> str:
        return self._says("reason")

    @property
    def for_whom(self) -> str:
        return for_whom(self.message) if self.message.about_id else ""

    def _says(self, part: str) -> str:
        if self.notice is None:
            return ""
        return self.notice.says(part, self.message.facts)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_list(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _mark_all(request)
    number = page_number(request.GET.get("page"))
    mine = Message.objects.visible_to(request.user.pk, on=timezone.localdate())
    count, is_capped = capped(mine.order_by()[: COUNT_CAP + 1].count())
    pager = Pager(number or 0, count, count_capped=is_capped)
    if not pager.is_in_range:
        raise Http404
    rows = mine.select_related("about").newest_first()[pager.offset : pager.offset + pager.size]
    shown = [ShownMessage(message) for message in rows]
    context = {
        "messages_shown": shown,
        "pager": pager,
        "first_shown": shown[0].message.pk if shown else 0,
        "has_unread": mine.unread().exists(),
        "bounces": Bounce.objects.filter(person=request.user.pk).order_by("pk"),
    }
    return render(request, "seoul_portal/notices/list.html", context)


def _mark_all(request: HttpRequest) -> HttpResponse:
    """Mark what the page showed and what is older; what has come meanwhile stays unread."""
    until = request.POST.get("until", "")
    if until.isascii() and until.isdecimal() and len(until) < len(str(2**63)):
        mark_read(person_id=person_id_of(request), until=int(until), now=timezone.now())
    return HttpResponseRedirect(reverse("my-notices"), status=SEE_OTHER)


@require_POST
def notice_open(request: HttpRequest, number: int) -> HttpResponse:
    """Mark one message as read, and go on to what it is about."""
    mine = Message.objects.visible_to(request.user.pk, on=timezone.localdate())
    message = get_object_or_404(mine, pk=number)
    mark_read(person_id=person_id_of(request), message_id=message.pk, now=timezone.now())
    goal = reverse("my-notices")
    if message.url:
        goal = home_of(language_of(request.path_info)).rstrip("/") + message.url
    return HttpResponseRedirect(goal, status=SEE_OTHER)
