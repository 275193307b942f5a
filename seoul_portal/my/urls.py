"""Addresses below `/my/`: never public, never kept by anybody."""

from django.urls import path

from seoul_portal.my import access, data, home

urlpatterns = [
    path("", home.my_home, name="my-home"),
    path("access/", access.my_access, name="my-access"),
    path("data/", data.my_data, name="my-data"),
    path("data/download/", data.my_data_download, name="my-data-download"),
    path("data/erase/", data.my_data_erase, name="my-data-erase"),
    path("data/keep/", data.my_data_keep, name="my-data-keep"),
]
