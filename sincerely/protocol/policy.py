"""What an employer publishes about being contacted, and which published row stands on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol, TypeVar, get_args

from sincerely.protocol.hours import Hours, parse_hours
from sincerely.protocol.iso_days import NO_DAY, iso_day

Stance = Literal["email_once", "call_once", "no_follow_up_before_promise", "calls_welcome"]
Culture = Literal["standard", "bold"]
Role = Literal["recruiter", "hr", "hiring_manager", "owner", "team_member", "front_desk", "support"]

STANCES: tuple[Stance, ...] = get_args(Stance)
CULTURES: tuple[Culture, ...] = get_args(Culture)
ROLES: tuple[Role, ...] = get_args(Role)
STANCES_WITH_CALLS = frozenset({"call_once", "calls_welcome"})
ROLES_OUTSIDE_HR: frozenset[Role] = frozenset({"hiring_manager", "owner", "team_member"})
"""Who works in the field itself, and may like a bold call."""
LONGEST_WAIT = 365
"""Days. A longer wait or promise is a slip of the keyboard, not a policy."""
LONGEST_TEXT = 300

SCHEMA_ADDRESS = "/schemas/follow-up-policy.json"


class PolicyError(ValueError):
    """A policy that cannot be. ``path`` names the field, ``problem`` says what is wrong."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkIn:
    """Hours and a place at which people may come in unasked; ``until`` is the last such day."""

    place: str
    hours: tuple[Hours, ...]
    until: date | None = None

    def __post_init__(self) -> None:
        if not self.place.strip():
            raise PolicyError("walk_in.place", "say where people may come in")
        if not self.hours:
            raise PolicyError("walk_in.hours", "say when people may come in")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How applicants may follow up, per employer and job. Raises :class:`PolicyError`.

    ``wait_days`` are calendar days since applying; ``promise_days`` are business days within
    which an applicant hears next, by stage key. ``since`` is the day from which the policy stands,
    ``until`` its last day where it has one. ``phone_hours`` hold in ``time_zone`` (an IANA name).
    """

    stance: Stance = "email_once"
    wait_days: int = 7
    email: str = ""
    phone: str = ""
    phone_hours: tuple[Hours, ...] = ()
    contact_role: Role = "recruiter"
    contact_name: str = ""
    walk_in: WalkIn | None = None
    promise_days: Mapping[str, int] | tuple[tuple[str, int], ...] = ()
    culture: Culture = "standard"
    time_zone: str = ""
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        promised = tuple(sorted(dict(self.promise_days).items()))
        object.__setattr__(self, "promise_days", promised)
        object.__setattr__(self, "phone_hours", tuple(self.phone_hours))
        for field, choices in (
            ("stance", STANCES),
            ("contact_role", ROLES),
            ("culture", CULTURES),
        ):
            if getattr(self, field) not in choices:
                raise PolicyError(field, f"must be one of {', '.join(choices)}")
        _require_days("wait_days", self.wait_days, at_least=0)
        for stage, days in promised:
            _require_days(f"promise_days.{stage}", days, at_least=1)
        if self.since and self.until and self.until < self.since:
            raise PolicyError("until", "a policy cannot end before it starts")

    @property
    def allows_calls(self) -> bool:
        """Whether the stance lets applicants call."""
        return self.stance in STANCES_WITH_CALLS

    @property
    def rewards_boldness(self) -> bool:
        """Whether a call is welcome at once: the culture is bold and whoever answers is not HR."""
        is_bold = self.culture == "bold" and self.allows_calls
        return is_bold and self.contact_role in ROLES_OUTSIDE_HR

    def promise_days_for(self, stage: str, otherwise: int) -> int:
        """Business days within which someone in this stage hears next."""
        return dict(self.promise_days).get(stage, otherwise)

    def to_json(self) -> dict[str, Any]:
        """The published form, as in ``schemas/follow-up-policy.json``; empty fields left out."""
        document: dict[str, Any] = {
            "$schema": SCHEMA_ADDRESS,
            "stance": self.stance,
            "wait_days": self.wait_days,
            "contact_role": self.contact_role,
            "culture": self.culture,
            "promise_days": dict(self.promise_days),
            "walk_in": self.walk_in and _walk_in_to_json(self.walk_in),
            "phone_hours": [str(hours) for hours in self.phone_hours],
            "since": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
        }
        for field in ("email", "phone", "contact_name", "time_zone"):
            document[field] = getattr(self, field)
        kept = {"stance", "wait_days", "contact_role", "culture", "walk_in"}
        return {key: value for key, value in document.items() if key in kept or value}


def _require_days(path: str, days: object, at_least: int) -> None:
    if not isinstance(days, int) or isinstance(days, bool) or not at_least <= days <= LONGEST_WAIT:
        raise PolicyError(path, f"must be a whole number of days from {at_least} to {LONGEST_WAIT}")


def _walk_in_to_json(walk_in: WalkIn) -> dict[str, Any]:
    document: dict[str, Any] = {
        "place": walk_in.place,
        "hours": [str(hours) for hours in walk_in.hours],
    }
    return document | ({"until": walk_in.until.isoformat()} if walk_in.until else {})


def policy_from_json(document: object) -> Policy:
    """Read the published form back. Raises :class:`PolicyError` with the path of the field."""
    if not isinstance(document, Mapping):
        raise PolicyError("policy", "must be an object")
    fields = {key: value for key, value in document.items() if key != "$schema"}
    for key in fields:
        if key not in Policy.__dataclass_fields__:
            raise PolicyError(str(key), "is not a field of a policy")
    for key in ("email", "phone", "contact_name", "time_zone"):
        _text(fields.get(key, ""), key)
    for key in ("since", "until"):
        if key in fields:
            fields[key] = _day(fields[key], key)
    if "phone_hours" in fields:
        fields["phone_hours"] = _hours(fields["phone_hours"], "phone_hours")
    if "walk_in" in fields:
        fields["walk_in"] = _walk_in(fields["walk_in"])
    if not isinstance(fields.get("promise_days", {}), Mapping):
        raise PolicyError("promise_days", "must be an object of stage and days")
    return Policy(**fields)


def _walk_in(value: object) -> WalkIn | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise PolicyError("walk_in", "must be an object with place and hours, or null")
    for key in value:
        if key not in ("place", "hours", "until"):
            raise PolicyError(f"walk_in.{key}", "is not a field of walk-in hours")
    return WalkIn(
        place=_text(value.get("place", ""), "walk_in.place"),
        hours=_hours(value.get("hours", []), "walk_in.hours"),
        until=_day(value.get("until"), "walk_in.until"),
    )


def _hours(value: object, path: str) -> tuple[Hours, ...]:
    if not isinstance(value, list):
        raise PolicyError(path, "must be a list of hours like Mon-Fri 09:00-17:00")
    found: list[Hours] = []
    for position, part in enumerate(value):
        try:
            found.extend(parse_hours(_text(part, f"{path}[{position}]")))
        except PolicyError:
            raise
        except ValueError as problem:
            raise PolicyError(f"{path}[{position}]", str(problem)) from None
    return tuple(found)


def _day(value: object, path: str) -> date | None:
    if value is None:
        return None
    try:
        return iso_day(value)
    except ValueError:
        raise PolicyError(path, NO_DAY) from None


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise PolicyError(path, "must be text")
    if len(value) > LONGEST_TEXT:
        raise PolicyError(path, f"must have at most {LONGEST_TEXT} characters")
    return value


class Dated(Protocol):
    """Something that stands from ``since`` to ``until``, both included; ``None`` is no bound."""

    @property
    def since(self) -> date | None: ...

    @property
    def until(self) -> date | None: ...


Row = TypeVar("Row", bound=Dated)


def in_force(rows: Iterable[Row], at: date) -> Row | None:
    """What stands on a day, of rows in the order in which they were written.

    The newest start not after the day wins; of two rows that start together, the later row. A row
    without a start stands from the beginning. ``None`` when no row stands. Days and aware moments
    will both do, for all rows and ``at`` alike.
    """
    standing: Row | None = None
    for row in rows:
        is_begun = row.since is None or row.since <= at
        is_over = row.until is not None and row.until < at
        if is_begun and not is_over and not (standing and _starts_before(row, standing)):
            standing = row
    return standing


def _starts_before(row: Dated, other: Dated) -> bool:
    return other.since is not None and (row.since is None or row.since < other.since)
