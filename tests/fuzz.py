"""Random mutations of files of every kind: any bytes have findings or are refused with one message.

`python tests/fuzz.py TARGET --minutes 60` lets atheris search for a failure, guided by coverage; failing inputs are
written to .fuzz/. `tests/product/test_fuzz.py` tries a few mutations in each test run.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2025, 6, 30, tzinfo=UTC)
_WORDS = r"""
& * ! !!str - ? : , [ ] { } | > |2- % @ ` # --- ... << ' " \
≥ ≤ ≧ > = 〔 〕 （ ） ， 、 ； 。 × ± ‰ % 至 — ~ 约 不低于 以上 左右 每 人均 一次性
0 1 -1 1e999 9999999999999999999999 0.0000000001 １２ 一百二十 十百 万 亿 万元 元/人·月
2025年 2月30日 第一季度 上半年 12月31日前 每季度1次 控制在预算内 待定 ×× 高中低
绩效指标: 11-数量指标: 项目年度金额: 资金测算: 豁免: 值: 权重: 一级指标 绩效值 产出指标
<w:tr> </w:tr> <w:tc> </w:tc> <w:vMerge/> <w:tbl> <w:p/> <w:del> <w:ins> <w:sdt> <w:t> &#x0; &#xD800; &amp;
w:val="-1" w:val="99999999" <c> </c> <row> <mergeCell ref="A1:XFD1048576"/> r="A0" t="s" <v>-1</v> <f/> <is>
extends: nx-county-2025 words: tiers: second: severity: off tolerance: share: 5% limits: depth: head: [[]]
"""
_ODD = "\t|\n|\r\n|\0|\ufeff|\u202e|\u200b|\u2028|\u0301|\U0001f4a9|\U00020000|\ue000|\u3000|\x1b[31m|\x07|\x85"
TOKENS = [
    *(token.encode() for token in (*_WORDS.split(), *_ODD.split("|"))),
    *(b"\xff\xfe", b"\xfe\xff", b"\xd8\x00", b"\xc0\xaf", b"\xed\xa0\x80"),
]
PACKED = frozenset({"docx", "xlsx"})
PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml", "xl/workbook.xml", "xl/worksheets/", "xl/shared")


def havoc(data: bytes, random: Random, pool: Sequence[bytes]) -> bytes:
    """Return the bytes after some mutations: flipped, deleted, repeated, shuffled, mixed with other seeds."""
    result = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 8))):
        at = random.randrange(len(result) + 1)
        end = min(len(result), at + random.choice((1, 2, 8, 64, 512)))
        match random.randrange(8):
            case 0 if result:
                result[at % len(result)] ^= 1 << random.randrange(8)
            case 1:
                del result[at:end]
            case 2:
                result[at:at] = result[at:end] * random.choice((1, 2, 50))
            case 3:
                result[at:at] = random.choice(TOKENS) * random.choice((1, 1, 3, 400))
            case 4:
                result[at:end] = random.choice(TOKENS)
            case 5:
                other = random.choice(pool)
                start = random.randrange(len(other) + 1)
                result[at:end] = other[start : start + random.choice((8, 64, 512, 4096))]
            case 6:
                lines = bytes(result).split(b"\n")
                random.shuffle(lines)
                result = bytearray(b"\n".join(lines))
            case _:
                result[at:end] = random.randbytes(end - at)
    return bytes(result[:200_000])


def havoc_in_zip(data: bytes, random: Random, pool: Sequence[bytes]) -> bytes:
    """Mutate one or two parts of a package, or the package itself."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except Exception:  # zipfile raises many exceptions on mutated data
        return havoc(data, random, pool)
    if not parts or random.random() < 0.15:
        return havoc(data, random, pool)
    likely = [name for name in parts if name.startswith(PARTS)]
    for _ in range(random.choice((1, 1, 2))):
        name = random.choice(likely or [*parts]) if random.random() < 0.8 else random.choice([*parts])
        if random.random() < 0.02:
            del parts[name]
            break
        parts[name] = havoc(parts[name], random, [*parts.values()])
    out = BytesIO()
    with ZipFile(out, "w", random.choice((ZIP_STORED, ZIP_DEFLATED))) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name), content)
    return out.getvalue()


class FileTarget:
    """A target that checks the bytes of a file with all rules and renders every report."""

    def __init__(self, name: str) -> None:
        from perftarget.config.loader import load_profile
        from perftarget.config.profile import DEFAULT
        from perftarget.linter.rule import rules
        from perftarget.runner.check_file import FileChecker

        self.name = name
        self.profile = load_profile(DEFAULT)
        self.checker = FileChecker(tuple(rules()), date(2025, 6, 30), "zh", with_tables=True)

    def __call__(self, data: bytes) -> None:
        from perftarget.linter.run import Run
        from perftarget.reporters.options import ReportOptions
        from perftarget.reporters.registry import render_report
        from perftarget.runner.cache.codec import pack, unpack
        from perftarget.tables.reader import parse_documents

        result = self.checker.check(self.name, data, self.profile)
        if not (result.diagnostics or result.summary.tables):
            problems = [one.problems for one in parse_documents(self.name, data, self.profile)]
            raise AssertionError(f"neither a finding nor a table: {problems}, {self.profile.severity}")
        assert unpack(pack(result)) == result
        run = Run((self.name,), result.summary, result.diagnostics, result.table_views, frozenset(result.projects))
        formats = ["text", "json"]
        if len(data) % 4 == 0:
            formats += ["sarif", "github", "gitlab", "junit", "markdown", "html"]
        for format_ in formats:
            render_report(run, format_, ReportOptions(today=date(2025, 6, 30))).encode("utf-8", "surrogatepass")
        if self.name.endswith(("docx", "xlsx")) and result.summary.tables:
            from perftarget.errors import UnreadableFileError
            from perftarget.reporters.comments import annotated_copy

            with suppress(UnreadableFileError):  # in a part that only comments use
                annotated_copy(self.name, data, run, when=NOW)


def fix(data: bytes) -> None:
    """Fix the bytes of a table; fixes never raise, and the fixed text can be read."""
    from perftarget.linter.fixer import Fixer

    one = _made("a.yaml")
    Fixer("a.yaml", one.profile, one.checker.rules, date(2025, 6, 30), unsafe=True).fix(data)


_made = cache(FileTarget)


def value(data: bytes) -> None:
    """Parse the text of a cell; parsing never raises, and the written value is read back."""
    from perftarget.values.parser import Text, parse

    text = data.decode(errors="replace")
    result = parse(text)
    again = parse(str(result))
    assert isinstance(result, Text) or again == result, (text, result, again)


def profile(data: bytes) -> None:
    """Load a configuration; it is a profile or has one error with its place."""
    from perftarget.config.loader import load_profile
    from perftarget.errors import ConfigError

    with tempfile.NamedTemporaryFile(suffix=".yaml") as file:
        file.write(data)
        file.flush()
        try:
            load_profile(file.name).read_limits  # noqa: B018 - computed on access
        except ConfigError as error:
            fault = str(error)
        else:
            return
    assert re.match(r"/.*: .", fault), fault  # the message begins with the file


def file_target(name: str) -> Callable[[bytes], None]:
    """Return a target that is made at its first call, because atheris instruments the imports."""

    def target(data: bytes) -> None:
        _made(name)(data)

    return target


TARGETS: dict[str, Callable[[bytes], None]] = {
    "yaml": file_target("a.yaml"),
    "fix": fix,
    "value": value,
    "text": file_target("a.txt"),
    "docx": file_target("a.docx"),
    "xlsx": file_target("a.xlsx"),
    "profile": profile,
}


def seeds(target: str) -> list[bytes]:
    """Return the files of the project of this kind."""
    data, tests = ROOT / "data" / "projects", ROOT / "tests"
    if target in {"yaml", "fix"}:
        paths = [*data.glob("*.yaml"), *(tests / "tables" / "good").glob("*.yaml"), *(tests / "cases").glob("[!R]*.md")]
        texts = [part for path in paths for part in _yaml(path.read_bytes())]
        return sorted(texts)
    if target == "value":
        return sorted({one for text in seeds("yaml") for line in text.split(b"\n") for one in line.split(b": ")[1:]})
    if target == "text":
        return [path.read_bytes() for path in sorted((tests / "data").glob("*.txt"))]
    if target == "profile":
        return [
            path.read_bytes() for path in sorted((ROOT / "src" / "perftarget" / "config" / "profiles").glob("*.yaml"))
        ]
    return list(_packages(target))


def _yaml(data: bytes) -> Iterator[bytes]:
    """Yield a file, or the examples of a page."""
    blocks = data.split(b"```yaml\n")
    yield from [data] if len(blocks) == 1 else (block.partition(b"```")[0] for block in blocks[1:])


def _packages(kind: str) -> Iterator[bytes]:
    """Yield the first and all of the five real tables, as written by the project."""
    from importlib import import_module

    from perftarget.config.loader import load_profile
    from perftarget.config.profile import DEFAULT
    from perftarget.tables.form import table_grid
    from perftarget.tables.reader import parse_documents

    known = load_profile(DEFAULT)
    paths = sorted((ROOT / "data" / "projects").glob("*.yaml"))
    tables = [one.table for path in paths for one in parse_documents(path.name, path.read_bytes(), known) if one.table]
    writer = import_module(f"perftarget.formats.{kind}.writer")
    for some in (tables[:1], tables):
        yield writer.write([table_grid(table, known) for table in some], title="绩效目标表")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--minutes", type=float, default=60)
    arguments = parser.parse_args()
    import atheris

    with atheris.instrument_imports(include=["perftarget"]):
        import perftarget.linter.fixer
        import perftarget.linter.rule
        import perftarget.runner.check_file

        perftarget.linter.rule.rules()
    pool = seeds(arguments.target)
    folder = ROOT / ".fuzz" / arguments.target
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(pool):
        (folder / "corpus" / f"seed-{number}").write_bytes(seed)

    def change(data: bytes, most: int, seed: int) -> bytes:
        random = Random(seed)
        mutation = havoc_in_zip if arguments.target in PACKED else havoc
        return mutation(data or random.choice(pool), random, pool)[:most]

    options = [f"-max_total_time={arguments.minutes * 60:.0f}", "-max_len=100000", "-timeout=30", "-rss_limit_mb=3000"]
    options += [f"-artifact_prefix={folder}/", str(folder / "corpus")]
    atheris.Setup([sys.argv[0], *options], TARGETS[arguments.target], custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
