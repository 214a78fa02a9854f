"""Commands, options and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from rich.cells import cell_len

from command_line import GOOD, CommandResult, Run, put
from perftarget import __version__
from perftarget.__main__ import _plain_paths, main
from perftarget.console import EXIT_FINDINGS, EXIT_INTERNAL_ERROR, EXIT_USAGE
from perftarget.linter.rule import rules
from perftarget.reporters.outputs import FORMATS
from repository import ROOT

BLANK = GOOD.replace("项目属性: 延续项目", "项目属性:")


def test_version_is_printed(run: Run) -> None:
    assert run("--version").stdout == run("-V").stdout == f"perftarget {__version__}\n"


def test_no_command_shows_the_help(run: Run) -> None:
    done = run()
    assert done.returncode == EXIT_USAGE
    assert "validate" in done.stdout


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (GOOD, [], 0),
        (BLANK, [], 0),
        (BLANK, ["--strict"], EXIT_FINDINGS),
        (GOOD, ["--strict"], 0),
        (GOOD.replace("≥95%", "待定"), [], EXIT_FINDINGS),
        (GOOD.replace("≥95%", "待定"), ["--ignore", "placeholder-value"], 0),
        (GOOD.replace("≥95%", "待定"), ["--select", "blank-field"], 0),
        (GOOD.replace("≥95%", "待定"), ["--select", "规范完整性"], EXIT_FINDINGS),
        (GOOD.replace("≥95%", "待定"), ["--select", "规范完整性", "--ignore", "placeholder-value"], 0),
    ],
)
def test_exit_code_depends_on_severity_and_selection(run: Run, text: str, options: list[str], code: int) -> None:
    put("tables/good.yaml", text)
    assert run("validate", "tables", *options).returncode == code


def test_default_paths_come_from_the_configuration(run: Run) -> None:
    assert run("validate").stderr == "data: 没有这个文件或文件夹，请检查路径\n"
    put("perftarget.yaml", "paths: [tables]\n")
    assert run("validate").returncode == 0
    os.chdir("tables")
    assert run("validate").stdout == "1 个文件、1 张表：0 个错误，0 个警告，0 条建议。\n"


def test_a_configuration_applies_to_its_folder(run: Run) -> None:
    put("tables/strict/blank.yaml", BLANK)
    put("tables/loose/blank.yaml", BLANK)
    put("tables/strict/perftarget.yaml", "severity: {blank-field: error}\n")
    put("tables/loose/perftarget.yaml", "severity: {blank-field: 'off'}\n")
    done = run("validate", "tables", "-q", "--select", "blank-field")
    assert done.stdout == "tables/strict/blank.yaml:4:1 error[blank-field] “项目属性”是空白；请填写\n"
    done = run("validate", "tables", "-q", "--profile", "nx-county-2025")
    assert done.stdout.count(" warning[blank-field] ") == 2


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("severity: {blank-feild: off}", "没有名为 blank-feild 的规则。是否为 blank-field？"),
        (
            "severity: {blank-field: of}",
            "perftarget.yaml:1:25: 配置项 severity.blank-field 不能是“of”；可写的有：error、warning、info、off",
        ),
        (
            "tolerance: {share: '%'}",
            "perftarget.yaml:1:20: 配置项 tolerance.share 不能是“%”；应为比例，如 5%",
        ),
        ("tolerance: {share: 120%}", "配置项 tolerance.share 不能是“120%”；应不超过 100%"),
        ("paths: data", "perftarget.yaml:1:8: 配置项 paths 不能是“data”；应为列表，如 [a, b]"),
        ("paths: []", "perftarget.yaml 的 paths: 没有找到表格"),
        ("words: {group_captions: [甲, {乙: 丙}]}", "perftarget.yaml:1:29: 词表 group_captions 里只能写文字"),
        ("title: [a]", "配置项 title 不能是“列表”；应为一段文字"),
        ("title: a\ntitle: b", "perftarget.yaml:2:1: 同一项写了两次；请删去一个"),
        ("extends:", "perftarget.yaml:1:9: extends 是空白"),
        ("head: [[a, b, c]]", "每行最多两个栏目"),
        ("annex: {titel: x}", "perftarget.yaml:1:9: 配置项 titel 不存在。是否为 title？"),
        (
            "extends: nx-county-2024",
            "perftarget.yaml:1:10: 没有名为 nx-county-2024 的内置表式，也没有文件 ",
        ),
        ("extends: perftarget.yaml", "extends 互相引用"),
        ("- a", "配置文件应为“名称: 值”的形式"),
        ("a: [", "配置文件不是有效的 YAML"),
    ],
)
def test_an_invalid_configuration_is_a_usage_error(run: Run, config: str, message: str) -> None:
    put("perftarget.yaml", config)
    done = run("validate", *(["tables"] if config != "paths: []" else []))
    assert (done.returncode, done.stdout) == (EXIT_USAGE, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_configuration_is_the_default(run: Run) -> None:
    put("perftarget.yaml", "# nothing yet\n")
    assert run("validate", "tables").returncode == 0


def test_json_is_written_to_a_file(run: Run) -> None:
    put("tables/good.yaml", BLANK)
    done = run("validate", "tables", "--format", "json", "-o", "out.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (found,) = json.loads(Path("out.json").read_text(encoding="utf-8"))["diagnostics"]
    assert (found["rule"], found["line"], found["column"], found["end_column"]) == ("blank-field", 4, 1, 5)


def test_colour_is_off_in_pipes_unless_it_is_forced(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put("tables/good.yaml", BLANK)
    assert "\x1b" not in run("validate", "tables").stdout
    assert "\x1b" in run("validate", "tables", "--color", "always").stdout
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" in run("validate", "tables").stdout
    assert "\x1b" not in run("validate", "tables", "--color", "never").stdout


def test_waived_findings_stay_visible(run: Run) -> None:
    put("tables/good.yaml", BLANK + "豁免:\n  - {规则: blank-field, 理由: 待统一编码}\n")
    done = run("validate", "tables", "--strict")
    assert done.returncode == 0
    assert done.stdout == (
        "tables/good.yaml:4:1 waived[blank-field] 已豁免：待统一编码\n\n"
        "1 个文件、1 张表：0 个错误，0 个警告，0 条建议。另有 1 处已豁免。\n"
    )


def test_a_waiver_for_an_indicator_does_not_cover_others(run: Run) -> None:
    text = GOOD.replace("=0起", "减少").replace("≥60%", "提高")
    put("tables/good.yaml", text + "豁免:\n  - {规则: not-measurable, 指标: 就业率, 理由: 无统计}\n")
    lines = run("validate", "tables", "-q").stdout.splitlines()
    assert lines == [
        "tables/good.yaml:20:14 warning[not-measurable] “减少”没有幅度、基期或分档，无法考核",
        "tables/good.yaml:22:10 waived[not-measurable] 已豁免：无统计",
    ]


@pytest.mark.parametrize("name", ["table", "config", "report"])
def test_schema_prints_the_committed_schema(run: Run, name: str) -> None:
    root = ROOT
    assert run("schema", name).stdout == (root / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")


def test_a_crash_is_named_as_a_fault_of_perftarget(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perftarget.runner.check_file.check_document", lambda *_: 1 / 0)
    done = run("validate", "tables")
    assert done.returncode == EXIT_INTERNAL_ERROR
    assert done.stderr.endswith("自身出错，不是您的文件有问题。请把以上内容报告给开发者。\n")


def test_an_interrupt_ends_without_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("perftarget.runner.check_file.check_document", interrupt)
    done = run("validate", "tables")
    assert done.returncode == 130
    assert "Traceback" not in done.stderr


def test_output_follows_links_and_does_not_replace_pipes(run: Run) -> None:
    put("target.json", "old")
    Path("link.json").symlink_to("target.json")
    assert run("validate", "tables", "--format", "json", "-o", "link.json").returncode == 0
    assert Path("link.json").is_symlink()
    assert json.loads(Path("target.json").read_text(encoding="utf-8"))["version"] == 1
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert run("validate", "tables", "-o", "pipe").returncode == 0
    assert os.read(reader, 1000).decode() == "1 个文件、1 张表：0 个错误，0 个警告，0 条建议。\n"
    os.close(reader)
    assert Path("pipe").is_fifo()


@pytest.mark.parametrize(
    ("target", "reason"), [("tables", "这是文件夹，不是文件"), ("tables/good.yaml/x", "路径中有一段不是文件夹")]
)
def test_an_unwritable_output_is_reported_by_name(run: Run, target: str, reason: str) -> None:
    done = run("validate", "tables", "-o", target)
    assert (done.returncode, done.stderr) == (EXIT_USAGE, f"没有写入：{target}: {reason}\n")


def test_a_full_device_is_reported() -> None:
    command = [sys.executable, "-m", "perftarget", "schema"]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == EXIT_USAGE
    assert done.stderr.startswith("结果没有写出：")


@pytest.mark.parametrize("redirection", ["<&-", ">&-", "2>&-"])
def test_a_closed_stream_does_not_crash(redirection: str, tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    path = "-" if redirection == "<&-" else "good.yaml"
    shell = f"{sys.executable} -m perftarget validate {path} {redirection}"
    done = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == (EXIT_FINDINGS if path == "-" else 0)
    assert done.stderr == ""


def test_a_file_named_several_times_is_checked_once(run: Run) -> None:
    assert run("validate", "tables", "./tables/good.yaml", "tables/good.yaml").stdout.startswith("1 个文件")


def test_control_characters_in_paths_are_escaped(run: Run) -> None:
    assert run("validate", "no\x1b[31m.yaml").stderr == "no\\u001b[31m.yaml: 没有这个文件或文件夹，请检查路径\n"


def test_only_one_of_two_renames_to_the_same_name_is_offered(run: Run) -> None:
    put("tables/good.yaml", "绩效指标:\n  数量指标:\n    甲（人）: 5\n  数量:\n    乙（人）: 6\n")
    run("validate", "tables", "--select", "tier-label", "--format", "json", "-o", "out.json")
    found = json.loads(Path("out.json").read_text(encoding="utf-8"))["diagnostics"]
    assert [one["fix"] and len(one["fix"]["edits"]) for one in found] == [1, None]


def test_rules_are_listed_as_json(run: Run) -> None:
    done = run("rules", "--format", "json")
    listed = json.loads(done.stdout)
    assert [one["name"] for one in listed] == list(rules())
    assert listed[0].keys() == {"name", "title", "box", "severity", "fixable", "basis"}
    (one,) = [one for one in listed if one["name"] == "missing-tier-label"]
    assert (one["severity"], one["fixable"], one["box"]) == ("warning", True, "规范完整性")


def test_rules_are_listed_by_category(run: Run) -> None:
    """Each rule is listed once, below its category."""
    lines = run("rules").stdout.splitlines()
    named = [line.split() for line in lines if line.startswith("  ") and not line.startswith("   ")]
    assert [words[0] for words in named] == list(rules())
    categories = list(dict.fromkeys(rule.category for rule in rules().values()))
    assert [line for line in lines if line and not line.startswith(" ")] == [
        *categories,
        "实现可能性：本工具不检查",
        "条件充分性：本工具不检查",
    ]


def test_a_category_without_rules_cannot_be_selected(run: Run) -> None:
    done = run("validate", "tables", "--select", "条件充分性")
    assert (done.returncode, done.stderr) == (EXIT_USAGE, "条件充分性须依据表外材料判断，本工具不检查，没有规则。\n")
    assert run("validate", "tables", "--ignore", "条件充分性").returncode == 0


def test_explain_prints_the_page_of_a_rule(run: Run) -> None:
    page = run("explain", "cost-sum").stdout
    rule = rules()["cost-sum"]
    assert page.startswith(
        f"# {rule.title}\n\ncost-sum · error · 资金匹配性 · 不能自动修复\n\n{rule.page.splitlines()[0]}\n"
    )
    assert page.endswith(f"{rule.page}\n")
    assert "\x1b[" in run("explain", "cost-sum", "--color", "always").stdout
    wrong = run("explain", "cost-sun")
    assert (wrong.returncode, wrong.stderr) == (EXIT_USAGE, "没有名为 cost-sun 的规则。是否为 cost-sum？\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--foo"], "没有 --foo 这个选项；是否为 --color？用法见 perftarget validate -h\n"),
        (
            ["--format", "xml"],
            f"--format 没有 xml 这种格式；可写的有：{'、'.join(FORMATS)}。用法见 perftarget validate -h\n",
        ),
        (["-j", "many"], "--jobs 应为不小于 0 的整数。用法见 perftarget validate -h\n"),
        (["-j", "-1"], "--jobs 应为不小于 0 的整数。用法见 perftarget validate -h\n"),
        (["--select"], "--select 后面缺少内容。用法见 perftarget -h\n"),
        (["--lang", "fr"], "--lang 可写的有：zh、en。用法见 perftarget validate -h\n"),
        (["--lang", "en", "--foo"], "there is no option --foo; did you mean --color? See perftarget validate -h\n"),
    ],
)
def test_a_wrong_option_is_a_usage_error(run: Run, arguments: list[str], message: str) -> None:
    done = run("validate", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (EXIT_USAGE, "", message)


def test_wrong_commands_and_arguments_are_reported(run: Run) -> None:
    assert run("valdate").stderr == "没有 valdate 这个命令；是否为 validate？用法见 perftarget -h\n"
    assert run("import", "-o", "x").stderr == "缺少“文件”。用法见 perftarget import -h\n"
    assert run("schema", "table", "x").stderr == "多出来的内容：x。用法见 perftarget schema -h\n"


@pytest.mark.parametrize(
    ("asked", "config", "locale", "spoken"),
    [
        ([], "", "zh_CN.UTF-8", "zh"),
        ([], "", "C.UTF-8", "zh"),
        ([], "", "en_US.UTF-8", "en"),
        ([], "lang: en\n", "zh_CN.UTF-8", "en"),
        ([], "lang: zh\n", "en_US.UTF-8", "zh"),
        (["--lang", "en"], "lang: zh\n", "zh_CN.UTF-8", "en"),
        (["--lang=zh"], "lang: en\n", "en_US.UTF-8", "zh"),
    ],
)
def test_the_language_comes_from_option_configuration_and_locale(
    run: Run, monkeypatch: pytest.MonkeyPatch, asked: list[str], config: str, locale: str, spoken: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    put("perftarget.yaml", config)
    put("tables/blank.yaml", BLANK)
    line = run("validate", "tables/blank.yaml", "-q", *asked).stdout
    word = {"zh": "“项目属性”是空白；请填写", "en": "“项目属性” is blank"}[spoken]
    assert word in line


def test_the_help_is_in_the_chosen_language(tmp_path: Path) -> None:
    for arguments, word in ((["--lang", "en"], "Usage: perftarget validate"), ([], "用法：perftarget validate")):
        command = [sys.executable, "-m", "perftarget", "validate", "-h", *arguments]
        done = subprocess.run(
            command,
            capture_output=True,
            encoding="utf-8",
            check=True,
            env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "80"},
        )
        assert done.stdout.startswith(word)
        assert all(cell_len(line) <= 80 for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    "arguments", [["tables"], ["tables", "-q"], ["-q"], ["nowhere"], ["-"], ["tables", "tables/wrong.yaml"], []]
)
def test_a_validation_without_options_is_the_same_with_and_without_typer(
    run: Run, arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put("tables/wrong.yaml", GOOD.replace("12 万元", "13 万元").replace("延续项目", ""))
    monkeypatch.setenv("PERFTARGET_CACHE_DIR", "cache-with")
    by_typer = run("validate", *arguments, standard_input=GOOD)
    monkeypatch.setenv("PERFTARGET_CACHE_DIR", "cache-without")
    monkeypatch.setattr("sys.argv", ["perftarget", "validate", *arguments])
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(GOOD.encode())))
    monkeypatch.setattr("gc.disable", lambda: None)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr("perftarget.cli.app.run", lambda: pytest.fail("Typer was used"))
    assert _plain_paths(["validate", *arguments]) is not None
    with pytest.raises(SystemExit) as ended:
        main()
    assert CommandResult(int(ended.value.code or 0), *capsys.readouterr()) == by_typer


@pytest.mark.parametrize("option", ["--strict", "-h", "--format=json", "-qq"])
def test_a_validation_with_options_uses_typer(option: str) -> None:
    assert _plain_paths(["validate", "tables", option]) is None
