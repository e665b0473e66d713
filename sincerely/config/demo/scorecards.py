"""The demo's scorecards: a colleague has scored, the hiring manager is asked to."""

from __future__ import annotations

import datetime as dt

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application
from sincerely.hiring.scoring import ask_for_card, hand_in
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at

SCORES = ((3, 4, 3, 3), (2, 2, 3, 4), (4, 3, 4, 4))
WORDS = (
    (3, "Has done this work for years, and explained a bad shift without blaming anybody."),
    (2, "Friendly and clear, but has not worked at this pace. A trial shift would tell."),
    (4, "Best talk this month: asked about the team before asking about the pay."),
)


def load_scorecards(employer: Employer, recruiter: Identity, manager: Identity) -> None:
    """In the stages that are scored: the recruiter scored three, and asked the hiring manager."""
    waiting = Application.objects.for_page().open().order_by("stage_since")
    scored = [each for each in waiting if each.stage.criteria]
    for application, scores, (recommendation, reason) in zip(scored, SCORES, WORDS, strict=False):
        with clock_at(max(application.stage_since, clock.now() - dt.timedelta(days=1))):
            criteria = application.stage.criteria
            ask_for_card(application, manager, by=recruiter)
            hand_in(
                application,
                by=recruiter,
                stage_id=application.stage_id,
                scores=dict(zip(criteria, scores, strict=True)),
                recommendation=recommendation,
                reason=reason,
            )
