"""One run of Lemaire 2004, 140 days with a pulse of PTH: bonelab against libroadrunner.

    python benchmarks/lemaire.py [--repeat 200]

Each engine runs at its fastest tolerances that deliver 1e-6 of every value at every day, against
a tight reference; runs alternate, so that a noisy machine is noisy for both, and what is printed
is a ratio. Needs ``pip install libroadrunner`` (for this benchmark only).
"""

import argparse
import statistics
import time

import numpy as np

import bonelab as bl
from bonelab.biology.published import lemaire2004_equations as model
from bonelab.parameters import load
from bonelab.simulation import Change, solve

WANTED = 1e-6
DAYS = np.arange(0.0, 141.0)
START, STOP, PTH = 20.0, 80.0, 1000.0
RELATIVE = np.geomspace(1e-5, 1e-10, 101)
ABSOLUTE = (1e-4, 3e-4, 6e-4, 1e-3, 2e-3)  # times the relative tolerance; cells are near 1e-3 pM


def bonelab_engine():
    """The readable right-hand side of the course through ``bonelab.simulation.solve``."""
    p, rest = load("published_lemaire2004"), model.steady_state()
    rest_of_time, pulse = model.constants(p), model.constants(p, model.Injection(PTH=PTH))
    changes = [Change(START, args=(pulse,)), Change(STOP, args=(rest_of_time,))]

    def run(rtol, share):
        return solve(
            model.rhs, rest, DAYS, (rest_of_time,), changes, rtol=rtol, atol=rtol * share
        ).states

    return run


def roadrunner_engine():
    """The same equations compiled by libroadrunner (LLVM and CVODE), pieced at the pulse too."""
    import roadrunner

    engine = roadrunner.RoadRunner(3, 2)
    engine.addCompartment("body", 1, False)
    for name, value in load("published_lemaire2004").as_dict().items():
        engine.addParameter(name, value, False)
    engine.addParameter("I_P", 0.0, False)
    for name, value in zip("RBC", model.steady_state(), strict=True):
        engine.addParameter(name, value, False)
    pi_C = "((C + f_0*C_s)/(C + C_s))"
    pi_P = "(((S_P + I_P)/k_P)/(I_P/k_P + k_6/k_5))"
    pi_L = (
        f"(k_3/k_4*K_L*{pi_P}*B/(1 + k_3*K/k_4 + k_1/k_2*K_O*R/{pi_P}/k_O))"  # nothing else added
    )
    engine.addRateRule("R", f"D_R*{pi_C} - f_0*d_B/{pi_C}*R", False)
    engine.addRateRule("B", f"f_0*d_B/{pi_C}*R - k_B*B", False)
    engine.addRateRule("C", f"D_C*{pi_L} - D_A*{pi_C}*C", True)
    engine.timeCourseSelections = ["time", "R", "B", "C"]
    integrator = engine.getIntegrator()
    pieces = [(0.0, START, 0.0), (START, STOP, PTH), (STOP, DAYS[-1], 0.0)]

    def run(rtol, share):
        integrator.relative_tolerance = rtol
        integrator.absolute_tolerance = rtol * share
        engine.resetAll()
        states = []
        for begin, end, rate in pieces:
            engine["I_P"] = rate
            piece = engine.simulate(begin, end, int(end - begin) + 1)
            states.append(np.array(piece)[1 if states else 0 :, 1:])
        return np.vstack(states)

    return run


def delivered_error(states, reference):
    """Largest relative error of any value at any day."""
    return float(np.max(np.abs(states / reference - 1.0)))


def best(run, reference):
    """The fastest (relative, absolute share) that delivers what is wanted, and what it delivers."""
    found = []
    for share in ABSOLUTE:
        for rtol in RELATIVE:  # from loose to tight: the first that is good enough
            error = delivered_error(run(rtol, share), reference)
            if error <= WANTED:
                fastest = min(seconds(run, rtol, share) for _ in range(100))
                found.append((fastest, rtol, share, error))
                break
    if not found:
        raise SystemExit("no tolerance delivers the wanted error")
    return min(found)[1:]


def seconds(run, *settings):
    """Time of one run."""
    begin = time.perf_counter()
    run(*settings)
    return time.perf_counter() - begin


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--repeat", type=int, default=200, help="runs of each engine")
    repeat = arguments.parse_args().repeat
    ours = bonelab_engine()
    reference = ours(1e-12, 1e-3)
    engines = {"bonelab": ours, "libroadrunner": roadrunner_engine()}
    chosen = {name: best(run, reference) for name, run in engines.items()}
    times = {name: [] for name in engines}
    for _ in range(repeat):
        for name, run in engines.items():
            times[name].append(seconds(run, *chosen[name][:2]))
    print(f"Lemaire 2004, 140 days, PTH day 20 to 80, error of every value below {WANTED:g}")
    for name, (rtol, _, error) in chosen.items():
        middle = statistics.median(times[name]) * 1e3
        print(f"  {name:14s} rtol {rtol:.1e}  delivered {error:.1e}  median {middle:.3f} ms")
    pairs = zip(times["bonelab"], times["libroadrunner"], strict=True)
    ratio = statistics.median(a / b for a, b in pairs)
    print(
        f"ratio bonelab / libroadrunner: {ratio:.2f} (median of {repeat} pairs; at most 1 wanted)"
    )
    whole = statistics.median(seconds(lambda: bl.published.lemaire2004(pth=PTH)) for _ in range(30))
    print(f"with arguments checked and a Run made: {whole * 1e3:.3f} ms")


if __name__ == "__main__":
    main()
