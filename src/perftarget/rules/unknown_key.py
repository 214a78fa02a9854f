"""Report keys that are not part of the form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from perftarget.config.profile import Profile
from perftarget.i18n import join_words, quote_words, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, Fix, Replace, rule
from perftarget.tables.document import Document
from perftarget.tables.entries import Calculation, Entry, Suppression
from perftarget.tables.keys import CALCULATION, DETAILS, INDICATORS, POINTS, RESULTS, SUPPRESSIONS
from perftarget.tables.model import FIELD_NAMES, Table
from perftarget.text.similarity import nearest_name
from perftarget.text.source import KEY, Loc

_MIN_SIMILARITY: Final = 0.6
_MAX_SUGGESTIONS: Final = 20
"""The maximum number of keys with a suggestion; more unknown keys are no misspellings, and suggesting is slow."""


@rule(
    title=("表式中没有的项", "A key that the form does not have"),
    severity=Severity.ERROR,
    category="文件格式",
    basis="书写规范",
)
def unknown_key(document: Document, profile: Profile) -> Iterator[Finding]:
    r"""每一项都应是表式中的栏目。

    Every key is one of the form's.

    ## 为什么

    名称写错一个字，这一项就不再是表上的那一栏：不会被检查，表上的那一栏仍是空白，输出时另成一行。

    ## 例

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    实施单立: 平罗县就业创业服务局 # ✗键 表式中没有“实施单立”；是否为“实施单位”？
    ```
    ```yaml fixed unsafe
    项目名称: 公益性岗位人员岗位补贴
    实施单位: 平罗县就业创业服务局
    ```

    指标的写法里也一样：

    ```yaml
    绩效指标:
      11-数量指标:
        购买公益性岗位人数: {数值: "718", 单位: 人} # ✗⟦数值⟧ 这里没有“数值”；是否为“值”？
    ```
    ```yaml fixed unsafe
    绩效指标:
      11-数量指标:
        购买公益性岗位人数: {值: "718", 单位: 人}
    ```

    没有相近的名称时，列出可写的：

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    绩效指标:
      11-数量指标:
        购买公益性岗位人数: {值: "718", 填报人: 张} # ✗⟦填报人⟧ 这里没有“填报人”
    # = 可写的有：指标、指标解释、符号、值、单位、性质、方向、权重、赋分规则、设定依据、取值方式、数据来源、佐证资料、备注
    ```

    ## 怎样改

    按提示改成表式的名称；确实要增加的栏目，在 perftarget.yaml 的 head 和 fields 中写明。

    ```yaml
    项目名称: 公益性岗位人员岗位补贴
    实施单位: 平罗县就业创业服务局
    ```

    ## 依据

    书写规范。
    """
    extra = (document.table.model_extra or {}) if document.table else {}
    labels = {label for row in profile.head for label in row}
    locs: list[Loc] = [
        (key, KEY)
        for key, content in extra.items()
        if key not in labels and document.table and not _is_own(key, content, document.table, profile)
    ]
    locs += [problem.at for problem in document.problems if problem.rule == "unknown-key"]
    for number, loc in enumerate(locs):
        *parent, key, _ = loc
        allowed = _allowed_keys(loc, labels)
        is_form = document.source.is_form
        if is_form:
            allowed = [label for label in allowed if label in labels]
        nearest = nearest_name(str(key), allowed, _MIN_SIMILARITY) if number < _MAX_SUGGESTIONS else None
        fix = _rename_fix(loc, nearest) if nearest else None
        here_message = tr(f"这里没有“{key}”", f"there is no “{key}” here")
        message = here_message if parent else tr(f"表式中没有“{key}”", f"the form has no “{key}”")
        hint = (
            _suggestion(nearest) if nearest else _explanation(str(key), profile, inside=bool(parent), is_form=is_form)
        )
        notes = (
            ()
            if hint
            else (tr(f"可写的有：{join_words(allowed)}", f"possible keys: {join_words(quote_words(allowed))}"),)
        )
        yield Finding(loc, message + hint, fix=fix, notes=notes)


def is_separate_field(key: str, table: Table, profile: Profile) -> bool:
    """Return True if an unknown top-level key is a field that the form lacks, and no mistake in the writing.

    It is a mistake if it resembles a field that the table does not have, or if it is a part of another field.
    """
    labels = {label for row in profile.head for label in row}
    nearest = nearest_name(key, _allowed_keys((key, KEY), labels), _MIN_SIMILARITY)
    is_misspelt = nearest is not None and (not table.writes(nearest) or _differs_in_one_character(key, nearest))
    return not is_misspelt and not _explanation(key, profile, inside=False, is_form=False)


def _differs_in_one_character(key: str, name: str) -> bool:
    """Return True if a key is a name with one wrong character."""
    return len(key) == len(name) and sum(ours != theirs for ours, theirs in zip(key, name, strict=True)) == 1


def _is_own(key: str, content: object, table: Table, profile: Profile) -> bool:
    """Return True for a key that is not of the form but is kept: a field of its own, or a section that import writes."""
    if isinstance(content, str):
        return is_separate_field(key, table, profile)
    return key in {POINTS, DETAILS, *RESULTS} or key.endswith((INDICATORS, "来源"))


def _rename_fix(loc: Loc, name: str) -> Fix:
    return Fix(tr(f"改为“{name}”", f"Change to “{name}”"), (Replace(loc, name),), safe=False)


def _suggestion(name: str) -> str:
    return tr(f"；是否为“{name}”？", f"; did you mean “{name}”?")


def _explanation(key: str, profile: Profile, *, inside: bool, is_form: bool) -> str:
    """Return an explanation of an unknown key that is not a misspelling, or ""."""
    if is_form:
        return (
            tr("；它应写在指标表的“二级指标”一栏", "; it belongs in the column “二级指标” of the indicators")
            if profile.is_tier(key)
            else ""
        )
    if key != key.strip():
        return tr(
            "；它前面的全角空格或不间断空格不算缩进，请改为半角空格",
            "; the full-width or no-break space before it does not indent, use a plain space",
        )
    if key.isdecimal():
        return tr(
            "；如果它是数字的一部分（5,000），请给整个值加引号",
            "; if it is part of a number (5,000), put the whole value in quotes",
        )
    if not inside and profile.is_tier(key):
        return tr(
            "；它应写在“绩效指标:”之下，请在这一行和它下面的各行前加两个空格",
            "; it belongs under “绩效指标:”, put two spaces before this line and those below it",
        )
    return ""


def _allowed_keys(loc: Loc, labels: set[str]) -> list[str]:
    if len(loc) == 2:
        return [*FIELD_NAMES, *sorted(labels - FIELD_NAMES.keys())]
    parts: dict[object, Any] = {CALCULATION: Calculation, SUPPRESSIONS: Suppression}
    part = parts.get(loc[0], Entry)
    return [str(info.alias) for info in part.model_fields.values()]
