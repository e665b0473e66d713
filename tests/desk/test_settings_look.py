from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sincerely.accounts.models import Employer
from tests.accounts.test_logo import png

pytestmark = pytest.mark.django_db
LOOK = "/desk/blue-spoon/settings/"


def filled(client, **change) -> dict:
    form = client.get(LOOK).context["form"]
    values = {name: form[name].value() for name in form.fields if name != "logo_file"}
    return {name: value for name, value in values.items() if value is not None} | change


def now(employer: Employer) -> Employer:
    return Employer.objects.get(pk=employer.pk)


def test_name_colour_and_place_are_changed(client, ada, diner):
    client.force_login(ada)
    change = {"name": "The Spoon", "accent": "#c8102e", "country": "CA", "subdivision": "on"}
    assert client.post(LOOK, filled(client, **change)).status_code == 302
    changed = now(diner)
    assert (changed.name, changed.accent) == ("The Spoon", "#c8102e")
    assert (changed.country, changed.subdivision) == ("CA", "ON")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "required"),
        ({"name": "x" * 201}, "at most 200"),
        ({"accent": "red"}, "valid"),
        ({"time_zone": "Mars/Base"}, "valid choice"),
        ({"country": "US", "subdivision": "ZZ"}, "no such part"),
        ({"reply_to": "nobody"}, "valid email"),
        ({"undo_minutes": "1441"}, "At most a day"),
        ({"quiet_from": "21:00"}, "Say both, from when and until when; or neither."),
        ({"quiet_from": "25:00", "quiet_until": "08:00"}, "valid time"),
        ({"undo_minutes": "-1"}, "greater than or equal to 0"),
        ({"about": "x" * 3_001}, "3001 characters; 3000 fit"),
        ({"website": "javascript:alert(1)"}, "valid URL"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_saved(client, ada, diner, change, said):
    client.force_login(ada)
    sent = filled(client, about="Typed with care") | change
    page = client.post(LOOK, sent)
    assert said in page.content.decode()
    assert now(diner).name == "Blue Spoon Diner"
    assert now(diner).about == ""


def test_quiet_hours_are_set(client, ada, diner):
    client.force_login(ada)
    client.post(LOOK, filled(client, quiet_from="21:00", quiet_until="08:00"))
    assert (now(diner).quiet_from, now(diner).quiet_until) == (dt.time(21), dt.time(8))
    assert 'value="21:00"' in client.get(LOOK).content.decode()


def test_a_logo_is_taken_shown_and_removed(client, ada, diner):
    client.force_login(ada)
    file = SimpleUploadedFile("logo.png", png())
    assert client.post(LOOK, filled(client) | {"logo_file": file}).status_code == 302
    shown = client.get("/e/blue-spoon/logo")
    assert (shown.headers["Content-Type"], shown.content) == ("image/png", png())
    client.post(LOOK, filled(client, remove_logo="on"))
    assert now(diner).logo == ""


def test_an_svg_is_refused_with_the_reason(client, ada, diner):
    client.force_login(ada)
    file = SimpleUploadedFile("logo.png", b"<svg onload='alert(1)'/>")
    page = client.post(LOOK, filled(client) | {"logo_file": file})
    assert "An SVG can carry a program" in page.content.decode()
    assert now(diner).logo == ""


def test_only_admins_find_the_settings(client, rosa, hugo, mallory):
    for who in (rosa, hugo, mallory):
        client.force_login(who)
        for address in ("", "stages/", "messages/", "messages/receipt/", "contact/", "members/"):
            assert client.get(LOOK + address).status_code == 404
            assert client.post(LOOK + address, {}).status_code == 404


def test_an_employer_may_want_to_be_asked_before_a_late_note(client, ada, diner):
    client.force_login(ada)
    client.post(LOOK, filled(client, asks_before_late_notes="on"))
    assert now(diner).asks_before_late_notes
