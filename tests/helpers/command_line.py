"""A good table, and the type of the fixture `run`, which runs the command line in this process."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

GOOD = """\
项目名称: 公益性岗位补贴
主管部门: 县人社局
实施单位: 县就业局
项目属性: 延续项目
项目期限: 2025 年 1 月至 12 月
项目主管处室: 社会保障室
项目年度金额: 12 万元
年度总体绩效目标:
  - 为 10 人发放岗位补贴，稳定就业，保障基本生活。
绩效指标:
  11-数量指标:
    补贴人数（人）: 10 人
  12-质量指标:
    发放准确率: ≥95%
  13-时效指标:
    发放时间: 每月15日前
  14-成本指标:
    人均标准: 1000 元/月
  22-社会效益:
    重大群体性事件: =0起
  24-可持续影响:
    就业率: ≥60%
  31-服务对象满意度:
    满意度: ≥85%
"""


@dataclass
class CommandResult:
    """The exit code and the output of a command."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., CommandResult]


def environment_with_modules(folder: Path) -> dict[str, str]:
    """Return the environment in which modules of this folder are imported first."""
    paths = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def put(path: str, text: str) -> None:
    """Write a file and the folders above it."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
