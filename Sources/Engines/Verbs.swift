package import Recipes

/// One question to a program: its fields are the request's, beside `id` and `verb`.
package protocol EngineVerb: Encodable, Sendable {
  /// What the program answers.
  associatedtype Answer: Decodable & Sendable
  /// The verb's name in requests.
  static var name: String { get }
}

/// A path that a request tells, or `null`.
@propertyWrapper
package struct PathOrNull: Encodable, Sendable {
  /// The path.
  package var wrappedValue: String?

  /// A path, or none.
  package init(wrappedValue: String?) { self.wrappedValue = wrappedValue }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(wrappedValue)
  }
}

/// What the program is.
package struct Describe: EngineVerb {
  package typealias Answer = EngineDescription
  package static let name = "describe"

  /// The question has no fields.
  package init() {}
}

/// An answer that says nothing but that it is done.
package struct Done: Decodable, Sendable {}

/// Weights drawn from a seed.
package struct Initialize: EngineVerb {
  package typealias Answer = Done
  package static let name = "initialize"

  /// From 0 to below 2⁵³, which every language's numbers hold.
  let seed: UInt64
  /// The file to write.
  let weights: String

  /// Asks for weights in the file at `weights`.
  package init(seed: UInt64, weights: String) { (self.seed, self.weights) = (seed, weights) }
}

/// Steps of a training.
package struct Train: EngineVerb {
  /// How it went.
  package struct Answer: Decodable, Sendable {
    /// Mean training loss of each step; may be left out.
    package let losses: [Double]?
    /// The step whose loss is not finite, after which nothing is kept.
    package let diverged: Int?
  }

  package static let name = "train"

  /// The file of the weights at the step `from`.
  package var weights: String
  /// The file of what the optimizer remembers there; `nil` at the walk's start.
  @PathOrNull package var state: String?
  /// The mask; `nil` trains all weights.
  @PathOrNull package var mask: String?
  /// Optimizer steps since initialization.
  package var from, to: Int
  /// The step at which the learning-rate schedule ends, and what is added to a step before it is asked.
  package var duration, scheduleOffset: Int
  /// The examples of the steps: `indices` one after another, and how many each step takes, `sizes`.
  package var order: String
  /// Draws whatever else a step draws; the same for the whole walk.
  package var seed: UInt64
  /// Steps after which weights and state are kept, ascending, `to` the last.
  package var keep: [Int]
  /// Where they are written.
  package var folder: String

  private enum CodingKeys: String, CodingKey {
    case weights, state, mask, from, to, duration, order, seed, keep, folder
    case scheduleOffset = "schedule-offset"
  }

  /// A training.
  package init(
    weights: String, state: String?, mask: String?, from: Int, to: Int, duration: Int,
    scheduleOffset: Int, order: String, seed: UInt64, keep: [Int], folder: String
  ) {
    (self.weights, self.state, self.mask, self.from, self.to) = (weights, state, mask, from, to)
    (self.duration, self.scheduleOffset, self.order) = (duration, scheduleOffset, order)
    (self.seed, self.keep, self.folder) = (seed, keep, folder)
  }

  /// The file of a kept step's weights.
  package static func weights(after step: Int) -> String { "weights-\(step).safetensors" }
  /// The file of what the optimizer remembers there, if it does.
  package static func state(after step: Int) -> String { "state-\(step)" }
}

/// A network on one split.
package struct Evaluate: EngineVerb {
  /// What it comes to.
  package struct Answer: Decodable, Sendable {
    /// The metric that `describe` names; accuracy in percent.
    package let metric: Double?
    /// Mean loss.
    package let loss: Double?
    /// How many classes any example is given.
    package let predictedClasses: Int?

    private enum CodingKeys: String, CodingKey {
      case metric, loss
      case predictedClasses = "predicted-classes"
    }
  }

  package static let name = "evaluate"

  let weights: String
  @PathOrNull var mask: String?
  let split: String
  /// The file of what each example comes to.
  let output: String

  /// An evaluation.
  package init(weights: String, mask: String?, split: Split, output: String) {
    (self.weights, self.mask, self.split, self.output) = (weights, mask, split.rawValue, output)
  }
}
