"""The home page, which sees every area."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.web.public import public


@public(max_age=60)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "seoul_portal/home.html")
