"""What every page's frame needs: the navigation, composed from the areas."""

from django.conf import settings
from django.http import HttpRequest

from core.areas import open_areas


def portal(request: HttpRequest) -> dict[str, object]:
    return {
        "open_areas": open_areas(),
        "official": settings.OFFICIAL,
        "site_url": settings.SITE_URL,
    }
