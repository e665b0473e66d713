from __future__ import annotations

import pytest
from django.test import Client

from sincerely.accounts.models import Employer, Identity
from sincerely.inbound.models import InboundMail
from tests.inbound.kept import kept_mail

pytestmark = pytest.mark.django_db
LIST = "/operator/mail/"


@pytest.fixture
def operator(client: Client) -> Client:
    identity = Identity.objects.create_user("op@host.example", name="Op", is_operator=True)
    client.force_login(identity)
    return client


def test_an_operator_reads_what_belongs_to_no_employer(
    operator: Client, hospital: Employer
) -> None:
    mail = kept_mail(None, "<b>The form broke", reason="It was written to support.")
    kept_mail(hospital, from_name="Mallory")
    shown = operator.get(LIST).content.decode()
    assert "Jo Smith" in shown
    assert "Mallory" not in shown
    assert "&lt;b&gt;The form broke" in operator.get(f"{LIST}{mail.pk}/").content.decode()


def test_nobody_else_may_enter(rosa: Identity, diner: Employer) -> None:
    mail = kept_mail(None)
    visitor, rosas = Client(), Client()
    rosas.force_login(rosa)
    assert visitor.get(LIST).status_code == 302
    for path in ("", f"{mail.pk}/"):
        assert rosas.get(f"{LIST}{path}").status_code == 404
    for path in (f"{mail.pk}/employer/", f"{mail.pk}/dismissal/"):
        assert rosas.post(f"{LIST}{path}").status_code == 404


def test_an_employers_mail_is_not_the_operators(operator: Client, diner: Employer) -> None:
    mail = kept_mail(diner)
    assert operator.get(f"{LIST}{mail.pk}/").status_code == 404


def test_what_is_for_an_employer_goes_to_its_people(operator: Client, diner: Employer) -> None:
    mail = kept_mail(None)
    wrong = operator.post(f"{LIST}{mail.pk}/employer/", {"employer": "nobody"})
    assert "There is no employer with this short name." in wrong.content.decode()
    operator.post(f"{LIST}{mail.pk}/employer/", {"employer": "blue-spoon"})
    assert InboundMail.objects.for_a_person().of(diner).get().reason.startswith("Op, who runs")


def test_what_is_settled_is_put_aside(operator: Client) -> None:
    mail, _ = kept_mail(None), kept_mail(None)
    operator.post(f"{LIST}{mail.pk}/dismissal/", {"all": "on"})
    assert not InboundMail.objects.for_a_person().exists()
