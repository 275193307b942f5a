"""What a browser alone can judge: axe, overflow, size of type and of targets, policy, focus."""

from collections.abc import Collection
from typing import Any
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page, Request

from tests.e2e.colours import REMEMBER, passed, remember
from tests.e2e.record import record

LEAST_TYPE, LEAST_TARGET = 17, 44
AXE = Axe().axe_script
RUN = """options => { colours.begin(); return axe.run(options).then(
  ({ violations, testEngine }) => ({ violations, testEngine, fresh: colours.fresh() })) }"""
SETTLED_MS = 1_000
TURN_MS, MOST_TURNS = 50, 300
_fetching: WeakKeyDictionary[Page, set[Request]] = WeakKeyDictionary()
SERIOUS = ("serious", "critical")
TOO_WIDE = "5.3.2"  # the clause by which MEASURE names what scrolls sideways
# WCAG 2.5.8 excepts links inside a sentence; a label makes a small box a large target.
MEASURE = """
([leastType, leastTarget]) => {
  const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !e.closest(".sr-only, .skip, svg, [aria-hidden=true]");
  const told = (e) => `<${e.tagName.toLowerCase()} class="${e.getAttribute("class")}"> ` +
    (e.textContent || e.value || e.name || "").trim().slice(0, 40);
  const inSentence = (e) => getComputedStyle(e).display === "inline" &&
    [...e.parentNode.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  const faults = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    if (!node.textContent.trim() || !seen(e) || e.closest("script, style, noscript")) continue;
    const size = parseFloat(getComputedStyle(e).fontSize);
    if (size < leastType - 0.01) faults.push(`5.3.3 type of ${size} px: ${told(e)}`);
  }
  // What a picture says is as large as the picture is drawn.
  for (const e of document.querySelectorAll("svg text")) {
    if (!e.checkVisibility()) continue;
    const size = parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a;
    if (size < leastType - 0.01) faults.push(`5.3.3 drawn type of ${size} px: ${told(e)}`);
  }
  for (const e of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    if (!seen(e) || e.type === "hidden" || inSentence(e)) continue;
    const box = (e.closest("label") ?? e).getBoundingClientRect();
    if (box.height < leastTarget - 0.5 || box.width < Math.min(leastTarget, 24) - 0.5)
      faults.push(`6.1.3 a target of ${box.width} × ${box.height} px: ${told(e)}`);
  }
  const overflow = document.documentElement.scrollWidth - innerWidth;
  if (overflow > 0) {
    const wide = [...document.querySelectorAll("body *")].filter(
      (e) => e.getBoundingClientRect().right > innerWidth + 1 && seen(e));
    faults.push(`5.3.2 the page is ${overflow} px too wide: ${wide.slice(0, 3).map(told)}`);
  }
  return faults;
}
"""


def watch(page: Page) -> set[Request]:
    """Know from now on what a page fetches, for `settle`."""
    if page in _fetching:
        return _fetching[page]
    fetched = _fetching.setdefault(page, set())

    def over(request: Request) -> None:
        fetched.discard(request)

    page.on("request", lambda request: fetched.add(request))  # noqa: PLW0108 (no built-in)
    page.on("requestfinished", over)
    page.on("requestfailed", over)
    return fetched


def settle(page: Page) -> None:
    """Wait until nothing is fetched any more: `networkidle` would wait half a second beyond that.

    What comes later still is noted as long as the page is open, and axe takes longer than that.
    """
    fetched = watch(page)
    for _ in range(MOST_TURNS):
        page.wait_for_timeout(TURN_MS)
        if not fetched:
            return
    raise AssertionError(f"{page.url} fetches for more than {MOST_TURNS * TURN_MS / 1000:.0f} s")


def arrive(page: Page) -> None:
    """Wait for the page to which a click led, where it led to one."""
    fetched = watch(page)
    page.wait_for_timeout(0)  # let in what the browser has told meanwhile
    if fetched:
        settle(page)
    page.wait_for_load_state()


def faults_seen(page: Page, *, colours: bool = True) -> list[str]:
    """Answer one sentence for each fault on the page as it is shown now.

    Contrast takes most of the time; without `colours` it is left to a look that has the same.
    """
    found, seen = _judged(page, {} if colours else {"color-contrast": {"enabled": False}})
    faults = [*map(_sentence, found["violations"]), *seen]
    record.note(page, found, faults)
    return faults


def faults_of_the_desk(page: Page) -> list[str]:
    """Answer what is wrong on a page of the admin, whose type and marks are a library's.

    What axe calls serious, and whatever is wider than the screen.
    """
    found, seen = _judged(page, {}, grave=SERIOUS)
    serious = [one for one in found["violations"] if one["impact"] in SERIOUS]
    wide = [fault for fault in seen if fault.startswith(TOO_WIDE)]
    faults = [*map(_sentence, serious), *wide]
    record.note(page, found, faults)
    return faults


def _judged(
    page: Page, rules: dict[str, Any], grave: Collection[str] = ()
) -> tuple[dict[str, Any], list[str]]:
    """Judge where a click led, once more where the page was exchanged under the judgement."""
    arrive(page)
    try:
        return _judged_as_it_stands(page, rules, grave)
    except Error:
        settle(page)
        page.wait_for_load_state()
        return _judged_as_it_stands(page, rules, grave)


def _judged_as_it_stands(
    page: Page, rules: dict[str, Any], grave: Collection[str]
) -> tuple[dict[str, Any], list[str]]:
    found = _asked(page, rules)
    if any(not grave or one["impact"] in grave for one in found["violations"]):
        # Colours may have been on their way, on a busy machine: what is wrong is so twice.
        page.wait_for_timeout(SETTLED_MS)
        found = _asked(page, rules)
    return found, measured(page)


def _asked(page: Page, rules: dict[str, Any]) -> dict[str, Any]:
    """Bring axe to each document once, half a megabyte; take from it what is read here."""
    if not page.evaluate("'colours' in window"):
        page.evaluate(AXE)
        page.evaluate(REMEMBER, list(passed))
    options = {"preload": False, "resultTypes": ["violations"], "rules": rules}
    found = dict(page.evaluate(RUN, options))
    remember(found)
    return found


def measured(page: Page) -> list[str]:
    return list(page.evaluate(MEASURE, [LEAST_TYPE, LEAST_TARGET]))


def _sentence(violation: dict[str, Any]) -> str:
    where = [node["target"] for node in violation["nodes"]][:3]
    return f"axe {violation['id']}: {violation['help']} {where}"
