from __future__ import annotations

from sincerely.protocol.drafts import Draft, draft
from sincerely.protocol.facts import Facts, Incident, Vouch
from sincerely.protocol.policy import Policy
from sincerely.protocol.rulebooks import A
from sincerely.protocol.words import english
from tests.protocol.days import day, verdict_on

JO = {
    "applicant": "Jo",
    "job": "Nurse",
    "employer": "St. Brigid Hospital",
    "reference": "0123456789",
}


def draft_on(today: str, policy: Policy | None = None, **facts: object) -> Draft | None:
    known = {"applied_on": day("11-01"), **JO, **facts}
    return draft(verdict_on(today, policy, **known), Facts(**known))  # type: ignore[arg-type]


def test_a_mail_says_who_which_job_two_questions_and_thanks() -> None:
    assert draft_on("11-20", Policy(contact_name="Rosa")) == Draft(
        "email",
        "My application: Nurse",
        "Hello Rosa,\n\nI applied for the position of Nurse on Sunday, 1 November.\n\n"
        "May I ask two things: is the position still open, and did my application arrive?\n\n"
        "Thank you, and kind regards\nJo\nReference 0123456789",
    )


def test_a_call_is_said_in_one_breath() -> None:
    spoken = draft_on("11-20", Policy(stance="call_once"))
    assert spoken == Draft(
        "speech",
        "",
        "Hello, this is Jo. I applied for the position of Nurse on Sunday, 1 November. Is the"
        " position still open, and did my application arrive? Thank you. Goodbye.",
    )


def test_nothing_is_drafted_where_nothing_is_to_be_said() -> None:
    assert draft_on("11-02") is None
    assert draft_on("11-20", withdrawn_on=day("11-10")) is None


def test_a_told_outcome_may_be_thanked_for() -> None:
    thanks = draft_on("11-20", told_on=day("11-19"))
    assert thanks is not None
    assert thanks.subject == "Thank you"
    assert "?" not in thanks.body


def test_support_gets_the_code_the_error_and_room_for_the_steps() -> None:
    incident = Incident(failed_on=day("11-19"), code="K7-42", error_text="Something\nwent wrong")
    mail = draft_on("11-20", incident=incident)
    assert mail is not None
    assert mail.subject == "Problem with an application, code K7-42"
    assert "The code was K7-42. The error said: “Something went wrong”." in mail.body
    assert "1. \n2. \n" in mail.body


def test_an_escalated_call_brings_the_code() -> None:
    incident = Incident(
        failed_on=day("11-19"), support_exists=False, steps_followed=True, code="K7-42"
    )
    spoken = draft_on("11-20", incident=incident)
    assert spoken is not None
    assert "The code is K7-42." in spoken.body


def test_a_vouch_names_the_referrer_and_greets_the_person() -> None:
    vouch = Vouch(person="Hugo", given_on=day("11-19"), certain=True, referrer="Rosa")
    mail = draft_on("11-20", vouch=vouch)
    assert mail is not None
    assert mail.body.startswith("Hello Hugo,\n\nRosa told me that I may write to you.")


def test_a_name_cannot_break_a_subject_line_or_a_pattern() -> None:
    mail = draft_on("11-20", job="Nurse\r\nBcc: all@example.com {who}", applicant="{0}" + "x" * 900)
    assert mail is not None
    assert mail.subject == "My application: Nurse Bcc: all@example.com {who}"
    assert "…" in mail.body


def test_long_names_leave_a_call_within_its_twenty_seconds() -> None:
    wordy = " ".join("a" * 60)
    facts = Facts(applied_on=day("11-01"), applicant=wordy, job=wordy)
    verdict = verdict_on("11-20", rules=A, applicant=wordy, job=wordy)

    def long_winded(text: str) -> str:
        return text + " please" * 10 if "this is" in text else english(text)

    for language in (english, long_winded):
        spoken = draft(verdict, facts, language)
        assert spoken is not None
        assert len(spoken.body.split()) <= 55
