"""What the promises share: what the engine describes, and how it is asked to train, to evaluate and for gradients."""
import array, math, os, random

from promises.files import Broken, norm, read, require, same_bytes, write


class Check:
    def __init__(self, options, folder, program, tell):
        self.options, self.folder, self.program, self.tell = options, folder, program, tell
        self.describe()

    @property
    def scored(self):
        """Weights that scores are asked of: trained ones, whose buffers have seen data."""
        return f"through/weights-{self.options.steps}.safetensors"

    def path(self, name):
        return os.path.join(self.folder, name)

    def knows(self, verb):
        if verb not in self.about["verbs"]:
            self.tell(f"does not know {verb}")
        return verb in self.about["verbs"]

    def describe(self):
        about = self.about = self.program.answer("describe")
        needed = {
            "protocol", "framework", "device", "deterministic", "tensors", "examples", "classes", "batch-size", "metric",
            "verbs"}
        require(needed <= about.keys(), f"describe lacks {', '.join(sorted(needed - about.keys()))}")
        require(about["protocol"] == 1, f"it speaks protocol {about['protocol']}, this is 1")
        self.shapes = {x["name"]: x["shape"] for x in about["tensors"]}
        self.prunable = {x["name"]: x["shape"] for x in about["tensors"] if x["prunable"]}
        self.parameters = {x["name"]: x["shape"] for x in about["tensors"] if not x["buffer"]}
        require(len(self.shapes) == len(about["tensors"]), "describe names a tensor twice")
        require(self.prunable, "describe names no prunable tensor")
        require(self.prunable.keys() <= self.parameters.keys(), "a buffer is said to be prunable")
        require(about == self.program.answer("describe"), "describe answers otherwise when asked again")
        self.count = about["examples"]["train"]
        weights = sum(math.prod(shape) for shape in self.prunable.values())
        self.tell(f"describes {len(self.shapes)} tensors, {weights:,} prunable weights, {self.count:,} examples to train on")

    def weights(self, name):
        return read(self.path(name), self.shapes, "F32")

    def write_weights(self, name, values):
        write(self.path(name), {name: ("F32", shape, values[name]) for name, shape in self.shapes.items()})

    def draw_mask(self):
        """Of every prunable tensor about a half."""
        source, masks = random.Random("mask"), {}
        for name, shape in self.prunable.items():
            masks[name] = ("U8", shape, [source.random() < 0.5 for _ in range(math.prod(shape))])
        write(self.path("mask.safetensors"), masks)
        self.kept = {name: values for name, (_, _, values) in masks.items()}

    def write_product(self, weights):
        """`weights`, a file's, under the mask: product.safetensors."""
        values = self.weights(weights)
        for name, kept in self.kept.items():
            values[name] = array.array("f", [w if stays else 0 for w, stays in zip(values[name], kept)])
        self.write_weights("product.safetensors", values)

    def order(self, name, steps, seed, start=0):
        """Writes which examples steps `start` and on take, of one walk for each seed."""
        source, visited, size = random.Random(seed), [], self.about["batch-size"]
        while len(visited) < steps * size:
            visited += source.sample(range(self.count), self.count)
        visited = visited[start * size : steps * size]
        sizes = [size] * (steps - start)
        write(self.path(name), {
            "indices": ("I64", [len(visited)], visited), "sizes": ("I64", [len(sizes)], sizes)})

    def train(self, folder, start, end, keep, weights="start.safetensors", state=None, mask=None, seed=1, program=None):
        os.makedirs(self.path(folder), exist_ok=True)
        self.order(f"{folder}/order.safetensors", end, seed, start)
        answer = (program or self.program).answer("train", **{
            "weights": self.path(weights), "state": state and self.path(state), "mask": mask and self.path(mask),
            "from": start, "to": end, "duration": self.options.steps, "schedule-offset": 0,
            "order": self.path(f"{folder}/order.safetensors"), "seed": 1, "keep": keep, "folder": self.path(folder)})
        require("diverged" not in answer, f"train: the loss of step {answer.get('diverged')} is no number")
        require(len(answer["losses"]) == end - start, f"train: {len(answer['losses'])} losses of {end - start} steps")
        for step in keep:
            found = self.weights(f"{folder}/weights-{step}.safetensors")
            if mask:
                for name, kept in self.kept.items():
                    moved = sum(w != 0 for w, stays in zip(found[name], kept) if not stays)
                    require(moved == 0, f"train: {moved} pruned weights of {name} are not zero after step {step}")
        return answer["losses"]

    def state(self, folder, step):
        name = f"{folder}/state-{step}"
        return name if os.path.exists(self.path(name)) else None

    def same(self, one, other, step, words):
        for name in (f"weights-{step}.safetensors", f"state-{step}"):
            a, b = self.path(f"{one}/{name}"), self.path(f"{other}/{name}")
            require(os.path.exists(a) == os.path.exists(b), f"{name} was written once of twice")
            if os.path.exists(a) and not same_bytes(a, b):
                raise Broken(f"{words}: {name} is not the same bytes{self.apart(a, b)}")

    def apart(self, one, other):
        if not one.endswith(".safetensors"):
            return ""
        a, b = read(one, self.shapes, "F32"), read(other, self.shapes, "F32")
        far, name = max((max(abs(x - y) for x, y in zip(a[name], b[name])), name) for name in a)
        return f", up to {far:.3g} apart in {name}"

    def evaluated(self, weights, split, mask=None):
        output = self.path(f"evaluated-{split}.safetensors")
        answer = self.program.answer(
            "evaluate", weights=self.path(weights), mask=mask and self.path(mask), split=split, output=output)
        count, metric = self.about["examples"][split], self.about["metric"]["name"]
        if metric == "accuracy":
            right = read(output, {"right": [count]}, "U8")["right"]
            require(set(right) <= {0, 1}, "evaluate: right holds other bytes than 0 and 1")
            exact = 100 * sum(right) / count
            require(abs(answer["metric"] - exact) < 1e-9, f"evaluate: accuracy {answer['metric']}, by examples {exact} %")
        else:
            losses = read(output, {"losses": [count]}, "F32")["losses"]
            mean = math.fsum(losses) / count
            require(math.isclose(answer["loss"], mean, rel_tol=1e-5), f"evaluate: loss {answer['loss']}, by examples {mean}")
        if self.about["classes"]:
            predicted = answer["predicted-classes"]
            require(1 <= predicted <= self.about["classes"], f"evaluate: {predicted} predicted classes")
        return answer

    def examples(self, name, seed, count=24):
        chosen = random.Random(seed).sample(range(self.count), min(count, self.count))
        write(self.path(name), {"indices": ("I64", [len(chosen)], chosen)})
        return self.path(name)

    def gradient(self, weights, output, objective="loss", mode="eval", temperature=1, mask=None, verb="gradient", **more):
        fields = {
            "weights": self.path(weights), "mask": mask and self.path(mask), "mode": mode, "temperature": temperature,
            "output": self.path(output)} | more
        if verb == "gradient":
            fields["objective"] = objective
        if objective == "loss":
            fields["examples"] = self.examples("examples.safetensors", "examples")
        answer = self.program.answer(verb, **fields)
        return answer.get("value"), read(self.path(output), self.prunable, "F64")

    def sides(self, gradient, seed="sides"):
        """Weights a little to both sides, along the gradient and at random; what is between them."""
        source, weights = random.Random(seed), self.weights(self.scored)
        plus, minus = dict(weights), dict(weights)
        for name in self.prunable:
            size, slope = norm(weights[name]), norm(gradient[name]) or 1
            aside = [size * (g / slope + source.gauss(0, 1)) * 3e-7 for g in gradient[name]]
            plus[name] = array.array("f", [w + d for w, d in zip(weights[name], aside)])
            minus[name] = array.array("f", [w - d for w, d in zip(weights[name], aside)])
        self.write_weights("plus.safetensors", plus)
        self.write_weights("minus.safetensors", minus)
        return {name: [a - b for a, b in zip(plus[name], minus[name])] for name in self.prunable}, plus, minus
