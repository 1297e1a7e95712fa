"""The cells of the course as drawn glyphs, in micrometres and about to scale.

Each function returns a tuple of layers (see `shapes`). The anchor (0, 0) of a cell that sits on
bone is the middle of its foot on the bone surface; of any other cell, its centre.
"""

import numpy as np

from .shapes import Layer, line, merge, moved, oval, rod, rotate, shade, smooth, tint
from .style import COLOUR

OUTLINE = 1.3  # points


def _body(path, key, share=0.45):
    return Layer(path, tint(COLOUR[key], share), shade(COLOUR[key], 0.25), OUTLINE)


def _nuclei(key, *ovals):
    """Dark nuclei, each with a pale nucleolus."""
    spots = [moved(oval(rx=0.9), *o.vertices[:-1].mean(0)) for o in ovals]
    return (
        Layer(merge(*ovals), tint(shade(COLOUR[key], 0.3), 0.85), shade(COLOUR[key], 0.55), 0.9),
        Layer(merge(*spots), tint(COLOUR[key], 0.35), "none", 0),
    )


def osteoclast(width=60.0):
    """Large cell with many nuclei on bone: sealed at both feet, ruffled border between them.

    The ruffled border reaches 8 % of the width below the bone surface, into the pit.
    """
    w = width / 60
    dome = [(27, 0), (29.5, 4), (28, 12), (21, 20), (10, 25.5), (-3, 25), (-14, 23), (-24, 17)]
    dome += [(-29, 9), (-29.5, 3), (-27, 0)]
    x, up = np.linspace(-21, 21, 25), np.arange(25) % 2
    folds = np.column_stack([x, np.where(up, 1.5, -4.4 - 0.5 * np.cos(x / 8))])
    body = smooth(np.vstack([dome, [(-23, -0.6)], folds, [(23, -0.6)]]) * w)
    fringe = np.vstack([folds, [(21, 5.5), (0, 7.5), (-21, 5.5)]])
    seal = merge(oval(-24.8, 1.6, 3.2, 1.9), oval(24.8, 1.6, 3.2, 1.9))
    vacuoles = merge(*(oval(a, 8.4 + 0.8 * (k % 2), 1.5) for k, a in enumerate(range(-15, 17, 6))))
    spots = [(-18, 13.4), (-9.5, 17.8), (0.5, 14), (9, 19.2), (12.8, 12.6), (20.5, 11.8)]
    nuclei = _nuclei("osteoclast", *(oval(a, b, 3.9, 3.1, 7 * a) for a, b in spots))
    parts = (
        _body(body, "osteoclast", 0.42),
        Layer(smooth(fringe * w), tint(COLOUR["osteoclast"], 0.7), "none", 0),
        Layer(moved(seal, size=w), shade(COLOUR["osteoclast"], 0.3), "none", 0),
        Layer(moved(vacuoles, size=w), tint(COLOUR["osteoclast"], 0.12), "none", 0),
    )
    return parts + tuple(Layer(moved(n.path, size=w), n.face, n.edge, n.width) for n in nuclei)


def pit(width=60.0):
    """Hollow that an osteoclast of this `width` etches; scale its second axis for its depth."""
    w = width / 60
    rim = [(-25, 0.6), (-22, -5.5), (-14, -10), (-5, -11.6), (3, -11), (10, -11.8), (18, -8.6)]
    path = smooth(np.array([*rim, (23, -4), (25, 0.6), (0, 1.2)]) * w)
    return (Layer(path, tint(COLOUR["resorption"], 0.12), COLOUR["bone"], 1.0),)


def precursor(radius=5.0):
    """Round mononuclear cell of the monocyte line: one kidney-shaped nucleus."""
    r = radius
    kidney = [(-0.56, -0.1), (-0.42, 0.4), (0, 0.58), (0.42, 0.4), (0.56, -0.1), (0.36, -0.4)]
    kidney += [(0.18, -0.16), (0, 0.04), (-0.18, -0.16), (-0.36, -0.4)]
    dark = tint(shade(COLOUR["precursor"], 0.3), 0.9)
    return (
        _body(oval(rx=r), "precursor", 0.5),
        Layer(smooth(np.array(kidney) * r), dark, shade(COLOUR["precursor"], 0.55), 0.9),
    )


def pre_osteoblast(length=22.0):
    """Spindle-shaped cell with one oval nucleus, lying along x."""
    s = length / 22
    half = [(-11, 0), (-5, 1.8), (0, 3.4), (5, 2), (11, 0.4), (5, -1.9), (0, -3.2), (-5, -2.2)]
    nucleus = _nuclei("pre-osteoblast", oval(0, 0, 3.6, 2.0))
    parts = (_body(smooth(np.array(half)), "pre-osteoblast", 0.55), *nucleus)
    return tuple(Layer(moved(p.path, size=s), p.face, p.edge, p.width) for p in parts)


def osteoblast(width=12.0):
    """Box-shaped cell on new bone; its nucleus lies off centre, away from the bone."""
    s = width / 12
    box = [(-5.6, 0.6), (-5.9, 4), (-5.8, 9), (-5.2, 13.2), (-2.5, 14.4), (2.5, 14.6), (5.2, 13.4)]
    box += [(5.8, 9), (5.9, 4), (5.6, 0.6), (2.5, 0), (-2.5, 0)]
    golgi = merge(*(moved(oval(rx=2.6, ry=0.55), 0.4, y, 8) for y in (4.4, 6.0)))
    parts = (
        _body(smooth(np.array(box)), "osteoblast", 0.38),
        Layer(golgi, tint(COLOUR["osteoblast"], 0.12), "none", 0),
        *_nuclei("osteoblast", oval(-1.2, 10.3, 3.3, 2.6)),
    )
    return tuple(Layer(moved(p.path, size=s), p.face, p.edge, p.width) for p in parts)


def osteocyte(length=16.0, reach=15.0, seed=0):
    """Star-shaped cell in its lacuna; canaliculi with its processes run `reach` micrometres out."""
    s, rng = length / 16, np.random.default_rng(seed)
    threads = []
    for angle in np.arange(0, 360, 30) + rng.uniform(-9, 9, 12):
        start = rotate([4.5, 0], angle) * (1.5, 0.75)
        far = rng.uniform(0.75, 1.1) * reach
        bend = rotate([[far * 0.55, rng.uniform(-2.2, 2.2)], [far, 0]], angle)
        threads.append(smooth(np.vstack([start, start * 0.4 + bend]), closed=False))
        fork = start * 0.4 + bend[0]
        tip = fork + rotate([far * 0.38, 0], angle + rng.choice([-32, 32]))
        threads.append(line(fork, tip))
    star = [rotate([1.2 if k % 2 else 0.85, 0], 22.5 * k) * (5.9, 2.9) for k in range(16)]
    parts = (
        Layer(merge(*threads), "none", tint(COLOUR["osteocyte"], 0.7), 1.0),
        Layer(oval(rx=8.2, ry=4.6), "white", COLOUR["bone"], 1.0),
        _body(smooth(np.array(star)), "osteocyte", 0.6),
        *_nuclei("osteocyte", oval(0, 0, 2.9, 1.7)),
    )
    return tuple(Layer(moved(p.path, size=s), p.face, p.edge, p.width) for p in parts)


def t_cell(radius=4.5):
    """Small lymphocyte: a round nucleus that nearly fills the cell."""
    grey = shade(COLOUR["ghost"], 0.25)
    return (
        Layer(oval(rx=radius), tint(grey, 0.25), shade(grey, 0.3), OUTLINE),
        Layer(oval(0.3, 0.2, 0.74 * radius), tint(grey, 0.85), shade(grey, 0.5), 0.9),
    )


def dendritic_cell(radius=10.0):
    """Tree-like cell of the immune system with long branches and one lobed nucleus."""
    grey, rng = shade(COLOUR["ghost"], 0.05), np.random.default_rng(3)
    arms = []
    for angle in range(0, 360, 40):
        tip = [rng.uniform(0.95, 1.25), 0.05]
        arms += [rotate(point, angle) for point in ([0.52, -0.08], tip, [0.52, 0.13])]
        arms.append(rotate([0.42, 0], angle + 20))
    nucleus = smooth(np.array([(-0.3, 0), (-0.1, 0.24), (0.25, 0.2), (0.32, -0.1), (0, -0.26)]))
    return (
        Layer(smooth(np.array(arms) * radius), tint(grey, 0.3), shade(grey, 0.45), OUTLINE),
        Layer(moved(nucleus, size=radius), tint(grey, 0.9), shade(grey, 0.6), 0.9),
    )


def bone_lamellae(x0, x1, y0, y1, spacing=7.0, seed=1):
    """Fine wavy growth lines of old bone in a rectangle; one layer."""
    rng, x, lines = np.random.default_rng(seed), np.linspace(x0, x1, 40), []
    for y in np.arange(y0 + spacing / 2, y1, spacing):
        phase = rng.uniform(0, 6.3)
        wave = y + 0.7 * np.sin(x / 17 + phase) + 0.4 * np.sin(x / 6.1 + 2 * phase)
        lines.append(line(*np.column_stack([x, wave])))
    return (Layer(merge(*lines), "none", tint(COLOUR["bone"], 0.42), 0.8),)


def scale_bar(x, y, length):
    """Black bar of `length` micrometres, starting at (x, y)."""
    return (Layer(rod([(x, y), (x + length, y)], 0.04 * length), "black"),)
