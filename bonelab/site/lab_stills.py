"""A lab without Python: its main control, and a second where it helps, at positions computed now.

Everything a reader can reach is a picture, its text alternative and its sentence; the page's
script only chooses which of them stands there.
"""

from bonelab.course.asking.bank import lab_words
from bonelab.parameters import write

from .question_forms import prediction_form
from .templates import fill

POSITIONS = 9  # of a slider that is computed fast
FEW = 5  # where one run takes seconds
MOST_OPTIONS = 3  # of a second control


def lab_html(lab, pictures) -> str:
    """The lab as HTML: question, control, picture, sentence; three settings for paper."""
    lab.skip().reset()
    controls = chosen_controls(lab)
    stops = [stops_of(control, lab.slow) for control in controls]
    frames, start = [], 0
    for first in stops[0]:
        for second in stops[1] if len(stops) > 1 else [None]:
            setting = {controls[0].name: first}
            if second is not None or len(stops) > 1:
                setting[controls[1].name] = second
            lab.reset()
            lab.set(**setting)
            frames.append(
                {
                    "src": pictures.add(lab.png()),
                    "alt": lab.alt,
                    "text": lab.text,
                    "setting": in_words(controls, setting),
                }
            )
            if all(lab.defaults[name] == value for name, value in setting.items()):
                start = len(frames) - 1
    sliders = [
        {
            "id": f"{lab.name}-{control.name}",
            "words": control.words,
            "values": [value_in_words(control, value) for value in values],
            "at": nearest(values, lab.defaults[control.name]),
            "list": control.kind != "slider",
        }
        for control, values in zip(controls, stops, strict=True)
    ]
    asked = lab.prediction
    form = asked and prediction_form(f"lab-{lab.name}", asked, truth=truth_of(lab))
    return fill(
        "lab.html",
        lab=lab,
        name=lab.name,
        sliders=sliders,
        frames=frames,
        start=start,
        form=form,
        notice=lab_words(lab.name).get("notice", ""),
        paper=on_paper(frames, start),
        folder="../_static/pictures/",
    )


def chosen_controls(lab):
    """The first slider of a lab, and with it the first list or switch with few options."""
    every = list(lab.controls.values())
    sliders = [control for control in every if control.kind == "slider"]
    lists = [control for control in every if control.kind != "slider"]
    few = [control for control in lists if len(options_of(control)) <= MOST_OPTIONS]
    if not sliders:
        return lists[:1]
    return sliders[:1] + ([] if lab.slow else few[:1])


def stops_of(control, slow=False):
    """The values that a page offers for one control, from the least to the most."""
    if control.kind != "slider":
        return options_of(control)
    count = FEW if slow else POSITIONS
    if control.scale == "log":
        ratio = (control.high / control.low) ** (1 / (count - 1 - control.zero))
        values = [control.low * ratio**i for i in range(count - control.zero)]
        values = ([0.0] if control.zero else []) + values
    else:
        values = [
            control.low + (control.high - control.low) * i / (count - 1) for i in range(count)
        ]
    values = [
        control.check(min(max(tidy(control, v), control.lowest), control.high)) for v in values
    ]
    default = control.default
    return sorted({*values, default})


def tidy(control, value):
    if control.kind == "slider" and control.counts:
        return round(value)
    if 0 < value < control.low:
        return control.low
    return float(f"{value:.2g}")


def options_of(control):
    return [False, True] if control.kind == "switch" else list(control.options.values())


def nearest(values, wanted):
    if wanted in values:
        return values.index(wanted)
    return min(range(len(values)), key=lambda i: abs(values[i] - wanted))


def value_in_words(control, value):
    """ "50 ng/ml", "yes", "RANKL-/-": what stands beside the control and is read aloud."""
    if control.kind == "switch":
        return "yes" if value else "no"
    if control.kind == "choice":
        return next(text for text, each in control.options.items() if each == value)
    return f"{write(value)} {control.unit}".strip()


def in_words(controls, setting):
    return ", ".join(
        f"{control.label}: {value_in_words(control, setting[control.name])}"
        for control in controls
        if control.name in setting
    )


def truth_of(lab):
    """What the lab's own question has as its answer: a number, or the words of an option."""
    return lab.prediction.truth(lab.result(**lab.prediction.values))


def on_paper(frames, start):
    """Three settings for paper: the least, the start and the most."""
    return [frames[i] for i in sorted({0, start, len(frames) - 1})]
