"""Writing a job: what applicants read, what they are asked, who owns it and who decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BaseFormSet, formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sincerely.accounts.models import Identity
from sincerely.desk.access import DeskRequest, desk_view, job_or_404
from sincerely.hiring.job_setup import Asked, owners_and_deciders, save_job
from sincerely.hiring.models import Job, Question

MOST_QUESTIONS = 30
MOST_CHOICES = 30
LONGEST_CHOICE = 200
LONGEST_DESCRIPTION = 20_000


class JobForm(forms.ModelForm):
    use_required_attribute = False
    team = forms.MultipleChoiceField(
        label="Who decides",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="They see this job and its applications, and say advance, decline or discuss.",
    )

    class Meta:
        model = Job
        fields = (
            "title",
            "location",
            "employment_type",
            "pay",
            "summary",
            "description",
            "resume_required",
            "recruiter",
        )
        labels = {
            "title": "Title",
            "location": "Place",
            "employment_type": "Hours",
            "pay": "Pay",
            "summary": "In one sentence",
            "description": "Description",
            "resume_required": "Ask for a resume: nobody can apply without one",
            "recruiter": "Owner",
        }
        help_texts = {
            "employment_type": "Such as full time, 20 hours a week, summer only.",
            "pay": "Applicants look for it first. Such as 18–21 an hour.",
            "summary": "Stands in the list of jobs.",
            "description": "Leave a blank line between paragraphs. Begin a line with “- ” for a "
            "list, with “## ” for a heading.",
            "recruiter": "Owes the applicants their answers.",
        }
        widgets = {"description": forms.Textarea({"rows": 14, "maxlength": LONGEST_DESCRIPTION})}
        error_messages = {"title": {"required": "Give the job a title."}}

    def __init__(self, *args: Any, employer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners, deciders = owners_and_deciders(employer)
        if self.instance.recruiter and self.instance.recruiter not in owners:
            owners.append(self.instance.recruiter)
        self.people = {str(person.pk): person for person in deciders}
        recruiter: Any = self.fields["recruiter"]
        recruiter.queryset = Identity.objects.filter(pk__in=[person.pk for person in owners])
        recruiter.required, recruiter.empty_label = True, None
        team: Any = self.fields["team"]
        team.choices = [(key, str(person)) for key, person in self.people.items()]

    def clean_description(self) -> str:
        text: str = self.cleaned_data["description"]
        if len(text) > LONGEST_DESCRIPTION:
            raise forms.ValidationError(f"At most {LONGEST_DESCRIPTION:,} characters, please.")
        return text

    @property
    def chosen_team(self) -> list[Identity]:
        return [self.people[key] for key in self.cleaned_data["team"]]


class QuestionForm(forms.Form):
    use_required_attribute = False
    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Question", max_length=300, error_messages={"required": "Write the question."}
    )
    kind = forms.ChoiceField(label="Answer", choices=Question.Kind.choices)
    required = forms.BooleanField(label="Must be answered", required=False)
    choices = forms.CharField(
        label="Choices, one a line",
        required=False,
        max_length=4_000,
        widget=forms.Textarea({"rows": 3}),
    )

    def has_changed(self) -> bool:
        """A row that was added and left blank is no question."""
        return any(self[name].value() for name in ("id", "text", "choices"))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        lines = [line.strip() for line in given.get("choices", "").splitlines()]
        choices = tuple(dict.fromkeys(filter(None, lines)))
        if given.get("kind") != Question.Kind.CHOICE:
            choices = ()
        elif len(choices) < 2:
            self.add_error("choices", "Give at least two choices, one a line.")
        elif len(choices) > MOST_CHOICES or max(map(len, choices)) > LONGEST_CHOICE:
            self.add_error(
                "choices", f"At most {MOST_CHOICES} choices of {LONGEST_CHOICE} characters, please."
            )
        return given | {"choices": choices}

    @property
    def asked(self) -> Asked:
        given = self.cleaned_data
        names = ("id", "text", "kind", "choices", "required")
        return Asked(**{name: given[name] for name in names})


class Questions(BaseFormSet):
    deletion_widget = forms.HiddenInput
    ordering_widget = forms.HiddenInput


QuestionFormSet = formset_factory(
    QuestionForm,
    formset=Questions,
    extra=0,
    can_order=True,
    can_delete=True,
    max_num=MOST_QUESTIONS,
    validate_max=True,
)


@desk_view(recruits=True)
def new_job(request: DeskRequest) -> HttpResponse:
    return _edit(request, Job(employer=request.employer, recruiter=request.user))


@desk_view(recruits=True)
def edit_job(request: DeskRequest, slug: str) -> HttpResponse:
    return _edit(request, job_or_404(request, slug))


def _edit(request: DeskRequest, job: Job) -> HttpResponse:
    is_new = job._state.adding
    posted = request.POST if request.method == "POST" else None
    initial = {} if is_new else {"team": _team(job)}
    form = JobForm(posted, instance=job, employer=request.employer, initial=initial)
    questions = QuestionFormSet(posted, initial=_asked(job), prefix="questions")
    if posted is not None and form.is_valid() and questions.is_valid():
        job = form.save(commit=False)
        save_job(job, team=form.chosen_team, questions=_kept(questions), by=request.user)
        said = "is saved as a draft. Open it when it is ready." if is_new else "is saved."
        messages.success(request, f"{job.title} {said}")
        return redirect("desk:board", employer=request.employer.slug, slug=job.slug)
    context = {"job": job, "form": form, "questions": questions, "is_new": is_new}
    return render(request, "desk/jobs/edit.html", context)


def _kept(questions: Any) -> list[Asked]:
    """In the order that was chosen, without those that were removed or left blank."""
    return [form.asked for form in questions.ordered_forms if form.cleaned_data.get("text")]


def _team(job: Job) -> list[str]:
    return [str(key) for key in job.team.values_list("identity_id", flat=True)]  # type: ignore[attr-defined]


def _asked(job: Job) -> list[dict[str, Any]]:
    if job._state.adding:
        return []
    return [
        {
            "id": question.pk,
            "text": question.text,
            "kind": question.kind,
            "required": question.required,
            "choices": "\n".join(question.choices),
        }
        for question in Question.objects.filter(job=job)
    ]
