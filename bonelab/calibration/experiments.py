"""Numbers of the model beyond the points of trials, by name: what a fit is also held against.

Each experiment is one run (or a pair) and gives a few numbers; ``wanted.toml`` says which values or
bands they should have. ``parameters`` are {name: value} of the tables.
"""

from dataclasses import replace

import numpy as np

from bonelab.biology import treatments as drug
from bonelab.biology.subjects import mouse, woman
from bonelab.parameters import DAYS_PER_MONTH, DAYS_PER_YEAR, load
from bonelab.simulation.readings import coupling_gain

from .predict import kept_run, that_matter

_DRUGS = load("drugs")
_MONTHS = "4 months"


class Laboratory:
    """Runs experiments with one set of parameters; every number is computed when asked for."""

    def __init__(self, parameters, rtol=3e-6):
        self._parameters, self._rtol = dict(parameters), rtol

    def woman(self, age):
        """A woman of this age with the parameters."""
        return woman(age).with_(**self._parameters)

    def mouse(self, genotype="wild type", ovariectomised=False, **changes):
        """A mouse with the parameters, sped up as every mouse is."""
        subject = mouse(genotype, ovariectomised)
        human, fast = load("tissue").as_dict(), subject.tissue.p.as_dict()
        pace = {name: fast[name] / value for name, value in human.items() if value}

        def with_parameters(tissue):
            parts = {}
            for part in ("p", "binding", "forward", "reverse", "drugs"):
                room = getattr(tissue, part)
                mine = {
                    name: value * pace.get(name, 1.0)
                    for name, value in self._parameters.items()
                    if name in room.records()
                }
                parts[part] = replace(room, **mine)
            return replace(tissue, **parts)

        subject = replace(
            subject,
            tissue=with_parameters(subject.tissue),
            before=with_parameters(subject.before),
        )
        return subject.with_(**changes) if changes else subject

    def run(self, subject, plans=(), **length):
        """A run of the tissue; numbers of drugs that are not given stay those of the tables."""
        matter = that_matter(self._parameters, [plans] if plans else [])
        idle = {name: getattr(_DRUGS, name) for name in self._parameters.keys() - matter.keys()}
        subject = subject.with_(**idle) if idle else subject
        return kept_run(subject, plans, rtol=self._rtol, **length)

    def final(self, subject, plans=(), **length):
        """The last value of every series."""
        return self.run(subject, plans, points=2, **length).final


def _at(run, name, month):
    return run.at(month * DAYS_PER_MONTH, name)


def _peak(run, name):
    """Time and height of the highest point: of the parabola through the highest three."""
    top = int(np.clip(run[name].argmax(), 1, run.time.size - 2))
    t, y = run.time[top - 1 : top + 2] - run.time[top], run[name][top - 1 : top + 2]
    a, b, c = np.polyfit(t, y, 2)
    away = np.clip(-0.5 * b / a, t[0], t[-1]) if a < 0.0 else t[y.argmax()]
    return run.time[top] + away, a * away**2 + b * away + c


def life(lab):
    """A woman from 30 to 92."""
    run = lab.run(lab.woman(30), years=62, points=745)

    def at(name, age):
        return run.at((age - 30) * DAYS_PER_YEAR, name)

    def loss(first, last):
        kept = at("BMD hip", last) / at("BMD hip", first)
        return 100.0 * (1.0 - kept ** (1.0 / (last - first)))

    return {
        "resorption at 62": 100.0 * at("resorption", 62),
        "formation at 62": 100.0 * at("formation", 62),
        "hip at 55": 100.0 * at("BMD hip", 55) / at("BMD hip", 48),
        "hip at 65": 100.0 * at("BMD hip", 65) / at("BMD hip", 48),
        "spine from 50 to 53": 100.0 * at("BMD spine", 53) / at("BMD spine", 50),
        "spine from 50 to 56": 100.0 * at("BMD spine", 56) / at("BMD spine", 50),
        "hip loss a year, 45 to 49": loss(45, 49),
        "hip loss a year, 70 to 75": loss(70, 75),
        "hip loss a year, 75 to 80": loss(75, 80),
        "hip loss a year, 80 to 90": loss(80, 90),
    }


def mice(lab):
    """Carriers and knock-outs after four months."""
    half = lab.final(lab.mouse(RANKL=0.5), days=_MONTHS)
    decoy = lab.final(lab.mouse("OPG-/-"), days=_MONTHS)
    return {
        "RANKL x0.5: resorption": half["resorption"],
        "RANKL x0.5: bone": half["bone volume spine"],
        "RANK+/-: resorption": lab.final(lab.mouse("RANK+/-"), days=_MONTHS)["resorption"],
        "OPG+/-: resorption": lab.final(lab.mouse("OPG+/-"), days=_MONTHS)["resorption"],
        "OPG-/-: resorption": decoy["resorption"],
        "OPG-/-: bone": decoy["bone volume spine"],
    }


def ovariectomised(lab):
    """The mice of Ikebuchi 2018: vehicle, and three arms from week 2 to week 8."""
    plan = drug.reverse_agonist(valence=3, level="10 nM", start="14 days", stop="56 days")
    vehicle = lab.final(lab.mouse(ovariectomised=True), days=56)
    treated = lab.final(lab.mouse(ovariectomised=True), plan, days=56)
    return {"three arms: formation over vehicle": treated["formation"] / vehicle["formation"]}


def more_rankl(lab):
    """More RANKL, or more OPG, in women."""
    young = lab.woman(20)
    carrier = lab.final(young.with_(RANKL=0.5), years=3)
    double = lab.final(young.with_(RANKL=2.0), years=3)
    decoy = lab.run(lab.woman(65).with_(OPG=2.0), years=1, points=13)
    return {
        "woman with RANKL x0.5: resorption": carrier["resorption"],
        "RANKL x2, 3 years: resorption": double["resorption"],
        "RANKL x2, 3 years: spine": double["bone volume spine"],
        "OPG x2 at 65: CTX": decoy.final["CTX"],
    }


def coupling(lab):
    """How much formation follows resorption when T cells add RANKL, with and without the tail."""

    def gain(tail):
        young = lab.woman(20).with_(tail=tail)
        subjects = (young.with_(extra_RANKL=0.05), young)
        return coupling_gain(*(lab.run(each, years=3, points=2) for each in subjects))

    whole = gain(1.0)
    without_tail = gain(load("reverse").tail_P29A)
    return {"coupling": whole, "coupling, P29A minus whole": without_tail - whole}


def stopped(lab):
    """DEFEND: four doses of denosumab, then none."""
    run = lab.run(lab.woman(59.4), drug.denosumab(doses=4), years=4, points=731)
    day, highest = _peak(run, "CTX")
    return {
        "stopped: CTX at month 28": _at(run, "CTX", 28),
        "stopped: CTX at month 30": _at(run, "CTX", 30),
        "stopped: CTX at month 34": _at(run, "CTX", 34),
        "stopped: P1NP at month 36": _at(run, "P1NP", 36),
        "stopped: highest CTX": highest,
        "stopped: month of the highest CTX": day / DAYS_PER_MONTH,
        "stopped: highest P1NP": run["P1NP"].max(),
    }


def one_dose(lab):
    """One dose of denosumab at 65."""
    run = lab.run(lab.woman(65), drug.denosumab(), years=2.5, points=460)
    day, highest = _peak(run, "CTX")
    return {
        "one dose: highest CTX": highest,
        "one dose: day of the highest CTX": day,
        "one dose: P1NP on day 540": run.at(540, "P1NP"),
    }


def ten_years(lab):
    """Ten years of denosumab."""
    run = lab.run(lab.woman(72.3), drug.denosumab(doses=20), years=10, points=121)
    return {
        "denosumab 3 years: P1NP": _at(run, "P1NP", 36),
        "denosumab 10 years: hip": run.final["BMD hip"],
        "denosumab 10 years: spine": run.final["BMD spine"],
    }


def teriparatide(lab):
    """Two years of teriparatide."""
    run = lab.run(lab.woman(66), drug.teriparatide(), years=2, points=366)
    return {
        "teriparatide: P1NP on day 28": run.at(28, "P1NP"),
        "teriparatide: CTX on day 28": run.at(28, "CTX"),
        "teriparatide: month of the highest CTX": _peak(run, "CTX")[0] / DAYS_PER_MONTH,
        "teriparatide: hip": run.final["BMD hip"],
        "teriparatide: spine": run.final["BMD spine"],
    }


def romosozumab(lab):
    """A year of romosozumab, and two years after."""
    run = lab.run(lab.woman(71), drug.romosozumab(), years=3, points=548)
    early, quarter, after = run.time < 31, run.time < 92, run.time > 370
    return {
        "romosozumab: highest P1NP in the first month": run["P1NP"][early].max(),
        "romosozumab: P1NP at month 9": _at(run, "P1NP", 9),
        "romosozumab: P1NP at month 12": _at(run, "P1NP", 12),
        "romosozumab: lowest CTX in the first three months": run["CTX"][quarter].min(),
        "romosozumab: hip at month 12": _at(run, "BMD hip", 12),
        "romosozumab: highest CTX after": run["CTX"][after].max(),
        "romosozumab: hip lost in the year after": _at(run, "BMD hip", 12)
        - _at(run, "BMD hip", 24),
    }


def alendronate(lab):
    """Ten years of alendronate, and five years with six years after."""
    run = lab.run(lab.woman(73), drug.alendronate(), years=10, points=241)
    off = lab.run(lab.woman(73), drug.alendronate(stop="60 months"), years=11, points=265)
    hip = {years: run.at(f"{years} years", "BMD hip") for years in (3, 5, 10)}
    return {
        "alendronate: CTX at month 12": _at(run, "CTX", 12),
        "alendronate: hip at 3 years": hip[3],
        "alendronate: hip at 5 years": hip[5],
        "alendronate: hip at 10 years": hip[10],
        "alendronate: hip, 10 years minus 5": hip[10] - hip[5],
        "alendronate stopped: CTX a year later": _at(off, "CTX", 72),
        "alendronate stopped: hip lost in six years": _at(off, "BMD hip", 60)
        - off.final["BMD hip"],
    }


def zoledronate(lab):
    """Zoledronate three times, and once."""
    yearly = lab.run(lab.woman(73), drug.zoledronate(doses=3), years=3, points=146)
    once = lab.run(lab.woman(73), drug.zoledronate(), years=5, points=244)
    return {
        "zoledronate: CTX at month 12": _at(yearly, "CTX", 11.98),
        "zoledronate: hip at 3 years": yearly.final["BMD hip"],
        "zoledronate once: CTX at month 36": _at(once, "CTX", 36),
        "zoledronate once: CTX at month 60": once.final["CTX"],
    }


def opg_fc(lab):
    """One dose of OPG-Fc (Bekker 2001)."""
    run = lab.run(lab.woman(60), drug.opg_fc("3 mg/kg"), days=50, points=101)
    return {
        "OPG-Fc: CTX on day 4": run.at(4, "CTX"),
        "OPG-Fc: CTX on day 42": run.at(42, "CTX"),
        "OPG-Fc: BSAP on day 21": run.at(21, "BSAP"),
        "OPG-Fc: BSAP on day 42": run.at(42, "BSAP"),
    }


def three_arms(lab):
    """One dose of the three-armed antibody at 65, against denosumab."""
    run = lab.run(lab.woman(65), drug.reverse_agonist(), days=190, points=96)
    plain = lab.run(lab.woman(65), drug.denosumab(), days=190, points=96)
    return {
        "three arms: P1NP at month 1": _at(run, "P1NP", 1),
        "three arms: P1NP at month 3": _at(run, "P1NP", 3),
        "three arms: P1NP at month 6": _at(run, "P1NP", 6),
        "three arms minus two: P1NP at month 3": _at(run, "P1NP", 3) - _at(plain, "P1NP", 3),
    }


ALL = (
    life,
    mice,
    ovariectomised,
    more_rankl,
    coupling,
    stopped,
    one_dose,
    ten_years,
    teriparatide,
    romosozumab,
    alendronate,
    zoledronate,
    opg_fc,
    three_arms,
)


def numbers(parameters, experiments=ALL):
    """All numbers by name, with these parameters."""
    lab = Laboratory(parameters)
    values = {}
    for experiment in experiments:
        values |= {name: float(np.real(value)) for name, value in experiment(lab).items()}
    return values
