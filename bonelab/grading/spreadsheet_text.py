"""Text that a spreadsheet cannot mistake for a formula, and back."""

import re

# Where a cell may begin (also for a spreadsheet that parts cells at ";" or tabs), and a formula.
SIGN = r"[=+\-@|%'\uff1d\uff0b\uff0d\uff20]"
START = rf"(^{{0}}(?=[ \n\t]*{SIGN})|[;\n\t]{{0}}(?= *{SIGN}))"
MARK = "\ufeff"  # makes Excel read UTF-8


def guard(value):
    """Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if not isinstance(value, str):
        return value
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return re.sub(START.format(""), r"\1'", value)


def unguard(value):
    return re.sub(START.format("'"), lambda match: match[0][:-1], value)


def number(value):
    """A whole number without a point, else four places."""
    return int(value) if float(value).is_integer() else round(float(value), 4)


def table(rows, columns):
    """CSV text of ``rows`` (dicts) under ``columns``, every text guarded."""
    import pandas as pd

    frame = pd.DataFrame(
        [[guard(row.get(name, "")) for name in columns] for row in rows],
        columns=[guard(name) for name in columns],
        dtype=object,
    )
    return MARK + frame.to_csv(index=False, lineterminator="\n")
