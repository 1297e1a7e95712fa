"""The style sheet of labs and checks: an opaque white card, also in JupyterLab's dark theme.

Sizes follow the card's own width (flex boxes that wrap), so that it fits beside an open file
browser and on a projector of 1024 pixels. No element has an id.
"""

SHEET = """
.bonelab-lab, .bonelab-check {
  --jp-widgets-color: #1a1a1a; --jp-widgets-label-color: #1a1a1a;
  --jp-widgets-readout-color: #1a1a1a; --jp-widgets-input-color: #1a1a1a;
  --jp-widgets-input-background-color: #fff; --jp-widgets-input-border-color: #767676;
  --jp-ui-font-color0: #1a1a1a; --jp-ui-font-color1: #1a1a1a; --jp-ui-font-color2: #333;
  --jp-content-font-color1: #1a1a1a; --jp-layout-color0: #fff; --jp-layout-color1: #fff;
  --jp-layout-color2: #eee; --jp-layout-color3: #ddd; --jp-layout-color4: #767676;
  --jp-border-color1: #767676; --jp-border-color2: #999; --jp-brand-color1: #0072b2;
  --jp-brand-color2: #0072b2; --jp-brand-color3: #9cc7e4; --jp-widgets-slider-border-color: #767676;
  --jp-widgets-font-size: 14px; --jp-widgets-inline-height: 30px;
  background: #fff; color: #1a1a1a; color-scheme: light; border: 1px solid #bbb;
  border-radius: 6px; padding: 8px 14px; box-sizing: border-box; width: 100%;
  max-width: 1200px; display: flex; flex-direction: column; gap: 6px; overflow: hidden;
}
.bonelab-lab .widget-html, .bonelab-check .widget-html { height: auto; margin: 0; width: 100%; }
.bonelab-lab .widget-html-content, .bonelab-check .widget-html-content {
  line-height: 1.45; font-size: 15px; overflow-wrap: break-word; }
.bonelab-title { font-weight: 700; font-size: 18px; }
.bonelab-question { font-size: 15px; }
.bonelab-body { display: flex; flex-flow: row wrap; gap: 8px 20px; overflow: visible;
  align-items: flex-start; }
.bonelab-controls { display: flex; flex-flow: row wrap; gap: 6px 20px; flex: 1 1 270px;
  min-width: 0; align-items: flex-start; overflow: visible; }
.bonelab-picture { display: flex; flex-direction: column; flex: 1000 1 620px; min-width: 0;
  overflow: visible; gap: 4px; }
.bonelab-frame { position: relative; width: 100%; overflow: visible; min-width: 0; }
.bonelab-frame img { width: 100%; height: auto; display: block; margin: 0; background: #fff;
  contain: paint; }
.bonelab-lab .bonelab-region.jupyter-button { position: absolute; min-height: 24px; padding: 0;
  background: none; border: 2px solid transparent; font-size: 0; box-shadow: none; }
.bonelab-lab .bonelab-region.jupyter-button:hover { border-color: #0072b2; }
.bonelab-clickable { cursor: crosshair; }
.bonelab-voice { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.bonelab-answer { border-left: 4px solid #0072b2; padding: 2px 10px; }
.bonelab-control { display: flex; flex: 1 1 230px; max-width: 420px; align-items: flex-end;
  gap: 8px; overflow: visible; margin: 0; min-width: 0; }
.bonelab-control .widget-inline-hbox { height: auto; margin: 0; }
.bonelab-control .widget-slider, .bonelab-control .widget-dropdown {
  flex: 1 1 auto; width: auto; min-width: 0; flex-flow: row wrap; }
.bonelab-control .widget-inline-hbox > .widget-label {
  flex: 1 0 100%; width: 100%; text-align: left; white-space: normal; overflow: visible;
  line-height: 1.25; height: auto; margin: 0; padding: 0; }
.bonelab-control .slider-container { flex: 1 1 auto; margin: 0 8px; height: 30px;
  display: flex; align-items: center; }
.bonelab-control .slider-container .noUi-target { flex: 1 1 auto; margin: 0; top: 0; }
.bonelab-control .widget-dropdown select { flex: 1 1 auto; min-width: 0; width: 0; height: 30px;
  line-height: 1.2; font-size: 14px; }
.bonelab-control .widget-text { flex: 0 0 76px; width: 76px; }
.bonelab-control .widget-text > .widget-label { position: absolute; width: 1px; height: 1px;
  overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.bonelab-control .widget-text input { width: 76px; flex: 1 1 auto; min-width: 0; padding: 2px 6px; }
.bonelab-lab input:invalid { border-color: #767676; box-shadow: none; }
.bonelab-control .widget-checkbox { width: 100%; flex: 1 1 auto; }
.bonelab-control .widget-checkbox .widget-label-basic { height: auto; white-space: normal;
  overflow: visible; line-height: 1.25; }
.bonelab-lab .noUi-target.noUi-horizontal { height: 6px; border: none; border-radius: 3px;
  background: #767676; box-shadow: none; }
.bonelab-lab .noUi-target .noUi-connects { background: #767676; }
.bonelab-lab .noUi-target .noUi-handle:is(*, :focus, :active) { width: 18px; height: 18px;
  top: -6px; right: -9px; background: #fff; border: 2px solid #0072b2; border-radius: 50%;
  box-shadow: none; }
.bonelab-lab .noUi-target .noUi-handle:hover { background: #d5e6f2; }
.bonelab-lab .noUi-target .noUi-handle:is(:focus, :active) {  /* a dark theme's blue is too pale */
  background: #d5e6f2 !important; border-color: #0072b2 !important; }
.bonelab-lab .noUi-target .noUi-handle::before { display: none; }
.bonelab-lab .noUi-target .noUi-handle::after { content: ""; display: block; position: absolute;
  inset: -8px; width: auto; height: auto; background: none; }
:is(.bonelab-lab, .bonelab-check) :is(button, input, select, .noUi-handle):focus-visible {
  outline: 3px solid #0072b2 !important; outline-offset: 2px; }
:is(.bonelab-lab, .bonelab-check) :is(input, select):focus { border-color: #0072b2 !important; }
.bonelab-buttons, .bonelab-answers { display: flex; flex-flow: row wrap; gap: 8px; flex: 0 1 auto;
  overflow: visible; align-items: flex-end; }
.bonelab-lab .jupyter-button, .bonelab-check .jupyter-button { width: auto; height: auto;
  min-height: 30px; margin: 0; padding: 4px 14px; line-height: 1.3; white-space: normal;
  text-align: left; color: #1a1a1a; background: #ececec; border: 1px solid #767676;
  border-radius: 4px; font-size: 14px; }
.bonelab-lab .jupyter-button:disabled { opacity: 0.55; }
.bonelab-lab .jupyter-button.mod-active,
.bonelab-check .jupyter-button.mod-active { background: #d5e6f2; border-color: #0072b2; }
.bonelab-lab .bonelab-quiet, .bonelab-check .bonelab-quiet { background: #fff; }
.bonelab-ask { display: flex; flex-direction: column; gap: 4px; border-left: 4px solid #0072b2;
  padding: 4px 12px; overflow: visible; align-items: flex-start; }
.bonelab-told { display: flex; flex-flow: row wrap; gap: 8px; width: 100%; overflow: visible;
  align-items: flex-start; }
.bonelab-told .bonelab-rest { flex: 1 1 400px; width: auto; height: auto; white-space: normal;
  line-height: 1.45; font-size: 15px; text-align: left; margin: 0; }
.bonelab-answers .widget-text { width: auto; max-width: 100%; height: auto; flex-flow: row wrap;
  overflow: visible; }
.bonelab-answers .widget-text .widget-label { width: auto; flex: 0 1 auto; min-width: 0;
  white-space: normal; overflow: visible; height: auto; text-align: left; line-height: 1.3; }
.bonelab-answers .widget-text input { flex: 0 0 96px; width: 96px; }
.bonelab-sentence { font-size: 16px; min-height: 46px; }
.bonelab-lab { contain: layout style; container-type: inline-size; }
/* A question that was answered stands below: so title, controls, picture and sentence are in sight
   together while a slider moves, on a projector of 768 lines too, where controls stand above. */
.bonelab-lab .bonelab-ask:not(:has(.bonelab-told[style*="none"])) { order: 9; }
@container (max-width: 939px) {
  .bonelab-picture { --bonelab-high: max(264px, 100vh - 440px); }
  .bonelab-sentence { font-size: 15px; line-height: 1.35; }
  .bonelab-title { font-size: 16px; } }
@container (max-width: 640px) {  /* beside an open list of files */
  .bonelab-picture { --bonelab-high: max(264px, 100vh - 490px); } }
.bonelab-frame:has(> img[style*="display: none"]) { background: #f0f0f0; aspect-ratio: 2;
  max-height: 260px; border-radius: 4px; }  /* until there is a picture */
.bonelab-sentence progress { width: 160px; accent-color: #0072b2; vertical-align: middle; }
.bonelab-lab:is(.bonelab-projector, :fullscreen) { --jp-widgets-font-size: 18px;
  --jp-widgets-inline-height: 34px; --bonelab-scale: 3; max-width: none; }
.bonelab-lab:is(.bonelab-projector, :fullscreen)
  :is(.widget-html-content, .bonelab-question) { font-size: 18px; }
.bonelab-lab:is(.bonelab-projector, :fullscreen) .bonelab-sentence { font-size: 21px; }
.bonelab-lab:is(.bonelab-projector, :fullscreen)
  :is(.jupyter-button:not(.bonelab-region), select, input, .widget-label, .bonelab-rest) {
  font-size: 18px; }
.bonelab-lab:fullscreen { overflow: auto; border: none; border-radius: 0; }
@container (max-width: 1250px) {  /* there the controls stand above as well */
  .bonelab-lab:is(.bonelab-projector, :fullscreen) .bonelab-picture { flex: 1 1 100%; }
  .bonelab-lab.bonelab-projector .bonelab-picture { --bonelab-high: max(300px, 100vh - 446px); }
  .bonelab-lab:fullscreen .bonelab-picture { --bonelab-high: max(300px, 100vh - 320px); } }
.bonelab-note { color: #555; font-size: 14px; }
.bonelab-stale { color: #9e2a00; font-weight: 600; }
.bonelab-lab pre.bonelab-code { background: #f4f4f4; color: #1a1a1a; padding: 8px 12px; margin: 0;
  border-radius: 4px; white-space: pre-wrap; font-size: 13px; line-height: 1.4; }
.bonelab-rest:focus { outline: 2px solid #0072b2; outline-offset: 2px; }
.bonelab-old img { opacity: 0.45; }
.bonelab-sketch { display: flex; flex-direction: column; gap: 4px; flex: 0 1 190px; }
.bonelab-sketch img { width: 150px; } .bonelab-check img { max-width: 100%; }
.bonelab-challenge { margin: 2px 0; } .bonelab-reached { color: #08478a; font-weight: 600; }
.bonelab-control { flex-wrap: wrap; }
.bonelab-control .widget-slider { flex: 1 1 110px; }
.bonelab-control > .widget-html { flex: 1 0 100%; }
.bonelab-right { color: #08478a; } .bonelab-wrong { color: #9e2a00; }
.bonelab-options { display: flex; flex-direction: column; gap: 6px; align-items: stretch; }
@media (forced-colors: active) {  /* a background is taken away: a rail and a choice keep theirs */
  .bonelab-lab .noUi-target .noUi-connects { forced-color-adjust: none; background: CanvasText; }
  :is(.bonelab-lab, .bonelab-check) .jupyter-button.mod-active { border: 4px solid Highlight; } }
"""

# The still copy hides while the card below it lives; when its kernel is gone, the card hides. The
# bridge marks a card whose page has lost its server; JupyterLab tells the rest without it.
_CARD = ":is(.bonelab-lab, .bonelab-check)"
_DEAD = ":is(.jupyter-widgets-disconnected, .bonelab-gone)"
_STATES = ("unknown", "dead", "terminating", "disconnected")
_GONE = f":is({', '.join(f'[data-status={state}]' for state in _STATES)})"
_PANEL = f".jp-NotebookPanel:has(.jp-Notebook-ExecutionIndicator{_GONE})"
SHEET += f"""
.jp-OutputArea:has({_CARD}:not({_DEAD})) .bonelab-still {{ display: none; }}
.jp-OutputArea:has(.bonelab-still)
  .jp-OutputArea-child:has({_CARD}{_DEAD}) {{ display: none; }}
{_PANEL} .jp-OutputArea:has({_CARD}) .bonelab-still {{ display: block; }}
{_PANEL} .jp-OutputArea:has(.bonelab-still) .jp-OutputArea-child:has({_CARD}) {{ display: none; }}
"""

# Where a page was cut off from its server, another run of the cells would go nowhere.
CUT_OFF = (
    "This page has lost its Python. Start bonelab again if it was closed, and load the page again. "
)
SHEET += f"""
.jp-OutputArea:has({_CARD}.bonelab-cut) .bonelab-wake::before {{ content: "{CUT_OFF}";
  font-weight: 700; }}
"""

# A page that cannot load the bridge says so in a box of its own; the card is whole without it.
SHEET += f"""
{_CARD} > .jupyter-widgets:not([class*="widget-"], .bonelab-voice) {{ display: none; }}
"""

# Of the still copy itself. Its last rule takes away the words "model not found" below it.
STILL = """
.bonelab-still { background: #fff; color: #1a1a1a; border: 1px solid #bbb; border-radius: 6px;
  padding: 8px 14px; max-width: 1200px; box-sizing: border-box; font-size: 15px; }
.bonelab-still p { margin: 4px 0; }
.bonelab-wake { color: #555; font-style: italic; }
.jp-OutputArea-child:has(.bonelab-still)
  + .jp-OutputArea-child:has(> .jupyter-widgets):not(:has(> .jupyter-widgets > *)) {
  display: none; }
"""
