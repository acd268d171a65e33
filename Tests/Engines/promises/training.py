"""Promises of those verbs without which there is no suite."""
from promises.files import require, same_bytes


def initialize(check):
    for name, seed in {"start": 1, "again": 1, "other": 2}.items():
        check.program.answer("initialize", seed=seed, weights=check.path(f"{name}.safetensors"))
        check.weights(f"{name}.safetensors")
    start, again, other = (check.path(f"{name}.safetensors") for name in ("start", "again", "other"))
    require(same_bytes(start, again), "one seed initializes in two ways")
    one, two = check.weights("start.safetensors"), check.weights("other.safetensors")
    for name in check.prunable:
        require(one[name] != two[name], f"seeds 1 and 2 initialize {name} alike")
    check.tell("initializes by its seed: the same bytes again, other weights by another seed")


def training(check):
    steps, middle = check.options.steps, check.options.steps // 2
    losses = check.train("through", 0, steps, [middle, steps])
    start, end = check.weights("start.safetensors"), check.weights(f"through/weights-{steps}.safetensors")
    for name in check.parameters:
        require(start[name] != end[name], f"{name} did not move in {steps} steps")
    check.tell(f"trains {steps} steps, from a loss of {losses[0]:.4g} to {losses[-1]:.4g}")
    if check.about["deterministic"]:
        again = check.train("again", 0, steps, [steps])
        require(losses == again, "the same training again has other losses")
        check.same("through", "again", steps, "the same training again")
        check.tell("trains to the same bytes again, whatever it keeps on the way")
        rest = check.train(
            "resumed", middle, steps, [steps], f"through/weights-{middle}.safetensors", check.state("through", middle))
        require(losses[middle:] == rest, "going on from a kept state has other losses than going through")
        check.same("through", "resumed", steps, "going on from a kept state")
        check.tell(f"goes on from step {middle} to the same bytes as going through")
    check.train("other", 0, steps, [steps], seed=2)
    other = check.weights(f"other/weights-{steps}.safetensors")
    require(any(other[name] != end[name] for name in check.prunable), "another order of examples changes nothing")
    check.tell("obeys the order of examples")


def masked(check):
    steps, middle = check.options.steps, check.options.steps // 2
    check.train("masked", 0, steps, [middle, steps], mask="mask.safetensors")
    start, end = check.weights("start.safetensors"), check.weights(f"masked/weights-{steps}.safetensors")
    for name, kept in check.kept.items():
        moved = any(v != w for v, w, stays in zip(start[name], end[name], kept) if stays)
        require(moved, f"no kept weight of {name} moved")
    if state := check.state("through", middle):
        check.train("pruned", middle, steps, [middle + 1, steps], f"through/weights-{middle}.safetensors", state,
                   "mask.safetensors")
    check.tell("keeps pruned weights exactly zero, those of a dense state too, while others move")


def evaluate(check):
    steps = check.options.steps
    trained = f"through/weights-{steps}.safetensors"
    found = check.evaluated(trained, "test")
    for split in ("train", "validation"):
        if check.about["examples"][split]:
            check.evaluated(trained, split)
    check.write_product(trained)
    product = check.evaluated("product.safetensors", "test")
    require(product == check.evaluated(trained, "test", "mask.safetensors"), "a mask is not what its product is")
    metric = check.about["metric"]
    told = f"{metric['name']} {found['metric']:.4g} {metric['unit']}".strip()
    check.tell(f"evaluates: {told}, each example on its own too, and under a mask")


def fresh(check, program):
    """The same bytes of another process."""
    steps = check.options.steps
    program.answer("initialize", seed=1, weights=check.path("fresh.safetensors"))
    require(same_bytes(check.path("start.safetensors"), check.path("fresh.safetensors")),
            "a fresh process initializes otherwise by the same seed")
    check.train("fresh", 0, steps, [steps], program=program)
    check.same("through", "fresh", steps, "the same training in a fresh process")
    check.train("fresh-masked", 0, steps, [steps], mask="mask.safetensors", program=program)
    check.same("masked", "fresh-masked", steps, "the same masked training in a fresh process")
    check.tell("a fresh process initializes and trains to the same bytes")


def errors(check):
    kind, words = check.program.ask("dance")
    require(kind == "error", "a verb that is none is answered")
    require(isinstance(words, str) and words and "\n" not in words, "an error is not one line of words")
    require(check.program.answer("describe") == check.about, "after an error describe answers otherwise")
    check.tell(f"answers a verb that is none with an error, and goes on: {words}")
