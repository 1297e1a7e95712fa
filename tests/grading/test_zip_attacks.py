"""ZIP files that were made to harm: whatever is wrong with one, the others are read."""

import io
import os
import zipfile

import pytest

from bonelab.grading import safe_walk
from bonelab.grading.handed_in import find_submissions

NOTEBOOK = b'{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}'


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    """A ZIP file of ``[(name, content)]``; a name may stand twice."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return made.getvalue()


def walked(tmp_path, content, name="eve.zip"):
    """What is found of ``content`` beside an honest notebook, which is always there."""
    folder = tmp_path / "class"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    (folder / "zoe.ipynb").write_bytes(NOTEBOOK)
    found = list(safe_walk.walk(folder))
    assert any(one.parts == ("zoe.ipynb",) and not one.trouble for one in found)
    return [one for one in found if one.parts != ("zoe.ipynb",)]


def test_no_damage_to_a_zip_stops_the_class(tmp_path):
    """Every byte of the headers, and some of the content, turned into others."""
    noise = bytes(range(256)) * 4
    whole = zipped([("a.ipynb", NOTEBOOK + noise), ("b.ipynb", NOTEBOOK), ("c/d.txt", noise)])
    places = [
        *range(0, 120),
        *range(120, len(whole) - 300, 17),
        *range(len(whole) - 300, len(whole)),
    ]
    for place in places:
        for byte in (0x00, 0xFF, whole[place] ^ 0x40):
            torn = bytearray(whole)
            torn[place] = byte
            walked(tmp_path, bytes(torn))
    for length in range(0, len(whole), 23):
        walked(tmp_path, whole[:length])


def test_a_bomb_of_many_zips_within_one_is_bounded_as_a_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(safe_walk, "MOST_BYTES", 1_000_000)
    inner = zipped([(f"{n}.ipynb", bytes(90_000)) for n in range(5)])
    content = zipped([(f"part{n}.zip", inner) for n in range(40)])
    before = _copied()
    found = walked(tmp_path, content)
    assert _copied() - before <= 1_200_000, "of eighteen million"
    assert any("too large" in one.trouble for one in found)


def _copied():
    return sum(
        os.path.getsize(os.path.join(folder, name))
        for kept in safe_walk._kept
        for folder, _, names in os.walk(kept.name)
        for name in names
    )


def test_the_bomb_of_one_student_leaves_room_for_the_others(tmp_path, monkeypatch):
    """Also within the one ZIP file that a platform makes of a class."""
    monkeypatch.setattr(safe_walk, "MOST_BYTES", 300_000)
    bomb = [(f"eve/{n}.ipynb", bytes(90_000)) for n in range(20)]
    path = tmp_path / "class.zip"
    path.write_bytes(zipped([*bomb, ("zoe/a.ipynb", NOTEBOOK)]))
    found = {one.parts: one.trouble for one in safe_walk.walk(path)}
    assert found["zoe", "a.ipynb"] == ""
    assert found["eve", "19.ipynb"] == "a file that is too large"


def test_a_zip_that_holds_itself_ends(tmp_path):
    inner = zipped([("x.ipynb", NOTEBOOK)])
    for _ in range(60):
        inner = zipped([("again.zip", inner), ("x.ipynb", NOTEBOOK)])
    found = walked(tmp_path, inner)
    assert sorted(one.parts for one in found) == [
        ("eve", "again", "again.zip"),  # not opened, and told
        ("eve", "again", "x.ipynb"),
        ("eve", "x.ipynb"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "../zoe.ipynb",
        "..\\zoe.ipynb",
        "/etc/zoe.ipynb",
        "C:\\zoe.ipynb",
        "a/../../zoe.ipynb",
        "\\\\server\\zoe.ipynb",
        "/".join("a" * 40) + "/zoe.ipynb",
    ],
)
def test_a_path_out_of_its_folder_is_refused(tmp_path, name):
    for one in walked(tmp_path, zipped([(name, NOTEBOOK)])):
        assert one.trouble or one.parts[0] == "eve"
        assert ".." not in one.parts


@pytest.mark.parametrize(
    "name",
    [
        "a\x00b.ipynb",
        "a\nb.ipynb",
        "\x1b[31mred.ipynb",
        "\u202egnp.ipynb",
        "x" * 250 + ".ipynb",
        " .ipynb",
    ],
)
def test_odd_names_of_members_do_no_harm(tmp_path, name):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "eve.zip").write_bytes(zipped([(name, NOTEBOOK), ("b.ipynb", NOTEBOOK)]))
    (folder / "zoe.ipynb").write_bytes(NOTEBOOK)
    students = {one.student for one in find_submissions(folder)}
    assert "zoe" in students
    assert all(one.isprintable() for one in students)


def test_two_members_of_one_name_are_two_files(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zipped([("a.ipynb", b"1"), ("a.ipynb", b"2")])
    found = walked(tmp_path, content)
    assert len({one.path for one in found}) == 2


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_to_compress_are_read_whole_or_torn(tmp_path, compression):
    whole = zipped([("a.ipynb", NOTEBOOK * 20)], compression)
    [found] = walked(tmp_path, whole)
    assert found.path.read_bytes() == NOTEBOOK * 20
    for place in range(40, len(whole) - 80, 7):
        torn = bytearray(whole)
        torn[place] ^= 0xFF
        walked(tmp_path, bytes(torn))


def test_what_is_too_deep_in_zips_is_told_and_not_lost(tmp_path):
    deep = zipped([("in.zip", zipped([("in.zip", zipped([("a.ipynb", NOTEBOOK)]))]))])
    [one] = walked(tmp_path, deep)
    assert "was not opened" in one.trouble
    assert one.parts[0] == "eve"


def test_a_damaged_member_is_not_called_empty(tmp_path):
    content = bytearray(zipped([("a.ipynb", NOTEBOOK)], zipfile.ZIP_STORED))
    content[content.find(b"cells")] ^= 1
    [one] = walked(tmp_path, bytes(content))
    assert "damaged" in one.trouble
