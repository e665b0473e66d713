from __future__ import annotations

from typing import Any

import jsonschema
import pytest
import referencing

from sincerely.protocol.answer import answer
from sincerely.protocol.facts import Contact, Facts, Incident, Promise, Vouch
from sincerely.protocol.parse import FactsError, query_from_json
from sincerely.protocol.policy import ROLES, STANCES, Policy, WalkIn
from sincerely.protocol.schemas import NAMES, schema, schema_text
from sincerely.protocol.verdict import ACTIONS
from tests.protocol.days import day
from tests.protocol.test_parse import TODAY
from tests.protocol.test_policy import FULL
from tests.protocol.test_properties import NASTY, PLACES_IN_IT, SOUND, _with

REGISTRY: Any = referencing.Registry().with_resources(
    (f"/schemas/{name}.json", referencing.Resource.from_contents(schema(name))) for name in NAMES
)


def form(name: str) -> jsonschema.Draft202012Validator:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(schema(name), registry=REGISTRY, format_checker=checker)


@pytest.mark.parametrize("name", NAMES)
def test_every_schema_is_one_and_lies_where_it_says(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))
    assert schema(name)["$id"] == f"/schemas/{name}.json"
    assert schema_text(name).endswith("}\n")


def test_no_other_file_can_be_asked_for() -> None:
    with pytest.raises(KeyError):
        schema_text("../policy")


def test_the_schemas_name_the_same_fields_as_the_code() -> None:
    facts = schema("facts")["properties"]
    known = {*Facts.__dataclass_fields__, "today", "rules", "policy", "$schema"}
    assert set(facts) == known
    for name, kind in (("contacts", Contact), ("promises", Promise)):
        assert set(facts[name]["items"]["properties"]) == set(kind.__dataclass_fields__)
    for name, one in (("incident", Incident), ("vouch", Vouch)):
        assert set(facts[name]["anyOf"][0]["properties"]) == set(one.__dataclass_fields__)
    policy = schema("follow-up-policy")["properties"]
    assert set(policy) == {*Policy.__dataclass_fields__, "$schema"}
    assert set(policy["walk_in"]["anyOf"][0]["properties"]) == set(WalkIn.__dataclass_fields__)
    assert policy["stance"]["enum"] == list(STANCES)
    assert policy["contact_role"]["enum"] == list(ROLES)
    assert schema("verdict")["properties"]["action"]["enum"] == list(ACTIONS)


@pytest.mark.parametrize("policy", [Policy(), FULL])
def test_a_published_policy_fits_its_schema(policy: Policy) -> None:
    form("follow-up-policy").validate(policy.to_json())


def test_sound_facts_and_their_answer_fit_their_schemas() -> None:
    form("facts").validate(SOUND)
    form("verdict").validate(answer(query_from_json(SOUND, day("12-03"))))


@pytest.mark.parametrize("place", PLACES_IN_IT, ids=str)
def test_what_the_schema_refuses_the_parser_refuses_as_well(place: tuple[Any, ...]) -> None:
    facts = form("facts")
    for value in NASTY:
        document = _with(place, value)
        if facts.is_valid(document):
            continue
        with pytest.raises(FactsError):
            query_from_json(document, TODAY)
