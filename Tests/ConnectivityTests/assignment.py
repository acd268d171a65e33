"""Writes assignment.json: what SciPy gives for the assignment problems of LinearAssignmentTests.

Made with Python 3.11, NumPy 2.4.6 and SciPy 1.17.1; run `python3 assignment.py > assignment.json`.
"""

import json

import numpy as np
from scipy.optimize import linear_sum_assignment

rng = np.random.default_rng(20230501)


def case(name, values):
    values = np.round(values, 4)
    rows, columns = linear_sum_assignment(values, maximize=True)
    return {
        "name": name,
        "size": len(values),
        "values": [float(value) for value in values.ravel()],
        "columns": [int(column) for column in columns],
        "total": float(values[rows, columns].sum()),
    }


gaussian = rng.normal(size=(40, 8))
shuffled = rng.permutation(40)
print(json.dumps([
    case("uniform", rng.uniform(size=(30, 30))),
    case("normal, of both signs", rng.normal(size=(24, 24))),
    case("inner products", gaussian @ (gaussian[shuffled] + 0.3 * rng.normal(size=(40, 8))).T),
    case("many magnitudes", np.exp(8 * rng.normal(size=(16, 16)))),
    case("whole numbers, with ties", rng.integers(0, 4, size=(20, 20)).astype(float)),
    case("rank one", np.outer(rng.normal(size=18), rng.normal(size=18))),
]))
