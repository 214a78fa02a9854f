"""The commands `init` and `new`: existing files are kept, and new files can be checked at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from command_line import GOOD, Run
from perftarget.config.loader import load_profile

CLEAN, FINDINGS, WRONG_USE = 0, 1, 2


def test_init_writes_configuration_schema_and_hooks(run: Run, tmp_path: Path) -> None:
    done = run("init", "office")
    wrote = [
        "perftarget.yaml",
        "schemas/table.schema.json",
        ".pre-commit-config.yaml",
        ".github/workflows/perftarget.yml",
    ]
    assert done.stdout.splitlines()[:-1] == [f"已写入 office/{path}" for path in wrote]
    assert done.returncode == CLEAN
    assert load_profile(str(tmp_path / "office" / "perftarget.yaml")).paths == ["data/"]
    for path in (wrote[2], wrote[3]):
        assert isinstance(yaml.safe_load((tmp_path / "office" / path).read_text(encoding="utf-8")), dict)


def test_init_keeps_existing_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "perftarget.yaml").write_text("year: 2025\n", encoding="utf-8")
    done = run("init", "--ci", "gitlab", "--profile", "mof-2021")
    assert done.stdout.splitlines()[0] == "已有 perftarget.yaml，没有改动"
    assert (tmp_path / "perftarget.yaml").read_text(encoding="utf-8") == "year: 2025\n"
    assert (tmp_path / ".gitlab-ci.yml").exists()
    again = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert "已写入" not in run("init", "--ci", "gitlab").stdout
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == again
    assert not (tmp_path / ".github").exists()


def test_init_writes_the_chosen_profile(run: Run, tmp_path: Path) -> None:
    run("init", "--ci", "none", "--profile", "mof-2021")
    assert (tmp_path / "perftarget.yaml").read_text(encoding="utf-8").splitlines()[1] == "extends: mof-2021"


def test_new_writes_a_template_with_examples_of_other_tables(run: Run, tmp_path: Path) -> None:
    run("init")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "good.yaml").write_text(GOOD, encoding="utf-8")
    done = run("new", "护理/补贴：一期", "--amount", "20 万元", "--unit", "县: 民政局")
    path = tmp_path / "data" / "护理_补贴：一期.yaml"
    assert (
        done.stdout
        == f"已写入 {path.relative_to(tmp_path)}。填好后运行 perftarget validate {path.relative_to(tmp_path)} 检查。\n"
    )
    assert path.read_text(encoding="utf-8") == (
        "# yaml-language-server: $schema=../schemas/table.schema.json\n"
        "项目名称: 护理/补贴：一期\n"
        "主管部门:\n"
        '实施单位: "县: 民政局"\n'
        "项目属性:\n"
        "项目期限:\n"
        "项目主管处室:\n"
        "项目年度金额: 20 万元\n"
        "年度总体绩效目标:\n"
        "  - # 完成什么、谁受益、有什么变化，写明数量；一条一行\n"
        "绩效指标:\n"
        "  11-数量指标: # 做多少，带单位，如 培训人数: ≥300 人\n"
        "    # 其他表中有：补贴人数（人）: 10 人\n"
        "  12-质量指标: # 做到什么标准，如 补贴发放准确率: ≥95%\n"
        "    # 其他表中有：发放准确率: ≥95%\n"
        "  13-时效指标: # 什么时候做完，如 补贴发放时间: 每月15日前\n"
        "    # 其他表中有：发放时间: 每月15日前\n"
        "  14-成本指标: # 每人每月多少，或一共多少，如 人均标准: 500 元/月\n"
        "    # 其他表中有：人均标准: 1000 元/月\n"
        "  21-经济效益: # 带来多少收入或节约，如 带动就业人员增收: ≥3000 元/人·年\n"
        "  22-社会效益: # 谁受益、有什么变化，如 零就业家庭动态清零率: =100%\n"
        "    # 其他表中有：重大群体性事件: =0起\n"
        "  23-生态效益: # 对环境有什么改善，如 绿化覆盖率: ≥40%\n"
        "  24-可持续影响: # 以后还能持续什么，如 稳定就业一年以上的比例: ≥60%\n"
        "    # 其他表中有：就业率: ≥60%\n"
        "  31-服务对象满意度: # 谁满意、满意到多少，如 受益对象满意度: ≥90%\n"
        "    # 其他表中有：满意度: ≥85%\n"
    )
    found = run("validate", str(path), "-q").stdout
    assert "[invalid-yaml]" not in found
    assert "[no-indicators] 未设置绩效指标" in found
    again = run("new", "护理/补贴：一期")
    assert ("没有写入：以下文件已存在" in again.stderr, again.returncode) == (True, WRONG_USE)


@pytest.mark.parametrize("name", ["a # b", "- x", "'", "\u202e", "CON", "2025-01-01", "*a", "甲\n乙"])
def test_any_project_name_is_written_as_text(name: str, run: Run, tmp_path: Path) -> None:
    assert run("new", "-o", "made", "--", name).returncode == CLEAN
    (path,) = (tmp_path / "made").iterdir()
    loaded = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    assert loaded["项目名称"] == name.strip()


def test_new_requires_a_name_without_a_terminal(run: Run) -> None:
    done = run("new")
    assert (done.stderr, done.returncode) == ("没有写入：请写明项目名称\n", WRONG_USE)


@pytest.mark.skipif(os.name != "posix", reason="there are no pseudo-terminals")
def test_new_asks_for_each_field_on_a_terminal(tmp_path: Path) -> None:
    """The fields are asked for in turn; Enter accepts the value of the other tables."""
    import pty

    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "good.yaml").write_text(GOOD, encoding="utf-8")
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "perftarget", "new", "--period", "2026 年", "--lang", "zh"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdin=slave, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        os.close(slave)
        os.write(master, "护理补贴\n\n县民政局\n\n\n30 万元\n".encode())
        out, error = process.communicate(timeout=60)
    os.close(master)
    assert (process.returncode, error) == (CLEAN, "")
    assert out.startswith("项目名称：主管部门 [县人社局]：实施单位 [县就业局]：项目属性 [延续项目]：")
    text = (tmp_path / "data" / "护理补贴.yaml").read_text(encoding="utf-8")
    assert text.splitlines()[:7] == [
        "项目名称: 护理补贴",
        "主管部门: 县人社局",
        "实施单位: 县民政局",
        "项目属性: 延续项目",
        "项目期限: 2026 年",
        "项目主管处室: 社会保障室",
        "项目年度金额: 30 万元",
    ]
