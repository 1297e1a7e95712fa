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
    """All names that a code cell reads anywhere (none if it cannot be parsed)."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    return frozenset(
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    )


def _walk(statements):
    todo = list(statements)
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef, ast.Lambda)):
            todo.extend(ast.iter_child_nodes(node))
