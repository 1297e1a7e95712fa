"""The HTML of a page, filled by Jinja2 with everything escaped."""

from functools import cache
from pathlib import Path

import jinja2

FOLDER = Path(__file__).parent / "templates"


@cache
def environment():
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    return made


def fill(template, /, **values) -> str:
    """One template, as HTML without blank lines: a blank line would end the block in Markdown."""
    text = environment().get_template(template).render(**values)
    return "\n".join(line for line in text.splitlines() if line.strip())
