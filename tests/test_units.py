"""Every equation on quantities with units, and the same equation on plain numbers.

The parameters come from the tables with their units. Each derivative must have the unit of its
state over time, no sum may mix units (pint refuses), and the number must be that of the plain run:
so a rate per day in an equation per hour is found too. To add a model, add a line to ``EQUATIONS``.
"""

import re
from dataclasses import dataclass, replace

import numpy as np
import pytest
from unit_registry import registry

from bonelab.biology import (
    balance,
    binding,
    drugs,
    lesions,
    remodelling,
)
from bonelab.biology import (
    forward_signalling as forward,
)
from bonelab.biology import (
    reverse_signalling as reverse,
)
from bonelab.biology import (
    subject_tissue as tissue,
)
from bonelab.biology.beyond_bone import calcium_equations as calcium
from bonelab.biology.beyond_bone import fever_equations as fever
from bonelab.biology.beyond_bone import immune_equations as immune
from bonelab.parameters import MOLAR_MASS, load, records

Q = registry().Quantity


def with_units(room):
    """The parameters of a room as quantities; pure numbers stay plain."""
    given = {
        # a temperature counts from 0 °C here, as a difference does
        name: Q(getattr(load(room), name), re.sub("^degC$", "delta_degC", record.unit))
        for name, record in records(room).items()
        if record.unit != "1"
    }
    return replace(load(room), **given)


@pytest.fixture
def constants_with_units(monkeypatch):
    """Give the conversion constants of the modules their units, and tell special functions.

    In the equations these are plain numbers, so that a student can read ``/ HOURS_PER_DAY``.
    """

    def nanomolar(mass_concentration, molecule):
        return (mass_concentration / Q(MOLAR_MASS[molecule], "g/mol")).to("nM")

    def dimensionless_beta_share(a, b, x, plain=balance.beta_share):
        return plain(float(a), float(b), float(Q(x).to("").magnitude))

    monkeypatch.setattr(forward, "HOURS_PER_DAY", Q(24.0, "hour/day"))
    monkeypatch.setattr(remodelling, "DAYS_PER_YEAR", Q(365.25, "day/year"))
    monkeypatch.setattr(drugs, "DAYS_PER_YEAR", Q(365.25, "day/year"))
    monkeypatch.setattr(drugs, "_nM", nanomolar)
    monkeypatch.setattr(balance, "beta_share", dimensionless_beta_share)
    # float(...) in the biology keeps plain numbers fast; on quantities it would drop the unit
    monkeypatch.setattr(tissue, "float", lambda x: x, raising=False)


@dataclass(frozen=True)
class Equation:
    """One right-hand side, to be evaluated with units and without."""

    name: str
    time: str  # unit
    states: tuple  # (value, unit) of each
    rates: object  # (load, q, y) -> derivatives; load(room) and q(value, unit) give quantities


DISH = [(v, "") for v in (0.3, 0.2, 0.4, 0.35, 0.3, 0.25, 4.0, 0.7, 0.05, 0.2)]
TISSUE = [(v, "") for v in (1.2, 0.8, 0.1, 1.1, 0.9, 1.05, 0.05, 0.9, 0.1, 0.85, 0.95)]


def tissue_rates(*drugs_and_levels, tumours=()):
    """The whole tissue with these drugs, (make one, level, unit of the level), and lesions."""

    def rates(load, q, y):
        condition = remodelling.Condition(
            extra_RANKL=q(0.05, "nM"), years_after_menopause=q(3.0, "year"), RANK_gain=0.05
        )
        tissue = remodelling.Tissue(
            p=load("tissue"),
            binding=load("binding"),
            forward=load("forward"),
            reverse=load("reverse"),
            drugs=load("drugs"),
            condition=condition,
        )
        given = [(make(load, q), q(level, unit)) for make, level, unit in drugs_and_levels]
        ill = [make(load, q) for make in tumours]
        inputs, parts, begin = remodelling.Inputs(), [], len(remodelling.STATES)
        for drug, level in given:
            mine = y[begin : begin + len(drug.states)]
            drug.bring(drug.seen(mine), level, inputs)
            parts.append((drug.rates, mine, level))
            begin += len(mine)
        for lesion in ill:
            mine = y[begin : begin + len(lesion.states)]
            lesion.act(mine, inputs)
            parts.append((lesion.rates, mine, None))
            begin += len(mine)
        f = remodelling.fluxes(q(100.0, "day"), y, inputs, tissue)
        change = remodelling.rates(y, f, tissue)
        for rates, mine, level in parts:
            change += rates(mine, f if level is None else level)
        return change

    return rates


ANTIBODY = [(500.0, "ug"), (3000.0, "ng/ml"), (2000.0, "ng/ml"), (400.0, "ng/ml")]
OPGFC = [(500.0, "ug"), (3000.0, "ng/ml"), (2000.0, "ng/ml"), (400.0, "ng/ml")]

EQUATIONS = [
    Equation(
        "forward dish",
        "hour",
        (*DISH, (0.5, "day")),
        lambda load, q, y: forward.rhs(q(3.0, "hour"), y, load("forward"), 0.6, 0.9),
    ),
    Equation(
        "reverse dish",
        "hour",
        tuple((v, "") for v in (0.6, 0.5, 0.4, 0.3, 1.5, 1.7, 1.4, 0.5)),
        lambda load, q, y: reverse.rhs(q(3.0, "hour"), y, load("reverse"), 0.5, 1.0, q(2.0, "nM")),
    ),
    Equation("tissue", "day", tuple(TISSUE), tissue_rates()),
    Equation(
        "tissue with denosumab",
        "day",
        (*TISSUE, *ANTIBODY),
        tissue_rates(
            (lambda load, q: drugs.Antibody("denosumab", load("drugs"), q(0.003, "nM")), 0.1, "nM")
        ),
    ),
    Equation(
        "tissue with a reverse agonist",
        "day",
        (*TISSUE, *ANTIBODY),
        tissue_rates(
            (
                lambda load, q: drugs.Antibody(
                    "agonist", load("drugs"), q(0.003, "nM"), 3, q(0.05, "L/day")
                ),
                0.1,
                "nM",
            )
        ),
    ),
    Equation(
        "tissue with OPG-Fc",
        "day",
        (*TISSUE, *OPGFC),
        tissue_rates((lambda load, q: drugs.OPGFc("OPG-Fc", load("drugs")), 0.1, "nM")),
    ),
    Equation(
        "tissue with teriparatide, a bisphosphonate, romosozumab, rapamycin and supplements",
        "day",
        (*TISSUE, *((v, "") for v in (0.6, 0.3, 0.2, 0.5, 0.4, 0.7, 0.3, 0.5))),
        tissue_rates(
            (lambda load, q: drugs.Teriparatide("teriparatide", load("drugs")), 1.0, ""),
            (
                lambda load, q: drugs.Bisphosphonate("alendronate", load("drugs"), q(3.0, "year")),
                1.0,
                "",
            ),
            (lambda load, q: drugs.Romosozumab("romosozumab", load("drugs")), 1.0, ""),
            (lambda load, q: drugs.Rapamycin("rapamycin", load("drugs")), 2.0, "nM"),
            (lambda load, q: drugs.Supplements("supplements", load("drugs")), 1.0, ""),
        ),
    ),
    Equation(
        "tissue with a metastasis and serum calcium",
        "day",
        (*TISSUE, (0.2, ""), (2.4, "mM")),
        tissue_rates(
            tumours=(
                lambda load, q: lesions.Metastasis(load("lesions")),
                lambda load, q: lesions.Hypercalcaemia(load("lesions")),
            ),
        ),
    ),
    Equation(
        "dendritic cells and T cells",
        "day",
        ((0.8, ""), (0.3, "")),
        lambda load, q, y: (
            immune.dendritic_rate(y[0], 0.2, load("forward")),
            immune.T_cell_rate(y[1], y[0], 1.0, load("beyond_bone")),
        ),
    ),
    Equation(
        "fever",
        "hour",
        ((0.3, "nM"), (0.2, ""), (1.0, "delta_degC")),
        lambda load, q, y: fever.rhs(
            q(1.0, "hour"), y, load("beyond_bone"), q(0.2, "nM"), 1.0, 1.0
        ),
    ),
    Equation(
        "calcium",
        "day",
        tuple((v, "mmol") for v in (20000.0, 20.0, 3.0, 1.0, 2.0, 4.0)),
        lambda load, q, y: calcium.calcium_rates(
            q(1.0, "day"), y, load("beyond_bone"), 0.3, 0.2, 0.3, 0.5
        ),
    ),
]


@pytest.mark.parametrize("equation", EQUATIONS, ids=lambda equation: equation.name)
def test_every_term_has_the_unit_of_its_left_side(equation, constants_with_units, monkeypatch):
    state = [Q(value, unit) if unit else value for value, unit in equation.states]
    found = equation.rates(with_units, lambda x, unit: Q(x, unit) if unit else x, state)
    monkeypatch.undo()
    plain = equation.rates(load, lambda x, unit: x, [value for value, _ in equation.states])
    assert len(found) == len(plain) == len(equation.states)
    for derivative, number, (_, unit) in zip(found, plain, equation.states, strict=True):
        in_unit = Q(derivative).to(Q(1, unit).units / Q(1, equation.time).units)
        assert in_unit.magnitude == pytest.approx(number, rel=1e-6, abs=1e-12)


def test_a_wrong_unit_is_found(constants_with_units, monkeypatch):
    per_day = replace(with_units("reverse"), mineral_rate=Q(0.05, "1/day"))
    wrong = replace(with_units("reverse"), tau_SFK=Q(0.1, "nM"))
    state = [0.6, 0.5, 0.4, 0.3, 1.5, 1.7, 1.4, 0.5]
    rates = reverse.rhs(0.0, state, per_day, 0.5, 1.0, Q(2, "nM"))
    assert rates[-1].to("1/hour").magnitude != pytest.approx(0.05 * 1.5**2)
    with pytest.raises(Exception, match="Cannot convert"):
        reverse.rhs(0.0, state, wrong, 0.5, 1.0, Q(2, "nM"))[0].to("1/hour")
    with pytest.raises(Exception, match="Cannot convert"):
        reverse.rhs(0.0, state, with_units("reverse"), 0.5, 1.0, Q(1, "hour"))


def test_competition_keeps_units(constants_with_units):
    p = with_units("binding")
    held = binding.compete(Q(200, "pM"), Q(0.02, "nM"), Q(0.4, "nM"), Q(10, "pM"), p)
    plain = binding.compete(0.2, 0.02, 0.4, 0.01, load("binding"))
    for name in ("free", "on_rank", "on_opg", "on_antibody", "free_opg", "free_antibody"):
        in_nM = getattr(held, name).to("nM").magnitude
        assert in_nM == pytest.approx(getattr(plain, name), rel=1e-9), name
    assert held.occupancy.to("").magnitude == pytest.approx(plain.occupancy, rel=1e-9)


def test_clusters_are_a_share(constants_with_units):
    def share(q, p):
        kinds = [(q(10, "pM"), 10.0, q(100, "nM")), (q(20, "pM"), 3.0, q(0.003, "nM"))]
        crowd = balance.crowding(0.9, q(0.2, "nM"), p)
        total = q(0.2, "nM")
        free = balance.free_rankl(total, [(q(0.4, "nM"), p.Kd_OPG)], kinds, crowd)
        return balance.clustered_share(total, free, kinds, crowd, p)

    found = share(Q, with_units("binding"))
    plain = share(lambda x, unit: x / 1000 if unit == "pM" else float(x), load("binding"))
    assert Q(found).to("").magnitude == pytest.approx(plain, rel=1e-9)


@pytest.mark.parametrize("molecule", MOLAR_MASS)
def test_mass_becomes_molar(molecule):
    exact = (Q(7.0, "ng/ml") / Q(MOLAR_MASS[molecule], "g/mol")).to("nM").magnitude
    assert drugs._nM(7.0, molecule) == pytest.approx(exact, rel=1e-12)


def test_conversion_constants_are_what_they_say():
    assert Q(1, "day").to("hour").magnitude == pytest.approx(forward.HOURS_PER_DAY)
    for module in (remodelling, drugs):
        assert Q(1, "year").to("day").magnitude == pytest.approx(module.DAYS_PER_YEAR)
    assert Q(1, "mg").to("ug").magnitude == pytest.approx(drugs.UG_PER_MG)
    assert np.log(2) == pytest.approx(drugs._LN2, rel=1e-15)
