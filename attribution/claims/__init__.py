"""What is asserted: attributions to claims, claims that say the same, and how many origins they have.

``build_claims`` makes one claim of each content; ``cluster_claims`` finds the claims that say the same, by events,
participants, names and figures, and prefers to miss a match over making a wrong one; ``independence`` counts who
stands behind them as a range with its reasons.
"""

from __future__ import annotations

from attribution.claims.build import build_claims, chains_of, makers_of
from attribution.claims.cluster import cluster_claims
from attribution.claims.compare import Decision, Verdict, same_claim
from attribution.claims.features import ClaimFeatures, Event, features
from attribution.claims.independence import Independence, independence
from attribution.claims.quantities import Quantity

__all__ = [
    "ClaimFeatures",
    "Decision",
    "Event",
    "Independence",
    "Quantity",
    "Verdict",
    "build_claims",
    "chains_of",
    "cluster_claims",
    "features",
    "independence",
    "makers_of",
    "same_claim",
]
