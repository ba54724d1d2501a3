"""Accuracy on annotated texts.

Attributions on PolNeAR (``polnear``, ``score``), sources on labelled articles of it (``sourcing``, ``source_score``), both
on the project's own stories (``gold``, ``grants``) with floors that no change may fall below (``gate``), parsing on
Universal Dependencies (``parse``, ``align``), and confidence (``calibration``).

Every public figure about this program's accuracy comes from here, through ``attribution evaluate``.
"""
