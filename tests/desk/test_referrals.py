from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application, Job, Referral, Vouch
from sincerely.outbox.models import Message
from tests.desk.conftest import signed_in, text_of

Refer = Callable[..., Referral]
PAGE = "/desk/blue-spoon/jobs/line-cook/referrals/"


@pytest.fixture
def vouch(refer: Refer, diner: Employer) -> Vouch:
    with diner.scope():
        return Vouch.objects.get(referral=refer())


def revocation(vouch: Vouch) -> str:
    return f"/desk/blue-spoon/jobs/line-cook/vouches/{vouch.pk}/revocation/"


def again(vouch: Vouch) -> Vouch:
    with vouch.employer.scope():
        return Vouch.objects.get(pk=vouch.pk)


def confirm(vouch: Vouch) -> None:
    with vouch.employer.scope():
        vouch.confirm(until=vouch.until)


def test_the_board_leads_to_the_link_and_the_link_to_the_form(
    at_rosas_desk: Client, at_hugos_desk: Client, hugos_job: Job
) -> None:
    for desk in (at_rosas_desk, at_hugos_desk):
        assert PAGE in text_of(desk.get("/desk/blue-spoon/jobs/line-cook/"))
        page = text_of(desk.get(PAGE))
        link = page.partition('id="refer-link">')[2].partition("<")[0]
        path = "/e/" + link.partition("/e/")[2]
        assert Client().get(path).status_code == 200


def test_a_job_that_is_not_open_has_no_link(
    at_rosas_desk: Client, cook: Job, rosa: Identity
) -> None:
    with cook.employer.scope():
        cook.pause(by=rosa)
    page = text_of(at_rosas_desk.get(PAGE))
    assert "takes no applications just now" in page
    assert "/refer/" not in page


def test_what_came_of_it_is_said_in_plain_words(
    at_rosas_desk: Client, jo: Application, vouch: Vouch, page_of: Any, refer: Refer
) -> None:
    def pages() -> list[str]:
        places = (PAGE, page_of(jo), page_of(jo, "call_card"))
        return [text_of(at_rosas_desk.get(place)) for place in places]

    for page in pages():
        assert "Pat Moss" in page
        assert "Kim Adair was asked on" in page
        assert "has not answered yet" in page
    confirm(vouch)
    until = f"{vouch.until:%A}, {vouch.until.day} {vouch.until:%B}"
    for page in pages():
        assert f"Kim Adair may be called until {until}: confirmed on" in page
        assert '<span class="nowrap">+1 212-555-0142</span>' in page
    with jo.employer.scope():
        again(vouch).revoke(by="Rosa")
    for page in pages():
        assert "Rosa took it back on" in page
        assert '<span class="nowrap">+1 212-555-0142</span>' not in page


def test_the_source_says_that_somebody_was_referred(
    at_rosas_desk: Client, cook: Job, apply: Any, page_of: Any, refer: Refer
) -> None:
    referral = refer(certainty="probably")
    found = apply(cook, source="Job board")
    came = apply(cook, email="jo@home.example", referral=referral.pk, source="Referral: Pat Moss")
    assert "Job board · Referral: Pat Moss" in text_of(at_rosas_desk.get(page_of(found)))
    page = text_of(at_rosas_desk.get(page_of(came)))
    assert page.count("Referral: Pat Moss</dd>") == 1
    assert "as Jo Smith, jo@example.org" in page, "another address than the one that was referred"
    assert "That is no vouch: nobody is named." in page


def test_an_applicant_nobody_referred_has_no_such_section(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    for name in ("application", "call_card"):
        assert "Referred" not in text_of(at_rosas_desk.get(page_of(jo, name)))


def test_a_recruiter_takes_a_vouch_back_by_post_alone(
    at_rosas_desk: Client, vouch: Vouch, jo: Application, page_of: Any
) -> None:
    confirm(vouch)
    assert revocation(vouch) in text_of(at_rosas_desk.get(page_of(jo)))
    assert at_rosas_desk.get(revocation(vouch))["Location"] == PAGE
    assert again(vouch).revoked_at is None
    answer = at_rosas_desk.post(revocation(vouch), {"next": page_of(jo)})
    assert answer["Location"] == page_of(jo)
    assert (again(vouch).revoked_by, again(vouch).confirmed_at is None) == ("Rosa", False)
    assert revocation(vouch) not in text_of(at_rosas_desk.get(page_of(jo)))


def test_a_hiring_manager_sees_it_for_their_jobs_and_takes_nothing_back(
    at_hugos_desk: Client, hugos_job: Job, vouch: Vouch, jo: Application, page_of: Any
) -> None:
    for page in (PAGE, page_of(jo)):
        shown = text_of(at_hugos_desk.get(page))
        assert "Kim Adair was asked" in shown
        assert "revocation" not in shown
    assert at_hugos_desk.post(revocation(vouch)).status_code == 404
    assert again(vouch).revoked_at is None


def test_a_vouch_of_another_job_is_not_taken_back_through_this_one(
    at_rosas_desk: Client, vouch: Vouch, rosa: Identity
) -> None:
    with vouch.employer.scope():
        Job.objects.create(title="Server", slug="server", recruiter=rosa)
    address = revocation(vouch).replace("line-cook", "server")
    assert at_rosas_desk.post(address).status_code == 404


def test_a_member_of_another_employer_takes_nothing_back(vouch: Vouch, mallory: Identity) -> None:
    desk = signed_in(mallory)
    assert desk.post(revocation(vouch)).status_code == 404
    address = revocation(vouch).replace("blue-spoon", "st-brigid")
    assert desk.post(address).status_code == 404
    assert again(vouch).revoked_at is None


def test_mail_that_did_not_arrive_is_said(
    at_rosas_desk: Client, vouch: Vouch, diner: Employer, jo: Application, page_of: Any
) -> None:
    with diner.scope():
        for message in Message.objects.filter(kind__in=("referral", "vouch_request")):
            message.settle("bounced", source="dsn", evidence="5.1.1")
    page = text_of(at_rosas_desk.get(PAGE))
    assert "Our e-mail to them did not arrive." in page
    assert "Our question to kim@blue-spoon.example did not arrive." in page
    assert "Our question to kim" in text_of(at_rosas_desk.get(page_of(jo)))


def test_what_somebody_wrote_is_shown_and_never_run(
    at_rosas_desk: Client, refer: Refer, jo: Application, page_of: Any
) -> None:
    script = "<script>alert(1)</script>"
    refer(referrer_name=script, why=script, contact={"person": script})
    for place in (PAGE, page_of(jo), page_of(jo, "call_card")):
        page = text_of(at_rosas_desk.get(place))
        assert "&lt;script&gt;alert" in page
        assert script not in page


def test_the_list_takes_as_many_statements_for_three_rows_as_for_one(
    at_rosas_desk: Client, refer: Refer
) -> None:
    counts = []
    for at in range(3):
        refer(name=f"Person {at}", email=f"person{at}@example.org")
        if at != 1:
            with CaptureQueriesContext(connection) as queries:
                at_rosas_desk.get(PAGE)
            counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_who_has_applied_is_a_click_away_by_whichever_address(
    at_rosas_desk: Client, refer: Refer, cook: Job, apply: Any, page_of: Any
) -> None:
    by_link, by_address = refer(), refer(email="sam@example.org", name="Sam")
    assert "Applied</span>" not in text_of(at_rosas_desk.get(PAGE))
    jo = apply(cook, email="jo@home.example", referral=by_link.pk)
    sam = apply(cook, email=by_address.email)
    page = text_of(at_rosas_desk.get(PAGE))
    assert f'"{page_of(jo)}"' in page
    assert f'"{page_of(sam)}"' in page


def test_an_empty_list_says_what_to_do(at_rosas_desk: Client, cook: Job) -> None:
    assert "Good people are often one conversation away." in text_of(at_rosas_desk.get(PAGE))


def test_a_contact_with_the_colleague_is_noted_and_taken_back(
    at_rosas_desk: Client, cook: Job, jo: Application, refer: Any, page_of: Any
) -> None:
    with cook.employer.scope():
        vouch = refer().vouches.get()
        vouch.confirm(until=vouch.until)
    address = f"/desk/blue-spoon/jobs/line-cook/vouches/{vouch.pk}/contact/"
    card = page_of(jo, "call_card")
    assert "They were in touch" in text_of(at_rosas_desk.get(card))
    assert at_rosas_desk.get(address).status_code == 302
    with cook.employer.scope():
        assert not jo.follow_ups.exists()
    noted = at_rosas_desk.post(address, {"next": card}, follow=True)
    assert "Noted: Jo Smith was in touch with Kim Adair." in text_of(noted)
    with cook.employer.scope():
        assert jo.follow_ups.get().about == "invited"
    at_rosas_desk.post(address, {"answer": "undo"})
    with cook.employer.scope():
        assert not jo.follow_ups.exists()


def test_the_call_form_asks_whether_it_was_the_colleague(
    at_rosas_desk: Client, cook: Job, jo: Application, refer: Any, page_of: Any
) -> None:
    assert "who had agreed" not in text_of(at_rosas_desk.get(page_of(jo, "call_card")))
    with cook.employer.scope():
        vouch = refer().vouches.get()
        vouch.confirm(until=vouch.until)
    asked = "They reached Kim Adair, who had agreed"
    assert asked in text_of(at_rosas_desk.get(page_of(jo, "call_card")))
    at_rosas_desk.post(page_of(jo, "calls"), {"kind": "visit", "invited": "on"})
    with cook.employer.scope():
        assert jo.follow_ups.get().about == "invited"
    assert asked not in text_of(at_rosas_desk.get(page_of(jo, "call_card")))
