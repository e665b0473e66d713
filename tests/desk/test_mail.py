from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application, Job
from sincerely.inbound.models import InboundMail
from sincerely.kernel import clock
from tests.careers.conftest import files_of_the_test
from tests.desk.conftest import signed_in
from tests.inbound.kept import kept_mail

pytestmark = pytest.mark.django_db
__all__ = ["files_of_the_test"]
DESK = "/desk/blue-spoon/"


@pytest.fixture
def desk(client: Client, rosa: Identity) -> Client:
    client.force_login(rosa)
    return client


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def one(mail: InboundMail, action: str = "") -> str:
    return f"{DESK}mail/{mail.pk}/{action}"


def again(mail: InboundMail) -> InboundMail:
    return InboundMail.objects.get(pk=mail.pk)


def test_a_mail_that_waits_stands_on_today_with_its_reason(desk: Client, diner: Employer) -> None:
    kept_mail(diner, reason="It names no job, and none is open.")
    shown = page(desk, DESK)
    assert "Read a mail from Jo Smith" in shown
    assert "It names no job, and none is open." in shown


def test_a_mail_is_shown_as_text_and_nothing_of_it_runs(desk: Client, diner: Employer) -> None:
    mail = kept_mail(
        diner,
        "<script>alert(1)</script>",
        from_name="<b>Jo",
        subject="<i>Hi",
        files={"<img>.pdf": b"%PDF-"},
    )
    shown = page(desk, one(mail))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "&lt;i&gt;Hi" in shown
    assert "&lt;img&gt;.pdf" in shown
    assert "<b>Jo" not in shown


def test_opening_it_changes_nothing(desk: Client, diner: Employer) -> None:
    mail = kept_mail(diner)
    page(desk, one(mail))
    assert again(mail).waits
    assert desk.get(one(mail, "dismissal/")).status_code == 405


@pytest.mark.parametrize("action", ["", "application/", "new-application/", "dismissal/"])
def test_mail_of_another_employer_and_of_the_operator_is_not_there(
    desk: Client, hospital: Employer, action: str
) -> None:
    for mail in (kept_mail(hospital), kept_mail(None)):
        method = desk.post if action else desk.get
        assert method(one(mail, action)).status_code == 404
    assert "Jo Smith" not in page(desk, f"{DESK}mail/")


def test_a_hiring_manager_reads_nobodys_mail(diner: Employer, hugo: Identity) -> None:
    mail = kept_mail(diner)
    hugos = signed_in(hugo)
    assert hugos.get(f"{DESK}mail/").status_code == hugos.get(one(mail)).status_code == 404


def test_what_a_recruiter_knows_to_be_theirs_is_heard_as_theirs(
    desk: Client, jo: Application, diner: Employer
) -> None:
    """From another address than the applicant's; the answer goes to their own."""
    mail = kept_mail(
        diner,
        "Where does it stand?",
        kind="reply",
        application_id=jo.pk,
        from_address="jo@work.example",
        reason="It answers a message to Jo Smith, but came from another address.",
    )
    assert "Is it from Jo Smith?" in page(desk, one(mail))
    answer = desk.post(one(mail, "application/"), {"reference": jo.reference})
    assert answer["Location"] == f"{DESK}applications/{jo.reference}/"
    with diner.scope():
        assert jo.events().filter(kind="wrote_again").count() == 1
        assert {each.to_address for each in jo.messages()} == {"jo@example.org"}
    assert (again(mail).state, again(mail).settled_by) == ("settled", "Rosa")


def test_other_mail_is_kept_with_the_application_and_its_file_too(
    desk: Client, jo: Application, diner: Employer
) -> None:
    mail = kept_mail(diner, from_address="jo@example.org", files={"proof.txt": b"Licence"})
    assert "Jo Smith, Line cook" in page(desk, one(mail))
    desk.post(one(mail, "application/"), {"reference": jo.reference})
    with diner.scope():
        assert jo.messages().exclude(kind="receipt").count() == 0
        jo.refresh_from_db()
        assert jo.document.name == "proof.txt"
    shown = page(desk, f"{DESK}applications/{jo.reference}/")
    assert "The applicant sent a file: proof.txt" in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write the reference of the application."),
        ("four", "A reference has ten digits"),
        ("1234567890", "No application here has this reference."),
    ],
)
def test_a_reference_that_leads_nowhere_says_so_and_loses_nothing(
    desk: Client, diner: Employer, typed: str, said: str
) -> None:
    mail = kept_mail(diner)
    answer = desk.post(one(mail, "application/"), {"reference": typed})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert again(mail).waits


def test_it_becomes_an_application_for_the_job_that_was_chosen(
    desk: Client, cook: Job, diner: Employer
) -> None:
    mail = kept_mail(diner, "I cook.", kind="application", files={"cv.txt": b"Cook"})
    given = {"job": "line-cook", "name": "Jo Smith", "email": "Jo@Example.org"}
    answer = desk.post(one(mail, "new-application/"), given)
    with diner.scope():
        jo = Application.objects.for_page().get()
        assert (jo.name, jo.email, jo.document.name) == ("Jo Smith", "jo@example.org", "cv.txt")
        assert jo.receipt.to_address == "jo@example.org"
    assert answer["Location"].endswith(f"/applications/{jo.reference}/")


def test_what_is_missing_for_an_application_is_said(desk: Client, cook: Job) -> None:
    mail = kept_mail(cook.employer)
    answer = desk.post(one(mail, "new-application/"), {"job": "gone", "email": "jo@"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "This job is not open any more" in shown
    assert "Write the applicant’s name." in shown


def test_a_whole_flood_is_put_aside_at_once(desk: Client, diner: Employer) -> None:
    first, *_ = [kept_mail(diner, from_address="spam@example.net") for _ in range(3)]
    other = kept_mail(diner)
    assert "the 2 other mails from spam@example.net" in page(desk, one(first))
    desk.post(one(first, "dismissal/"), {"all": "on"})
    assert list(InboundMail.objects.for_a_person()) == [other]


def test_two_people_who_settle_it_at_once_are_told(desk: Client, diner: Employer) -> None:
    mail = kept_mail(diner)
    desk.post(one(mail, "dismissal/"))
    said = desk.post(one(mail, "dismissal/"), follow=True).content.decode()
    assert "Somebody has settled this mail already." in said


def test_who_was_asked_for_which_job_has_two_days_to_say(desk: Client, diner: Employer) -> None:
    mail = kept_mail(diner, state="asked", read_at=clock.now())
    assert "Jo Smith" not in page(desk, f"{DESK}mail/")
    with clock.clock_at(clock.now() + dt.timedelta(days=3)):
        assert "Jo Smith" in page(desk, f"{DESK}mail/")
    assert again(mail).waits


def test_the_list_takes_as_many_statements_for_three_as_for_one(
    desk: Client, diner: Employer
) -> None:
    kept_mail(diner)
    page(desk, f"{DESK}mail/")
    with CaptureQueriesContext(connection) as once:
        page(desk, f"{DESK}mail/")
    kept_mail(diner)
    kept_mail(diner)
    with CaptureQueriesContext(connection) as thrice:
        assert page(desk, f"{DESK}mail/").count("Jo Smith") == 3
    assert len(thrice) == len(once) <= 6
    assert not any('"inbound_inboundmail"."raw"' in query["sql"] for query in thrice)
