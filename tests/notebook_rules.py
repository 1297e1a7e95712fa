"""What every notebook of the course keeps to. ``problems(notebook)`` says in words what it breaks.

The notebook is the parsed JSON; each rule is a generator of sentences.
"""

import ast
import re
from itertools import pairwise

BLANK = "___"
LONGEST_CELL = 15  # lines of code, folded or not: machinery belongs in bonelab/
ADDRESS = r"(https?|ftp)://"
OPENERS = ("urllib", "requests", "httpx", "http", "socket", "webbrowser", "ftplib", "urllib3")


def problems(notebook: dict, *, lesson: bool) -> list[str]:
    """Every rule that the notebook breaks; an empty list for a clean one."""
    broken = [*clean(notebook), *identified(notebook), *headed(notebook), *described(notebook)]
    broken += [*offline(notebook), *python3(notebook), *short(notebook)]
    if lesson:
        broken += announced(notebook)
    return broken


def source(cell: dict) -> str:
    return "".join(cell["source"])


def cells(notebook: dict, kind: str):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def clean(notebook):
    for cell in cells(notebook, "code"):
        if cell.get("outputs"):
            yield f"cell {cell.get('id')} has stored outputs"
        if cell.get("execution_count") is not None:
            yield f"cell {cell.get('id')} has an execution count"
    if "widgets" in notebook.get("metadata", {}):
        yield "the metadata hold a stored widget state"


def identified(notebook):
    if (notebook.get("nbformat"), notebook.get("nbformat_minor", 0)) < (4, 5):
        yield "the format is older than 4.5, which has no cell ids"
    seen = set()
    for number, cell in enumerate(notebook["cells"]):
        name = cell.get("id", "")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", name):
            yield f"cell number {number} has no valid id"
        elif re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){0,3}(-[0-9a-f]{12})?", name):
            yield f"cell id {name} is random, not a name that a person can read"
        if name in seen:
            yield f"cell id {name} stands twice"
        seen.add(name)


def headings(notebook) -> list[tuple[int, str]]:
    """``(level, text)`` of every heading outside fenced code."""
    broken = []
    for cell in cells(notebook, "markdown"):
        text = re.sub(r"^(```|~~~).*?^\1", "", source(cell), flags=re.M | re.S)
        broken += [(len(m[1]), m[2]) for m in re.finditer(r"^(#{1,6})\s+(.+)$", text, re.M)]
        broken += [(int(m[1]), m[2]) for m in re.finditer(r"<h([1-6])[^>]*>(.*?)</h", text, re.S)]
    return broken


def headed(notebook):
    levels = headings(notebook)
    first = [text for level, text in levels if level == 1]
    if len(first) != 1:
        yield f"there must be one first-level heading; there are {len(first)}"
    elif levels[0][0] != 1:
        yield f"the first heading is not the title but {levels[0][1]!r}"
    for (before, _), (level, text) in pairwise(levels):
        if level > before + 1:
            yield f"heading {text!r} jumps from level {before} to {level}"


def described(notebook):
    for cell in cells(notebook, "markdown"):
        for alt, target in re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", source(cell)):
            if len(alt.strip()) < 10:
                yield f"image {target!r} in cell {cell.get('id')} has no text alternative"
        for tag in re.findall(r"<img\b[^>]*>", source(cell), re.S):
            if not re.search(r"""\balt\s*=\s*["'][^"']{10,}""", tag):
                yield f"{tag[:60]!r} in cell {cell.get('id')} has no text alternative"


def filled(code):
    """Code whose blanks can be parsed: a blank is a name, but one between two names is a sign."""
    return re.sub(rf"(?<=\w) {BLANK} (?=\w)", " + ", code)


def offline(notebook):
    """No code opens an address. (That none is opened indirectly is seen when the kernels run.)"""
    for cell in cells(notebook, "code"):
        code = source(cell)
        if re.search(r"^\s*[!%].*\b(pip|conda|curl|wget|git)\b", code, re.M):
            yield f"cell {cell.get('id')} installs or fetches something"
            continue
        try:
            tree = ast.parse(filled(re.sub(r"^\s*[!%?].*|.*\?$", "", code, flags=re.M)))
        except SyntaxError as error:
            yield f"cell {cell.get('id')} does not parse: {error.msg}"
            continue
        for node in ast.walk(tree):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            elif isinstance(node, ast.Constant) and re.match(ADDRESS, str(node.value)):
                yield f"cell {cell.get('id')} uses the address {node.value!r}"
            for name in names:
                if name.split(".")[0] in OPENERS:
                    yield f"cell {cell.get('id')} imports {name}"


def short(notebook):
    for cell in cells(notebook, "code"):
        lines = len(source(cell).splitlines())
        if lines > LONGEST_CELL:
            yield f"code cell {cell.get('id')} has {lines} lines; {LONGEST_CELL} are the limit"


def python3(notebook):
    kernel = notebook["metadata"].get("kernelspec", {}).get("name")
    if kernel != "python3":
        yield f"the kernel must be python3, not {kernel!r}"


def announced(notebook):
    """What the metadata of a lesson announce: its number, its minutes, its objectives."""
    metadata = notebook["metadata"].get("bonelab", {})
    if not isinstance(metadata.get("lesson"), int):
        yield "metadata.bonelab.lesson is not a number"
    minutes = metadata.get("minutes")
    if not (isinstance(minutes, int) and 30 <= minutes <= 50):
        yield f"metadata.bonelab.minutes must be 30 to 50, not {minutes!r}"
    if not metadata.get("objectives"):
        yield "metadata.bonelab.objectives names no objective"
    if "claims" not in metadata:
        yield "metadata.bonelab.claims is missing"


def plain(markdown):
    """Prose without fenced code, formulas, links' targets and mark-up, on one line."""
    text = re.sub(r"```.*?```", " ", markdown, flags=re.S)
    text = re.sub(r"\$\$.*?\$\$|\$[^$]*\$", " ", text, flags=re.S)
    text = re.sub(r"\]\([^)]*\)|<[^>]+>|`[^`]*`", " ", text)
    return re.sub(r"\s+", " ", re.sub(r"[*_#|\[\]]", "", text))
