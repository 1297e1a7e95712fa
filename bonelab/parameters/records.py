"""Tables of entries as frozen records: what is wrong in a file is told with file and entry.

A record is a dataclass; its fields are the keys that an entry may have, those without a default the
keys that it must have. What else must hold, the record says itself with a BonelabError.
"""

import tomllib
from dataclasses import MISSING, fields
from functools import partial
from types import UnionType

from .errors import BonelabError, listed, one_of
from .names import closest, plain_name


def read_records(path, make):
    """Read a TOML table: name -> ``make(name, entry)``, in the order of the file.

    Raises BonelabError that names the file and the entry, for a file that is no TOML, an entry
    that is no table, and everything that ``make`` finds wrong.
    """
    entries = {}
    for name, entry in _toml(path).items():
        entries[name] = _made(f"{path.name}, entry [{name}]", make, name, entry)
    _apart(path, entries)
    return entries


def read_rows(path, key, kind):
    """The records of all ``[[key]]`` of a TOML table, in the order of the file.

    Raises BonelabError that names the file and the entry, by its number and its first value.
    """
    rows = []
    for number, entry in enumerate(_toml(path).get(key, ()), 1):
        where = f"{path.name}, [[{key}]] {number} ({next(iter(entry.values()), 'empty')!r})"
        rows.append(_made(where, partial(_record, kind), key, entry))
    return rows


def read_groups(path, kinds):
    """Records of ``[group.name]``: group -> name -> record, of the kind that a group has.

    Raises BonelabError that names the file, the group and the entry.
    """
    groups = {group: {} for group in kinds}
    for group, entries in _toml(path).items():
        kind = kinds[one_of(f"{path.name}: a table", group, kinds)]
        for name, entry in _made(f"{path.name}, entry [{group}]", _as_it_is, group, entries):
            where = f"{path.name}, entry [{group}.{name}]"
            groups[group][name] = _made(where, partial(_record, kind), name, entry)
    return groups


def _record(kind, _, entry):
    return record(kind, entry)


def _as_it_is(_, entries):
    return entries.items()


def _toml(path):
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BonelabError(f"{path.name} cannot be read: {error}.") from None


def _made(where, make, name, entry):
    """``make(name, entry)``, with ``where`` before the words of what is wrong in it."""
    try:
        if not isinstance(entry, dict):
            raise BonelabError(f"it should be a table of keys and values, not {entry!r}.")
        return make(name, entry)
    except BonelabError as error:
        raise BonelabError(f"{where}: {error}") from None


def _apart(path, entries):
    """Raise BonelabError where a name or an alias of one entry is that of another as well.

    Entries without aliases are found by their exact names alone: ``K_O`` and ``k_O`` are two."""
    meant = {}
    called = {name: entry for name, entry in entries.items() if hasattr(entry, "aliases")}
    for name, entry in called.items():
        for word in (name, *entry.aliases):
            other = meant.setdefault(plain_name(word), name)
            if other != name:
                raise BonelabError(f"{path.name}, entry [{name}]: {word!r} is [{other}] already.")


def part(entry, key, kind):
    """Take out what stands under ``key`` of an entry: a table (``dict``) or a list.

    Raises BonelabError where it is missing, with the key that may be meant, or something else.
    """
    if key not in entry:
        near = closest(key, {name: name for name in entry})
        hint = f" Should {near[0]!r} be {key!r}?" if near else ""
        raise BonelabError(f"the key {key!r} is missing.{hint}")
    return _typed(key, entry.pop(key), kind)


def record(kind, entry, **given):
    """A record of a dataclass from an entry (and from ``given``, which no file may set).

    Raises BonelabError for a key that the record does not have, one that is missing, and a value
    of another type than the field's.
    """
    known = {field.name: field for field in fields(kind) if field.init}
    for key in entry:
        if key in given or key not in known:
            wanted = [name for name in known if name not in given]
            near = " or ".join(map(repr, closest(key, {name: name for name in wanted})))
            hint = f" Did you mean {near}?" if near else f" Keys are: {listed(wanted)}."
            raise BonelabError(f"{key!r} is no key here.{hint}")
    values = {}
    for key, field in known.items():
        if key in given:
            values[key] = given[key]
        elif key in entry:
            values[key] = _typed(key, entry[key], field.type)
        elif field.default is MISSING and field.default_factory is MISSING:
            raise BonelabError(f"the key {key!r} is missing.")
    return kind(**values)


def _typed(key, value, wanted):
    """The value as its field wants it: lists become tuples, whole numbers floats."""
    if wanted is object:
        return value
    if wanted is tuple and isinstance(value, list):
        return tuple(value)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and (wanted is float or wanted == float | None):
        return float(value)
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        kind = str(wanted) if isinstance(wanted, UnionType) else wanted.__name__
        kind = {
            "str": "text",
            "tuple": "a list",
            "list": "a list",
            "float": "a number",
            "dict": "a table",
        }.get(kind, kind)
        raise BonelabError(f"{key} = {value!r} does not work: it should be {kind}.")
    return value
