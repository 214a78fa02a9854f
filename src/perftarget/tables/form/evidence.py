"""Evidence for what was read from a form: why a cell was taken for a field or a column, and what is in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from perftarget.i18n import tr
from perftarget.text.source import Loc


class Evidence(IntEnum):
    """Reason for taking a cell for a field or a column, from the weakest to the strongest."""

    POSITION = 1
    IMPLIED = 2
    PATTERN = 3
    ALIAS = 4
    EXACT = 5
    CONTENTS = 6

    def __str__(self) -> str:
        return {
            Evidence.POSITION: tr("按位置", "by its position"),
            Evidence.IMPLIED: tr("没有更确切的栏目", "no other caption fits better"),
            Evidence.PATTERN: tr("按栏目名称的写法", "by the pattern of its caption"),
            Evidence.ALIAS: tr("栏目的别名", "alias of its caption"),
            Evidence.EXACT: tr("栏目名称", "its caption"),
            Evidence.CONTENTS: tr("按栏内的内容", "by its contents"),
        }[self]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field or a column was read from a cell; `label` is the position of the cell for the user."""

    field: str
    caption: str
    evidence: Evidence
    label: str

    def __str__(self) -> str:
        if self.caption == self.field:
            return tr(f"{self.field}：{self.label}，{self.evidence}", f"{self.field}: {self.label}, {self.evidence}")
        return tr(
            f"{self.field}：{self.label}“{self.caption}”，{self.evidence}",
            f"{self.field}: {self.label} “{self.caption}”, {self.evidence}",
        )


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reading of a form that is in doubt: a message, the place in the data, and the position of the cell."""

    at: Loc
    message: str
    label: str = ""
