"""Views that the tests of the frame ask, each made to break one promise or to keep it."""

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.template.response import SimpleTemplateResponse
from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView

from core.web.public import anonymous, public
from seoul_portal.urls import urlpatterns as portal

asked = {"times": 0}


def count_users():
    return get_user_model().objects.count()


@public(max_age=60)
def well_behaved(request: HttpRequest) -> HttpResponse:
    asked["times"] += 1
    return HttpResponse(f"users: {count_users()} {'.' * 2000}")


def touching(action):
    @public(max_age=60)
    def view(request: HttpRequest) -> HttpResponse:
        action(request)
        return HttpResponse("ok")

    return view


class WritingResponse(SimpleTemplateResponse):
    @property
    def rendered_content(self):
        return str(write(None))


@public(max_age=60)
def writing_late(request: HttpRequest) -> SimpleTemplateResponse:
    return WritingResponse("core/preferences.html")


def write(request):
    with transaction.atomic():
        return get_user_model().objects.create_user("new@example.com", "pw")


@public(max_age=60)
def streaming(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(str(write(None)) for _ in range(1))


@public(max_age=60)
def moved(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("/elsewhere/")


@public(max_age=60)
def refused(request: HttpRequest) -> HttpResponse:
    return HttpResponse("no", status=400)


@public(max_age=3600)
class Api(APIView):
    authentication_classes = ()

    def get(self, request):
        return Response({"users": count_users()})

    def post(self, request):
        return Response({})


@anonymous
def open_form(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" or "write" in request.GET:
        write(request)
    return HttpResponse(get_token(request))


def closed(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


@login_not_required
def without_database(request: HttpRequest) -> HttpResponse:
    from django.db import OperationalError

    raise OperationalError("gone")


def sql(text):
    def run(request):
        with connection.cursor() as cursor:
            cursor.execute(text)

    return run


touched = {
    "session": lambda request: request.session.get("a"),
    "user": lambda request: request.user.is_authenticated,
    "messages": lambda request: list(request._messages),
    "cookies": lambda request: request.COOKIES.get("a"),
    "htmx": lambda request: bool(request.htmx),
    "token": get_token,
}
urlpatterns = [
    *portal,
    path("good/", well_behaved),
    path("late/", writing_late),
    path("stream/", streaming),
    path("moved/", moved),
    path("refused/", refused),
    path("form/", open_form),
    path("closed/", closed),
    path("broken/", broken),
    path("no-database/", without_database),
    path("api/good/", Api.as_view()),
    path("api/closed/", closed),
    path("api/broken/", broken),
    path("writes/", touching(write)),
    path("locks/", touching(sql("SELECT id FROM auth_permission FOR UPDATE"))),
    path("copies/", touching(sql("COPY auth_permission TO STDOUT"))),
    *[path(f"touches/{name}/", touching(action)) for name, action in touched.items()],
]

handler400 = "core.web.errors.bad_request"
handler403 = "core.web.errors.permission_denied"
handler404 = "core.web.errors.page_not_found"
handler500 = "core.web.errors.server_error"
