"""Addresses below `/my/`: never public, never kept by anybody."""

from django.urls import path

from seoul_portal.my import home, requests

urlpatterns = [
    path("", home.my_home, name="my-home"),
    path("requests/", requests.my_requests, name="my-requests"),
    path("requests/<int:number>/", requests.my_request, name="my-request"),
    path(
        "requests/<int:number>/files/<int:file>/",
        requests.my_request_file,
        name="my-request-download",
    ),
]
