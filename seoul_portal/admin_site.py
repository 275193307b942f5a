"""The staff's door: signed in as everywhere else, worklists first, and a policy of its own."""

from dataclasses import dataclass
from functools import partial, wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.templatetags.static import static
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from accounts.models import User
from core.areas import declared_feeds
from core.desk.permissions import can_change_records, can_see_records
from core.desk.worklists import Worklist, in_words
from core.feeds.declaration import FeedDeclaration
from core.feeds.models import FeedRun
from seoul_portal.menu import draw_menu, worklists
from seoul_portal.sign_in import is_held_back, to_second_factor

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite
else:
    from unfold.sites import UnfoldAdminSite as AdminSite

# Alpine, which unfold is made with, evaluates its attributes as code. Only staff get these pages,
# and what citizens write is escaped on them; inline script stays forbidden (docs/adr/0007).
SCRIPTS = ["'self'", "'unsafe-eval'"]
# Of what unfold tells each page, what does not follow from the settings alone.
OF_WHO_ASKS = {"available_apps", "has_permission", "log_entries", "sidebar_navigation"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A worklist with what waits in it now."""

    worklist: Worklist
    number: int

    @property
    def words(self) -> str:
        return in_words(self.number)


@dataclass(frozen=True, slots=True)
class LastRun:
    """A feed and how it last fared."""

    feed: FeedDeclaration
    run: FeedRun | None


class PortalAdminSite(AdminSite):
    site_title = "서울 시민 서비스 포털 관리"
    site_header = "포털 관리"
    index_title = "할 일"
    index_template = "admin/worklists.html"
    enable_nav_sidebar = True

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self._kept: dict[str | None, dict[str, Any]] = {}

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Sign in by the portal's own door; whoever already has, and is not staff, is refused."""
        onward = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
            onward = reverse("admin:index")
        if self.has_permission(request):
            return HttpResponseRedirect(onward)
        if is_held_back(request):
            return to_second_factor(onward)
        if request.user.is_authenticated:
            raise PermissionDenied
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': onward})}")

    def has_permission(self, request: HttpRequest) -> bool:
        """Open to whoever works here today, in a session with both factors: asked each time."""
        return isinstance(request.user, User) and request.user.works_at_the_desk

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        if request.method == "POST":
            auth.logout(request)
        return HttpResponseRedirect("/")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return HttpResponseRedirect(reverse("account_change_password"))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        inner = super().admin_view(_reads_no_nul(view), cacheable)

        def relaxed(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            _refuse_what_no_text_holds(request)
            if request.path == reverse("admin:logout"):
                return self.logout(request)  # open to whoever may do nothing here any more, too
            response: Any = inner(request, *args, **kwargs)
            if self.has_permission(request):
                response._csp_update = {"script-src": SCRIPTS}  # noqa: SLF001
            return response

        # What Django looks for on a view: that it protects itself, and whether it asks who it is.
        relaxed.__dict__.update(inner.__dict__)
        return relaxed

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Ask what this person may see once a request: the page's frame wants it twice."""
        if app_label is not None:
            return list(super().get_app_list(request, app_label))
        held: list[Any] | None = getattr(request, "app_list", None)
        if held is None:
            held = request.app_list = super().get_app_list(request)  # type: ignore[attr-defined]
        return held

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Answer what every page's frame wants: what is the same for all is worked out once."""
        is_in = self.has_permission(request)
        frame = {**self._always(request), "has_permission": is_in}
        return {
            **frame,
            "available_apps": SimpleLazyObject(lambda: self.get_app_list(request)),
            "log_entries": SimpleLazyObject(lambda: self.get_log_entries(request)),
            "sidebar_navigation": (
                SimpleLazyObject(partial(self.get_sidebar_list, request))  # type: ignore[attr-defined]
                if is_in
                else []
            ),
            "draw_menu": partial(draw_menu, request, frame),
        }

    def _always(self, request: HttpRequest) -> dict[str, Any]:
        """Answer what follows from the settings and the language alone."""
        language = get_language()
        if settings.DEBUG or language not in self._kept:
            told = super().each_context(request)
            # Without colours unfold writes no inline style; ours come with `stylesheet`.
            self._kept[language] = {
                name: value for name, value in told.items() if name not in OF_WHO_ASKS
            } | {"colors": None}
        return self._kept[language]

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        context = {
            "waiting": [
                Waiting(worklist, worklist.number_for(request.user))
                for worklist in worklists()
                if worklist.is_shown_to(request.user)
            ],
            "last_runs": last_runs() if can_see_records(request.user, FeedRun) else [],
            "may_run": can_change_records(request.user, FeedRun),
        }
        return super().index(request, context | (extra_context or {}))


def _refuse_what_no_text_holds(request: HttpRequest) -> None:
    """PostgreSQL holds no NUL: an address with one leads nowhere, a filter with one is wrong."""
    if "\x00" in request.path_info:
        raise Http404
    if _holds_nul(request.GET):
        raise BadRequest("a filter holds a NUL")


def _reads_no_nul(view: Any) -> Any:
    """Refuse a form that holds a NUL, once it is known that whoever sent it may send one at all."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST" and _holds_nul(request.POST):
            raise BadRequest("a form holds a NUL")
        return view(request, *args, **kwargs)

    return guarded


def _holds_nul(told: QueryDict) -> bool:
    return any("\x00" in value for _, values in told.lists() for value in values)


def last_runs() -> list[LastRun]:
    feeds = declared_feeds()
    newest = FeedRun.objects.latest_of_each(list(feeds))
    runs = {run.feed: run for run in newest}
    return [LastRun(feed, runs.get(name)) for name, feed in feeds.items()]


def stylesheet(request: HttpRequest) -> str:
    return static("desk/desk.css")
