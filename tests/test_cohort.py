"""Cohorts: the equations of one run on many women, with numbers that depend on nothing else."""

import pickle

import numpy as np
import pytest

import bonelab as bl
from bonelab.biology import population
from bonelab.parameters import load
from bonelab.simulation import cohort as cohorts
from bonelab.simulation import cohort_batch
from bonelab.simulation.cohort_result import CohortRun
from bonelab.simulation.progress import tell, watching

DOSES = bl.denosumab("60 mg", every="6 months", doses=2)


@pytest.fixture(scope="module")
def women():
    return bl.cohort(60, seed=3)


@pytest.fixture(scope="module")
def treated(women):
    return women.simulate(DOSES, years=1.5)


@pytest.fixture
def small_batches(monkeypatch):
    """Batches of 40 women, so that a few women already are several batches."""
    monkeypatch.setattr(population, "BATCH", 40)
    monkeypatch.setattr(cohorts, "BATCH", 40)
    cohorts._draw.cache_clear()
    yield
    cohorts._draw.cache_clear()


def test_the_same_woman_whatever_the_size_of_the_cohort():
    few, many = bl.cohort(5, seed=2).patients, bl.cohort(5300, seed=2).patients
    assert few.equals(many[:5])
    assert len(many) == 5300
    assert not few.equals(bl.cohort(5, seed=3).patients)
    assert many["age"].between(45, 95).all()


def test_spreads_are_those_of_the_table():
    patients, spread = bl.cohort(20_000, seed=1).patients, load("cohort")
    for name in ("antibody_clearance", "bone_to_serum", "precursor_rate"):
        typical = population._around(name, 1.0)
        logs = np.log(patients[name] / typical)
        assert logs.std() == pytest.approx(getattr(spread, name), rel=0.05), name
        assert abs(logs.mean()) < 0.02, name
    assert patients["age"].std() == pytest.approx(spread.age, rel=0.05)


@pytest.mark.parametrize("i", [0, 11, 37, 59])
def test_each_woman_agrees_with_her_own_single_run(women, treated, i):
    alone = bl.simulate(women.subject(i), DOSES, years=1.5, rtol=1e-9)
    same = np.isin(np.round(treated.time, 6), np.round(alone.time, 6))
    assert same.sum() > 6
    for name in treated.names:
        expected = np.interp(treated.time, alone.time, alone[name])
        error = np.max(np.abs(treated[name][i] - expected)[same]) / np.ptp(alone[name])
        assert error < 1e-4, name


def test_typical_women_all_are_the_typical_woman():
    run = bl.cohort(3, age=70, spread=0).simulate(DOSES, years=1)
    alone = bl.simulate(bl.woman(70), DOSES, years=1)
    for name in run.names:
        assert np.ptp(run[name], axis=0).max() < 1e-9
        assert run.at("9 months", name)[0] == pytest.approx(alone.at("9 months", name), rel=2e-3)


def test_one_agrees_with_identical_women_to_1e_8():
    few = bl.cohort(1, spread=0).simulate(DOSES, years=0.4, rtol=1e-9)
    many = bl.cohort(7, spread=0).simulate(DOSES, years=0.4, rtol=1e-9)
    alone = bl.simulate(bl.woman(65), DOSES, years=0.4, rtol=1e-11, points=11)
    same = np.isin(np.round(alone.time, 6), np.round(few.time, 6))
    for name in few.names:
        assert np.max(np.abs(many[name] / few[name] - 1.0)) < 1e-8, name
        shared = np.isin(np.round(few.time, 6), np.round(alone.time, 6))
        assert np.allclose(few[name][0][shared], alone[name][same], rtol=1e-7), name


def test_workers_batches_and_a_dask_cluster_give_the_same_numbers():
    distributed = pytest.importorskip("dask.distributed")
    women = bl.cohort(2510, seed=5)
    arguments = {"treatments": bl.denosumab(), "years": 0.1}
    serial = women.simulate(**arguments)
    forked = women.simulate(**arguments, workers=2)
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, dashboard_address=None, processes=True
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        spread_out = women.simulate(**arguments, client=client)
    for name in serial.names:
        assert serial[name].shape == (2510, serial.time.size)
        assert np.array_equal(serial[name], forked[name]), name
        assert np.array_equal(serial[name], spread_out[name]), name


def test_batches_do_not_know_each_other(small_batches):
    two = bl.cohort(80, seed=1).simulate(DOSES, years=0.5)
    three = bl.cohort(100, seed=1).simulate(DOSES, years=0.5)
    for name in two.names:
        assert np.array_equal(two[name], three[name][:80]), name


def test_quantiles_tables_and_patients(treated):
    curves = treated.quantiles("CTX")
    assert list(curves.columns) == [0.05, 0.25, 0.5, 0.75, 0.95]
    assert np.all(np.diff(curves.to_numpy(), axis=1) >= 0)
    assert np.allclose(curves.loc[0.0], 100.0)
    table = treated.table("6 months")
    assert len(table) == 60
    assert table["CTX (%)"].to_numpy() == pytest.approx(treated.at("6 months", "CTX"))
    one = treated.run(7)
    assert one.kind == "tissue"
    assert one.at("6 months", "CTX") == pytest.approx(treated.at("6 months", "CTX")[7], rel=1e-3)
    assert "60 women on 2 doses of denosumab" in treated.summary()
    assert "CTX" in treated._repr_html_()
    assert treated.plot("CTX", "P1NP") is not None


def test_patients_differ_where_the_dosing_interval_ends(treated):
    early = np.quantile(treated.at("1 month", "CTX"), (0.1, 0.9))
    late = np.quantile(treated.at("6 months", "CTX"), (0.1, 0.9))
    assert np.ptp(late) > 3 * np.ptp(early)


def test_a_cohort_with_a_disease_and_every_drug_runs():
    drugs = [
        bl.opg_fc(doses=1),
        bl.reverse_agonist(start="1 month"),
        bl.teriparatide(start="2 months", stop="4 months"),
        bl.zoledronate(start="4 months"),
        bl.romosozumab(start="5 months", stop="6 months"),
        bl.alendronate(start="5 months"),
        bl.rapamycin(start="5 months"),
    ]
    women = bl.cohort(4, seed=1, disease="bone metastasis")
    run = women.simulate(drugs, years=0.5, keep=("CTX", "tumour burden"))
    alone = bl.simulate(women.subject(2), drugs, years=0.5)
    assert run.at("6 months", "tumour burden")[2] == pytest.approx(
        alone.at("6 months", "tumour burden"), rel=1e-3
    )


def test_a_cohort_travels(women):
    assert pickle.loads(pickle.dumps(women)).patients.equals(women.patients)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: bl.cohort(0), "n = 0"),
        (lambda: bl.cohort(2.5), "n = 2.5"),
        (lambda: bl.cohort(5, seed=-1), "seed = -1"),
        (lambda: bl.cohort(5, age=20), "age"),
        (lambda: bl.cohort(5, spread=1), "spread = 1"),
        (lambda: bl.cohort(5, disease="gout"), "gout"),
        (lambda: bl.cohort(5).subject(5), "i = 5"),
        (lambda: bl.cohort(5).simulate("60 mg"), "treatments"),
        (lambda: bl.cohort(5).simulate(years=0), "years"),
        (lambda: bl.cohort(5).simulate(years=0.1, workers=0), "workers"),
        (lambda: bl.cohort(5).simulate(years=0.1, keep=("NTX",)), "NTX"),
        (lambda: bl.trial([]), "arms"),
        (lambda: bl.trial({"a": []}, n=1), "n = 1"),
        (lambda: bl.trial({"a": []}, dropout=2), "dropout"),
        (lambda: bl.trial({"a": []}, endpoint="fractures"), "fractures"),
    ],
)
def test_what_makes_no_sense_is_refused(call, words):
    with pytest.raises(bl.BonelabError, match=words):
        call()


@pytest.fixture(scope="module")
def trial():
    arms = {"placebo": [], "denosumab": bl.denosumab(doses=2)}
    return bl.trial(arms, n=40, years=1, dropout=0.2, seed=4)


def test_a_trial_finds_denosumab(trial):
    table = trial.table()
    assert list(table.index) == ["placebo", "denosumab"]
    row = table.loc["denosumab"]
    assert row["difference"] > 3
    assert row["p"] < 1e-6
    assert row["difference low"] < row["difference"] < row["difference high"]
    low, high = trial.bootstrap()
    assert low == pytest.approx(row["difference low"], abs=0.5)
    assert high == pytest.approx(row["difference high"], abs=0.5)
    assert "denosumab" in trial.summary()


def test_women_leave_a_trial(trial):
    measured = trial.table()["measured"]
    assert (measured < 40).all()
    assert (measured > 20).all()
    earlier = trial.table("CTX", "6 months")["measured"]
    assert (earlier >= measured).all()


def test_the_same_trial_again_has_other_women(trial):
    one, two = (trial.again(12, repeat=k, endpoint="BMD hip") for k in (1, 2))
    assert list(one) == list(trial.arms)
    assert all(9 <= values.size <= 12 for values in one.values())
    assert not any(np.array_equal(one[arm], two[arm]) for arm in one)
    again = trial.again(12, repeat=1, endpoint="BMD hip")
    assert all(np.array_equal(one[arm], again[arm]) for arm in one)


def test_p_of_repeats_is_that_of_their_women_and_stays(trial):
    p = trial.p_values(15, repeats=6, endpoint="BMD hip")
    assert list(trial.p_values(15, repeats=3, endpoint="BMD hip")) == list(p[:3])
    values = list(trial.again(15, repeat=4, endpoint="BMD hip").values())
    from scipy import stats

    assert p[3] == pytest.approx(stats.ttest_ind(*values, equal_var=False).pvalue)
    often = np.mean(trial.p_values(15, repeats=200, endpoint="BMD hip") < 0.05)
    power = trial.power((15,), endpoint="BMD hip", repeats=2000).iloc[0]
    assert often == pytest.approx(power, abs=0.12)


def test_what_women_lived_through_is_computed_once_for_all_drugs(monkeypatch):
    from bonelab.simulation import histories

    lived = []
    own = histories._lived
    monkeypatch.setattr(histories, "_lived", lambda *a: lived.append(1) or own(*a))
    women = bl.cohort(n=8, seed=4711)
    first = women.simulate([], years=0.25)
    other = women.simulate(bl.denosumab(), years=0.25)
    assert len(lived) == 1
    assert first["BMD hip"][:, 0] == pytest.approx(other["BMD hip"][:, 0])


def test_power_grows_with_the_trial(trial):
    power = trial.power((3, 10, 40), endpoint="BMD hip", repeats=300)
    assert power.is_monotonic_increasing
    assert power.iloc[-1] > 0.9


def test_arms_without_a_difference_rarely_differ():
    trial = bl.trial({"a": [], "b": []}, n=100, years=0.1, dropout=0)
    assert 0.01 < trial.power((30,), endpoint="BMD hip", repeats=1000).iloc[0] < 0.15


# ---- by hand: women whose values can be seen at once ---------------------------------------------


def seen(ctx, time=(0.0, 10.0, 30.0), treatment=""):
    """A finished cohort with these rows of CTX, and of a share without a unit."""
    values = np.array(ctx, float)
    women = bl.cohort(len(values), seed=1)
    series = {"CTX": values, "occupancy": values / 100}
    return CohortRun(women, (), treatment, np.array(time), series, {"CTX": "%"})


def test_a_value_of_every_woman_between_two_times():
    run = seen([[100, 80, 40], [100, 60, 70]])
    assert run.at(0, "CTX").tolist() == [100, 100]
    assert run.at(5, "CTX").tolist() == [90, 80]
    assert run.at(15, "CTX").tolist() == [70, 62.5]
    last = run.time[-1]  # to the last digit that a sum of days keeps
    assert run.at(last * (1 + 5e-13), "CTX") == pytest.approx(run.at(last, "CTX"))
    assert run.at(30, "CTX").tolist() == [40, 70]
    with pytest.raises(bl.BonelabError, match=r"is outside this run.*covers days 0 to 30\."):
        run.at(30.1, "CTX")
    assert len(run) == 2
    assert "CTX" in run
    assert "BMD hip" not in run
    assert run["ctx"].shape == (2, 3)


def test_the_sentence_of_a_cohort_has_the_middle_of_its_last_day():
    """0, 1 ... 100 at the end: the median is 50, and nine tenths lie from 5 to 95."""
    rows = [[500, 300, end] for end in range(101)]
    assert seen(rows, (0.0, 10.0, 365.25)).summary() == (
        "101 women without a drug, month 12, median and middle 90%: CTX 50% (5 to 95), occupancy "
        "0 (0 to 1)."
    )
    words = seen(rows, treatment="2 doses of X").summary()
    assert words.startswith("101 women on 2 doses of X, month 1, ")
    assert repr(seen(rows)).startswith("<CohortRun: 101 women")


def test_the_first_women_up_to_a_day():
    run = seen([[100, 80, 40], [100, 60, 70], [1, 2, 3]])
    few = run.first(2, 10)
    assert few["CTX"].tolist() == [[100, 80], [100, 60]]
    assert few.time.tolist() == [0, 10]
    assert few.cohort.n == 2
    assert run.first(1)["CTX"].tolist() == [[100, 80, 40]]
    with pytest.raises(bl.BonelabError, match=r"n = 4.*this cohort has 3 women"):
        run.first(4)


def test_a_table_of_patients_has_units_in_its_header():
    table = seen([[100, 80, 40], [100, 60, 70]]).table()
    assert table["CTX (%)"].tolist() == [40, 70]
    assert table["occupancy"].tolist() == [0.4, 0.7]
    assert seen([[100, 80, 40]]).table(10)["CTX (%)"].tolist() == [80]
    levels = seen([[100, 80, 40], [100, 60, 70]]).quantiles("CTX", 0.5)
    assert levels.loc[30.0].tolist() == [55]


def test_times_are_months_and_two_after_each_dose():
    plans = (bl.denosumab(doses=1, start=10),)
    assert bl.cohort(1)._times(plans, 60.875, None).tolist() == pytest.approx(
        [0, 10, 13, 24, 30.4375, 60.875]
    )
    assert bl.cohort(1)._times(plans, 12.0, 2).tolist() == [0, 10, 12], "none beyond the end"


def test_women_without_a_spread_are_typical_and_a_spread_may_be_changed():
    table = load("cohort")
    assert set(cohorts.spread_of("spread", 0).as_dict().values()) == {0.0}
    assert cohorts.spread_of("spread", None) == table
    wider = load("cohort", age=9)
    assert cohorts.spread_of("spread", wider) is wider
    for wrong in (False, 0.1, "0"):
        with pytest.raises(bl.BonelabError, match="it should be 0 or come from"):
            cohorts.spread_of("spread", wrong)


def test_a_disease_is_that_of_every_woman_of_the_cohort():
    ill = bl.cohort(2, seed=1, disease="bone metastasis")
    assert "bone metastasis" in ill.subject(1).name
    assert ill.subject(1).name.startswith("patient 1, ")
    run = ill.simulate(years=0.1, keep=("tumour burden", "CTX"))
    assert (run["tumour burden"][:, -1] > run["tumour burden"][:, 0]).all()
    with pytest.raises(bl.BonelabError, match="tumour burden"):
        bl.cohort(2, seed=1).simulate(years=0.1, keep=("tumour burden",))


def test_a_batch_that_cannot_be_solved_names_its_women(monkeypatch, small_batches):
    def solve(*args, what, **options):
        raise RuntimeError(what)

    monkeypatch.setattr(cohort_batch, "BATCH", 40)
    monkeypatch.setattr(cohort_batch, "solve", solve)
    women = bl.cohort(70, seed=1)
    for batch, words in ((0, "women 0 to 39 of the cohort"), (1, "women 40 to 69 of the cohort")):
        with pytest.raises(RuntimeError, match=f"^{words}$"):
            cohort_batch.simulate_batch(batch, women, (), 30.0, np.array([0, 30.0]), ("CTX",), 1e-3)


def test_a_batch_tells_its_three_parts(monkeypatch):
    shares, own = [], cohort_batch.solve
    with watching(shares.append):
        monkeypatch.setattr(cohort_batch, "solve", lambda *a, **k: tell(0.0) or own(*a, **k))
        bl.cohort(2, seed=5).simulate([], years=0.1)
    assert pytest.approx(min(share for share in shares if share > 0.5), abs=1e-9) == 2 / 3
    assert max(shares) == pytest.approx(1)


# ---- the progress bar ----------------------------------------------------------------------------


@pytest.mark.parametrize(("wanted", "shown"), [(True, True), (False, False), (None, False)])
def test_a_bar_is_shown_when_it_is_asked_for(capsys, monkeypatch, wanted, shown):
    monkeypatch.setattr(cohorts, "PATIENCE", 3600)  # on no machine does it take that long
    bl.cohort(3, seed=4).simulate([], years=1, progress=wanted)
    assert ("100%" in capsys.readouterr().err) == shown


def test_a_bar_is_shown_where_it_takes_long(capsys, monkeypatch):
    monkeypatch.setattr(cohorts, "PATIENCE", 0)
    bl.cohort(3, seed=5).simulate([], years=1)
    assert "%" in capsys.readouterr().err
