from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.template.loader import get_template, render_to_string

from sincerely import kernel

FOLDER = Path(kernel.__path__[0]) / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
ERROR_PAGES = [name for name in TEMPLATES if re.fullmatch(r"\d{3}\w*\.html", name)]


@pytest.mark.parametrize("name", TEMPLATES)
def test_our_template_is_the_one_that_django_finds(name):
    assert get_template(name).origin.name == str(FOLDER / name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_holds_inline_code_or_style(name):
    source = (FOLDER / name).read_text()
    # Data for a script, in JSON, is no code.
    with_code = r"<script(?![^>]*\s(?:src=|type=\"application/json\"))"
    assert not re.search(rf"<style|\sstyle=|\son\w+=|javascript:|hx-on|{with_code}", source)


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_an_error_page_needs_neither_request_nor_database(name):
    page = render_to_string(name, {})
    assert "Trouble with this page?" in page
    assert "</html>" in page


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_a_failure_shows_its_code_and_says_what_is_safe(name):
    page = render_to_string(name, {"code": "K7-4QD-2"})
    assert "K7-4QD-2" in page
    assert "What is safe" in page


def test_every_icon_that_a_template_names_is_in_the_sprite():
    sprite = (FOLDER.parent / "static/sincerely/icons.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    root = FOLDER.parent.parent
    sources = [path.read_text() for path in root.rglob("templates/**/*.html")]
    named = {
        name
        for source in sources
        for name in re.findall(r'"icon.html" with name="([\w-]+)"', source)
    }
    assert named
    assert named <= drawn


class Question(forms.Form):
    name = forms.CharField(label="Your name", help_text="As you want to be called.")
    phone = forms.CharField(label="Phone", required=False)
    shifts = forms.MultipleChoiceField(
        label="Shifts", choices=[("e", "Early"), ("l", "Late")], widget=forms.CheckboxSelectMultiple
    )
    resume = forms.FileField(label="Resume", widget=forms.FileInput({"data-max-bytes": "10"}))
    keep = forms.BooleanField(label="Keep my details", required=False)


def test_a_field_tells_a_screen_reader_its_hint_and_its_error():
    html = Question({}, {})["name"].as_field_group()
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html


def test_the_summary_links_each_error_to_its_field():
    html = str(Question({}, {}))
    for target in ("id_name", "id_shifts", "id_resume"):
        assert f'href="#{target}"' in html
        assert f'id="{target}"' in html
    assert "3 things need your attention" in html


def test_optional_fields_say_so_and_a_checkbox_does_not():
    assert "(optional)" in Question()["phone"].as_field_group()
    assert "(optional)" not in Question()["name"].as_field_group()
    assert "(optional)" not in Question()["keep"].as_field_group()


def test_a_file_field_carries_its_limit_to_the_browser():
    html = Question()["resume"].as_field_group()
    assert "<file-field>" in html
    assert 'data-max-bytes="10"' in html
