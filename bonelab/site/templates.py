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


def render(template, /, **values) -> str:
    """One template as HTML."""
    return environment().get_template(template).render(**values)


def fill(template, /, **values) -> str:
    """The same without blank lines: in Markdown a blank line would end the block."""
    return "\n".join(line for line in render(template, **values).splitlines() if line.strip())
