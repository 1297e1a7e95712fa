"""The calibration program: reads a table, finds known parameters again, writes, reports."""

import json
import re
import shutil
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import bonelab as bl
from bonelab import parameters
from bonelab.calibration import Problem, fit, read_arms
from bonelab.calibration.__main__ import main
from bonelab.calibration.fit import free_parameters, point_sd
from bonelab.calibration.predict import arm_means, beyond_trials, targets
from bonelab.calibration.report import errors, summary, write_report
from bonelab.calibration.scan import share_scan
from bonelab.calibration.tables import reference_keys, write_tables
from bonelab.calibration.trials import COLUMNS
from bonelab.parameters import load, records

ROOT = Path(__file__).parent.parent
TRUE = {"CTX_floor": 0.16, "turnover_spine": 3.3e-4, "teriparatide_formation": 1.2}
DOSES = "0:60;182.6:60"


def table_of(values, path):
    """A small table of trial points that the model itself makes with ``values``."""
    rows = []
    arms = [
        ("DENO", 66, DOSES, "", [bl.denosumab(60, every=182.6, doses=2)], "Cummings 2009 N Engl"),
        ("TERI", 66, "", "teriparatide 20 ug/d 0-24 mo", [bl.teriparatide()], "Leder 2014 J Clin"),
    ]
    for arm, age, doses, other, plans, published in arms:
        run = bl.simulate(bl.woman(age).with_(**values), plans, days="13 months", points=800)
        for endpoint, series in (("CTX", "CTX"), ("P1NP", "P1NP"), ("BMD_LS", "BMD spine")):
            for month in (0.5, 1, 3, 4, 9, 12.5):
                value = run.at(f"{month} months", series)
                rows.append((arm, age, endpoint, month, value, doses, other, published))
    pd.DataFrame(rows, columns=COLUMNS).to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    return table_of(TRUE, tmp_path_factory.mktemp("trials") / "points.csv")


@pytest.fixture(scope="module")
def fitted(table):
    return fit(Problem(read_arms(table), names=TRUE, beyond=False, believing=False))


def test_a_fit_finds_the_parameters_that_made_the_points(fitted):
    assert fitted.cost < 0.001 * fitted.start_cost
    for name, true in TRUE.items():
        assert fitted.values[name] == pytest.approx(true, rel=0.005)
        low, high = fitted.intervals[name]
        assert low < true < high


def test_a_belief_pulls_towards_itself(table, fitted):
    problem = Problem(read_arms(table), names=["CTX_floor"], beyond=False)
    pulled = problem.residuals(np.log([0.16]))
    assert len(pulled) == len(fitted.problem.residuals(fitted.logs)) + 1
    assert pulled[-1] == pytest.approx(np.log(0.16 / 0.11) / 0.15)


def test_a_fit_knows_which_arm_informs_which_parameter(fitted):
    assert fitted.informed_by["teriparatide_formation"] == ["TERI"]
    assert fitted.informed_by["CTX_floor"] == ["DENO", "TERI"]


def test_correlations_are_correlations(fitted):
    assert np.diag(fitted.correlations) == pytest.approx(1.0)
    assert np.all(np.abs(fitted.correlations) < 1 + 1e-12)


def test_tables_are_written_in_place(fitted, tmp_path):
    folder = Path(parameters.__file__).parent / "tables"
    for room in ("tissue", "drugs"):
        shutil.copy(folder / f"{room}.toml", tmp_path)
    before = (tmp_path / "tissue.toml").read_text(encoding="utf-8")
    paths = write_tables(fitted, tmp_path)
    assert {path.name for path in paths} == {"tissue.toml", "drugs.toml"}
    after = (tmp_path / "tissue.toml").read_text(encoding="utf-8")
    assert before.splitlines()[:2] == after.splitlines()[:2]
    old, new = tomllib.loads(before), tomllib.loads(after)
    assert list(old) == list(new)
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {"CTX_floor", "turnover_spine"}
    record = new["CTX_floor"]
    assert record["value"] == pytest.approx(fitted.values["CTX_floor"], rel=1e-3)
    assert record["status"] == "fitted"
    assert record["interval"][0] < record["value"] < record["interval"][1]
    assert {"cummings2009", "leder2014"} <= set(record["refs"])
    assert record["meaning"] == old["CTX_floor"]["meaning"]


def test_the_report_tells_before_and_after(fitted, tmp_path):
    path = tmp_path / "report.md"
    text = write_report(fitted, fitted.problem.table_values(), path, command="again")
    assert path.read_text(encoding="utf-8") == text
    for words in (
        "`again`",
        "before",
        "after",
        "| DENO | CTX |",
        "Weakest direction",
        "## The share",
    ):
        assert words in text
    assert "nan" not in text


def test_errors_are_summed_up_as_they_should():
    made = pd.DataFrame({"arm": "A", "endpoint": "CTX", "error": [1.0, -3.0, 2.0, 4.0]})
    row = summary(made, "endpoint").loc["CTX"]
    assert row["n"] == 4
    assert row["MedAE"] == 2.5
    assert row["RMSE"] == pytest.approx(np.sqrt(30 / 4))
    assert row["bias"] == 1.0
    assert row["max"] == 4.0


def test_errors_of_a_perfect_model_are_zero(table):
    problem = Problem(read_arms(table), beyond=False)
    perfect = {name: arm.percent for name, arm in problem.arms.items()}
    assert errors(problem, perfect)["error"].abs().max() == 0


def test_women_who_differ_make_the_mean_rise_sooner(table):
    arm = read_arms(table)["DENO"]
    one, many = arm_means(arm, {}), arm_means(arm, {}, spread=0.35)
    at = (arm.endpoint == "CTX") & (np.abs(arm.day - 4 * 30.4375) < 1)
    assert many[at] > one[at] + 0.5
    teri = read_arms(table)["TERI"]
    assert np.array_equal(arm_means(teri, {}), arm_means(teri, {}, spread=0.35))


def test_numbers_beyond_the_trials_are_those_of_the_model():
    run = bl.simulate(bl.woman(48), years=17)
    found = dict(zip([t.name for t in targets()], beyond_trials({}), strict=True))
    assert found["hip_65"] == pytest.approx(run.at("17 years", "BMD hip"), abs=0.02)
    mouse = bl.simulate(bl.mouse("OPG-/-"), days="4 months").final["bone volume spine"]
    assert found["OPG_knockout"] == pytest.approx(100 * mouse, abs=0.01)
    assert found["resorption_62"] == pytest.approx(100 * run.at("14 years", "resorption"), abs=0.2)


def test_a_recalled_trial_mean_is_that_of_the_trial():
    treated = [target for target in targets() if target.trial]
    assert {target.name for target in treated} == {"rebound_CTX", "rebound_P1NP"}
    found = dict(zip([t.name for t in targets()], beyond_trials({}), strict=True))
    for target in treated:
        trial = bl.trials[target.trial]
        months, percent = trial.points(target.series)
        assert (target.month, target.value) == (months[0], percent[0])
        assert trial.standing(target.series) == "illustrative"
        run = bl.simulate(trial.subject, trial.treatments, years=4)
        told = run.at(f"{target.month} months", target.series)
        assert found[target.name] == pytest.approx(told, abs=0.3)


def test_women_who_differ_are_averaged_beyond_the_points_too():
    one, many = (
        dict(zip([t.name for t in targets()], beyond_trials({}, spread), strict=True))
        for spread in (0.0, 0.35)
    )
    differ = {name for name in one if abs(one[name] - many[name]) > 0.1}
    assert differ == {"rebound_CTX", "rebound_P1NP"}


def test_the_misfit_changes_with_the_share_of_reverse_signalling(table, fitted):
    shares = share_scan(fitted, shares=(0.0, load("tissue").reverse_share))
    assert list(shares.index) == [0.0, 0.5]
    one = shares["one typical woman"]
    # the points of this table were made with a share of 0.5
    assert one[0.5] < 0.01 < one[0.0]
    assert shares["mean of women"].tolist() == one.tolist()  # no spread in this fit


def test_lesson_5_quotes_the_misfits_of_the_report():
    report = (ROOT / "docs" / "calibration.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d\.\d\d) \| (\d+\.\d+) \| \d+\.\d+ \|$", report, re.M)
    assert [float(share) for share, _ in rows] == [0.0, 0.25, 0.5, 0.75, 1.0]
    told = ", ".join(f"{float(misfit):.0f}" for _, misfit in rows)
    cells = json.loads((ROOT / "lessons" / "05_coupling.ipynb").read_text(encoding="utf-8"))[
        "cells"
    ]
    text = " ".join(" ".join("".join(cell["source"]).split()) for cell in cells)
    assert f"is {told} for $w$ = 0, 0.25, 0.5, 0.75, 1:" in text


def test_free_parameters_lie_in_their_tables():
    for free in free_parameters():
        record = records(free.room)[free.name]
        assert record.low < free.median < record.high
        if record.status == "fitted":
            assert record.interval[0] < record.value < record.interval[1]
            assert record.refs


def test_points_have_the_scatter_that_is_stated():
    sd = point_sd(np.array(["CTX", "BMD_TH", "BMD_LS"]), np.array([100.0, 104.0, 108.0]))
    assert sd == pytest.approx([np.hypot(4, 12), 0.6, 0.8])


def test_a_sample_on_a_dosing_day_is_taken_before_the_dose(tmp_path):
    path = tmp_path / "t.csv"
    rows = [("A", 66, "CTX", month, 30, DOSES, "", "x") for month in (6.0, 6.1)]
    pd.DataFrame(rows, columns=COLUMNS).to_csv(path, index=False)
    day = read_arms(path)["A"].day
    assert day[0] == 182.6
    assert day[1] == pytest.approx(6.1 * 30.4375)


def test_publications_become_keys_of_the_bibliography():
    words = "Lewiecki 2007 J Bone Miner Res; Nobody 1900; McClung 2006 N Engl J Med (phase 2)"
    assert reference_keys(words) == ["lewiecki2007", "mcclung2006"]


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("endpoint", "BMD", r"endpoint = \['BMD'\].*CTX, P1NP"),
        ("denosumab_doses_day:mg", "0-60", "day:mg"),
        ("other_drug", "aspirin 0-24 mo", "other_drug = 'aspirin"),
        ("percent_of_baseline", -3, "above zero"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(tmp_path, column, value, words):
    row = dict(zip(COLUMNS, ("A", 66, "CTX", 1, 30, DOSES, "", "x"), strict=True))
    path = tmp_path / "t.csv"
    pd.DataFrame([row | {column: value}]).to_csv(path, index=False)
    with pytest.raises(bl.BonelabError, match=words):
        read_arms(path)


def test_a_table_without_a_column_says_which(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_text("arm,endpoint\nA,CTX\n", encoding="utf-8")
    with pytest.raises(bl.BonelabError, match="age_years"):
        read_arms(path)
    assert main([str(path)]) == 1
    assert "age_years" in capsys.readouterr().err


def test_an_unknown_parameter_is_refused(table):
    with pytest.raises(bl.BonelabError, match=r"free\.toml"):
        Problem(read_arms(table), names=["kP"])


def test_the_program_runs_from_the_command_line(table, tmp_path, capsys):
    out = tmp_path / "calibration.md"
    options = ["--report", str(out), "--start", "table", "--spread", "0", "--evaluations", "1"]
    assert main([str(table), *options]) == 0
    text = out.read_text(encoding="utf-8")
    assert "--start table --spread 0" in text
    assert load("tissue").record("precursor_rate").symbol.replace("_", "\\_") in text
    assert ": cost" in capsys.readouterr().err
