"""The pages as a Sphinx project, and the site that Sphinx makes of it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from bonelab.course import course_folders

from .contents import first_pages
from .pages import exercise_page

HERE = Path(__file__).parent
CONF = '''"""Made by bonelab site; Sphinx reads it."""
project = "bonelab"
author = copyright = "The bonelab developers"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "bonelab.site.mathml"]
myst_enable_extensions = ["dollarmath", "attrs_block"]
myst_heading_anchors = 3
html_math_renderer = "mathml"
html_theme = "furo"
html_title = "bonelab"
html_static_path = ["_static"]
html_css_files = ["bonelab.css"]
html_js_files = ["bonelab.js"]
html_copy_source = False
html_show_sourcelink = False
language = "en"
nitpicky = False
suppress_warnings = ["myst.xref_missing", "myst.header", "misc.highlighting_failure", "docutils"]
autodoc_typehints = "none"
exclude_patterns = ["_build"]
'''
TEXTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "RELEASING.md", "SECURITY.md",
         "SUPPORT.md", "CODE_OF_CONDUCT.md")  # fmt: skip


def write_project(folder: Path, lessons: dict[str, str], *, with_lite: bool = False) -> None:
    """Write the source of the site; ``lessons`` are pages by the name of their notebook."""
    root = course_folders.material()
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    static = folder / "_static"
    static.mkdir(exist_ok=True)
    for file in sorted((HERE / "static").iterdir()):
        shutil.copy(file, static / file.name)
    if with_lite:
        lessons = {name: with_button(name, text) for name, text in lessons.items()}
    shelf(folder / "lessons", root / "lessons", lessons)
    exercises = {
        path.stem: exercise_page(path) for path in sorted((root / "exercises").glob("*.ipynb"))
    }
    shelf(folder / "exercises", root / "exercises", exercises)
    docs = root / "docs"
    if docs.is_dir():
        shutil.copytree(docs, folder / "docs", dirs_exist_ok=True)
    for name in TEXTS:
        if (root / name).is_file():
            shutil.copy(root / name, folder / name)
    (folder / "reference.md").write_text(reference(), encoding="utf-8")
    for name, text in first_pages(lessons, exercises, texts(folder)).items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


def texts(folder):
    """Every page that is no notebook, as Sphinx calls it."""
    pages = [*folder.glob("*.md"), *(folder / "docs").rglob("*.md")]
    return [page.relative_to(folder).with_suffix("").as_posix() for page in pages]


BUTTON = (
    '<p><a class="bl-lite" href="../lite/lab/index.html?path=lessons/{name}.ipynb">'
    "Open this lesson with Python in the browser</a> (nothing is installed; the first start "
    "fetches some 30 MB and takes a minute)</p>"
)


def with_button(name, text):
    """The page with a way into JupyterLite below its title."""
    title, _, rest = text.partition("\n")
    return f"{title}\n\n```{{raw}} html\n{BUTTON.format(name=name)}\n```\n{rest}"


def shelf(folder, notebooks, pages):
    """One folder of pages, with the notebooks beside them to download."""
    folder.mkdir(exist_ok=True)
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
        shutil.copy(notebooks / f"{name}.ipynb", folder / f"{name}.ipynb")


def reference():
    """The page that Sphinx fills from the docstrings of everything that ``bonelab`` offers."""
    import bonelab

    parts = ["# Reference\n\nEverything that `import bonelab as bl` offers, from its docstrings."]
    for name in sorted(bonelab.__all__):
        thing = getattr(bonelab, name)
        kind = "automodule" if type(thing).__name__ == "module" else "autofunction"
        members = "\n   :members:" if kind == "automodule" else ""
        target = thing.__name__ if kind == "automodule" else f"bonelab.{name}"
        if kind == "autofunction" and not callable(thing):
            first = (type(thing).__doc__ or "").strip().split("\n")[0]
            parts.append(f"## {name}\n\n{first}")
            continue
        parts.append(f"## {name}\n\n```{{eval-rst}}\n.. {kind}:: {target}{members}\n```")
    return "\n\n".join(parts) + "\n"


def build(source: Path, out: Path) -> None:
    """Run Sphinx; raise with its last words if it fails."""
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-b",
        "html",
        "-q",
        "-j",
        "auto",
        str(source),
        str(out),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"Sphinx could not make the site:\n{done.stderr[-2000:]}")
    for name in (".doctrees", ".buildinfo", "objects.inv", "_sources"):
        path = out / name
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    for page in out.rglob("*.html"):
        page.write_text(open_to_all(page.read_text(encoding="utf-8")), encoding="utf-8")


# What the theme leaves out: the level of a heading, and that what scrolls can be reached by keys.
SCROLLS = re.compile(r"<(pre|div)\b([^>]*)>")
SCROLLING = re.compile(r'class="([^"]*\b(math|table)-wrapper|math"|bl-value")')
CAPTION = 'role="heading"><span class="caption-text">'


def open_to_all(html: str) -> str:
    """The page with these mended."""
    html = html.replace(CAPTION, CAPTION.replace(">", ' aria-level="2">', 1))
    return SCROLLS.sub(reached_by_keys, html)


def reached_by_keys(tag) -> str:
    """A tag that can scroll, with a place in the order of the Tab key."""
    name, rest = tag.groups()
    scrolls = name == "pre" or SCROLLING.search(rest)
    return f'<{name} tabindex="0"{rest}>' if scrolls and "tabindex" not in rest else tag[0]
