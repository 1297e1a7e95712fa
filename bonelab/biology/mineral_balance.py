r"""Calcium and parathyroid hormone: what bone takes from the blood, and what the body answers.

Bone gives calcium when it resorbs more than it forms, relative to the start of the run:

.. math::
    J &= (R_r-F) - (R_r-F)_{start}\\
    \dot{Ca} &= k_{Ca}\Big(Ca_0 + \sigma\,\frac{J}{supply\;(J<0)} - Ca\Big)\\
    PTH &= \frac{P_{max}}{1+(P_{max}-1)\,(Ca/Ca_0)^n} \qquad\text{relative to the start}

After denosumab resorption stops at once while formation goes on, so the first weeks are the
dangerous ones, above all where calcium or vitamin D is short (*supply* below 1). Calcium and
vitamin D tablets bring the supply to 1.

These series follow the cells and do not act back on them: the hormone follows the *net* flow of
calcium, which is back near zero within months. The numbers are assumed; size and timing of the
rise after a first dose are those of a trial (Bekker 2004). Of other drugs no hormone was looked at.
Under romosozumab, which forms and holds back resorption at once, the hormone rises almost fivefold
within weeks here, which is far more than anybody should expect. Runs of drugs that make osteoblasts
build therefore carry a note on both series (``simulation/study_plans.py``).
"""

import numpy as np


def blood(time, given, supplements, p):
    """Blood calcium (mmol/L) and parathyroid hormone (times the start) along the last axis.

    ``time`` in days, ``given`` is resorption minus formation, ``supplements`` from 0 to 1.
    """
    J = given - given[..., :1]
    supply = p.calcium_supply + np.maximum(1.0 - p.calcium_supply, 0.0) * supplements
    pull = np.where(J < 0.0, J / supply, J)
    calcium = p.calcium_blood + p.calcium_of_bone * _follow(time, pull, 1.0 / p.calcium_rate)
    relative = np.maximum(calcium, 0.0) / p.calcium_blood
    return calcium, p.PTH_highest / (1.0 + (p.PTH_highest - 1.0) * relative**p.PTH_steepness)


def _follow(time, x, tau):
    """What follows x with the time constant tau, for x that is a straight line between times."""
    gaps = np.diff(time)
    kept = np.exp(-gaps / tau)
    values = list(np.moveaxis(x, -1, 0)) if x.ndim > 1 else x.tolist()
    before, followed = values[0], [0.0 * values[0]]
    for gap, share, now in zip(gaps.tolist(), kept.tolist(), values[1:], strict=True):
        behind = (now - before) / gap * tau  # of the straight line, once it has settled
        followed.append(now - behind + share * (followed[-1] - before + behind))
        before = now
    return np.moveaxis(np.array(followed), 0, -1)
