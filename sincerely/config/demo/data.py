"""Loads the demo through the product's own verbs, with the clock set back to when it happened."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils.text import slugify

from sincerely.accounts.models import Employer, Identity, Membership, Role
from sincerely.config.demo.addresses import load_addresses
from sincerely.config.demo.employers import EMPLOYERS, DemoEmployer, DemoJob
from sincerely.config.demo.follow_ups import load_follow_ups
from sincerely.config.demo.incidents import load_incidents
from sincerely.config.demo.interviews import load_interviews
from sincerely.config.demo.legal_clocks import load_legal_clocks
from sincerely.config.demo.mails import load_mail_for_support, load_mails
from sincerely.config.demo.phone_line import load_phone_line, open_phone_line
from sincerely.config.demo.questions import load_questions
from sincerely.config.demo.referrals import load_referrals
from sincerely.config.demo.resumes import write_resume
from sincerely.config.demo.scorecards import load_scorecards
from sincerely.config.demo.today import load_today
from sincerely.config.seeding.names import any_name
from sincerely.documents.jobs import reading_of
from sincerely.documents.models import Document
from sincerely.hiring.contact_setup import OWN, fields_of, publish, read_change
from sincerely.hiring.founding import found_employer
from sincerely.hiring.front_desk import give_slip, take_in
from sincerely.hiring.house import set_mail_domains
from sincerely.hiring.intake import Submission, receive
from sincerely.hiring.models import Application, Call, Job, Question, Review
from sincerely.hiring.reminding import remind
from sincerely.kernel.clock import clock_at, now, today
from sincerely.kernel.ids import uuid7
from sincerely.outbox.models import Delivery, Message

PASSWORD = "sincerely-demo"  # noqa: S105  (it is printed on the terminal)
ANSWERS = {"short": "Four", "yes_no": "Yes", "long": "A piece on harbour cooks, in the Courier."}


def load(home: Path) -> int:
    """Load the three employers; writes the logins to `home`/demo-logins.json.

    Returns how many applications there are. The history is drawn from a fixed seed, so that every
    demo looks alike, and counted back from now.
    """
    chance = random.Random(20260101)  # noqa: S311
    logins: list[dict[str, str]] = []
    employers = []
    for about in EMPLOYERS:
        with clock_at(now() - dt.timedelta(days=60)):
            employer = found_employer(slug=about.slug, policy=about.policy, **about.fields)
            open_phone_line(employer)
        logins += _Loader(about, employer, chance).load()
        employers.append(employer)
    load_phone_line(home, _arrive)
    logins.append(_login(_operator(employers), "Operator", ""))
    (home / "demo-logins.json").write_text(json.dumps(logins, indent=1))
    return sum(_applications_of(employer) for employer in employers)


def _operator(employers: list[Employer]) -> Identity:
    """Who hosts them all, with what waits for support."""
    operator = Identity.objects.create_user(
        "operator@sincerely.example", PASSWORD, name="Operator", is_operator=True
    )
    load_mail_for_support()
    for employer in employers:
        load_incidents(employer, operator, _arrive)
    return operator


def _applications_of(employer: Employer) -> int:
    with employer.scope():
        return Application.objects.count()


class _Loader:
    """Loads one employer: its people, its jobs, and what happened to each applicant."""

    def __init__(self, about: DemoEmployer, employer: Employer, chance: random.Random) -> None:
        self.about, self.employer, self.chance = about, employer, chance

    def load(self) -> list[dict[str, str]]:
        domain = f"{self.employer.slug}.example"
        people = [
            (self.about.recruiter, Role.RECRUITER),
            ("Hugo", Role.HIRING_MANAGER),
            ("Admin", Role.ADMIN),
        ]
        members = {
            role: self._member(f"{name.lower()}@{domain}", name, role) for name, role in people
        }
        self.recruiter, self.manager = members[Role.RECRUITER], members[Role.HIRING_MANAGER]
        with self.employer.scope():
            set_mail_domains(self.employer, [domain], by="Admin")
            for job in self.about.jobs:
                self._job(job)
            load_interviews(self.employer, [self.recruiter, self.manager], _arrive)
            load_follow_ups(self.employer, self.recruiter, _arrive)
            load_questions(self.employer, self._deliver)
            load_legal_clocks(self.employer, self.recruiter, self._deliver)
            load_scorecards(self.employer, self.recruiter, self.manager)
            if self.about.has_referrals:
                job = Job.objects.get(slug=slugify(self.about.jobs[0].title))
                load_referrals(job, self.manager, _arrive)
            self._mail_comes()
            if self.about.planned:
                self._plan(self.about.planned, by=members[Role.ADMIN])
            self._walk_in()
            load_addresses(self.recruiter)
            self._this_morning()
        return [_login(members[role], role.label, self.employer.name) for role in members]

    def _plan(self, policy: dict[str, Any], *, by: Identity) -> None:
        begins = today(self.employer.time_zone) + dt.timedelta(days=30)
        self._publish(None, policy | {"begins": begins}, by=by)

    def _this_morning(self) -> None:
        """As on every morning everybody is reminded, so that there is a mail to look at."""
        for membership in self.employer.memberships.select_related("employer", "identity"):
            remind(membership)
        load_today(self.employer, self.recruiter, self.manager)

    def _member(self, email: str, name: str, role: Role) -> Identity:
        identity = Identity.objects.create_user(email, PASSWORD, name=name)
        Membership.objects.create(employer=self.employer, identity=identity, role=role)
        return identity

    def _job(self, about: DemoJob) -> None:
        with clock_at(now() - dt.timedelta(days=about.days + 2)):
            job = Job.objects.create(
                employer=self.employer,
                title=about.title,
                slug=slugify(about.title),
                location=about.location,
                pay=about.pay,
                employment_type=about.employment_type,
                summary=about.summary,
                description=about.description,
                recruiter=self.recruiter,
            )
            for position, (text, kind) in enumerate(about.questions):
                Question.objects.create(job=job, position=position, text=text, kind=kind)
            job.add_to_team(self.manager)
            if about.contact:
                self._publish(job, about.contact | {"policy_of": OWN}, by=self.recruiter)
            if about.state != "draft":
                job.open(by=self.recruiter)
        for number in range(about.applicants):
            self._application(job, about, number)
        if about is self.about.jobs[0]:
            self._voicemail(job)
        if about.state == "paused":
            job.pause(by=self.recruiter)

    def _publish(self, job: Job | None, change: dict[str, Any], *, by: Identity) -> None:
        """Change the contact policy that holds, in these fields."""
        fields = fields_of(self.employer, job) | change
        publish(self.employer, read_change(self.employer, fields, job), by=by, job=job)
        self.employer.refresh_from_db()

    def _voicemail(self, job: Job) -> None:
        """Somebody whose date still holds has used the follow-up."""
        waiting = job.applications.open().filter(due_on__gt=now().date()).exclude(name="Jo Smith")
        application = waiting.order_by("applied_at").first()
        if application:
            with clock_at(now() - dt.timedelta(hours=3)):
                note = "Asked whether we have everything. Sounded friendly."
                application.log_call(Call.Kind.VOICEMAIL, by=self.recruiter, note=note)

    def _application(self, job: Job, about: DemoJob, number: int) -> None:
        is_jo = number == 3 and about is self.about.jobs[0]
        name = "Jo Smith" if is_jo else any_name(self.chance)
        # One address of each job does not exist; the demo's mail server says so. The next
        # applicant's receipt is delivered for all to see. Everything else lies in the past.
        box = "bounce" if number == 0 else slugify(name.replace(" ", "."))
        email = f"{box}.{job.slug}@applicants.example"
        is_new = number < 2
        days_ago = 0 if is_new else self.chance.uniform(0.1, about.days)
        applied = now() - dt.timedelta(days=days_ago)
        with clock_at(applied):
            application = self._apply(job, about, name, email)
            if not is_new:
                self._deliver(application)
        if not is_new:
            self._history(application, applied)

    def _walk_in(self) -> None:
        """Somebody came by two days ago, with neither phone nor e-mail, and got a slip."""
        if not (name := self.about.walked_in):
            return
        job = self.employer.jobs.published().order_by("opened_at").first()  # type: ignore[attr-defined]
        form = Submission(id=uuid7(), name=name, source="walk-in")
        with clock_at(now() - dt.timedelta(days=2)):
            taken = take_in(job, form, by=self.recruiter, note="Cooked on a ferry for two years.")
        with clock_at(now() - dt.timedelta(days=2) + dt.timedelta(minutes=1)):
            give_slip(taken.application, key=uuid7(), by=self.recruiter)

    def _mail_comes(self) -> None:
        if not self.about.has_mail:
            return
        jobs = Job.objects.select_related("employer", "recruiter")
        load_mails(jobs.get(slug=slugify(self.about.jobs[0].title)), self._deliver)

    def _apply(self, job: Job, about: DemoJob, name: str, email: str) -> Application:
        file_name, content = write_resume(name, email, job.title, self.chance)
        kind = file_name.rpartition(".")[2]
        document = Document.objects.receive(ContentFile(content), name=file_name, kind=kind)
        reading_of(document).defer()
        submission = Submission(
            id=uuid7(),
            name=name,
            email=email,
            phone=f"+1212555{self.chance.randrange(10_000):04}",
            answers=[{"question": text, "answer": ANSWERS[kind]} for text, kind in about.questions],
            document=document,
            source=self.chance.choice(["Careers page", "Job board", "Friend", "walk-in"]),
        )
        receive(job, submission)
        return Application.objects.for_page().get(pk=submission.id)

    def _history(self, application: Application, applied: dt.datetime) -> None:
        """Move it on every few days, until today is reached or somebody is slow."""
        at = applied
        stages = list(self.employer.stages.order_by("position"))[1:]
        for stage in stages:
            at += dt.timedelta(days=self.chance.uniform(1, 7), hours=self.chance.uniform(0, 9))
            slow = self.chance.random() < self.about.slowness
            if at > now() - dt.timedelta(minutes=20) or slow:
                return
            with clock_at(at):
                if self.chance.random() < 0.3:
                    return self._end(application, at)
                self._review(application)
                application.move(stage, by=self.recruiter)
            self._deliver(application, at)

    def _review(self, application: Application) -> None:
        if self.chance.random() < 0.2:
            application.review(
                Review.Outcome.DISCUSS, by=self.manager, reason="Strong, but which shift?"
            )

    def _end(self, application: Application, at: dt.datetime) -> None:
        reason = "We chose people with more practice on a fast line."
        if application.stage.name == "Offer":
            application.hire(by=self.manager, note="Everybody agreed.")
        else:
            application.decline(by=self.manager, note=reason)
        self._deliver(application, at)

    def _deliver(self, application: Application, at: dt.datetime | None = None) -> None:
        """What was sent in the past arrived in the past."""
        at = (at or now()) + self.employer.undo_window + dt.timedelta(minutes=1)
        with clock_at(at):
            for message in application.messages().unsent():
                _arrive(message, at)


def _arrive(message: Message, at: dt.datetime) -> None:
    evidence = "Written by the demo: this happened before it was loaded."
    for state, later in ((Message.State.SENT, 0), (Message.State.DELIVERED, 3)):
        message.settle(
            state,
            source=Delivery.Source.WORKER,
            evidence=evidence,
            at=at + dt.timedelta(seconds=later),
        )


def _login(identity: Identity, role: Any, employer: str) -> dict[str, str]:
    return {
        "name": identity.name,
        "role": f"{role} {employer}".strip(),
        "email": identity.email,
        "password": PASSWORD,
    }
