import Foundation
import Recipes

/// Speed beside its limit, in one run on one machine: the rate of a large matrix product, measured in the
/// same processes just before, is what the arithmetic of training could reach at most.
package enum Benchmark {
  /// Measures with one process, then with `workers` at the same time; returns the lines to print.
  package static func run(workers: Int) throws -> String {
    var lines = ["LeNet-300-100 on 55,000 examples of 28×28, one thread per process"]
    for count in Set([1, workers]).sorted() {
      let crew = try (0..<count).map { _ in try Colleague() }
      let product = try measure(.product, crew)
      lines.append(
        "\(count) at once: 2048³ product \(text(product.reduce(0, +), 1)) GFLOP/s in all")
      for (measurement, batch) in [(BenchmarkProcess.Measurement.epoch128, 128), (.epoch60, 60)] {
        let seconds = try measure(measurement, crew)
        // Peak again: a shared machine's speed drifts.
        let after = try measure(.product, crew)
        lines.append(report(batch: batch, seconds: seconds, peaks: [product, after]))
      }
      if count == 1 {
        let times = try measure(.selection, crew)
        lines.append(
          "  keeping 10 % of 10⁷ scores: \(text(times[0], 0)) ms (float32), "
            + "\(text(times[1], 0)) ms (float64)")
        lines += synapticFlow(try measure(.synflow, crew))
        lines.append(BenchmarkLottery.report(try measure(.level, crew), peak: product[0]))
        lines.append(BenchmarkPath.report(try measure(.instability, crew)[0], peak: product[0]))
        lines.append(BenchmarkCurve.report(try measure(.curve, crew)[0], peak: product[0]))
      }
      if count == workers { lines += try convolution(crew) }
    }
    return lines.joined(separator: "\n")
  }

  /// ResNet-20 with every worker on its own batch: the machine's time per 128 images.
  private static func convolution(_ crew: [Colleague]) throws -> [String] {
    let before = try measure(.product, crew)
    let seconds = try measure(.resnet20, crew)
    let peaks = before + (try measure(.product, crew))
    let rate = seconds.reduce(0) { $0 + 1 / $1 }
    let halfRate = try measure(.resnet20Half, crew).reduce(0) { $0 + 1 / $1 }
    let speed = rate * BenchmarkConvolution.stepOperations
    let peak = peaks.reduce(0, +) / 2
    var lines = [
      "ResNet-20 on 3×32×32, float32, data and optimizer included, \(crew.count) at once",
      "  \(text(1000 / rate, 0)) ms per step of 128 images, \(text(speed, 1)) GFLOP/s, "
        + "\(text(100 * speed / peak, 0)) % of the peak",
      halfRate > 0
        ? "  in bfloat16: \(text(1000 / halfRate, 0)) ms, "
          + "\(text(halfRate * BenchmarkConvolution.stepOperations, 1)) GFLOP/s"
        : "  in bfloat16: not on this processor",
    ]
    // Waiting processes do nothing.
    if let peer = BenchmarkPeer.measure() {
      lines.append(
        "  PyTorch \(peer.version), channels-last on all cores, without data: "
          + "\(text(1000 * peer.float32, 0)) ms, with bfloat16 autocast "
          + "\(text(1000 * peer.bfloat16, 0)) ms; ours / PyTorch's: "
          + "\(text(1 / rate / peer.float32, 2))"
          + (halfRate > 0 ? " and \(text(1 / halfRate / peer.bfloat16, 2))" : ""))
    } else {
      lines.append("  beside PyTorch: not run: no PyTorch (ESPALIER_PYTHON names an interpreter)")
    }
    return lines
  }

  /// Cost beside the numbers of weights and iterations.
  private static func synapticFlow(_ numbers: [Double]) -> [String] {
    stride(from: 0, to: numbers.count - 2, by: 3).map {
      let (seconds, weights, iterations) = (numbers[$0], numbers[$0 + 1] / 1e6, numbers[$0 + 2])
      return
        "  SynFlow, \(text(iterations, 0)) iterations on \(text(weights, 2))·10⁶ weights of a VGG "
        + "on 3×32×32: \(text(seconds, 1)) s, "
        + "\(text(1e9 * seconds / iterations / weights / 1e6, 2)) ns per weight and iteration"
    }
  }

  /// `(6·W − 2·W₁)·55,000` operations per epoch, over the mean of both peaks.
  private static func report(batch: Int, seconds: [Double], peaks: [[Double]]) -> String {
    let network = NetworkSpecification.lenet(hidden: [300, 100])
    let perExample = network.fitting(
      input: ExampleShape(channels: 1, height: 28, width: 28), classes: 10
    ).trainingOperations
    let rates = seconds.map { perExample * 55_000 / $0 / 1e9 }
    let peak = peaks.joined().reduce(0, +) / Double(peaks.count)
    let fraction = 100 * rates.reduce(0, +) / peak
    let examples = seconds.reduce(0) { $0 + 55_000 / $1 }
    let mean = seconds.reduce(0, +) / Double(seconds.count)
    return "  batch \(batch): \(text(mean, 2)) s per epoch, \(text(examples, 0)) examples/s, "
      + "\(text(rates.reduce(0, +), 1)) GFLOP/s, \(text(fraction, 0)) % of the peak"
  }

  private static func measure(
    _ measurement: BenchmarkProcess.Measurement, _ crew: [Colleague]
  ) throws -> [Double] {
    crew.forEach { $0.ask(measurement.rawValue) }
    return crew.flatMap { $0.answer() }
  }

  private static func text(_ number: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", number)
  }
}

/// Another process of this program, that measures when asked.
private final class Colleague {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var buffer = Data()

  init() throws {
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = ["bench-process"]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  func ask(_ line: String) { input.fileHandleForWriting.write(Data((line + "\n").utf8)) }

  func answer() -> [Double] {
    while !buffer.contains(10) {
      let chunk = output.fileHandleForReading.availableData
      if chunk.isEmpty { return [] }
      buffer += chunk
    }
    let end = buffer.firstIndex(of: 10)!
    let line = String(decoding: buffer[buffer.startIndex..<end], as: UTF8.self)
    buffer = Data(buffer[(end + 1)...])
    return line.split(separator: " ").compactMap { Double($0) }
  }
}
