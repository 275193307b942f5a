"""Registers the roof with Django, and checks at start what only the areas can name."""

from django.apps import AppConfig


class SeoulPortalConfig(AppConfig):
    name = "seoul_portal"
    verbose_name = "서울 시민 서비스 포털"

    def ready(self) -> None:
        from core.areas import declared_feeds
        from core.feeds.services import connection_of

        for feed in declared_feeds().values():
            connection_of(feed)
