"""Members: who works at this desk, in which role, and how they come and go."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sincerely.accounts.models import Identity, Membership, Role
from sincerely.desk.access import DeskRequest, desk_view
from sincerely.desk.settings_domains import DomainsForm
from sincerely.hiring import members as membership_verbs
from sincerely.hiring.hand_over import owes, owned_jobs, successors
from sincerely.hiring.models import CannotDo, HiringTeamMember, Job
from sincerely.hiring.models.job import JobState
from sincerely.outbox.models import Message

MOST = 500
ROLE_HINTS = {
    Role.ADMIN: "everything, and these settings",
    Role.RECRUITER: "every job and every applicant",
    Role.HIRING_MANAGER: "the jobs they decide on, and nothing else",
}
ROLES = [(role.value, f"{role.label}: {hint}") for role, hint in ROLE_HINTS.items()]


class InvitationForm(forms.Form):
    use_required_attribute = False
    name = forms.CharField(label="Name", max_length=200)
    email = forms.EmailField(label="E-mail", max_length=254)
    role = forms.ChoiceField(label="Role", choices=ROLES, initial=Role.HIRING_MANAGER)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label="Role", choices=ROLES, widget=forms.RadioSelect)


@desk_view(admin=True)
def members(request: DeskRequest) -> HttpResponse:
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _invited(request, form):
        return _to_list(request)
    domains = DomainsForm.of(request.employer)
    context = {"form": form, "domains": domains, "rows": _rows(request), "at": "members"}
    return render(request, "desk/settings/members.html", context)


@desk_view(admin=True)
def member(request: DeskRequest, membership_id: UUID) -> HttpResponse:
    """One member: another role, another invitation, or goodbye."""
    shown = _member_or_404(request, membership_id)
    form = RoleForm(request.POST or None, initial={"role": shown.role})
    if request.method == "POST" and form.is_valid():
        try:
            role = form.cleaned_data["role"]
            membership_verbs.change_role(shown, role, by=request.user)
            messages.success(request, f"{shown.identity} is {shown.get_role_display()} now.")
            return _to_list(request)
        except CannotDo as refusal:
            form.add_error("role", str(refusal))
    context = {
        "member": shown,
        "form": form,
        "owned": owned_jobs(shown),
        "owes": owes(shown),
        "successors": successors(shown),
        "at": "members",
    }
    return render(request, "desk/settings/member.html", context)


@desk_view(admin=True)
def removal(request: DeskRequest, membership_id: UUID) -> HttpResponse:
    shown = _member_or_404(request, membership_id)
    if request.method != "POST":
        return _to_member(request, shown)
    try:
        successor = _successor(shown, request.POST.get("successor", ""))
        membership_verbs.remove(shown, successor=successor, by=request.user)
    except CannotDo as refusal:
        messages.error(request, str(refusal))
        return _to_member(request, shown)
    messages.success(request, f"{shown.identity} has no access any more.")
    return _to_list(request)


@desk_view(admin=True)
def invitation(request: DeskRequest, membership_id: UUID) -> HttpResponse:
    """Send the invitation once more."""
    shown = _member_or_404(request, membership_id)
    if request.method == "POST":
        membership_verbs.send_invitation(shown, by=request.user)
        messages.success(request, f"The invitation is on its way to {shown.identity.email}.")
    return _to_member(request, shown)


def _successor(leaving: Membership, wanted: str) -> Identity | None:
    """Who was chosen to take over, None when nobody was; raises CannotDo for anybody else."""
    if not wanted:
        return None
    people = {str(each.identity_id): each.identity for each in successors(leaving)}
    if wanted not in people:
        raise CannotDo(f"Nobody by that name can take over from {leaving.identity}. Choose again.")
    return people[wanted]


def _member_or_404(request: DeskRequest, membership_id: UUID) -> Membership:
    rows = request.employer.memberships.select_related("identity", "employer")
    return get_object_or_404(rows, pk=membership_id)


def _invited(request: DeskRequest, form: InvitationForm) -> bool:
    try:
        invited = membership_verbs.invite(request.employer, by=request.user, **form.cleaned_data)
    except CannotDo as refusal:
        form.add_error("email", str(refusal))
        return False
    messages.success(request, f"The invitation is on its way to {invited.identity.email}.")
    return True


def _rows(request: DeskRequest) -> list[dict[str, Any]]:
    """Each member with their jobs and the state of their invitation, in four statements."""
    found = request.employer.memberships.select_related("identity")
    rows = list(found.order_by("identity__name", "id")[:MOST])
    owned = _jobs_owned(request)
    decides: dict[Any, list[str]] = {}
    for place in HiringTeamMember.objects.select_related("job").order_by("job__title"):
        decides.setdefault(place.identity_id, []).append(place.job.title)
    invitations = _invitations(rows)
    return [
        {
            "member": row,
            "owns": owned.get(row.identity_id, 0),
            "decides": decides.get(row.identity_id, []),
            "invitation": None if row.identity.last_login else invitations.get(row.pk),
        }
        for row in rows
    ]


def _jobs_owned(request: DeskRequest) -> dict[Any, int]:
    owned: dict[Any, int] = {}
    jobs = Job.objects.exclude(state=JobState.CLOSED).exclude(recruiter=None)
    for key in jobs.values_list("recruiter_id", flat=True):
        owned[key] = owned.get(key, 0) + 1
    return owned


def _invitations(rows: list[Membership]) -> dict[Any, Message]:
    sent = Message.objects.filter(kind="invitation", about_id__in=[row.pk for row in rows])
    return {message.about_id: message for message in sent.order_by("created_at").defer("raw")}


def _to_list(request: DeskRequest) -> HttpResponse:
    return redirect("desk:settings_members", employer=request.employer.slug)


def _to_member(request: DeskRequest, shown: Membership) -> HttpResponse:
    return redirect("desk:settings_member", employer=request.employer.slug, membership_id=shown.pk)
