"""A job in the words of schema.org, for search engines (JSON-LD)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from sincerely.careers.prose import prose
from sincerely.hiring.models import Job

_TYPES = {
    "full time": "FULL_TIME", "full-time": "FULL_TIME", "part time": "PART_TIME",
    "part-time": "PART_TIME", "contract": "CONTRACTOR", "temporary": "TEMPORARY",
    "internship": "INTERN", "volunteer": "VOLUNTEER",
}  # fmt: skip
# So that no text can end the script element it stands in.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def job_posting(job: Job, absolute: Callable[[str], str]) -> SafeString:
    """JSON for a `<script type="application/ld+json">`; `absolute` completes an address."""
    text = json.dumps(_posting(job, absolute), ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(text)  # noqa: S308 - nothing in it can end the element


def _posting(job: Job, absolute: Callable[[str], str]) -> dict[str, Any]:
    employer = job.employer
    address = reverse("careers:job", kwargs={"employer": employer.slug, "slug": job.slug})
    posting = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": job.title,
        "description": str(prose(job.description or job.summary or job.title)),
        "identifier": {"@type": "PropertyValue", "name": employer.name, "value": job.slug},
        "datePosted": (job.opened_at or job.created_at).date().isoformat(),
        "employmentType": _TYPES.get(job.employment_type.strip().lower(), ""),
        "hiringOrganization": {
            "@type": "Organization",
            "name": employer.name,
            **({"sameAs": employer.website} if employer.website else {}),
        },
        "jobLocation": job.location and _place(job.location, employer.country),
        "directApply": True,
        "url": absolute(address),
    }
    return {key: value for key, value in posting.items() if value}


def _place(location: str, country: str) -> dict[str, Any]:
    return {
        "@type": "Place",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": location,
            "addressCountry": country,
        },
    }
