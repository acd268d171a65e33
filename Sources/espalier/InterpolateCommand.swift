import ArgumentParser
import Recipes

struct InterpolateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interpolate",
    abstract: "Measure error and loss along the segment between two networks.",
    discussion: """
      Prints error and loss at every point, the barrier (highest value less the mean of the ends), the \
      largest excess over the straight line between the ends, the distance of the weights, and on how \
      many test examples both ends differ.
      """)

  @OptionGroup var ends: EndsOptions

  @Option(help: "Points, evenly spaced, both ends included.")
  var points = PathPositions.standard

  @Option(help: "The mask that both were trained under: what it prunes must be zero.")
  var mask: String?

  @Flag(help: "Interpolate although both ends prune different weights.")
  var otherMasks = false

  @OptionGroup var measurementOptions: MeasurementOptions

  @Option(help: "A CSV file to write.")
  var output: String?

  @OptionGroup var renameOptions: RenameOptions

  @OptionGroup var workerOptions: WorkerOptions

  func validate() throws {
    try points.require(in: 2...10_001, for: "--points")
    if mask != nil, otherMasks {
      throw ValidationError("--mask and --other-masks exclude one another")
    }
  }

  func run() throws {
    try Worker.become(
      .interpolate(
        InterpolateRequest(
          measured: try measurementOptions.found(for: ends.networkOption.network),
          start: ends.start, end: ends.end, mask: mask, allowsOtherMasks: otherMasks,
          points: points, table: output)), renaming: renameOptions.renames,
      named: workerOptions.worker)
  }
}

/// Two networks of one architecture.
struct EndsOptions: ParsableArguments {
  @Argument(help: "Weights at the start.", completion: .file(extensions: ["safetensors"]))
  var start: String

  @Argument(help: "Weights at the end.", completion: .file(extensions: ["safetensors"]))
  var end: String

  @OptionGroup var networkOption: NetworkOption
}
