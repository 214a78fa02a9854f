"""Results that are computed once for each table."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from perftarget.tables.model import Table

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def once_per_table(
    function: Callable[Concatenate[Table, _Arguments], _Result],
) -> Callable[Concatenate[Table, _Arguments], _Result]:
    """Keep the results of a function on the table that is its first argument.

    Several rules call the function for the same table in turn. The results are dropped with the table.
    """

    @wraps(function)
    def wrapper(table: Table, /, *args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Result:
        key = (function, args)
        try:
            return cast("_Result", table.derived[key])
        except KeyError:
            result = table.derived[key] = function(table, *args, **kwargs)
            return result

    return wrapper
