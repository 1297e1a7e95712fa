"""Who holds the RANKL? Every molecule of a mixture on one scale, between cells with RANK.

One drawn molecule stands for a certain concentration, the same for RANKL, RANK, OPG and antibody,
and the drawing says for which: 0.002 nM, or ten, a hundred ... times as much where there would be
no room. So an OPG that holds nothing is drawn as well as one that does. A part of a molecule is
drawn by its area. RANKL on RANK sits on the cells; all else is in the fluid, where each molecule
keeps its place. Molecules are drawn far too large for the cells.
"""

from functools import cache

import numpy as np

from . import cells, molecules
from .shapes import Layer, Stamp, grow, number, paint, placed, polygon, rotate, tint
from .share_bar import ShareBar, percent
from .style import COLOUR
from .words import Words

WIDTH, HEIGHT = 450, 446
FINEST = 0.002  # nM for one drawn molecule, where there is room
MOST, MOST_RANK = 1050, 100  # molecules with a place in the fluid, and on the cells
_FEWEST = 10  # with fewer molecules than this in all, one stands for less
_LOOK = {  # in the order of the bar
    "on RANK": (COLOUR["RANK"], "//"),
    "free": (tint(COLOUR["RANKL"], 0.85), ""),
    "on antibody": (tint(COLOUR["antibody"], 0.6), "xx"),
    "on OPG": (COLOUR["OPG"], ".."),
}
_CELLS, _RADIUS, _RECEPTOR = [(58, 53), (169, 53), (281, 53), (392, 53)], 36, 9.5
_FLUID = (10, 440, 108, 310)  # left, right, bottom, top of where molecules stand
_ROOMS = {66: 11.0, 264: 8.8, MOST: 4.9}  # places in the fluid, and the size of molecules there
_ARM = np.array([0.52, 0.72])  # from the middle of an antibody to the tip of one of its arms
_KEY = {"on RANK": (14, 404), "on OPG": (14, 360), "free": (238, 404), "on antibody": (238, 360)}


def scale_for(fluid, rank):
    """nM for which one drawn molecule stands: ``fluid`` nM stand in the fluid, ``rank`` on cells.

    It changes by factors of ten only, so that a slider that moves leaves it alone most of the time.
    """
    scale = FINEST
    while fluid / scale > MOST or rank / scale > MOST_RANK:
        scale *= 10
    while 0 < fluid + rank < _FEWEST * scale / 10:
        scale /= 10
    return scale


def counted(*, rankl=0.2, rank=0.02, opg=0.4, antibody=0.0, on_rank=0.0, on_opg=0.0,
            on_antibody=0.0):  # fmt: skip
    """What is drawn of these amounts (nM): ``"scale"``, and the number of each kind of molecule.

    `on_rank`, `on_opg`, `on_antibody` are nM of RANKL held; an antibody has two arms. Raises
    BonelabError for a value out of range or missing (NaN).
    """
    free = number("rankl", rankl) - number("on_rank", on_rank)
    free -= number("on_opg", on_opg) + number("on_antibody", on_antibody)
    number("rankl - (on_rank + on_opg + on_antibody)", free, low=-1e-6 * rankl)
    number("on_rank", on_rank, high=number("rank", rank) * (1 + 1e-6))
    number("on_opg", on_opg, high=number("opg", opg) * (1 + 1e-6))
    number("on_antibody", on_antibody, high=2 * number("antibody", antibody) * (1 + 1e-6))
    free = max(free, 0.0)
    scale = scale_for(free + opg + antibody, rank)
    amounts = {
        "RANKL": rankl, "free RANKL": free, "OPG": opg, "empty OPG": opg - on_opg,
        "RANK": rank, "empty RANK": rank - on_rank, "antibody": antibody, "on RANK": on_rank,
        "on OPG": on_opg, "on antibody": on_antibody,
    }  # fmt: skip
    return {"scale": scale} | {name: max(nM, 0.0) / scale for name, nM in amounts.items()}


class BindingPicture:
    """Drawing and bar of who holds RANKL, in `ax`. `.moving` lists what `update` changes."""

    aspect = WIDTH / HEIGHT

    def __init__(self, ax):
        ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT), aspect="equal")
        ax.axis("off")
        self.axes = ax
        fluid = Layer(polygon([(0, 0), (WIDTH, 0), (WIDTH, 318), (0, 318)]), "#F4F7FA")
        paint(ax, [fluid], zorder=0)
        for place in _CELLS:
            paint(ax, cells.precursor(_RADIUS), *place)
        self._on_cells(ax)
        self._in_fluid(ax)
        self._write_key(ax)
        drawn = [part for part in vars(self).values() if isinstance(part, (Stamp, ShareBar, Words))]
        self.moving = [artist for part in drawn for artist in part.moving]
        self.moving += [artist for words in self._counts.values() for artist in words.moving]
        self.moving += [artist for part in self.glyphs.values() for artist in part.moving]
        self.update()

    def _on_cells(self, ax):
        seats, angles = _receptor_places(_RADIUS + _RECEPTOR * molecules.SEAT)
        feet, _ = _receptor_places(_RADIUS)
        self.receptors = Stamp(ax, molecules.rank(_RECEPTOR), feet, turn=angles, zorder=2.5)
        self.seated = Stamp(ax, molecules.rankl(_RECEPTOR), seats, turn=angles + 180, zorder=4)

    def _in_fluid(self, ax):
        places, turns = _places(MOST), np.random.default_rng(6).uniform(0, 360, MOST)
        held = placed(molecules.antibody(), *-_ARM)

        def stamp(glyph, zorder):
            return Stamp(ax, glyph, places, turn=turns, zorder=zorder)

        self.opg, self.plain_opg = stamp(molecules.opg(bend=2), 3), stamp(molecules.plain_opg(), 3)
        self.rankl, self.plain_rankl = (
            stamp(molecules.rankl(1.14), 4),
            stamp(molecules.plain_rankl(1.14), 4),
        )
        self.antibody = stamp(held, 3)
        self.second = stamp(placed(molecules.rankl(1.14), -2 * _ARM[0], 0), 4)

    def _write_key(self, ax):
        glyphs = {
            "on RANK": (molecules.rank(13), -4),
            "on OPG": (molecules.opg(11), 0),
            "free": (molecules.rankl(15), 0),
            "on antibody": (molecules.antibody(11), 0),
        }
        self.glyphs = {
            name: Stamp(ax, glyph, [(_KEY[name][0], _KEY[name][1] + down)])
            for name, (glyph, down) in glyphs.items()
        }
        spots = {name: (x + 20, y + 9) for name, (x, y) in _KEY.items()}
        self.bar = ShareBar(ax, _LOOK, spots, 8, WIDTH - 8, 422, 444)
        self._counts = {name: Words(ax, x + 20, y - 12) for name, (x, y) in _KEY.items()}
        self._none = Words(ax, WIDTH / 2, 433, side="center")
        self._scale = Words(ax, 8, 328)

    def update(self, **amounts):
        """Show a mixture: totals and held RANKL in nM, as :func:`counted` takes them."""
        seen = counted(**amounts)
        opg, antibody, free = (seen[name] for name in ("OPG", "antibody", "free RANKL"))
        whole = [int(np.ceil(n - 1e-9)) for n in (opg, antibody, free)]
        room = next(places for places in _ROOMS if sum(whole) <= places or places == MOST)
        size, where, at = _ROOMS[room], _places(room), _places_taken(room, *whole)
        on_opg = grow(seen["on OPG"], len(at["OPG"]))
        first = grow(min(seen["on antibody"], antibody), len(at["antibody"]))
        second = grow(max(seen["on antibody"] - antibody, 0), len(at["antibody"]))
        rankl = {"OPG": on_opg, "antibody": first, "free": grow(free, len(at["free"]))}
        opg = {"OPG": grow(opg, len(at["OPG"]))}
        crowded = room == MOST
        for plain, exact, sizes in ((self.plain_opg, self.opg, opg),
                                    (self.plain_rankl, self.rankl, rankl)):  # fmt: skip
            scale = size * _sized(sizes, at)
            plain.show(scale * crowded, where)
            exact.show(scale * (not crowded), where)
        whole = grow(antibody, len(at["antibody"]))
        self.antibody.show(size * _sized({"antibody": whole}, at), where)
        self.second.show(size * _sized({"antibody": second}, at), where)
        self.receptors.show(grow(seen["RANK"], MOST_RANK))
        self.seated.show(grow(seen["on RANK"], MOST_RANK))
        self._write(seen)

    def _write(self, seen):
        whole = max(seen["RANKL"], 1e-12)
        held = {name: seen[name] for name in ("on RANK", "on OPG", "on antibody")}
        shares = {"free": seen["free RANKL"]} | held
        shares = {name: number_drawn / whole for name, number_drawn in shares.items()}
        if seen["RANKL"] == 0:
            shares = dict.fromkeys(shares, 0.0)
        self.bar.show(shares)
        self._none.show("no RANKL" * (seen["RANKL"] == 0))
        words = {
            "on RANK": f"{some(seen['RANK'])} RANK, {some(seen['empty RANK'])} empty",
            "on OPG": f"{some(seen['OPG'])} OPG, {some(seen['empty OPG'])} empty",
            "free": f"{some(seen['RANKL'])} RANKL",
            "on antibody": f"{some(seen['antibody'])} antibodies",
        }
        for name, text in words.items():
            self._counts[name].show(text)
        there = seen["antibody"] > 0
        self.glyphs["on antibody"].show(float(there))
        if not there:
            self._counts["on antibody"].show("")
            self.bar.hide("on antibody")
        self._scale.show(f"One drawn molecule stands for {seen['scale']:.3g} nM.")

    def alt(self, **amounts):
        """Text alternative for the same values."""
        seen = counted(**amounts)
        drug = f", {some(seen['antibody'])} antibodies" if seen["antibody"] else ""
        drawn = (
            f"Drawing in which one molecule stands for {seen['scale']:.3g} nM: "
            f"{some(seen['RANKL'])} RANKL, {_empty(seen, 'OPG')}, "
            f"{_empty(seen, 'RANK', ' on cells')}{drug}."
        )
        if seen["RANKL"] == 0:
            return f"{drawn} There is no RANKL."
        shares = {name: seen[name] / seen["RANKL"] for name in ("on RANK", "on OPG")}
        if seen["antibody"]:
            shares["on antibody"] = seen["on antibody"] / seen["RANKL"]
        shares["free"] = seen["free RANKL"] / seen["RANKL"]
        *held, last = (f"{percent(share)} is {where}" for where, share in shares.items())
        return f"{drawn} Of the RANKL, {', '.join(held)} and {last}."


def _empty(seen, name, where=""):
    """How many receptors of a kind there are, and how many of them hold nothing."""
    if not seen[name]:
        return f"no {name}{where}"
    return f"{some(seen[name])} {name}{where} ({some(seen[f'empty {name}'])} of them empty)"


def some(molecules_drawn):
    """A number of drawn molecules in words: whole from ten on, with a decimal below."""
    if molecules_drawn >= 9.95:
        return f"{molecules_drawn:,.0f}"
    return f"{molecules_drawn:.1f}".removesuffix(".0")


@cache
def _places(room):
    """MOST places of which the first `room` fill the fluid evenly, not in rank and file."""
    left, right, bottom, top = _FLUID
    columns = int(np.ceil(np.sqrt(room * (right - left) / (top - bottom))))
    rows = -(-room // columns)
    row, column = np.divmod(np.arange(rows * columns), columns)
    pitch = (right - left) / columns
    x = left + pitch * (column + 0.5 + 0.3 * (row % 2 - 0.5))
    y = bottom + (top - bottom) * (row + 0.5) / rows
    shake = np.random.default_rng(6).uniform(-0.12, 0.12, (rows * columns, 2)) * pitch
    places = np.column_stack([x, y]) + shake
    order, free = [], np.ones(len(places), bool)
    step = np.array([0.7548776662466927, 0.5698402909980532])  # spreads any number evenly
    for k in range(room):
        want = np.array([left, bottom]) + (0.5 + k * step) % 1 * (right - left, top - bottom)
        away = np.where(free, np.hypot(*(places - want).T), np.inf)
        order.append(int(away.argmin()))
        free[order[-1]] = False
    return np.vstack([places[order], np.zeros((MOST - room, 2))])


def _places_taken(room, opg, antibody, free):
    """Places by kind of molecule: each kind has every third place, and then what is left over."""
    taken = np.zeros(room, bool)
    at, short = {}, {}
    for k, (name, wanted) in enumerate({"OPG": opg, "antibody": antibody, "free": free}.items()):
        at[name] = np.arange(k, room, 3)[:wanted]
        taken[at[name]] = True
        short[name] = wanted - len(at[name])
    for name, missing in short.items():
        spare = np.flatnonzero(~taken)[:missing]
        taken[spare] = True
        at[name] = np.r_[at[name], spare]
    return at


def _sized(sizes, at):
    """One size for every place, from sizes by kind at the places of that kind."""
    every = np.zeros(MOST)
    for name, values in sizes.items():
        every[at[name]] = values
    return every


def _receptor_places(radius):
    """Places around the four cells at `radius`, those used first far apart; angles."""
    slot = np.arange(MOST_RANK)
    cell, turn = slot % 4, (slot // 4 * 7 % 25) * 360 / 25 + 20 * (slot % 4)
    places = [np.array(_CELLS[c]) + rotate([0, radius], t) for c, t in zip(cell, turn, strict=True)]
    return np.array(places), turn
