"""How a person wants pages to look: text size and contrast, kept in a cookie without an account."""

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COOKIE = "display"
YEAR_SECONDS = 365 * 24 * 60 * 60
SIZES = (100, 125, 150, 175, 200)
CONTRASTS: dict[str, str | Promise] = {"normal": _("보통"), "high": _("고대비")}
# What 1 rem is at 100 %: KRDS counts in tenths, so that 1.7rem is 17 px.
ROOT_PERCENT = 62.5
WRITTEN = re.compile(r"size-(\d{3})\.contrast-(normal|high)")


@dataclass(frozen=True, slots=True)
class Display:
    """The choices of one browser; anything unknown in the cookie counts as not chosen."""

    size: int = 100
    contrast: str = "normal"

    @classmethod
    def of(cls, request: HttpRequest) -> "Display":
        found = WRITTEN.fullmatch(request.COOKIES.get(COOKIE, ""))
        if found is None or int(found[1]) not in SIZES:
            return cls()
        return cls(size=int(found[1]), contrast=found[2])

    def changed(self, choices: dict[str, str]) -> "Display":
        size, contrast = choices.get("size", ""), choices.get("contrast", "")
        return Display(
            size=int(size) if size in {str(each) for each in SIZES} else self.size,
            contrast=contrast if contrast in CONTRASTS else self.contrast,
        )

    def keep(self, response: HttpResponseBase, *, secure: bool) -> None:
        response.set_cookie(
            COOKIE,
            f"size-{self.size}.contrast-{self.contrast}",
            max_age=YEAR_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=secure,
        )

    def sheet(self) -> str:
        """Answer the stylesheet that every page asks for; the pages are the same for all."""
        lines = []
        if self.contrast == "high":
            lines.append(f'@import url("{static("dist/contrast.css")}");')
        if self.size != SIZES[0]:
            lines.append(f"html{{font-size:{ROOT_PERCENT * self.size / 100:g}%}}")
        chosen = (
            f'[name="size"][value="{self.size}"]',
            f'[name="contrast"][value="{self.contrast}"]',
        )
        marks = ",".join(f".display__choice{each}::before" for each in chosen)
        frames = ",".join(f".display__choice{each}" for each in chosen)
        lines.append(f'{marks}{{content:"✓ "}}')
        lines.append(f"{frames}{{border-width:.3rem;font-weight:700}}")
        return "\n".join(lines)
