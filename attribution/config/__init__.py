"""How the editorial check runs: packaged defaults, a profile, a genre, a project's own file, the command line.

``configuration(path, …)`` finds and reads what holds for one article; every setting keeps where it comes from.
"""

from __future__ import annotations

from attribution.config.files import find_file, read_file
from attribution.config.layers import Config, Overrides, Setting, configuration, defaults_text
from attribution.config.profiles import PROFILES, ProfileSetting, Switch, genre_switches, profile_settings

__all__ = [
    "PROFILES",
    "Config",
    "Overrides",
    "ProfileSetting",
    "Setting",
    "Switch",
    "configuration",
    "defaults_text",
    "find_file",
    "genre_switches",
    "profile_settings",
    "read_file",
]
