"""Registers the roof with Django, and checks at start what only the areas can name."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class PortalAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "seoul_portal.admin_site.PortalAdminSite"


class SeoulPortalConfig(AppConfig):
    default = True
    name = "seoul_portal"
    verbose_name = "서울 시민 서비스 포털"

    def ready(self) -> None:
        from core.areas import declared_feeds
        from core.feeds.services import connection_of

        for feed in declared_feeds().values():
            connection_of(feed)
