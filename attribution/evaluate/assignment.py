"""The best one-to-one assignment between two sets, as in the coreference measure CEAF (Luo 2005)."""

from __future__ import annotations

from collections.abc import Sequence


def best_assignment(weights: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Pairs (row, column) with the greatest sum of weights, no row or column twice; pairs of weight 0 are left out.

    The Hungarian algorithm in its shortest-augmenting-path form (Jonker and Volgenant 1987), cubic in the size.

    Args:
        weights: rows of equal length, no weight negative.
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        turned = best_assignment([list(column) for column in zip(*weights, strict=True)])
        return sorted((row, column) for column, row in turned)
    rows, columns = len(weights), len(weights[0])
    # Row and column 0 stand for "none"; potentials keep every reduced cost (of -weight) at 0 or above.
    row_potential = [0] * (rows + 1)
    column_potential = [0] * (columns + 1)
    row_of = [0] * (columns + 1)
    for row in range(1, rows + 1):
        row_of[0], column = row, 0
        least: list[int | None] = [None] * (columns + 1)
        came_from = [0] * (columns + 1)
        done = [False] * (columns + 1)
        while row_of[column]:
            done[column] = True
            current = row_of[column]
            step, nearest = -1, 0
            for other in range(1, columns + 1):
                if done[other]:
                    continue
                cost = -weights[current - 1][other - 1] - row_potential[current] - column_potential[other]
                known = least[other]
                if known is None or cost < known:
                    least[other], came_from[other], known = cost, column, cost
                if nearest == 0 or known < step:
                    step, nearest = known, other
            for other in range(columns + 1):
                if done[other]:
                    row_potential[row_of[other]] += step
                    column_potential[other] -= step
                elif (known := least[other]) is not None:
                    least[other] = known - step
            column = nearest
        while column:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    pairs = ((row_of[column] - 1, column - 1) for column in range(1, columns + 1) if row_of[column])
    return sorted((r, c) for r, c in pairs if weights[r][c])
