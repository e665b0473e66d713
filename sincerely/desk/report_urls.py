"""The figures, and the ledger that they rest on."""

from __future__ import annotations

from django.urls import path

from sincerely.desk import ledger

urlpatterns = [
    path("ledger.csv", ledger.whole_ledger, {"kind": "csv"}, name="whole_ledger_csv"),
    path("ledger.json", ledger.whole_ledger, {"kind": "json"}, name="whole_ledger_json"),
]
