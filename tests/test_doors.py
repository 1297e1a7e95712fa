"""Arguments declared once: checking, conversion, code, docstring and what is kept on the Run."""

import copy
import inspect
import os
import pickle
import random
import subprocess
import sys
from decimal import Decimal

import numpy as np
import pytest

import bonelab as bl
from bonelab.parameters import BonelabError, Quantity, Whole, door, load
from bonelab.parameters.doors import code


@door(
    "bl.double", dose=Quantity("dose", "what is given", shown=True), times=Whole("how often", 1, 9)
)
def double(dose="60 mg", times=2):
    """Give it again.

    Returns
    -------
    mg
    """
    return dose * times


# ---- the mechanism -------------------------------------------------------------------------------


def test_a_function_sees_numbers_in_the_declared_unit():
    assert double() == 120.0
    assert double("1 g", times="three") == 3000.0
    assert double(np.float32(5), 2.0) == 10.0


def test_signature_and_help_stay():
    assert str(inspect.signature(double)) == "(dose='60 mg', times=2)"
    words = inspect.getdoc(double)
    assert words.startswith(
        "Give it again.\n\nParameters\n----------\ndose : mg or text, default '60"
    )
    assert "what is given (0 to 10000 mg)" in words
    assert (
        "\n\nReturns\n-------\nmg\n\nRaises\n------\nBonelabError\n    where one of these" in words
    )


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: double(dos=1), r"bl.double\(...\) has no argument 'dos'. Did you mean 'dose'"),
        (lambda: double(1, 2, 3), "too many arguments: at most 2"),
        (lambda: double(1, dose=2), "given one argument twice"),
        (lambda: double(None), "dose = None does not work: it should be a dose"),
        (
            lambda: double(times=0),
            "times = 0 does not work: it should be a whole number from 1",
        ),
        (lambda: bl.compare(), r"bl.compare\(...\) needs runs"),
    ],
)
def test_a_wrong_call_is_told_in_words(call, words):
    with pytest.raises(BonelabError, match=words):
        call()


def test_an_unknown_argument_is_a_type_error_as_well():
    with pytest.raises(TypeError):
        double(dos=1)


def test_a_declaration_that_does_not_fit_is_found_at_once():
    with pytest.raises(TypeError, match="arguments and kinds differ"):
        door("bl.x", dose=Quantity("dose", ""))(lambda amount: amount)


def test_every_public_experiment_is_a_door_with_a_table_of_arguments():
    experiments = [
        bl.forward.culture,
        bl.reverse.culture,
        bl.simulate,
        bl.woman,
        bl.mouse,
        bl.cohort,
    ]
    experiments += [getattr(bl, name) for name in bl.__all__ if name.endswith("mab")]
    experiments += [getattr(bl.published, n) for n in bl.published.__all__]
    experiments += [getattr(bl.beyond_bone, n) for n in bl.beyond_bone.__all__ if n[0].islower()]
    for function in experiments:
        table = inspect.getdoc(function)
        for name in inspect.signature(function).parameters:
            assert f"\n{name} : " in table, (function.path, name)


# ---- slips that are understood -------------------------------------------------------------------


def test_natural_slips_are_understood():
    third = bl.denosumab(doses=4, missed=3)
    assert (
        third == bl.denosumab(doses=4, missed=(3,)) == bl.denosumab(60, "6 mo", "four", missed=[3])
    )
    assert [day for day, _ in third.schedule.doses] == [0.0, 182.625, 547.875]
    untreated = bl.simulate(years=0.5)
    assert bl.simulate(treatments=None, years=0.5) == untreated
    assert bl.simulate(treatments=(t for t in ()), years="0,5 y") == untreated
    assert bl.simulate(treatments=third, years=2) == bl.simulate(treatments=[third], years=2)
    few = bl.forward.culture(points=2.0, days=0.01)
    assert few == bl.forward.culture(points=2, days=0.01)


def test_an_uncalled_drug_or_subject_says_how_to_call_it():
    with pytest.raises(BonelabError, match=r"Write bl.denosumab\(\) with its brackets"):
        bl.simulate(bl.woman(), bl.denosumab)
    with pytest.raises(BonelabError, match=r"Write bl.woman\(\) with its brackets"):
        bl.simulate(bl.woman)


def test_names_in_their_usual_spellings():
    assert bl.mouse("wt") == bl.mouse("Wild-Type")
    assert bl.mouse("opg−/−") == bl.mouse("OPG-/-")
    assert bl.woman().with_disease("Paget") == bl.woman().with_disease("Paget's disease")
    assert bl.regulators["interleukin-6"] is bl.regulators["IL-6"]
    assert bl.trials["freedom"] is bl.trials["FREEDOM"]
    run = bl.simulate(years=0.5, points=5)
    assert run["ctx"] is run["CTX"]
    assert bl.woman().with_(rankl=2) == bl.woman().with_(RANKL=2)


def test_a_name_in_two_tables_asks_which():
    with pytest.raises(BonelabError, match="forward_tau_Akt, reverse_tau_Akt"):
        bl.woman().with_(tau_Akt=2)
    changed = bl.woman().with_(reverse_tau_Akt=2)
    assert changed.tissue.reverse.tau_Akt == 2.0
    assert changed.tissue.forward.tau_Akt == load("forward").tau_Akt


# ---- what is said is what happened ---------------------------------------------------------------


def test_what_begins_after_the_end_is_refused():
    for late in (bl.denosumab(start="3 years"), bl.teriparatide(start="2 years", stop=None)):
        with pytest.raises(
            BonelabError, match=r"it begins in year \d, but the run ends after 2 years"
        ):
            bl.simulate(treatments=late, years=2)
        with pytest.raises(BonelabError, match="but the run ends"):
            bl.cohort(5).simulate(late, years=2)
    assert "from year 1" in bl.simulate(treatments=bl.denosumab(start="1 year"), years=2).treatment


def test_what_falls_inside_only_partly_is_told():
    run = bl.simulate(treatments=bl.denosumab(doses=8, missed=7), years=2, points=5)
    assert run.treatment == "4 of 8 doses of denosumab 60 mg every 6 months"
    assert "4 of 8 doses" in run.summary()
    assert len(run.events) == 4
    whole = bl.simulate(treatments=bl.denosumab(doses=4), years=2, points=5)
    assert whole.treatment == "4 doses of denosumab 60 mg every 6 months"
    assert whole["CTX"].tolist() == run["CTX"].tolist()


def test_a_daily_drug_twice_at_a_time_is_taken_once():
    once = bl.simulate(treatments=bl.teriparatide(), years=1)
    twice = bl.simulate(treatments=[bl.teriparatide(), bl.teriparatide(stop="6 months")], years=1)
    assert np.allclose(twice.at("9 months", "P1NP"), once.at("9 months", "P1NP"), rtol=1e-4)
    same = bl.simulate(treatments=[bl.teriparatide(), bl.teriparatide()], years=1)
    assert same == once
    assert same.treatment == "teriparatide"
    with pytest.raises(BonelabError, match="two levels of it are held at once from month 1 on"):
        bl.simulate(treatments=[bl.rapamycin(), bl.rapamycin(5, start="1 month")], years=1)
    within = [bl.rapamycin(), bl.rapamycin(start=5, stop=9), bl.rapamycin(3, start=20, stop=30)]
    with pytest.raises(BonelabError, match="two levels of it are held at once from day 20 on"):
        bl.simulate(treatments=within, years=1)


def test_two_doses_on_one_day_add_up_and_are_told():
    run = bl.simulate(treatments=[bl.denosumab(), bl.denosumab()], years=0.5)
    assert "On 1 day two doses of denosumab are given, which add up." in run.status
    assert run == bl.simulate(treatments=[bl.denosumab(), bl.denosumab("60000 ug")], years=0.5)
    double_dose = bl.simulate(treatments=bl.denosumab("120 mg"), years=0.5)
    assert np.allclose(run["serum drug"], double_dose["serum drug"], rtol=1e-4, atol=1e-6)


def test_facts_are_fields():
    run = bl.simulate(bl.mouse(), bl.denosumab(), years=0.2, points=5)
    assert (run.species, run.local) == ("mouse", False)
    assert run.noted("not bound")
    assert "does not bind mouse RANKL" in run.status
    assert not bl.simulate(bl.mouse("huRANKL"), bl.denosumab(), years=0.2).noted("not bound")
    local = bl.simulate(bl.woman(60).with_disease("Paget"), years=0.2)
    assert local.local
    assert local.noted("local")
    assert run.events == ((0.0, "denosumab 60 mg"),)
    assert run.arguments["years"] == 0.2


def test_a_run_beyond_what_was_fitted_says_so():
    long = bl.simulate(bl.woman(60), years=11, points=12)
    assert long.noted("beyond")
    assert "10 years" in long.status
    assert "10 years" in long.summary()
    old = bl.simulate(bl.woman(94), years=2, points=5)
    assert "She would be 96" in old.status
    assert bl.simulate(bl.woman(60), years=10, points=12).notes == ()


def test_a_state_that_nobody_could_live_in_is_told():
    from bonelab.simulation.range_of_validity import livable_notes

    (note,) = livable_notes({"serum calcium": np.array([2.4, 15470.0])})
    assert (note.kind, note.about) == ("unlivable", "serum calcium")
    assert "reaches 15500 mmol/L, which nobody could live with" in note.text
    assert list(livable_notes({"serum calcium": np.array([2.3, 2.6])})) == []


# ---- the code of every run -----------------------------------------------------------------------


def _again(text):
    names = {}
    exec(f"import bonelab as bl\n{text}", names)
    return names


def _number(draw, low, high):
    value = draw.uniform(low, high)
    return draw.choice(
        [value, np.float64(value), np.float32(value), Decimal(repr(value)), round(value)]
    )


def _forward(draw):
    return bl.forward.culture(
        _number(draw, 0.1, 5), opg=f"{draw.uniform(0, 3):.4f} nM", days=_number(draw, 1, 4),
        block=draw.choice([(), "Akt", ["Src", "JNK"], {"IKK": np.float64(0.5)}]),
        rank=np.float64(draw.uniform(0.2, 2)), points=draw.choice([21, np.int64(31), 25.0]),
        parameters=draw.choice([None, load("forward", K_survival=0.2)]),
        binding=draw.choice([None, load("binding", Kd_RANK="0.5 nM")]),
    )  # fmt: skip


def _reverse(draw):
    return bl.reverse.culture(
        vesicles=_number(draw, 0.001, 1), valence=draw.choice([3, "ten", np.int32(7)]),
        antibody=draw.choice([None, "IgG", {"valence": np.int64(4), "kd": "0.1 nM"}]),
        rankl=draw.choice(["wt", "P29A", "soluble only"]), days=draw.uniform(1, 20),
        parameters=draw.choice([None, load("reverse", IC50_rapamycin="2 nM")]),
        binding=draw.choice([None, load("binding", minimum_cluster=2)]),
        rapamycin="1 nM", points=21,
    )  # fmt: skip


def _tissue(draw):
    person = draw.choice([bl.woman(np.float64(draw.uniform(50, 80))), bl.mouse("opg+/-", True)])
    person = draw.choice([
        person, person.with_(RANKL=np.float32(1.5), tau_mTORC1=0.7), person.with_disease("paget"),
        person.with_regulator("interleukin-6", np.float64(0.5), species="mouse"),
    ])  # fmt: skip
    plans = draw.choice([
        None, bl.denosumab(np.float64(30), doses=np.int64(3), missed=2), [bl.teriparatide()],
        (bl.reverse_agonist(valence=4, half_life="20 days"), bl.alendronate(start="1 mo")),
        bl.opg_fc("1 mg/kg", start=5), bl.denosumab(level="1 nM", stop="3 months"),
    ])  # fmt: skip
    return bl.simulate(person, plans, days=_number(draw, 100, 500), points=31, rtol=1e-5)


def _elsewhere(draw):
    b, p = bl.beyond_bone, bl.published
    return draw.choice([
        lambda: b.fever(np.float64(2), cox="50 %", hours=12.0),
        lambda: b.immunity(antigen_days="1 week", rank=np.float32(0.5), opg="0.1 nM"),
        lambda: b.artery(opg=0.5, treat_from="2 weeks", days=np.int64(80)),
        lambda: b.mammary_gland(rank=0.3, injected="1 nM"),
        lambda: b.calcium_balance(lactating=np.bool_(False), opg=0.1, days=90),
        lambda: b.vesicle_transport("20 um", "5 minutes", partition=np.float64(0.5)),
        lambda: b.vesicle_release("osteoblast", np.int64(7)),
        lambda: b.dendritic_cells(rankl="1 nM", days=3),
        lambda: p.lemaire2004(pth=np.float64(500), C="-1e-5 pM/day", days=60, start=5, stop=20),
        lambda: p.komarova2003(np.int64(5), start=3, days=100, regime="Oscillations"),
        lambda: p.pivonka2008(rankl=p.pulse(100, 3, "2 weeks"), values="printed", days=40),
        lambda: bl.peers.inject(osteoclasts=np.float64(0.2), regulator="pth", days=60, stop=40),
        lambda: bl.cohort(3, seed=5, age=70).simulate(years=0.3).run(1, points=11),
    ])()  # fmt: skip


@pytest.mark.parametrize("make", [_forward, _reverse, _tissue, _elsewhere])
def test_the_code_of_random_runs_makes_the_same_run(make):
    draw = random.Random(make.__name__)
    for _ in range(25):
        run = make(draw)
        assert "np." not in run.code, run.code
        again = _again(run.code)["run"]
        assert again == run, run.code
        assert again.code == run.code


def test_the_code_of_a_cohort_and_a_trial_makes_the_same_numbers():
    cohort = bl.cohort(np.int64(4), seed=3, disease="RA").simulate(bl.denosumab(), years="3 mo")
    again = _again(cohort.code)["run"]
    assert np.array_equal(again["CTX"], cohort["CTX"])
    trial = bl.trial({"placebo": None, "drug": bl.zoledronate()}, n=5, years=0.5, seed=np.int64(2))
    assert _again(trial.code)["trial"].table().equals(trial.table())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((np.float64(100), "100.0"), (np.bool_(True), "True"), ([np.int8(1), 2], "[1, 2]")),
        *(((1,), "(1,)"), (float("inf"), "float('inf')"), ({"a": np.float64(1)}, "{'a': 1.0}")),
        (load("forward", tau_TRAF6=0.2), "bl.parameters.load('forward', tau_TRAF6=0.2)"),
    ],
)
def test_values_are_written_as_one_writes_them(value, text):
    assert code(value) == text


# ---- runs are values -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def run():
    person = bl.woman(60).with_disease("bone metastasis")
    return bl.simulate(person, bl.denosumab(doses=3, missed=2), years=1, points=21)


def test_runs_are_copied_and_sent_as_values(run):
    for twin in (copy.copy(run), copy.deepcopy(run), pickle.loads(pickle.dumps(run))):
        assert twin == run
        assert twin is not run
        assert hash(twin) == hash(run)
        assert twin.code == run.code
        with pytest.raises(ValueError, match="read-only"):
            twin["CTX"][0] = 0.0
    assert run != bl.simulate(bl.woman(60), years=1, points=21)
    assert run != "run"


def test_a_run_is_saved_and_read_back(run, tmp_path):
    path = run.save(tmp_path / "mine.json")
    back = bl.Run.load(path)
    assert back == run
    assert (back.code, back.status, back.summary()) == (run.code, run.status, run.summary())
    assert back.parameters == run.parameters


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"format": "bonelab run 1"}'])
def test_a_file_that_holds_no_run_is_told(text, tmp_path):
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BonelabError):
        bl.Run.load(path)
    with pytest.raises(BonelabError, match="no file of this name"):
        bl.Run.load(tmp_path / "none.json")


def test_a_cohort_is_written_like_a_run(tmp_path):
    cohort = bl.cohort(4, seed=3).simulate(years=0.25)
    assert cohort.to_csv().splitlines()[0].endswith("BMD spine (%)")
    cohort.to_csv(tmp_path / "women.csv", time="1 month")
    assert len((tmp_path / "women.csv").read_text().splitlines()) == 5
    assert np.array_equal(pickle.loads(pickle.dumps(cohort))["CTX"], cohort["CTX"])


SCRIPT = """
import multiprocessing as mp
import bonelab as bl

def ctx(run):
    return run.final["CTX"]

if __name__ == "__main__":
    run = bl.simulate(years=0.25, points=5)
    with mp.get_context("spawn").Pool(1) as pool:
        assert pool.map(ctx, [run]) == [run.final["CTX"]]
        assert pool.map(bl.woman, [70])[0] == bl.woman(70)
"""


NO_GUARD = """
import bonelab as bl
women = bl.cohort(2501, seed=2).simulate(years=0.1, points=2, keep="CTX", workers=2, progress=False)
print(len(women), f"{women['CTX'][-1, -1]:.6f}")
"""


def _script(text, folder):
    script = folder / "mine.py"
    script.write_text(text, encoding="utf-8")
    command = [sys.executable, script]
    found = subprocess.run(command, capture_output=True, text=True, env=os.environ | _path())
    assert (found.returncode, found.stderr) == (0, "")
    return found.stdout


def test_a_run_is_sent_to_another_process(tmp_path):
    _script(SCRIPT, tmp_path)


def test_a_script_without_a_guard_may_use_two_processes(tmp_path):
    women = bl.cohort(2501, seed=2).simulate(years=0.1, points=2, keep="CTX")
    assert _script(NO_GUARD, tmp_path) == f"2501 {women['CTX'][-1, -1]:.6f}\n"


def test_what_fails_in_another_process_is_raised_here():
    from bonelab.simulation.processes import in_processes

    assert list(in_processes(divmod, [(7, 2), (9, 4)], 1)) == [(3, 1), (2, 1)]
    with pytest.raises(ZeroDivisionError):
        list(in_processes(divmod, [(7, 0)], 1))
    with pytest.raises(RuntimeError, match="ended before it had answered"):
        list(in_processes(os._exit, [(3,)], 1))


def _path():
    return {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


# ---- nouns ---------------------------------------------------------------------------------------


def test_every_noun_says_itself_in_a_few_words():
    run = bl.simulate(years=0.25, points=5)
    cohort = bl.cohort(4)
    nouns = [
        bl.woman(65), bl.mouse(), bl.denosumab(), bl.regulators, bl.regulators["IL-1"], cohort,
        bl.trials, bl.trials["FREEDOM"], cohort.simulate(years=0.25), bl.mystery_patient(),
        bl.parameters.load("forward"), bl.binding.competition(), bl.binding.crosslinking(), run,
        bl.compare({"a": run, "b": run}), bl.reverse.dose_response([1, 2]),
        bl.beyond_bone.vesicle_sizes(), bl.trial({"a": [], "b": []}, n=3, years=0.25),
    ]  # fmt: skip
    for noun in nouns:
        assert len(repr(noun)) < 500, repr(noun)
        assert repr(noun)[0] == "<", repr(noun)
        assert noun._repr_html_()
