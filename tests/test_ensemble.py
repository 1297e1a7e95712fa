"""How sure: the ensemble, the bands that it spans, and how many published means lie inside."""

import numpy as np
import pytest

import bonelab as bl
from bonelab.calibration.trials import SERIES, read_arms
from bonelab.parameters import load, records
from bonelab.simulation import Run
from bonelab.simulation.ensemble import Bands, ensemble, in_new_trials, member, prediction_bands

ROOMS = ("tissue", "binding", "forward", "reverse", "drugs")


@pytest.fixture(scope="module")
def stopped():
    return bl.prediction_bands(bl.woman(59.4), bl.denosumab(doses=4), years=4)


def test_every_member_stands_inside_the_tables_and_around_their_values():
    rows = ensemble()
    assert len(rows) == 40
    for name in rows[0]:
        values = np.array([row[name] for row in rows])
        record = next(records(room)[name] for room in ROOMS if name in records(room))
        assert record.low <= values.min() <= values.max() <= record.high, name
        assert values.min() <= record.value * 1.02, name
        assert values.max() >= record.value * 0.98, name


def test_a_member_has_its_line_and_keeps_what_is_her_own():
    row = ensemble()[3]
    own = member(bl.woman(65).with_(reverse_share=0.5, extra_RANKL=0.1), row)
    table = load("tissue").reverse_share
    assert own.tissue.p.reverse_share == pytest.approx(0.5 * row["reverse_share"] / table)
    assert own.tissue.condition.extra_RANKL == 0.1
    plain = member(bl.woman(65), row).tissue
    assert plain.p.team_loss == pytest.approx(row["team_loss"])
    assert plain.forward.K_signal == pytest.approx(row["K_signal"])
    shares = plain.p.share_preosteoblasts + plain.p.share_osteoblasts + plain.p.share_osteocytes
    assert shares == pytest.approx(1.0, abs=1e-4)


def test_the_run_lies_in_its_band_and_the_band_has_the_share_asked_for(stopped):
    for name in ("CTX", "P1NP", "BMD hip"):
        band = stopped.of(name)
        assert np.all(band.low <= band.median)
        assert np.all(band.median <= band.high)
        inside = (stopped.run[name] >= band.low) & (stopped.run[name] <= band.high)
        assert inside.mean() > 0.9, name
    assert stopped.of("CTX").low[0] == pytest.approx(100)
    assert stopped.of("CTX").high[0] == pytest.approx(100)
    narrow = bl.prediction_bands(bl.woman(59.4), bl.denosumab(doses=4), years=4, share=0.5)
    assert np.all(narrow.of("CTX").high <= stopped.of("CTX").high + 1e-9)


def test_what_no_trial_identifies_fans_out(stopped):
    alone = bl.prediction_bands(bl.woman(59.4), bl.denosumab(doses=4), years=4, scatter=False)

    def width(name, month):
        low, median, high = alone.at(f"{month} months", name)
        return (high - low) / max(abs(median), 1e-9)

    def spread(parameter):
        """Of the values in the members' table, as ``width``."""
        low, median, high = np.quantile([row[parameter] for row in ensemble()], [0.1, 0.5, 0.9])
        return (high - low) / median

    # two months after the fourth dose CTX is its floor; the store fills in proportion to the share
    # of osteoclasts that part, dM/dt = s_M (...) C - (k_M N + l_M) M, and how fast it is left
    # (k_M, l_M) only adds to that
    assert width("CTX", 20) == pytest.approx(spread("CTX_floor"), rel=0.05)
    assert width("osteomorphs", 20) > spread("osteomorph_share")
    assert width("osteomorphs", 20) / width("CTX", 20) > (
        spread("osteomorph_share") / spread("CTX_floor")
    )  # 3.9 by the table; half a year after a dose, where trials have measured CTX, more
    for month in (12, 24):
        assert width("osteomorphs", month) > 5 * width("CTX", month)
    # the drug is gone: the store drains, by rates that nothing measures
    assert width("osteomorphs", 36) > 20 * width("CTX", 36)
    assert width("reverse route", 0) > 0.2  # the share of reverse signalling
    assert width("CTX", 30) > 2 * width("CTX", 48)  # the rebound, and back at the start
    wide, kept = stopped.at("3 months", "CTX"), alone.at("3 months", "CTX")
    assert wide[2] - wide[0] > 2 * (kept[2] - kept[0])  # means of trials scatter more


def test_the_band_is_that_of_new_trials_and_says_so(stopped):
    """Four in five published means of arms of five trials lie inside, and few in the members'."""
    inside, alone = [], []
    for name in ("FREEDOM", "DATA_D", "DEFEND_pbo", "ARCH_A", "P2_14Q6M"):
        arm = read_arms()[name]
        plans = [plan for plan in arm.plans if plan.schedule.begins < arm.days]
        bands = bl.prediction_bands(arm.subject, plans, days=arm.days)
        model = Bands(bands.run, bands.members, False, bands.share)
        for endpoint, day, percent in zip(arm.endpoint, arm.day, arm.percent, strict=True):
            for found, band in ((inside, bands), (alone, model)):
                low, _, high = band.at(day, SERIES[endpoint])
                found.append(low <= percent <= high)
    assert 0.65 <= np.mean(inside) <= 0.95
    assert np.mean(alone) < 0.5
    assert stopped.words == "80% of new trials"


def test_bands_tell_themselves_and_refuse_mice(stopped):
    assert "80% of new trials are expected to find CTX between" in stopped.summary()
    alone = Bands(stopped.run, stopped.members, False, 0.8)
    assert alone.summary().startswith("80% of 40 models that fit about equally well have CTX")
    assert alone.words == "80% of 40 models"
    assert stopped.summary() in stopped._repr_html_()
    table = stopped.table("BMD spine")
    assert list(table.columns) == ["low", "median", "high"]
    assert len(table) == stopped.run.time.size
    with pytest.raises(bl.BonelabError, match="no mouse number was fitted"):
        prediction_bands(bl.mouse())
    with pytest.raises(bl.BonelabError, match="this run goes from day 0"):
        stopped.at("9 years", "CTX")
    with pytest.raises(bl.BonelabError, match="NTX"):
        stopped.of("NTX")


def test_new_trials_differ_by_a_share_of_the_effect_and_their_points_scatter():
    """By hand: 14.9 % is an effect of -1.9038; shares of 0.16 and 0.12 are a fifth of it together,
    and with a scatter of 0.1 make s = hypot(0.38076, 0.1) = 0.39367, and 90 % of new trials lie
    below 14.9 exp(1.2816 s)."""
    sizes = {"marker_between": 0.16, "marker_within": 0.12, "marker_scatter": 0.1,
             "density_between": 0.08, "density_within": 0.06, "density_scatter": 0.005,
             "rise": 7.0}  # fmt: skip
    far = np.full((1, 1), 14.9)
    marker = in_new_trials("CTX", [3000], far, sizes)[:, 0]
    assert np.median(marker) == pytest.approx(14.9)
    middle = np.quantile(marker, [0.1, 0.9], method="hazen")
    assert np.log(middle / 14.9) == pytest.approx([-0.5045, 0.5045], rel=0.03)
    hip = in_new_trials("BMD hip", [3000], far + 90, sizes)[:, 0]
    apart = np.hypot(0.1 * np.log(1.049), 0.005)
    assert np.std(np.log(hip)) == pytest.approx(apart, rel=0.06)
    early = in_new_trials("CTX", [0, 7], np.full((1, 2), 100.0), sizes)
    assert early[:, 0] == pytest.approx(100)  # the start
    assert np.std(np.log(early[:, 1])) == pytest.approx(0.1 * (1 - np.exp(-1)), rel=0.06)


def test_only_what_trials_measure_lies_off_in_a_new_trial():
    series = {"CTX": [100, 20], "osteoclasts": [1, 0.5]}
    run = Run("tissue", [0, 300], "day", series, {})
    more = Run("tissue", [0, 300], "day", {"CTX": [100, 30], "osteoclasts": [1, 0.7]}, {})
    bands = Bands(run, (run, more), True, 0.8)
    assert bands.of("osteoclasts").low == pytest.approx([1, 0.52])
    low, median, high = bands.at("300 days", "CTX")
    assert low < 20 < median < 30 < high
    assert bands.at(0, "CTX") == pytest.approx((100, 100, 100))


def made(days=(0.0, 30.0, 100.0), ctx=(100.0, 50.0, 25.0), hip=(100.0, 101.0, 102.4)):
    return Run("tissue", days, "day", {"CTX": list(ctx), "BMD hip": list(hip)}, {})


def test_the_sentence_and_the_table_of_bands():
    two = Bands(made(), (made(), made(ctx=(100, 70, 45))), False, 0.5)
    assert two.summary() == (
        "50% of 2 models that fit about equally well have CTX between 30 and 40% and BMD hip "
        "between 102 and 102% of the start on day 100."
    )
    assert repr(two) == f"<Bands: {two.summary()}>"
    assert two._repr_html_() == f"<p>{two.summary()}</p>"
    table = two.table("CTX")
    assert table.index.name == "time (day)"
    assert table.index.tolist() == [0, 30, 100]
    assert table.loc[100].tolist() == pytest.approx([30, 35, 40])


def test_bands_go_from_the_first_day_to_the_last():
    two = Bands(made(), (made(), made()), False, 0.8)
    assert two.at(100, "CTX") == (25, 25, 25)
    assert two.at("0 days", "CTX") == (100, 100, 100)
    assert two.at(15, "CTX") == pytest.approx((75, 75, 75))
    with pytest.raises(bl.BonelabError, match="this run goes from day 0 to 100"):
        two.at(101, "CTX")


def test_four_years_and_four_new_trials_of_five_where_nothing_is_said(monkeypatch):
    from bonelab.simulation import ensemble as module

    asked = []
    monkeypatch.setattr(module, "_runs", lambda *given: asked.append(given) or ("run", "models"))
    usual = bl.prediction_bands()
    other = bl.prediction_bands(bl.woman(70), years=2, share=0.5, scatter=False)
    assert asked == [(bl.woman(65), (), 4 * 365.25), (bl.woman(70), (), 2 * 365.25)]
    assert vars(usual) == {"run": "run", "members": "models", "share": 0.8, "scatter": True}
    assert vars(other) == {"run": "run", "members": "models", "share": 0.5, "scatter": False}


def test_models_run_once_for_every_share_with_scatter_and_without(stopped):
    plan = bl.denosumab(doses=4)
    half = bl.prediction_bands(bl.woman(59.4), plan, years=4, share=0.5, scatter=False)
    assert half.members is stopped.members
    assert half.run is stopped.run
    other = bl.prediction_bands(bl.woman(59.4), bl.denosumab(doses=1), years=1)
    assert other.members is not stopped.members
