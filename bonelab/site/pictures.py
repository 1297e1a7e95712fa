"""Pictures as files: every page refers to them by the words of what they hold."""

import hashlib
import io
from pathlib import Path

COLOURS = 96  # a drawing has no more; without loss it is then smaller than with (some 30 kB)


class Pictures:
    """A folder of WebP files. ``add(png)`` gives the name of the file that holds the picture."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def add(self, png: bytes) -> str:
        """Store a picture once, however often it is shown; return its file name."""
        from PIL import Image

        name = hashlib.sha256(png).hexdigest()[:16] + ".webp"
        path = self.folder / name
        if not path.exists():
            drawn = Image.open(io.BytesIO(png)).convert("RGB")
            few = drawn.quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB")
            few.save(path, lossless=True, method=4)
        return name


def png_of(figure) -> bytes:
    """A matplotlib figure as PNG, as wide as a page shows it."""
    packed = io.BytesIO()
    figure.savefig(packed, format="png", dpi=110, facecolor="white")
    return packed.getvalue()
