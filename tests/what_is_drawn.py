"""All that is drawn and said by the room of figures, picture by picture, as lines of text.

``STATES`` gives for each name what tells its states: ``(state, lines)``, the first of them in full.
"""

from collections import namedtuple

import numpy as np
from matplotlib.figure import Figure
from pictures import cache, drawn
from recorder import record
from test_figures_scenes import VALUES
from what_is_said import TABLES, woman

import bonelab as bl
from bonelab.figures import glyph_key
from bonelab.figures.contest_map import contest_map
from bonelab.figures.curve_marks import EndNames, Guess, Shade
from bonelab.figures.model_comparison import model_comparison
from bonelab.figures.paper import (
    button,
    dress,
    legend,
    new_figure,
    rule,
    stroke,
    tag,
    write,
)
from bonelab.figures.person import draw_person
from bonelab.figures.shapes import Flow, Stamp, paint
from bonelab.figures.style import apart, line, points

BEYOND = ("brain", "artery", "breast", "calcium")  # places of the lab "elsewhere" after its first
LABS = (*bl.labs.LABS, *BEYOND)
SLOW = ("virtual_trial",)  # its other setting would take seconds


def ranges(figure):
    """Size of a figure; title, labels, scales and ranges of its axes."""
    across, up = figure.get_size_inches()
    yield f"figure {across:g} by {up:g} inches of {figure.dpi:g} dots"
    for axes in figure.axes:
        if axes.axison:
            title = axes.get_title(loc="left") or axes.get_title()
            said = "; ".join((title, axes.get_xlabel(), axes.get_ylabel()))
            left, right, foot, top = (f"{end:.3g}" for end in (*axes.get_xlim(), *axes.get_ylim()))
            x = f"{axes.get_xscale()} {left} to {right}"
            yield f"axes {said} | x {x}, y {axes.get_yscale()} {foot} to {top}"


def everything(figure):
    drawn_lines = record(figure)  # first: it settles the ranges
    return [*ranges(figure), *drawn_lines]


# -- labs ----------------------------------------------------------------------------------------
@cache
def lab_of(name):
    """A lab by its name, or one place beyond bone; it is made once for all tests."""
    made = bl.labs.elsewhere(name) if name in BEYOND else getattr(bl.labs, name)()
    made.picture.update(made.set(**made.defaults).seen)
    return made


def elsewhere_on(control):
    """Another value of a control: the last of a list, on, or three fifths of the way along."""
    if control.kind != "slider":
        return list(control.options.values())[-1] if control.kind == "choice" else True
    left, right = (control.position(end) for end in (control.lowest, control.high))
    return control.tidy(left + 0.6 * (right - left))


def clickable(picture):
    """What can be clicked, in pixels from the upper left corner: left, top, width and height."""
    across, down = picture.pixels
    for id, (name, box) in picture.regions.items():
        numbers = np.multiply(box, (across, down, across, down))
        yield f"click {id}: {name} | " + ",".join(f"{number:.1f}" for number in numbers)


def shown(picture, result):
    """All lines of a lab's picture."""
    return [f"says {picture.alt(result)}", *clickable(picture), *everything(picture.figure)]


def lab_states(name):
    """A lab at its start; with every control moved; and with the start kept and a guess."""
    made = lab_of(name)
    picture, start = made.picture, made.set(**made.defaults).seen
    picture.update(start)
    yield "start", shown(picture, start)
    result, free = start, made.controls.items()
    if name not in SLOW:
        paid = "switch" if name == "mystery_patient" else None  # her tests stay paid
        result = made.set(
            **{key: elsewhere_on(control) for key, control in free if control.kind != paid}
        ).seen
        picture.update(result)
        yield "moved", shown(picture, result)
    picture.ghost(start)
    panels = getattr(picture, "line_panels", ())
    if panels:
        picture.guess(np.mean(panels[0].axes.get_ylim()))
    picture.update(result)
    yield "start kept, and a guess", shown(picture, result)
    picture.guess(None)
    picture.update(start)
    yield "empty until it is answered", [picture.blank().words(start)]
    picture.reveal()


# -- drawings ------------------------------------------------------------------------------------
@cache
def dish():
    return bl.forward.culture()


@cache
def well():
    return bl.reverse.culture(points=60)


@cache
def peers():
    return bl.peers.same_injection(days=100)


@cache
def cohort():
    return bl.cohort(n=4, seed=1).simulate([], years=1)


def on_given_axes(draw, many=None):
    """What somebody draws on axes of her own."""

    def drawing():
        axes = Figure((6, 4), dpi=100).subplots(many or 1)
        draw(axes)
        return np.ravel(axes)[0].figure

    return drawing


Entry = namedtuple("Entry", "dose P1NP")
TRIALS = [bl.trials["FREEDOM"], bl.trials["DEFEND"]]
DRAWINGS = {
    "a run": lambda: woman().plot("CTX", "P1NP", "osteoclasts"),
    "a run, its first series": lambda: woman().plot(),
    "a run, empty until it is answered": lambda: woman().plot("CTX", "P1NP").blank(),
    "trials, empty until it is answered": lambda: bl.draw.against_trials(woman(), TRIALS).blank(),
    "a run on given axes": on_given_axes(lambda axes: woman().plot("CTX", "P1NP", ax=axes)),
    "two runs": lambda: bl.compare({"a": woman(), "longer name": woman(RANKL=2)}).plot(),
    "two runs on given axes": on_given_axes(
        lambda axes: bl.compare({"a": woman(), "b": woman(RANKL=2)}).plot("BMD hip", ax=axes)),
    "a cohort": lambda: cohort().plot(),
    "a cohort on given axes": on_given_axes(lambda axes: cohort().plot(ax=axes)),
    "models": lambda: bl.draw.models(peers()),
    "models on given axes": on_given_axes(
        lambda axes: model_comparison(peers(), axes, (20, 80)), 3),
    "trials": lambda: bl.draw.against_trials(woman(), TRIALS),
    "a curve": lambda: bl.draw.curve([1, 2], [3, 4], xlabel="x", ylabel="y", log="both"),
    "a curve of OPG": lambda: bl.draw.curve([1, 2, 9], [3, 4, 1e-6], xlabel="x", ylabel="y",
                                            title="A title", log=True, name="OPG"),
    "a blot": lambda: bl.draw.western_blot(
        bl.reverse.western_blot({"now": well(), "again": well()})),
    "the unit": lambda: bl.draw.remodelling_unit(),
    "the unit of a run": lambda: bl.draw.remodelling_unit(woman(), "1 month", osteocytes=0.4),
    "forward": lambda: bl.draw.forward_pathway(dish(), blocked=("JNK",)),
    "forward after two hours": lambda: bl.draw.forward_pathway(dish(), "2 h"),
    "forward without a run": lambda: bl.draw.forward_pathway(blocked=("RANK",)),
    "reverse": lambda: bl.draw.reverse_pathway(well(), rapamycin=20, blocked=("PI3K",)),
    "reverse after two hours": lambda: bl.draw.reverse_pathway(well(), "2 h", tail=0.02),
    "reverse without a run": lambda: bl.draw.reverse_pathway(rapamycin=1, tail=0.4),
    "a dish": lambda: bl.draw.dish(dish()),
    "a mixture": lambda: bl.draw.who_holds_rankl(bl.binding.competition(rank=0.04, antibody=0.1)),
    "clusters": lambda: bl.draw.clusters(bl.binding.crosslinking(0.1, 10), tail=0.3),
    "clusters of an antibody": lambda: bl.draw.clusters(
        bl.binding.crosslinking(1.0, 3, 0.01), "trimerised antibody"),
    "an immune response": lambda: bl.draw.immune_response(bl.beyond_bone.immunity(rank=0.5)),
    "an immune response on day 10": lambda: bl.draw.immune_response(
        bl.beyond_bone.immunity(), 10),
    "the cast": lambda: bl.draw.who_is_who(),
    "a contest": lambda: contest_map([Entry(30, 80), Entry(30, 83), Entry(3, 60)]),
    "an empty contest": lambda: contest_map([]),
}  # fmt: skip


def drawing_states(name):
    drawing = DRAWINGS[name]()
    said = [f"says {drawing.alt}"] if hasattr(drawing, "alt") else []
    yield "as it is", said + everything(getattr(drawing, "figure", drawing))


# -- scenes --------------------------------------------------------------------------------------
SCENES = {scene.__name__: scene for scene in VALUES}


def scene_states(name):
    """A scene as it is without any values, then with each of those that it is tried with."""
    scene = SCENES[name]
    picture, figure = drawn(scene)
    for place, values in enumerate([{}, *VALUES[scene]]):
        picture.update(**values)
        yield f"{place}: {values}" if values else "by default", [
            f"says {picture.alt(**values)}", *everything(figure)
        ]  # fmt: skip


# -- what pictures are made of -------------------------------------------------------------------
def curves():
    """Lines, words, keys and marks, on usual axes and on logarithmic ones."""
    figure = new_figure(8, 5)
    (left, right), below = figure.subplots(2, 2)
    dress(left, "Usual", "across (nM)", "up (%)", xlim=(0, 10), ylim=(0, 5))
    dress(right, xscale="log", yscale="log", xlim=(1e-6, 1e3), ylim=(1, 100))
    stroke(left, [0, 5, 10], [0, 4, 5], label="a line")
    stroke(left, [0, 5, 10], [1, 2, 3], **line("osteoblasts", linewidth=1.5))
    left.plot([2, 6], [2, 3], **points("CTX", label="marks"))
    rule(left, x=3)
    rule(left, y=2, color="#999999")
    write(left, 1, 4, "words")
    tag(left, "at a point", (5, 4), (6, -12))
    legend(left)
    stroke(right, [1e-5, 1, 100], [2, 30, 80], linestyle=(0, (4, 1.3)))
    shade = Shade(right, "#D55E00")
    shade.show([1e-5, 100], [2, 3], [4, 50])
    looks = apart(["osteoclasts", "resorption", "unheard of"])
    ends = EndNames(right, looks, {name: look.label for name, look in looks.items()})
    flows, glyphs = below
    for axes in below:
        axes.set(xlim=(0, 100), ylim=(0, 100))
        axes.axis("off")
    Flow(flows, [(10, 80), (90, 80)], "#0000FF", 6).show(1.5)
    Flow(flows, [(10, 50), (50, 70), (90, 50)], "#0000FF", 6, outline=False).show(9.0)
    Flow(flows, [(10, 20), (90, 20)], "#0000FF", 6).show(0.5)
    glyph, *_ = glyph_key.CAST["RANKL, soluble"]
    Stamp(glyphs, glyph(8), [(20, 20), (50, 20)])
    paint(glyphs, glyph(8), 20, 60)
    paint(glyphs, glyph(8), 60, 60, 2, 45, zorder=1)
    button(figure, (0.6, 0.1, 0.2, 0.1), "A button")
    legend(figure, handles=left.lines[:1], labels=["of the figure"], loc="outside lower center")
    ends.place({"osteoclasts": 40, "resorption": 41, "unheard of": 2})
    guess = Guess(left, left.lines[:2])
    figure.draw_without_rendering()
    guess.show(2.5)
    return figure


def people():
    figure = new_figure(8, 2, layout="none", dpi=100)
    for look, axes in enumerate(figure.subplots(1, 4)):
        draw_person(axes, look)
    return figure


def glyphs():
    """All glyphs of the cast without a word of how large, and poses of what holds RANKL."""
    figure = new_figure(8, 3, layout="none", dpi=100)
    axes = figure.add_axes([0, 0, 1, 1])
    axes.set(xlim=(0, 80), ylim=(0, 30))
    for place, (glyph, across, *_) in enumerate(glyph_key.CAST.values()):
        paint(axes, glyph(), 5 + 10 * (place % 8), 8 + 14 * (place // 8), 9 / across)
    return figure


PARTS = {"curves": curves, "people": people, "glyphs": glyphs}


def part_states(name):
    yield "as it is", everything(PARTS[name]())


def table_states(name):
    yield "as it is", list(TABLES[name]())


STATES = (
    dict.fromkeys(LABS, lab_states)
    | dict.fromkeys(DRAWINGS, drawing_states)
    | dict.fromkeys(SCENES, scene_states)
    | dict.fromkeys(PARTS, part_states)
    | dict.fromkeys(TABLES, table_states)
)
