"""How a page can be looked at: how wide, how large the text, what contrast, script or none."""

from dataclasses import dataclass

NARROW, WIDE = 360, 1280


@dataclass(frozen=True)
class Look:
    width: int = WIDE
    size: int = 100
    contrast: str = "normal"
    script: bool = True

    def __str__(self) -> str:
        parts = [f"{self.width}px", f"{self.size}%"]
        parts += ["contrast"] if self.contrast == "high" else []
        parts += [] if self.script else ["noscript"]
        return "-".join(parts)


# Looks that differ in width alone stand together: a page need not be loaded anew between them.
EVERY_LOOK = tuple(
    Look(width, size, contrast)
    for size, contrast in ((100, "normal"), (200, "normal"), (100, "high"))
    for width in (NARROW, WIDE)
)
