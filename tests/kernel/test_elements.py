"""The custom elements in a real browser, under our Content-Security-Policy, without a database."""

from __future__ import annotations

import mimetypes
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.staticfiles import finders
from django.template import engines
from django.test import RequestFactory

pytestmark = pytest.mark.browser

HOST = "http://pages.test"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'"
)
ROWS = "".join(
    f'<a class="lookup-row" role="option" id="found-{n}" href="/call/{n}" tabindex="-1">'
    f'<span class="lookup-name">{name}</span></a>'
    for n, name in enumerate(["Jo Smith", "Jo Smithers"], start=1)
)
CALL = """<call-card class="call" data-key-scope><p id="who">Jo Smith</p>
  <button type="button" data-close-panel>Close</button><div class="call-actions">
  <details><summary data-key="n">Note</summary><form><textarea id="note" aria-label="Note">
  </textarea></form></details>
  <details><summary data-key="c">Call</summary><form><textarea id="call" aria-label="Call">
  </textarea></form></details></div></call-card>"""
MOVE = (
    '<div class="dialog-head"><h2>Move</h2></div><form><p id="asked">{stage}</p>'
    '<button type="button" data-closes="dialog">Cancel</button></form>'
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium, where it has one."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found or "executable_path" in browser_type_launch_args:
        return browser_type_launch_args
    return {**browser_type_launch_args, "executable_path": found, "args": ["--no-sandbox"]}


def render(source: str, *, shortcuts: bool = True) -> str:
    request = RequestFactory().get("/desk/diner/")
    request.user = SimpleNamespace(is_authenticated=True, single_key_shortcuts=shortcuts)
    if source.startswith('{% extends "base_public'):
        request.user = AnonymousUser()
    request.employer = SimpleNamespace(name="Diner", slug="diner", logo="")
    request.membership = SimpleNamespace(is_admin=False)
    request._messages = CookieStorage(request)
    return engines["django"].from_string(source).render({}, request)


@pytest.fixture
def visit(page: Any) -> Iterator[Callable[..., list[str]]]:
    """`visit(source, shortcuts=True)` opens a template; the list it gives fills with requests."""
    asked: list[str] = []
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "console",
        lambda said: troubles.append(said.text) if "Content Security" in said.text else None,
    )

    def open_page(source: str, *, shortcuts: bool = True) -> list[str]:
        html = render(source, shortcuts=shortcuts)
        page.route("**/*", lambda route: answer(route, html, asked))
        page.goto(f"{HOST}/")
        return asked

    yield open_page
    assert troubles == []


def answer(route: Any, html: str, asked: list[str]) -> None:
    url = urlsplit(route.request.url)
    headers = {"Content-Security-Policy": POLICY}
    if url.path.startswith("/static/"):
        path = Path(finders.find(url.path.removeprefix("/static/")) or "")
        kind = mimetypes.guess_type(path.name)[0]
        route.fulfill(body=path.read_bytes(), content_type=kind, headers=headers)
        return
    if url.path.endswith("look.css"):
        route.fulfill(body="", content_type="text/css")
        return
    asked.append(url.path + (f"?{url.query}" if url.query else ""))
    stage = parse_qs(url.query).get("stage", [""])[0]
    bodies = {"/desk/diner/lookup/": ROWS, "/move/": MOVE.format(stage=stage)}
    body = bodies.get(url.path, CALL if url.path.startswith("/call/") else html)
    route.fulfill(body=body, content_type="text/html", headers=headers)


DESK = '{% extends "base_desk.html" %}{% block main %}<h1>Here</h1>{% endblock %}'


def test_a_slash_opens_the_look_up_and_enter_the_call_card(visit, page):
    asked = visit(DESK)
    page.keyboard.press("/")
    page.keyboard.type("smi")
    page.wait_for_selector("#found-1[aria-selected=true]")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#lookup-scrap", "aria-activedescendant") == "found-2"
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel #who")
    assert asked[-1] == "/call/2"
    assert page.locator("dialog[open]").count() == 0


def test_typing_fast_asks_once(visit, page):
    asked = visit(DESK)
    page.keyboard.press("Control+k")
    page.keyboard.type("smith", delay=5)
    page.wait_for_selector("#found-1")
    assert [path for path in asked if "lookup" in path] == ["/desk/diner/lookup/?q=smith"]


def test_escape_closes_the_look_up_and_forgets_the_scrap(visit, page):
    visit(DESK)
    page.keyboard.press("/")
    page.keyboard.type("smi")
    page.wait_for_selector("#found-1")
    page.keyboard.press("Escape")
    page.wait_for_selector("#lookup", state="hidden")
    assert page.input_value("#lookup-scrap") == ""


def test_single_keys_can_be_switched_off_but_control_k_stays(visit, page):
    visit(DESK, shortcuts=False)
    page.keyboard.press("/")
    assert page.locator("dialog[open]").count() == 0
    page.keyboard.press("Control+k")
    assert page.locator("dialog#lookup[open]").count() == 1


def test_the_switch_on_this_device_is_obeyed(visit, page):
    visit(DESK)
    page.keyboard.press("?")
    page.uncheck("[data-shortcuts-switch]")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.locator("dialog[open]").count() == 0


def test_the_call_cards_keys_open_one_form_at_a_time_and_typing_is_typing(visit, page):
    visit('{% extends "base_desk.html" %}{% block panel %}' + CALL + "{% endblock %}")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.id") == "note"
    page.keyboard.type("cc")
    assert page.input_value("#note").strip() == "cc"
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.id") == "call"
    assert page.locator("details[open]:not(.menu)").count() == 1
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.inner_html("#panel") == ""


TOAST = DESK.replace(
    "<h1>Here</h1>", '{% include "toast.html" with text="Told." undo_url="/undo/" seconds=3 %}'
)


def test_a_toast_stays_ten_seconds_and_longer_under_the_pointer(visit, page):
    page.clock.install()
    visit(TOAST)
    page.clock.run_for(9_000)
    page.hover(".toast")
    page.clock.run_for(60_000)
    assert page.locator(".toast").count() == 1
    page.mouse.move(0, 0)
    page.clock.run_for(2_000)
    assert page.locator(".toast").count() == 0


def test_u_presses_undo(visit, page):
    asked = visit(TOAST)
    page.keyboard.press("u")
    page.wait_for_url("**/undo/")
    assert "/undo/" in asked


LIST = DESK.replace(
    "<h1>Here</h1>",
    "<row-keys><ul class='rows'>"
    + "".join(f"<li class='row'><a id='r{n}' href='/row/{n}'>Row {n}</a></li>" for n in range(3))
    + "</ul></row-keys>",
)


def test_j_and_k_go_through_rows_and_enter_opens_one(visit, page):
    asked = visit(LIST)
    for key in "jjk":
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.id") == "r0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/row/0")
    assert "/row/0" in asked


def test_the_focus_moves_on_when_a_row_is_done(visit, page):
    visit(LIST)
    page.keyboard.press("j")
    page.evaluate("document.querySelector('#r0').closest('.row').remove()")
    page.wait_for_function("document.activeElement.id === 'r1'")


FORM = """{% extends "base_public.html" %}{% block main %}<draft-keeper data-name="apply:x">
  <p data-restored hidden>Kept. <button type="button">Start over</button></p>
  <form method="post" action="/sent/"><input name="name" aria-label="Name">
  <input name="secret" type="password" aria-label="Secret">
  <label><input type="checkbox" name="shift" value="late"> Late</label>
  <file-field><div class="file"><input id="cv" type="file" name="cv" aria-label="Resume"
  data-max-bytes="1000"></div></file-field><button>Send</button></form>
  </draft-keeper>{% endblock %}"""


def test_what_was_typed_survives_a_reload_but_never_a_password(visit, page):
    visit(FORM)
    page.fill("[name=name]", "Jo Smith")
    page.fill("[name=secret]", "hunter2")
    page.check("[name=shift]")
    page.reload()
    page.wait_for_selector("[data-restored]:visible")
    assert page.input_value("[name=name]") == "Jo Smith"
    assert page.is_checked("[name=shift]")
    assert page.input_value("[name=secret]") == ""
    assert "hunter2" not in page.evaluate("JSON.stringify(localStorage)")


def test_start_over_forgets_the_draft(visit, page):
    visit(FORM)
    page.fill("[name=name]", "Jo Smith")
    page.reload()
    page.click("text=Start over")
    page.reload()
    assert page.input_value("[name=name]") == ""


def test_the_page_that_says_received_clears_the_draft(visit, page):
    visit(FORM)
    page.fill("[name=name]", "Jo Smith")
    page.reload()
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend',"
        " '<draft-keeper data-received=\"apply:x\"></draft-keeper>')"
    )
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('draft'))") == []


@pytest.mark.parametrize(
    ("size", "said"), [(999, "999 bytes"), (1001, "the limit is"), (0, "is empty")]
)
def test_a_file_is_shown_or_refused_before_it_travels(visit, page, size, said):
    visit(FORM)
    page.set_input_files("#cv", {"name": "cv.pdf", "mimeType": "x/y", "buffer": b"x" * size})
    assert said in page.inner_text("file-field output")
    assert page.evaluate("document.querySelector('#cv').files.length") == (1 if size == 999 else 0)


CARD = (
    '<li class="card"><a class="card-name" href="/a/">Jo</a>'
    '<a class="button card-move" href="/move/" hx-get="/move/" hx-target="#dialog">Move</a></li>'
)
BOARD = (
    '{% extends "base_desk.html" %}{% load static %}{% block more_scripts %}<script type="module"'
    " src=\"{% static 'sincerely/js/card-board.js' %}\"></script>{% endblock %}"
    '{% block main %}<card-board><div class="board">'
    f'<section class="column" data-stage="one"><ul class="column-cards">{CARD}</ul></section>'
    '<section class="column" data-stage="two"><ul class="column-cards"></ul></section>'
    "</div></card-board>{% endblock %}"
)


def test_a_dragged_card_asks_for_the_move_and_goes_back_when_it_is_cancelled(visit, page):
    asked = visit(BOARD)
    page.locator(".card").drag_to(
        page.locator("[data-stage=two] .column-cards"), source_position={"x": 5, "y": 30}
    )
    page.wait_for_selector("#dialog[open] #asked")
    assert page.inner_text("#asked") == "two"
    assert "/move/?stage=two" in asked
    page.click("text=Cancel")
    page.wait_for_selector("[data-stage=one] .card")


def test_the_move_control_does_it_with_the_keyboard_alone(visit, page):
    visit(BOARD)
    page.focus(".card-move")
    page.keyboard.press("Enter")
    page.wait_for_selector("#dialog[open] h2")
    page.keyboard.press("Escape")
    page.wait_for_selector("#dialog", state="hidden")
