"""JSON Schemas of a table, of perftarget.yaml and of the JSON report, generated from the models."""

from __future__ import annotations

import json
from typing import Any, Final, TypeAlias

from pydantic import TypeAdapter

from perftarget.config.builtin import builtin_names
from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT, Profile
from perftarget.linter.rule import former_names, rules
from perftarget.reporters.json import Report
from perftarget.tables.keys import INDICATORS
from perftarget.tables.model import Table

_TITLES: Final = {
    "table": "项目支出预算绩效目标表",
    "config": "perftarget.yaml",
    "report": "perftarget validate --format json",
}
_FIELD_HINTS: Final[dict[str, tuple[str, list[str]]]] = {
    "项目名称": ("与预算批复一致的名称。", ["公益性岗位人员岗位补贴"]),
    "主管部门": ("预算主管部门的全称。", ["平罗县人力资源和社会保障局"]),
    "实施单位": ("具体实施的单位。", ["平罗县就业创业服务局"]),
    "项目属性": ("新增项目还是延续项目。", ["新增项目", "延续项目"]),
    "项目期限": ("从何时到何时，写明年月。", ["2025 年 1 月至 12 月"]),
    "项目主管处室": ("财政部门对口的科室。", ["社会保障室"]),
    "项目年度金额": ("本年度的金额，带单位，与表上的单位一致。", ["1320 万元", "20 万元"]),
    "预算年度": ("印在表名之后；不写时，年度看项目期限的结束。", ["2025"]),
    "年度总体绩效目标": ("今年用这笔钱完成什么、谁受益、有什么变化；一条一项，写明数量。", []),
    "绩效指标": ("二级指标，其下逐行写“三级指标: 绩效值”。", []),
    "资金测算": ("年度金额如何组成：一行是人数 × 标准 × 月数，或一笔固定金额。", []),
    "资金来源": ("来源: 金额，一行一个。", []),
    "豁免": ("经审核接受的问题，每条都要写理由。", []),
    "序号": ("输出时的次序，整数；有序号的表在前，由小到大。不印在表上。", ["1"]),
}
"""The purpose of each field of a table, and examples."""
_ROWS_HINT: Final = "逐行写“三级指标: 绩效值”，如 `补贴发放准确率: ≥95%`；还有其他栏时写 `{值: ≥95%, 权重: 10}`。"
_ERROR_MESSAGES: Final = {
    "text": "这里应写一段文字，不能是列表或下级内容",
    "key": "表式中没有这个栏目；请对照提示检查名称",
    "rule": "没有这个名称的规则；全部规则见 perftarget rules",
}
_Json: TypeAlias = dict[str, Any]


def field_hint(label: str) -> tuple[str, list[str]]:
    """Return the purpose of a field and examples; "" and an empty list for a field that only a profile defines."""
    return _FIELD_HINTS.get(label, ("", []))


def schema_text(name: str) -> str:
    """Return the text of a schema: `table`, `config` or `report`."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def schema(name: str) -> _Json:
    """Return a schema: `table`, `config` or `report`."""
    type_: Any = {"table": Table, "config": Profile, "report": Report}[name]
    generated = TypeAdapter(type_).json_schema(
        by_alias=True, mode="serialization" if name == "report" else "validation"
    )
    _simplify(generated)
    if name == "table":
        _annotate_table(generated)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **generated, "title": _TITLES[name]}


def _annotate_table(table: _Json) -> None:
    """Add what an editor shows at each key: titles, examples, the tiers of the built-in forms, Chinese messages."""
    table["additionalProperties"] = False  # stricter than the model, since a profile may define more fields
    table["description"] = "一张项目支出预算绩效目标表。"
    properties, definitions = table["properties"], table["$defs"]
    _annotate_tiers(properties[INDICATORS], definitions)
    for definition, title in (
        (definitions["Entry"], "指标的各栏"),
        (definitions["Calculation"], "测算的一行"),
        (definitions["Suppression"], "一条豁免"),
    ):
        definition["title"] = definition["description"] = title
    definitions["Suppression"]["properties"]["规则"] |= {
        "enum": sorted({*rules(), *former_names()}),
        "errorMessage": _ERROR_MESSAGES["rule"],
    }
    for definition in (table, *definitions.values()):
        if definition.get("additionalProperties") is False:
            definition["errorMessage"] = _ERROR_MESSAGES["key"]
        for key, value in definition.get("properties", {}).items():
            value.setdefault("title", key)
            if "type" in value:
                value.setdefault("errorMessage", _ERROR_MESSAGES["text"])
    for key, (description, examples) in _FIELD_HINTS.items():
        properties[key] |= {"description": description, **({"examples": examples} if examples else {})}


def _annotate_tiers(indicators: _Json, definitions: _Json) -> None:
    """Name the schemas of rows and tiers, and add each tier of the built-in forms as a key for completion."""
    null, tiers = indicators["anyOf"]
    *_, nested = tiers["additionalProperties"]["anyOf"]
    definitions["Rows"] = {"title": "指标", **nested["additionalProperties"]}
    definitions["Tier"] = {"title": "一级或二级指标", **tiers["additionalProperties"]}
    rows: _Json = {"$ref": "#/$defs/Rows"}
    nested["additionalProperties"] = rows
    firsts: _Json = {}
    seconds: _Json = {}
    for form in map(load_profile, sorted(builtin_names(), key=lambda name: name != DEFAULT)):
        for label, first in form.tiers.items():
            keys = {
                second: {**rows, "title": second, "description": f"{form.title}，{label}。{_ROWS_HINT}"}
                for second in first.second
            }
            first_schema = firsts.setdefault(
                label, {"title": label, "description": "一级指标，其下写二级指标。", "properties": {}}
            )
            first_schema["properties"] |= keys
            seconds |= keys
    for first_schema in firsts.values():
        properties = first_schema.pop("properties")
        first_schema["anyOf"] = [
            null,
            {"type": "object", "properties": properties, "additionalProperties": rows},
        ]
    indicators["anyOf"] = [
        null,
        {"type": "object", "properties": {**seconds, **firsts}, "additionalProperties": {"$ref": "#/$defs/Tier"}},
    ]


def _simplify(node: Any) -> None:
    """Remove the titles that pydantic derives from Python names and empty defaults, and replace oneOf by anyOf.

    A tier that is valid both as indicators and as second tiers would fail oneOf.
    """
    if isinstance(node, dict):
        if isinstance(node.get("title"), str):
            node.pop("title")
        if node.get("default") == "":
            node.pop("default")
        if "oneOf" in node:
            node["anyOf"] = node.pop("oneOf")
        for value in node.values():
            _simplify(value)
    elif isinstance(node, list):
        for value in node:
            _simplify(value)
