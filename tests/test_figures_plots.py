"""Plots of runs: the curves are the run's, on axes that say what they are."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from pictures import ONCE

import bonelab as bl
from bonelab import BonelabError
from bonelab.figures import plots, style
from bonelab.figures.plots import name_ends, ylabel
from bonelab.figures.run_comparison import plot_comparison
from bonelab.simulation import Run

MONTH, YEAR = 30.4375, 365.25


@pytest.fixture(scope=ONCE)
def run():
    plan = bl.denosumab("60 mg", every="6 months", doses=2)
    return bl.simulate(bl.woman(65), plan, years=2, points=60)


def curves(axes):
    return [line for line in axes.lines if line.get_label()[:1] != "_"]


def names_at_ends(axes):
    return [patch.get_gid() for patch in axes.patches if patch.get_gid()]


def test_curves_are_those_of_the_run_in_colour_and_dash(run):
    (axes,) = run.plot("CTX", "P1NP").axes
    ctx, p1np = curves(axes)
    assert ctx.get_xdata() == pytest.approx(run.time / MONTH)
    assert ctx.get_ydata() == pytest.approx(run["CTX"])
    assert p1np.get_ydata() == pytest.approx(run["P1NP"])
    assert (ctx.get_color(), p1np.get_color()) == (style.COLOUR["CTX"], style.COLOUR["P1NP"])
    assert (ctx.get_linestyle(), p1np.get_linestyle()) == ("-", "--")
    assert [line.get_marker() for line in (ctx, p1np)] == ["", ""]  # marks are data
    assert names_at_ends(axes) == ["CTX (resorption marker)", "P1NP (formation marker)"]
    assert axes.get_legend() is None
    assert axes.get_title(loc="left") == "A woman of 65"
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("months", "% of start")


def test_one_curve_is_named_by_the_axis_alone(run):
    (axes,) = run.plot("BMD hip").axes
    assert axes.get_ylabel() == "BMD, hip (% of start)"
    assert names_at_ends(axes) == []


def test_series_of_different_units_stand_in_panels_of_their_own(run):
    drawing = run.plot("CTX", "serum drug", "osteoclasts", "P1NP")
    assert [axes.get_ylabel() for axes in drawing.axes] == [
        "% of start", "drug in serum (ng/ml)", "osteoclasts (healthy = 1)",
    ]  # fmt: skip
    assert [len(curves(axes)) for axes in drawing.axes] == [2, 1, 1]
    assert [axes.get_xlabel() for axes in drawing.axes] == ["", "", "months"]
    assert [axes.get_title(loc="left") for axes in drawing.axes] == ["A woman of 65", "", ""]
    tops = [axes.get_position().y1 for axes in drawing.axes]
    assert tops == sorted(tops, reverse=True)
    assert len({axes.get_xlim() for axes in drawing.axes}) == 1
    high, low = (d.figure.get_figheight() for d in (drawing, run.plot("CTX")))
    assert high > low


@pytest.mark.parametrize("names", [(), ("CTX", "serum drug"), ("osteoclasts", "CTX"),
                                   ("RANKL", "occupancy", "clustered RANKL")])  # fmt: skip
def test_no_axis_says_value(run, names):
    for axes in run.plot(*names).axes:
        assert "value" not in axes.get_ylabel()
        assert axes.get_ylabel()


def test_series_without_a_unit_are_named_on_the_axis(run):
    assert ylabel(run, ("occupancy",)) == "RANK occupied by RANKL"
    assert ylabel(run, ("occupancy", "clustered RANKL")) == (
        "RANK occupied by RANKL, clustered RANKL"
    )
    assert ylabel(run, ("CTX", "RANKL")) == "CTX (% of start), RANKL (nM)"


@pytest.mark.parametrize(
    ("days", "unit", "end"),
    [(2, "hours", 48), (100, "days", 100), (730.5, "months", 24), (3652.5, "years", 10)],
)
def test_the_axis_of_time_follows_the_length(days, unit, end):
    time = np.linspace(0, days, 4)
    made = Run(kind="test", time=time, time_unit="day", units={}, series={"x": time})
    (axes,) = made.plot("x").axes
    assert axes.get_xlabel() == unit
    assert axes.get_xlim() == pytest.approx((0, end))
    assert curves(axes)[0].get_xdata()[-1] == pytest.approx(end)


@pytest.mark.parametrize(
    ("make", "first"),
    [
        (bl.forward.culture, ["osteoclast precursors", "osteoclasts"]),
        (bl.beyond_bone.fever, ["temperature"]),
        (lambda: bl.published.komarova2003(days=50), ["bone"]),
    ],
)
def test_without_names_a_run_shows_what_matters_most(make, first):
    made = make()
    assert [line.get_label() for axes in made.plot().axes for line in curves(axes)] == first


def test_any_other_run_shows_its_first_series():
    time = np.linspace(0, 9, 4)
    made = Run(kind="new", time=time, time_unit="day", units={"c": "nM"},
               series=dict.fromkeys("abcd", time))  # fmt: skip
    assert [line.get_label() for axes in made.plot().axes for line in curves(axes)] == list("abc")


def test_a_readers_own_axes_get_curves_labels_and_a_key(run):
    axes = Figure().add_subplot()
    assert run.plot("CTX", "P1NP", ax=axes) is axes
    assert [line.get_label() for line in axes.lines] == [
        "CTX (resorption marker)", "P1NP (formation marker)",
    ]  # fmt: skip
    assert axes.lines[0].get_xdata() == pytest.approx(run.time / MONTH)
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("months", "% of start")
    assert axes.get_title() == "A woman of 65"
    assert len(axes.get_legend().get_texts()) == 2
    lone = Figure().add_subplot()
    run.plot("CTX", ax=lone)
    assert lone.get_legend() is None


def test_a_series_that_is_not_there_is_refused(run):
    for plot in (run.plot, lambda name: bl.draw.against_trials(run, bl.trials["FREEDOM"], name)):
        with pytest.raises(BonelabError, match="osteoclat"):
            plot("osteoclat")


def test_the_words_are_the_runs_own(run):
    assert run.plot("CTX").alt == run.summary()


# -- beside trials -----------------------------------------------------------------------------
def marks(axes):
    return [line for line in axes.lines if line.get_linestyle() == "None"]


def test_the_means_of_a_trial_are_marks_beside_the_line_of_the_model():
    trial = bl.trials["DEFEND"]
    made = bl.simulate(trial.subject, trial.treatments, years=4)
    drawing = bl.draw.against_trials(made, [trial, bl.trials["FREEDOM"]], "CTX", "BMD hip")
    assert len(drawing.axes) == 2
    for axes, name in zip(drawing.axes, ("CTX", "BMD hip"), strict=True):
        model = axes.lines[0]
        assert model.get_ydata() == pytest.approx(made[name])
        assert model.get_marker() == ""
        for mark, held in zip(marks(axes), (trial, bl.trials["FREEDOM"]), strict=True):
            months, percent = held.points(name)
            assert mark.get_xdata() == pytest.approx(months)
            assert mark.get_ydata() == pytest.approx(percent)
            assert mark.get_markerfacecolor() == style.PAPER
        assert len({mark.get_marker() for mark in marks(axes)}) == 2
        words = [text.get_text() for text in axes.get_legend().get_texts()]
        illustrative = "" if trial.series[name].seen else " (illustrative)"
        freedom = "FREEDOM (other doses from month 24 on)"
        assert words == ["model", f"DEFEND{illustrative}", freedom]
    assert "published means of DEFEND" in drawing.alt
    assert f"{freedom}, BMD hip" in drawing.alt


def test_without_names_everything_a_trial_measured_is_shown(run):
    trial = bl.trials["FREEDOM"]
    drawing = bl.draw.against_trials(run, trial)
    held = dict.fromkeys(s.shown_with for s in trial.series.values() if s.shown_with in run)
    assert len(drawing.axes) == len(held)


def test_a_trial_and_a_run_without_anything_in_common_are_refused():
    with pytest.raises(BonelabError, match=r"should come from bl.simulate"):
        bl.draw.against_trials(bl.forward.culture(), bl.trials["FREEDOM"])


# -- in bands ----------------------------------------------------------------------------------
@pytest.fixture(scope=ONCE)
def bands():
    return bl.prediction_bands(bl.woman(72), bl.denosumab(doses=2), years=1)


def test_a_run_in_its_band_is_line_shade_and_marks(bands):
    drawing = bands.plot("CTX", "BMD hip", trials=bl.trials["FREEDOM"])
    for axes, name in zip(drawing.axes, ("CTX", "BMD hip"), strict=True):
        assert axes.lines[0].get_ydata() == pytest.approx(bands.run[name])
        (shade,) = axes.collections
        edge = shade.get_paths()[0].vertices[1:, :]
        band = bands.of(name)
        times = bands.run.time / MONTH
        for day in (30, 190):
            place = int(np.argmax(bands.run.time >= day))
            near = edge[np.isclose(edge[:, 0], times[place])][:, 1]
            assert near.min() == pytest.approx(band.low[place])
            assert near.max() == pytest.approx(band.high[place])
        (mark,) = marks(axes)
        assert mark.get_ydata() == pytest.approx(bl.trials["FREEDOM"].points(name)[1])
        words = [text.get_text() for text in axes.get_legend().get_texts()]
        assert words == ["model", "80% of new trials", "FREEDOM"]
    assert bands.summary() in drawing.alt
    assert "published means of FREEDOM, CTX; FREEDOM, BMD hip" in drawing.alt


def test_bands_are_drawn_without_trials_into_axes_and_with_all_that_a_trial_measured(bands):
    assert len(bands.plot().axes) == 2  # CTX and P1NP
    assert "published means" not in bands.plot().alt
    axes = Figure().add_subplot()
    assert bands.plot("P1NP", ax=axes) is axes
    assert len(axes.collections) == 1
    trial = bl.trials["FREEDOM"]
    held = dict.fromkeys(s.shown_with for s in trial.series.values() if s.shown_with in bands.run)
    assert len(bands.plot(trials=trial).axes) == len(held)
    with pytest.raises(BonelabError, match=r"bl\.trials"):
        bands.plot("CTX", trials="FREEDOM")
    with pytest.raises(BonelabError, match="osteoclat"):
        bands.plot("osteoclat")


# -- cohorts -----------------------------------------------------------------------------------
@pytest.fixture(scope=ONCE)
def cohort():
    return bl.cohort(n=20, seed=1).simulate([bl.denosumab("60 mg")], years=1)


def test_a_cohort_is_its_median_and_two_bands(cohort):
    (axes,) = cohort.plot("CTX").axes
    (median,) = curves(axes)
    table = cohort.quantiles("CTX")
    assert median.get_xdata() == pytest.approx(cohort.time / MONTH)
    assert median.get_ydata() == pytest.approx(table[0.5].to_numpy())
    wide, narrow = axes.collections
    for band, (low, high) in ((wide, (0.05, 0.95)), (narrow, (0.25, 0.75))):
        vertices = band.get_paths()[0].vertices[:, 1]
        assert vertices.min() == pytest.approx(table[low].min())
        assert vertices.max() == pytest.approx(table[high].max())
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("months", "CTX (% of start)")
    assert "Median" in axes.get_title(loc="left")
    own = Figure().add_subplot()
    assert cohort.plot("CTX", ax=own) is own
    assert (own.get_xlabel(), own.get_ylabel()) == ("months", "CTX (% of start)")
    assert len(own.collections) == 2


def test_a_cohort_of_two_series_names_both(cohort):
    names = cohort.names[:2]
    (axes,) = cohort.plot(*names).axes
    assert len(names_at_ends(axes)) == 2
    assert "value" not in axes.get_ylabel()
    assert len(axes.collections) == 4


# -- comparison --------------------------------------------------------------------------------
@pytest.fixture(scope=ONCE)
def comparison(run):
    return bl.compare({"denosumab": run, "no drug": bl.simulate(bl.woman(65), years=1, points=30)})


def test_runs_of_a_comparison_differ_in_dash_and_name(comparison, run):
    drawing = comparison.plot("CTX", "P1NP")
    for axes, name in zip(drawing.axes, ("CTX", "P1NP"), strict=True):
        one, other = curves(axes)
        assert one.get_ydata() == pytest.approx(run[name])
        assert (one.get_label(), other.get_label()) == ("denosumab", "no drug")
        assert (one.get_linestyle(), other.get_linestyle()) == ("-", "--")
        assert one.get_color() == other.get_color() == style.COLOUR[name]
        assert names_at_ends(axes) == ["denosumab", "no drug"]
        assert (axes.get_xlabel(), axes.get_ylabel()) == ("months", f"{name} (% of start)")
        assert other.get_xdata()[-1] == pytest.approx(12)  # months, on the axis of the longest
        assert axes.get_xlim() == pytest.approx((0, 24))
    assert drawing.alt == comparison.summary()


def test_a_comparison_shows_its_first_two_series_or_one_on_a_given_axes(comparison):
    assert len(comparison.plot().axes) == 2
    own = Figure().add_subplot()
    assert plot_comparison(comparison, ax=own) is own
    assert len(own.lines) == 2
    assert [text.get_text() for text in own.get_legend().get_texts()] == ["denosumab", "no drug"]
    assert own.get_xlabel() == "months"
    with pytest.raises(BonelabError, match="CTTX"):
        comparison.plot("CTTX")


def test_a_curve_without_a_name_has_none_at_its_end(monkeypatch):
    """Marks and bands beside a curve have labels that begin with an underline."""
    ends = []
    monkeypatch.setattr(plots.EndNames, "place", lambda names, here: ends.append(here))
    axes = Figure().add_subplot()
    axes.plot([0, 1], [5, 9], label="_a mark")
    axes.plot([0, 1], [1, 3], label="CTX")
    name_ends(axes, style.apart(["CTX"]))
    assert ends == [{"CTX": 3}]


def test_what_is_not_to_be_read_is_said_below_the_curve_itself():
    run = bl.simulate(bl.woman(65), bl.romosozumab(stop="6 months"), years=0.5)
    (words,) = run.notes_on("PTH")
    both = bl.compare({"one": run, "two": bl.simulate(bl.woman(65), years=0.5)})
    for drawing in (run.plot("PTH", "CTX"), both.plot("PTH"), both.plot("CTX", "PTH")):
        told = " ".join(axes.get_xlabel() for axes in drawing.axes)
        assert words in " ".join(told.split())
        assert words in drawing.alt
    for drawing in (run.plot("CTX"), both.plot("CTX")):
        assert "hormone" not in drawing.alt + drawing.axes[-1].get_xlabel()
    axes = Figure().subplots()
    assert words in " ".join(run.plot("PTH", ax=axes).get_xlabel().split())


def test_a_trial_of_other_doses_says_from_when_on():
    run = bl.simulate(bl.woman(65), bl.denosumab("60 mg", doses=8), years=4)
    trials = [bl.trials["DEFEND"], bl.trials["FREEDOM"]]
    (axes,) = bl.draw.against_trials(run, trials, "BMD hip").axes
    (defend, freedom) = [text.get_text() for text in axes.get_legend().get_texts()[1:]]
    assert defend == "DEFEND (illustrative; other doses from month 24 on)"
    assert freedom == "FREEDOM"
    bare = bl.simulate(bl.woman(65), years=4)
    drawing = bl.draw.against_trials(bare, trials, "BMD hip")
    assert "FREEDOM (other doses), BMD hip" in drawing.alt
