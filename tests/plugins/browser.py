"""Chromium for the browser tests: the machine's own, found by `make test`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Takes the place of pytest-playwright's own, which looks for a downloaded browser."""
    found = os.environ.get("SINCERELY_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    # Chromium refuses its sandbox to root, which is what tests run as in most containers.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": found or None, "args": arguments}


WIDTHS = {"1280": {"width": 1280, "height": 850}, "390": {"width": 390, "height": 844}}
# Two frames, in which the new colours begin to fade in, and then the end of all that moves.
STILL = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const moving = document.getAnimations().filter(
    (each) => each.effect.getComputedTiming().endTime < Infinity
  );
  await Promise.all(moving.map((each) => each.finished.catch(() => null)));
}"""
PICTURES = Path(__file__).resolve().parents[2] / "var" / "screenshots"


@pytest.fixture
def sign_in(live_server: Any, page: Page) -> Callable[[Any], Page]:
    """`sign_in(rosa)`: the page of a browser in which this member is signed in."""

    def enter(identity: Any) -> Page:
        client = Client()
        client.force_login(identity)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        return page

    return enter


@pytest.fixture
def faults(page: Page) -> list[str]:
    """What the browser's console complains of; each test ends with none."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    return said


def settled(page: Page) -> None:
    """Wait until htmx has swapped in all that it asked for: a script may be too quick."""
    page.wait_for_function(
        "!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"
    )


def check_page(page: Page, name: str, *, whole: bool = False) -> None:
    """No accessibility fault that axe knows, nothing wider than the screen, in light and dark, on
    a desk and on a phone; a picture of each (of the `whole` page, or of what a screen shows) is
    kept under var/screenshots."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for width, size in WIDTHS.items():
        for scheme in ("light", "dark"):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            page.evaluate(STILL)
            page.screenshot(path=PICTURES / f"{name}-{width}-{scheme}.png", full_page=whole)
            found = [
                (fault["id"], [node["html"][:200] for node in fault["nodes"]])
                for fault in Axe().run(page).response["violations"]
            ]
            assert found == [], f"{name}, {width} px, {scheme}"
            too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(too_wide) <= 0, f"{name} scrolls sideways at {width} px"
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    if before:
        page.set_viewport_size(before)
