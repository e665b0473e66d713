from __future__ import annotations

import pytest

from sincerely.accounts.models import Employer
from sincerely.hiring.links import status_token
from sincerely.hiring.models import MessageTemplate
from sincerely.hiring.wording import DEFAULTS, LABELS

pytestmark = pytest.mark.django_db
MESSAGES = "/desk/blue-spoon/settings/messages/"


def test_every_kind_has_its_page_with_a_real_example(client, ada, jo):
    client.force_login(ada)
    for kind in LABELS:
        page = client.get(f"{MESSAGES}{kind}/").content.decode()
        assert "As Jo Smith would read it" in page
        assert "Hello Jo Smith" in page
        assert "{name}" in page
    assert client.get(f"{MESSAGES}love-letter/").status_code == 404


def test_before_anybody_applied_the_example_is_made_up_and_never_saved(client, ada, diner):
    client.force_login(ada)
    page = client.get(f"{MESSAGES}receipt/").content.decode()
    assert "made up until somebody applies" in page
    with diner.scope():
        assert not diner.applications.exists()


def test_answer_and_reply_read_well_before_and_after_somebody_applied(client, ada, diner, apply):
    client.force_login(ada)
    for kind in ("answer", "reply"):
        page = client.get(f"{MESSAGES}{kind}/").content.decode()
        assert "As Jo Rivers would read it" in page
    assert "The job is still open" in client.get(f"{MESSAGES}answer/").content.decode()
    typed = {"subject": "Hi", "body": "Hello {name}"}
    for kind, said in {"answer": "where things stand", "reply": "reaches them"}.items():
        page = client.post(f"{MESSAGES}{kind}/preview/", typed).content.decode()
        assert "Without <code>{" + kind in page
        assert said in page


def test_the_example_keeps_the_key_to_the_applicants_page_to_itself(client, ada, jo):
    client.force_login(ada)
    with jo.employer.scope():
        token = status_token(jo)
    for kind in ("answer", "reply", "receipt"):
        assert token not in client.get(f"{MESSAGES}{kind}/").content.decode()


def test_own_wording_goes_out_from_then_on(client, ada, cook, apply):
    client.force_login(ada)
    own = {"subject": "It is here: {job}", "body": "Hello {name},\r\nuntil {date}."}
    assert client.post(f"{MESSAGES}receipt/", own).status_code == 302
    assert "Your wording" in client.get(MESSAGES).content.decode()
    cook.employer = Employer.objects.get(pk=cook.employer_id)
    jo = apply(cook)
    with cook.employer.scope():
        assert jo.receipt.subject == "It is here: Line cook"
        assert jo.receipt.text.startswith("Hello Jo Smith,\nuntil ")


def test_the_default_can_be_had_back(client, ada, diner):
    client.force_login(ada)
    client.post(f"{MESSAGES}moved/", {"subject": "s", "body": "b"})
    client.post(f"{MESSAGES}moved/", {"default": "1"})
    with diner.scope():
        assert not MessageTemplate.objects.exists()
    client.post(f"{MESSAGES}moved/", {"subject": "s", "body": "b"})
    default = DEFAULTS["moved"]
    client.post(f"{MESSAGES}moved/", {"subject": default.subject, "body": default.body})
    with diner.scope():
        assert not MessageTemplate.objects.exists(), "saving the default is going back to it"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"body": "Dear {nmae}"}, "{nmae} is not a placeholder. These are: {name}"),
        ({"subject": "{nmae}"}, "{nmae} is not a placeholder"),
        ({"subject": ""}, "required"),
        ({"body": "x" * 10_001}, "at most 10000"),
    ],
)
def test_a_wording_that_would_fail_is_refused_and_kept_on_the_page(
    client, ada, diner, change, said
):
    client.force_login(ada)
    sent = {"subject": "My subject", "body": "My body"} | change
    page = client.post(f"{MESSAGES}declined/", sent).content.decode()
    assert said in page
    assert "My subject" in page or "My body" in page
    with diner.scope():
        assert not MessageTemplate.objects.exists()


def test_the_preview_shows_what_is_typed_and_what_an_applicant_would_miss(client, ada, jo):
    client.force_login(ada)
    typed = {"subject": "Hi {name}", "body": "Your {job}, <script>{nmae}</script>"}
    page = client.post(f"{MESSAGES}receipt/preview/", typed).content.decode()
    assert "Hi Jo Smith" in page
    assert "nobody learns by when they hear" in page
    assert "{nmae} is not a placeholder" in page
    assert "<script>" not in page
