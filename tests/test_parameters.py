"""The one table of numbers: complete, consistent, and clear about wrong changes."""

import dataclasses
import math
import pickle
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bonelab.parameters as parameters
from bonelab.parameters import BonelabError, amount, cite, duration, load
from bonelab.parameters.units import _convert_plain, registry

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
        ({"tau_TRAF6": 50}, "tau_TRAF6 = 50.*at most 1 hour"),
        ({"tau_TRAF6": 0}, "tau_TRAF6 = 0.*at least 0.01 hour"),
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


# ---- amounts -------------------------------------------------------------------------------------

RANKL = {"argument": "rankl", "what": "a RANKL concentration", "molar_mass": 60_000}


@pytest.mark.parametrize(
    ("text", "nM"),
    [
        ("0.83 nM", 0.83),
        ("830 pM", 0.83),
        ("50 ng/ml", 50 / 60),
        ("50 mg/ml", 50e6 / 60),
        ("50 ug/l", 50 / 60),
        ("2", 2.0),
        ("1e-3 uM", 1.0),
    ],
)
def test_amounts_in_words(text, nM):
    assert amount(text, "nM", **RANKL) == pytest.approx(nM, rel=1e-12)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "50 apples",
            "50 mg",
            "much",
            "",
            "3 nM nM",
            "-1 nM",
            "nan",
            "5 days",
            "__import__('os')",
        ),
        *(-1, math.nan, math.inf, None, True, [1, -1], [1, math.nan], object(), {"a": 1}),
    ],
)
def test_what_is_no_amount_is_refused_in_the_words_of_the_biology(value):
    with pytest.raises(BonelabError) as error:
        amount(value, "nM", **RANKL)
    assert str(error.value).startswith("rankl = ")
    assert "a RANKL concentration" in str(error.value)


@given(st.floats(0, 1e9))
def test_numbers_and_text_say_the_same(x):
    assert amount(x, "nM", **RANKL) == x
    assert amount(f"{x!r} nM", "nM", **RANKL) == pytest.approx(x, rel=1e-12, abs=1e-300)
    assert np.array_equal(amount([x, x], "nM", **RANKL), [x, x])


@pytest.mark.parametrize(
    ("text", "days"),
    [("6 months", 182.625), ("4 years", 1461.0), ("24 h", 1.0), ("2 weeks", 14.0), (3, 3.0)],
)
def test_times_in_words(text, days):
    assert duration(text) == pytest.approx(days, rel=1e-9)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        *(("50 ng/ml", "nM"), ("2.5e-3 nM", "nM"), ("60 mg", "mg"), ("40 um", "um")),
        *((f"3 {span}", "hour") for span in ("h", "hours", "minutes", "days", "weeks", "years")),
        *((f"3 {span}", "day") for span in ("h", "hour", "minute", "day", "weeks", "year")),
    ],
)
def test_text_read_without_the_unit_library_is_read_as_the_library_would(text, unit):
    ours = _convert_plain(text, unit, RANKL["molar_mass"])
    theirs = registry().Quantity(text)
    if unit == "nM" and "/ml" in text:
        theirs = theirs / registry().Quantity(RANKL["molar_mass"], "g/mol")
    assert ours == pytest.approx(theirs.to(unit).magnitude, rel=1e-12)


@pytest.mark.parametrize("value", [0, -1, "0 days", "-6 months", "6 moons", math.nan, "3 mg"])
def test_what_is_no_length_of_time_is_refused(value):
    with pytest.raises(BonelabError, match=r"every = .*a length of time"):
        duration(value, argument="every")
