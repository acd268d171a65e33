"""Promises of the verbs that criteria and analyses ask for."""
import math

from promises.files import dot, read, require, write


def gradients(check):
    worst = 0
    for mode, temperature in [("train", 1), ("eval", 1), ("identity", 1), ("train", 200)]:
        _, slope = check.gradient(check.scored, "gradient.safetensors", "loss", mode, temperature)
        between, _, _ = check.sides(slope)
        up, _ = check.gradient("plus.safetensors", "side.safetensors", "loss", mode, temperature)
        down, _ = check.gradient("minus.safetensors", "side.safetensors", "loss", mode, temperature)
        expected = dot(slope, between)
        wrong = abs(up - down - expected) / abs(expected)
        require(wrong < 1e-3, f"gradient, {mode}, temperature {temperature}: differs by {wrong:.2g} of finite differences")
        worst = max(worst, wrong)
    check.tell(f"gradients agree with finite differences to {worst:.1g} in every mode")
    _, slope = check.gradient(check.scored, "gradient.safetensors", mask="mask.safetensors")
    check.write_product(check.scored)
    _, product = check.gradient("product.safetensors", "side.safetensors")
    require(slope == product, "gradient: at masked weights it is not that of their product")
    check.tell("gradients under a mask are those at the masked weights")


def synflow(check):
    kind, words = check.program.ask("gradient", **{
        "weights": check.path(check.scored), "mask": None, "mode": "identity", "objective": "synflow",
        "temperature": 1, "output": check.path("flow.safetensors")})
    if kind == "error":
        return check.tell(f"has no SynFlow: {words}")
    slope = read(check.path("flow.safetensors"), check.prunable, "F64")
    require(all(min(values) >= 0 for values in slope.values()), "synflow: a gradient by absolute weights is negative")
    _, plus, minus = check.sides(slope)
    up, _ = check.gradient("plus.safetensors", "side.safetensors", "synflow", "identity")
    down, _ = check.gradient("minus.safetensors", "side.safetensors", "synflow", "identity")
    between = {name: [abs(a) - abs(b) for a, b in zip(plus[name], minus[name])] for name in slope}
    wrong = abs(up - down - dot(slope, between)) / max(abs(up - down), 1e-12 * abs(up))
    require(wrong < 1e-3, f"synflow: differs by {wrong:.2g} of finite differences")
    check.tell(f"SynFlow's gradient agrees with finite differences to {wrong:.1g}")


def hessian_vector(check):
    worst = 0
    for mode in ("train", "eval"):
        wrong = math.inf
        for attempt in range(3):
            if wrong > 1e-2:  # a wrong product is wrong each time, a ReLU's bend lies between the sides now and then
                wrong = min(wrong, product_error(check, mode, attempt))
        require(wrong < 1e-2, f"hessian-vector, {mode}: differs by {wrong:.2g} of differences of gradients")
        worst = max(worst, wrong)
    check.tell(f"H · v agrees with differences of gradients to {worst:.1g}")


def product_error(check, mode, seed):
    """How far H · v is from a difference of gradients, as a part of H · v."""
    _, slope = check.gradient(check.scored, "gradient.safetensors", "loss", mode)
    between, _, _ = check.sides(slope, seed)
    write(check.path("vector.safetensors"), {n: ("F64", check.prunable[n], x) for n, x in between.items()})
    vector = check.path("vector.safetensors")
    _, product = check.gradient(
        check.scored, "product.safetensors", "loss", mode, verb="hessian-vector", vector=vector)
    _, up = check.gradient("plus.safetensors", "side.safetensors", "loss", mode)
    _, down = check.gradient("minus.safetensors", "side.safetensors", "loss", mode)
    far = [a - b - p for name in product for a, b, p in zip(up[name], down[name], product[name])]
    return math.hypot(*far) / math.hypot(*(p for name in product for p in product[name]))


def activation_norms(check):
    squares = []
    for name, chosen in {"first": range(8), "second": range(8, 16), "both": range(16)}.items():
        write(check.path("chosen.safetensors"), {"indices": ("I64", [len(chosen)], list(chosen))})
        output = check.path(f"norms-{name}.safetensors")
        check.program.answer(
            "activation-norms", weights=check.path(check.scored), mask=None,
            examples=check.path("chosen.safetensors"), mode="eval", output=output)
        squares.append({name: [x * x for x in values] for name, values in
                        read(output, {name: None for name in check.prunable}, "F64").items()})
    for name, shape in check.prunable.items():
        inputs, count = math.prod(shape[1:]), len(squares[0][name])
        groups = count // inputs
        fits = count == groups * inputs and groups and shape[0] % groups == 0
        require(fits, f"activation-norms: {count} numbers for {name} of the shape {shape}")
        for a, b, both in zip(*(x[name] for x in squares)):
            require(math.isclose(a + b, both, rel_tol=1e-9), f"activation-norms: squares of {name} do not add up")
    check.tell("activation norms have a number for each input, and their squares add up over examples")


def statistics(check):
    trained, output = f"through/weights-{check.options.steps}.safetensors", "statistics.safetensors"
    check.program.answer("statistics", weights=check.path(trained), mask=None, output=check.path(output))
    before, after = check.weights(trained), check.weights(output)
    for name in check.parameters:
        require(before[name] == after[name], f"statistics: {name}, which is no buffer, has changed")
    changed = sum(before[name] != after[name] for name in check.shapes)
    check.tell(f"statistics computed anew: {changed} of {len(check.shapes) - len(check.parameters)} buffers differ")


def labels(check):
    if check.about["classes"] is None:
        kind, _ = check.program.ask("labels", split="test", output=check.path("labels.safetensors"))
        require(kind == "error", "labels: there are no classes, yet there are labels")
        return check.tell("has no classes and says so when asked for labels")
    for split, count in check.about["examples"].items():
        if count:
            check.program.answer("labels", split=split, output=check.path("labels.safetensors"))
            found = read(check.path("labels.safetensors"), {"labels": [count]}, "I64")["labels"]
            wrong = [x for x in found if not 0 <= x < check.about["classes"]]
            require(not wrong, f"labels: {wrong[:1]} is none of {check.about['classes']} classes")
    check.tell("labels are classes, one for each example")
