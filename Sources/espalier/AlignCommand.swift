import ArgumentParser
import Recipes

struct AlignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "align",
    abstract: "Relabel a network's hidden units to match another network's.",
    discussion: """
      Weight matching (Ainsworth, Hayase & Srinivasa, ICLR 2023): the units of the second network are \
      put in the order in which its weights come nearest to the first one's. What it computes stays as it \
      is. Prints distances before and after, and how many units moved.
      """)

  @Argument(help: "Weights that stay.", completion: .file(extensions: ["safetensors"]))
  var start: String

  @Argument(help: "Weights whose units move.", completion: .file(extensions: ["safetensors"]))
  var end: String

  @OptionGroup var networkOption: NetworkOption

  @Option(help: "Channels, height and width of an example.")
  var input = "1x28x28"

  @Option(help: "The weights file to write.")
  var output: String

  @Option(help: "The mask of the weights whose units move.")
  var mask: String?

  @Option(help: "The mask file to write.")
  var maskOutput: String?

  @Option(help: "Ascents: the first from the units as they are, others from random orders.")
  var attempts = 1

  @Option(help: "Root of the random streams.")
  var seed: UInt64 = 1

  @OptionGroup var renameOptions: RenameOptions

  @OptionGroup var workerOptions: WorkerOptions

  func validate() throws {
    _ = try ExampleShape(option: input)
    try attempts.require(in: 1...1000, for: "--attempts")
    if (mask == nil) != (maskOutput == nil) {
      throw ValidationError("--mask and --mask-output belong together; give both or neither")
    }
  }

  func run() throws {
    try Worker.become(
      .align(
        AlignRequest(
          network: networkOption.network, input: try ExampleShape(option: input), start: start,
          end: end,
          output: output, mask: mask, maskOutput: maskOutput, attempts: attempts, seed: seed)),
      renaming: renameOptions.renames, named: workerOptions.worker)
  }
}

extension ExampleShape {
  /// Reads `--input`.
  init(option text: String) throws {
    let extents = text.split(separator: "x", omittingEmptySubsequences: false).compactMap {
      Int($0)
    }
    guard extents.count == 3, extents.allSatisfy({ (1...100_000).contains($0) }) else {
      throw ValidationError(
        "--input \(text): write channels, height and width, each from 1 to 100000, as in 1x28x28")
    }
    self.init(channels: extents[0], height: extents[1], width: extents[2])
  }
}
