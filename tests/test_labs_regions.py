"""What can be clicked in a picture: a button over each region, where the region is."""

import ipywidgets as w

from bonelab.labs.regions import Frame


def test_a_button_lies_over_each_region_and_tells_which_it_is():
    pressed = []
    frame = Frame(w.Image(), pressed.append)
    frame.show({"cell": ("Osteoclast", (0.1, 0.25, 0.5, 0.125)), "tail": ("Tail", (0, 0, 1, 1))})
    button = frame.buttons["cell"]
    assert button.description == "Osteoclast"
    place = button.layout
    assert (place.left, place.top, place.width, place.height) == (
        "10.00%", "25.00%", "50.00%", "12.50%",
    )  # fmt: skip
    assert "bonelab-region" in button._dom_classes
    button.click()
    assert pressed == ["cell"]
    assert len(frame.box.children) == 3


def test_buttons_stay_as_long_as_the_regions_do():
    frame = Frame(w.Image(), lambda region: None)
    regions = {"cell": ("Osteoclast", (0, 0, 1, 1))}
    frame.show(regions)
    first = frame.buttons["cell"]
    frame.show(dict(regions))
    assert frame.buttons["cell"] is first
    frame.show({"other": ("Osteoblast", (0, 0, 1, 1))})
    assert list(frame.buttons) == ["other"]
    assert len(frame.box.children) == 2


def test_a_picture_is_as_large_as_on_paper():
    """8.8 by 4.4 units of a hundred pixels: 880 by 440, twice as wide as high."""
    frame = Frame(w.Image(), None)
    assert frame.size(8.8, 4.4) == ("880", "440")
    assert frame.box.layout.max_width == (
        "min(880px * var(--bonelab-scale, 1), var(--bonelab-high, 9999px) * 2.0000)"
    )
