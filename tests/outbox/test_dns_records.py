"""`sincerely check` and a name server on loopback."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from sincerely.outbox import dns_records
from sincerely.outbox.dns_records import Offline, look_up, resolver
from sincerely.outbox.signing import public_key
from tests.outbox.dns_server import NameServer

Records = dict[tuple[str, str], list[str]]
BOUNCES, REPLIES, DKIM = "b.example.org", "r.example.org", "s1._domainkey.jobs.example.org"


@pytest.fixture(autouse=True)
def domains(settings: LazySettings, key: Path) -> None:
    settings.BOUNCE_DOMAIN, settings.REPLY_DOMAIN = BOUNCES, REPLIES
    settings.EMAIL_PROVIDER = ""


@pytest.fixture
def records() -> Records:
    """As they should be."""
    public = base64.b64encode(public_key()).decode()
    return {
        (BOUNCES, "TXT"): ['"v=spf1 a:mail.example.org -all"', '"something else"'],
        (BOUNCES, "MX"): ["10 mail.example.org."],
        (REPLIES, "MX"): ["10 mail.example.org."],
        # In pieces, because one may have 255 characters.
        (DKIM, "TXT"): [f'"v=DKIM1; k=rsa; p={public[:200]}" "{public[200:]}"'],
        ("_dmarc.example.org", "TXT"): ['"v=DMARC1; p=quarantine; rua=mailto:d@example.org"'],
    }


def wrong(records: Records) -> dict[str, str]:
    with NameServer(records) as server:
        found = look_up(resolver(server.address))
        return {each.about: each.text for each in found if each.is_good is False}


def test_as_they_should_be_nothing_is_wrong(records: Records) -> None:
    assert wrong(records) == {}


@pytest.mark.parametrize(
    ("where", "there", "said"),
    [
        ((BOUNCES, "TXT"), None, "missing. Add to b.example.org"),
        ((BOUNCES, "TXT"), ['"v=spf1 -all"', '"v=spf1 mx -all"'], "there are 2"),
        ((BOUNCES, "TXT"), ['"v=spf1 mx +all"'], "lets everybody send"),
        ((BOUNCES, "TXT"), ['"v=spf1 mx all"'], "lets everybody send"),
        ((BOUNCES, "MX"), None, "delivery reports cannot come back"),
        ((BOUNCES, "MX"), ["0 ."], "delivery reports cannot come back"),
        ((REPLIES, "MX"), None, "answers of applicants cannot come back"),
        ((DKIM, "TXT"), None, "missing. Add: TXT"),
        ((DKIM, "TXT"), ['"v=DKIM1; p=AAAA"'], "is of another key"),
        ((DKIM, "TXT"), ['"v=DKIM1; p="'], "is of another key"),
        (("_dmarc.example.org", "TXT"), None, "missing. Add to _dmarc.jobs.example.org"),
        (("_dmarc.example.org", "TXT"), ['"v=DMARC1"'], "says no policy"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(
    records: Records, where: tuple[str, str], there: list[str] | None, said: str
) -> None:
    del records[where]
    if there:
        records[where] = there
    (text,) = wrong(records).values()
    assert said in text


def test_the_command_prints_each_record_and_fails_only_where_it_is_told_to(
    records: Records, db: None
) -> None:
    del records[REPLIES, "MX"]
    with NameServer(records) as server:
        out = io.StringIO()
        call_command("check", dns=server.address, stdout=out)
        lines = out.getvalue().splitlines()
        assert sum(line.startswith("   ok") for line in lines) == 4
        assert sum("WRONG  MX of r.example.org" in line for line in lines) == 1
        with pytest.raises(CommandError, match="1 to put right"):
            call_command("check", dns=server.address, fail_level="WARNING", stdout=out)


def test_offline_it_says_so_and_goes_on(
    records: Records, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dns_records, "LIFETIME_SECONDS", 0.2)
    with NameServer(records, is_silent=True) as server:
        out = io.StringIO()
        call_command("check", dns=server.address, fail_level="WARNING", stdout=out)
        assert "Mail records were not looked up: no name server answers." in out.getvalue()
        with pytest.raises(Offline):
            list(look_up(resolver(server.address)))


@pytest.mark.parametrize("name", ["localhost", "jobs.test", "host", "127.0.0.1", "x.example"])
def test_a_name_that_nobody_knows_is_not_looked_up(settings: LazySettings, name: str) -> None:
    settings.DEFAULT_FROM_EMAIL = f"no-reply@{name}"
    (found,) = look_up(resolver("127.0.0.1:9"))
    assert found.is_good is None


def test_a_provider_signs_by_itself(settings: LazySettings, records: Records) -> None:
    settings.EMAIL_PROVIDER = "postmark"
    left = {where: texts for where, texts in records.items() if BOUNCES not in where}
    del left[DKIM, "TXT"]
    assert wrong(left) == {}
