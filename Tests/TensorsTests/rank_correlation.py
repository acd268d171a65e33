"""Rank correlations by SciPy: the expected values of RankCorrelationTests.

Printed by Python 3.11.7 with NumPy 2.4.6 and SciPy 1.17.1.
"""

import platform

import numpy as np
import scipy
from scipy.stats import kendalltau, spearmanr

P = 1_000_003


def ties(n):
    i = np.arange(n)
    x = i * 7919 % 1009
    return (x - 500) / 8, i * i % 613 + x // 2


def permutations(n):
    # Cubes are a permutation of the residues where 3 does not divide n - 1.
    i = np.arange(n)
    return i * 5 % n, i * i * i % n


def mixed(n):
    i = np.arange(n)
    x = i * 5 % n
    return x, np.where(i % 3 == 0, i * i % 1013, -x)


print(platform.python_version(), np.__version__, scipy.__version__)
for name, (x, y) in {
    "ties": ties(5000), "permutations": permutations(10007), "mixed": mixed(P)
}.items():
    print(name, len(x), repr(float(spearmanr(x, y).statistic)), repr(float(kendalltau(x, y).statistic)))
