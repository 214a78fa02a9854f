"""The command `import`: written files, their names, and refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import Run, put
from docx_builder import p, tbl, word
from docx_builder import tr as docx_row
from perftarget.console import EXIT_FINDINGS, EXIT_USAGE
from perftarget.files import atomic_write as write
from xlsx_builder import rows as sheet_rows
from xlsx_builder import workbook

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


DOUBTFUL = FORM.replace("主管部门\t甲\t实施单位\t乙\n", "主管部门\t甲\t主管部门\t丙\n").format(name="丁")
DOUBT = "主管部门有几种读法，分不出哪一个：“主管部门”甲、“主管部门”丙（第4行 第4列）"


def test_import_writes_no_table_that_is_in_doubt(run: Run) -> None:
    put("form.txt", DOUBTFUL)
    put("good.txt", FORM.format(name="戊"))
    done = run("import", "form.txt", "good.txt", "-o", "out")
    assert done.returncode == EXIT_FINDINGS
    assert done.stdout.startswith(f"form.txt：1 张表\n  没有写入：“丁”，识别存疑\n    存疑：{DOUBT}\n")
    assert done.stderr == "1 张表识别存疑，没有写入；请在原表中写明确，或加 --accept-doubts 写入并注明\n"
    assert written_files() == ["戊.yaml"]


def test_import_writes_accepted_doubts_as_comments(run: Run) -> None:
    put("form.txt", DOUBTFUL)
    done = run("import", "form.txt", "-o", "out", "--accept-doubts")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"\n    存疑：{DOUBT}\n" in done.stdout
    text = Path("out/丁.yaml").read_text(encoding="utf-8")
    assert f"项目名称: 丁\n# 存疑：{DOUBT}\n主管部门: 甲\n" in text


def test_import_lists_the_reasons_and_the_texts_around_the_table(run: Run) -> None:
    put("form.txt", FORM.format(name="甲") + "注：本表一式两份\n")
    short = run("import", "form.txt", "-o", "out").stdout
    done = run("import", "form.txt", "-o", "out", "-v", "--force")
    assert "依据" not in short
    added = [line for line in done.stdout.splitlines() if line not in short.splitlines()]
    assert added == [
        "    依据：一级指标：第5行 第1列，栏目名称",
        "    依据：二级指标：第5行 第2列，栏目名称",
        "    依据：三级指标：第5行 第3列，栏目名称",
        "    依据：指标值：第5行 第4列“绩效值”，栏目名称",
        "    依据：项目名称：第3行 第2列，栏目名称",
        "    依据：主管部门：第4行 第2列，栏目名称",
        "    依据：实施单位：第4行 第4列，栏目名称",
        "    表外文字：第1行 第1列 “部门项目支出预算绩效目标表”",
        "    表外文字：第2行 第1列 “单位：万元”",
        "    表外文字：第8行 第1列 “注：本表一式两份”",
    ]


def test_import_lists_what_was_not_understood_once_and_last(run: Run) -> None:
    form = FORM.replace("绩效值\n", "绩效值\t历史值\n").replace("5人\n", "5人\t4人\n")
    put("form.txt", form.format(name="甲"))
    lines = run("import", "form.txt", "-o", "out").stdout.splitlines()
    assert lines[-2:] == ["  未能识别的内容：第5行 第5列 “历史值”", "  未能识别的内容：第6行 第5列 “4人”"]
    assert sum("未能识别" in line for line in lines) == 2


def row_of(number: int, texts: list[str]) -> str:
    """Return a row of a worksheet with these texts."""
    cells = (
        f'<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for column, text in zip("ABCDE", texts, strict=False)
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def doubtful_files() -> None:
    """Write the doubtful form as a text, a Word and an Excel file."""
    rows = [line.split("\t") for line in DOUBTFUL.splitlines()]
    put("form.txt", DOUBTFUL)
    Path("form.docx").write_bytes(word(tbl(*(docx_row(*row) for row in rows)) + p("")))
    cells = (row_of(number, row) for number, row in enumerate(rows, 1))
    Path("form.xlsx").write_bytes(workbook(sheet_rows(*cells)))


@pytest.mark.parametrize(
    ("file", "place"), [("form.txt", "第4行 第2列"), ("form.docx", "表1 第4行 第2列"), ("form.xlsx", "表1!B4")]
)
def test_validate_marks_the_cell_in_doubt(run: Run, file: str, place: str) -> None:
    doubtful_files()
    done = run("validate", file, "--select", "doubtful-reading")
    assert done.stdout.startswith(f"{file} {place} warning[doubtful-reading] 内容识别存疑\n")
    assert DOUBT.partition("（")[0] in done.stdout
    assert done.stderr.startswith(f"{file}: 有未能识别的内容：")


REVIEW = "项目支出绩效目标审核表\t\t\n项目名称\t甲\t\n审核内容\t审核要点\t审核意见\n完整性\t是否完整\t完整\n"


def test_a_review_alone_is_refused_by_its_name(run: Run) -> None:
    put("form.txt", REVIEW)
    done = run("import", "form.txt", "-o", "out")
    assert (done.returncode, done.stdout) == (EXIT_FINDINGS, "")
    assert "“项目支出绩效目标审核表”不是能读取的绩效目标表，没有读取" in done.stderr
    assert not Path("out").exists()


def test_a_review_beside_a_target_table_is_a_note(run: Run) -> None:
    put("form.txt", FORM.format(name="甲") + "\n" + REVIEW)
    done = run("import", "form.txt", "-o", "out")
    assert done.returncode == 0
    assert done.stdout.startswith("form.txt：1 张表\n  注意：“项目支出绩效目标审核表”不是绩效目标表，没有读取\n")
    assert written_files() == ["甲.yaml"]
    checked = run("validate", "form.txt", "--select", "doubtful-reading")
    assert "“项目支出绩效目标审核表”不是绩效目标表，没有读取" in checked.stderr


def test_validate_quotes_what_was_not_understood(run: Run) -> None:
    put("form.txt", "市级项目\n" + FORM.format(name="甲"))
    done = run("validate", "form.txt", "--select", "doubtful-reading")
    assert "有未能识别的内容：第1行 第1列“市级项目”" in done.stderr
