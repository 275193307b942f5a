"""What kind of device somebody uses, in plain words: all that is kept of what a browser tells."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

# The first that the browser's mark holds decides: many name others beside themselves.
KINDS = (
    ("TABLET", ("iPad", "Tablet", "SM-T")),
    ("PHONE", ("iPhone", "Mobile", "Android")),
    ("COMPUTER", ("Windows", "Macintosh", "X11", "CrOS", "Linux")),
)
BROWSERS = (
    ("NAVER", ("NAVER(",)),
    ("WHALE", ("Whale/",)),
    ("KAKAOTALK", ("KAKAOTALK",)),
    ("SAMSUNG", ("SamsungBrowser/",)),
    ("EDGE", ("Edg/", "EdgA/", "EdgiOS/")),
    ("FIREFOX", ("Firefox/", "FxiOS/")),
    ("CHROME", ("Chrome/", "CriOS/")),
    ("SAFARI", ("Safari/",)),
)
UNKNOWN = "UNKNOWN"
WORDS = {
    "TABLET": _("태블릿"),
    "PHONE": _("휴대전화"),
    "COMPUTER": _("컴퓨터"),
    "NAVER": _("네이버 앱"),
    "WHALE": _("웨일"),
    "KAKAOTALK": _("카카오톡"),
    "SAMSUNG": _("삼성 인터넷"),
    "EDGE": _("엣지"),
    "FIREFOX": _("파이어폭스"),
    "CHROME": _("크롬"),
    "SAFARI": _("사파리"),
    UNKNOWN: _("알 수 없는 기기"),
}


@dataclass(frozen=True, slots=True)
class Device:
    kind: str
    browser: str

    @property
    def value(self) -> str:
        """What is stored: `PHONE CHROME`."""
        return f"{self.kind} {self.browser}"

    @property
    def words(self) -> str:
        kind = WORDS[self.kind]
        return str(kind) if self.browser == UNKNOWN else f"{kind} ({WORDS[self.browser]})"


@lru_cache(maxsize=1024)
def device_of(user_agent: str) -> Device:
    """Tell the device by what its browser says of itself (or by what was stored of that)."""
    kind, _blank, browser = user_agent.partition(" ")
    if kind in WORDS and browser in WORDS:
        return Device(kind, browser)
    return Device(_first(KINDS, user_agent), _first(BROWSERS, user_agent))


def _first(known: tuple[tuple[str, tuple[str, ...]], ...], text: str) -> str:
    return next((name for name, marks in known if any(mark in text for mark in marks)), UNKNOWN)
