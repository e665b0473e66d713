"""Mail that could not be sorted."""

from __future__ import annotations

from django.urls import path

from sincerely.desk import mail, mail_decisions

_ONE = "mail/<uuid:mail_id>/"

urlpatterns = [
    path("mail/", mail.inbox, name="mail"),
    path(_ONE, mail.one, name="mail_one"),
    path(f"{_ONE}application/", mail_decisions.attach, name="mail_attach"),
    path(f"{_ONE}new-application/", mail_decisions.new_application, name="mail_new_application"),
    path(f"{_ONE}dismissal/", mail_decisions.dismissal, name="mail_dismissal"),
]
