import Foundation

/// A bare PyTorch loop on all cores, without data, to stand beside the toolkit's step.
enum BenchmarkPeer {
  /// Seconds per step of ResNet-20 at batch 128, channels-last; `nil` where no PyTorch can be run.
  struct Times {
    let float32: Double
    let bfloat16: Double
    let version: String
  }

  /// Runs the interpreter that `ESPALIER_PYTHON` names, or `python3`.
  static func measure() -> Times? {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      ProcessInfo.processInfo.environment["ESPALIER_PYTHON"] ?? "python3", "-c", script,
    ]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let words = text.split(whereSeparator: \.isWhitespace)
    guard process.terminationStatus == 0, words.count == 3, let float32 = Double(words[0]),
      let bfloat16 = Double(words[1])
    else { return nil }
    return Times(float32: float32, bfloat16: bfloat16, version: String(words[2]))
  }

  private static let script = """
    os, time, torch = map(__import__, ["os", "time", "torch"])
    from torch import nn
    from torch.nn.functional import cross_entropy
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    def conv(i, o, k, s=1):
        return nn.Sequential(nn.Conv2d(i, o, k, s, k // 2, bias=False), nn.BatchNorm2d(o))
    class Block(nn.Module):
        def __init__(self, i, o, s):
            super().__init__()
            self.body = nn.Sequential(conv(i, o, 3, s), nn.ReLU(), conv(o, o, 3))
            self.short = conv(i, o, 1, s) if s > 1 else nn.Identity()
        def forward(self, x):
            return torch.relu(self.body(x) + self.short(x))
    layers, i = [conv(3, 16, 3), nn.ReLU()], 16
    for o, s in [(16, 1), (32, 2), (64, 2)]:
        layers += [Block(i, o, s), Block(o, o, 1), Block(o, o, 1)]
        i = o
    net = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))
    net = net.to(memory_format=torch.channels_last)
    x = torch.randn(128, 3, 32, 32).contiguous(memory_format=torch.channels_last)
    y = torch.randint(0, 10, (128,))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9, weight_decay=1e-4)
    def step(half):
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            loss = cross_entropy(net(x), y)
        loss.backward()
        optimizer.step()
    for half in (False, True):
        for _ in range(3): step(half)
        start = time.perf_counter()
        for _ in range(10): step(half)
        print((time.perf_counter() - start) / 10)
    print(torch.__version__)
    """
}
