"""The staff's door: signed in as everywhere else, worklists first, and a policy of its own."""

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import admin, auth
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.templatetags.static import static
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from accounts import queries
from accounts.models import User
from core.areas import declared_feeds, policy_areas
from core.cases.worklists import WORKLISTS as CASES
from core.desk.permissions import can_change_records, can_see_records
from core.desk.worklists import Worklist, in_words
from core.feeds.declaration import FeedDeclaration
from core.feeds.models import FeedRun
from core.feeds.worklists import WORKLISTS
from core.kpi.worklists import WORKLISTS as OF_INDICATORS
from core.notices.worklists import WORKLISTS as OF_NOTICES
from seoul_portal.sign_in import is_held_back, to_second_factor

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite
else:
    from unfold.sites import UnfoldAdminSite as AdminSite

# Alpine, which unfold is made with, evaluates its attributes as code. Only staff get these pages,
# and what citizens write is escaped on them; inline script stays forbidden (docs/adr/0007).
SCRIPTS = ["'self'", "'unsafe-eval'"]


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
        # Without colours unfold writes no inline style; ours come with `stylesheet`.
        return super().each_context(request) | {"colors": None}

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


def worklists() -> list[Worklist]:
    """Answer what the areas declare, then what people, feeds and messages leave to do."""
    of_areas = (one for area in policy_areas() for one in area.worklists)
    of_rooms = (*WORKLISTS, *OF_NOTICES, *OF_INDICATORS)
    return [*CASES, *of_areas, *queries.WORKLISTS, *of_rooms]


def last_runs() -> list[LastRun]:
    feeds = declared_feeds()
    newest = FeedRun.objects.latest_of_each(list(feeds))
    runs = {run.feed: run for run in newest}
    return [LastRun(feed, runs.get(name)) for name, feed in feeds.items()]


def stylesheet(request: HttpRequest) -> str:
    return static("desk/desk.css")


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Worklists first, then every list that this person may see, by app; each page once.

    A list that is a worklist as it stands (its first filter keeps what waits) is among those alone.
    """
    mine = [one for one in worklists() if one.is_shown_to(request.user)]
    first = [
        {"title": str(one.title), "icon": one.icon, "link": one.url, "active": one.is_open}
        for one in mine
    ]
    groups: list[dict[str, Any]] = [
        {
            "title": "할 일",
            "items": [{"title": "한눈에", "icon": "home", "link": reverse("admin:index")}, *first],
        }
    ]
    taken = {one.url for one in mine}
    is_elsewhere = any(one.is_open(request) for one in mine)
    for app in admin.site.get_app_list(request):
        items = [
            {"title": str(model["name"]), "link": model["admin_url"]}
            | ({"active": _never} if is_elsewhere else {})
            for model in app["models"]
            if model["admin_url"] and model["admin_url"] not in taken
        ]
        if items:
            groups.append(
                {"title": str(app["name"]), "separator": True, "collapsible": True, "items": items}
            )
    return groups


def _never(request: HttpRequest) -> bool:
    return False
