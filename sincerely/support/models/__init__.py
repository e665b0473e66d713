"""What went wrong, what was asked and what was answered."""

from __future__ import annotations

from sincerely.support.models.incident import Incident
from sincerely.support.models.trail import TrailStep

__all__ = ["Incident", "TrailStep"]
