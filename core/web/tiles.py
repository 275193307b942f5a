"""The 25 districts as a grid of equal tiles: where each stands, and how dark it is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language

from core.places.facts import District, districts

# In pixels of a picture that is not enlarged: the longest name of a language, at 17 px, has room.
WIDTHS = {"ko": 52, "en": 120}
HEIGHT = 52
GAP = 2
SHADES = 3


@dataclass(frozen=True, slots=True)
class DistrictTile:
    """One district's tile: `row` and `column` count from 0, `value` None where nothing is known."""

    name: str | Promise
    row: int
    column: int
    value: int | None
    url: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class PlacedTile:
    tile: DistrictTile
    x: int
    y: int
    width: int
    shade: int

    @property
    def shown(self) -> str:
        return "–" if self.tile.value is None else f"{self.tile.value:,}"

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def name_y(self) -> int:
        return self.y + 22

    @property
    def value_y(self) -> int:
        return self.y + 43


@dataclass(frozen=True, slots=True)
class TileGrid:
    tiles: tuple[PlacedTile, ...]
    width: int
    height: int
    tile_width: int
    tile_height: int = HEIGHT

    @property
    def is_wide(self) -> bool:
        return self.tile_width > WIDTHS["ko"]


def tile_grid(tiles: Iterable[DistrictTile]) -> TileGrid:
    tiles = tuple(tiles)
    first_row = min((tile.row for tile in tiles), default=0)
    first_column = min((tile.column for tile in tiles), default=0)
    shades = _shades(tiles)
    tile_width = WIDTHS["en" if get_language() == "en" else "ko"]
    across, down = tile_width + GAP, HEIGHT + GAP
    placed = tuple(
        PlacedTile(
            tile=tile,
            x=(tile.column - first_column) * across + GAP,
            y=(tile.row - first_row) * down + GAP,
            width=tile_width,
            shade=shades.get(tile.value or 0, 0),
        )
        for tile in tiles
    )
    return TileGrid(
        tiles=placed,
        width=max((each.x for each in placed), default=0) + across,
        height=max((each.y for each in placed), default=0) + down,
        tile_width=tile_width,
    )


def _shades(tiles: Iterable[DistrictTile]) -> dict[int, int]:
    """Answer the third that each value falls in, darkest for the most; 0 stays without shade."""
    values = sorted({tile.value for tile in tiles if tile.value})
    return {value: 1 + place * SHADES // len(values) for place, value in enumerate(values)}


def tiles_of(
    counts: Mapping[str, int], *, url_for: Callable[[District], str], current: str = ""
) -> list[DistrictTile]:
    """Answer all 25 tiles from counts by district code; a district without a count has 0."""
    english = get_language() == "en"
    return [
        DistrictTile(
            name=short_name(district, english=english),
            row=district.row,
            column=district.column,
            value=counts.get(district.code, 0),
            url=url_for(district),
            is_current=district.code == current,
        )
        for district in districts()
    ]


def short_name(district: District, *, english: bool) -> str:
    return district.name_en.removesuffix("-gu") if english else district.short_name
