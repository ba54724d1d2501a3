"""Figures as tables for people and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attribution.evaluate.calibration import Reliability
from attribution.evaluate.changes import Change, Changes
from attribution.evaluate.mistakes import Mistake
from attribution.evaluate.score import Count, Scores
from attribution.evaluate.source_score import DETECTIONS
from attribution.render.table import Column, draw

WIDTH = 100


def table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A plain table, its first column words and the others figures."""
    columns = [Column(title, right=at > 0) for at, title in enumerate(titles)]
    drawn = draw(columns, rows, WIDTH)
    return "\n".join([*drawn.head, *(line for row in drawn.rows for line in row)])


def _percent(value: float) -> str:
    return f"{100 * value:.1f}"


def _interval(scores: Scores, name: str) -> str:
    if name not in scores.intervals:
        return ""
    low, high = scores.intervals[name]
    return f"{_percent(low)} to {_percent(high)}"


# ------------------------------------------------------------------------------------------- extraction


def extraction_table(what: str, scores: Scores) -> str:
    """Attributions found: every measure of ``score`` with precision, recall and F1 in per cent."""
    headline = scores.counts["attribution.lenient"]
    rows = []
    for name, count in scores.counts.items():
        # Some measures have recall alone: there is no saying what a wrong prediction of that form is.
        rows.append(
            [
                name,
                _percent(count.precision) if count.predicted else "-",
                _percent(count.recall),
                _percent(count.f1) if count.predicted else "-",
                _interval(scores, name) if count.predicted else "",
                *(str(n) for n in (count.right_gold, count.predicted, count.gold)),
            ]
        )
    titles = ["measure", "P", "R", "F1", "95 % of F1", "right", "found", "gold"]
    kept = [at for at, title in enumerate(titles) if scores.intervals or title != "95 % of F1"]
    first = (
        f"{what}, {scores.articles} articles, {headline.gold} attributions: "
        f"attribution (lenient) F1 {_percent(headline.f1)}"
    )
    return f"{first}\n\n" + table([titles[at] for at in kept], [[row[at] for at in kept] for row in rows])


_ABLATED = {
    "attribution.lenient": "lenient", "attribution.strict": "strict", "content.iou50": "content",
    "subset.direct.attr": "direct", "subset.indirect.attr": "indirect",
    "token.source": "source", "token.cue": "cue",
}  # fmt: skip
"""The measures of an ablation, by the titles of their columns."""


def ablation_table(what: str, measured: Mapping[str, Scores]) -> str:
    """F1 in per cent of every variant, and how far its lenient F1 is from the first one's."""
    whole = next(iter(measured.values())).counts["attribution.lenient"].f1
    rows = []
    for name, scores in measured.items():
        lenient = scores.counts["attribution.lenient"]
        rows.append(
            [
                name,
                *(_percent(scores.counts[measure].f1) for measure in _ABLATED),
                str(lenient.predicted),
                f"{100 * (lenient.f1 - whole):+.1f}" if lenient.f1 != whole else "",
            ]
        )
    first = f"{what}, {next(iter(measured.values())).articles} articles: F1 in per cent; change of lenient F1"
    return f"{first}\n\n" + table(["variant", *_ABLATED.values(), "found", "change"], rows)


def scores_json(scores: Scores) -> dict[str, Any]:
    """By measure, with the field names of the PolNeAR scorer's own output."""
    figures: dict[str, Any] = {}
    for name, count in scores.counts.items():
        figures[name] = {
            "p": count.precision,
            "r": count.recall,
            "f1": count.f1,
            "tp_pred": count.right_predicted,
            "n_pred": count.predicted,
            "tp_gold": count.right_gold,
            "n_gold": count.gold,
        }
        if name in scores.intervals:
            figures[name]["f1_ci95"] = list(scores.intervals[name])
    return figures


# --------------------------------------------------------------------------------------------- sources


def source_table(what: str, by_setting: Mapping[str, Scores]) -> str:
    """Sources resolved and graded: F1 or share right in per cent, with spans given beside end to end."""
    given, found = by_setting["given"], by_setting["found"]
    judged, matched = (scores.counts["kind"].gold for scores in (given, found))
    rows = [
        [
            f"{name}, F1" if name in DETECTIONS else name,
            *(cell for scores in (given, found) for cell in _cells(scores, name)),
        ]
        for name in given.counts
        if given.counts[name].gold or given.counts[name].predicted
    ]
    first = (
        f"{what}, {given.articles} articles, {judged} attributions; {matched} of them were found "
        f"({_percent(matched / judged if judged else 0.0)} %)"
    )
    titles = ["per cent", "given spans", "95 %", "gold", "end to end", "95 %", "gold"]
    return f"{first}\n\n" + table(titles, rows)


def _cells(scores: Scores, name: str) -> list[str]:
    count = scores.counts[name]
    measured = count.gold or count.predicted
    return [_percent(count.f1) if measured else "-", _interval(scores, name) if measured else "", str(count.gold)]


def grants_table(by_setting: Mapping[str, Scores]) -> str:
    """Anonymity granted and reasons on the short cases."""
    rows = [
        [
            f"{name}, {words}",
            *(_percent(f) for f in (count.precision, count.recall, count.f1)),
            _interval(by_setting[setting], name),
            *(str(n) for n in (count.right_gold, count.predicted, count.gold)),
        ]
        for setting, words in (("given", "given spans"), ("found", "end to end"))
        for name, count in by_setting[setting].counts.items()
    ]
    first = f"Anonymity granted and reasons, {by_setting['given'].articles} cases"
    return f"{first}\n\n" + table(["measure", "P", "R", "F1", "95 % of F1", "right", "found", "gold"], rows)


def breakdown_table(what: str, groups: Mapping[str, Mapping[str, Scores]]) -> str:
    """The chief figures for each group of stories, in per cent."""
    rows = []
    for name, parts in groups.items():
        extraction, given, found = (parts[part].counts for part in ("extraction", "given", "found"))
        shown = (
            extraction["attribution.lenient"], extraction["subset.direct.attr"], extraction["subset.indirect.attr"],
            given["entity"], given["level"], given["type"], found["level"],
        )  # fmt: skip
        rows.append(
            [
                name,
                str(parts["extraction"].articles),
                str(shown[0].gold),
                *(_percent(c.f1) if c.gold else "-" for c in shown),
            ]
        )
    titles = [what, "stories", "gold", "lenient F1", "direct", "indirect", "entity", "level", "type", "level e2e"]
    first = f"By {what}, per cent; entity, level and type for given spans, the last column (level) end to end"
    return f"{first}\n\n" + table(titles, rows)


# ------------------------------------------------------------------------------- confidence and changes


def reliability_table(measured: Reliability, what: str) -> str:
    """How often what was said with some confidence is right."""
    rows = [
        [
            f"{b.low:.1f} to {b.high:.1f}",
            str(b.n),
            f"{b.mean_confidence:.3f}" if b.n else "-",
            f"{b.share_right:.3f}" if b.n else "-",
        ]
        for b in measured.bins
    ]
    first = f"Confidence of {measured.n} {what}: expected calibration error {measured.error:.3f}"
    return f"{first}\n\n" + table(["confidence", "n", "mean", "share right"], rows)


def reliability_json(measured: Reliability) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "ece": measured.error,
        "n": measured.n,
        "bins": [
            {"low": b.low, "high": b.high, "n": b.n, "confidence": b.mean_confidence, "right": b.share_right}
            for b in measured.bins
        ],
    }


def changes_text(found: Changes) -> str:
    """Attributions gained and lost, each with its sentence."""
    lines = [f"Against the earlier predictions: {len(found.gained)} gained, {len(found.lost)} lost, "
             f"{found.unchanged} right in both"]  # fmt: skip
    for sign, listed in (("+", found.gained), ("-", found.lost)):
        for change in listed:
            lines += ["", f"{sign} {change.article}: {_relation(change)}", f"    {change.sentence}"]
    return "\n".join(lines)


def _relation(change: Change) -> str:
    return f"{change.source or '(nobody)'} | {change.cue or '(no cue)'} | {change.content}"


def mistakes_text(mistakes: Sequence[Mistake]) -> str:
    """Mistakes, numbered, each with its sentence: what is annotated after a minus, what was found after a plus."""
    lines = []
    for number, mistake in enumerate(mistakes, start=1):
        shown = [(sign, c) for sign, c in (("-", mistake.annotated), ("+", mistake.found)) if c is not None]
        lines += ["", f"{number}. {mistake.wrong}, {shown[0][1].article}"]
        lines += [f"  {sign} {_relation(change)}" for sign, change in shown]
        lines.append(f"    {shown[0][1].sentence}")
    return "\n".join(lines)


def changes_json(found: Changes) -> dict[str, Any]:
    """The same as plain values."""

    def rows(listed: Sequence[Change]) -> list[dict[str, str]]:
        return [
            {"article": c.article, "source": c.source, "cue": c.cue, "content": c.content, "sentence": c.sentence}
            for c in listed
        ]

    return {"gained": rows(found.gained), "lost": rows(found.lost), "unchanged": found.unchanged}


# ------------------------------------------------------------------------------------------------ parse


def parse_table(words: Mapping[str, str], measured: Mapping[str, Mapping[str, Count]]) -> str:
    """Parsing measures, one column for each treebank; ``words`` names the measures in their order."""
    rows = [
        [said, *(f"{100 * counts[name].f1:.2f}" if name in counts else "" for counts in measured.values())]
        for name, said in words.items()
        if any(name in counts for counts in measured.values())
    ]
    sizes = [f"{counts['gold.upos'].gold} words" for counts in measured.values()]
    return table(["per cent", *measured], [["", *sizes], *rows])


def parse_json(measured: Mapping[str, Mapping[str, Count]]) -> dict[str, Any]:
    """The same as plain values, by treebank and measure."""
    return {
        treebank: {
            name: {
                "p": count.precision,
                "r": count.recall,
                "f1": count.f1,
                "right": count.right_gold,
                "found": count.predicted,
                "gold": count.gold,
            }
            for name, count in counts.items()
        }
        for treebank, counts in measured.items()
    }
