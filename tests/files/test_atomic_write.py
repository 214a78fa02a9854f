"""Files are written completely or not at all, and never outside of their folder."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from command_line import GOOD, Run
from perftarget.files import atomic_write as write
from repository import TESTS

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and limits exist on POSIX only")
WRONG_USE = 2

KILLED = '''
"""Write two files repeatedly in a child that is killed: at each line of the module in turn, then at random moments."""
import os, random, signal, sys, time
from pathlib import Path
from perftarget.files import atomic_write as write

folder, rounds, ways = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
paths = [folder / "甲.yaml", folder / "乙.yaml"]
NEW, OLD = "新" * 20_000, "旧" * 30_000

def files():
    write.write_files(dict.fromkeys(paths, NEW))

def parts():
    for path in paths:
        with write.open_atomic(path) as put:
            for start in range(0, len(NEW), 5_000):
                put(NEW[start : start + 5_000].encode())

job = {"files": files, "parts": parts}[ways]

def dies_at(wanted):
    lines = 0
    def trace(frame, event, _):
        nonlocal lines
        if frame.f_code.co_filename != write.__file__:
            return None
        lines += event == "line"
        if lines == wanted:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace
    sys.settrace(trace)
    job()

def dies_after(seconds):
    time.sleep(seconds)

def tried(child, kill_after=None):
    for path in paths:
        path.write_text(OLD, encoding="utf-8")
    if (pid := os.fork()) == 0:
        child()
        os._exit(0)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    found = [path.read_text(encoding="utf-8") for path in paths]
    assert set(found) <= {OLD, NEW}, "half a file"
    return os.WIFSIGNALED(status), found

deaths = new = wanted = 0
while True:
    wanted += 1
    died, found = tried(lambda: dies_at(wanted))
    if not died:
        break
    deaths += 1
    new += found.count(NEW)
assert found == [NEW, NEW] and new, "never written"
chance = random.Random(7)
def forever():
    while True:
        job()
seen = set()
for _ in range(rounds):
    _, found = tried(forever, chance.random() * 0.004)
    seen |= set(found)
print(deaths, len(seen))
'''


@POSIX
@pytest.mark.parametrize("ways", ["files", "parts"])
def test_a_killed_writer_leaves_the_old_file_or_the_new_one(ways: str, tmp_path: Path) -> None:
    line = [sys.executable, "-c", KILLED, str(tmp_path), "200", ways]
    done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=120)
    assert done.stderr == ""
    deaths, seen = map(int, done.stdout.split())
    assert deaths > 20
    assert seen == 2


FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (40, 40))
from perftarget.__main__ import main
sys.argv[0] = "perftarget"
main()
"""


@POSIX
@pytest.mark.parametrize(
    "line",
    [
        ("validate", "bad.yaml", "--fix"),
        ("validate", "bad.yaml", "--format", "json=out.json"),
        ("validate", "bad.yaml", "--format", "html=out.html"),
        ("validate", "bad.yaml", "--write-baseline", "out.json"),
        ("render", "good.yaml", "--docx", "-o", "out.docx"),
        ("render", "good.yaml", "--docx", "--split", "-o", "out"),
        ("import", "good.txt", "-o", "out"),
    ],
    ids=" ".join,
)
def test_a_full_disk_keeps_existing_files(line: tuple[str, ...], tmp_path: Path) -> None:
    """A limit on the size of files simulates it: writing fails in the middle of a file."""
    bad = GOOD.replace("≥95%", "≧95%")
    texts = {"bad.yaml": bad, "good.yaml": GOOD, "good.txt": (TESTS / "data" / "附件2.txt").read_text(encoding="utf-8")}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("out.json", "out.html", "out.docx"):
        (tmp_path / name).write_text("旧", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    environment = {**os.environ, "PERFTARGET_CACHE_DIR": str(tmp_path / "out" / "no-cache"), "LC_ALL": "C.UTF-8"}
    with (tmp_path.parent / "err").open("wb") as log:
        done = subprocess.run(
            [sys.executable, "-c", FULL, *line, "--lang", "zh", *(["--no-cache"] if line[0] == "validate" else [])],
            cwd=tmp_path,
            env=environment,
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        log.write(done.stderr.encode())
    assert "磁盘已满" in done.stderr, done.stderr
    assert done.returncode == WRONG_USE
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    assert not [*tmp_path.rglob(".perftarget-*")]


@POSIX
def test_permissions_line_ends_and_links_are_kept(run: Run, tmp_path: Path) -> None:
    text = GOOD.replace("≥95%", "≧95%").replace("\n", "\r\n")
    behind = tmp_path / "elsewhere.yaml"
    behind.write_bytes(text.encode())
    behind.chmod(0o640)
    link = tmp_path / "tables" / "link.yaml"
    link.symlink_to(behind)
    assert run("validate", "tables/link.yaml", "--fix").returncode == 0
    assert behind.read_bytes() == text.replace("≧95%", "≥95%").encode()
    assert (behind.stat().st_mode & 0o777, link.is_symlink()) == (0o640, True)


def test_a_read_only_file_is_not_replaced(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal is simulated, because a superuser may write everything."""
    path = tmp_path / "tables" / "bad.yaml"
    path.write_text(GOOD.replace("≥95%", "≧95%"), encoding="utf-8")
    monkeypatch.setattr(write.os, "access", lambda *_: False)
    done = run("validate", "tables/bad.yaml", "--fix")
    assert "tables/bad.yaml: 没有写入权限" in done.stderr
    assert (done.returncode, "≧95%" in path.read_text(encoding="utf-8")) == (WRONG_USE, True)


def test_a_full_disk_is_reported(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(write.os, "fsync", full)
    done = run("render", "tables", "--docx", "-o", "a.docx")
    assert (done.stderr, done.returncode) == ("没有写入：a.docx: 磁盘已满\n", WRONG_USE)
    assert not (tmp_path / "a.docx").exists()


@given(st.lists(st.text(), min_size=1, max_size=6))
@example(["../../x", "..", "/etc/passwd", "C:\\x", "\\\\host\\share", "a/b"])
@example(["CON", "con.txt", "COM¹", "nul ", "aux.", "conout$", "perftarget", "PERFTARGET.yaml"])
@example(["长" * 300, "长" * 300, "a" * 300])
@example(["甲", "甲 ", "甲.", "é", "e\u0301", "É", "ß", "SS", "", " ", "."])
@example(["a\0b", "a\nb", "\u202e", "-rf"])
def test_names_are_safe_in_every_file_system(projects: list[str]) -> None:
    folder = Path("out")
    paths = write.unique_paths(projects, folder, ".yaml")
    assert len(paths) == len(projects)
    for path in paths:
        assert path.parent == folder
        assert len(path.name.encode()) <= 255
        assert not set(path.name) & set('<>:"/\\|?*\0\n')
        assert path.name == path.name.strip(" .")
        device = path.name.split(".")[0].rstrip(" ").upper()
        assert device not in {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "PERFTARGET"}
        assert not (len(device) == 4 and device[:3] in {"COM", "LPT"} and device[3] in "0123456789¹²³")
    seen = {normalize("NFC", normalize("NFC", path.name).casefold()) for path in paths}
    assert len(seen) == len(paths)
