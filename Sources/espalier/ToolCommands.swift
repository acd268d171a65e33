import ArgumentParser
import Foundation
import Laboratory
import Processes
import Recipes
import Suites

/// Commands on the user's own files: the worker does them, in the place of this process.
enum Worker {
  /// Does what has no answer but success; the worker itself tells what is wrong.
  static func run(_ request: ToolRequest, named worker: String?) throws {
    try AddressSpace.require()
    let tool = Subprocess(
      Toolkit.worker(worker), ["tool", try request.encoded()], errors: .shown)
    guard try tool.run().status == 0 else { throw ExitCode.failure }
  }

  /// What the worker counts, for this process to judge; the worker itself tells what is wrong.
  static func count(_ request: MaskSetRequest, named worker: String?) throws -> MaskSetCounts {
    try AddressSpace.require()
    let tool = Subprocess(
      Toolkit.worker(worker), ["tool", try ToolRequest.compare(request).encoded()],
      environment: WorkerEnvironment.variables(), errors: .shown)
    let outcome = try tool.run()
    guard outcome.status == 0 else { throw ExitCode.failure }
    return try JSONDecoder().decode(MaskSetCounts.self, from: outcome.output)
  }

  /// Becomes the worker that does `request`; returns only where it cannot be started.
  ///
  /// - Parameter renames: names in the user's files, and the network's for the same.
  static func become(_ request: ToolRequest, renaming renames: [Rename] = [], named worker: String?)
    throws -> Never
  {
    try become(["tool", try request.encoded()] + renames.map(\.text), named: worker)
  }

  /// Becomes the worker with these arguments.
  static func become(_ arguments: [String], named worker: String?) throws -> Never {
    try AddressSpace.require()
    let path = Toolkit.worker(worker)
    let arguments = [path] + arguments
    for (name, value) in WorkerEnvironment.variables() { setenv(name, value, 1) }
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    pointers.append(nil)
    execv(path, pointers)
    throw ValidationError(
      "the worker program is not at \(path) or cannot be started; build it with 'swift build'")
  }
}

struct WorkerOptions: ParsableArguments {
  @Option(help: .hidden)
  var worker: String?
}

extension Density: ExpressibleByArgument {
  /// Reads a density.
  public init?(argument: String) { self.init(argument) }
}

extension NormalizationMode: ExpressibleByArgument {}
extension Scope: ExpressibleByArgument {
  /// Reads a scope's name, `uniform` too.
  public init?(argument: String) { self.init(name: argument) }
}
extension InitializerSpecification.Weights: ExpressibleByArgument {}
extension InitializerSpecification.Biases: ExpressibleByArgument {}

struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "Score the prunable weights of a network on a batch.")

  @OptionGroup var networkOption: NetworkOption

  @Option(help: "A safetensors state dict, of any names.", completion: .file())
  var weights: String

  @Option(help: "A safetensors file with normalized `inputs` and int64 `labels`.")
  var batch: String

  @Option(help: "\(CriterionOptions.names).")
  var criterion: String

  @Option(help: "Batch norm's mode while scoring. Default: the criterion's own.")
  var mode: NormalizationMode?

  @Option(help: "name=value; may be repeated: \(CriterionOptions.help).")
  var option: [String] = []

  @Option(help: "Root of the random streams.")
  var seed: UInt64 = 1

  @Option(help: "The scores file to write.")
  var output: String

  @OptionGroup var renameOptions: RenameOptions

  @OptionGroup var workerOptions: WorkerOptions

  func run() throws {
    let criterion = try CriterionOptions(option).criterion(named: criterion)
    let own = criterion.descriptor.mode
    if case .always(let always) = own, mode ?? always != always {
      throw ValidationError(
        "--mode: for \(criterion.descriptor.words) batch norm is \(always.words); leave it out")
    }
    try Worker.become(
      .score(
        ScoreRequest(
          network: networkOption.network, weights: weights, batch: batch, output: output,
          criterion: criterion,
          mode: mode ?? own.standard ?? .eval, seed: seed)), renaming: renameOptions.renames,
      named: workerOptions.worker)
  }
}

struct MaskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mask", abstract: "Turn scores into a mask of an exact density.")

  /// An ablation that needs no training.
  struct Name: ExpressibleByArgument {
    let ablation: Ablation

    init?(argument: String) {
      let name = argument.replacing("layer-wise", with: "layerwise")
      let ablation = name == "invert" ? .invertGlobal : Ablation.named(name)
      guard let ablation, Self.all.contains(ablation) else { return nil }
      self.ablation = ablation
    }

    static let all = Ablation.ofMethods.filter { $0.inverts || $0.changesMask }
    static var allValueStrings: [String] { all.map(\.name) + ["invert"] }
  }

  @Option(help: "A scores file; higher is kept.", completion: .file())
  var scores: String

  @Option(help: "Fraction kept: 0.1, 10%, 1/8, 0.8^6.")
  var density: Density

  @Option(help: "Where scores are ranked; uniform is layerwise.")
  var scope: Scope = .global

  @Option(help: "invert is the same as invert-global; may be repeated.")
  var ablation: [Name] = []

  @Option(help: "A tensor to leave whole; may be repeated.")
  var exclude: [String] = []

  @Option(help: "Root of the random streams.")
  var seed: UInt64 = 1

  @Option(help: "The mask file to write.")
  var output: String

  @OptionGroup var workerOptions: WorkerOptions

  func validate() throws {
    if ablation.count(where: \.ablation.inverts) > 1 {
      throw ValidationError("--ablation: invert once")
    }
  }

  func run() throws {
    let ablations = AblationCombination(Set(ablation.map(\.ablation)))
    try Worker.become(
      .mask(
        MaskRequest(
          scores: scores, output: output, density: density, scope: scope,
          selection: ablations.selection(scope),
          changes: ablations.ablations.filter(\.changesMask), seed: seed, excluded: exclude)),
      named: workerOptions.worker)
  }
}

struct WeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights", abstract: "Draw a network at step 0.")

  @OptionGroup var networkOption: NetworkOption

  @Option(help: "Distribution of the weights.")
  var initializer: InitializerSpecification.Weights = .kaimingNormal

  @Option(help: "Distribution of the biases.")
  var biases: InitializerSpecification.Biases = .zero

  @Option(help: "Channels, height and width of an example.")
  var input = "1x28x28"

  @Option(help: "Number of outputs.")
  var classes = 10

  @Option(help: "Root of the random streams.")
  var seed: UInt64 = 1

  @Option(help: "The weights file to write.")
  var output: String

  @OptionGroup var workerOptions: WorkerOptions

  func validate() throws {
    _ = try ExampleShape(option: input)
    try classes.require(in: 1...1_000_000, for: "--classes")
  }

  func run() throws {
    try Worker.become(
      .weights(
        WeightsRequest(
          network: networkOption.network, input: try ExampleShape(option: input), classes: classes,
          initializer: InitializerSpecification(weights: initializer, biases: biases), seed: seed,
          output: output)), named: workerOptions.worker)
  }
}

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      """
      Show the tensors of a safetensors file, whether a mask still holds in it, what its weights look like, or what \
      masks share.
      """)

  @Argument(
    help: "Weights, scores or a mask; of several masks, what every two share.",
    completion: .file(extensions: ["safetensors"]))
  var files: [String]

  @Option(
    help: "A mask that should hold: whether all that it prunes is zero, and what came back first.",
    completion: .file(extensions: ["safetensors"]))
  var against: String?

  @Flag(help: "A NaN stands for a weight that was pruned, as some checkpoints have it.")
  var nanIsPruned = false

  @Flag(
    help: """
      Show what the weights look like: moments, quantiles, distances from a Gaussian; with --against, kept and pruned \
      ones apart.
      """)
  var statistics = false

  @Option(
    help:
      "What the weights were before training: how far kept ones moved, and how many changed their sign.",
    completion: .file(extensions: ["safetensors"]))
  var start: String?

  @Flag(help: "Show spectral norms and stable ranks too, which takes longer.")
  var spectra = false

  @Flag(help: "Answer in JSON.")
  var json = false

  @OptionGroup var maskSetOptions: MaskSetOptions

  @OptionGroup var costOptions: CostOptions

  @OptionGroup var workerOptions: WorkerOptions

  func validate() throws {
    if !statistics, start != nil || spectra {
      throw ValidationError("--start and --spectra belong to --statistics; add it")
    }
    guard files.count > 1 || maskSetOptions.nonzero || costOptions.network != nil else { return }
    if statistics {
      throw ValidationError(
        "--statistics: give one file of weights, without --network and --nonzero")
    }
    if against != nil {
      throw ValidationError("--against: give one network, or leave it out")
    }
  }

  func run() throws {
    guard files.count == 1, !maskSetOptions.nonzero else {
      try maskSetOptions.compare(self)
      return
    }
    if costOptions.network != nil {
      try costOptions.tell(self)
      return
    }
    if statistics {
      try Worker.become(
        .statistics(
          StatisticsRequest(
            weights: files[0], start: start, mask: against, spectra: spectra,
            nanIsPruned: nanIsPruned, isJSON: json)), named: workerOptions.worker)
    }
    try Worker.become(
      .inspect(
        InspectRequest(path: files[0], mask: against, nanIsPruned: nanIsPruned, isJSON: json)),
      named: workerOptions.worker)
  }
}
