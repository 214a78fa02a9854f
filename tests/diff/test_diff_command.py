"""The command diff: files that cannot be read, folders of forms, and the exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import GOOD, Run, put

CLEAN, FINDINGS, WRONG_USE = 0, 1, 2
LOWER = GOOD.replace("≥85%", "≥80%")
SHEET = """\
项目名称	公益性岗位补贴
主管部门	县人社局	实施单位	县就业局
项目年度金额	12 万元
年度总体绩效目标	为 10 人发放岗位补贴，稳定就业，保障基本生活。
一级指标	二级指标	三级指标	绩效值
产出指标	数量指标	补贴人数（人）	10 人
	质量指标	发放准确率	≥95%
满意度指标	服务对象满意度	满意度	≥85%
"""


def test_the_rest_is_compared_where_a_file_is_broken(run: Run) -> None:
    for number, name in enumerate("甲乙丙丁戊己"):
        put(f"old/{number}.yaml", GOOD.replace("公益性岗位", f"{name}村道路"))
        put(f"new/{number}.yaml", (LOWER if number == 1 else GOOD).replace("公益性岗位", f"{name}村道路"))
    put("new/3.yaml", "项目名称: [\n")
    done = run("diff", "old", "new")
    assert done.stdout == (
        "old/1.yaml → new/1.yaml 乙村道路补贴\n"
        "    24 目标降低：满意度（31-服务对象满意度）：“≥85%” → “≥80%”\n"
        "\n"
        "1 张表不同；1 处目标比原来低，请说明理由；1 个文件读不了，没有比较。\n"
    )
    assert done.stderr.startswith("new/3.yaml:1:7 YAML 格式有误，无法读取")
    assert done.returncode == FINDINGS
    put("new/1.yaml", GOOD.replace("公益性岗位", "乙村道路"))
    assert run("diff", "old", "new").stdout == "没有看出不同；1 个文件读不了，没有比较。\n"
    assert '"unread": 1' in run("diff", "old", "new", "--format", "json").stdout


def test_a_part_that_does_not_fit_the_form_is_reported(run: Run) -> None:
    put("old.yaml", GOOD)
    put("new.yaml", LOWER.replace("就业率: ≥60%", "就业率: [60]"))
    done = run("diff", "old.yaml", "new.yaml")
    assert done.stderr.startswith("new.yaml:22:")
    assert "目标降低：满意度" in done.stdout
    assert done.returncode == FINDINGS


def test_a_folder_of_text_files_is_read(run: Run) -> None:
    put("old/a.txt", SHEET)
    put("new/sub/b.txt", SHEET.replace("≥85%", "≥80%"))
    put("new/readme.txt", "说明\n")
    done = run("diff", "old", "new")
    assert done.stdout == (
        "old/a.txt → new/sub/b.txt 公益性岗位补贴\n"
        "  第8行 第4列 目标降低：满意度（服务对象满意度）：“≥85%” → “≥80%”\n"
        "\n"
        "1 张表不同；1 处目标比原来低，请说明理由。\n"
    )
    assert (done.stderr, done.returncode) == ("", CLEAN)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_folder_of_forms_is_read(run: Run, kind: str) -> None:
    for folder, text in (("old", GOOD), ("new", LOWER)):
        put(f"{folder}.yaml", text)
        Path(folder).mkdir()
        assert run("render", f"{folder}.yaml", f"--{kind}", "-o", f"{folder}/a.{kind}").returncode == CLEAN
    assert "目标降低：满意度（31-服务对象满意度）：“≥85%” → “≥80%”" in run("diff", "old", "new").stdout
    assert run("diff", "old.yaml", "old").stdout == "没有不同。\n"


def test_a_folder_without_tables_is_wrong_use(run: Run) -> None:
    put("old/a.yaml", GOOD)
    put("new/readme.txt", "说明\n")
    done = run("diff", "old", "new")
    assert (done.stdout, done.stderr, done.returncode) == ("", "new: 没有找到表格\n", WRONG_USE)


@pytest.mark.parametrize(
    ("new", "codes"),
    [
        (GOOD, (CLEAN, CLEAN, CLEAN)),
        (GOOD.replace("≥85%", "85%以上"), (CLEAN, CLEAN, CLEAN)),
        (GOOD.replace("≥85%", "≥90%"), (CLEAN, FINDINGS, CLEAN)),
        (LOWER, (CLEAN, FINDINGS, FINDINGS)),
        (GOOD.replace("    就业率: ≥60%\n", ""), (CLEAN, FINDINGS, FINDINGS)),
        (GOOD.replace("项目主管处室: 社会保障室\n", ""), (CLEAN, FINDINGS, CLEAN)),
    ],
)
def test_the_exit_code_says_if_anything_is_listed(run: Run, new: str, codes: tuple[int, ...]) -> None:
    put("old.yaml", GOOD)
    put("new.yaml", new)
    options = ((), ("--exit-code",), ("--exit-code", "--weaker"))
    assert tuple(run("diff", "old.yaml", "new.yaml", *more).returncode for more in options) == codes


def test_only_weaker_targets_are_listed_if_asked(run: Run) -> None:
    put("old/a.yaml", GOOD)
    put("old/b.yaml", GOOD.replace("公益性岗位补贴", "路灯工程").replace("县就业局", "县城管局"))
    put("new/a.yaml", LOWER.replace("12 万元", "13 万元").replace("    就业率: ≥60%\n", "").replace("≥95%", "95%以上"))
    assert run("diff", "old", "new", "--weaker").stdout == (
        "old/a.yaml → new/a.yaml 公益性岗位补贴\n"
        "    23 目标降低：满意度（31-服务对象满意度）：“≥85%” → “≥80%”\n"
        "    22 删去：就业率（24-可持续影响）：“≥60%”\n"
        "\n"
        "old/b.yaml 没有这个项目了：路灯工程\n"
        "\n"
        "2 张表不同；1 处目标比原来低，请说明理由；删去 1 个指标；少了 1 个项目；"
        "另有 1 处只是写法、次序或年度不同，没有列出。\n"
    )


def test_the_number_of_differences_left_out_is_said(run: Run) -> None:
    put("old.yaml", GOOD)
    put("new.yaml", GOOD.replace("≥85%", "85%以上").replace("12 万元", "120000元"))
    done = run("diff", "old.yaml", "new.yaml", "--exit-code")
    assert done.stdout == "没有实质不同；另有 2 处只是写法、次序或年度不同，没有列出。\n"
    assert done.returncode == CLEAN
    english = "No difference of substance; 2 further differences of notation, order or year left out.\n"
    assert run("diff", "old.yaml", "new.yaml", "--lang", "en").stdout == english
    assert '"left_out": 2' in run("diff", "old.yaml", "new.yaml", "--format", "json").stdout
