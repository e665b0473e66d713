"""An employer's colour as hue and chroma (OKLCH), from which its whole look is made.

Lightness is left out on purpose: css/tokens.css fixes it, so that text stays readable whatever
colour an employer picks. The conversion is Björn Ottosson's "A perceptual color space" (2020).
"""

from __future__ import annotations

import math

# Grey stays grey; beyond 0.13 many hues leave what a screen can show at our lightness.
CHROMA_MOST = 0.13


def hue_and_chroma(colour: str) -> tuple[float, float]:
    """`#rrggbb` as OKLCH hue (degrees, 0 to 360) and chroma (0 to about 0.32).

    Raises ValueError when it is not six hexadecimal digits after a hash.
    """
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(f"not a colour of the form #rrggbb: {colour!r}")
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return math.degrees(math.atan2(b, a)) % 360, math.hypot(a, b)


def look_css(colour: str) -> str:
    """The style sheet of an employer's look, to be served as text/css at /e/<employer>/look.css."""
    hue, chroma = hue_and_chroma(colour)
    return (
        f":root {{ --accent-hue: {hue:.1f}; --accent-chroma: {min(chroma, CHROMA_MOST):.3f}; }}\n"
    )


def _linear(channel: float) -> float:
    """One channel of sRGB, 0 to 1, without its gamma."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
