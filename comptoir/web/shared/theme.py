"""The organisation's own stylesheet: its colour as custom properties, since a strict CSP allows no inline style."""

from comptoir.base.colour import palette


def theme_css(colour: str) -> str:
    """A stylesheet of one rule, to be linked after comptoir.css; readable whatever colour is given."""
    shades = palette(colour)
    light, dark = shades.light, shades.dark
    pairs = {
        "--brand": shades.brand,
        "--brand-ink": shades.brand_ink,
        "--accent": f"light-dark({light.accent}, {dark.accent})",
        "--accent-strong": f"light-dark({light.strong}, {dark.strong})",
        "--accent-ink": f"light-dark({light.ink}, {dark.ink})",
        "--accent-soft": f"light-dark({light.soft}, {dark.soft})",
        "--fill": f"light-dark({light.fill}, {dark.fill})",
        "--fill-strong": f"light-dark({light.fill_strong}, {dark.fill_strong})",
        "--fill-ink": f"light-dark({light.fill_ink}, {dark.fill_ink})",
        "--fill-edge": f"light-dark({light.fill_edge}, {dark.fill_edge})",
    }
    return ":root { " + " ".join(f"{name}: {value};" for name, value in pairs.items()) + " }\n"
