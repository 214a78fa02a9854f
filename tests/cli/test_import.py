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
        "  已写入 out/甲_乙.yaml\n"
        "    推断：22-社会效益 没有写明一级指标，按编码归入 2-效益指标\n"
        "  未能识别的内容：第1行 第1列 “市级项目”\n"
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


def numbers() -> dict[str, str]:
    """Return the line 序号 of each written file that has one, by its name."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in Path("out").iterdir()}
    return {name: line for name, text in texts.items() for line in text.splitlines() if "序号" in line}


def test_import_numbers_several_tables_in_the_order_of_the_source(run: Run) -> None:
    put("form.txt", "".join(FORM.format(name=name) for name in ("丙", "甲", "乙")))
    assert run("import", "form.txt", "-o", "out").returncode == 0
    assert numbers() == {"丙": "序号: 1", "甲": "序号: 2", "乙": "序号: 3"}
    assert Path("out/丙.yaml").read_text(encoding="utf-8").startswith("序号: 1\n项目名称: 丙\n")


def test_import_does_not_number_a_single_table(run: Run) -> None:
    put("form.txt", FORM.format(name="甲"))
    put("out/乙.yaml", "项目名称: 乙\n资金测算:\n  - {序号: 7}\n# 序号: 8\n")
    assert run("import", "form.txt", "-o", "out").returncode == 0
    assert "序号" not in Path("out/甲.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("序号: 41", 42),
        ('序号: "41"', 42),
        ("序号: '４１' # 四十一", 42),
        ('"序号":   041\r', 42),
        ("序号: 第41", 1),
        ("  序号: 41", 1),
    ],
)
def test_import_continues_the_numbers_of_the_folder(run: Run, line: str, first: int) -> None:
    put("form.txt", FORM.format(name="甲") + FORM.format(name="乙"))
    put("out/丁.yaml", f"项目名称: 丁\n{line}\n主管部门: 戊\n")
    put("out/sub/己.yaml", "项目名称: 己\n序号: 90\n")
    Path("out/坏.yaml").write_bytes(b"\x00\xff\xfe\x00")
    Path("out/夹.yaml").mkdir()
    assert run("import", "form.txt", "-o", "out").returncode == 0
    written = {name: Path(f"out/{name}.yaml").read_text(encoding="utf-8").splitlines()[0] for name in ("甲", "乙")}
    assert written == {"甲": f"序号: {first}", "乙": f"序号: {first + 1}"}


def test_a_table_imported_into_a_numbered_folder_comes_last(run: Run) -> None:
    put("two.txt", FORM.format(name="乙") + FORM.format(name="甲"))
    put("one.txt", FORM.format(name="丁"))
    run("import", "two.txt", "-o", "out")
    run("import", "one.txt", "-o", "out")
    assert numbers() == {"乙": "序号: 1", "甲": "序号: 2", "丁": "序号: 3"}


def test_a_repeated_import_keeps_the_numbers(run: Run) -> None:
    put("two.txt", FORM.format(name="乙") + FORM.format(name="甲"))
    put("one.txt", FORM.format(name="丁"))
    for path in ("two.txt", "one.txt", "two.txt"):
        assert run("import", path, "-o", "out", "--force").returncode == 0
    assert numbers() == {"乙": "序号: 1", "甲": "序号: 2", "丁": "序号: 3"}
    put("two.txt", FORM.format(name="甲") + FORM.format(name="己") + FORM.format(name="乙"))
    assert run("import", "two.txt", "-o", "out", "--force").returncode == 0
    assert numbers() == {"甲": "序号: 1", "己": "序号: 2", "乙": "序号: 4", "丁": "序号: 3"}


def test_a_line_break_inside_a_cell_of_word_text_is_kept(run: Run) -> None:
    form = "项目名称\t甲\n主管部门\t乙\v丙\n一级指标\t二级指标\t三级指标\t绩效值\n1-产出指标\t11-数量指标\t人数\t5人\n"
    put("form.txt", form)
    assert run("import", "form.txt", "-o", "out").returncode == 0
    assert '主管部门: "乙\\n丙"\n' in Path("out/甲.yaml").read_text(encoding="utf-8")
