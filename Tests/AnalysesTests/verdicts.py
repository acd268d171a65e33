"""Writes verdicts.json: made-up ablation tables and what the rules of VERDICTS.md say of them.

Written from the rules, not from the Swift; p-values are SciPy's. Made with Python 3.11, NumPy 2.4.6 and SciPy
1.17.1; run `python3 verdicts.py > verdicts.json`.
"""

import json
import math

import numpy as np
from scipy import stats

rng = np.random.default_rng(20261130)

ABLATIONS = ["shuffle", "reinitialize", "invert-global", "invert-layerwise"]
DRAWN_ANEW = {"shuffle", "invert-global", "invert-layerwise"}


def table(margin, alpha, chance, family):
    """A suite of random pruning and others: [method, ablation, density, replicate, accuracy, classes] per run."""
    replicates = int(rng.choice([2, 3, 5, 8]))
    methods = ["random"] + [f"method {n}" for n in range(1, rng.integers(2, 5))]
    ablations = [ABLATIONS[i] for i in sorted(rng.choice(4, rng.integers(1, 5), replace=False))]
    densities = sorted(rng.choice([0.5, 0.2, 0.1, 0.05, 0.02], rng.integers(1, 6), replace=False))
    spread = rng.choice([0.02, 0.1, 0.3, 1])
    failing, missing = rng.choice([0, 0, 0.02]), rng.choice([0, 0, 0.02])
    knows_classes = rng.random() < 0.5
    shared = rng.normal(0, 0.3, (len(densities), replicates))
    rows = []
    for method in methods:
        level = rng.normal(0, 0.4)
        for ablation in ["none"] + ablations:
            effect = 0 if ablation == "none" else rng.choice([0, 0, rng.normal(0, 0.5), -2])
            for i, density in enumerate(densities[::-1]):
                for replicate in range(replicates):
                    if ablation != "none" and rng.random() < missing:
                        continue
                    accuracy = 90 - 2 * i + level + effect * (i + 1) / len(densities)
                    accuracy += shared[i, replicate] + rng.normal(0, spread)
                    accuracy, classes = round(float(accuracy), 2), 10
                    if rng.random() < failing:
                        accuracy, classes = (chance, 1) if rng.random() < 0.7 else (None, None)
                    if not knows_classes:
                        classes = None
                    rows.append([method, ablation, float(density), replicate + 1, accuracy, classes])
    return dict(margin=margin, alpha=alpha, chance=chance, family=family, rows=rows)


def shown(p, blocked, alpha, equivalence):
    """The procedure, in the words of a loop: cells (comparison, density) that are shown."""
    found = set()
    while True:
        still = [c for c in range(len(p)) if any((c, d) not in found for d in range(len(p[c])))]
        new = set()
        for c in still:
            share = alpha / len(still)
            rest = [d for d in range(len(p[c])) if (c, d) not in found]
            candidates = rest[:1] if equivalence else rest
            for d in candidates:
                if p[c][d] <= share / len(candidates) and (c, d) not in blocked:
                    new.add((c, d))
        if not new:
            return found
        found |= new


def failed(run, chance):
    accuracy, classes = run
    return accuracy is None or (classes == 1 if classes is not None else accuracy <= chance)


def judged(suite):
    """[treated method, its ablation or "random", maintained, lowered, raised] per comparison."""
    arms = {}
    for method, ablation, density, replicate, accuracy, classes in suite["rows"]:
        arms.setdefault((method, ablation), {})[density, replicate] = (accuracy, classes)
    comparisons = [
        (arm, (arm[0], "none"))
        for arm in arms
        if arm[1] != "none" and not (arm[0] == "random" and arm[1] in DRAWN_ANEW)
    ]
    comparisons += [(arm, ("random", "none")) for arm in arms if arm[1] == "none" and arm[0] != "random"]
    families = {}
    for treated, control in comparisons:
        key = treated[1] if suite["family"] == "ablation" else ""
        families.setdefault(key, []).append((treated, control))
    verdicts = []
    for family in families.values():
        cells = [cells_of(arms[treated], arms[control], suite) for treated, control in family]
        found = [
            shown(
                [[cell[kind] for cell in row] for row in cells],
                {(c, d) for c, row in enumerate(cells) for d, cell in enumerate(row) if cell[kind + "_blocked"]},
                suite["alpha"], kind == "same")
            for kind in ["same", "other"]
        ]
        for c, (treated, control) in enumerate(family):
            same, other = ([cells[c][d] for k, d in sorted(f) if k == c] for f in found)
            verdicts.append([
                treated[0], treated[1] if treated[0] == control[0] else "random",
                [cell["density"] for cell in same],
                [cell["density"] for cell in other if cell["mean"] < 0],
                [cell["density"] for cell in other if cell["mean"] > 0],
            ])
    return verdicts


def cells_of(treated, control, suite):
    """From the densest density on: p-values, what blocks them, and the mean difference."""
    chance, margin = suite["chance"], suite["margin"]
    replicates = {replicate for _, replicate in list(treated) + list(control)}
    cells = []
    for density in sorted({density for density, _ in list(treated) + list(control)}, reverse=True):
        pairs = [
            (treated[density, r], control[density, r])
            for r in sorted(replicates) if (density, r) in treated and (density, r) in control
        ]
        n = len(pairs)
        cell = dict(density=density, same=1.0, other=1.0, mean=0.0, same_blocked=True, other_blocked=n < 2)
        cells.append(cell)
        if n < 2:
            continue
        values = [[chance if run[0] is None else run[0] for run in pair] for pair in pairs]
        differences = np.array([a - b for a, b in values])
        error = max(differences.std(ddof=1), 1e-300) / math.sqrt(n)
        mean = float(differences.mean())
        low, high = (mean + margin) / error, (mean - margin) / error
        cell["same"] = max(stats.t.sf(low, n - 1), stats.t.cdf(high, n - 1))
        cell["other"] = 2 * stats.t.sf(abs(mean) / error, n - 1)
        cell["mean"] = mean
        failures = [[failed(run, chance) for run in pair] for pair in pairs]
        cell["same_blocked"] = any(a or b for a, b in failures) or n < len(replicates)
        cell["other_blocked"] = all(a and b for a, b in failures)
    return cells


suites = []
for n in range(12):
    suite = table(
        margin=float(rng.choice([0.25, 0.5, 1])), alpha=float(rng.choice([0.05, 0.01, 0.1])), chance=11.35,
        family=str(rng.choice(["suite", "ablation"])))
    suites.append(dict(suite, verdicts=judged(suite)))
print('{"suites": [')
for suite in suites:
    print(json.dumps(suite, separators=(",", ":")) + ("" if suite is suites[-1] else ","))
print("]}")
