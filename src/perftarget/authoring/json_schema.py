"""The JSON Schemas of a table, of perftarget.yaml and of the JSON report, made from the code itself."""

from __future__ import annotations

import json
from typing import Any, Final, TypeAlias

from pydantic import TypeAdapter

from perftarget.config.loader import builtin_names, load_profile
from perftarget.config.profile import DEFAULT, Profile
from perftarget.linter.rule import rules
from perftarget.reporters.json import Report
from perftarget.tables.keys import INDICATORS
from perftarget.tables.model import Table

_TITLES: Final = {
    "table": "项目支出预算绩效目标表",
    "config": "perftarget.yaml",
    "report": "perftarget validate --format json",
}


_HINTS: Final[dict[str, tuple[str, list[str]]]] = {
    "项目名称": ("与预算批复一致的名称。", ["公益性岗位人员岗位补贴"]),
    "主管部门": ("预算主管部门的全称。", ["平罗县人力资源和社会保障局"]),
    "实施单位": ("具体实施的单位。", ["平罗县就业创业服务局"]),
    "项目属性": ("新增项目还是延续项目。", ["新增项目", "延续项目"]),
    "项目期限": ("从何时到何时，写明年月。", ["2025 年 1 月至 12 月"]),
    "项目主管处室": ("财政部门对口的科室。", ["社会保障室"]),
    "项目年度金额": ("本年度的金额，带单位，与表上的单位一致。", ["1320 万元", "20 万元"]),
    "年度总体绩效目标": ("今年用这笔钱完成什么、谁受益、有什么变化；一条一项，写明数量。", []),
    "绩效指标": ("二级指标，其下逐行写“三级指标: 绩效值”。", []),
    "资金测算": ("年度金额如何组成：一行是人数 × 标准 × 月数，或一笔固定金额。", []),
    "资金来源": ("来源: 金额，一行一个。", []),
    "豁免": ("经审核接受的问题，每条都要写理由。", []),
}
"""What a field of the table is for, and how it may be filled in."""
_ROWS: Final = "逐行写“三级指标: 绩效值”，如 `补贴发放准确率: ≥95%`；还有其他栏时写 `{值: ≥95%, 权重: 10}`。"
_FAULTS: Final = {
    "text": "这里应写一段文字，不能是列表或下级内容",
    "key": "表式中没有这个栏目；请对照提示检查名称",
    "rule": "没有这个名称的规则；全部规则见 perftarget rules",
}
_Json: TypeAlias = dict[str, Any]


def field_hint(label: str) -> tuple[str, list[str]]:
    """What a field of the head is for, and examples; "" and none for one that only a profile knows."""
    return _HINTS.get(label, ("", []))


def schema_text(name: str) -> str:
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def schema(name: str) -> _Json:
    subject: Any = {"table": Table, "config": Profile, "report": Report}[name]
    made = TypeAdapter(subject).json_schema(by_alias=True, mode="serialization" if name == "report" else "validation")
    _simplify(made)
    if name == "table":
        _explain(made)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": _TITLES[name]}


def _explain(table: _Json) -> None:
    """What an editor shows at each key: titles, examples, the tiers of the built-in forms, and faults in Chinese."""
    table["additionalProperties"] = False  # the form's own words only; a profile may know more
    table["description"] = "一张项目支出预算绩效目标表。"
    properties, parts = table["properties"], table["$defs"]
    _tiers(properties[INDICATORS], parts)
    for part, title in (
        (parts["Entry"], "指标的各栏"),
        (parts["Calculation"], "测算的一行"),
        (parts["Suppression"], "一条豁免"),
    ):
        part["title"] = part["description"] = title
    parts["Suppression"]["properties"]["规则"] |= {"enum": sorted(rules()), "errorMessage": _FAULTS["rule"]}
    for part in (table, *parts.values()):
        if part.get("additionalProperties") is False:
            part["errorMessage"] = _FAULTS["key"]
        for key, value in part.get("properties", {}).items():
            value.setdefault("title", key)
            if "type" in value:
                value.setdefault("errorMessage", _FAULTS["text"])
    for key, (description, examples) in _HINTS.items():
        properties[key] |= {"description": description, **({"examples": examples} if examples else {})}


def _tiers(indicators: _Json, parts: _Json) -> None:
    """Rows and tiers by a name of their own, and each tier of the built-in forms as a key that can be completed."""
    null, tiers = indicators["anyOf"]
    *_, nested = tiers["additionalProperties"]["anyOf"]
    parts["Rows"] = {"title": "指标", **nested["additionalProperties"]}
    parts["Tier"] = {"title": "一级或二级指标", **tiers["additionalProperties"]}
    rows: _Json = {"$ref": "#/$defs/Rows"}
    nested["additionalProperties"] = rows
    firsts: _Json = {}
    seconds: _Json = {}
    for form in map(load_profile, sorted(builtin_names(), key=lambda name: name != DEFAULT)):
        for label, first in form.tiers.items():
            below = {
                second: {**rows, "title": second, "description": f"{form.title}，{label}。{_ROWS}"}
                for second in first.second
            }
            known = firsts.setdefault(
                label, {"title": label, "description": "一级指标，其下写二级指标。", "properties": {}}
            )
            known["properties"] |= below
            seconds |= below
    for first in firsts.values():
        first |= {
            "anyOf": [null, {"type": "object", "properties": first.pop("properties"), "additionalProperties": rows}]
        }
    indicators["anyOf"] = [
        null,
        {"type": "object", "properties": {**seconds, **firsts}, "additionalProperties": {"$ref": "#/$defs/Tier"}},
    ]


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
