"""What an admin sets up: the employer's look, stages, messages, contact policy and members."""

from __future__ import annotations

from django.urls import path

from sincerely.desk import (
    contact_policy,
    members,
    settings_domains,
    settings_look,
    settings_messages,
    settings_phone,
    settings_responsiveness,
    settings_stages,
)

_MEMBER = "settings/members/<uuid:membership_id>/"

urlpatterns = [
    path("settings/", settings_look.look, name="settings"),
    path("settings/stages/", settings_stages.stages, name="settings_stages"),
    path("settings/messages/", settings_messages.kinds, name="settings_messages"),
    path("settings/messages/<slug:kind>/", settings_messages.message, name="settings_message"),
    path(
        "settings/messages/<slug:kind>/preview/",
        settings_messages.preview,
        name="settings_message_preview",
    ),
    path("settings/contact/", contact_policy.contact, name="settings_contact"),
    path("settings/contact/preview/", contact_policy.preview, name="settings_contact_preview"),
    path(
        "settings/contact/<uuid:version_id>/removal/",
        contact_policy.removal,
        name="settings_contact_removal",
    ),
    path(
        "settings/responsiveness/",
        settings_responsiveness.responsiveness,
        name="settings_responsiveness",
    ),
    path("settings/phone/", settings_phone.phone, name="settings_phone"),
    path("settings/phone/preview/", settings_phone.preview, name="settings_phone_preview"),
    path("settings/phone/<slug:part>/", settings_phone.spoken, name="settings_phone_spoken"),
    path("settings/members/", members.members, name="settings_members"),
    path("settings/domains/", settings_domains.domains, name="settings_domains"),
    path(_MEMBER, members.member, name="settings_member"),
    path(f"{_MEMBER}removal/", members.removal, name="settings_member_removal"),
    path(f"{_MEMBER}invitation/", members.invitation, name="settings_member_invitation"),
]
