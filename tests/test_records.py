"""Tables as records: whatever is wrong in a file is told with the file and the entry."""

import sys
from dataclasses import dataclass

import pytest

from bonelab.parameters import BonelabError, references, table
from bonelab.parameters.records import part, read_groups, read_records, read_rows, record

GOOD = """[x]
symbol = "x"
value = 1
unit = "nM"
low = 0
high = 2
meaning = "an amount"
source = "none"
status = "assumed"
"""


@dataclass(frozen=True)
class Thing:
    """A record of every kind of field."""

    name: str
    number: float
    flag: bool = False
    several: tuple = ()
    maybe: float | None = None


def test_values_become_what_their_fields_want():
    thing = record(Thing, {"number": 2, "several": [1, 2], "maybe": 3}, name="x")
    assert thing == Thing("x", 2.0, False, (1, 2), 3.0)
    assert isinstance(thing.number, float)
    assert record(Thing, {"number": 2.5}, name="y").maybe is None


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({"number": "2"}, "number = '2' does not work: it should be a number"),
        ({"number": True}, "number = True does not work: it should be a number"),
        ({"number": 2, "flag": 1}, "flag = 1 does not work: it should be bool"),
        ({"number": 2, "several": 5}, "several = 5 does not work: it should be a list"),
        ({"number": 2, "maybe": "x"}, "maybe = 'x' does not work"),
        ({"number": 2, "nmae": 5}, "'nmae' is no key here"),
        ({"number": 2, "name": "z"}, "'name' is no key here"),
        ({}, "the key 'number' is missing"),
    ],
)
def test_what_is_wrong_in_an_entry_is_told(entry, says):
    with pytest.raises(BonelabError, match=says.replace("[", r"\[")):
        record(Thing, entry, name="x")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("meaning", "meanign", "'meanign' is no key here. Did you mean 'meaning'"),
        ("value = 1\n", "", "the key 'value' is missing"),
        ("value = 1", "value = 'one'", "value = 'one' does not work: it should be a number"),
        ("value = 1", "value = 3", "value = 3 lies outside its own range, 0 to 2"),
        ("low = 0", "low = 2", "low = 2 should be less than high = 2"),
        ('"assumed"', '"sure"', "status = 'sure' is not known"),
        ("[x]\n", "[x\n", "cannot be read"),
    ],
)
def test_a_fault_in_a_table_of_parameters_is_told(tmp_path, monkeypatch, old, new, says):
    (tmp_path / "room.toml").write_text(GOOD.replace(old, new), encoding="utf-8")
    monkeypatch.setattr(table, "_FOLDER", tmp_path)
    monkeypatch.setattr(table, "rooms", lambda: ["room"])
    with pytest.raises(BonelabError) as error:
        table._records.__wrapped__("room")
    assert str(error.value).startswith("room.toml")
    assert says in str(error.value)
    assert "[x]" in str(error.value) or "cannot be read" in says


def test_a_fault_in_the_bibliography_is_told(tmp_path, monkeypatch):
    module = sys.modules["bonelab.parameters.references"]
    path = tmp_path / "references.toml"
    path.write_text('[a2000]\nauthor = "A"\n', encoding="utf-8")
    monkeypatch.setattr(module, "_FILE", path)
    with pytest.raises(
        BonelabError, match=r"references\.toml, entry \[a2000\]: 'author' is no key"
    ):
        references.__wrapped__()


def test_entries_come_in_the_order_of_the_file(tmp_path):
    path = tmp_path / "t.toml"
    path.write_text("[b]\nnumber = 1\n[a]\nnumber = 2\n", encoding="utf-8")
    assert list(read_records(path, lambda n, e: record(Thing, e, name=n))) == ["b", "a"]


def test_a_part_of_an_entry_that_is_missing_or_of_another_kind_is_told():
    entry = {"effekt": {"human": 1}, "evidence": ["a"]}
    with pytest.raises(BonelabError, match=r"'effect' is missing\. Should 'effekt' be 'effect'\?"):
        part(entry, "effect", dict)
    with pytest.raises(BonelabError, match=r"evidence = .* does not work: it should be a table"):
        part(dict(entry), "evidence", dict)
    assert part(entry, "evidence", list) == ["a"]
    assert list(entry) == ["effekt"]


@dataclass(frozen=True)
class Called:
    """A record that has other names."""

    name: str
    aliases: tuple = ()


@pytest.mark.parametrize(
    ("text", "word", "other"),
    [
        ('[a]\naliases = ["x"]\n[b]\naliases = ["x"]\n', "x", "a"),
        ('[a]\naliases = ["B-1"]\n["b 1"]\n', "b 1", "a"),
        ('[a]\n[b]\naliases = ["A"]\n', "A", "a"),
    ],
)
def test_one_word_for_two_entries_is_refused(tmp_path, text, word, other):
    path = tmp_path / "t.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BonelabError, match=rf"entry \[b.*: '{word}' is \[{other}\] already"):
        read_records(path, lambda n, e: record(Called, e, name=n))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[t]]\nname = "a"\n[[t]]\nname = "b"\nalias = 1\n', "t.toml, [[t]] 2 ('b'): 'alias'"),
        ("[[t]]\n", "t.toml, [[t]] 1 ('empty'): the key 'name' is missing"),
        ("[[t]\n", "t.toml cannot be read"),
    ],
)
def test_a_fault_in_a_row_is_told_with_its_number(tmp_path, text, says):
    path = tmp_path / "t.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BonelabError) as error:
        read_rows(path, "t", Called)
    assert says in str(error.value)
    path.write_text('[[t]]\nname = "a"\naliases = ["x"]\n', encoding="utf-8")
    assert read_rows(path, "t", Called) == [Called("a", ("x",))]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[limit.x]\nnumber = 1\n", "t.toml: a table = 'limit' is not known. Did you mean"),
        ("[limits.x]\nnumbre = 1\n", "t.toml, entry [limits.x]: 'numbre' is no key here"),
        ("[limits]\nx = 1\n", "t.toml, entry [limits.x]: it should be a table"),
        ("limits = 1\n", "t.toml, entry [limits]: it should be a table"),
    ],
)
def test_a_fault_in_a_group_is_told_with_its_name(tmp_path, text, says):
    path = tmp_path / "t.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BonelabError) as error:
        read_groups(path, {"limits": Limit, "others": Limit})
    assert says in str(error.value)
    path.write_text("[limits.x]\nnumber = 1\n", encoding="utf-8")
    assert read_groups(path, {"limits": Limit, "others": Limit}) == {
        "limits": {"x": Limit(1.0)},
        "others": {},
    }


@dataclass(frozen=True)
class Limit:
    """A record without a name of its own."""

    number: float
