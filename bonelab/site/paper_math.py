"""Mathematics of a Markdown cell as MathML, before the rest of the cell is read."""

import re

# $$ ... $$ first, or its two halves would be read as $ ... $; a price such as "$5" has no partner.
BLOCK = re.compile(r"\$\$(.+?)\$\$", re.S)
INLINE = re.compile(r"(?<![\\$\w])\$(?!\s)([^$\n]+?)(?<!\s)\$(?![\d$])")


def mathematics(source: str) -> str:
    """The cell with every formula as MathML; code in back quotes stays as it is."""
    pieces = re.split(r"(```.*?```|`[^`\n]*`)", source, flags=re.S)
    pieces[::2] = [formulas(piece) for piece in pieces[::2]]
    return "".join(pieces)


def formulas(text):
    from latex2mathml.converter import convert

    text = BLOCK.sub(lambda m: convert(m[1].strip(), display="block"), text)
    return INLINE.sub(lambda m: convert(m[1]), text)
