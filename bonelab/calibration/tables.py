"""Write fitted values into the parameter tables, in place: comments and order stay."""

import tomllib
from pathlib import Path

from bonelab import parameters

from .problem import SHARES, following

_FOLDER = Path(parameters.__file__).parent / "tables"


def write_tables(fit, folder=_FOLDER):
    """Write value, 68 % interval, status and publications of every fitted parameter.

    References that a record already names and that are no trial of this fit are kept. Returns the
    paths of the tables that were written.
    """
    import tomlkit  # needed only where tables are written

    every = [key for arm in fit.problem.arms.values() for key in arm.refs]
    written = []
    for room in sorted({free.room for free in fit.problem.free}):
        path = Path(folder) / f"{room}.toml"
        table = tomlkit.parse(path.read_text(encoding="utf-8"))
        for free in fit.problem.free:
            if free.room != room:
                continue
            record = table[free.name]
            arms = [fit.problem.arms[name] for name in fit.informed_by[free.name]]
            keys = [key for arm in arms for key in arm.refs]
            kept = [key for key in record.get("refs", []) if key not in every]
            record["value"] = _rounded(fit.values[free.name])
            record["refs"] = list(dict.fromkeys(keys + kept))
            record["status"] = "fitted" if keys else "assumed"  # to bands alone: a choice
            if keys:
                record["interval"] = [_rounded(v) for v in fit.intervals[free.name]]
            elif "interval" in record:
                del record["interval"]
        if room == "tissue":
            _complete(table)
        path.write_text(tomlkit.dumps(table), encoding="utf-8")
        written.append(path)
    return written


def write_values(fit, path):
    """Write what was fitted to a file of its own, ``name = value``; returns its path."""
    lines = [f"{name} = {value:.12g}" for name, value in fit.values.items()]
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read_values(path):
    """What ``write_values`` has written: {name: value}."""
    return tomllib.loads(Path(path).read_text(encoding="utf-8"))


def _complete(table):
    """Numbers that follow from others, after rounding: the shares of RANKL add up to 1."""
    followed = following({name: float(table[name]["value"]) for name in SHARES})
    for name, value in followed.items():
        if name not in SHARES:
            table[name]["value"] = float(f"{value:.12g}")


def _rounded(value):
    """Four significant digits: more would be noise."""
    return float(f"{value:.4g}")
