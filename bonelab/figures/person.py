"""A drawn person: head, hair and shoulders, in one of some looks. Plainly nobody in particular."""

from .shapes import Layer, merge, oval, paint, polygon, shade, smooth, tint

WIDTH, HEIGHT = 100, 100
_SKIN = ("#E8C4A2", "#C68E63", "#8D5B3A")
_HAIR = ("#B9B9B9", "#6B6B6B", "#E3DFD6")
_SHIRT = ("#3A8FC4", "#117C8A", "#8E6BB0", "#AD8A1E")


def draw_person(ax, look=0):
    """Draw a woman of about seventy into ``ax``; ``look`` is any whole number."""
    ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT), aspect="equal")
    ax.axis("off")
    skin, hair = _SKIN[look % len(_SKIN)], _HAIR[look % len(_HAIR)]
    shirt = _SHIRT[look % len(_SHIRT)]
    back = smooth([(26, 52), (24, 76), (50, 96), (76, 76), (74, 52), (64, 44), (36, 44)])
    body = smooth([(8, 0), (14, 22), (38, 34), (62, 34), (86, 22), (92, 0), (92, -6), (8, -6)])
    neck = polygon([(42, 26), (42, 46), (58, 46), (58, 26)])
    fringe = smooth(
        [(30, 66), (33, 82), (50, 90), (67, 82), (70, 66), (62, 76), (48, 80), (38, 74)]
    )
    ring = merge(oval(41.5, 62, 6.5), oval(58.5, 62, 6.5))
    layers = [
        Layer(back, hair, shade(hair), 1.0),
        Layer(body, tint(shirt, 0.75), shade(shirt), 1.2),
        Layer(neck, shade(skin, 0.12), "none", 0),
        Layer(oval(50, 60, 20, 25), skin, shade(skin), 1.2),
        Layer(fringe, hair, shade(hair), 1.0),
        Layer(merge(oval(41.5, 62, 1.8), oval(58.5, 62, 1.8)), "#2B2B2B", "none", 0),
        Layer(
            smooth([(43, 47), (50, 44.5), (57, 47)], closed=False), "none", shade(skin, 0.6), 1.8
        ),
        Layer(
            smooth([(50, 60), (51.5, 53), (48.5, 52)], closed=False), "none", shade(skin, 0.4), 1.2
        ),
    ]
    if look % 2:  # spectacles
        layers.append(Layer(ring, "none", "#2B2B2B", 1.2))
    paint(ax, layers, zorder=2)
