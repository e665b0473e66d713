from __future__ import annotations

import pytest

from sincerely.accounts.models import Employer
from sincerely.hiring.models import PolicyVersion
from sincerely.hiring.publishing import contact_sentences

pytestmark = pytest.mark.django_db
CONTACT = "/desk/blue-spoon/settings/contact/"


def filled(client, **change: str) -> dict[str, str]:
    form = client.get(CONTACT).context["form"]
    return {name: str(form[name].value()) for name in form.fields} | change


def said_by(diner) -> str:
    employer = Employer.objects.get(pk=diner.pk)
    with employer.scope():
        return " ".join(contact_sentences(employer))


def test_a_change_adds_a_row_and_is_published_at_once(client, ada, diner):
    client.force_login(ada)
    change = {
        "stance": "call_once",
        "wait_days": "3",
        "phone": "+1 202 555 0123",
        "phone_hours": "Mon-Fri 9:00-11:00",
        "walk_in_place": "12 Harbour Street",
        "walk_in_hours": "Tue 14-16\nThu 14-16",
    }
    assert client.post(CONTACT, filled(client, **change)).status_code == 302
    with diner.scope():
        assert PolicyVersion.objects.count() == 2
    said = said_by(diner)
    assert "call once" in said
    assert "+1 202 555 0123" in said
    assert "12 Harbour Street" in said
    page = client.get(CONTACT).content.decode()
    assert "by Ada" in page
    assert filled(client)["walk_in_hours"] == "Tue 14:00-16:00\nThu 14:00-16:00"


def test_saving_what_holds_already_adds_no_row(client, ada, diner):
    client.force_login(ada)
    client.post(CONTACT, filled(client))
    with diner.scope():
        assert PolicyVersion.objects.count() == 1


def test_who_applied_before_keeps_the_policy_of_then(client, ada, jo):
    from sincerely.hiring.compose import contact_policy
    from sincerely.hiring.models import Application

    client.force_login(ada)
    client.post(CONTACT, filled(client, stance="calls_welcome", phone="+1 202 555 0123"))
    with jo.employer.scope():
        fresh = Application.objects.for_page().get(pk=jo.pk)
        assert "Please do not call" in contact_policy(fresh)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stance": "call_once", "phone": ""}, "give the number"),
        ({"phone_hours": "whenever"}, "cannot read “whenever”"),
        ({"walk_in_place": "Here", "walk_in_hours": ""}, "both the place and the hours"),
        ({"walk_in_hours": "Mon 9-10"}, "both the place and the hours"),
        ({"wait_days": "61"}, "less than or equal to 60"),
        ({"stance": "never"}, "valid choice"),
        ({"email": "nobody"}, "valid email"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_published(client, ada, diner, change, said):
    client.force_login(ada)
    page = client.post(CONTACT, filled(client, contact_name="Typed with care") | change)
    assert said in page.content.decode()
    assert "Typed with care" in page.content.decode()
    with diner.scope():
        assert PolicyVersion.objects.count() == 1


def test_the_preview_reads_what_is_typed_and_publishes_nothing(client, ada, diner):
    client.force_login(ada)
    page = client.post(f"{CONTACT}preview/", filled(client, wait_days="21"))
    assert "21 days" in page.content.decode()
    page = client.post(f"{CONTACT}preview/", filled(client, wait_days="soon"))
    assert "cannot be read yet" in page.content.decode()
    with diner.scope():
        assert PolicyVersion.objects.count() == 1
