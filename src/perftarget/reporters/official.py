"""The wording of findings in letters and comments, which go to the authors of the tables."""

from __future__ import annotations

import re
from typing import Final

from perftarget.i18n import tr
from perftarget.linter.diagnostic import Severity
from perftarget.values.money import in_wan_yuan

_NAMES: Final = {
    Severity.ERROR: ("须修改", "To be changed"),
    Severity.WARNING: ("请核实", "To be checked"),
    Severity.INFO: ("建议", "Suggestion"),
}
_QUOTED_OR_AMOUNT: Final = re.compile(r"“[^“”]*”|(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)? 元(?!/)")
"""A quotation, which stays as written, or an amount in 元 that the tool computed."""
_SENTENCE_ENDS: Final = "。；：！？.;:!?"


def request_name(severity: Severity) -> str:
    """Return what the author of a table is asked to do about a finding: 须修改, 请核实 or 建议."""
    return tr(*_NAMES[severity])


def sentence(text: str) -> str:
    """Return the text with amounts in 万元 first and a full stop at its end."""
    shown = _QUOTED_OR_AMOUNT.sub(lambda match: _amount(match[0]), text)
    return shown if shown.rstrip("”’）) ").endswith(tuple(_SENTENCE_ENDS)) else shown + tr("。", ".")


def _amount(text: str) -> str:
    """Return an amount such as `31,680,000 元` as `3168 万元（31,680,000 元）`; amounts below 1 万元 stay."""
    in_wan = in_wan_yuan(text) if text.endswith("元") else None
    return tr(f"{in_wan}（{text}）", f"{in_wan} ({text})") if in_wan else text
