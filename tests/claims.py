"""The claims of the founding texts, checked on runs and gathered into one table.

A test of a claim asks for the fixture ``claim`` and calls it once for each number that it shows::

    def test_A9_survival_rises_with_RANKL(claim):
        lives = bl.forward.half_life([0, 0.05, 0.2, 0.5])
        claim("A9", "half-life of an osteoclast at occupancy 0, 0.05, 0.2, 0.5",
              lives, unit="d", order="rising")
        claim("A9", "half-life without RANKL", lives[0], unit="d", low=0.4, high=1.5)

The call fails the test when the number lies outside its band, and records the row otherwise. The
ids stand in the name of the test too (``test_A9_...``, ``test_A2_A12_...``), so that
``pytest -k A9`` runs one claim; the fixture refuses a test whose name does not say so.

``pytest tests --claims-table docs/claims.md`` writes the table of that run. What a claim says and
whether a run can show it stand in ``claims.csv`` beside this file; which lesson shows it is read
from the metadata of the lessons.
"""

import csv
import json
import math
from functools import cache
from itertools import pairwise, takewhile
from pathlib import Path

HERE = Path(__file__).parent
LESSONS = HERE.parent / "lessons"


@cache
def all_claims():
    """id -> {"id", "kind", "claim"} in the order of the texts; kind is SIM, SIM-P, TEXT or MORE.

    SIM: a simulation shows it; SIM-P: a simulation shows its direction only; TEXT: told and cited;
    MORE: no claim of the two texts, but shown and checked in the same way.
    """
    with (HERE / "claims.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def lessons_by_claim():
    """id -> numbers of the lessons whose metadata list it."""
    found = {}
    for path in sorted(LESSONS.glob("*.ipynb")):
        told = json.loads(path.read_text(encoding="utf-8"))["metadata"].get("bonelab", {})
        for name in told.get("claims", ()):
            found.setdefault(name, []).append(told["lesson"])
    return found


def ids_in(test_name):
    """The claim ids that the name of a test begins with: test_A2_A12_words -> A2, A12."""
    parts = test_name.split("[")[0].removeprefix("test_").split("_")
    return list(takewhile(all_claims().__contains__, parts))


class Claim:
    """The fixture: check a number against its band, and record the row."""

    def __init__(self, node):
        self._name = node.name
        self._record = node.user_properties.append

    def __call__(
        self,
        ids,
        experiment,
        value,
        *,
        low=None,
        high=None,
        above=None,
        below=None,
        near=None,
        within=None,
        order=None,
        unit="",
    ):
        """Check ``value`` (a number, or several) and record it for the table.

        Parameters
        ----------
        ids : one id or several, such as "A9" or "A2, A12"; all must stand in the test's name
        experiment : what was run and what was read off, in words
        low, high : inclusive bounds; above, below : exclusive bounds (of every number)
        near, within : every number lies at most ``within`` from ``near``
        order : "rising" or "falling", strictly
        unit : words after the number
        """
        names = [name.strip() for name in ids.split(",")]
        unknown = set(names) - set(all_claims())
        assert not unknown, f"no such claim: {unknown}"
        assert set(names) <= set(ids_in(self._name)), f"{self._name} does not name {names}"
        values = [float(v) for v in value] if hasattr(value, "__len__") else [float(value)]
        band = _band(low, high, above, below, near, within, order)
        for v in values:
            assert math.isfinite(v), f"{ids}: {experiment}: {values}"
        for v, w in pairwise(values):
            assert order != "rising" or v < w, f"{ids}: {experiment}: {values} is not rising"
            assert order != "falling" or v > w, f"{ids}: {experiment}: {values} is not falling"
        for v in values:
            inside = (
                (low is None or v >= low)
                and (high is None or v <= high)
                and (above is None or v > above)
                and (below is None or v < below)
                and (near is None or abs(v - near) <= within)
            )
            assert inside, f"{ids}: {experiment}: {v:.6g} is not {band}"
        number = ", ".join(_number(v) for v in values) + (f" {unit}" if unit else "")
        row = {"experiment": experiment, "number": number, "band": band}
        for name in names:
            self._record(("claim", {"id": name, **row}))


def _number(value):
    return "0" if abs(value) < 1e-12 else f"{value:.3g}"


def _band(low, high, above, below, near, within, order):
    parts = [order] if order else []
    if low is not None and high is not None:
        parts.append(f"{low:g} to {high:g}")
    else:
        parts += [f"at least {low:g}"] if low is not None else []
        parts += [f"at most {high:g}"] if high is not None else []
    parts += [f"above {above:g}"] if above is not None else []
    parts += [f"below {below:g}"] if below is not None else []
    if near is not None:
        parts.append(f"{near:g} ± {within:g}")
    assert parts, "a claim needs a band"
    return ", ".join(parts)


# ---- the table --------------------------------------------------------------------------------

HEAD = """# The claims of the two founding texts, and the runs that show them

Written by `pytest tests --claims-table docs/claims.md`: every number below was computed, and
checked against its band, in that run. To repeat one row: `pytest tests -k A9`. A mouse, a dish or
a toy shows a direction and an order of size; "told" marks what no simulation can show.

| claim | what it says | experiment | number | band | lesson |
|---|---|---|---|---|---|
"""


def write_table(path, rows):
    """Write the table from the recorded rows (dicts with id, experiment, number, band)."""
    lessons = lessons_by_claim()
    lines = []
    for name, claim in all_claims().items():
        shown = ", ".join(str(number) for number in lessons.get(name, ()))
        mine = [row for row in rows if row["id"] == name]
        if not mine:
            nothing = "told" if claim["kind"] == "TEXT" else "NO RUN"
            mine = [{"experiment": nothing, "number": "", "band": ""}]
        for index, row in enumerate(mine):
            told = (name, claim["claim"]) if index == 0 else ("", "")
            cells = (*told, row["experiment"], row["number"], row["band"], shown)
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n")
    Path(path).write_text(HEAD + "".join(lines), encoding="utf-8")
