"""What the frame of every page knows about its address: language, home, the same page elsewhere."""

from django.conf import settings
from django.http import HttpRequest

from core.web.middleware import language_of
from core.web.sessions import PUBLIC_COMPUTER

ENGLISH = "/en"
# What staff see is written in Korean alone; from a refusal there the way leads to the home page.
KOREAN_ONLY = "/admin/"


def frame(request: HttpRequest) -> dict[str, object]:
    language = language_of(request.path)
    bare = request.path.removeprefix(ENGLISH) if language == "en" else request.path
    bare = bare or "/"
    query = request.META.get("QUERY_STRING", "")
    query = f"?{query}" if query else ""
    return {
        "language": language,
        "home_url": home_of(language),
        "korean_url": bare + query,
        "english_url": _english(bare, query),
        "korean_address": f"{settings.SITE_URL}{bare}",
        "english_address": f"{settings.SITE_URL}{ENGLISH}{bare}",
        "here": request.path + query,
        "here_address": f"{settings.SITE_URL}{request.path}",
        "is_public_page": is_public_page(request),
        "is_signed_in": _is_signed_in(request),
        "idle_seconds": _idle_seconds(request),
    }


def _english(bare: str, query: str) -> str:
    if bare.startswith(KOREAN_ONLY):
        return home_of("en")
    return f"{ENGLISH}{bare}{query}"


def home_of(language: str) -> str:
    return f"{ENGLISH}/" if language == "en" else "/"


def is_public_page(request: HttpRequest) -> bool:
    return getattr(request, "is_public_page", False)


def _is_signed_in(request: HttpRequest) -> bool | None:
    """Say whether somebody is signed in; a public page cannot know (None), and does not ask."""
    if is_public_page(request) or not hasattr(request, "user"):
        return None
    return request.user.is_authenticated


def _idle_seconds(request: HttpRequest) -> int:
    """Answer after how many idle seconds this session ends; 0 where it does not."""
    if not _is_signed_in(request) or PUBLIC_COMPUTER not in getattr(request, "session", ()):
        return 0
    return int(settings.PUBLIC_COMPUTER_SECONDS)
