"""A trainer that knows nothing of Espalier: prints one row per run, as any tracker's export would.

Softmax regression on handwritten digits in plain Python. Of its 640 weights a fifth is kept, the largest after a first
training or as many at random; then it is trained again from the start. A shuffled mask keeps other weights, as many.
"""
import gzip, math, random

with gzip.open("../Sources/Readers/Resources/digits.csv.gz", "rt") as file:
    rows = [[int(word) for word in line.split(",")] for line in file]
random.Random(0).shuffle(rows)
data = [([pixel / 16 for pixel in row[:64]], row[64]) for row in rows]
test, train = data[:400], data[400:1000]


def outputs(weights, mask, image):
    kept = [[w * m for w, m in zip(*pair)] for pair in zip(weights, mask)]
    return [sum(w * x for w, x in zip(row, image)) for row in kept]


def trained(weights, mask, source, epochs=4, rate=0.1):
    weights = [row[:] for row in weights]
    for _ in range(epochs):
        for image, label in source.sample(train, len(train)):
            scores = outputs(weights, mask, image)
            top = max(scores)
            exponentials = [math.exp(score - top) for score in scores]
            total = sum(exponentials)
            for digit, row in enumerate(weights):
                step = rate * (exponentials[digit] / total - (digit == label))
                kept = mask[digit]
                for place, x in enumerate(image):
                    if kept[place] and x:
                        row[place] -= step * x
    return weights


def accuracy(weights, mask):
    right = 0
    for image, label in test:
        scores = outputs(weights, mask, image)
        right += scores.index(max(scores)) == label
    return 100 * right / len(test)


def keeping(scores, count=128):
    order = sorted(((score, d, p) for d, row in enumerate(scores) for p, score in enumerate(row)), reverse=True)
    mask = [[0] * 64 for _ in range(10)]
    for _, digit, place in order[:count]:
        mask[digit][place] = 1
    return mask


print("method,ablation,density,replicate,accuracy")
for replicate in range(1, 6):
    source = random.Random(replicate)
    start = [[source.gauss(0, 0.05) for _ in range(64)] for _ in range(10)]
    dense = [[1] * 64 for _ in range(10)]
    end = trained(start, dense, source)
    print(f"dense,none,1,{replicate},{accuracy(end, dense)}")
    for method, scores in {
        "random": [[source.random() for _ in range(64)] for _ in range(10)],
        "magnitude": [[abs(w) for w in row] for row in end],
    }.items():
        mask = keeping(scores)
        shuffled = keeping([[source.random() for _ in range(64)] for _ in range(10)])
        for ablation, chosen in {"none": mask, "shuffle": shuffled}.items():
            found = accuracy(trained(start, chosen, source), chosen)
            print(f"{method},{ablation},0.2,{replicate},{found}")
