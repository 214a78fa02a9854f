"""The JSON schema of a table in an editor: completions, explanations and errors of the YAML language server."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from lsp_client import Client
from perftarget.authoring.json_schema import schema, schema_text
from perftarget.config.loader import load_profile
from perftarget.config.profile import DEFAULT
from repository import PROJECTS

SERVER = "yaml-language-server@1.25.0"


class Server(Client):
    """The YAML language server, with the schema in its folder."""

    def look(self, text: str) -> tuple[str, list[Any]]:
        """Open a table and return its URI and its diagnostics."""
        self.number += 1
        schema = (self.root / "table.schema.json").as_uri()
        uri = self.open(self.root / f"{self.number}.yaml", f"# yaml-language-server: $schema={schema}\n{text}")
        return uri, self.found(uri)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        pytest.skip("there is no npm")
    folder = tmp_path_factory.mktemp("server")
    line = [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", SERVER]
    if subprocess.run(line, cwd=folder, check=False, capture_output=True, timeout=120).returncode:
        pytest.skip("npm cannot install the server here")
    (folder / "table.schema.json").write_text(schema_text("table"), encoding="utf-8")
    program = folder / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    running = Server([node, str(program), "--stdio"], folder)
    yield running
    running.kill()


HEAD = "项目名称: 甲\n项目年度金额: 12 万元\n"


def labels(server: Server, text: str, line: int, column: int) -> list[str]:
    uri, _ = server.look(text)
    asked = {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}
    return [item["label"] for item in server.ask("textDocument/completion", **asked)["items"]]


def test_fields_are_completed(server: Server) -> None:
    offered = labels(server, "项目名称: 甲\n\n", 2, 0)
    assert {"主管部门", "项目年度金额", "绩效指标", "资金测算", "豁免"} <= set(offered)
    assert "项目名称" not in offered  # already written


def test_tiers_are_completed(server: Server) -> None:
    offered = labels(server, f"{HEAD}绩效指标:\n  \n", 4, 2)
    tiers = [label for first in load_profile(DEFAULT).tiers.values() for label in first.second]
    assert [one for one in offered if one in tiers] == tiers
    assert "1-产出指标" in offered


def test_keys_and_rules_of_a_waiver_are_completed(server: Server) -> None:
    text = f"{HEAD}豁免:\n  - 规则: \n"
    offered = labels(server, text, 4, 8)
    assert {"amount-mismatch", "blank-field"} <= set(offered)
    assert {"理由", "至"} <= set(labels(server, f"{HEAD}豁免:\n  - 规则: blank-field\n    \n", 5, 4))


def test_hover_explains_a_field(server: Server) -> None:
    uri, _ = server.look(HEAD)
    hover = server.ask("textDocument/hover", textDocument={"uri": uri}, position={"line": 2, "character": 1})
    assert "本年度的金额，带单位，与表上的单位一致。" in hover["contents"]["value"]


@pytest.mark.parametrize(
    ("text", "line", "start", "end", "message"),
    [
        (f"{HEAD}主管部們: 乙\n", 3, 0, 4, "表式中没有这个栏目；请对照提示检查名称"),
        (f"{HEAD}项目期限: [2025]\n", 3, 6, 12, "这里应写一段文字，不能是列表或下级内容"),
        (f"{HEAD}资金测算:\n  - {{项目: 补贴, 人次: 3}}\n", 4, 13, 15, "表式中没有这个栏目；请对照提示检查名称"),
        (f"{HEAD}豁免:\n  - {{规则: x}}\n", 4, 9, 10, "没有这个名称的规则；全部规则见 perftarget rules"),
    ],
)
def test_schema_violations_are_marked_in_chinese(
    server: Server, text: str, line: int, start: int, end: int, message: str
) -> None:
    _, found = server.look(text)
    places = [(one["range"]["start"], one["range"]["end"], one["message"]) for one in found]
    assert places == [({"line": line, "character": start}, {"line": line, "character": end}, message)]


def test_the_real_tables_have_no_schema_violations(server: Server) -> None:
    for path in PROJECTS:
        text = path.read_text(encoding="utf-8").partition("\n")[2]
        assert server.look(text)[1] == [], path.name


def test_the_schema_is_valid_and_its_examples_match() -> None:
    made = schema("table")
    jsonschema.Draft202012Validator.check_schema(made)
    assert all("title" in value for value in made["properties"].values())
    assert all("description" in value for value in made["properties"].values())
    examples = [(value, one) for value in made["properties"].values() for one in value.get("examples", [])]
    assert all(jsonschema.Draft202012Validator(value).is_valid(one) for value, one in examples)
    assert examples
