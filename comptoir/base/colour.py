"""An organisation's colour made readable: contrast computed (WCAG 2.2, 1.4.3), the given colour never trusted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import atan2, cbrt, cos, hypot, sin

DEFAULT = "#23435f"
ENOUGH = 4.6  # the rule says 4.5; a hair more, so that rounding to #rrggbb never falls under it
SEEN = 3.0  # WCAG 1.4.11: the edge of a control
DISTINCT = 1.4  # below this, a button in the brand's colour would melt into the paper
# What the accent is written on. The same values stand in comptoir.css; a test keeps the two equal.
LIGHT_SURFACES = ("#fbfaf7", "#ffffff", "#f1efe9")
DARK_SURFACES = ("#15171a", "#1d2024", "#101214", "#272b30")
LIGHT_INK, DARK_INK = "#ffffff", "#10161c"
_HEX = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)

type Rgb = tuple[float, float, float]
type Lch = tuple[float, float, float]


@dataclass(frozen=True)
class Shades:
    """One scheme's accent (text, pressed, ink on it, a wash of it) and its main button, faithful to the brand."""

    accent: str
    strong: str
    ink: str
    soft: str
    fill: str
    fill_strong: str
    fill_ink: str
    fill_edge: str


@dataclass(frozen=True)
class Palette:
    """All that is derived from one colour. `brand` is the colour itself, for bands without text."""

    brand: str
    brand_ink: str
    light: Shades
    dark: Shades


@lru_cache(maxsize=256)
def palette(colour: str) -> Palette:
    """Shades with at least 4.5 of contrast wherever they carry or are text; a malformed colour counts as ours."""
    brand = colour.lower() if _HEX.fullmatch(colour) else DEFAULT
    lightness, chroma, hue = _oklch(_rgb(brand))
    light = (min(lightness, 0.6), min(chroma, 0.17), hue)
    dark = (max(lightness, 0.72), min(chroma, 0.105), hue)
    return Palette(
        brand,
        _ink_on(brand),
        _shades(light, LIGHT_SURFACES, _hex(_in_gamut(0.95, min(chroma, 0.022), hue)), LIGHT_INK, -0.01, brand),
        _shades(dark, DARK_SURFACES, _hex(_in_gamut(0.28, min(chroma, 0.04), hue)), DARK_INK, 0.01, brand),
    )


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two #rrggbb colours, 1 to 21."""
    low, high = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))))
    return (high + 0.05) / (low + 0.05)


def _shades(start: Lch, surfaces: Iterable[str], soft: str, ink: str, step: float, brand: str) -> Shades:
    """Walk from the brand's own lightness, by `step`, until text in that colour is readable everywhere."""
    paper, *_ = surfaces = tuple(surfaces)
    lightness, chroma, hue = start
    while min(contrast(_hex(_in_gamut(lightness, chroma, hue)), one) for one in (*surfaces, soft, ink)) < ENOUGH:
        lightness += step
    accent = _hex(_in_gamut(lightness, chroma, hue))
    strong = _hex(_in_gamut(min(max(lightness + 9 * step, 0.0), 1.0), chroma, hue))
    if contrast(brand, paper) < DISTINCT:
        return Shades(accent, strong, ink, soft, accent, strong, ink, accent)
    edge = brand if contrast(brand, paper) >= SEEN else accent
    return Shades(accent, strong, ink, soft, brand, _pressed(brand), _ink_on(brand), edge)


def _ink_on(colour: str) -> str:
    """White where white is readable, black elsewhere: one of the two is always above 4.5."""
    return "#ffffff" if contrast("#ffffff", colour) >= 4.5 else "#000000"


def _pressed(brand: str) -> str:
    """The button under the pointer: further from its ink, never nearer."""
    lightness, chroma, hue = _oklch(_rgb(brand))
    away = -0.07 if _ink_on(brand) == "#ffffff" else 0.05
    return _hex(_in_gamut(min(max(lightness + away, 0.0), 1.0), chroma, hue))


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(min(max(part, 0.0), 1.0) * 255):02x}" for part in rgb)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _luminance(rgb: Rgb) -> float:
    red, green, blue = map(_linear, rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklch(rgb: Rgb) -> tuple[float, float, float]:
    """Lightness, chroma and hue in OKLCH (CSS Color 4, §9): equal steps look equal, the hue holds."""
    red, green, blue = map(_linear, rgb)
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    across = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    down = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, hypot(across, down), atan2(down, across)


def _in_gamut(lightness: float, chroma: float, hue: float) -> Rgb:
    """The colour a screen can show: chroma gives way, lightness and hue stay."""
    while True:
        rgb = _srgb(lightness, chroma, hue)
        if chroma <= 0 or all(-1e-4 <= part <= 1 + 1e-4 for part in rgb):
            return rgb
        chroma -= 0.005


def _srgb(lightness: float, chroma: float, hue: float) -> Rgb:
    across, down = max(chroma, 0) * cos(hue), max(chroma, 0) * sin(hue)
    long = (lightness + 0.3963377774 * across + 0.2158037573 * down) ** 3
    medium = (lightness - 0.1055613458 * across - 0.0638541728 * down) ** 3
    short = (lightness - 0.0894841775 * across - 1.2914855480 * down) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return _gamma(red), _gamma(green), _gamma(blue)
