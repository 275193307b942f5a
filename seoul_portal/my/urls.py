"""Addresses below `/my/`: never public, never kept by anybody."""

from django.urls import path

from seoul_portal.my import home

urlpatterns = [
    path("", home.my_home, name="my-home"),
]
