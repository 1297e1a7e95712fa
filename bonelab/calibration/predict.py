"""What the model says for every point of every arm, and for what is known beyond the trials.

A trial reports the mean of women who clear an antibody at different speeds. In some of them the
drug is gone weeks before the next dose, so the mean rises gradually where one woman's curve turns
sharply. Each denosumab arm is therefore simulated as a few women whose clearance stands at evenly
spaced quantiles of a log-normal distribution, and averaged.
"""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from scipy.stats import norm

from bonelab.biology.subjects import mouse, woman
from bonelab.biology.trials import trials
from bonelab.parameters import DAYS_PER_MONTH, load
from bonelab.simulation.tissue import simulate

from .trials import SERIES, Arm

_BEYOND = Path(__file__).with_name("beyond_trials.toml")
_DAYS_PER_POINT = 2.0  # spacing of the simulated points that the trial's times fall between
_FIRST_AGE, _LAST_AGE = 48, 65
_MOUSE_AGE = "4 months"


def arm_means(arm, values, spread=0.0, women=5):
    """Percent of baseline at each point of an arm, with parameter ``values`` {name: value}.

    ``spread`` is the standard deviation of the logarithm of antibody clearance between women,
    ``women`` how many quantiles of it are averaged. With spread 0, one typical woman.
    """
    if spread == 0.0 or not any(plan.kind == "denosumab" for plan in arm.plans):
        return _one_woman(arm, values)
    typical = values.get("antibody_clearance", load("drugs").antibody_clearance)
    total = 0.0
    for quantile in (np.arange(women) + 0.5) / women:
        clearance = typical * float(np.exp(spread * norm.ppf(quantile)))
        total = total + _one_woman(arm, values | {"antibody_clearance": clearance})
    return total / women


def _one_woman(arm, values):
    points = max(8, int(arm.days / _DAYS_PER_POINT))
    run = simulate(arm.subject.with_(**values), arm.plans, days=arm.days, points=points)
    out = np.empty(arm.day.size)
    for endpoint in np.unique(arm.endpoint):
        mine = arm.endpoint == endpoint
        out[mine] = np.interp(arm.day[mine], run.time, run[SERIES[endpoint]])
    return out


@dataclass(frozen=True)
class Target:
    """One number beyond the points: of a woman at an age, of a mouse, or a recalled trial mean."""

    name: str
    series: str
    value: float
    sd: float
    source: str
    age: float | None = None
    from_age: float | None = None
    genotype: str | None = None
    trial: str | None = None  # a name of bl.trials: who was treated, and how
    month: float | None = None  # of that trial


@cache
def targets():
    """The targets of ``beyond_trials.toml``."""
    data = tomllib.loads(_BEYOND.read_text(encoding="utf-8"))
    return tuple(Target(name=name, **entry) for name, entry in data.items())


def beyond_trials(values, spread=0.0):
    """The model's numbers for ``targets``, in their order; ``spread`` as in ``arm_means``."""
    person = woman(_FIRST_AGE).with_(**values)
    run = simulate(person, years=_LAST_AGE - _FIRST_AGE, points=200)

    def at(series, age):
        return run.at(f"{age - _FIRST_AGE} years", series)

    treated = _treated(values, spread)
    out = []
    for target in targets():
        if target.trial is not None:
            out.append(treated[target.name])
            continue
        if target.genotype is not None:
            value = simulate(_mouse(target.genotype, values), days=_MOUSE_AGE, points=2)
            out.append(100.0 * value.final[target.series])
            continue
        value = 100.0 * at(target.series, target.age)
        if target.from_age is not None:
            value /= at(target.series, target.from_age)
        out.append(value)
    return np.array(out)


def _treated(values, spread):
    """The model's means of treated women, by name of the target."""
    found = {}
    for name in dict.fromkeys(target.trial for target in targets() if target.trial):
        mine = [target for target in targets() if target.trial == name]
        arm = Arm(
            name=name,
            age=trials[name].age,
            plans=tuple(trials[name].treatments),
            endpoint=np.array([target.series for target in mine]),
            day=np.array([target.month for target in mine]) * DAYS_PER_MONTH,
            percent=np.array([target.value for target in mine]),
            published_in=trials[name].citation,
        )
        means = arm_means(arm, values, spread)
        found |= {target.name: mean for target, mean in zip(mine, means, strict=True)}
    return found


def _mouse(genotype, values):
    """A mouse with human ``values``, sped up as every mouse is."""
    subject, human = mouse(genotype), load("tissue")
    p = subject.tissue.p
    faster = {
        name: value * getattr(p, name) / getattr(human, name)
        for name, value in values.items()
        if name in human.records()
    }
    p = replace(p, **faster)
    return replace(
        subject, tissue=replace(subject.tissue, p=p), before=replace(subject.before, p=p)
    )
