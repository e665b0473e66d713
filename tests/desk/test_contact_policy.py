from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.compose import contact_policy
from sincerely.hiring.models import Application, Job, PolicyVersion
from sincerely.hiring.publishing import contact_sentences
from sincerely.kernel import clock
from tests.desk.conftest import signed_in, text_of

pytestmark = pytest.mark.django_db
ALL, ONE = "/desk/blue-spoon/settings/contact/", "/desk/blue-spoon/jobs/line-cook/contact/"
CALLS = {"stance": "call_once", "phone": "+1 202 555 0123"}


@pytest.fixture
def at_adas_desk(ada: Identity) -> Client:
    return signed_in(ada)


def filled(client: Client, address: str = ALL, **change: str) -> dict[str, str]:
    """The form as the browser would send it back, with some fields changed."""
    form = client.get(address).context["form"]
    held = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in held.items()} | change


def said_by(diner: Employer, job: Job | None = None) -> str:
    employer = Employer.objects.get(pk=diner.pk)
    with employer.scope():
        return " ".join(contact_sentences(employer, job.pk if job else None))


def rows(diner: Employer, **wanted: Any) -> int:
    with diner.scope():
        return PolicyVersion.objects.filter(**wanted).count()


def in_days(days: int) -> str:
    return (clock.today("America/New_York") + dt.timedelta(days=days)).isoformat()


def test_a_change_adds_a_row_and_is_published_at_once(
    at_adas_desk: Client, diner: Employer
) -> None:
    change = CALLS | {
        "wait_days": "3",
        "phone_hours": "Mon-Fri 9:00-11:00",
        "walk_in_place": "12 Harbour Street",
        "walk_in_hours": "Tue 14-16\nThu 14-16",
    }
    assert at_adas_desk.post(ALL, filled(at_adas_desk, **change)).status_code == 302
    assert rows(diner) == 2
    said = said_by(diner)
    assert "call once" in said
    assert "+1 202 555 0123" in said
    assert "12 Harbour Street" in said
    page = text_of(at_adas_desk.get(ALL))
    assert "By Ada." in page
    assert "It holds for who applies from now on." in page
    assert filled(at_adas_desk)["walk_in_hours"] == "Tue 14:00-16:00\nThu 14:00-16:00"


def test_saving_what_holds_already_adds_no_row(at_adas_desk: Client, diner: Employer) -> None:
    at_adas_desk.post(ALL, filled(at_adas_desk))
    assert rows(diner) == 1
    assert "Nothing changed." in text_of(at_adas_desk.get(ALL))


def test_who_applied_before_keeps_the_policy_of_then(at_adas_desk: Client, jo: Application) -> None:
    at_adas_desk.post(ALL, filled(at_adas_desk, **CALLS))
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
        ({"begins": "soon"}, "valid date"),
        ({"begins": "2020-01-01"}, "cannot begin before today"),
        ({"begins": "2206-01-01"}, "within the next two years"),
        ({"ends": "2020-01-01"}, "cannot end before it begins"),
        ({"culture": "loud"}, "valid choice"),
    ],
)
@pytest.mark.parametrize("address", [ALL, ONE])
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_published(
    at_adas_desk: Client,
    diner: Employer,
    cook: Job,
    change: dict[str, str],
    said: str,
    address: str,
) -> None:
    typed = {"contact_name": "Typed with care", "policy_of": "job"}
    page = text_of(at_adas_desk.post(address, filled(at_adas_desk, address) | typed | change))
    assert said in page
    assert "field-error" in page
    assert "Typed with care" in page
    assert rows(diner) == 1


def test_an_end_before_the_start_is_said_at_the_end(at_adas_desk: Client, diner: Employer) -> None:
    change = {"begins": in_days(20), "ends": in_days(10)}
    answer = at_adas_desk.post(ALL, filled(at_adas_desk, **change))
    [problem] = answer.context["form"].errors["ends"]
    assert "cannot end before it begins" in problem
    assert rows(diner) == 1


def test_marks_that_turn_text_around_are_not_published(
    at_adas_desk: Client, diner: Employer
) -> None:
    at_adas_desk.post(ALL, filled(at_adas_desk, contact_name="Ro\u202esa\n now"))
    assert "Rosa now answers." in said_by(diner)


@pytest.mark.parametrize("address", [ALL, ONE])
def test_the_preview_reads_what_is_typed_and_publishes_nothing(
    at_adas_desk: Client, diner: Employer, cook: Job, address: str
) -> None:
    typed = filled(at_adas_desk, address, wait_days="21") | {"policy_of": "job"}
    live = at_adas_desk.post(f"{address}preview/", typed, headers={"HX-Request": "true"})
    assert "21 days" in text_of(live)
    assert "<html" not in text_of(live)
    assert "Day 15" in text_of(live)
    typed["wait_days"] = "soon"
    live = at_adas_desk.post(f"{address}preview/", typed, headers={"HX-Request": "true"})
    assert "From how many days after they applied?: Enter a whole number." in text_of(live)
    assert rows(diner) == 1


def test_without_javascript_the_preview_is_a_page_that_keeps_what_was_typed(
    at_adas_desk: Client, diner: Employer
) -> None:
    page = text_of(at_adas_desk.post(f"{ALL}preview/", filled(at_adas_desk, wait_days="21")))
    assert "from 21 days after you applied" in page
    assert 'value="21"' in page
    assert rows(diner) == 1
    assert at_adas_desk.get(f"{ALL}preview/").headers["Location"] == ALL


def test_a_recruiter_gives_a_job_its_own_policy_and_takes_it_away_again(
    at_rosas_desk: Client, cook: Job, diner: Employer
) -> None:
    own = filled(at_rosas_desk, ONE, **CALLS, policy_of="job")
    assert at_rosas_desk.post(ONE, own).status_code == 302
    assert "call once" in said_by(diner, cook)
    assert "Please do not call" in said_by(diner)
    back = filled(at_rosas_desk, ONE, policy_of="employer", phone_hours="what was typed is ignored")
    assert at_rosas_desk.post(ONE, back).status_code == 302
    assert "Please do not call" in said_by(diner, cook)
    assert rows(diner, job=cook) == 2
    page = text_of(at_rosas_desk.get(ONE))
    assert "As for the whole employer again." in page
    assert "By Rosa." in page


def test_the_employers_page_names_the_jobs_it_does_not_reach(
    at_adas_desk: Client, cook: Job
) -> None:
    assert "Jobs with a policy of their own" not in text_of(at_adas_desk.get(ALL))
    at_adas_desk.post(ONE, filled(at_adas_desk, ONE, **CALLS, policy_of="job"))
    page = text_of(at_adas_desk.get(ALL))
    assert "Jobs with a policy of their own" in page
    assert ONE in page


def test_a_planned_change_is_shown_with_its_day_and_can_be_taken_back(
    at_adas_desk: Client, diner: Employer
) -> None:
    planned = filled(at_adas_desk, wait_days="21", begins=in_days(30), ends=in_days(40))
    answer = at_adas_desk.post(ALL, planned, follow=True)
    assert "after that, what held before" in text_of(answer)
    [entry] = answer.context["history"].coming
    assert "7 days" in said_by(diner)
    answer = at_adas_desk.post(f"{ALL}{entry.id}/removal/", follow=True)
    assert "Taken back." in text_of(answer)
    assert answer.context["history"].coming == []
    assert at_adas_desk.post(f"{ALL}{entry.id}/removal/").status_code == 404


def test_of_two_changes_for_one_day_the_page_says_which_holds(at_adas_desk: Client) -> None:
    assert "the one written later holds" in text_of(at_adas_desk.get(ALL))
    for wait in ("21", "14"):
        at_adas_desk.post(ALL, filled(at_adas_desk, wait_days=wait, begins=in_days(30)))
    answer = at_adas_desk.get(ALL)
    assert [entry.replaced for entry in answer.context["history"].coming] == [True, False]
    assert "Another change for this day was written later." in text_of(answer)


def test_what_has_begun_is_not_taken_back(at_adas_desk: Client, diner: Employer) -> None:
    with diner.scope():
        row = PolicyVersion.objects.get()
    answer = at_adas_desk.post(f"{ALL}{row.pk}/removal/", follow=True)
    assert "It holds already" in text_of(answer)
    assert rows(diner) == 1


def test_looking_changes_nothing(at_adas_desk: Client, diner: Employer) -> None:
    at_adas_desk.post(ALL, filled(at_adas_desk, wait_days="21", begins=in_days(30)))
    with diner.scope():
        planned = PolicyVersion.objects.order_by("-id")[0]
    assert at_adas_desk.get(f"{ALL}{planned.pk}/removal/").status_code == 302
    assert rows(diner) == 2


def test_the_policy_of_all_jobs_is_for_admins(at_rosas_desk: Client, diner: Employer) -> None:
    assert at_rosas_desk.get(ALL).status_code == 404
    assert at_rosas_desk.post(f"{ALL}preview/").status_code == 404


def test_a_hiring_manager_does_not_write_the_policy_of_their_job(
    at_hugos_desk: Client, hugos_job: Job
) -> None:
    assert at_hugos_desk.get(ONE).status_code == 404
    assert at_hugos_desk.post(f"{ONE}preview/").status_code == 404


def test_a_row_of_one_job_is_not_taken_back_through_another_door(
    at_adas_desk: Client, diner: Employer, cook: Job
) -> None:
    own = filled(at_adas_desk, ONE, wait_days="21", begins=in_days(30), policy_of="job")
    at_adas_desk.post(ONE, own)
    with diner.scope():
        planned = PolicyVersion.objects.get(job=cook)
    assert at_adas_desk.post(f"{ALL}{planned.pk}/removal/").status_code == 404
    assert at_adas_desk.post(f"{ONE}{planned.pk}/removal/").status_code == 302
    assert rows(diner, job=cook) == 0


def test_more_history_takes_no_more_statements(
    at_adas_desk: Client, cook: Job, diner: Employer, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for wait in ("1", "2", "3"):
        at_adas_desk.post(ONE, filled(at_adas_desk, ONE, wait_days=wait, policy_of="job"))
        at_adas_desk.get(ALL)  # reads the setup afresh
        with django_assert_max_num_queries(12) as asked:
            at_adas_desk.get(ALL)
            at_adas_desk.get(ONE)
        counts.append(len(asked))
    assert len(set(counts)) == 1
