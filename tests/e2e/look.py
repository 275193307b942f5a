"""How a page can be looked at: how wide, how large the text, what contrast, script or none."""

from dataclasses import dataclass

from playwright.sync_api import Page

from core.web.display import COOKIE, ROOT_PERCENT

NARROW, WIDE = 360, 1280


@dataclass(frozen=True)
class Look:
    width: int = WIDE
    size: int = 100
    contrast: str = "normal"
    script: bool = True

    @property
    def cookie(self) -> str:
        return f"size-{self.size}.contrast-{self.contrast}"

    def __str__(self) -> str:
        parts = [f"{self.width}px", f"{self.size}%"]
        parts += ["contrast"] if self.contrast == "high" else []
        parts += [] if self.script else ["noscript"]
        return "-".join(parts)


# Looks that differ in width alone stand together: the sheet need not be asked for between them.
EVERY_LOOK = tuple(
    Look(width, size, contrast)
    for size, contrast in ((100, "normal"), (200, "normal"), (100, "high"))
    for width in (NARROW, WIDE)
)

# Answers the size of 1 rem once the sheet of the cookie's choices is there, the old one gone, and
# every colour that moves to its new one has arrived.
RENEW = """
() => new Promise((done, failed) => {
  const worn = document.querySelector('link[href*="/preferences.css"]');
  if (!worn) return failed(new Error("the page does not ask for /preferences.css"));
  const next = worn.cloneNode();
  next.href = worn.href.split("?")[0] + "?worn=" + performance.now();
  next.onload = () => {
    worn.remove();
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
    done(getComputedStyle(document.documentElement).fontSize);
  };
  next.onerror = () => failed(new Error("no sheet: " + next.href));
  worn.after(next);
})
"""
BROWSERS_REM = 16


def put_on(page: Page, look: Look, height: int) -> None:
    """Show the page in another look: pages are the same for all, only the sheet differs."""
    page.set_viewport_size({"width": look.width, "height": height})
    jar = {one["name"]: one for one in page.context.cookies(page.url)}
    if jar[COOKIE]["value"] == look.cookie:
        return
    page.context.add_cookies([{**jar[COOKIE], "value": look.cookie}])
    wanted = BROWSERS_REM * ROOT_PERCENT * look.size / 10_000
    assert page.evaluate(RENEW) == f"{wanted:g}px", f"{page.url} did not become {look}"
