"""One report per student, as HTML and as text: marks, what each visible test said, nothing hidden.

All words of a student are shown as words: nothing of a submission is rendered.
"""

import hashlib
import re
from html import escape

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
h1 {{ font-size: 1.5rem; }} h2 {{ font-size: 1.1rem; margin: 1.5rem 0 .25rem; }}
table {{ border-collapse: collapse; }} th, td {{ text-align: left; padding: .15rem 1rem .15rem 0; }}
td.marks {{ text-align: right; }}
ul {{ list-style: none; padding-left: 0; }} li {{ margin: .2rem 0; white-space: pre-wrap; }}
pre {{ background: #f4f4f4; padding: .5rem; white-space: pre-wrap; overflow-wrap: anywhere; }}
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
    lines = [f"{name}: {_marks_line(student, questions)}", ""]
    for entry in student["sets"]:
        lines += [entry["title"], "=" * len(entry["title"]), entry["status"].capitalize() + "."]
        lines += [f"Note: {remark}." for remark in entry["remarks"]]
        for question, item in _items(entry, questions):
            lines += ["", _heading(question, item, student)]
            lines += [f"  {line}" for line in _findings(item)]
            if comment := student["human"].get(question["question"], {}).get("comment"):
                lines.append(f"  Your teacher: {comment}")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def html_report(name, student, questions):
    body = [f"<h1>{escape(name)}</h1>", f"<p>{escape(_marks_line(student, questions))}</p>"]
    for entry in student["sets"]:
        body.append(f"<h1>{escape(entry['title'])}</h1>")
        body.append(f"<p>{escape(entry['status'].capitalize())}.</p>")
        body += [f'<p class="note">{escape(remark)}.</p>' for remark in entry["remarks"]]
        for question, item in _items(entry, questions):
            body.append(f"<h2>{escape(_heading(question, item, student))}</h2>")
            findings = "".join(f"<li>{escape(line)}</li>" for line in _findings(item))
            body.append(f"<ul>{findings}</ul>" if findings else "")
            if answer := student["essays"].get(question["question"]):
                body.append(f"<pre>{escape(answer)}</pre>")
            if comment := student["human"].get(question["question"], {}).get("comment"):
                body.append(f'<p class="note">Your teacher: {escape(comment)}</p>')
    return PAGE.format(title=escape(name), body="\n".join(filter(None, body)))


def _items(entry, questions):
    for question in questions:
        if question["exercise"] == entry["exercise"] and question["question"] in entry["items"]:
            yield question, entry["items"][question["question"]]


def _marks_line(student, questions):
    sets = {entry["exercise"] for entry in student["sets"]}
    own = [q for q in questions if q["exercise"] in sets]
    if not own:
        return "nothing that could be marked"
    marks = [student["marks"].get(q["question"]) for q in own]
    line = f"{sum(m for m in marks if m is not None):g} of {sum(q['points'] for q in own):g} marks"
    waiting = marks.count(None)
    return line + (f"; {waiting} answered in words, to be read by a human" if waiting else "")


def _heading(question, item, student):
    mark = student["marks"].get(question["question"])
    got = "not marked yet, out of" if mark is None else f"{mark:g} of"
    title = f" {question['title']}" if question["title"] else ""
    return f"{question['question']}{title}: {got} {question['points']:g}"


def _findings(item):
    lines = [line for line in item["text"].split("\n") if line]
    lines += [f"! {error}" for error in item.get("errors", ())]
    if item.get("hidden_points"):
        lines.append(
            f"Tests that run only when work is graded: {item['hidden_got']:g} "
            f"of {item['hidden_points']:g} marks."
        )
    return lines
