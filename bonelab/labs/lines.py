"""The lines of Python that a lab shows, which are the lines that it runs."""

from bonelab.parameters.doors import code


def call(function, *first, **named):
    """A call as one writes it: ``call("bl.woman", age=65)`` is "bl.woman(age=65)".

    Values that are :class:`Code` stand as they are."""
    given = [_spelled(value) for value in first]
    given += [f"{name}={_spelled(value)}" for name, value in named.items()]
    return f"{function}({', '.join(given)})"


class Code(str):
    """A piece of Python, in a place where other values are spelled."""

    __slots__ = ()


def _spelled(value):
    if isinstance(value, Code):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_spelled, value))}]"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, str) and '"' not in value:
        return f'"{value}"'
    return code(value)


def execute(text, name):
    """Execute the lines, and return the names that they made."""
    names = {}
    exec(compile(text, f"<code of {name}>", "exec"), names)
    return names
