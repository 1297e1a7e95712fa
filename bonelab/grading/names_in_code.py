"""Which names a code cell binds and reads."""

import ast
from functools import cache


@cache
def names_bound(source):
    """The names that a code cell defines at its top level (empty if it cannot be parsed)."""
    try:
        return frozenset(bound_in(ast.parse(source).body))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()


def bound_in(statements):
    """The names that statements define at the top level of a cell."""
    bound = set()
    for node in _walk(statements):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            bound.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
            bound.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            bound |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return bound


@cache
def names_read(source):
    """The names that a code cell takes from outside itself (none if it cannot be parsed).

    What a function or a comprehension calls its own is no name of the notebook.
    """
    reader = _Reader()
    try:
        reader.visit(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    return frozenset(reader.read)


class _Reader(ast.NodeVisitor):
    """Collects what is read, but for the names of the scope that one is in."""

    def __init__(self):
        self.read, self._own = set(), []

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Load) and not any(node.id in names for names in self._own):
            self.read.add(node.id)

    def visit_AugAssign(self, node):
        self._visit_all([node.target, node.value])
        if isinstance(node.target, ast.Name):  # what is added to has to be there
            self.visit_Name(ast.Name(node.target.id, ast.Load()))

    def visit_FunctionDef(self, node):
        self._visit_all([*node.decorator_list, node.args, *filter(None, [node.returns])])
        elsewhere = {
            name
            for part in ast.walk(node)
            if isinstance(part, (ast.Global, ast.Nonlocal))
            for name in part.names
        }
        self._inside(_arguments(node) | bound_in(node.body) - elsewhere, node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self.visit(node.args)
        self._inside(_arguments(node), [node.body])

    def visit_ListComp(self, node):
        self.visit(node.generators[0].iter)  # the one part that is worked out outside
        targets = [each.target for each in node.generators]
        later = [part for each in node.generators for part in (each.iter, *each.ifs)][1:]
        values = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self._inside(bound_in(targets), [*later, *values])

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp

    def _inside(self, names, nodes):
        self._own.append(names)
        self._visit_all(nodes)
        self._own.pop()

    def _visit_all(self, nodes):
        for node in nodes:
            self.visit(node)


def _arguments(function):
    given = function.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    return {argument.arg for argument in every if argument}


def _walk(statements):
    """All that is carried out at the top level; a comprehension's variable is its own."""
    todo = list(statements)
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, ast.comprehension):
            todo.extend([node.iter, *node.ifs])
        elif not isinstance(
            node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef, ast.Lambda)
        ):
            todo.extend(ast.iter_child_nodes(node))
