from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.employer_search import Located, locate
from sincerely.hiring.founding import found_employer
from sincerely.hiring.models import Job, PolicyVersion


def hiring(name: str, slug: str, by: Identity, *titles: str) -> Employer:
    employer = found_employer(name=name, slug=slug)
    with employer.scope():
        for number, title in enumerate(titles or ("Cook",)):
            Job.objects.create(title=title, slug=f"job-{number}").open(by=by)
    return employer


def by_name(typed: str, job: str = "") -> Located:
    return locate("", typed, job)


def found(typed: str) -> list[str]:
    """The one who is meant, or all who may be."""
    located = by_name(typed)
    if located.place:
        return [located.place.employer.slug]
    return [option.at for option in located.options]


@pytest.mark.parametrize(
    "typed",
    [
        "St. Brigid Hospital",
        "st brigid hospital",
        "ST. BRÍGID",
        "  brigid   hosp ",
        "hospital brig",
    ],
)
def test_a_name_is_found_whatever_its_case_accents_and_length(
    typed: str, hospital: Employer, rosa: Identity
) -> None:
    with hospital.scope():
        Job.objects.create(title="Nurse", slug="nurse").open(by=rosa)
    assert found(typed) == ["st-brigid"]


def test_an_employer_is_found_under_its_new_name(cook: Job, diner: Employer) -> None:
    diner.name = "Gül & Söhne"
    diner.save(update_fields=["name"])
    assert found("gul sohne") == ["blue-spoon"]
    assert found("blue spoon") == []


@pytest.mark.parametrize(
    "typed", ["", " ", "🍕", "%", "'; DROP TABLE", "<script>", "\\", "a" * 5000]
)
def test_what_names_nobody_finds_nobody(typed: str, cook: Job) -> None:
    assert by_name(typed) == Located()


@pytest.mark.parametrize("typed", ["مستشفى النور", "مستشفي", "النور"])
def test_a_name_in_another_script_is_found(typed: str, rosa: Identity) -> None:
    hiring("مستشفي النور", "an-nur", rosa)
    assert found(typed.replace("ى", "ي")) == ["an-nur"]


def test_where_several_fit_there_is_a_choice_with_their_open_jobs(rosa: Identity) -> None:
    hiring("Blue Spoon Diner", "spoon", rosa, "Server", "Line cook")
    hiring("Blue Cross", "cross", rosa, "Nurse")
    located = by_name("blue")
    assert located.place is None
    assert [(one.at, one.name, one.note) for one in located.options] == [
        ("cross", "Blue Cross", "Nurse"),
        ("spoon", "Blue Spoon Diner", "Line cook, Server"),
    ]


def test_the_very_name_wins_over_longer_ones(rosa: Identity) -> None:
    hiring("Blue", "blue", rosa)
    hiring("Blue Spoon Diner", "spoon", rosa)
    assert found("blue") == ["blue"]


def test_two_employers_of_one_name_are_told_apart_by_their_jobs(rosa: Identity) -> None:
    hiring("Corner Shop", "corner-1", rosa, "Cashier")
    hiring("Corner Shop", "corner-2", rosa, "Driver")
    assert [option.note for option in by_name("Corner Shop").options] == ["Cashier", "Driver"]


def test_more_than_eight_say_that_there_are_more(rosa: Identity) -> None:
    for number in range(9):
        hiring(f"Diner {number}", f"diner-{number}", rosa)
    located = by_name("diner")
    assert len(located.options) == 8
    assert located.more


@pytest.mark.parametrize("typed", ["b", "bl"])
def test_two_letters_alone_prove_nothing(typed: str, cook: Job) -> None:
    located = by_name(typed)
    assert located.place is None
    assert [option.name for option in located.options] == ["Blue Spoon Diner"]


def test_whoever_types_more_than_the_name_is_asked_and_not_guessed_at(cook: Job) -> None:
    located = by_name("Blue Spoon Diner Inc., Harbour Street")
    assert located.place is None
    assert [option.name for option in located.options] == ["Blue Spoon Diner"]


@pytest.mark.parametrize(
    ("state", "listed"),
    [("draft", False), ("open", True), ("paused", True), ("closing", True), ("closed", False)],
)
def test_an_employer_without_a_public_job_is_not_listed(
    state: str, listed: bool, cook: Job, diner: Employer
) -> None:
    with diner.scope():
        Job.objects.filter(pk=cook.pk).update(state=state)
    assert bool(found("Blue Spoon Diner")) is listed


def test_a_paused_job_is_no_open_job_of_the_choice(rosa: Identity) -> None:
    one = hiring("Blue Spoon Diner", "spoon", rosa, "Server", "Line cook")
    hiring("Blue Cross", "cross", rosa)
    with one.scope():
        Job.objects.get(title="Server").pause(by=rosa)
    assert by_name("blue").options[1].note == "Line cook"


# ── An address of ours ──────────────────────────────────────────────────────────────────────────


def test_an_address_of_ours_names_the_employer_and_the_job(cook: Job, diner: Employer) -> None:
    place = locate("blue-spoon/line-cook", "", "").place
    assert place is not None
    assert (place.employer, place.job, place.at) == (diner, cook, "blue-spoon/line-cook")
    place = locate("blue-spoon", "somebody else", "").place
    assert place is not None
    assert (place.employer, place.job, place.at) == (diner, None, "blue-spoon")


@pytest.mark.parametrize(
    "at", ["nobody", "nobody/line-cook", "../etc", "blue-spoon/a/b", "none", "\x00", "x" * 5000]
)
def test_a_wrong_address_is_nowhere(at: str, cook: Job) -> None:
    assert locate(at, "", "") == Located()


def test_a_job_that_is_not_public_leaves_the_employer(cook: Job, diner: Employer) -> None:
    with diner.scope():
        Job.objects.create(title="Secret", slug="secret")
    place = locate("blue-spoon/secret", "", "").place
    assert place is not None
    assert (place.employer, place.job) == (diner, None)


def test_none_of_these_ends_the_search(cook: Job) -> None:
    assert locate("none", "Blue Spoon Diner", "") == Located()


# ── Jobs with a policy of their own ─────────────────────────────────────────────────────────────


@pytest.fixture
def own_rules(cook: Job, diner: Employer) -> Job:
    with diner.scope():
        PolicyVersion.objects.create(job=cook, published={"stance": "call_once"})
    return cook


def test_a_job_with_a_policy_of_its_own_is_asked_for(own_rules: Job, diner: Employer) -> None:
    located = by_name("Blue Spoon Diner")
    assert located.place is not None
    assert located.place.job is None
    assert [(one.at, one.name) for one in located.options] == [
        ("blue-spoon/line-cook", "Line cook"),
        ("blue-spoon/", "Another job"),
    ]


def test_a_title_that_was_typed_settles_the_job(own_rules: Job) -> None:
    located = by_name("Blue Spoon Diner", "LINE COOK")
    assert located.place is not None
    assert located.place.job == own_rules
    assert not located.options


def test_another_job_is_not_asked_for_again(own_rules: Job, diner: Employer) -> None:
    located = locate("blue-spoon/", "", "")
    assert located.place is not None
    assert (located.place.employer, located.place.at) == (diner, "blue-spoon/")
    assert not located.options


# ── What it costs ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_takes_one_statement_however_many_fit(count: int, rosa: Identity) -> None:
    for number in range(count):
        hiring(f"Diner {number}", f"diner-{number}", rosa)
    with CaptureQueriesContext(connection) as queries:
        assert len(by_name("d").options) == count
    assert len(queries) == 1


def test_the_search_by_name_uses_its_index(cook: Job) -> None:
    names = [f"Employer {number}" for number in range(1_500)]
    Employer.objects.bulk_create(
        Employer(name=name, slug=f"e-{number}", folded_name=name.lower())
        for number, name in enumerate(names)
    )
    with CaptureQueriesContext(connection) as queries:
        assert found("blue spo") == ["blue-spoon"]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO hiring_job (employer_id, id, slug, state, title, location,"
            " employment_type, pay, summary, description, resume_required, created_at)"
            " SELECT id, id, 'job', 'open', '', '', '', '', '', '', false, now()"
            " FROM accounts_employer"
        )
        cursor.execute("ANALYZE accounts_employer, hiring_job")
        cursor.execute("EXPLAIN " + queries[0]["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "employer_by_words" in plan
