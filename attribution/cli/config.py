"""``attribution config``: the settings in force, and where each comes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from attribution.cli import EXIT_DONE, shared_options
from attribution.cli.rule_options import rule_options
from attribution.config import Config, Overrides, configuration, defaults_text
from attribution.config.layers import toml_value
from attribution.render.fit import visible
from attribution.render.wire import escape_controls
from attribution.rules.engine import chosen_rules


@click.command("config", short_help="The check's settings in force, and where each comes from.")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--defaults", is_flag=True, help="Print a commented file with every setting, to start from.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@rule_options
@shared_options
def command(
    file: Path | None,
    defaults: bool,
    format_: str,
    config_file: Path | None,
    overrides: Overrides,
    quiet: bool,  # noqa: ARG001 (every command takes them; this one has nothing to add or leave out)
    verbose: bool,  # noqa: ARG001
) -> int:
    """The editorial check's settings in force, and where each comes from.

    For FILE, an article that need not exist, or for the working folder.  Settings come in layers: the defaults, the
    profile, the genre, the nearest attribution.toml (or [tool.attribution] in pyproject.toml), the command line.

    \b
    attribution config drafts/story.md
    attribution config --profile bbc --genre conflict
    attribution config --defaults > attribution.toml
    """
    if defaults:
        click.echo(defaults_text(), nl=False)
        return EXIT_DONE
    config = configuration(file, file=config_file, overrides=overrides)
    click.echo(escape_controls(_json(config)) if format_ == "json" else _text(config))
    return EXIT_DONE


def _text(config: Config) -> str:
    lines = [f"# configuration file: {config.file or 'none found'}", ""]
    written = [(f"{key} = {toml_value(setting.value)}", setting.origin) for key, setting in config.values.items()]
    width = max(len(line) for line, _ in written)
    lines += [f"{line:<{width}}  # {origin}" for line, origin in written]
    codes = [rule.code for rule in chosen_rules(config.settings)]
    lines += ["", f"# {len(codes)} rules run:"]
    lines += [f"#   {' '.join(codes[at : at + 12])}" for at in range(0, len(codes), 12)]
    if config.off:
        lines += [
            "",
            f"# Off, since the text of the standard is known only second-hand or from memory (second-hand = true for"
            f" profile {config.profile} obeys them):",
        ]
        for setting in config.off:
            known = f"{setting.standard.standard.name}, {setting.standard.standard.reference}"
            lines.append(f"#   {setting.switch.code}: {setting.switch.why} ({known}; known {setting.standard.known})")
    return "\n".join(map(visible, lines))


def _json(config: Config) -> str:
    shown: dict[str, Any] = {
        "file": str(config.file) if config.file else None,
        "settings": {key: {"value": s.value, "origin": s.origin} for key, s in config.values.items()},
        "rules": [rule.code for rule in chosen_rules(config.settings)],
        "off": [{"code": s.switch.code, "standard": s.standard.key, "why": s.switch.why} for s in config.off],
    }
    return json.dumps(shown, ensure_ascii=False, indent=1)
