"""Jobs, the people who apply, and what they are told."""

from __future__ import annotations

from sincerely.hiring.models.application import Application, CannotDo
from sincerely.hiring.models.bulk_decision import BulkDecision
from sincerely.hiring.models.call import Call
from sincerely.hiring.models.candidate import Candidate
from sincerely.hiring.models.close_out import CloseOut, PersonalLine
from sincerely.hiring.models.closure import Closure, Reason
from sincerely.hiring.models.draft import ApplicationDraft
from sincerely.hiring.models.failure import Failure
from sincerely.hiring.models.follow_up import FollowUp
from sincerely.hiring.models.hold import Hold
from sincerely.hiring.models.job import HiringTeamMember, Job, Question
from sincerely.hiring.models.mail_domain import MailDomain
from sincerely.hiring.models.message_template import MessageTemplate
from sincerely.hiring.models.name_key import NameKey, NameTerm
from sincerely.hiring.models.phone_line import LineNumber, PhoneLine
from sincerely.hiring.models.pin import Pin
from sincerely.hiring.models.policy_version import PolicyVersion
from sincerely.hiring.models.promise import Promise
from sincerely.hiring.models.recording import Recording
from sincerely.hiring.models.reference import Reference
from sincerely.hiring.models.referral import Referral
from sincerely.hiring.models.reminder import Reminder
from sincerely.hiring.models.review import Review
from sincerely.hiring.models.scorecard import Scorecard, ScorecardRequest, StoodAside
from sincerely.hiring.models.stage import Stage, StageEntry
from sincerely.hiring.models.vouch import Vouch

__all__ = [
    "Application",
    "ApplicationDraft",
    "BulkDecision",
    "Call",
    "Candidate",
    "CannotDo",
    "CloseOut",
    "Closure",
    "Failure",
    "FollowUp",
    "HiringTeamMember",
    "Hold",
    "Job",
    "LineNumber",
    "MailDomain",
    "MessageTemplate",
    "NameKey",
    "NameTerm",
    "PersonalLine",
    "PhoneLine",
    "Pin",
    "PolicyVersion",
    "Promise",
    "Question",
    "Reason",
    "Recording",
    "Reference",
    "Referral",
    "Reminder",
    "Review",
    "Scorecard",
    "ScorecardRequest",
    "Stage",
    "StageEntry",
    "StoodAside",
    "Vouch",
]
