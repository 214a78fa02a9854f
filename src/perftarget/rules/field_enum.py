"""Report fields with boxes or choices of which not exactly one is chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from perftarget.config.profile import Profile
from perftarget.i18n import join_words, quote_words, tr
from perftarget.linter.diagnostic import Severity
from perftarget.linter.rule import Finding, rule
from perftarget.rules.shared.field_texts import refers_elsewhere
from perftarget.tables.model import FIELD_NAMES, Table
from perftarget.text.normalize import fold
from perftarget.values.parser import Boolean, Date, Period, is_placeholder, parse

ATTRIBUTE: Final = next(label for label, name in FIELD_NAMES.items() if name == "attribute")
_OPEN: Final = re.compile("[□☐◻▢○〇]|[(（][ _]*[）)]")
_TICKED: Final = re.compile("[☑√✓✔■☒●▣]|[(（] *[√✓✔] *[）)]")
_SEPARATORS: Final = re.compile(r"[\W或及和]+")
_PENDING: Final = re.compile("待[定填补]|未定|暂定")
_HAN: Final = re.compile("[一-鿿]")


@rule(
    title=("栏目没有从可选的内容中选定一项", "A field is not one of its choices"),
    severity=Severity.WARNING,
    category="规范完整性",
    basis="表式规定",
)
def field_enum(table: Table, profile: Profile) -> Iterator[Finding]:
    r"""项目属性等可选的栏目，应从可选的内容中选定一项。

    A field with choices, such as 项目属性, is exactly one of them.

    ## 为什么

    “□新增 □延续”没有勾选，两项都勾选等于没有选；新增项目要看立项依据，延续项目要看上年绩效，审核的材料不同。

    ## 例

    ```yaml
    项目属性: □新增 □延续 # ✗ “项目属性”没有勾选；请选定一项
    ```

    ```yaml
    项目属性: ☑新增 ☑延续 # ✗ “项目属性”勾选了 2 项；请只选一项
    ```

    ```yaml
    项目属性: 新增/延续 # ✗ “项目属性”写了 2 项：“新增”、“延续”；请只选一项
    ```

    ```yaml
    项目属性: 重点项目 # ✗ “项目属性”写的是“重点项目”，可选“新增项目”、“延续项目”；请选定一项
    ```

    ## 怎样改

    ```yaml
    项目属性: □新增项目 ☑延续项目
    ```

    ## 依据

    表式规定：可选的内容由表式（profile）的 `fields` 中的 `choices` 规定；没有规定的，只看是否勾选、是否为日期或“是”这样
    不说属性的内容。空白由 blank-field 提示。
    """
    for label in {ATTRIBUTE: None, **{name: None for name, setting in profile.fields.items() if setting.choices}}:
        written = table.field(label).strip()
        setting = profile.fields.get(label)
        if written and (problem := _problem(fold(written), setting.choices if setting else ())):
            yield Finding((label,), tr(f"“{label}”{problem[0]}", f"“{label}” {problem[1]}"))


def _problem(text: str, choices: Sequence[str]) -> tuple[str, str] | None:
    """Return what is wrong with a choice, or None."""
    ticked, is_open = len(_TICKED.findall(text)), bool(_OPEN.search(text))
    if not _HAN.search(text):
        return f"只写了“{text}”；请写明是哪一项", f"is only “{text}”; say which it is"
    if is_open and not ticked:
        return "没有勾选；请选定一项", "has no box ticked; choose one"
    if ticked > 1:
        return f"勾选了 {ticked} 项；请只选一项", f"has {ticked} boxes ticked; choose one"
    return None if is_open or ticked else _unboxed_problem(text, choices)


def _unboxed_problem(text: str, choices: Sequence[str]) -> tuple[str, str] | None:
    """Return what is wrong with a choice written without boxes, or None."""
    parts = [part for part in _SEPARATORS.split(text) if part]
    stems = [choice.removesuffix("项目") for choice in choices]
    named = [part for part in parts if any(stem in part for stem in stems or ("新增", "延续", "一次性", "经常性"))]
    if len(named) > 1:
        listed = join_words(quote_words(named))
        return f"写了 {len(named)} 项：{listed}；请只选一项", f"names {len(named)} choices: {listed}; choose one"
    if _says_nothing(text) or (choices and not named):
        offered = join_words(quote_words(choices))
        zh, en = (f"，可选{offered}", f", not one of {offered}") if choices else ("", "")
        return f"写的是“{text}”{zh}；请选定一项", f"is “{text}”{en}; choose one"
    return None


def _says_nothing(text: str) -> bool:
    is_other = isinstance(parse(text), (Boolean, Date, Period))
    return is_other or is_placeholder(text) or bool(_PENDING.search(text)) or refers_elsewhere(text)
