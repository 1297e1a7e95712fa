"""bonelab beside the published models: the same experiments, the same signs, one picture."""

import re
from pathlib import Path

import numpy as np
import pytest

import bonelab as bl
from bonelab.biology.published import lemaire2004_equations as lemaire
from bonelab.figures.model_comparison import PANELS, looks, model_comparison
from bonelab.figures.paper import new_figure

# Lemaire's figure 2 in bonelab's own tissue: half of the daily loss added or taken away
UP = {
    "add B": {"osteoblasts": 0.5},
    "add C": {"osteoclasts": 0.5},
    "add R": {"preosteoblasts": 0.5},
    "continuous PTH": {"regulator": "PTH"},
    "RANKL": {"rankl": "0.2 nM"},
}
DOWN = {
    "remove B": {"osteoblasts": -0.5},
    "remove C": {"osteoclasts": -0.5},
    "remove R": {"preosteoblasts": -0.5},
    "OPG": {"opg": 3.0},
}


@pytest.mark.parametrize("name", [*UP, *DOWN])
def test_PEERS_bonelab_changes_as_lemaire_figure_2(claim, name):
    ours = bl.peers.inject(**(UP | DOWN)[name])
    theirs = bl.published.lemaire2004(**bl.published.experiments()[name])
    for series in ("osteoblasts", "osteoclasts"):
        signs = [np.sign(run.at(80, series) / run[series][0] - 1) for run in (ours, theirs)]
        assert signs[0] == signs[1] == (1 if name in UP else -1), (name, series)
        change = ours.at(80, series) / ours[series][0] - 1
        band = {"above": 0} if name in UP else {"below": 0}
        claim("PEERS", f"change of {series} after 60 days of: {name}", change, **band)
    assert ours.at(80, "pre-osteoblasts") > (0.98 if name in UP else 0)


def test_healthy_models_rest_until_the_injection_and_return_after_it():
    for name, run in bl.peers.same_injection("osteoclasts", days=900).items():
        osteoclasts = run["osteoclasts"] / run["osteoclasts"][0]
        assert np.allclose(osteoclasts[run.time <= 20], 1, rtol=1e-5), name
        assert osteoclasts.max() > 1.15, name
        assert osteoclasts[-1] == pytest.approx(1, abs=0.02), name
        osteoblasts = run["osteoblasts"] / run["osteoblasts"][0]
        assert osteoblasts.max() > 1.05, name  # every model couples formation to resorption
        assert osteoblasts.argmax() >= osteoclasts.argmax(), name


def test_the_injection_is_the_same_share_of_each_models_own_turnover():
    loss = bl.peers.daily_loss()
    lemaire = bl.published.lemaire2004(C=-0.999 * loss["Lemaire 2004"], start=0, stop=0.1, days=0.1)
    fall = 1 - lemaire.final["osteoclasts"] / lemaire["osteoclasts"][0]
    assert fall == pytest.approx(0.1 * loss["Lemaire 2004"] / lemaire["osteoclasts"][0], rel=0.02)
    assert loss["Komarova 2003"] == pytest.approx(0.2 * 1.06066, rel=1e-4)


def test_an_injection_of_nothing_is_nothing():
    run = bl.peers.inject()
    for series in ("osteoclasts", "osteoblasts", "bone volume spine"):
        np.testing.assert_allclose(run[series], 1, atol=1e-5)
    for peer in bl.peers.same_injection(strength=0).values():
        np.testing.assert_allclose(peer["osteoclasts"], peer["osteoclasts"][0], rtol=1e-5)


def test_one_picture_of_all_of_them():
    runs = bl.peers.same_injection("osteoclasts")
    assert list(runs) == ["Lemaire 2004", "Komarova 2003", "Pivonka 2008", "bonelab"]
    drawing = model_comparison(runs, injection=(20, 80))
    assert [ax.get_title(loc="left") for ax in drawing.axes] == list(PANELS)
    for name in runs:
        assert name in drawing.alt
    assert "no bone in the model" in drawing.alt
    for ax in drawing.axes:
        seen = looks(runs, ax.get_title(loc="left"))
        assert len({look.dash for look in seen.values()}) == len(seen)  # told apart without colour
        assert not any(line.get_marker().strip("None") for line in ax.lines)  # marks are data
    assert drawing.png().startswith(b"\x89PNG")
    axes = new_figure(9, 3).subplots(1, 3)
    assert model_comparison(bl.peers.same_injection("PTH"), axes) is axes


DOCS = (Path(__file__).parents[1] / "docs" / "published-models.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["Lemaire 2004", "Komarova 2003", "Pivonka 2008", "bonelab"])
def test_the_table_in_the_docs_is_what_the_runs_give(name):
    run = bl.peers.same_injection("osteoclasts")[name]
    cells = re.search(rf"^\| {name} \| (.*) \|$", DOCS, re.M)[1].split(" | ")
    bone = next((series for series in PANELS["Bone"][0] if series in run), None)
    for series, told in zip(("osteoclasts", "osteoblasts", bone), cells, strict=True):
        if series is None:
            assert told == "not in the model"
            continue
        percent = 100 * run[series] / run[series][0]
        furthest = np.argmax(np.abs(percent - 100))
        value, _, day = told.partition(" % on day ")
        digits = len(value.partition(".")[2])
        if day:
            assert (value, day) == (f"{percent[furthest]:.{digits}f}", f"{run.time[furthest]:.0f}")
        else:
            assert told == "100 % (its bone hardly moves)"
            assert np.abs(percent - 100).max() < 0.05


def test_what_the_docs_say_of_more_osteoblasts():
    assert "adding osteoblasts moves our pre-osteoblasts by less than 1 %" in DOCS
    series = bl.peers.inject(osteoblasts=0.5)["pre-osteoblasts"]
    assert 0 < np.abs(series / series[0] - 1).max() < 0.01


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: bl.peers.same_injection("bone"), "what = 'bone'"),
        (lambda: bl.peers.same_injection(strength=2), "strength = 2"),
        (lambda: bl.peers.inject(osteoclasts=-2), "osteoclasts = -2"),
        (lambda: bl.peers.inject(regulator="IL-12"), "regulator = 'IL-12'"),
        (lambda: bl.peers.inject(start=90, stop=80), "stop = 80"),
        (lambda: bl.peers.inject(opg=-1), "opg = -1"),
    ],
)
def test_errors_name_the_argument_and_the_value(call, words):
    with pytest.raises(bl.BonelabError, match=words):
        call()


def test_at_rest_as_many_osteoclasts_are_lost_as_are_made():
    """So the daily loss is the making of each model: Lemaire D_C pi_L, Pivonka D_OCp L/(L + K_D8)
    with 0.55223 pM of free RANKL."""
    loss = bl.peers.daily_loss()
    p, q = (bl.parameters.load(f"published_{name}") for name in ("lemaire2004", "pivonka2008"))
    k, (R, B, _) = lemaire.constants(p), lemaire.steady_state(p)
    made = k.D_C * k.ligand * B / (k.unbound + k.decoy * R)
    assert loss["Lemaire 2004"] == pytest.approx(made, rel=1e-9)
    assert loss["Pivonka 2008"] == pytest.approx(
        q.D_OCp * 0.5522348 / (0.5522348 + q.K_D8), rel=1e-6
    )
    assert loss["bonelab"] == bl.parameters.load("tissue").team_loss


@pytest.mark.parametrize(
    ("cells", "rate"),
    [
        ("osteoclasts", "team_loss"),
        ("osteoblasts", "osteoblast_rate"),
        ("preosteoblasts", "preosteoblast_rate"),
    ],
)
def test_half_of_the_daily_loss_is_added_every_day(cells, rate):
    run = bl.peers.inject(**{cells: 0.5}, start=20, stop=80)
    series = cells.replace("preo", "pre-o")
    added = run.at(21, series) - run.at(20, series)
    assert added == pytest.approx(0.5 * getattr(bl.parameters.load("tissue"), rate), rel=0.05)
    assert run.subject == "a healthy woman before menopause"
    assert run.treatment == f"more {series} from day 20 to 80"


def test_PTH_is_a_thousand_picomolar_a_day_at_full_strength():
    runs = bl.peers.same_injection("PTH", 0.5, start=10, stop=30, days=50)
    assert {name: run.treatment for name, run in runs.items()} == {
        "Lemaire 2004": "500 pM/day PTH added from day 10 to 30",
        "Pivonka 2008": "500 pM/day PTH added from day 10 to 30",
        "bonelab": "PTH from day 10 to 30",
    }
    same = bl.published.lemaire2004(pth=500, start=10, stop=30, days=50)
    assert np.array_equal(runs["Lemaire 2004"]["osteoclasts"], same["osteoclasts"])


def test_what_was_injected_in_words():
    assert bl.peers.inject(days=90).treatment == "nothing from day 20 to 80"
    both = bl.peers.inject(rankl=0.1, opg=0.5, osteoblasts=-0.1, days=90).treatment
    assert both == "less osteoblasts and more RANKL and less OPG from day 20 to 80"
