"""A table whose numbers are shown with the digits that were measured, and no others."""

from typing import Any

import pandas as pd

DIGITS = 4  # significant digits that are shown


def _shown(value: float) -> str:
    """A number with at most ``DIGITS`` significant digits, and no zeros that nobody measured."""
    return f"{float(f'{value:.{DIGITS}g}'):.15g}"


class PlainTable(pd.DataFrame):
    """A DataFrame in which one column may hold 14.15 and 1886 and shows them so.

    pandas gives all numbers of a column as many decimals as the longest needs: 1886.0000."""

    @property
    def _constructor(self) -> type["PlainTable"]:
        return PlainTable  # so that its rows and columns are shown in the same way

    def __repr__(self) -> str:
        with pd.option_context("display.float_format", _shown):
            return super().__repr__()

    def _repr_html_(self) -> Any:
        with pd.option_context("display.float_format", _shown):
            return super()._repr_html_()
