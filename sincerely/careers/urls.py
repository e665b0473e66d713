"""The public's addresses."""

from __future__ import annotations

from django.urls import include, path

from sincerely.careers import (
    advice,
    another_address,
    apply,
    details,
    follow_up,
    interview,
    link_again,
    pages,
    published,
    received,
    referrals,
    responsiveness,
    status,
    status_by_pin,
    vouches,
    which_job,
)

app_name = "careers"

employer_urls = [
    path("", pages.employer, name="employer"),
    path("look.css", published.look, name="look"),
    path("logo", published.logo, name="logo"),
    path("follow-up-policy.json", published.employer_policy, name="policy"),
    path("link/", link_again.link_again, name="link_again"),
    path("mail/<str:token>/", which_job.which_job, name="which_job"),
    path("responsiveness/", responsiveness.responsiveness, name="responsiveness"),
    path("referrals/<str:token>/", referrals.referral, name="referral"),
    path("vouches/<str:token>/", vouches.vouch, name="vouch"),
    path("vouches/<str:token>/contact/", vouches.contact, name="vouch_contact"),
    path("vouches/<str:token>/answer/", vouches.answer, name="vouch_answer"),
]
job_urls = [
    path("", pages.job, name="job"),
    path("apply/", apply.apply, name="apply"),
    path("refer/<str:token>/", referrals.refer, name="refer"),
    path("received/<str:signed>/", received.received, name="received"),
    path("follow-up-policy.json", published.job_policy, name="job_policy"),
]
urlpatterns = [
    path("", pages.front, name="front"),
    path("e/<slug:employer>/", include(employer_urls)),
    path("e/<slug:employer>/jobs/<slug:slug>/", include(job_urls)),
    path("advice/", advice.advice, name="advice"),
    path("advice/tone/", advice.tone, name="advice_tone"),
    path("advice/calendar.ics", advice.calendar, name="advice_calendar"),
    path("schemas/<str:name>.json", published.schema, name="schema"),
    path("link/", link_again.link_again_anywhere, name="link_again_anywhere"),
    path("status/", status_by_pin.status_by_pin, name="status_by_pin"),
    path("a/<str:token>/", status.status, name="status"),
    path("a/<str:token>/details/", details.details, name="details"),
    path("a/<str:token>/address/", another_address.another_address, name="another_address"),
    path("a/<str:token>/follow-up/", follow_up.follow_up, name="follow_up"),
    path("a/<str:token>/interview/", interview.pick_slot, name="interview"),
    path("a/<str:token>/interview/another/", interview.another_time, name="interview_another"),
    path("a/<str:token>/interview/late/", interview.late, name="interview_late"),
    path("a/<str:token>/interview.ics", interview.calendar, name="interview_calendar"),
    path("a/<str:token>/pin/", status.pin, name="pin"),
    path("a/<str:token>/withdrawal/", status.withdrawal, name="withdrawal"),
    path("a/<str:token>/withdrawal/undo/", status.withdrawal_undo, name="withdrawal_undo"),
]
