"""The one kind of error a learner meets: it names the argument, the value and what is right."""


class BonelabError(ValueError):
    """Something asked of bonelab that cannot be right; the message says what would be."""


def refuse(argument, value, right):
    """Raise the error that names the argument, its value and what would be right."""
    raise BonelabError(f"{argument} = {value!r} does not work: {right}")


def one_of(argument, value, allowed):
    """Return ``value`` if it is one of ``allowed``; otherwise say which names there are."""
    from difflib import get_close_matches

    allowed = list(allowed)
    if value in allowed:
        return value
    near = get_close_matches(str(value), map(str, allowed), n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise BonelabError(
        f"{argument} = {value!r} is not known.{hint} Choose from: {', '.join(map(str, allowed))}."
    )
