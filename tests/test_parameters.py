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
RECORDS = [(room, record) for room in ROOMS for record in parameters.records(room).values()]


def named(item):
    return f"{item[0]}.{item[1].name}" if isinstance(item, tuple) else str(item)


# ---- every record ------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", RECORDS, ids=named)
def test_a_record_is_complete(entry):
    _, r = entry
    assert r.symbol.strip()
    assert len(r.meaning.strip()) > 4
    assert len(r.source.strip()) > 4
    assert all(math.isfinite(x) for x in (r.value, r.low, r.high))
    assert r.low <= r.value <= r.high
    assert r.low < r.high
    assert r.status in ("measured", "fitted", "assumed")
    registry().Unit("" if r.unit == "1" else r.unit)  # raises for a unit that pint does not know
    assert all(cite(key) for key in r.refs)
    assert r.describe().count(r.meaning) == 1


@pytest.mark.parametrize("entry", RECORDS, ids=named)
def test_a_fitted_value_has_its_interval_and_publications(entry):
    _, r = entry
    if r.status != "fitted":
        assert r.interval == ()
        return
    low, high = r.interval
    assert low <= r.value <= high
    assert r.refs


@pytest.mark.parametrize("entry", RECORDS, ids=named)
def test_a_measured_value_names_where(entry):
    _, r = entry
    assert r.status != "measured" or r.refs or "tructure" in r.source


@pytest.mark.parametrize("room", ROOMS)
def test_symbols_of_a_room_are_unique(room):
    symbols = [record.symbol for record in parameters.records(room).values()]
    assert sorted(symbols) == sorted(set(symbols))


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
