"""One thing that a cell shows, as HTML for a page."""

from html import escape

from bonelab.course.asking.checks import Check, Prediction
from bonelab.course.asking.reveal import Reveal
from bonelab.labs.factory import Lab

from .lab_stills import lab_html
from .pictures import png_of
from .question_forms import check_form, prediction_form, reveal_block

FOLDER = "../_static/pictures/"


def html_of(thing, pictures) -> str:
    """HTML without blank lines, for any value that the last line of a cell can have."""
    if isinstance(thing, Lab):
        return lab_html(thing, pictures)
    if isinstance(thing, Check):
        return check_form(thing)
    if isinstance(thing, Prediction):
        return prediction_form(thing.id, thing.asked)
    if isinstance(thing, Reveal):
        return reveal_block(thing, [html_of(part, pictures) for part in thing.things])
    figure = getattr(thing, "figure", thing)
    if hasattr(figure, "savefig"):
        return picture_html(figure, getattr(thing, "alt", ""), pictures)
    made = getattr(thing, "_repr_html_", lambda: None)()
    if made:
        return f'<div class="bl-value">{compact(made)}</div>'
    return text_html(thing if isinstance(thing, str) else repr(thing))


def picture_html(figure, alt, pictures) -> str:
    """A figure with its text alternative; without one the words along its axes stand in."""
    name = pictures.add(png_of(figure))
    words = escape(alt or words_of(figure), quote=True)
    return f'<p><img class="bl-picture" src="{FOLDER}{name}" alt="{words}" loading="lazy"></p>'


def words_of(figure) -> str:
    """What a plain matplotlib figure shows, from its own labels."""
    sentences = []
    for axes in figure.axes:
        lines = [line.get_label() for line in axes.get_lines() if line.get_label()[:1] != "_"]
        sentences.append(
            f"{axes.get_title() or 'Curves'}: {axes.get_ylabel()} against {axes.get_xlabel()}"
            + (f" ({', '.join(lines)})" if lines else "")
        )
    return ". ".join(sentences) or "A figure"


def text_html(text) -> str:
    """Printed text; a blank line becomes a line with one blank, or it would end the block."""
    lines = (line or " " for line in escape(str(text).rstrip()).split("\n"))
    return '<pre class="bl-text" tabindex="0">' + "\n".join(lines) + "</pre>"


def compact(html) -> str:
    return "\n".join(line for line in html.splitlines() if line.strip())
