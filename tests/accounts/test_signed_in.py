from __future__ import annotations

import datetime as dt

from django.contrib.sessions.models import Session
from django.test import Client

from sincerely.accounts.models import Employer, Identity, Membership
from sincerely.accounts.sessions import SessionStore
from sincerely.accounts.signed_in import identity_with, membership_at
from sincerely.kernel import clock
from sincerely.kernel.ids import uuid7


def test_a_login_read_by_hand_is_the_one_that_django_reads(rosa: Identity) -> None:
    read = identity_with(rosa.pk)
    assert read == rosa
    assert read is not None
    fresh = Identity.objects.get(pk=rosa.pk)
    for field in Identity._meta.concrete_fields:
        assert getattr(read, field.attname) == getattr(fresh, field.attname)
    assert identity_with(uuid7()) is None


def test_a_membership_brings_its_employer(
    diner: Employer, rosa: Identity, mallory: Identity
) -> None:
    found = membership_at("blue-spoon", rosa)
    assert found == Membership.objects.get(identity=rosa)
    assert found is not None
    assert found.employer == diner
    assert found.employer.setup_version == Employer.objects.get(pk=diner.pk).setup_version
    assert found.recruits
    assert membership_at("blue-spoon", mallory) is None


def test_an_ended_session_is_none(db: None) -> None:
    store = SessionStore()
    store["seen"] = "yes"
    store.save()
    assert SessionStore(store.session_key)["seen"] == "yes"
    Session.objects.update(expire_date=clock.now() - dt.timedelta(seconds=1))
    ended = SessionStore(store.session_key)
    assert "seen" not in ended
    assert ended.session_key is None


def test_a_login_that_was_switched_off_is_signed_out(
    client: Client, diner: Employer, rosa: Identity
) -> None:
    client.force_login(rosa)
    assert client.get("/desk/blue-spoon/lookup/").status_code == 200
    Identity.objects.filter(pk=rosa.pk).update(is_active=False)
    assert client.get("/desk/blue-spoon/lookup/").status_code == 302
