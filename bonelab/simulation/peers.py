"""The same injection into every model: Lemaire 2004, Komarova 2003, Pivonka 2008 and bonelab.

The models differ in units, so an injection of cells is scaled to each model's own turnover:
``strength = 0.5`` adds, every day, half of the osteoclasts that the healthy model loses in a day.
"""

import numpy as np

from bonelab.biology import remodelling
from bonelab.biology.published import komarova2003_equations as komarova
from bonelab.biology.published import lemaire2004_equations as lemaire
from bonelab.biology.published import pivonka2008_equations as pivonka
from bonelab.biology.regulation import regulators
from bonelab.biology.subjects import woman
from bonelab.parameters import Choice, Quantity, door, load, refuse
from bonelab.parameters.argument_types import Amount

from . import published
from .observe import UNITS, observe
from .run import Run
from .solver import Change, no_less_than_zero, solve

__all__ = ["INJECTIONS", "daily_loss", "inject", "same_injection"]

INJECTIONS = ("osteoclasts", "PTH")
_AMOUNTS = ("osteoclasts", "osteoblasts", "pre-osteoblasts", "RANKL", "OPG")


_TIMES = {
    "start": Quantity("moment", "first day of the injection"),
    "stop": Quantity("moment", "last day of the injection"),
    "days": Quantity("interval", "length of the run"),
}
_CELLS = "added per day as a share of the healthy daily loss; negative takes away"


def _share(cells):
    return Quantity("share", f"{cells} {_CELLS}", low=-1, high=10, what="a share of the daily loss")


@door(
    "bl.peers.same_injection",
    what=Choice("osteoclasts into all four models, or PTH, which Komarova has not", INJECTIONS),
    strength=Quantity(
        "share",
        "osteoclasts per day as a share of the healthy model's own daily loss; for PTH the fader "
        "of the regulator in bonelab, and 1000 pM/day times it in the other two",
    ),
    **_TIMES,
)
def same_injection(
    what: str = "osteoclasts",
    strength: Amount = 0.5,
    *,
    start: Amount = 20,
    stop: Amount = 80,
    days: Amount = 400,
) -> dict[str, Run]:
    """Every model that can take an injection under the same one.

    Returns
    -------
    dict, name of the model -> Run

    Examples
    --------
    >>> list(bl.peers.same_injection("osteoclasts"))
    ['Lemaire 2004', 'Komarova 2003', 'Pivonka 2008', 'bonelab']
    """
    share = strength
    when = {"start": start, "stop": stop, "days": days}
    if what == "PTH":
        return {
            "Lemaire 2004": published.lemaire2004(pth=1000 * share, **when),
            "Pivonka 2008": published.pivonka2008(pth=1000 * share, **when),
            "bonelab": inject(regulator="PTH", strength=share, **when),
        }
    loss = daily_loss()
    return {
        "Lemaire 2004": published.lemaire2004(C=share * loss["Lemaire 2004"], **when),
        "Komarova 2003": published.komarova2003(
            0, osteoclasts_per_day=share * loss["Komarova 2003"], **when
        ),
        "Pivonka 2008": published.pivonka2008(osteoclasts=share * loss["Pivonka 2008"], **when),
        "bonelab": inject(osteoclasts=share, **when),
    }


@door("bl.peers.daily_loss")
def daily_loss() -> dict[str, float]:
    """Osteoclasts that each healthy model loses in a day, in its own unit (bonelab: relative).

    Examples
    --------
    >>> list(bl.peers.daily_loss())
    ['Lemaire 2004', 'Komarova 2003', 'Pivonka 2008', 'bonelab']
    """
    p = load("published_lemaire2004")
    k = lemaire.constants(p)
    C = lemaire.steady_state(p)[2]
    TGF_beta = (C + k.C_0) / (C + k.C_s)
    q = load("published_komarova2003")
    r = load("published_pivonka2008")
    OCa = pivonka.steady_state(r)[2]
    T = r.alpha * r.k_res * OCa / r.D_TGFb
    return {
        "Lemaire 2004": p.D_A * TGF_beta * C,
        "Komarova 2003": q.beta_1 * komarova.steady_state(q)[0],
        "Pivonka 2008": r.A_OCa * T / (T + r.K_D3) * OCa,
        "bonelab": load("tissue").team_loss,
    }


@door(
    "bl.peers.inject",
    osteoclasts=_share("osteoclasts"),
    osteoblasts=_share("osteoblasts"),
    preosteoblasts=_share("pre-osteoblasts"),
    rankl=Quantity("RANKL", "RANKL added", high=1000),
    opg=Quantity("factor", "factor on OPG"),
    regulator=Choice("a hormone or cytokine; see bl.regulators", regulators, regulators.spellings),
    strength=Quantity("share", "its fader"),
    **_TIMES,
)
def inject(
    osteoclasts: Amount = 0.0,
    osteoblasts: Amount = 0.0,
    preosteoblasts: Amount = 0.0,
    rankl: Amount = 0.0,
    opg: Amount = 1.0,
    regulator: str | None = None,
    strength: Amount = 1.0,
    *,
    start: Amount = 20,
    stop: Amount = 80,
    days: Amount = 400,
) -> Run:
    """bonelab's own healthy tissue under an experiment like those of Lemaire's figure 2.

    Returns
    -------
    Run of kind "tissue", in days, with the series of ``bl.simulate``.

    Examples
    --------
    >>> run = bl.peers.inject(rankl=0.01)
    >>> run.time_unit
    'day'
    """
    if not start <= stop <= days:
        refuse("stop", stop, f"it should lie between start ({start:g}) and days ({days:g}).")
    cells = {
        "osteoclasts": osteoclasts,
        "osteoblasts": osteoblasts,
        "pre-osteoblasts": preosteoblasts,
    }
    person = woman(25)
    factors = regulators.combine({regulator: strength} if regulator else {})
    treated = person.with_(
        RANKL=factors["RANKL"], OPG=factors["OPG"] * opg, RANK=factors["RANK"], extra_RANKL=rankl
    )
    tissue, nothing = person.tissue, [0.0] * len(remodelling.STATES)
    added = _per_day(cells, tissue.p)
    changes = [Change(start, args=(treated.tissue, added)), Change(stop, args=(tissue, nothing))]
    times = np.unique(np.concatenate([np.arange(0.0, days, 1.0), [start, stop, days]]))
    words = "bonelab under an injection"
    healthy = remodelling.healthy_start(tissue)
    solution = solve(_rates_with_more, healthy, times, (tissue, nothing), changes, what=words)
    series = observe(times, no_less_than_zero(solution.states.T, words), person)
    given = cells | {"RANKL": rankl, "OPG": opg - 1.0, regulator: strength if regulator else 0.0}
    return Run(
        kind="tissue",
        time=times,
        time_unit="day",
        series=series,
        units={name: UNITS[name] for name in series if name in UNITS},
        subject="a healthy woman before menopause",
        treatment=_in_words(given, start, stop),
        parameters=tissue.p,
        status=solution.status,
        species="human",
    )


def _per_day(cells, p):
    """What is added to each state a day, from shares of the healthy daily loss of each cell."""
    losses = {
        "osteoclasts": p.team_loss,
        "osteoblasts": p.osteoblast_rate,
        "pre-osteoblasts": p.preosteoblast_rate,
    }
    return [cells.get(state, 0.0) * losses.get(state, 0.0) for state in remodelling.STATES]


def _rates_with_more(t, y, tissue, added):
    """The rates of the tissue, and what is added a day."""
    return [own + more for own, more in zip(remodelling.rhs(t, y, tissue), added, strict=True)]


def _in_words(given, start, stop):
    parts = [
        f"{'more' if size > 0 else 'less'} {name}" if name in _AMOUNTS else name
        for name, size in given.items()
        if name and size
    ]
    return f"{' and '.join(parts) or 'nothing'} from day {start:g} to {stop:g}"
