"""What can be clicked in a picture: a button over each of its regions, for pointer and keys alike.

A picture names its regions (``Picture.regions``), the lab says what a click means (``clicked``).
"""

import ipywidgets as w

from bonelab.course.asking.widgets import box, button


class Frame:
    """The place of a picture, with a button for each region over it, in the order of the regions.

    ``touched(id)`` is called with the region that was pressed."""

    def __init__(self, picture, touched):
        self._picture, self._touched, self._shown = picture, touched, {}
        self.buttons = {}  # by region
        self.box = box("bonelab-frame", picture)

    def size(self, width, height):
        """Width and height of the picture on paper, as words for the picture's element.

        The sheet may make it larger (``--bonelab-scale``) or keep it low (``--bonelab-high``)."""
        wide = f"{100 * width:.0f}px * var(--bonelab-scale, 1)"
        low = f"var(--bonelab-high, 9999px) * {width / height:.4f}"
        self.box.layout.max_width = f"min({wide}, {low})"
        return f"{100 * width:.0f}", f"{100 * height:.0f}"

    def show(self, regions):
        """Lay the buttons over the picture; they stay as long as the regions do."""
        if regions != self._shown:
            self._shown = dict(regions)
            self.buttons = {id: self._button(id, *shown) for id, shown in regions.items()}
            self.box.children = (self._picture, *self.buttons.values())

    def _button(self, id, name, place):
        made = button(name, "", lambda b: self._touched(id))
        made.add_class("bonelab-region")
        sides = zip(("left", "top", "width", "height"), place, strict=True)
        made.layout = w.Layout(**{side: f"{100 * share:.2f}%" for side, share in sides})
        return made
