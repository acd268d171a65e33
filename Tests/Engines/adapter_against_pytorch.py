"""Does the adapter compute what PyTorch does when it is asked plainly? Needs PyTorch.

    python3 Tests/Engines/adapter_against_pytorch.py

Each line compares an answer of `espalier_engine.Engine` with a few lines of PyTorch that share nothing with it; the
script ends with status 1 at the first that differs.
"""
import os, sys, tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Sources/Analyses/Templates"))
import torch
from torch import nn
from torch.nn import functional as F

from espalier_engine import Data, Engine, read, write

COUNT, STEPS, BATCH = 96, 12, 16
generator = torch.Generator().manual_seed(0)
inputs = torch.randn(COUNT, 4, 9, 9, generator=generator)
classes = torch.randint(3, (COUNT,), generator=generator)
order = torch.cat([torch.randperm(COUNT, generator=generator) for _ in range(2)])
chosen = order[:20]


class Net(nn.Module):
    """Strides, padding, dilation, groups and depthwise convolutions under batch norm."""

    def __init__(self):
        super().__init__()
        self.full = nn.Conv2d(4, 8, 3, stride=2, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.grouped = nn.Conv2d(8, 12, 3, padding=2, dilation=2, groups=4)
        self.depthwise = nn.Conv2d(12, 12, (3, 2), groups=12)
        self.head = nn.Linear(12, 3)

    def forward(self, x):
        x = F.silu(self.norm(self.full(x)))
        return self.head(F.silu(self.depthwise(F.silu(self.grouped(x)))).mean((2, 3)))


OPTIMIZERS = {
    "SGD": lambda p: torch.optim.SGD(p, lr=0.1),
    "momentum and decay": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True, weight_decay=1e-2),
    "Adam": lambda p: torch.optim.Adam(p, lr=1e-2, amsgrad=True),
    "AdamW": lambda p: torch.optim.AdamW(p, lr=1e-2, weight_decay=0.1),
    "RMSprop": lambda p: torch.optim.RMSprop(p, lr=1e-2, momentum=0.9, centered=True),
}


def factor(step, duration):
    return 1 - step / duration


def engine(optimizer="SGD"):
    data = Data(train=(inputs, classes), test=(inputs, classes))
    return Engine(Net, data, OPTIMIZERS[optimizer], schedule=factor, batch_size=BATCH, evaluation_batch=COUNT)


def require(holds, words):
    if not holds:
        sys.exit(f"differs: {words}")


def close(one, other, bound):
    return (one - other).abs().max() <= bound * other.abs().max()


def silent(share):
    pass


def trained(folder, name, mask, state=None):
    """The adapter's weights after every step, and its losses."""
    answer = engine(name).train({
        "weights": f"{folder}/start", "state": state, "mask": mask and f"{folder}/mask", "from": 0, "to": STEPS,
        "duration": STEPS, "schedule-offset": 0, "order": f"{folder}/order", "seed": 1,
        "keep": list(range(1, STEPS + 1)), "folder": folder}, silent)
    return [read(f"{folder}/weights-{step}.safetensors") for step in range(1, STEPS + 1)], answer["losses"]


def plain(start, name, masks):
    """The same by PyTorch: masks are multiplied with weights and gradients."""
    net = Net()
    net.load_state_dict(start)
    weights = dict(net.named_parameters())
    optimizer = OPTIMIZERS[name](net.parameters())
    rate = optimizer.param_groups[0]["lr"]
    with torch.no_grad():
        for tensor, mask in masks.items():
            weights[tensor] *= mask
    for step, batch in enumerate(order.split(BATCH)):
        optimizer.param_groups[0]["lr"] = rate * factor(step, STEPS)
        optimizer.zero_grad()
        loss = F.cross_entropy(net(inputs[batch]), classes[batch])
        loss.backward()
        for tensor, mask in masks.items():
            weights[tensor].grad *= mask
        optimizer.step()
        yield {name: x.clone() for name, x in net.state_dict().items()}, loss.item()


def zero_moments(state, masks, words):
    for number, (name, _) in enumerate(Net().named_parameters()):
        for moment in state[number].values():
            if name in masks and moment.dim():
                require(not moment[masks[name] == 0].any(), f"{words}: {name} has moments where it is pruned")


def training(folder, start, masks):
    for name in OPTIMIZERS:
        for under in ({}, masks):
            found, losses = trained(folder, name, bool(under))
            for step, (expected, loss) in enumerate(plain(start, name, under)):
                require(losses[step] == loss, f"{name}: the loss of step {step + 1}")
                for tensor, x in found[step].items():
                    require(torch.equal(x, expected[tensor]), f"{name}: {tensor} after step {step + 1}")
                for tensor, mask in under.items():
                    pruned = found[step][tensor][mask == 0]
                    require(not pruned.view(torch.int32).any(), f"{name}: {tensor} has pruned weights that are not +0")
        if name != "SGD":
            trained(folder, name, False)
            os.replace(f"{folder}/state-{STEPS}", f"{folder}/dense")
            trained(folder, name, True, state=f"{folder}/dense")
            for step in (1, STEPS):
                zero_moments(torch.load(f"{folder}/state-{step}"), masks, f"{name}, step {step}")
    print(f"trainings by {', '.join(OPTIMIZERS)}, dense and masked: the same bits after each of {STEPS} steps")


def double(start, mode):
    net = Net()
    net.load_state_dict(start)
    net = net.double().train(mode == "train")
    if mode == "identity":
        net.norm.running_mean.zero_()
        net.norm.running_var.fill_(1)
    return net


def derivatives(folder, start):
    names = list(read(f"{folder}/mask"))
    vector = {name: torch.randn(start[name].shape, dtype=torch.float64, generator=generator) for name in names}
    write(f"{folder}/vector", vector)
    for mode in ("train", "eval", "identity"):
        net = double(start, mode)

        def loss(*weights):
            outputs = torch.func.functional_call(net, dict(zip(names, weights)), inputs[chosen].double())
            return F.cross_entropy(outputs / 3, classes[chosen])

        weights = tuple(dict(net.named_parameters())[name].detach() for name in names)
        request = {
            "weights": f"{folder}/start", "mask": None, "examples": f"{folder}/chosen", "mode": mode,
            "objective": "loss", "temperature": 3, "vector": f"{folder}/vector", "output": f"{folder}/output"}
        value = engine().gradient(request, silent)["value"]
        require(abs(value - loss(*weights).item()) < 1e-12, f"the loss in mode {mode}")
        slopes = torch.autograd.functional.jacobian(loss, weights)
        for name, x in zip(names, slopes):
            require(close(read(f"{folder}/output")[name], x, 1e-10), f"the gradient of {name} in mode {mode}")
        engine().hessian_vector(request, silent)
        _, products = torch.autograd.functional.hvp(loss, weights, tuple(vector.values()))
        for name, x in zip(names, products):
            require(close(read(f"{folder}/output")[name], x, 1e-10), f"H · v of {name} in mode {mode}")
    print("loss, gradient and H · v in every mode of batch norm: to 1e-10")


def norms(folder, start):
    """By unfolding what each layer is given."""
    net, given = double(start, "eval"), {}
    for name, layer in net.named_children():
        layer.register_forward_pre_hook(lambda layer, x, name=name: given.update({name: x[0].detach()}))
    net(inputs[chosen].double())
    engine().activation_norms({
        "weights": f"{folder}/start", "mask": None, "examples": f"{folder}/chosen", "mode": "eval",
        "output": f"{folder}/output"}, silent)
    found = read(f"{folder}/output")
    for name in ("full", "grouped", "depthwise"):
        layer = getattr(net, name)
        columns = F.unfold(given[name], layer.kernel_size, layer.dilation, layer.padding, layer.stride)
        expected = columns.square().sum((0, 2)).sqrt().view(layer.groups, -1).squeeze(0)
        shape = list(found[f"{name}.weight"].shape)
        require(shape == list(expected.shape), f"norms of {name} have the shape {shape}")
        require(close(found[f"{name}.weight"], expected, 1e-12), f"norms of what {name} is given")
    require(close(found["head.weight"], given["head"].norm(dim=0), 1e-12), "norms of what head is given")
    print("activation norms of full, grouped, depthwise and linear layers: to 1e-12")


def flow(folder, start):
    net = double(start, "identity").eval()
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.abs_()
    total = net(torch.ones(1, 4, 9, 9, dtype=torch.float64)).sum()
    total.backward()
    answer = engine().gradient({
        "weights": f"{folder}/start", "mask": None, "mode": "identity", "objective": "synflow", "temperature": 1,
        "output": f"{folder}/output"}, silent)
    require(abs(answer["value"] - total.item()) < 1e-12 * total.item(), "SynFlow's R")
    for name, x in read(f"{folder}/output").items():
        require(close(x, net.get_parameter(name).grad, 1e-12), f"SynFlow's gradient of {name}")
    print("SynFlow's R and gradient: to 1e-12")


def statistics(folder, start):
    """Of one batch that holds all examples the statistics are its own."""
    engine().statistics({"weights": f"{folder}/start", "mask": None, "output": f"{folder}/output"}, silent)
    net = Net()
    net.load_state_dict(start)
    given = net.full(inputs).detach()
    found = read(f"{folder}/output")
    require(close(found["norm.running_mean"], given.mean((0, 2, 3)), 1e-5), "the mean of what batch norm is given")
    require(close(found["norm.running_var"], given.var((0, 2, 3)), 1e-5), "the variance of what batch norm is given")
    print("batch norm's statistics: to 1e-5")


def main():
    torch.set_num_threads(1)
    torch.manual_seed(3)
    start = Net().state_dict()
    start["norm.running_mean"].normal_()
    start["norm.running_var"].uniform_(0.5, 2)
    masks = {name: torch.rand(x.shape) < 0.4 for name, x in start.items() if x.dim() > 1}
    with tempfile.TemporaryDirectory() as folder:
        write(f"{folder}/start", {name: x for name, x in start.items() if x.is_floating_point()})
        write(f"{folder}/mask", {name: x.to(torch.uint8) for name, x in masks.items()})
        write(f"{folder}/order", {"indices": order, "sizes": torch.full((STEPS,), BATCH)})
        write(f"{folder}/chosen", {"indices": chosen})
        training(folder, start, {name: x.float() for name, x in masks.items()})
        derivatives(folder, start)
        norms(folder, start)
        flow(folder, start)
        statistics(folder, start)


if __name__ == "__main__":
    main()
