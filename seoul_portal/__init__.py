"""The roof: settings, addresses and whatever must see two areas at once."""

from seoul_portal.celery import app as celery_app

__all__ = ["celery_app"]
