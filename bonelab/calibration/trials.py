"""Read trial means from a table: one row per point, one arm per trial, age and treatment.

Columns: ``arm, age_years, endpoint`` (CTX, P1NP, BSAP, BMD_TH, BMD_LS), ``time_months,
percent_of_baseline, denosumab_doses_day:mg`` ("0:60;182.6:60"), ``other_drug`` ("teriparatide 20
ug/d 0-24 mo"), ``published_in``.
"""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bonelab.biology import treatments
from bonelab.biology.subjects import woman
from bonelab.parameters import DAYS_PER_MONTH, refuse

SERIES = {
    "CTX": "CTX",
    "P1NP": "P1NP",
    "BSAP": "BSAP",
    "BMD_TH": "BMD hip",
    "BMD_LS": "BMD spine",
}
COLUMNS = (
    "arm",
    "age_years",
    "endpoint",
    "time_months",
    "percent_of_baseline",
    "denosumab_doses_day:mg",
    "other_drug",
    "published_in",
)
_DAILY = ("teriparatide", "romosozumab", "alendronate")
_NEAR_DOSE = 0.6  # days: a sample on a dosing day is taken just before the dose


@dataclass(frozen=True, eq=False)
class Arm:
    """One arm: age, treatment and its published points."""

    name: str
    age: float
    plans: tuple  # treatments ready to simulate
    endpoint: np.ndarray  # of each point
    day: np.ndarray
    percent: np.ndarray  # of baseline
    published_in: str

    @property
    def days(self):
        """How long the arm has to be simulated."""
        return float(self.day.max()) + 1.0

    @property
    def subject(self):
        """The woman who stands for the arm's mean."""
        return woman(self.age)


def read_arms(path):
    """Arms of a table, by name. Raises BonelabError for missing columns, endpoints or numbers."""
    table = pd.read_csv(path, keep_default_na=False)
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        refuse("columns", missing, f"the table {path} should have all of: {', '.join(COLUMNS)}.")
    keys = ["arm", "age_years", "denosumab_doses_day:mg", "other_drug"]
    arms = {}
    for (name, age, doses, other), rows in table.groupby(keys, sort=False):
        if name in arms:
            refuse("arm", name, "it stands in the table with two ages or two treatments.")
        arms[name] = _arm(name, float(age), str(doses), str(other), rows)
    return arms


def _arm(name, age, doses, other, rows):
    unknown = sorted(set(rows["endpoint"]) - set(SERIES))
    if unknown:
        refuse("endpoint", unknown, f"known are {', '.join(SERIES)}.")
    given = _doses(doses)
    day = rows["time_months"].to_numpy(float) * DAYS_PER_MONTH
    percent = rows["percent_of_baseline"].to_numpy(float)
    if not (np.all(np.isfinite(day)) and np.all(np.isfinite(percent)) and np.all(percent > 0)):
        refuse(
            "percent_of_baseline", name, "every point should have a time and a value above zero."
        )
    for dosing_day, _ in given:
        day = np.where(np.abs(day - dosing_day) < _NEAR_DOSE, dosing_day, day)
    plans = [treatments.denosumab(mg, start=start) for start, mg in given]
    if other.strip():
        plans.append(_daily(other.strip()))
    return Arm(
        name=name,
        age=age,
        plans=tuple(plans),
        endpoint=rows["endpoint"].to_numpy(str),
        day=day,
        percent=percent,
        published_in="; ".join(dict.fromkeys(rows["published_in"])),
    )


def _doses(text):
    if not text.strip():
        return []
    try:
        pairs = [entry.split(":") for entry in text.split(";")]
        return [(float(day), float(mg)) for day, mg in pairs]
    except ValueError:
        refuse("denosumab_doses_day:mg", text, 'it should read "0:60;182.6:60" (day:mg;day:mg).')


def _daily(text):
    found = re.fullmatch(r"(\w+)\b.*?([\d.]+)-([\d.]+) mo", text)
    if not found or found[1] not in _DAILY:
        refuse("other_drug", text, f'it should be one of {_DAILY}, as "teriparatide 0-24 mo".')
    drug = getattr(treatments, found[1])
    return drug(
        start=float(found[2]) * DAYS_PER_MONTH,
        stop=float(found[3]) * DAYS_PER_MONTH,
    )
