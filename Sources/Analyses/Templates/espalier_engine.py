"""Makes a PyTorch network an engine of Espalier: your program trains; Espalier designs, masks, audits and decides.

    from espalier_engine import Data, serve
    serve(model=Net, data=Data(train=(x, y), test=(u, v)), optimizer=lambda p: torch.optim.SGD(p, lr=0.1))

PyTorch, 2.3 or later, is all that it needs. The options are the fields of `Engine`; ENGINE.md tells the protocol.
"""
import contextlib, copy, fnmatch, functools, hashlib, json, math, os, random, struct, sys, time, traceback
from dataclasses import dataclass
from typing import Callable

answers = sys.stdout
if "ESPALIER_ENGINE" in os.environ:  # whatever else is printed from now on goes to standard error
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # without it cuBLAS does not repeat itself
import torch
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.data import TensorDataset, default_collate

VERBS = "initialize", "train", "evaluate", "gradient", "hessian-vector", "activation-norms", "statistics", "labels"
METRICS = {"accuracy": ("higher", "%"), "loss": ("lower", "nats"), "perplexity": ("lower", "")}
TYPES = {"F64": torch.float64, "F32": torch.float32, "I64": torch.int64, "U8": torch.uint8, "BOOL": torch.bool}
LAYERS = (nn.Linear, nn.modules.conv._ConvNd)


@dataclass
class Data:
    """Each split a pair of tensors, inputs and targets of one example after another, or anything with a length
    that gives (input, target) for an index."""

    train: object
    test: object
    validation: object = ()


@dataclass
class Engine:
    """A method for each verb, of the request and of `tell`, which reports the share done."""

    model: Callable  # () -> module, its weights drawn by PyTorch's generator
    data: Data
    optimizer: Callable  # list of parameters -> optimizer
    loss: Callable = nn.functional.cross_entropy  # outputs, targets -> mean over the examples
    schedule: Callable = lambda step, duration: 1  # steps done and in all -> factor on the rates
    batch_size: int = 64  # how many examples a step of training takes
    metric: str = "accuracy"  # or "loss", "perplexity": then targets may be anything
    augment: Callable = lambda inputs, generator: inputs  # of a training batch
    prunable: list = None  # patterns such as "blocks.*.weight"; otherwise linear layers' and convolutions' weights
    evaluation_batch: int = 500  # how many examples pass together where nothing is trained
    deterministic: bool = True  # False where an operation that you need has no deterministic way

    def __post_init__(self):
        torch.use_deterministic_algorithms(self.deterministic)
        torch.utils.deterministic.fill_uninitialized_memory = False
        torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", 1)))  # sums round by how many there are
        number = int(os.environ.get("ESPALIER_PROCESS", 0))
        found = f"cuda:{number % torch.cuda.device_count()}" if torch.cuda.is_available() else "cpu"
        self.device = torch.device(os.environ.get("ESPALIER_DEVICE", found))
        self.generators = [torch.default_generator]
        if self.device.type == "cuda":
            torch.cuda.init()
            torch.cuda.set_device(self.device)
            self.generators.append(torch.cuda.default_generators[torch.cuda.current_device()])
        self.splits = {
            name: TensorDataset(*(x.to(self.device) for x in examples))
            if len(examples) and torch.is_tensor(examples[0]) else examples
            for name, examples in vars(self.data).items()}
        self.net = self.model().to(self.device)
        if any(layer.momentum is None for layer in norms(self.net)):
            raise ValueError("batch norm needs a momentum: integers, such as the number of batches, are not kept")
        uses, names = {}, {id(x): name for name, x in self.net.named_parameters()}
        for layer in self.net.modules():
            for role, x in layer._parameters.items():
                if x is not None:
                    uses.setdefault(names[id(x)], []).append(isinstance(layer, LAYERS) and role == "weight")
        # A weight tied to a layer of another kind, as a language model's output to its embedding, is left alone.
        self.names = [name for name, layers in uses.items() if (
            all(layers) if self.prunable is None else any(fnmatch.fnmatchcase(name, x) for x in self.prunable))]
        if not self.names:
            raise ValueError(f"none of {', '.join(uses)} is to be pruned")

    def describe(self, request, tell):
        with torch.no_grad():
            outputs = self.net.eval()(self.batch("train", torch.tensor([0]))[0])
        parameters, (better, unit) = dict(self.net.named_parameters()), METRICS[self.metric]
        cpu = f"cpu, threads: {torch.get_num_threads()}"
        return {
            "protocol": 1, "framework": f"torch {torch.__version__}", "verbs": VERBS,
            "device": torch.cuda.get_device_name() if self.device.type == "cuda" else cpu,
            "deterministic": self.deterministic, "batch-size": self.batch_size,
            "tensors": [
                {"name": name, "shape": x.shape, "prunable": name in self.names, "buffer": name not in parameters}
                for name, x in self.tensors(self.net).items()],
            "examples": {name: len(split) for name, split in self.splits.items()},
            "classes": outputs.shape[1] if self.metric == "accuracy" else None,
            "metric": {"name": self.metric, "better": better, "unit": unit}}

    def initialize(self, request, tell):
        self.seed(str(request["seed"]))
        write(request["weights"], self.tensors(self.model()))
        return {}

    def train(self, request, tell):
        first, last, keep, folder = request["from"], request["to"], set(request["keep"]), request["folder"]
        masked = self.load(self.net, request)
        optimizer = self.optimizer(list(self.net.parameters()))
        rates = [group["lr"] for group in optimizer.param_groups]
        if request["state"]:
            self.restore(optimizer, request["state"], masked)
        order, losses = read(request["order"]), []
        self.net.train()
        for step, indices in enumerate(order["indices"].split(order["sizes"].tolist()), first + 1):
            generator = self.seed(f"{request['seed']} {step}")
            x, y = self.batch("train", indices)
            factor = self.schedule(step - 1 + request["schedule-offset"], request["duration"])
            for group, rate in zip(optimizer.param_groups, rates):
                group["lr"] = rate * factor
            optimizer.zero_grad()
            loss = self.loss(self.net(self.augment(x, generator)), y)
            loss.backward()
            for weight, mask in masked:
                if weight.grad is not None:
                    weight.grad.mul_(mask)
            optimizer.step()
            for weight, mask in masked:
                weight.data.mul_(mask)
            losses.append(loss.item())
            if not math.isfinite(losses[-1]):
                return {"diverged": step}
            tell(len(losses) / (last - first))
            if step in keep:
                if not all(x.isfinite().all() for x in self.tensors(self.net).values()):
                    return {"diverged": step}
                self.keep(optimizer, f"{folder}/weights-{step}.safetensors", f"{folder}/state-{step}")
        return {"losses": losses}

    @torch.no_grad()
    def evaluate(self, request, tell):
        self.load(self.net.eval(), request)
        predicted, right, losses = [], [], []
        for x, y in self.batches(request["split"], tell):
            outputs = self.net(x)
            parts = [slice(0, len(y))]
            if self.metric == "accuracy":
                predicted.append(outputs.argmax(1))
                right.append(predicted[-1] == y)
            else:
                parts = [slice(i, i + 1) for i in range(len(y))]
            losses += [self.loss(outputs[part], y[part]).double().expand(len(y[part])) for part in parts]
        losses = torch.cat(losses)
        loss = losses.mean().item()
        if self.metric != "accuracy":
            write(request["output"], {"losses": losses.float()})
            return {"metric": math.exp(loss) if self.metric == "perplexity" else loss, "loss": loss}
        right = torch.cat(right)
        write(request["output"], {"right": right.to(torch.uint8)})
        accuracy = 100 * right.sum().item() / len(right)
        return {"metric": accuracy, "loss": loss, "predicted-classes": len(torch.cat(predicted).unique())}

    def gradient(self, request, tell):
        net, weights = self.doubled(request)
        parts = [self.flow(net)] if request["objective"] == "synflow" else self.losses(net, request, tell)
        value, *total = sums([part.detach(), *slopes(part, weights)] for part in parts)
        write(request["output"], dict(zip(weights, total)))
        return {"value": value.item()}

    def hessian_vector(self, request, tell):
        net, weights = self.doubled(request)
        vector = read(request["vector"])

        def product(part):
            gradients = zip(weights, slopes(part, weights, recorded=True))
            return slopes(sum((x * vector[name].to(x)).sum() for name, x in gradients), weights)

        total = sums(product(part) for part in self.losses(net, request, tell))
        write(request["output"], dict(zip(weights, total)))
        return {}

    def activation_norms(self, request, tell):
        net, weights = self.doubled(request)
        names, squares = {id(x): name for name, x in weights.items()}, {}

        def add(layer, inputs):
            x, name = inputs[0].detach().square(), names[id(layer.weight)]
            if isinstance(layer, nn.Linear):
                total = x.flatten(0, -2).sum(0)  # [in]
            else:  # the summed output changes with a weight by the sum of what that weight meets
                rows = layer.weight.detach()[:: layer.out_channels // layer.groups].requires_grad_()
                total, = torch.autograd.grad(layer._conv_forward(x, rows, None).sum(), rows)
                total = total.flatten(1).squeeze(0)  # [in · kh · kw], or [groups, in/groups · kh · kw]
            squares[name] = squares.get(name, 0) + total

        for layer in net.modules():
            if isinstance(layer, LAYERS) and not getattr(layer, "transposed", False) and id(layer.weight) in names:
                layer.register_forward_pre_hook(add)
        for _ in self.losses(net, request, tell):
            pass
        if missing := weights.keys() - squares.keys():
            raise ValueError(f"no linear layer or convolution was seen at work with {', '.join(sorted(missing))}")
        write(request["output"], {name: squares[name].sqrt() for name in weights})
        return {}

    @torch.no_grad()
    def statistics(self, request, tell):
        net = copy.deepcopy(self.net).eval()
        self.load(net, request)
        for layer in norms(net):
            layer.reset_running_stats()
            layer.momentum = None  # the mean over batches
            layer.train()
        for x, _ in self.batches("train", tell):
            net(x)
        write(request["output"], self.tensors(net))
        return {}

    def labels(self, request, tell):
        if self.metric != "accuracy":
            raise ValueError("the targets are not classes")
        labels = torch.cat([y for _, y in self.batches(request["split"], tell)])
        write(request["output"], {"labels": labels.long()})
        return {}

    def tensors(self, net):
        """What weights files hold by name: parameters, a tied one once, and stored buffers of real numbers."""
        stored = net.state_dict().keys()
        buffers = {name: x for name, x in net.named_buffers() if name in stored and x.is_floating_point()}
        return dict(net.named_parameters()) | buffers

    @torch.no_grad()
    def load(self, net, request):
        """Puts the request's weights into `net`, zero where its mask is; returns masked weights with their masks."""
        values, tensors = read(request["weights"]), self.tensors(net)
        masks = read(request["mask"]) if request["mask"] else {}
        if strange := values.keys() ^ tensors.keys() | masks.keys() - set(self.names):
            raise ValueError(f"the network and its files do not agree on {', '.join(sorted(strange))}")
        for name, x in tensors.items():
            for given in (values[name], masks.get(name, values[name])):
                if given.shape != x.shape:
                    raise ValueError(f"{name} has the shape {list(x.shape)}, in a file {list(given.shape)}")
            x.copy_(torch.where(masks[name].bool(), values[name], 0) if name in masks else values[name])
        return [(tensors[name], mask.to(tensors[name])) for name, mask in masks.items()]

    def keep(self, optimizer, weights, state):
        """Writes what there is after a step: weights, and what the optimizer remembers if it does."""
        write(weights, self.tensors(self.net))
        remembered = optimizer.state_dict()["state"]
        if remembered:  # on the CPU: the same bytes whichever GPU this was
            torch.save({
                number: {name: x.cpu() if torch.is_tensor(x) else x for name, x in moments.items()}
                for number, moments in remembered.items()}, state)

    def restore(self, optimizer, state, masked):
        remembered = torch.load(state, map_location=self.device, weights_only=True)
        optimizer.load_state_dict(optimizer.state_dict() | {"state": remembered})
        for weight, mask in masked:
            for x in optimizer.state.get(weight, {}).values():
                if torch.is_tensor(x) and x.shape == weight.shape:
                    x.mul_(mask)

    def seed(self, words):
        """Makes what is drawn from now on a function of `words`; returns the device's generator."""
        number = int.from_bytes(hashlib.sha256(words.encode()).digest()[:7], "little")
        random.seed(number)
        return [generator.manual_seed(number) for generator in self.generators][-1]

    def batch(self, split, indices):
        """Inputs and targets of some examples, on the device."""
        examples = self.splits[split]
        if isinstance(examples, TensorDataset):
            return examples[indices.to(self.device)]
        return [x.to(self.device) for x in default_collate([examples[index] for index in indices.tolist()])]

    def batches(self, split, tell):
        """All examples of a split, in batches of nearly one size."""
        count = len(self.splits[split])
        if count == 0:
            raise ValueError(f"there are no {split} examples")
        parts = torch.arange(count).tensor_split(math.ceil(count / self.evaluation_batch))
        for number, indices in enumerate(parts, 1):
            yield self.batch(split, indices)
            tell(number / len(parts))

    def doubled(self, request):
        """The request's network in double precision, dropout at rest, and its prunable weights."""
        net = copy.deepcopy(self.net).double().eval()
        self.load(net, request)
        for layer in norms(net):
            layer.train(request["mode"] == "train")
            if request["mode"] == "identity":
                layer.reset_running_stats()  # mean 0, variance 1
        return net, {name: x.requires_grad_() for name, x in net.named_parameters() if name in self.names}

    def losses(self, net, request, tell):
        """What the mean loss is the sum of: one part where batch norm looks at all examples together."""
        indices = read(request["examples"])["indices"]
        together = request["mode"] == "train" and norms(net)
        parts = indices.split(len(indices) if together else self.evaluation_batch)
        for number, part in enumerate(parts, 1):
            x, y = (x.double() if x.is_floating_point() else x for x in self.batch("train", part))
            yield self.loss(net(x) / request.get("temperature", 1), y) * (len(part) / len(indices))
            tell(number / len(parts))

    def flow(self, net):
        """SynFlow's R: the summed output, with absolute parameters, on an input of ones."""
        x = self.batch("train", torch.tensor([0]))[0]
        if not x.is_floating_point():
            raise ValueError("SynFlow's input of ones needs inputs that are real numbers")
        for parameter in net.parameters():
            parameter.data.abs_()
        return net(torch.ones_like(x, dtype=torch.float64)).sum()


def norms(net):
    kinds = nn.modules.batchnorm._BatchNorm
    return [layer for layer in net.modules() if isinstance(layer, kinds) and layer.track_running_stats]


def slopes(value, weights, recorded=False):
    """The gradient of `value`, of each weight."""
    return torch.autograd.grad(
        value, list(weights.values()), create_graph=recorded, allow_unused=True, materialize_grads=True)


def sums(rows):
    return functools.reduce(lambda total, row: [x + y for x, y in zip(total, row)], rows)


def read(path):
    """The tensors of a safetensors file: its header's length, the header, the numbers."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    return {name: view(data, TYPES[x["dtype"]], x["shape"], x["data_offsets"][0]) for name, x in header.items()}


def write(path, tensors):
    types, header, end = {type: name for name, type in TYPES.items()}, {}, 0
    for name, x in tensors.items():
        start, end = end, end + x.numel() * x.element_size()
        header[name] = {"dtype": types[x.dtype], "shape": x.shape, "data_offsets": [start, end]}
    data = bytearray(end)
    for name, x in tensors.items():
        view(data, x.dtype, x.shape, header[name]["data_offsets"][0]).copy_(x.detach())
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def view(data, type, shape, start):
    """A tensor that shares its memory with `data`."""
    return torch.frombuffer(data, dtype=type, count=math.prod(shape), offset=start).view(shape)


def serve(model, data, optimizer, **options):
    """Answers requests until there are no more; `options` are further fields of `Engine`."""
    told = time.monotonic()

    def say(**words):
        nonlocal told
        print(json.dumps({"id": request.get("id")} | words), file=answers, flush=True)
        told = time.monotonic()

    def tell(share):
        if time.monotonic() > told + 1:
            say(progress=share)

    engine = Engine(model, data, optimizer, **options)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            verb = request["verb"]
            if verb not in ("describe", *VERBS):
                raise ValueError(f"this engine knows no verb {verb}")
            engine.seed(verb)
            # Fused attention has no second derivatives.
            with sdpa_kernel(SDPBackend.MATH) if verb == "hessian-vector" else contextlib.nullcontext():
                answer = getattr(engine, verb.replace("-", "_"))(request, tell)
            if not all(math.isfinite(x) for x in answer.values() if isinstance(x, float)):
                raise ValueError(f"{verb} comes to a number that is not finite")
            say(answer=answer)
        except Exception as error:
            traceback.print_exc()
            say(error=f"{type(error).__name__}: {' '.join(str(error).split())}")
