"""Report fields for an organisation that hold something else: a person, a date, a telephone number, 同上."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from perftarget.config.profile import Profile
from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.field_texts import is_unfilled, refers_elsewhere
from perftarget.tables.model import FIELD_NAMES, Table
from perftarget.text.normalize import fold
from perftarget.values.parser import Date, Period, is_placeholder, parse

_HAN: Final = re.compile("[一-鿿]")
_LABELS: Final = {name: label for label, name in FIELD_NAMES.items()}
_ORGANISATIONS: Final = (_LABELS["department"], _LABELS["unit"], _LABELS["office"])
_NAMED: Final = (_LABELS["name"], *_ORGANISATIONS)
_GENERAL: Final = re.compile(
    "(?:本|我|各|有关|相关|所有|全部|各级|上级|各有关|各相关|县级|市级|县直)(?:级|有关|相关)?(?:部门|单位|科室|处室|股室|机构|局)?"
)
_OTHER_THINGS: Final = (
    (
        re.compile(r"(?:0[0-9]{2,3}-?)?[1-9][0-9]{6,7}|1[3-9][0-9]{9}|(?:电话|手机)[:：]?[0-9-]+"),
        ("，是电话号码", ", a telephone number"),
    ),
    (re.compile(r"(?:19|20)[0-9]{2}[./-][0-9]{1,2}(?:[./-][0-9]{1,2})?"), ("，是日期", ", a date")),
    (re.compile(r"[0-9][0-9 ()（）-]*"), ("，只有数字", ", only digits")),
)
_Problem: TypeAlias = tuple[tuple[str, str], Severity | None]
"""The content found instead, in Chinese and English, and its severity if it is not certain."""
_SURNAMES: Final = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱何罗郭梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪任姜范姚"
    "谭廖邹熊陆郝孔白崔康毛邱秦史顾侯邵孟万段雷钱汤尹黎易常贺赖龚"
)
_NO_PERSON: Final = frozenset(
    "局厅部委办室科股处院校所站队心府司学会园馆社场乡镇道村区县市省联团库店台组庭署行业庄街屯堡堂寺厂矿港湾关口线路"
)
_TITLED: Final = re.compile(
    "[一-鿿]{1,4}(?:局长|主任|科长|股长|处长|书记|镇长|乡长|县长|院长|校长|经理|所长|站长|同志|先生|女士|老师)"
)


@rule(
    title=("栏目填写的不是应填的内容", "A field holds something else"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="通行审核要求",
    superseded_by=("personal-data",),
)
def field_content(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""主管部门、实施单位、主管处室应填写单位的名称，不是“同上”、人名、电话或日期。

    The fields for organisations hold the name of one, not a person, a telephone number, a date or 同上.

    ## 为什么

    “同上”“XX局”离开原来的表就看不出是谁；绩效目标公开以后，责任单位要写得明白。

    ## 例

    ```yaml
    主管部门: XX局 # ✗ “主管部门”写的是“XX局”，没有填完；请填写单位的全称
    实施单位: 同上 # ✗ “实施单位”写的是“同上”；请填写单位的全称
    项目主管处室: 张伟 # ✗建议 “项目主管处室”写的是“张伟”，像是人名；请填写单位的全称
    ```

    ```yaml
    主管部门: / # ✗ “主管部门”写的是“/”；请填写单位的全称
    实施单位: 各有关单位 # ✗建议 “实施单位”写的是“各有关单位”，没有指明是哪个单位；请填写单位的全称
    项目主管处室: 0951-6011000 # ✗ “项目主管处室”写的是“0951-6011000”，是电话号码；请填写单位的全称
    ```

    ```yaml
    主管部门: 2025年3月1日 # ✗ “主管部门”写的是“2025年3月1日”，是日期；请填写单位的全称
    实施单位: "820001" # ✗ “实施单位”写的是“820001”，只有数字；请填写单位的全称
    ```

    ## 怎样改

    ```yaml
    主管部门: 平罗县水务局
    实施单位: 820001-马踏镇人民政府
    项目主管处室: 农业股
    ```

    ## 依据

    通行审核要求。空白的由 missing-field、blank-field 提示，手机号由 personal-data 提示。名称不认识的单位不提示。
    """
    for label in _NAMED:
        written = table.field(label).strip()
        if written and (found := _problem(fold(written), is_organisation=label != _LABELS["name"])):
            (zh, en), severity = found
            wanted = ("单位的全称", "the full name of the unit")
            if label == _LABELS["name"]:
                wanted = ("项目的名称", "the name of the project")
            message = tr(
                f"“{label}”写的是“{written}”{zh}；请填写{wanted[0]}", f"“{label}” is “{written}”{en}; write {wanted[1]}"
            )
            yield Finding((label,), message, severity=severity)


def _problem(text: str, *, is_organisation: bool) -> _Problem | None:
    """Return what a text is instead of a name, or None."""
    if _HAN.search(text) and is_unfilled(text):
        return ("，没有填完", ", not filled in"), None
    if is_placeholder(text) or is_unfilled(text) or refers_elsewhere(text):
        return ("", ""), None
    return _no_organisation(text) if is_organisation else None


def _no_organisation(text: str) -> _Problem | None:
    """Return what a text is instead of the name of an organisation, or None."""
    for pattern, description in _OTHER_THINGS:
        if pattern.fullmatch(text):
            return description, None
    if isinstance(parse(text), (Date, Period)):
        return ("，是日期", ", a date"), None
    if _GENERAL.fullmatch(text):
        return ("，没有指明是哪个单位", ", which names none"), Severity.INFO
    return (("，像是人名", ", which looks like a person"), Severity.INFO) if _is_person(text) else None


def _is_person(text: str) -> bool:
    """Return True for a name of two or three characters with a frequent surname, or one with a title."""
    looks_like_name = len(text) in {2, 3} and text[0] in _SURNAMES and text[-1] not in _NO_PERSON
    return looks_like_name or _TITLED.fullmatch(text) is not None
