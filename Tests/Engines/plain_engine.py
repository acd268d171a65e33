"""An engine in Python's standard library alone: a network of one hidden layer learns three clouds of points.

h = tanh(W₁ (x - c) + b₁), z = W₂ h + b₂, cross-entropy of softmax(z). The buffer c is the mean of what was seen, as batch
norm's is: the batch's own in mode `train`, the running one in `eval`, 0 in `identity`. Training is gradient descent with
momentum, on inputs that jitter a little.

Environment, for tests:
    PLAIN_ENGINE_WITHOUT=labels,gradient   verbs that it does not have
    PLAIN_ENGINE_FAULT=nan                 how it goes wrong, each time that it trains: see FAULTS
    PLAIN_ENGINE_ONCE=FILE                 it goes wrong once: where it can make this file
"""
import array, cmath, json, math, os, random, struct, sys, time

VERBS = ["initialize", "train", "evaluate", "gradient", "hessian-vector", "activation-norms", "statistics", "labels"]
FAULTS = {
    "hang": "never answers",
    "die": "ends half-way, with last words on standard error",
    "rubbish": "prints what is no JSON where the answer should stand",
    "other-id": "answers another request",
    "torn": "leaves weights files half written",
    "nan": "leaves a weight that is no number",
    "lost-mask": "trains without the mask",
    "renamed": "writes a tensor by another name",
    "reshaped": "writes a tensor in another shape",
    "unseeded": "draws what it draws from the system",
    "diverge": "finds a loss that is no number half-way",
    "slow-start": "is silent for three seconds before it reads",
}
SHAPES = {
    "hidden.weight": [12, 8], "hidden.bias": [12], "output.weight": [3, 12], "output.bias": [3], "input.mean": [8]}
WEIGHTS = ["hidden.weight", "output.weight"]
BATCH, RATE, MOMENTUM = 16, 0.1, 0.9
without = os.environ.get("PLAIN_ENGINE_WITHOUT", "").split(",")

# Safetensors ----------------------------------------------------------------------------------------------

CODES = {"F32": "f", "F64": "d", "I64": "q", "U8": "B", "BOOL": "B"}


def read(path):
    """Flat arrays by name."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    header.pop("__metadata__", None)
    return {name: array.array(CODES[x["dtype"]], data[slice(*x["data_offsets"])]) for name, x in header.items()}


def write(path, tensors, type, shapes=SHAPES):
    header, data = {}, b""
    for name, values in tensors.items():
        start, data = len(data), data + array.array(CODES[type], values).tobytes()
        header[name] = {"dtype": type, "shape": shapes.get(name, [len(values)]), "data_offsets": [start, len(data)]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


# Data: (inputs, class) ------------------------------------------------------------------------------------


def clouds(count, seed):
    centers, source = random.Random("centers"), random.Random(seed)
    places = [[centers.gauss(1, 1) for _ in range(8)] for _ in range(3)]
    classes = [source.randrange(3) for _ in range(count)]
    return [([place + source.gauss(0, 1.3) for place in places[label]], label) for label in classes]


DATA = {"train": clouds(240, "train"), "validation": clouds(60, "validation"), "test": clouds(120, "test")}


def mean(inputs):
    return [math.fsum(column) / len(inputs) for column in zip(*inputs)]


# The network: weights may be complex numbers --------------------------------------------------------------


def rows(flat, width):
    return [flat[start : start + width] for start in range(0, len(flat), width)]


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def forward(weights, inputs, center):
    """Hidden units and logits of each example."""
    tanh = cmath.tanh if isinstance(weights["hidden.weight"][0], complex) else math.tanh
    first, second = rows(weights["hidden.weight"], 8), rows(weights["output.weight"], 12)
    for x in inputs:
        x = [value - c for value, c in zip(x, center)]
        hidden = [tanh(dot(row, x) + bias) for row, bias in zip(first, weights["hidden.bias"])]
        yield x, hidden, [dot(row, hidden) + bias for row, bias in zip(second, weights["output.bias"])]


def softmax(logits):
    """Probabilities, and the logarithm of what they were divided by."""
    top = max(z.real for z in logits)
    exp, log = (cmath.exp, cmath.log) if isinstance(logits[0], complex) else (math.exp, math.log)
    powers = [exp(z - top) for z in logits]
    return [power / sum(powers) for power in powers], top + log(sum(powers))


def backward(weights, passes, slopes):
    """Gradients, from those of each example's logits."""
    second = list(zip(*rows(weights["output.weight"], 12)))
    total = {name: [0] * len(weights[name]) for name in SHAPES if name != "input.mean"}

    def add(layer, inputs, change):
        width, gradient = len(inputs), total[f"{layer}.weight"]
        for unit, d in enumerate(change):
            total[f"{layer}.bias"][unit] += d
            for place, x in enumerate(inputs, unit * width):
                gradient[place] += d * x

    for (x, hidden, _), change in zip(passes, slopes):
        add("output", hidden, change)
        add("hidden", x, [(1 - h * h) * dot(column, change) for h, column in zip(hidden, second)])
    return total


def loss_and_gradients(weights, inputs, labels, center, temperature=1):
    passes = list(forward(weights, inputs, center))
    loss, slopes = 0, []
    for (_, _, logits), label in zip(passes, labels):
        probabilities, total = softmax([z / temperature for z in logits])
        loss += (total - logits[label] / temperature) / len(labels)
        slopes.append([(p - (k == label)) / temperature / len(labels) for k, p in enumerate(probabilities)])
    return loss, backward(weights, passes, slopes)


# Verbs ----------------------------------------------------------------------------------------------------


def describe(request):
    return {
        "protocol": 1, "framework": f"Python {sys.version.split()[0]}", "device": "cpu", "deterministic": True,
        "tensors": [
            {"name": name, "shape": shape, "prunable": name in WEIGHTS, "buffer": name == "input.mean"}
            for name, shape in SHAPES.items()],
        "examples": {split: len(examples) for split, examples in DATA.items()},
        "classes": 3, "batch-size": BATCH, "metric": {"name": "accuracy", "better": "higher", "unit": "%"},
        "verbs": [verb for verb in VERBS if verb not in without]}


def initialize(request):
    source = random.Random(request["seed"])
    write(request["weights"], {
        name: [source.gauss(0, shape[1] ** -0.5) if name in WEIGHTS else 0 for _ in range(math.prod(shape))]
        for name, shape in SHAPES.items()}, "F32")
    return {}


def loaded(request):
    """Weights, zero where the mask is."""
    weights = read(request["weights"])
    if {name: len(values) for name, values in weights.items()} != {n: math.prod(s) for n, s in SHAPES.items()}:
        raise ValueError(f"these are not the weights of this network: {', '.join(sorted(weights))}")
    if request.get("mask"):
        for name, mask in read(request["mask"]).items():
            clear(weights[name], mask)
    return weights


def clear(values, mask):
    for place, kept in enumerate(mask):
        if not kept:
            values[place] = 0


def factor(step, duration):
    """Falls to zero in a straight line."""
    return max(1 - step / duration, 0)


def train(request, fault):
    first, keep = request["from"], request["keep"]
    half = (first + request["to"]) // 2
    if fault == "lost-mask":
        request["mask"] = None
    weights = loaded(request)
    masks = read(request["mask"]) if request["mask"] else {}
    moving = [name for name in SHAPES if name != "input.mean"]
    zeros = {name: array.array("f", bytes(4 * len(weights[name]))) for name in moving}
    velocity = read(request["state"]) if request["state"] else zeros
    for name, mask in masks.items():
        clear(velocity[name], mask)
    order, place, losses = read(request["order"]), 0, []
    for step, size in enumerate(order["sizes"], first):
        if fault == "hang":
            time.sleep(1e6)
        if fault == "die" and step == half:
            sys.exit("plain engine: the lights went out")
        source = random.Random() if fault == "unseeded" else random.Random(f"{request['seed']} {step}")
        examples = [DATA["train"][index] for index in order["indices"][place : place + size]]
        place += size
        inputs = [[value + source.gauss(0, 0.1) for value in x] for x, _ in examples]
        center = mean(inputs)
        loss, gradients = loss_and_gradients(weights, inputs, [label for _, label in examples], center)
        if not math.isfinite(loss) or fault == "diverge" and step == half:
            return {"diverged": step + 1}
        losses.append(loss)
        rate = RATE * factor(step + request["schedule-offset"], request["duration"])
        for name in moving:
            if name in masks:
                clear(gradients[name], masks[name])
            velocity[name] = array.array("f", [MOMENTUM * v + g for v, g in zip(velocity[name], gradients[name])])
            weights[name] = array.array("f", [w - rate * v for w, v in zip(weights[name], velocity[name])])
        weights["input.mean"] = array.array("f", [0.9 * c + 0.1 * m for c, m in zip(weights["input.mean"], center)])
        if step + 1 in keep:
            path = f"{request['folder']}/weights-{step + 1}.safetensors"
            write(path, weights, "F32")
            write(f"{request['folder']}/state-{step + 1}", velocity, "F32")
            spoil(path, weights, fault)
    return {"losses": losses}


def spoil(path, weights, fault):
    if fault == "torn":
        os.truncate(path, os.path.getsize(path) // 2)
    elif fault == "nan":
        write(path, weights | {"output.weight": [math.nan, *weights["output.weight"][1:]]}, "F32")
    elif fault == "renamed":
        write(path, {name.replace("hidden", "first"): x for name, x in weights.items()}, "F32", {
            name.replace("hidden", "first"): shape for name, shape in SHAPES.items()})
    elif fault == "reshaped":
        write(path, weights, "F32", SHAPES | {"hidden.weight": [8, 12]})


def evaluate(request):
    weights, examples = loaded(request), DATA[request["split"]]
    loss, right, predicted = 0, [], set()
    passes = forward(weights, [x for x, _ in examples], weights["input.mean"])
    for (_, _, logits), (_, label) in zip(passes, examples):
        loss += softmax(logits)[1] - logits[label]
        predicted.add(logits.index(max(logits)))
        right.append(logits.index(max(logits)) == label)
    write(request["output"], {"right": right}, "U8")
    count = len(examples)
    return {"metric": 100 * sum(right) / count, "loss": loss / count, "predicted-classes": len(predicted)}


def asked(request):
    """Weights as floats, inputs, labels and center of what is asked of some training examples."""
    weights = {name: list(values) for name, values in loaded(request).items()}
    examples = [DATA["train"][index] for index in read(request["examples"])["indices"]]
    inputs, labels = [x for x, _ in examples], [label for _, label in examples]
    center = {"train": mean(inputs), "eval": weights["input.mean"], "identity": [0] * 8}[request["mode"]]
    return weights, inputs, labels, center


def gradient(request):
    if request["objective"] == "synflow":
        weights = {name: [abs(w) for w in values] for name, values in loaded(request).items()}
        passes = list(forward(weights, [[1.0] * 8], [0] * 8))
        value, gradients = sum(passes[0][2]), backward(weights, passes, [[1, 1, 1]])
    else:
        value, gradients = loss_and_gradients(*asked(request), request["temperature"])
    write(request["output"], {name: gradients[name] for name in WEIGHTS}, "F64")
    return {"value": value}


def hessian_vector(request):
    """The imaginary part of the gradient a tiny imaginary way along the vector: exact but for rounding."""
    weights, inputs, labels, center = asked(request)
    tiny, vector = 1e-30, read(request["vector"])
    for name in WEIGHTS:
        weights[name] = [complex(w, tiny * v) for w, v in zip(weights[name], vector[name])]
    _, gradients = loss_and_gradients(weights, inputs, labels, center, request["temperature"])
    write(request["output"], {name: [g.imag / tiny for g in gradients[name]] for name in WEIGHTS}, "F64")
    return {}


def activation_norms(request):
    weights, inputs, _, center = asked(request)
    seen = [(x, hidden) for x, hidden, _ in forward(weights, inputs, center)]
    norms = [[math.hypot(*column) for column in zip(*layer)] for layer in zip(*seen)]
    write(request["output"], dict(zip(WEIGHTS, norms)), "F64", {})
    return {}


def statistics(request):
    weights = loaded(request)
    write(request["output"], dict(weights) | {"input.mean": mean([x for x, _ in DATA["train"]])}, "F32")
    return {}


def labels(request):
    write(request["output"], {"labels": [label for _, label in DATA[request["split"]]]}, "I64")
    return {}


# Requests and answers -------------------------------------------------------------------------------------


def fault_now():
    """The fault of a training that starts now, if any."""
    fault, once = os.environ.get("PLAIN_ENGINE_FAULT"), os.environ.get("PLAIN_ENGINE_ONCE")
    if fault and once:
        try:
            open(once, "x").close()
        except FileExistsError:
            return None
    return fault


def serve():
    if os.environ.get("PLAIN_ENGINE_FAULT") == "slow-start":
        time.sleep(3)
    acts = {"describe": describe, **{verb: globals()[verb.replace("-", "_")] for verb in VERBS if verb not in without}}
    for line in sys.stdin:
        request, fault = json.loads(line), None
        try:
            if request["verb"] not in acts:
                raise ValueError(f"this engine does not know {request['verb']}")
            if request["verb"] == "train":
                fault = fault_now()
                answer = {"answer": train(request, fault)}
            else:
                answer = {"answer": acts[request["verb"]](request)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        if fault == "rubbish":
            print("Epoch 1 of 30: loss 0.6931", flush=True)
            continue
        print(json.dumps({"id": request["id"] + (fault == "other-id")} | answer), flush=True)


if __name__ == "__main__":
    if os.environ.get("PLAIN_ENGINE_FAULT", "slow-start") not in FAULTS:
        sys.exit(f"PLAIN_ENGINE_FAULT is one of {', '.join(FAULTS)}")
    serve()
