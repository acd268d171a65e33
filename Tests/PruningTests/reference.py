"""Writes reference.json: scores of a small network and layer densities, without automatic differentiation.

Made with Python 3.11.7 and NumPy 2.4.6; run `python3 reference.py > reference.json`.

The gradients of a 5-4-3 network with ReLU and softmax cross-entropy are written out by hand, in float64.
The diagonal of the Hessian is their complex-step derivative (Squire & Trapp, SIAM Review 1998), exact to
rounding. Layer densities follow the procedure of Evci et al. (ICML 2020): layers whose density would
exceed 1 are made dense, those of the largest density first, and the others are scaled again.
"""

import json
import platform

import numpy as np

INPUTS, HIDDEN, CLASSES, EXAMPLES = 5, 4, 3, 10
BATCHES = [slice(0, 7), slice(7, 10)]

rng = np.random.default_rng(20200302)


def single(shape, scale):
    """Normal draws that float32 holds exactly."""
    return (scale * rng.standard_normal(shape)).astype(np.float32).astype(np.float64)


parameters = [
    single((HIDDEN, INPUTS), 0.7), single(HIDDEN, 0.3),
    single((CLASSES, HIDDEN), 0.9), single(CLASSES, 0.3),
]
inputs = single((EXAMPLES, INPUTS), 1)
labels = rng.integers(0, CLASSES, EXAMPLES)


def gradients(weights, x, y):
    """Of the mean cross-entropy with respect to the two weight matrices; weights may be complex."""
    w1, b1, w2, b2 = weights
    before = x @ w1.T + b1
    active = before.real > 0
    hidden = before * active
    logits = hidden @ w2.T + b2
    shifted = np.exp(logits - logits.real.max(axis=1, keepdims=True))
    error = shifted / shifted.sum(axis=1, keepdims=True)
    error[np.arange(len(y)), y] -= 1
    error = error / len(y)
    return [((error @ w2) * active).T @ x, error.T @ hidden]


def hessian_diagonal(x, y, step=1e-100):
    diagonal = []
    for layer, position in enumerate([0, 2]):
        entries = np.zeros(parameters[position].shape)
        for index in np.ndindex(entries.shape):
            moved = [p.astype(complex) for p in parameters]
            moved[position][index] += 1j * step
            entries[index] = gradients(moved, x, y)[layer][index].imag / step
        diagonal.append(entries)
    return diagonal


def averaged(per_batch):
    """Means over batches, weighted by their examples."""
    shares = [len(labels[batch]) / EXAMPLES for batch in BATCHES]
    return [sum(s * t for s, t in zip(shares, layer)) for layer in zip(*per_batch)]


def flat(layers):
    return [[float(v) for v in layer.ravel()] for layer in layers]


weights = [parameters[0], parameters[2]]
per_batch = [gradients(parameters, inputs[b], labels[b]) for b in BATCHES]
mean_gradient = averaged(per_batch)
diagonal = averaged([hessian_diagonal(inputs[b], labels[b]) for b in BATCHES])
whole = hessian_diagonal(inputs, labels)
assert all(np.allclose(a, b, rtol=1e-12, atol=1e-15) for a, b in zip(diagonal, whole))


def densities(shapes, density, kernel):
    sizes = [int(np.prod(shape)) for shape in shapes]
    raw = [
        sum(shape) / size if kernel else (shape[0] + shape[1]) / (shape[0] * shape[1])
        for shape, size in zip(shapes, sizes)
    ]
    dense = set()
    while True:
        rest = density * sum(sizes) - sum(sizes[i] for i in dense)
        divisor = sum(r * s for i, (r, s) in enumerate(zip(raw, sizes)) if i not in dense)
        epsilon = rest / divisor if divisor else 0
        largest = max((r for i, r in enumerate(raw) if i not in dense), default=0)
        if largest * epsilon <= 1:
            return [1.0 if i in dense else epsilon * r for i, r in enumerate(raw)]
        dense |= {i for i, r in enumerate(raw) if r == largest}


resnet20 = [[16, 3, 3, 3]] + [[16, 16, 3, 3]] * 6
resnet20 += [[32, 16, 3, 3]] + [[32, 32, 3, 3]] * 5 + [[32, 16, 1, 1]]
resnet20 += [[64, 32, 3, 3]] + [[64, 64, 3, 3]] * 5 + [[64, 32, 1, 1]] + [[10, 64]]
networks = {"lenet-300-100": [[300, 784], [100, 300], [10, 100]], "resnet-20": resnet20}

allocations = [
    {
        "network": name, "shapes": shapes, "density": text, "kernel": kernel,
        "densities": densities(shapes, float(text), kernel),
    }
    for name, shapes in networks.items()
    for text in ["0.9", "0.5", "0.1", "0.01"]
    for kernel in [False, True]
]

print(json.dumps({
    "versions": f"NumPy {np.__version__}, Python {platform.python_version()}",
    "network": {
        "hidden": HIDDEN, "inputs": INPUTS, "classes": CLASSES,
        "parameters": flat(parameters), "examples": flat(inputs), "labels": labels.tolist(),
        "batchSize": 7,
    },
    "scores": {
        "gradientMagnitude": flat([abs(w * g) for w, g in zip(weights, mean_gradient)]),
        "taylorFO": flat(averaged([[(w * g) ** 2 for w, g in zip(weights, batch)]
                                   for batch in per_batch])),
        "obd": flat([0.5 * h * w**2 for w, h in zip(weights, diagonal)]),
    },
    "allocations": allocations,
}, indent=1))
