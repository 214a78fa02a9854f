"""The commands that stay: the editor server."""

from __future__ import annotations

import gc
import sys

from perftarget import language
from perftarget.console import WRONG_USE, Ended, complain
from perftarget.language import say


def lsp(profile: str | None, *, stdio: bool) -> None:
    """Serve an editor until it goes. Who runs it by hand is told what it is for, unless `stdio` says it is meant."""
    try:
        from perftarget.editor.server import server
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in {"pygls", "lsprotocol"}:
            raise
        command = "pip install 'perftarget[lsp]'"
        complain(say(f"没有安装 pygls；请运行 {command}", f"pygls is not installed; run {command}"))
        raise Ended(WRONG_USE) from error
    if not stdio and sys.stdin and sys.stdin.isatty():
        complain(
            say(
                "这个命令由编辑器运行，不用手工输入；设置方法见 README 的“编辑器”一节",
                "this command is run by an editor, not by hand; the README says how to set one up",
            )
        )
        raise Ended(WRONG_USE)
    gc.enable()  # a short run does without
    server(profile, speaking=language.asked(sys.argv[1:]) is not None).start_io()
