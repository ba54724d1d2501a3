"""Accuracy on annotated corpora: attribution on PolNeAR, parsing on Universal Dependencies.

Every public figure about this program's accuracy comes from here, through ``attribution evaluate``.
"""
