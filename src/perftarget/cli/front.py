"""Where a run begins and ends: streams that can show everything, and the one place where a crash is named our fault."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from io import TextIOWrapper

from perftarget import __version__
from perftarget import i18n as language
from perftarget.console import EXIT_INTERNAL_ERROR, EXIT_USAGE, CommandExit, print_message
from perftarget.errors import ConfigError
from perftarget.i18n import tr


def guarded(command: Callable[[], int]) -> int:
    """What the command ends with."""
    language.set_language(language.detect_language(sys.argv[1:], os.environ))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a console of another code page shows what it can
    try:
        return command()
    except ConfigError as error:
        print_message(str(error))
        return EXIT_USAGE
    except CommandExit as ended:
        return ended.code
    except Exception:
        traceback.print_exc()
        print_message(
            tr(
                f"perftarget {__version__} 自身出错，不是您的文件有问题。请把以上内容报告给开发者。",
                f"perftarget {__version__} failed; this is no fault of your files. Please report the above.",
            )
        )
        return EXIT_INTERNAL_ERROR
