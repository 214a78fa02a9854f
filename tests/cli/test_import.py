"""The command `import`: written files, their names, and refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import Run, put
from perftarget.console import EXIT_FINDINGS, EXIT_USAGE
from perftarget.files import atomic_write as write

FORM = (
    "部门项目支出预算绩效目标表\t\t\t\n单位：万元\t\t\t\n项目名称\t{name}\t\t\n主管部门\t甲\t实施单位\t乙\n"
    "一级指标\t二级指标\t三级指标\t绩效值\n1-产出指标\t11-数量指标\t人数\t5人\n\t22-社会效益\t事件\t=0起\n"
)


def written_files() -> list[str]:
    return sorted(path.name for path in Path("out").iterdir())


def test_import_reports_written_files_and_inferences(run: Run) -> None:
    put("form.txt", "市级项目\n" + FORM.format(name="甲/乙"))
    done = run("import", "form.txt", "-o", "out")
    assert done.returncode == 0
    assert done.stdout == (
        "form.txt：1 张表\n"
        "  没有归入表格：第1行 第1列 “市级项目”\n"
        "  已写入 out/甲_乙.yaml\n"
        "    推断：22-社会效益 没有写明一级指标，按编码归入 2-效益指标\n"
    )
    assert Path("out/甲_乙.yaml").read_text(encoding="utf-8").splitlines()[:3] == [
        "项目名称: 甲/乙",
        "主管部门: 甲",
        "实施单位: 乙",
    ]


def test_import_numbers_equal_names_and_overwrites_nothing(run: Run) -> None:
    put("form.txt", FORM.format(name="甲") * 2)
    assert run("import", "form.txt", "-o", "out").returncode == 0
    assert written_files() == ["甲-2.yaml", "甲.yaml"]
    put("out/甲.yaml", "mine\n")
    Path("out/甲-2.yaml").unlink()
    done = run("import", "form.txt", "-o", "out")
    assert (done.returncode, done.stdout) == (EXIT_USAGE, "")
    assert done.stderr == "没有写入：以下文件已存在，要覆盖请加 --force\n  out/甲.yaml\n"
    assert written_files() == ["甲.yaml"]
    assert Path("out/甲.yaml").read_text(encoding="utf-8") == "mine\n"
    assert run("import", "form.txt", "-o", "out", "--force").returncode == 0
    assert len(written_files()) == 2


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ('a\\b:c*d?e"f<g>h|i', "a_b_c_d_e_f_g_h_i"),
        ("CON", "_CON"),
        ("", "未命名项目"),
        ("…. ", "…"),
        ("长" * 300, "长" * 66),
        ("😀" * 300, "😀" * 50),
        ("perftarget", "_perftarget"),
        ("😀", "😀"),
    ],
)
def test_import_writes_safe_file_names(run: Run, name: str, stem: str) -> None:
    put("form.txt", FORM.format(name=name))
    assert run("import", "form.txt", "-o", "out").returncode == 0
    assert written_files() == [f"{stem}.yaml"]


def test_import_writes_all_files_or_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put("form.txt", FORM.format(name="甲") + FORM.format(name="乙"))
    stage = write._stage

    def fail(path: Path, content: str) -> str:
        if path.name == "乙.yaml":
            raise OSError(28, "No space left on device")
        return stage(path, content)

    monkeypatch.setattr(write, "_stage", fail)
    done = run("import", "form.txt", "-o", "out")
    assert done.returncode == EXIT_USAGE
    assert "没有写入" in done.stderr
    assert written_files() == []


def test_import_refuses_a_text_without_a_form(run: Run) -> None:
    put("form.txt", "会议通知\n")
    done = run("import", "form.txt", "-o", "out")
    assert done.returncode == EXIT_FINDINGS
    assert "没有找到绩效目标表：没有“项目名称”一栏" in done.stderr
    assert not Path("out").exists()


def test_a_line_break_inside_a_cell_of_word_text_is_kept(run: Run) -> None:
    form = "项目名称\t甲\n主管部门\t乙\v丙\n一级指标\t二级指标\t三级指标\t绩效值\n1-产出指标\t11-数量指标\t人数\t5人\n"
    put("form.txt", form)
    assert run("import", "form.txt", "-o", "out").returncode == 0
    assert '主管部门: "乙\\n丙"\n' in Path("out/甲.yaml").read_text(encoding="utf-8")
