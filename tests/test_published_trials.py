"""The published means that lessons lay over a simulation."""

import numpy as np
import pytest

import bonelab as bl
from bonelab.parameters import references


def test_every_series_is_complete_cited_and_shown_for_what_it_is():
    known = references()
    for trial in bl.trials.values():
        assert 20 < trial.age < 100
        assert trial.summary()
        for name in trial.endpoints:
            series = trial.series[name]
            months, percent = trial.points(name)
            assert len(months) == len(percent) > 0
            assert np.all(np.diff(months) > 0)
            assert np.all((percent > 5) & (percent < 300))
            assert series.refs
            assert all(key in known for key in series.refs)
            assert trial.standing(name) in ("published", "illustrative")
            assert ("illustrative" in series.source) == (not series.seen)
            assert "recalled" not in series.source + series.citation
            assert series.citation.startswith("illustrative") == (not series.seen)


def test_a_trial_names_a_series_that_a_run_has():
    run_names = {"CTX", "P1NP", "BSAP", "BMD hip", "BMD spine"}
    for trial in bl.trials.values():
        for name in trial.endpoints:
            assert trial.series[name].shown_with in run_names
    assert bl.trials["Bekker 2001"].series["NTX"].shown_with == "CTX"


def test_the_arm_is_ready_to_simulate():
    trial = bl.trials["FREEDOM"]
    run = bl.simulate(trial.subject, trial.treatments, days=60)
    assert trial.subject.age == trial.age
    assert run.at("1 month", "CTX") < 40
    (tablets,) = bl.trials["DEFEND placebo"].treatments
    assert tablets.kind == "calcium and vitamin D"
    for other in bl.trials.values():
        for plan in other.treatments:
            assert plan.schedule.doses or plan.schedule.windows


def test_days_become_months():
    months, percent = bl.trials["Bekker 2001"].points("NTX")
    assert months * 30.4375 == pytest.approx([4, 42])
    assert percent.tolist() == [20, 86]


def test_tables_have_a_row_per_point_and_per_arm():
    trial = bl.trials["DEFEND"]
    table = trial.table()
    assert len(table) == sum(len(s.months) for s in trial.series.values())
    assert set(table["standing"]) == {"illustrative"}
    assert list(bl.trials.table().index) == list(bl.trials)
    assert "FREEDOM" in bl.trials._repr_html_()
    assert "illustrative" in trial._repr_html_()


def test_a_wrong_name_gets_the_near_one():
    with pytest.raises(bl.BonelabError, match="Did you mean 'FREEDOM'"):
        bl.trials["FREDOM"]
    with pytest.raises(bl.BonelabError, match=r"endpoint = 'BMD_hop'.*'BMD hip'"):
        bl.trials["FREEDOM"].points("BMD_hop")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("age = 70", "aeg = 70", "'aeg' is no key here. Did you mean 'age'"),
        ("percent = [50, 40]", "percent = [50]", "2 times do not go with 1 values"),
        ("months = [1, 2]", "months = [2, 1]", "the times do not rise"),
        ('"denosumab"', '"denosumap"', "drug = 'denosumap' is not known. Did you mean 'denosumab'"),
        ("bone2011", "bone2111", "refs = 'bone2111' is not known"),
        ("[x.series.CTX]", "[x.CTX]", "the key 'series' is missing"),
        ("treatments", "treatment", "'treatments' is missing. Should 'treatment' be 'treatments'"),
        ("dose = ", "doze = ", "bl.denosumab(...) has no argument 'doze'. Did you mean 'dose'"),
        ('"60 mg"', '"60 nM"', "60 nM"),
        ("age = 70", "age = 700", "age = 700"),
        ("[50, 40]", '["50", 40]', "percent holds '50', which is no number"),
    ],
)
def test_a_fault_in_the_table_is_told_with_file_and_entry(tmp_path, monkeypatch, old, new, says):
    text = """[x]
words = "x"
age = 70
treatments = [{ drug = "denosumab", dose = "60 mg" }]
[x.series.CTX]
months = [1, 2]
percent = [50, 40]
refs = ["bone2011"]
seen = true
source = "read"
"""
    path = tmp_path / "trials.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    monkeypatch.setattr("bonelab.biology.published_trials._TABLE", path)
    with pytest.raises(bl.BonelabError) as error:
        list(type(bl.trials)())
    assert str(error.value).startswith("trials.toml, entry [x]: ")
    assert says in str(error.value)


def test_several_publications_are_one_line():
    """Two references are parted by a semicolon, and illustrative values do not lean on them."""
    for trial in bl.trials.values():
        for series in trial.series.values():
            words = "; ".join(bl.parameters.cite(key) for key in series.refs)
            start = "" if series.seen else "illustrative value, after "
            assert series.citation == start + words
    assert any(len(s.refs) > 1 for trial in bl.trials.values() for s in trial.series.values())


def test_the_sentence_of_an_arm():
    trial = bl.trials["DEFEND"]
    assert trial.summary().startswith("DEFEND: ")
    assert trial.summary().endswith(
        "; means of " + ", ".join(f"{name} (illustrative)" for name in trial.endpoints) + "."
    )
