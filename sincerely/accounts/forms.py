"""allauth's forms in our words; and stricter, where ours must be."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.cache import cache

from sincerely.accounts.devices import device_words
from sincerely.accounts.models import Identity

NEW_PASSWORD = "At least 12 characters. A few words that only you would put together are best."  # noqa: S105


class OurWords:
    """Labels stand above their fields, so no field repeats its own inside."""

    labels: ClassVar[dict[str, str]] = {}
    hints: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)


def owners(email: str) -> list[Identity]:
    """Whose login this is: one or nobody.

    allauth also finds an address that somebody only wants to change to. A code must never go there:
    it may be a slip, and so a stranger's.
    """
    return list(Identity.objects.filter(email=email.lower(), is_active=True))


class LoginForm(OurWords, account.LoginForm):
    labels: ClassVar = {
        "login": "E-mail",
        "remember": "Stay signed in on this device for two weeks",
    }


class RequestLoginCodeForm(OurWords, account.RequestLoginCodeForm):
    labels: ClassVar = {"email": "E-mail"}

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self._user = next(iter(owners(email)), None)
        return email


class ConfirmLoginCodeForm(OurWords, account.ConfirmLoginCodeForm):
    labels: ClassVar = {"code": "Code from the e-mail"}
    hints: ClassVar = {"code": "Large or small letters, with or without the dash."}


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    labels: ClassVar = {"email": "E-mail"}

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = owners(email)
        return email


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):
    labels: ClassVar = {"password1": "New password", "password2": "The same once more"}
    hints: ClassVar = {"password1": NEW_PASSWORD}


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    labels: ClassVar = {
        "oldpassword": "The password you have now",
        "password1": "New password",
        "password2": "The same once more",
    }
    hints: ClassVar = {"password1": NEW_PASSWORD, "oldpassword": ""}


class SetPasswordForm(OurWords, account.SetPasswordForm):
    labels: ClassVar = {"password1": "New password", "password2": "The same once more"}
    hints: ClassVar = {"password1": NEW_PASSWORD}


class ConfirmPasswordForm(OurWords, account.ReauthenticateForm):
    pass


class ChangeEmailForm(OurWords, account.AddEmailForm):
    labels: ClassVar = {"email": "New e-mail address"}


class ActivateTOTPForm(OurWords, totp.ActivateTOTPForm):
    labels: ClassVar = {"code": "Six digits that the app shows now"}


class AddPasskeyForm(OurWords, webauthn.AddWebAuthnForm):
    labels: ClassVar = {
        "name": "A name for it",
        "passwordless": "Sign in with it alone, without a password",
    }
    hints: ClassVar = {
        "name": "So that you know later which one it is.",
        "passwordless": "Your device then asks for your fingerprint, your face or a PIN.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        browser = context.request.headers.get("User-Agent", "")
        kwargs["initial"] = {"name": device_words(browser), "passwordless": True}
        super().__init__(*args, **kwargs)


class EditPasskeyForm(OurWords, webauthn.EditWebAuthnForm):
    labels: ClassVar = {"name": "A name for it"}


class SingleUse:
    """One code, one use.

    A code of the step before or after counts as well (clocks of phones are wrong), so it must stay
    used for three steps; allauth remembers it for one.
    """

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        steps = 2 * app_settings.TOTP_TOLERANCE + 1
        bare = "".join(filter(str.isalnum, code)).lower()  # “825 369” is the code 825369
        key = f"second-step:{self.user.pk}:{bare}"  # type: ignore[attr-defined]
        if not cache.add(key, True, timeout=steps * app_settings.TOTP_PERIOD):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(SingleUse, OurWords, second_step.AuthenticateForm):
    labels: ClassVar = {"code": "Code from your app, or a spare code"}


class ReauthenticateForm(SingleUse, OurWords, second_step.ReauthenticateForm):
    labels: ClassVar = {"code": "Code from your app, or a spare code"}
