"""The contrast of a text is measured once for all texts that look the same.

Most of what axe takes goes into contrast, and most texts of a page look as those of the page
before: one colour on the same colours behind it, of the same size and weight. A text that looks as
one of which axe has measured enough contrast has enough; axe is asked about each other one, and
nothing is remembered of what it finds fault with or cannot tell. Where more may lie behind a text
than what it stands in (something else that has a colour reaches there, or the text runs out of its
own box), axe is asked each time.
"""

from typing import Any

# Wraps axe's own check, `color-contrast`. Called once for each document, with what has passed.
REMEMBER = """
passed => {
  const BARE = "rgba(0, 0, 0, 0)|none";
  const known = new Set(passed), fresh = [];
  let behinds, painted;
  const paint = (e, style) => `${style.backgroundColor}|${style.backgroundImage}`;
  // What an element and all that it stands in paint: in words, and the boxes that do.
  const behind = (e) => {
    if (!e) return { said: "", boxes: [] };
    if (behinds.has(e)) return behinds.get(e);
    const style = getComputedStyle(e), under = behind(e.parentElement), own = paint(e, style);
    const mixed = [style.opacity, style.filter, style.mixBlendMode, style.clipPath].join("|");
    const one = own === BARE && mixed === "1|none|normal|none" ? under : {
      said: `${under.said}/${own}|${mixed}`,
      boxes: own === BARE ? under.boxes : [...under.boxes, e.getBoundingClientRect()],
    };
    behinds.set(e, one);
    return one;
  };
  const everythingPainted = () => [...document.body.querySelectorAll("*")]
    .filter((e) => paint(e, getComputedStyle(e)) !== BARE)
    .map((e) => ({ e, box: e.getBoundingClientRect() }))
    .filter(({ box }) => box.width && box.height);
  const within = (box, outer) => box.left >= outer.left - 1 && box.right <= outer.right + 1 &&
    box.top >= outer.top - 1 && box.bottom <= outer.bottom + 1;
  const meet = (one, other) => one.left < other.right && other.left < one.right &&
    one.top < other.bottom && other.top < one.bottom;
  const placesOf = (e) => {
    const range = document.createRange(), boxes = [];
    for (const node of e.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || !node.textContent.trim()) continue;
      range.selectNodeContents(node);
      boxes.push(...range.getClientRects());
    }
    return boxes.length ? boxes : [e.getBoundingClientRect()];
  };
  const look = (e) => {
    if (e.getRootNode() !== document) return null;
    const style = getComputedStyle(e), { said, boxes } = behind(e), places = placesOf(e);
    if (!places.every((place) => boxes.every((box) => within(place, box)))) return null;
    if (painted.some(({ e: other, box }) => !other.contains(e) &&
        places.some((place) => meet(place, box)))) return null;
    return [said, style.color, style.fontSize, style.fontWeight, style.textShadow,
      style.webkitTextStroke, style.webkitTextFillColor].join("|");
  };
  const check = axe._audit.checks["color-contrast"], judge = check.evaluate;
  check.evaluate = function (e, ...others) {
    const seen = look(e);
    if (seen && known.has(seen)) return true;
    const tell = this.data;
    let told = {};
    this.data = (data) => { told = data ?? {}; return tell.call(this, data); };
    const verdict = judge.call(this, e, ...others);
    // What is hidden passes without being measured.
    if (seen && verdict === true && told.contrastRatio >= parseFloat(told.expectedContrastRatio)) {
      known.add(seen);
      fresh.push(seen);
    }
    return verdict;
  };
  window.colours = {
    begin() { behinds = new Map(); painted = everythingPainted(); },
    fresh: () => fresh.splice(0),
  };
}
"""
passed: set[str] = set()


def remember(found: dict[str, Any]) -> None:
    """Take from what a judgement found the looks that have passed in it."""
    passed.update(found.pop("fresh"))
