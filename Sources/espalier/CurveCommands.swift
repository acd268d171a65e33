import ArgumentParser
import Recipes

struct CurveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "curve",
    abstract: "Train a curve of low loss between two networks.",
    discussion: """
      Bends begin on the straight segment and are trained by momentum SGD on the mean loss over the curve; \
      weight decay acts on the point of the curve. The learning rate is constant for half of the training, \
      then falls to a hundredth. Prints error and loss along the curve, beside the segment's highest error.
      """)

  enum Shape: String, ExpressibleByArgument, CaseIterable {
    case bezier, chain
  }

  @OptionGroup var ends: EndsOptions

  @Option(help: "A Bézier curve or a chain of straight segments.")
  var shape: Shape = .bezier

  @Option(help: "Control points between the ends.")
  var bends = 1

  @Option(help: "Length of the training: 30ep, 2000it.")
  var duration: Step

  @Option(help: "Learning rate.")
  var learningRate = 0.05

  @Option(help: "Momentum.")
  var momentum = 0.9

  @Option(help: "Weight decay, on the point of the curve.")
  var weightDecay = 0.0

  @Option(help: "Examples per step.")
  var batchSize = 128

  @Option(help: "Points that are measured, both ends included.")
  var points = 61

  @Option(help: "The mask that both were trained under: what it prunes stays zero.")
  var mask: String?

  @Flag(help: "Join networks that prune different weights; bends then use all weights.")
  var otherMasks = false

  @OptionGroup var measurementOptions: MeasurementOptions

  @Option(
    help:
      "Bends are written to OUTPUT-1.safetensors, OUTPUT-2.safetensors and so on, of c.safetensors too to c-1.safetensors."
  )
  var output: String

  @Option(help: "A CSV file of the points to write.")
  var table: String?

  @OptionGroup var renameOptions: RenameOptions

  @OptionGroup var workerOptions: WorkerOptions

  func validate() throws {
    func require(_ holds: Bool, _ message: String) throws {
      if !holds { throw ValidationError(message) }
    }
    try bends.require(in: 1...20, for: "--bends")
    try require(
      (3...100_000).contains(points),
      "--points \(points): write a number from 3 to 100000; a curve has 3 points or more, its ends included"
    )
    try require(
      learningRate > 0 && learningRate.isFinite,
      "--learning-rate \(learningRate): write a finite number above 0")
    try require((0..<1).contains(momentum), "--momentum \(momentum): write 0 or more, below 1")
    try require(
      weightDecay >= 0 && weightDecay.isFinite,
      "--weight-decay \(weightDecay): write a finite number of 0 or more")
    try batchSize.require(in: 1...1_000_000, for: "--batch-size")
    try require(duration != .zero, "--duration: write a duration above 0")
    try require(mask == nil || !otherMasks, "--mask and --other-masks exclude one another")
  }

  func run() throws {
    let measured = try measurementOptions.recomputing(for: ends.networkOption.network)
    let training = TrainingSpecification(
      optimizer: .init(
        .sgd,
        [
          "learning-rate": .number(learningRate), "momentum": .number(momentum),
          "weight-decay": .number(weightDecay),
        ]),
      schedule: LearningRateSchedule(
        warmup: .zero, shape: .linearDecay(from: 0.5, to: 0.9, final: 0.01)),
      batchSize: min(batchSize, measured.problem.dataset.trainCount), duration: duration)
    try Worker.become(
      .curve(
        CurveRequest(
          segment: InterpolateRequest(
            measured: measured, start: ends.start, end: ends.end, mask: mask,
            allowsOtherMasks: otherMasks, points: points, table: table),
          shape: shape == .bezier ? .bezier(bends: bends) : .chain(bends: bends),
          training: training, seed: measurementOptions.seed, output: output)),
      renaming: renameOptions.renames, named: workerOptions.worker)
  }
}

struct PlaneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plane",
    abstract: "Measure error and loss in the plane through three networks.",
    discussion: """
      Writes a grid: x along the line from the first network to the second, y at a right angle to it, both \
      in Euclidean distance of weights. Prints error and loss at the networks, half-way between two of them, \
      and in the middle of all three.
      """)

  @Argument(
    help: "Three files of weights.", completion: .file(extensions: ["safetensors"]))
  var weights: [String]

  @OptionGroup var networkOption: NetworkOption

  @Option(help: "Points along each axis.")
  var side = 21

  @Option(help: "How far the grid reaches beyond the networks, as a part of their extent.")
  var margin = 0.2

  @OptionGroup var measurementOptions: MeasurementOptions

  @Option(help: "The CSV file to write.")
  var output: String

  @OptionGroup var renameOptions: RenameOptions

  @OptionGroup var workerOptions: WorkerOptions

  func validate() throws {
    if weights.count != 3 {
      throw ValidationError(
        "a plane goes through three networks, and \(weights.count) were named; name three files")
    }
    try side.require(in: 2...501, for: "--side")
    if !(0...10).contains(margin) {
      throw ValidationError("--margin \(margin): write a number from 0 to 10")
    }
    if measurementOptions.batchNorm.count > 1 {
      throw ValidationError("--batch-norm: a plane has one policy of statistics")
    }
  }

  func run() throws {
    try Worker.become(
      .plane(
        PlaneRequest(
          measured: try measurementOptions.recomputing(for: networkOption.network),
          weights: weights, side: side, margin: margin, output: output)),
      renaming: renameOptions.renames, named: workerOptions.worker)
  }
}

extension MeasurementOptions {
  /// What ``found(for:)`` finds, statistics recomputed alone unless the user names policies.
  func recomputing(for network: NetworkSpecification) throws -> MeasuredProblem {
    guard batchNorm.isEmpty else { return try found(for: network) }
    var options = self
    options.batchNorm = [.recomputed]
    return try options.found(for: network)
  }
}

extension Step: ExpressibleByArgument {
  /// Reads epochs and iterations.
  public init?(argument: String) { self.init(argument) }
}
