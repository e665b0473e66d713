from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Identity, Membership, Role
from sincerely.hiring.models import Job
from sincerely.outbox.models import AccountMail, Message
from tests.conftest import member

pytestmark = pytest.mark.django_db
MEMBERS = "/desk/blue-spoon/settings/members/"


def place_of(identity: Identity) -> Membership:
    return Membership.objects.get(identity=identity)


def page_of(identity: Identity, more: str = "") -> str:
    return f"{MEMBERS}{place_of(identity).pk}/{more}"


def test_somebody_is_invited_and_signs_in_by_a_code(client, ada, diner):
    client.force_login(ada)
    invitation = {"name": "Nia", "email": "Nia@Example.org", "role": "recruiter"}
    assert client.post(MEMBERS, invitation).status_code == 302
    with diner.scope():
        message = Message.objects.get(kind="invitation")
    assert message.to_address.lower() == "nia@example.org"
    assert "a recruiter at Blue Spoon Diner" in message.text
    address = re.search(r"http\S+", message.text)[0].partition("//")[2].partition("/")[2]
    nia = Client()
    assert nia.get(f"/{address}").status_code == 200
    answer = nia.post(f"/{address}", {"email": "nia@example.org"})
    mail = bytes(AccountMail.objects.get().raw).decode()
    code = re.search(r"^\W*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})?)\W*$", mail, re.MULTILINE)
    assert code, mail
    answer = nia.post(answer.headers["Location"], {"code": code[1]})
    assert answer.status_code == 302
    assert nia.get("/desk/blue-spoon/jobs/").status_code == 200
    assert nia.get(MEMBERS).status_code == 404


def test_who_is_a_member_already_is_not_invited_twice(client, ada, rosa):
    client.force_login(ada)
    page = client.post(
        MEMBERS, {"name": "R", "email": rosa.email.upper(), "role": "admin"}
    ).content.decode()
    assert "Rosa is a member already, as recruiter." in page
    assert place_of(rosa).role == Role.RECRUITER


def test_who_has_a_login_elsewhere_keeps_it_and_their_name(client, ada, mallory):
    client.force_login(ada)
    client.post(MEMBERS, {"name": "Other", "email": mallory.email, "role": "recruiter"})
    assert Identity.objects.get(email=mallory.email).name == "Mallory"
    assert Membership.objects.filter(identity=mallory).count() == 2


def test_the_invitation_can_be_sent_again(client, ada, diner):
    client.force_login(ada)
    client.post(MEMBERS, {"name": "Nia", "email": "nia@example.org", "role": "recruiter"})
    nia = Identity.objects.get(email="nia@example.org")
    client.post(page_of(nia, "invitation/"))
    with diner.scope():
        assert Message.objects.filter(kind="invitation").count() == 2


def test_a_role_is_changed(client, ada, hugo):
    client.force_login(ada)
    assert client.post(page_of(hugo), {"role": "recruiter"}).status_code == 302
    assert place_of(hugo).role == Role.RECRUITER


def test_who_owns_jobs_cannot_become_a_hiring_manager(client, ada, rosa, cook):
    client.force_login(ada)
    page = client.post(page_of(rosa), {"role": "hiring_manager"}).content.decode()
    assert "Rosa owns 1 job." in page
    assert place_of(rosa).role == Role.RECRUITER


def test_the_last_admin_stays_admin_and_stays(client, ada, rosa, diner):
    client.force_login(ada)
    page = client.post(page_of(ada), {"role": "recruiter"}).content.decode()
    assert "Ada is the last admin" in page
    page = client.post(page_of(ada, "removal/"), {}, follow=True).content.decode()
    assert "Ada is the last admin" in page
    other = member(diner, "Olu", Role.ADMIN)
    assert client.post(page_of(ada), {"role": "recruiter"}).status_code == 302
    assert place_of(other).role == Role.ADMIN


def test_who_leaves_hands_the_jobs_over_and_sees_nothing_any_more(client, ada, rosa, cook):
    olu = member(cook.employer, "Olu", Role.RECRUITER)
    client.force_login(ada)
    page = client.get(page_of(rosa)).content.decode()
    assert "One job:" in page
    assert "You, Ada" in page
    client.post(page_of(rosa, "removal/"), {"successor": str(olu.pk)})
    with cook.employer.scope():
        assert Job.objects.get(pk=cook.pk).recruiter_id == olu.pk
    assert not Membership.objects.filter(identity=rosa).exists()
    assert Identity.objects.filter(pk=rosa.pk).exists(), "what she did keeps her name"
    rosas = Client()
    rosas.force_login(rosa)
    assert rosas.get("/desk/blue-spoon/jobs/").status_code == 404


def test_without_a_name_the_admin_takes_over(client, ada, rosa, cook):
    client.force_login(ada)
    client.post(page_of(rosa, "removal/"), {"successor": ""})
    with cook.employer.scope():
        assert Job.objects.get(pk=cook.pk).recruiter_id == ada.pk


@pytest.mark.parametrize("wanted", ["hugo", "mallory", "rosa"])
def test_only_who_recruits_here_can_take_over(client, ada, rosa, hugo, mallory, cook, wanted):
    client.force_login(ada)
    people = {"hugo": hugo, "mallory": mallory, "rosa": rosa}
    client.post(page_of(rosa, "removal/"), {"successor": str(people[wanted].pk)})
    assert Membership.objects.filter(identity=rosa).exists()


def test_a_removed_hiring_manager_is_off_the_teams(client, ada, hugo, cook):
    with cook.employer.scope():
        cook.add_to_team(hugo)
    client.force_login(ada)
    client.post(page_of(hugo, "removal/"))
    with cook.employer.scope():
        assert not cook.team.exists()


def test_members_of_another_employer_are_not_found(client, ada, mallory):
    client.force_login(ada)
    for more in ("", "removal/", "invitation/"):
        assert client.post(page_of(mallory, more), {"role": "admin"}).status_code == 404


def test_statements_do_not_grow_with_the_members(client, ada, rosa, diner):
    client.force_login(ada)
    client.get(MEMBERS)
    with CaptureQueriesContext(connection) as with_two:
        client.get(MEMBERS)
    for name in ("Nia", "Olu"):
        member(diner, name, Role.HIRING_MANAGER)
    with CaptureQueriesContext(connection) as with_four:
        client.get(MEMBERS)
    assert len(with_four) == len(with_two)
