"""Mail does not reach the applicant: they give another address on their own page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sincerely.careers.address_form import AddressForm
from sincerely.careers.limits import network
from sincerely.careers.status import applicant_view, status_page
from sincerely.hiring.models import Application, CannotDo
from sincerely.hiring.models.application import APPLICANT
from sincerely.hiring.reaching import give_another_address
from sincerely.kernel.limits import Limit, TooMany, count_use

DAY = dt.timedelta(days=1)
# Each sends two mails to an address that somebody typed.
FOR_ONE_APPLICATION = Limit("address-of", most=5, per=DAY)
FROM_ONE = Limit("address-from", most=60, per=DAY)


# No CSRF token, as with a withdrawal: the link is the only proof there is.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@applicant_view
def another_address(request: Any, application: Application, token: str) -> HttpResponse:
    if request.method != "POST":
        return redirect("careers:status", token=token)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _again(request, application, token, form, 422)
    try:
        count_use({FOR_ONE_APPLICATION: application.pk.hex, FROM_ONE: network(request)})
        give_another_address(application, form.cleaned_data["email"], by=APPLICANT)
    except TooMany:
        form.add_error("email", "You have tried this often today. Try again tomorrow, or call us.")
        return _again(request, application, token, form, 429)
    except CannotDo as refusal:
        form.add_error("email", str(refusal))
        return _again(request, application, token, form, 409)
    return redirect("careers:status", token=token)


def _again(
    request: Any, application: Application, token: str, form: AddressForm, status: int
) -> HttpResponse:
    return status_page(request, application, token, address_form=form, status=status)
