"""The mystery patient's menu: what may be special about her, tests to order, cases to predict."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from bonelab.biology.treatments import denosumab, reverse_agonist, teriparatide
from bonelab.parameters import DAYS_PER_MONTH, DAYS_PER_YEAR, load

TODAY = 2 * DAYS_PER_YEAR  # days after the hidden change
FOUR_DOSES_LATER = TODAY + 24 * DAYS_PER_MONTH

# What may be special: words, and the range of a factor or value on one property.
CHANGES = {
    "nothing but what differs between all women": {},
    "her bone makes less OPG": {"OPG": (0.35, 0.65)},
    "her bone makes more RANKL": {"RANKL": (1.4, 2.2)},
    "T cells in her marrow add RANKL": {"extra_RANKL": (0.08, 0.25)},
    "she clears antibodies fast": {"antibody_clearance": (0.16, 0.24)},
    "her osteoclast precursors renew slowly": {"precursor_rate": (0.0004, 0.0007)},
}


@dataclass(frozen=True)
class Test:
    """One test on the menu: cost in points, what it tells, and how it is read."""

    cost: int
    tells: str
    read: Callable  # (run of the patient, treatment) -> {what: (value, unit, relative error)}
    treatment: Callable | None = None


@dataclass(frozen=True)
class Case:
    """One question about the patient's future, with the tolerance of its score."""

    question: str
    unit: str
    tolerance: float  # full marks within this, none beyond twice this
    years: float
    read: Callable
    treatment: Callable | None = None


def _now(run, name):
    return run.at(TODAY, name)


def _later(run, months, name):
    """A series so many months from today, in percent of today's value."""
    return 100.0 * run.at(TODAY + months * DAYS_PER_MONTH, name) / _now(run, name)


def _blood(series, floor):
    def read(run):
        share = getattr(run.parameters, floor)
        value = 100.0 * (share + (1.0 - share) * _now(run, series))
        return {"now": (value, "% of a healthy woman of 40", load("cohort").marker_error)}

    return read


def _scan(run):
    error = load("cohort").BMD_error
    return {
        site: (100.0 * _now(run, f"bone volume {site}"), "% of a healthy woman of 40", error)
        for site in ("hip", "spine")
    }


def _biopsy(run):
    return {name: (_now(run, name), "nM in bone", 0.1) for name in ("RANKL", "OPG")}


def _challenge(series, months):
    def read(run):
        error = load("cohort").marker_error
        return {
            f"{series} after {m:g} month{'s' if m != 1 else ''}": (
                _later(run, m, series),
                "% of today",
                error,
            )
            for m in months
        }

    return read


def _level(run):
    return {
        f"antibody after {m} month{'s' if m != 1 else ''}": (
            run.at(TODAY + m * DAYS_PER_MONTH, "serum drug"),
            "ng/ml",
            0.1,
        )
        for m in (1, 3)
    }


def _denosumab(doses=1):
    return denosumab("60 mg", every="6 months", doses=doses, start=TODAY)


def _agonist():
    return reverse_agonist("60 mg", start=TODAY)


TESTS = MappingProxyType(
    {
        "CTX": Test(5, "resorption now", _blood("resorption", "CTX_floor")),
        "P1NP": Test(5, "formation now", _blood("formation", "P1NP_floor")),
        "BMD": Test(10, "bone at hip and spine now", _scan),
        "bone biopsy": Test(30, "RANKL and OPG in bone now", _biopsy),
        "denosumab level": Test(
            25, "antibody in serum after one dose of 60 mg", _level, _denosumab
        ),
        "denosumab challenge": Test(
            35, "CTX after one dose of 60 mg", _challenge("CTX", (1, 3, 4)), _denosumab
        ),
        "teriparatide challenge": Test(
            35,
            "P1NP on daily teriparatide",
            _challenge("P1NP", (1, 3)),
            lambda: teriparatide(start=TODAY, stop=TODAY + 6 * DAYS_PER_MONTH),
        ),
        "reverse agonist challenge": Test(
            45, "P1NP after a trimerised antibody", _challenge("P1NP", (1, 2)), _agonist
        ),
    }
)

CASES = MappingProxyType(
    {
        "denosumab 60 mg, CTX at 6 months": Case(
            "CTX six months after one dose of denosumab 60 mg",
            "% of today", 12.0, 1.0, lambda run: _later(run, 6, "CTX"), _denosumab,
        ),
        "denosumab 60 mg, BMD spine at 24 months": Case(
            "spine BMD after two years of denosumab 60 mg every six months",
            "% of today", 1.5, 2.0, lambda run: _later(run, 24, "BMD spine"),
            lambda: _denosumab(4),
        ),
        "denosumab stopped, highest CTX": Case(
            "the highest CTX in the two years after four doses of denosumab",
            "% of today", 25.0, 4.0,
            lambda run: 100.0 * run["CTX"][run.time > FOUR_DOSES_LATER].max() / _now(run, "CTX"),
            lambda: _denosumab(4),
        ),
        "no treatment, BMD hip at 60 months": Case(
            "hip BMD after five years without treatment",
            "% of today", 1.5, 5.0, lambda run: _later(run, 60, "BMD hip"),
        ),
        "reverse agonist 60 mg, P1NP at 6 months": Case(
            "P1NP six months after one dose of a trimerised antibody",
            "% of today", 12.0, 1.0, lambda run: _later(run, 6, "P1NP"), _agonist,
        ),
    }
)  # fmt: skip
