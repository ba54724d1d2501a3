"""Accuracy on annotated texts.

Attributions on PolNeAR (``polnear``, ``score``), sources on labelled articles of it (``sourcing``,
``source_score``), both on the project's own stories (``gold``, ``grants``), parsing on Universal Dependencies
(``parse``, ``align``), confidence (``calibration``), and floors that no change may fall below (``gate``).

Every public figure about this program's accuracy comes from here, through ``attribution evaluate``.
"""
