"""The claims about therapy: OPG-Fc, denosumab, the antibody that clusters RANKL."""

import pytest

import bonelab as bl

PATIENT = bl.woman(65)
YEARLY = {"every": "6 months"}


@pytest.fixture(scope="module")
def denosumab():
    return bl.simulate(PATIENT, bl.denosumab("60 mg", doses=4, **YEARLY), years=2)


@pytest.fixture(scope="module")
def agonist():
    return bl.simulate(PATIENT, bl.reverse_agonist("60 mg", doses=4, **YEARLY), years=2)


@pytest.fixture(scope="module")
def one_dose():
    return bl.simulate(PATIENT, bl.denosumab("60 mg"), years=2)


def test_A40_A46_one_dose_of_opg(claim):
    run = bl.simulate(bl.woman(60), bl.opg_fc("3 mg/kg"), days=60)
    claim("A40, A46", "OPG-Fc 3 mg/kg once: CTX on day 4", run.at(4, "CTX"), low=10, high=35,
          unit="%")  # fmt: skip
    claim("A46", "OPG-Fc 3 mg/kg once: CTX on day 7, on its way back", run.at(7, "CTX"), low=40,
          high=75, unit="%")  # fmt: skip
    claim("A40", "CTX on day 42 minus day 14", run.at(42, "CTX") - run.at(14, "CTX"), above=0)
    claim("A40", "BSAP on day 42", run.at(42, "BSAP"), low=60, high=95, unit="%")


def test_A46_four_drugs_from_one_system(claim):
    plans = {
        "OPG-Fc": bl.opg_fc("3 mg/kg"),
        "denosumab": bl.denosumab(),
        "reverse agonist": bl.reverse_agonist(),
    }
    ctx = [bl.simulate(PATIENT, plan, days=30).at(4, "CTX") for plan in plans.values()]
    claim("A46", "CTX four days after OPG-Fc, denosumab, clustering antibody", ctx, below=35,
          unit="%")  # fmt: skip


def test_B8_B35_denosumab_stops_resorption(claim, denosumab):
    run = denosumab
    claim("B8, B35", "denosumab 60 mg: CTX on day 3", run.at(3, "CTX"), below=35, unit="%")
    claim("B8, B35", "CTX at 1 month", run.at("1 month", "CTX"), low=8, high=20, unit="%")
    claim("B35", "CTX at 6 months", run.at("6 months", "CTX"), low=18, high=45, unit="%")
    claim("B35", "P1NP at 1 month", run.at("1 month", "P1NP"), low=60, high=95, unit="%")
    claim("B35", "P1NP at 6 months", run.at("6 months", "P1NP"), low=25, high=50, unit="%")
    claim("B35", "spine BMD at 12 months", run.at("12 months", "BMD spine"), low=104, high=106.5,
          unit="%")  # fmt: skip
    claim("B35", "spine BMD at 24 months", run.at("24 months", "BMD spine"), low=106, high=109,
          unit="%")  # fmt: skip
    claim("B35", "hip BMD at 24 months", run.at("24 months", "BMD hip"), low=102.8, high=105,
          unit="%")  # fmt: skip
    claim("B8", "osteoclasts at 3 months over start",
          run.at("3 months", "osteoclasts") / run["osteoclasts"][0], below=0.2)  # fmt: skip


def test_B8_one_antibody_holds_two_rankl(claim):
    mixture = bl.binding.competition(rankl=1.0, rank=0.0, opg=0, antibody=0.25)
    claim("B8", "RANKL held per antibody when RANKL is plentiful", mixture.on_antibody / 0.25,
          near=2, within=0.05)  # fmt: skip


def test_B36_formation_falls_later_and_recovers(claim, one_dose):
    run = one_dose
    days = {name: run.time[run[name].argmin()] for name in ("CTX", "P1NP")}
    claim("B36", "days from the lowest CTX to the lowest P1NP", days["P1NP"] - days["CTX"],
          low=60, unit="d")  # fmt: skip
    claim("B36", "P1NP 540 days after one dose", run.at(540, "P1NP"), above=90, unit="%")


def test_REBOUND_after_one_dose(claim, one_dose):
    peak = one_dose["CTX"].argmax()
    claim("REBOUND", "highest CTX after one dose", one_dose["CTX"][peak], low=105, high=190,
          unit="%")  # fmt: skip
    claim("REBOUND", "day of the highest CTX", one_dose.time[peak], low=240, high=480, unit="d")


def test_STOP_after_four_doses(claim):
    run = bl.simulate(bl.woman(59.4), bl.denosumab("60 mg", doses=4, **YEARLY), years=4)
    peak = run["CTX"].argmax()
    claim("STOP", "highest CTX after four doses", run["CTX"][peak], low=130, high=200, unit="%")
    claim("STOP", "month of the highest CTX", run.time[peak] / 30.4375, low=27, high=33)
    lost = run.at("24 months", "BMD hip") - run.at("36 months", "BMD hip")
    claim("STOP", "hip BMD lost in the year after month 24", lost, above=2, unit="points")


def test_B9_B10_B37_clustering_antibody_uncouples(claim, agonist, denosumab):
    run = agonist
    claim("B9, B10, B37", "clustering antibody: P1NP at 1 and 6 months",
          [run.at("1 month", "P1NP"), run.at("6 months", "P1NP")], above=80, unit="%")  # fmt: skip
    claim("B10, B37", "CTX at 1 month", run.at("1 month", "CTX"), below=25, unit="%")
    more = run.final["BMD spine"] - denosumab.final["BMD spine"]
    claim("B37", "spine BMD at 24 months over denosumab", more, above=2, unit="points")
    three = run.at("3 months")
    claim("B10", "formation over resorption at 3 months",
          three["formation"] / max(three["resorption"], 1e-6), above=1.5)  # fmt: skip


def test_B22_B25_without_the_reverse_signal_it_is_denosumab(claim, denosumab):
    plain = denosumab.at("6 months", "P1NP")
    with_rapamycin = [bl.reverse_agonist("60 mg"), bl.rapamycin("20 nM")]
    blocked = bl.simulate(PATIENT, with_rapamycin, years=1).at("6 months", "P1NP")
    tailless = bl.simulate(PATIENT.with_(tail=0.02), bl.reverse_agonist("60 mg"), years=1)
    claim("B22", "P1NP at 6 months, with rapamycin, minus denosumab's", blocked - plain,
          near=0, within=15, unit="points")  # fmt: skip
    claim("B25", "P1NP at 6 months, P29A, minus denosumab's",
          tailless.at("6 months", "P1NP") - plain, near=0, within=15, unit="points")  # fmt: skip


def test_B38_ovariectomised_mice(claim):
    window = {"level": "10 nM", "start": "14 days", "stop": "56 days"}
    igg, tri = (bl.reverse_agonist(valence=v, **window) for v in (2, 3))

    def mouse(treatment=(), genotype="wild type", ovariectomised=True):
        subject = bl.mouse(genotype, ovariectomised=ovariectomised)
        return bl.simulate(subject, treatment, days=56).final

    sham, ovx = mouse(ovariectomised=False), mouse()
    plain, clustered, tailless = mouse(igg), mouse(tri), mouse(tri, genotype="P29A")
    claim("B38", "ovariectomised mouse: resorption", ovx["resorption"], above=1.2)
    claim("B38", "bone volume, ovariectomised minus sham",
          ovx["bone volume spine"] - sham["bone volume spine"], below=0)  # fmt: skip
    ratio = [m["resorption"] / ovx["resorption"] for m in (plain, clustered)]
    claim("B38", "resorption over vehicle, IgG and trimerised antibody", ratio, below=0.2)
    claim("B38", "formation of the trimerised antibody over vehicle",
          clustered["formation"] / ovx["formation"], low=0.8)  # fmt: skip
    claim("B38", "formation of the trimerised antibody over IgG",
          clustered["formation"] / plain["formation"], low=3)  # fmt: skip
    bone = [m["bone volume spine"] for m in (ovx, plain, clustered)]
    claim("B38", "bone volume: vehicle, IgG, trimerised antibody", bone, order="rising")
    claim("B38", "P29A mouse: formation over IgG", tailless["formation"] / plain["formation"],
          low=0.5, high=2)  # fmt: skip


def test_B9_reverse_signal_without_vesicles(claim):
    run = bl.simulate(bl.mouse("OPG-Tg"), bl.reverse_agonist(level="1 nM"), days=60)
    claim("B9", "reverse signal under the clustering antibody when osteoclasts are gone",
          run.final["reverse signal"], above=1)  # fmt: skip
    claim("B9", "osteoclasts meanwhile", run.final["osteoclasts"], below=0.2)


def test_denosumab_does_nothing_in_a_mouse_and_says_so():
    run = bl.simulate(bl.mouse(), bl.denosumab("60 mg"), days=60)
    assert abs(run.final["resorption"] - 1) < 1e-3
    assert "mouse RANKL" in run.status
    human = bl.simulate(bl.mouse("huRANKL"), bl.denosumab("60 mg"), days=60)
    assert human.at(10, "resorption") < 0.3
