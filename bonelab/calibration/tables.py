"""Write fitted values into the parameter tables, in place: comments and order stay."""

import re
from pathlib import Path

from bonelab import parameters
from bonelab.parameters import references

_FOLDER = Path(parameters.__file__).parent / "tables"


def reference_keys(published_in):
    """Keys of ``references.toml`` for words such as "Leder 2014 J Clin Endocrinol Metab"."""
    known = references()
    found = [f"{name.lower()}{year}" for name, year in re.findall(r"(\w+) (\d{4})", published_in)]
    return [key for key in found if key in known]


def write_tables(fit, folder=_FOLDER):
    """Write value, 68 % interval, status and publications of every fitted parameter.

    References that a record already names and that are no trial of this fit are kept. Returns the
    paths of the tables that were written.
    """
    import tomlkit  # needed only where tables are written

    every = [key for arm in fit.problem.arms.values() for key in reference_keys(arm.published_in)]
    written = []
    for room in sorted({free.room for free in fit.problem.free}):
        path = Path(folder) / f"{room}.toml"
        table = tomlkit.parse(path.read_text(encoding="utf-8"))
        for free in fit.problem.free:
            if free.room != room:
                continue
            record = table[free.name]
            arms = [fit.problem.arms[name] for name in fit.informed_by[free.name]]
            keys = [key for arm in arms for key in reference_keys(arm.published_in)]
            kept = [key for key in record.get("refs", []) if key not in every]
            record["value"] = _rounded(fit.values[free.name])
            record["status"] = "fitted"
            record["refs"] = list(dict.fromkeys(keys + kept))
            record["interval"] = [_rounded(v) for v in fit.intervals[free.name]]
        path.write_text(tomlkit.dumps(table), encoding="utf-8")
        written.append(path)
    return written


def _rounded(value):
    """Four significant digits: more would be noise."""
    return float(f"{value:.4g}")
