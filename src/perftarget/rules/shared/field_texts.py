"""Recognition of texts that do not fill a field: references to another place, unfilled names, numbers."""

from __future__ import annotations

import re
from typing import Final

_ELSEWHERE: Final = re.compile(
    "同[上左右下前]|如[上下]|[见如同](?:[上下左右前]|附[件表]|合同|协议|批复|文件|方案|封面|[上下]表).{0,8}|详见.{0,12}|按(?:合同|协议|方案)(?:约定|执行|规定)?"
)
_UNFILLED: Final = re.compile(
    r"[XxＸ]{2,}|[×✕✖]{1,}|[○〇]{2,}|[*＊]{2,}|[_＿]{2,}|[某]{1,2}(?=[局委办中单股科处县市区镇乡部厅某])|\?{2,}|？{2,}"
)


def refers_elsewhere(text: str) -> bool:
    """Return True for a text such as 同上 or 见合同, which is to be read in another place."""
    return _ELSEWHERE.fullmatch(text.strip("（）()。 ")) is not None


def is_unfilled(text: str) -> bool:
    """Return True for a name with a blank to be filled in: XX局, 某某单位, ____中心."""
    return _UNFILLED.search(text) is not None
