"""Mathematics as MathML, which browsers set by themselves: no script, no fonts, no request."""

from latex2mathml.converter import convert


def setup(app):
    """Called by Sphinx."""
    app.add_html_math_renderer(
        "mathml", inline_renderers=(inline, None), block_renderers=(block, None)
    )
    return {"parallel_read_safe": True}


def inline(self, node):
    self.body.append(convert(node.astext()))
    raise_skip()


def block(self, node):
    self.body.append(f'<div class="math">{convert(node.astext(), display="block")}</div>')
    raise_skip()


def raise_skip():
    from docutils.nodes import SkipNode

    raise SkipNode
