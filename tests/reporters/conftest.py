"""A run with every kind of result."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from command_line import GOOD
from hostile import table
from perftarget.linter.run import Run
from report_run import run_on
from repository import TESTS

ROADS, OPEN = (
    (TESTS / "tables" / "good" / f"{name}.yaml").read_text(encoding="utf-8") for name in ("农村公路养护", "高标准农田")
)
WAIVED = re.sub("项目属性: .*", "项目属性:", ROADS) + "豁免:\n  - {规则: blank-field, 理由: 待编码}\n"


@pytest.fixture
def mixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Check a clean file, a hostile one, one with a waiver, one with an undetermined result, and one that is no table."""
    monkeypatch.chdir(tmp_path)
    files = {
        "a,b: 100%.yaml": GOOD,
        "hostile.yaml": table(),
        "waived.yaml": WAIVED,
        "open.yaml": OPEN,
        "x.yaml": "- 1\n",
    }
    for name, text in files.items():
        Path(name).write_text(text, encoding="utf-8")
    return run_on(*files, draw=True)
