"""Half-filled cells: a solution marks what the student's version leaves blank.

A line of a solution ends in ``# blank: 6``, and ``___`` takes the place of the 6 in the exercise;
``# blank: 6 | "CTX"`` makes two blanks. A statement that is still blank is left out when its cell
runs, with those that need what it makes; what it was to make counts as not attempted, in words.
"""

import ast
import io
import keyword
import re
import tokenize
from dataclasses import dataclass

from bonelab.grading.names_in_code import bound_in

BLANK = "___"
_MARK = re.compile(r"[ \t]*#[ \t]*blanks?:[ \t]*(.+?)[ \t]*$")
_OPEN = re.compile(rf"(?<!\w){BLANK}(?!\w)")
LONGEST = 90  # characters of a line that is told


# ---- the exercise from its solution ---------------------------------------------------------


def cut(source):
    """The cell ``source`` of a solution as students get it. The mark stands at the end of its line,
    or on a line of its own above it; a text that stands there twice says which one: ``# blank: 6
    after years=``. Raises ValueError if a marked text is not there exactly once."""
    lines, waiting = [], []
    for line in source.split("\n"):
        mark = _MARK.search(line)
        code = line[: mark.start()] if mark else line
        texts = waiting + (mark[1].split(" | ") if mark else [])
        if mark and not code.strip():
            waiting = texts
            continue
        for text in texts:
            code = _blank_out(code, text)
        waiting = []
        lines.append(code)
    if waiting:
        raise ValueError(f"no line follows the mark of the blank {waiting[0]!r}")
    return "\n".join(lines)


def has_marks(source):
    """Does a solution's cell mark blanks?"""
    return any(_MARK.search(line) for line in source.split("\n"))


def without_marks(source):
    """The cell as a learner would have filled it in."""
    return "\n".join(_MARK.sub("", line) for line in source.split("\n"))


def _blank_out(code, text):
    wanted, _, before = text.strip().partition(" after ")
    start = code.find(before) + len(before)
    places = [match.start() for match in _whole(wanted).finditer(code, start)]
    if before not in code:
        places = []
    if not places or (len(places) > 1 and not before):
        where = "stands more than once" if places else "does not stand"
        raise ValueError(f"the blank {text.strip()!r} {where} in the line {code.strip()!r}")
    return code[: places[0]] + BLANK + code[places[0] + len(wanted) :]


def _whole(text):
    """Finds ``text`` where it is not a part of a longer word, number or operator."""
    first, last = text[0], text[-1]
    before = r"(?<![\w.])" if first.isdigit() else _no_more(first, "<")
    after = r"(?!\w|\.\d)" if last.isdigit() else _no_more(last, "")
    return re.compile(before + re.escape(text) + after)


def _no_more(end, behind):
    if end.isalpha() or end == "_":
        return rf"(?{behind}!\w)"
    return "" if end in "\"'()[] " else rf"(?{behind}!{re.escape(end)})"


# ---- a learner's cell that is still blank ---------------------------------------------------


@dataclass(frozen=True)
class Left:
    """Lines of a cell that wait for a blank, and what they were to make or to change."""

    first: int
    last: int
    names: frozenset
    words: str  # about the blank that they wait for
    is_blank: bool  # the blank stands here; else they need what another statement makes


def take_out(source):
    """``(runnable, [Left, ...])``: the cell without what is still blank, on the same lines."""
    if BLANK not in source:
        return source, []
    code = _without_comments(source)
    lines = sorted({code.count("\n", 0, match.start()) + 1 for match in _OPEN.finditer(code)})
    if not lines:
        return source, []
    try:
        body = ast.parse(_OPEN.sub(_stand_in, code)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        end, names = source.count("\n") + 1, _looks_bound(code)
        return "", [Left(1, end, names, _words(code, lines), True)]
    left = _waiting(code, body, lines)
    kept = source.split("\n")
    for one in left:
        kept[one.first - 1 : one.last] = [""] * (one.last - one.first + 1)
    return "\n".join(kept), left


def _waiting(code, body, lines):
    left, hidden, made = [], {}, set()  # hidden: name -> the words about its blank
    for statement in body:
        decorators = getattr(statement, "decorator_list", ())
        first = min(node.lineno for node in (statement, *decorators))
        open_lines = [line for line in lines if first <= line <= statement.end_lineno]
        needed = [words for name, words in hidden.items() if name in _read(statement)]
        makes = bound_in([statement])
        if open_lines or needed:
            words = _words(code, open_lines) if open_lines else needed[0]
            made_here = makes | changed(statement)
            left.append(
                Left(first, statement.end_lineno, frozenset(made_here), words, bool(open_lines))
            )
            hidden |= dict.fromkeys(makes | (made_here & made), words)
        else:
            hidden = {name: words for name, words in hidden.items() if name not in makes}
        made |= makes
    return left


def _words(code, lines):
    shown = code.split("\n")
    quoted = [f"line {line}: {shown[line - 1].strip()[:LONGEST]}" for line in lines[:5]]
    blanks = sum(len(_OPEN.findall(shown[line - 1])) for line in lines)
    many = "is still a blank" if blanks == 1 else f"are still {blanks} blanks"
    return f"There {many}, {BLANK}, in this cell, {'; '.join(quoted)}"


def _without_comments(source):
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError, ValueError):
        return re.sub(r"(^|\s)#[^\n\"']*$", r"\1", source, flags=re.M)
    lines = source.split("\n")
    for token in tokens:
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
    return "\n".join(lines)


def _stand_in(blank):
    """What a blank reads as: a name, or an operator where one must stand."""
    before = blank.string[: blank.start()].rpartition("\n")[2].rstrip()
    word = re.search(r"\w+$", before)
    value = bool(word) and not keyword.iskeyword(word[0])
    return " + " if value or before.endswith((")", "]", '"', "'")) else BLANK


def _looks_bound(code):
    names = re.findall(r"^\s*(?:def\s+)?(\w+)\s*(?:[:(]|=(?!=)|[-+*/]=)", code, re.M)
    return frozenset(names)


def _read(statement):
    return {
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store)
    }


def changed(statement):
    """Names whose object a statement changes: ``axes.set(...)``, ``x.append(...)``, ``x[0] =``."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return set()
    places = statement.targets if isinstance(statement, ast.Assign) else [statement]
    names = set()
    for node in (node for place in places for node in ast.walk(place)):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if not called and not isinstance(getattr(node, "ctx", None), ast.Store):
            continue
        owner = node.func if called else node
        while isinstance(owner, (ast.Attribute, ast.Subscript)):
            owner = owner.value
        if isinstance(owner, ast.Name):
            names.add(owner.id)
    return names
