"""Tell the kinds of forms apart by their titles and column heads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from perftarget.i18n import tr
from perftarget.text.normalize import fold


class FormKind(StrEnum):
    """Kind of a form; the value is its name for the user."""

    TARGET = "绩效目标表"
    SELF_EVALUATION = "绩效自评表"
    MONITORING = "绩效运行监控表"
    REVIEW = "绩效目标审核表"
    WHOLE = "部门整体绩效目标表"
    LIST = "项目绩效目标汇总表"

    @property
    def results_key(self) -> str:
        """The key in the file of what was achieved, or "" if the form has only targets."""
        return {FormKind.SELF_EVALUATION: "自评结果", FormKind.MONITORING: "监控结果"}.get(self, "")


_STOPS: Final = r"\uff0c\u3002\uff1b\uff1a:"
_TITLE: Final = re.compile(rf"[^{_STOPS}]{{0,60}}(?:绩效|项目支出|指标)[^{_STOPS}]{{0,40}}表(?:[（(].{{0,20}}[)）])?")
_ANNEX: Final = re.compile(r"^附(?:件|表|录)?[0-9一二三四五六七八九十]{0,3}[：:]")
_BY_TITLE: Final = (
    (re.compile(r"监控|跟踪|监测"), FormKind.MONITORING),
    (re.compile(r"自评|评价"), FormKind.SELF_EVALUATION),
    (re.compile(r"整体"), FormKind.WHOLE),
    (re.compile(r"(?:审核|评审|审查)表"), FormKind.REVIEW),
    (re.compile(r"汇总|一览"), FormKind.LIST),
)
_MONITORED: Final = re.compile(r"[0-9一二三四五六七八九十]月.*(?:完成|执行)|预计.*完成|可能性|执行情况")
_ACHIEVED: Final = re.compile(r"(?:实际|全年)?完成值?(?:情况)?(?:[（(].{1,8}[)）])?|得分|全年实际值")


def is_title(text: str) -> bool:
    """Return True for the title of a form of any kind (项目支出绩效自评表), also after the label of an annex."""
    return bool(_TITLE.fullmatch(_ANNEX.sub("", _compact(text))))


def kind_of(titles: Iterable[str], heads: Iterable[str]) -> FormKind:
    """Return the kind of a form by its titles, else by the heads of its indicator columns."""
    for title in map(_compact, titles):
        if is_title(title):
            for pattern, kind in _BY_TITLE:
                if pattern.search(title):
                    return kind
    compact = [_compact(head) for head in heads]
    if any(map(_MONITORED.search, compact)):
        return FormKind.MONITORING
    return FormKind.SELF_EVALUATION if any(map(_ACHIEVED.search, compact)) else FormKind.TARGET


def is_refused(kind: FormKind, *, has_indicators: bool) -> bool:
    """Return True for a form that has nothing to read as a table of targets, such as the record of a review."""
    return not has_indicators and kind in {FormKind.REVIEW, FormKind.WHOLE, FormKind.LIST}


def kind_note(kind: FormKind, *, has_results: bool) -> str:
    """Return what was read of a form that is no target table, or "" for a target table."""
    if kind.results_key and not has_results:
        return tr(
            f"这是{kind}，表上没有完成情况：读取了其中的绩效目标",
            f"this is a {kind} that says nothing of what was achieved: its targets were read",
        )
    if kind.results_key:
        return tr(
            f"这是{kind}：读取了其中的绩效目标，完成情况另记在“{kind.results_key}”下",
            f"this is a {kind}: its targets were read, and what was achieved was put under “{kind.results_key}”",
        )
    if kind is FormKind.WHOLE:
        return tr(
            f"这是{kind}，不是项目支出的表：单位名称记为项目名称",
            f"this is a {kind} and not that of a project: the name of the unit was read as that of the project",
        )
    return ""


def _compact(text: str) -> str:
    """Return the text without white space, with look-alike characters folded."""
    return "".join(fold(text).split())
