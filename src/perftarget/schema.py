"""The JSON Schemas of a table, of perftarget.yaml and of the JSON report, made from the code itself."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from perftarget.model import Table
from perftarget.profile import Profile
from perftarget.reporters.json import Report

_TITLES = {
    "table": "项目支出预算绩效目标表",
    "config": "perftarget.yaml",
    "report": "perftarget validate --format json",
}


def schema_text(name: str) -> str:
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def schema(name: str) -> dict[str, Any]:
    subject: Any = {"table": Table, "config": Profile, "report": Report}[name]
    made = TypeAdapter(subject).json_schema(by_alias=True, mode="serialization" if name == "report" else "validation")
    _simplify(made)
    if name == "table":
        made["additionalProperties"] = False  # the form's own words only; a profile may know more
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": _TITLES[name]}


def _simplify(part: Any) -> None:
    """Leave out the titles that pydantic makes of Python names and the empty defaults, which say nothing.

    Its oneOf would refuse a tier that reads both as indicators and as second tiers, so anyOf.
    """
    if isinstance(part, dict):
        if isinstance(part.get("title"), str):
            part.pop("title")
        if part.get("default") == "":
            part.pop("default")
        if "oneOf" in part:
            part["anyOf"] = part.pop("oneOf")
        for value in part.values():
            _simplify(value)
    elif isinstance(part, list):
        for value in part:
            _simplify(value)
