"""Drawings for the text of lessons: shown in notebooks, saved and shown from plain scripts."""

import io
import os
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pictures import ONCE
from PIL import Image

import bonelab as bl
from bonelab import BonelabError
from bonelab.figures import drawing as drawings
from bonelab.figures.drawing import Drawing

ROOT = Path(__file__).parents[1]
HEAD = {"png": b"\x89PNG", "pdf": b"%PDF", "svg": b"<?xml"}


@pytest.fixture(scope=ONCE)
def run():
    return bl.forward.culture()


@pytest.fixture(scope=ONCE)
def drawing(run):
    return run.plot("osteoclasts")


def script(lines, tmp_path, **environment):
    """Run a plain script in which every warning is an error, without a screen."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "MPLBACKEND")
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    # Below 3.10 matplotlib itself calls what the newest pyparsing has renamed.
    old = ("matplotlib._fontconfig_pattern", "matplotlib._mathtext")
    strict = ",".join(["error::UserWarning", *(f"ignore::UserWarning:{name}" for name in old)])
    env |= {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": strict} | environment
    return subprocess.run(
        [sys.executable, "-c", lines], cwd=tmp_path, env=env, capture_output=True, text=True
    )


def test_a_plain_script_saves_and_shows_without_a_screen(tmp_path):
    done = script(
        "import bonelab as bl\n"
        "run = bl.forward.culture(days=2)\n"
        "drawing = run.plot('osteoclasts')\n"
        "for name in ('dish.png', 'dish.pdf', 'dish.svg'):\n"
        "    print(drawing.save(name))\n"
        "drawing.show()\n"
        "drawing.close()\n"
        "for _ in range(30):\n"
        "    run.plot()\n",
        tmp_path,
    )
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[:3] == ["dish.png", "dish.pdf", "dish.svg"]
    assert lines[3].startswith("After 2 days")
    assert '.save("picture.png")' in lines[4]
    for name in lines[:3]:
        assert (tmp_path / name).read_bytes().startswith(HEAD[name[-3:]]), name


@pytest.mark.parametrize("kind", drawings.FORMATS)
def test_the_words_of_a_picture_go_into_its_file(drawing, tmp_path, kind):
    path = drawing.save(tmp_path / f"picture.{kind.upper()}")
    assert path.name == f"picture.{kind.upper()}"
    content = path.read_bytes()
    if kind == "png":
        image = Image.open(io.BytesIO(content))
        assert image.text["Description"] == drawing.alt
        assert "Creator" not in image.text
        assert image.size == (825, 462)  # 7.5 by 4.2 inches of 110 dots
        assert image.getpixel((1, 1)) == (255, 255, 255, 255)
    elif kind == "svg":
        assert drawing.alt.split("%")[0].encode() in content
        assert b"bonelab" in content, "made by"


@pytest.mark.parametrize("name", ["picture.gif", "picture", "png"])
def test_another_ending_is_refused_with_those_there_are(drawing, tmp_path, name):
    with pytest.raises(BonelabError, match=r"\.png, \.pdf or \.svg"):
        drawing.save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_notebook_shows_the_picture_with_its_words(drawing, monkeypatch):
    bundle = drawing._repr_mimebundle_()
    assert bundle["text/plain"] == drawing.alt == repr(drawing)
    assert 'src="data:image/png;base64,' in bundle["text/html"]
    assert f'alt="{drawing.alt}"' in bundle["text/html"]
    assert bundle["text/html"].endswith('" style="max-width:100%;background:#fff">')
    shown = []
    monkeypatch.setattr(drawings, "_in_notebook", lambda: True)
    monkeypatch.setattr("IPython.display.display", shown.append)
    drawing.show()
    assert shown == [drawing]


def test_words_are_escaped_in_the_page():
    drawing = Drawing(bl.draw.who_is_who().figure, 'a < b & "c"')
    assert 'alt="a &lt; b &amp; &quot;c&quot;"' in drawing._repr_mimebundle_()["text/html"]


def test_where_there_is_a_screen_the_viewer_opens_the_picture(drawing, monkeypatch, capsys):
    opened = []
    monkeypatch.setattr(drawings, "_in_notebook", lambda: False)
    monkeypatch.setattr(drawings, "_has_screen", lambda: True)
    monkeypatch.setattr("PIL.ImageShow.show", lambda image: opened.append(image) or True)
    drawing.show()
    assert [image.size for image in opened] == [(825, 462)]
    assert capsys.readouterr().out == ""
    monkeypatch.setattr("PIL.ImageShow.show", lambda image: False)  # no viewer on this computer
    drawing.show()
    assert drawing.alt in capsys.readouterr().out


@pytest.mark.parametrize(
    ("platform", "environment", "screen"),
    [("linux", {}, False), ("linux", {"DISPLAY": ":0"}, True),
     ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True), ("win32", {}, True), ("darwin", {}, True)],
)  # fmt: skip
def test_a_screen_is_looked_for(platform, environment, screen, monkeypatch):
    monkeypatch.setattr(sys, "platform", platform)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert drawings._has_screen() == screen


def test_a_drawing_can_be_sent_to_another_process(drawing):
    other = pickle.loads(pickle.dumps(drawing))
    assert other.alt == drawing.alt
    assert other.png() == drawing.png()


def test_a_closed_drawing_holds_nothing(run):
    drawing = run.plot()
    drawing.close()
    assert drawing.axes == []


def test_a_blank_drawing_has_axes_and_tells_nothing(run):
    drawing = run.plot("osteoclasts", "precursors")
    blank = drawing.blank()
    assert blank.axes[0].get_ylabel() == drawing.axes[0].get_ylabel()
    assert not any(line.get_visible() for line in blank.axes[0].lines)
    assert not any(patch.get_visible() for patch in blank.axes[0].patches)
    assert all(line.get_visible() for line in drawing.axes[0].lines), "the first is as it was"
    assert blank.alt.startswith("A picture that is empty until you have answered.")
    assert "against days" in blank.alt
    assert not any(character.isdigit() for character in blank.alt)
    assert blank.png() != drawing.png()


def test_a_blank_drawing_has_no_key_either():
    drawing = bl.draw.against_trials(
        bl.simulate(bl.woman(65), [bl.denosumab("60 mg")], years=1), bl.trials["FREEDOM"], "CTX"
    )
    assert drawing.axes[0].get_legend() is not None
    assert drawing.blank().axes[0].get_legend() is None


# -- what each of them shows -------------------------------------------------------------------
def test_who_is_who_names_everybody():
    assert "osteoclast, precursor, pre-osteoblast" in bl.draw.who_is_who().alt


def test_models_are_drawn_together_with_the_days_of_their_injection_shaded():
    runs = bl.peers.same_injection("osteoclasts", start=30, stop=60, days=120)
    drawing = bl.draw.models(runs)
    assert [axes.get_title(loc="left") for axes in drawing.axes] == [
        "Osteoclasts", "Osteoblasts", "Bone",
    ]  # fmt: skip
    (shade,) = [patch for patch in drawing.axes[0].patches if not patch.get_gid()]
    box = shade.get_path().get_extents(shade.get_patch_transform())
    assert drawing.axes[0].get_xlabel() == ""
    per_unit = drawing.axes[0].get_xlim()[1] / 120
    assert (box.x0, box.x1) == pytest.approx((30 * per_unit, 60 * per_unit))
    highest = 100 * max(runs["bonelab"]["osteoclasts"]) / runs["bonelab"]["osteoclasts"][0]
    assert f"bonelab: osteoclasts {highest:.3g}%" in drawing.alt
    with pytest.raises(bl.BonelabError, match=r"bl.peers.same_injection\(...\)"):
        bl.draw.models({"a": bl.forward.culture(days=1, points=3)})


def test_the_unit_of_a_run_is_that_of_its_end_or_of_a_time():
    run = bl.simulate(bl.woman(30).with_(RANKL=2), years=1)
    end = bl.draw.remodelling_unit(run).alt
    assert f"resorption ×{run.final['resorption']:.1f}" in end
    week = bl.draw.remodelling_unit(run, time="1 week").alt
    assert f"osteoclasts ×{run.at('1 week', 'osteoclasts'):.1f}" in week
    assert "osteoclasts ×1.0, resorption ×1.0" in bl.draw.remodelling_unit().alt
    share = bl.parameters.load("tissue").reverse_share
    told = f"{share:.2f} through vesicles (reverse), {1 - share:.2f} through the matrix"
    assert told in bl.draw.remodelling_unit().alt
    assert "osteoclasts ×3.0" in bl.draw.remodelling_unit(run, osteoclasts=3.0).alt


def test_the_forward_pathway_is_filled_from_the_run(run):
    here = run.at("2 h")
    words = bl.draw.forward_pathway(run, time="2 h").alt
    assert f"RANK is {100 * here['occupancy']:.0f}% occupied" in words
    assert f"TRAF6 {100 * here['TRAF6']:.0f}%" in words
    for name in ("NF-kB", "JNK", "Akt"):
        assert f"{name} {100 * min(here[name] / 0.5, 1):.0f}%" in words
    end = bl.draw.forward_pathway(run, blocked=("Akt",)).alt
    level = f"{100 * min(run.final['NFATc1'] / 4, 1):.0f}%"
    assert f"NFATc1 {level}, fusion {level}" in end
    assert f"activation {100 * min(run.final['resorption per osteoclast'] / 0.35, 1):.0f}%" in end
    assert f"survival {100 * min(run.final['half-life'] / 8.7, 1):.0f}%" in end
    assert "Blocked: Akt." in end
    assert "TRAF6 0%" in bl.draw.forward_pathway().alt


def test_the_reverse_pathway_is_filled_from_the_run():
    run = bl.reverse.culture()
    words = bl.draw.reverse_pathway(run, time="2 h", rapamycin=20, tail=0.02, blocked=("PI3K",)).alt
    here = run.at("2 h")
    assert f"{100 * here['clustered RANKL']:.0f}% of RANKL in clusters" in words
    assert f"Src-family kinase {100 * here['Src-family kinase']:.0f}%" in words
    assert "with rapamycin on mTORC1 with a P29A tail" in words
    assert "Blocked: PI3K." in words
    end = bl.draw.reverse_pathway(run).alt
    assert f"Runx2 {100 * run.final['Runx2'] / 2.6:.0f}%" in end
    assert f"Col1a1 {100 * run.final['Col1a1'] / 4:.0f}%" in end
    assert f"Sp7 {100 * run.final['Sp7'] / 2.6:.0f}%" in end
    assert "PI3K 0%" in bl.draw.reverse_pathway().alt


def test_what_a_drawing_says_is_what_it_draws(run):
    words = {patch.get_gid() for patch in bl.draw.dish(run).axes[0].patches if patch.get_visible()}
    assert f"{150 * run.final['precursors']:.0f} precursors" in words
    unit = bl.draw.remodelling_unit(osteoclasts=0.4).axes[0].patches
    assert "×0.4" in {patch.get_gid() for patch in unit if patch.get_visible()}


def test_the_dish_of_a_run_is_that_of_its_end(run):
    words = bl.draw.dish(run).alt
    assert f"{150 * run.final['osteoclasts']:.0f} osteoclasts" in words
    assert f"pit area is {1000 * run.final['pits']:.0f} " in words


def test_a_mixture_is_drawn_molecule_by_molecule():
    mixture = bl.binding.competition(antibody=0.1)
    words = bl.draw.who_holds_rankl(mixture).alt
    assert "100 RANKL, 200 OPG" in words
    assert "50 antibodies" in words
    more = bl.binding.competition(rank=0.04)
    assert "20 RANK on cells" in bl.draw.who_holds_rankl(more).alt


def test_the_immune_response_is_that_of_its_time():
    run = bl.beyond_bone.immunity()
    day = run.at(10)
    words = bl.draw.immune_response(run, time=10).alt
    assert f"{day['dendritic cells']:.1f} times as many" in words
    assert f"T cells at {100 * day['T cells']:.0f}%" in words
    assert f"T cells at {100 * run.final['T cells']:.0f}%" in bl.draw.immune_response(run).alt


def test_a_curve_tells_its_ends_and_its_top():
    drawing = bl.draw.curve([1, 2, 4], [0.5, 3, 1], xlabel="dose (nM)", ylabel="share", title="T",
                            name="OPG")  # fmt: skip
    assert drawing.alt == (
        "Curve of share against dose (nM): from 0.5 at 1 to 1 at 4; highest 3 at 2."
    )
    (axes,) = drawing.axes
    (line,) = axes.lines
    assert (list(line.get_xdata()), list(line.get_ydata())) == ([1, 2, 4], [0.5, 3, 1])
    assert axes.get_xscale() == "linear"
    assert axes.get_title(loc="left") == "T"
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("dose (nM)", "share")
    assert line.get_color() == "#005E46"
    small = bl.draw.curve([0, 1], [1e-9, 2], xlabel="x", ylabel="y").alt
    assert "from 0 at 0 to 2 at 1" in small
    large = bl.draw.curve([0, 11], [0, 7431], xlabel="x", ylabel="y").alt
    assert "to 7,430 at 11" in large


def test_a_curve_stands_on_a_linear_and_a_logarithmic_axis_side_by_side():
    x = np.geomspace(0.01, 100, 9)
    drawing = bl.draw.curve(x, 1 / (1 + x), xlabel="dose", ylabel="share", log="both")
    assert [axes.get_xscale() for axes in drawing.axes] == ["linear", "log"]
    assert [axes.get_title(loc="left") for axes in drawing.axes] == [
        "Linear axis", "Logarithmic axis",
    ]  # fmt: skip
    for axes in drawing.axes:
        assert list(axes.lines[0].get_ydata()) == list(1 / (1 + x))
    left, right = (axes.get_position() for axes in drawing.axes)
    assert left.x1 < right.x0
    (single,) = bl.draw.curve(x, x, xlabel="dose", ylabel="share", log=True).axes
    assert single.get_xscale() == "log"
