from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from sincerely import kernel
from sincerely.kernel.accent import CHROMA_MOST, hue_and_chroma, look_css

TOKENS = Path(kernel.__path__[0]) / "static/sincerely/css/tokens.css"
TEXT = ["accent", "accent-strong", "ink", "ink-soft", "ink-faint", "good", "warn", "bad", "info"]
GROUND = ["paper", "surface", "sunken", "accent-soft"]
PAIRS = [(text, ground, 4.5) for text in TEXT for ground in GROUND] + [
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-strong", 4.5),
    ("line-strong", "paper", 3.0),
    ("line-strong", "surface", 3.0),
    ("ink", "mark", 4.5),
    *((state, f"{state}-soft", 4.5) for state in ("good", "warn", "bad", "info")),
    *(("ink", f"{state}-soft", 4.5) for state in ("good", "warn", "bad", "info")),
]


def themes() -> dict[str, dict[str, str]]:
    """The colour tokens of each of the three lists in tokens.css, by their names."""
    css = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(), flags=re.DOTALL)
    blocks = re.findall(r"(:root[^{]*)\{([^{}]*)\}", css)
    lists = [dict(re.findall(r"--([\w-]+):\s*(oklch\(.*?\));", body)) for _, body in blocks]
    light, by_system, by_choice = lists[:3]
    return {"light": light, "dark by system": by_system, "dark by choice": by_choice}


def luminance(colour: str, hue: float, chroma: float) -> float:
    """Relative luminance (WCAG) of an oklch() token, cut to what a screen can show."""
    colour = colour.replace("var(--accent-hue)", str(hue))
    colour = colour.replace("var(--accent-chroma)", str(chroma))
    colour = re.sub(
        r"calc\(([\d.]+) \* ([\d.]+)\)", lambda m: str(float(m[1]) * float(m[2])), colour
    )
    light, chroma, hue = (float(part.rstrip("%")) for part in colour[6:-1].split())
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    light /= 100
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    red, green, blue = (min(max(channel, 0.0), 1.0) for channel in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: float, second: float) -> float:
    high, low = max(first, second), min(first, second)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark by system"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_text_stays_readable_whatever_colour_an_employer_picks(theme, text, ground, least):
    tokens = themes()[theme]
    for hue in range(0, 360, 5):
        for chroma in (0.0, 0.07, CHROMA_MOST):
            pair = [luminance(tokens[name], hue, chroma) for name in (text, ground)]
            assert contrast(*pair) >= least, f"hue {hue}, chroma {chroma}"


def test_dark_is_the_same_by_system_and_by_choice():
    assert themes()["dark by system"] == themes()["dark by choice"]


@pytest.mark.parametrize(
    ("colour", "hue", "chroma"),
    [("#ff0000", 29.23, 0.2577), ("#00ff00", 142.50, 0.2948), ("#0000ff", 264.05, 0.3132)],
)
def test_the_corners_of_srgb_have_their_published_hue_and_chroma(colour, hue, chroma):
    assert hue_and_chroma(colour) == pytest.approx((hue, chroma), abs=0.01)


def test_grey_stays_grey():
    assert hue_and_chroma("#808080")[1] == pytest.approx(0, abs=1e-4)


def test_a_shrill_colour_is_calmed():
    assert look_css("#ff00ff") == ":root { --accent-hue: 328.4; --accent-chroma: 0.130; }\n"


@pytest.mark.parametrize("colour", ["", "red", "#12345", "#1234567", "#12345g", "url(//x)"])
def test_what_is_no_colour_is_refused(colour):
    with pytest.raises(ValueError):  # noqa: PT011
        hue_and_chroma(colour)
