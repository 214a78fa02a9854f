"""`perftarget lsp`"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from perftarget.cli.options import Language, ProfileName
from perftarget.i18n import tr

HELP: Final = tr(
    "供编辑器使用：边写边检查、解释、修改、补全（需要 perftarget[lsp]）。",
    "Serve an editor: checks, explains, fixes and completes as one types (needs perftarget[lsp]).",
)

Stdio = Annotated[
    bool,
    typer.Option(
        "--stdio",
        help=tr(
            "经标准输入输出与编辑器对话，在终端上也照做",
            "talk to the editor over the standard streams, even where they are a terminal",
        ),
    ),
]


def lsp(
    stdio: Stdio = False,
    profile: ProfileName = None,
    lang: Language = None,
) -> None:
    from perftarget.cli import watch as serving

    serving.lsp(profile, stdio=stdio)
