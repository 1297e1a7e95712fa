"""One run of the tissue: how long, at what delivered error, against a beginner's solver call.

    python benchmarks/single_run.py [--repeat 15] [--write docs/speed]

The beginner's call is the same right-hand side through ``solve_ivp`` at tight tolerance, on arrays.
Tasks take turns; the ratio to the first task is what counts, milliseconds depend on the machine.
"""

import statistics

import numpy as np
import report
from scipy.integrate import solve_ivp

import bonelab as bl
from bonelab.biology import remodelling
from bonelab.simulation import drug_supply as supply
from bonelab.simulation import tissue

WOMAN = bl.woman(65)
FOUR, TWENTY = bl.denosumab(doses=4), bl.denosumab(doses=20)


def anew(plan, years):
    """A run that is solved, though the latest runs are kept."""
    tissue._solved.cache_clear()
    return bl.simulate(WOMAN, plan, years=years)


def four_years():
    """Four doses in four years; her history and the drug's course are kept from an earlier run."""
    return anew(FOUR, 4)


def with_history():
    """The same, her fifteen years since menopause included."""
    tissue._history.cache_clear()
    return anew(FOUR, 4)


def with_course():
    """The same, the course of the drug in the blood included, as after a move of the dose."""
    supply._between.cache_clear()
    supply._table.cache_clear()
    return anew(FOUR, 4)


def ten_years():
    """Twenty doses in ten years."""
    return anew(TWENTY, 10)


def beginner():
    """One piece of half a year as a beginner would solve it."""
    plan = FOUR.make(WOMAN)
    y = [*tissue.start_state(WOMAN), *plan.dose(plan.start(), 60.0)]
    bone = len(remodelling.STATES)

    def rhs(t, y):
        inputs = remodelling.Inputs()
        plan.bring(plan.seen(y[bone:]), 0.0, inputs)
        f = remodelling.fluxes(t, y, inputs, WOMAN.tissue)
        return [*remodelling.rates(y, f, WOMAN.tissue), *plan.rates(y[bone:], 0.0)]

    return solve_ivp(rhs, (0, 182.625), y, rtol=1e-8, atol=1e-10)


def delivered(run, reference):
    """Largest error of any series, relative to its range."""
    return max(
        np.max(np.abs(run[name] - reference[name])) / max(np.ptp(reference[name]), 1e-9)
        for name in reference.names
    )


def main():
    options = report.arguments(__doc__, repeat=(15, "turns of every task"))
    tasks = {
        "4 years, 4 doses": four_years,
        "4 years, 4 doses, with history": with_history,
        "4 years, 4 doses, with the drug's course": with_course,
        "10 years, 20 doses": ten_years,
        "half a year by plain solve_ivp": beginner,
    }
    times = report.interleaved(tasks, options.repeat)
    base = next(iter(tasks))
    error = delivered(four_years(), bl.simulate(WOMAN, FOUR, years=4, rtol=1e-11))
    rows = [
        {
            "task": name,
            "ratio": f"{report.ratio(times, name, base):.2f}",
            "median ms": f"{statistics.median(own) * 1e3:.0f}",
            "fastest ms": f"{min(own) * 1e3:.0f}",
        }
        for name, own in times.items()
    ]
    rows[0]["task"] += f" (error {error:.0e})"
    bars = {name: statistics.median(own) * 1e3 for name, own in times.items()}
    report.publish(options.write, "single_run", "One run", rows, bars, "median, ms")


if __name__ == "__main__":
    main()
