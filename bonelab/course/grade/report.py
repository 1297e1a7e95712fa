"""One report per student, as HTML and as text: marks, what each visible test said, nothing hidden.

All words of a student are shown as words: nothing of a submission is rendered.
"""

import hashlib
import re
from html import escape

from bonelab.course.grade.gradebook import mark_of, own_questions, waiting

SIGNS = ["\N{CHECK MARK} right", "\N{BALLOT X} not right", "\N{EN DASH} not attempted"]
SIGNS += ["! your code stopped"]
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff;
       max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }}
h1 {{ font-size: 1.6rem; }} h2 {{ font-size: 1.3rem; margin: 2rem 0 .5rem; }}
h3 {{ font-size: 1.1rem; margin: 1.5rem 0 .25rem; }} h4 {{ font-size: 1rem; margin: .75rem 0 0; }}
ul {{ list-style: none; padding-left: 0; margin: .25rem 0; }}
li {{ margin: .2rem 0; padding-left: 1.2em; text-indent: -1.2em; white-space: pre-wrap;
     overflow-wrap: anywhere; }}
.words {{ background: #f4f4f4; padding: .5rem .75rem; white-space: pre-wrap;
         overflow-wrap: anywhere; }}
.note {{ border-left: 4px solid #b58900; padding-left: .75rem; }}
</style>
</head>
<body>
{body}
</body>
</html>
"""


def file_name(student):
    """A safe name for a student's report, the same each time and different for each student."""
    safe = re.sub(r"[^\w-]+", "_", student, flags=re.ASCII).strip("_")[:60]
    if not safe or safe != student:
        safe = f"{safe or 'student'}-{hashlib.sha256(student.encode()).hexdigest()[:6]}"
    return safe


def text_report(name, student, questions):
    lines = [f"{name}: {_marks_line(student, questions)}", "   ".join(SIGNS), ""]
    for entry in student["sets"]:
        lines += [entry["title"], "=" * len(entry["title"]), entry["status"].capitalize() + "."]
        lines += [f"Note: {remark}." for remark in entry["remarks"]]
        for question in _questions(entry, questions):
            lines += ["", _heading(question, student)]
            for item in question["items"]:
                indent = "  "
                if item["item"] != question["question"]:
                    lines.append(f"  {_part_heading(item, student)}")
                    indent = "    "
                lines += [indent + line for line in _findings(entry["items"][item["item"]])]
                if comment := _comment(item, student):
                    lines.append(f"{indent}Your teacher: {comment}")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def html_report(name, student, questions):
    body = [f"<h1>{escape(name)}</h1>", f"<p>{escape(_marks_line(student, questions))}</p>"]
    body.append(f"<p>{' &emsp;'.join(sign.replace(' ', '&nbsp;') for sign in SIGNS)}</p>")
    for entry in student["sets"]:
        body.append(f"<h2>{escape(entry['title'])}</h2>")
        body.append(f"<p>{escape(entry['status'].capitalize())}.</p>")
        body += [f'<p class="note">Note: {escape(remark)}.</p>' for remark in entry["remarks"]]
        for question in _questions(entry, questions):
            body.append(f"<h3>{escape(_heading(question, student))}</h3>")
            for item in question["items"]:
                if item["item"] != question["question"]:
                    body.append(f"<h4>{escape(_part_heading(item, student))}</h4>")
                body += _html_item(item, entry, student)
    return PAGE.format(title=escape(name), body="\n".join(filter(None, body)))


def _html_item(item, entry, student):
    lines = _findings(entry["items"][item["item"]])
    if lines:
        yield f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
    if answer := student["essays"].get(item["item"]):
        yield f'<div class="words">{escape(answer)}</div>'
    if comment := _comment(item, student):
        yield f'<p class="note">Your teacher: {escape(comment)}</p>'


def _questions(entry, questions):
    return [q for q in questions if q["exercise"] == entry["exercise"]] if entry["items"] else []


def _marks_line(student, questions):
    own = own_questions(student, questions)
    if not own:
        return "nothing that could be marked"
    got = sum(mark_of(question, student) or 0 for question in own)
    line = f"{got:g} of {sum(question['points'] for question in own):g} marks"
    words = len(waiting(student, questions))
    return line + (f"; {words} answered in words, to be read by a human" if words else "")


def _heading(question, student):
    title = f" {question['title']}" if question["title"] else ""
    got = _got(mark_of(question, student), question["points"])
    return f"{question['question']}{title}: {got}"


def _part_heading(item, student):
    return f"{item['item']}: {_got(student['marks'].get(item['item']), item['points'])}"


def _got(mark, points):
    return f"not marked yet, out of {points:g}" if mark is None else f"{mark:g} of {points:g}"


def _comment(item, student):
    return student["human"].get(item["item"], {}).get("comment")


def _findings(item):
    lines = [line for line in item["text"].split("\n") if line]
    lines += [f"! {error}" for error in item.get("errors", ())]
    if item.get("hidden_points"):
        lines.append(
            f"Tests that run only when work is graded: {item['hidden_got']:g} "
            f"of {item['hidden_points']:g} marks."
        )
    return lines
