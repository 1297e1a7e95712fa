"""The one table of numbers: complete, consistent, and clear about wrong changes."""

import dataclasses
import math
import pickle
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit_registry import registry

import bonelab.parameters as parameters
from bonelab.parameters import BonelabError, cite, load

ROOMS = parameters.rooms()


# ---- every record ------------------------------------------------------------------------------


def faults(r):
    """What is wrong with one record, in words."""
    checks = {
        "no symbol": r.symbol.strip(),
        "hardly a meaning": len(r.meaning.strip()) > 4,
        "hardly a source": len(r.source.strip()) > 4,
        "a number that is not finite": all(map(math.isfinite, (r.value, r.low, r.high))),
        "a value outside its range": r.low <= r.value <= r.high,
        "a range without width": r.low < r.high,
        "an unknown status": r.status in ("measured", "fitted", "assumed"),
        "a unit that pint does not know": known_unit(r.unit),
        "a key in refs that references.toml has not": set(r.refs) <= set(parameters.references()),
        "a description without its meaning": r.describe().count(r.meaning) == 1,
        "measured, and refs does not say where": r.status != "measured"
        or r.refs
        or "tructure" in r.source,
        "fitted, and refs does not say to what": r.status != "fitted" or r.refs,
        "an interval that is no interval of its value": r.interval[0] <= r.value <= r.interval[1]
        if r.status == "fitted"
        else r.interval == (),
    }
    return [words for words, fine in checks.items() if not fine]


def known_unit(unit):
    try:
        return registry().Unit("" if unit == "1" else unit) is not None
    except Exception:
        return False


@pytest.mark.parametrize("room", ROOMS)
def test_every_record_is_complete(room):
    found = [
        f"{room}.toml, entry [{name}]: {words}"
        for name, record in parameters.records(room).items()
        for words in faults(record)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"symbol": " "}, "no symbol"),
        ({"source": "ours"}, "hardly a source"),
        ({"value": 1e9}, "a value outside its range"),
        ({"low": 1.0, "high": 1.0, "value": 1.0}, "a range without width"),
        ({"status": "guessed"}, "an unknown status"),
        ({"unit": "spoonful"}, "a unit that pint does not know"),
        ({"refs": ("nobody1900",)}, "a key in refs that references.toml has not"),
        (
            {"status": "measured", "refs": (), "source": "somewhere"},
            "measured, and refs does not say where",
        ),
        (
            {"status": "fitted", "interval": (0.0, 9.0), "refs": ()},
            "fitted, and refs does not say to what",
        ),
        ({"interval": (1.0, 2.0)}, "an interval that is no interval of its value"),
    ],
)
def test_a_fault_of_a_record_is_found(change, words):
    record = parameters.records("forward")["tau_TRAF6"]
    assert faults(record) == []
    assert words in faults(dataclasses.replace(record, **change))


@pytest.mark.parametrize("room", ROOMS)
def test_symbols_of_a_room_are_unique(room):
    names = {}
    for name, record in parameters.records(room).items():
        names.setdefault(record.symbol, []).append(name)
    assert {symbol: several for symbol, several in names.items() if len(several) > 1} == {}


def test_a_source_in_a_lesson_leads_to_its_doi():
    shown = parameters.sources("kong1999", "hofbauer2001")._repr_markdown_().splitlines()
    assert len(shown) == 2
    for key, line in zip(("kong1999", "hofbauer2001"), shown, strict=True):
        doi = parameters.references()[key].doi
        assert line == f"- {cite(key)}".replace(f"doi:{doi}", f"[doi:{doi}](https://doi.org/{doi})")
    brackets = parameters.sources("fata2000")._repr_markdown_()
    assert "[doi:10.1016/S0092-8674(00)00103-3]" in brackets
    assert brackets.endswith("(https://doi.org/10.1016/S0092-8674%2800%2900103-3)")


def test_every_reference_says_whether_it_was_read():
    for key, reference in parameters.references().items():
        assert isinstance(reference.seen, bool), key
        assert 1900 < reference.year < 2100, key
        assert all((reference.authors, reference.title, reference.journal)), key
        assert str(reference.year) in cite(key)


def test_the_files_hold_nothing_that_is_not_read():
    folder = Path(parameters.__file__).parent / "tables"
    for room in ROOMS:
        data = tomllib.loads((folder / f"{room}.toml").read_text(encoding="utf-8"))
        assert list(data) == list(parameters.records(room))


# ---- changing a number ---------------------------------------------------------------------------


@pytest.mark.parametrize("room", ROOMS)
def test_a_set_is_frozen_and_small(room):
    p = load(room)
    name = next(iter(p.as_dict()))
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(p, name, 1.0)
    assert not hasattr(p, "__dict__")


def test_a_change_makes_a_copy():
    p = load("forward")
    changed = p.with_(tau_TRAF6="6 min")
    assert (p.tau_TRAF6, changed.tau_TRAF6) == (0.05, pytest.approx(0.1))
    assert changed.brake == p.brake
    assert load("forward") == p
    assert load("forward", tau_TRAF6="6 min") == changed


def test_a_set_travels_between_processes():
    p = load("reverse", IC50_rapamycin="2 nM")
    assert pickle.loads(pickle.dumps(p)) == p


def test_the_table_shows_the_changed_value():
    table = load("forward", tau_TRAF6=0.2).table()
    assert table.loc["tau_TRAF6", "value"] == 0.2
    assert list(table.index) == list(parameters.records("forward"))
    assert "tau_TRAF6" in load("forward")._repr_html_()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"tau_TRAF7": 1}, "tau_TRAF7.*Did you mean 'tau_TRAF6'"),
        ({"tau_TRAF6": "5 nM"}, "tau_TRAF6 = '5 nM'.*response time of TRAF6.*hour"),
        ({"tau_TRAF6": 50}, "tau_TRAF6 = 50 is too high.*must be 1 hour or less"),
        ({"tau_TRAF6": 0}, "tau_TRAF6 = 0 is too low.*must be 0.01 hours or more"),
        ({"tau_TRAF6": math.nan}, "tau_TRAF6 = nan.*finite"),
    ],
)
def test_a_wrong_change_says_what_is_right(change, words):
    with pytest.raises(BonelabError, match=words):
        load("forward").with_(**change)


@pytest.mark.parametrize("room", ROOMS)
@given(data=st.data())
def test_every_value_inside_the_range_is_taken(room, data):
    record = data.draw(st.sampled_from(list(parameters.records(room).values())))
    value = data.draw(st.floats(record.low, record.high))
    changed = load(room).with_(**{record.name: value})
    assert getattr(changed, record.name) == value


def test_an_unknown_room_and_reference_say_what_there_is():
    with pytest.raises(BonelabError, match=r"forwards.*Did you mean 'forward'"):
        load("forwards")
    with pytest.raises(BonelabError, match=r"ikebuchi2017.*ikebuchi2018"):
        cite("ikebuchi2017")
