"""The command `perftarget lsp`."""

from __future__ import annotations

import sys
from typing import Annotated, Final

import typer

from perftarget.cli.options import Language, ProfileName
from perftarget.console import EXIT_USAGE, CommandExit, print_message
from perftarget.i18n import requested_language, tr

HELP: Final = tr(
    "供编辑器使用：边写边检查、解释、修改、补全（需要 perftarget[lsp]）。",
    "Run the language server (requires perftarget[lsp]).",
)

Stdio = Annotated[
    bool,
    typer.Option(
        "--stdio",
        help=tr(
            "经标准输入输出与编辑器对话，在终端上也照做",
            "Use standard streams even if they are a terminal",
        ),
    ),
]


def lsp(
    stdio: Stdio = False,
    profile: ProfileName = None,
    lang: Language = None,
) -> None:
    """Run `perftarget lsp`."""
    import gc

    try:
        from perftarget.authoring.lsp.features import server
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in {"pygls", "lsprotocol"}:
            raise
        command = "pip install 'perftarget[lsp]'"
        print_message(tr(f"没有安装 pygls；请运行 {command}", f"pygls is not installed; run {command}"))
        raise CommandExit(EXIT_USAGE) from error
    if not stdio and sys.stdin and sys.stdin.isatty():
        print_message(
            tr(
                "这个命令由编辑器运行，不用手工输入；设置方法见 README 的“编辑器”一节",
                "this command is started by an editor, not by hand; see the README for the setup",
            )
        )
        raise CommandExit(EXIT_USAGE)
    gc.enable()  # which short runs do without
    server(profile, speaking=requested_language(sys.argv[1:]) is not None).start_io()
