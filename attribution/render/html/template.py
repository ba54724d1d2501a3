"""Templates, style and script.  Whatever a template prints is first made visible, then escaped.

So no word of an article can become markup, drive a terminal or turn the direction of the text, and no template has to
remember it.  The only things that pass as they are come from this package: style, script and other templates.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from attribution.records import Level
from attribution.render.cards import SEVERITY_WORDS
from attribution.render.fit import visible
from attribution.render.palette import DARK_INK, NEUTRAL, PALETTE

_PACKAGE = "attribution.render.html"


def render(template: str, **context: Any) -> str:
    """One template filled in."""
    return _environment().get_template(template).render(context)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(_PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["levels"] = list(Level)
    environment.globals["severity_words"] = SEVERITY_WORDS
    return environment


def _shown(value: object) -> object:
    return value if isinstance(value, Markup) else visible(str(value))


@cache
def style(*names: str) -> Markup:
    """Style sheets of this package one after another, the colours of the levels first."""
    return Markup("\n".join([_colours(), *(_asset(f"{name}.css") for name in names)]))


@cache
def script() -> Markup:
    """The page's script."""
    return Markup(_asset("report.js"))


def source_hash(inline: str) -> str:
    """How a Content-Security-Policy names an inline style or script that may be used."""
    digest = hashlib.sha256(inline.encode("utf-8")).digest()
    return f"'sha256-{b64encode(digest).decode()}'"


def _asset(name: str) -> str:
    text = (files(_PACKAGE) / name).read_text(encoding="utf-8")
    if "</" in text:  # it would end the element that it is put into
        raise ValueError(f"{name} may not contain a closing tag")
    return text


def _colours() -> str:
    def declared(dark: bool) -> str:
        parts = [f"--neutral: {NEUTRAL.dark if dark else NEUTRAL.light};"]
        for level, paint in PALETTE.items():
            colour, ink = (paint.dark, DARK_INK) if dark else (paint.light, paint.ink)
            parts.append(f"--{level.value}: {colour}; --{level.value}-ink: {ink};")
        return " ".join(parts)

    scope = ".attribution"
    dark = f"@media screen and (prefers-color-scheme: dark) {{ {scope} {{ {declared(True)} }} }}"
    used = [
        f"{scope} .l-{level.value} {{ --level: var(--{level.value}); --ink: var(--{level.value}-ink); }}"
        for level in Level
    ]
    return "\n".join(
        [
            f"{scope} {{ {declared(False)} }}",
            dark,
            f"{scope} .l-none {{ --level: var(--neutral); --ink: {NEUTRAL.ink}; }}",
            *used,
        ]
    )
