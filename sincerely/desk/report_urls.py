"""The figures, and the ledger that they rest on."""

from __future__ import annotations

from django.urls import path

from sincerely.desk import ledger, reports

urlpatterns = [
    path("reports/", reports.reports, name="reports"),
    path("reports/<slug:figure>.csv", reports.figure_csv, name="report_csv"),
    path("ledger.csv", ledger.whole_ledger, {"kind": "csv"}, name="whole_ledger_csv"),
    path("ledger.json", ledger.whole_ledger, {"kind": "json"}, name="whole_ledger_json"),
]
