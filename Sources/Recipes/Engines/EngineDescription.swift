/// What a user's program that trains says of itself: its answer to `describe`.
package struct EngineDescription: Hashable, Sendable, Codable {
  /// One tensor of its network.
  package struct Tensor: Hashable, Sendable, Codable {
    /// Name in the state dict.
    package let name: String
    /// Extents, outputs first.
    package let shape: [Int]
    /// Whether pruning may remove elements.
    package let prunable: Bool
    /// Whether no gradient reaches it, as a running mean.
    package let buffer: Bool

    /// A tensor.
    package init(name: String, shape: [Int], prunable: Bool, buffer: Bool = false) {
      (self.name, self.shape, self.prunable, self.buffer) = (name, shape, prunable, buffer)
    }
  }

  /// Examples of every split; training sees those of `train` alone.
  package struct Examples: Hashable, Sendable, Codable {
    /// How many each has.
    package let train, validation, test: Int

    /// Counts of examples.
    package init(train: Int, validation: Int, test: Int) {
      (self.train, self.validation, self.test) = (train, validation, test)
    }
  }

  /// What an evaluation rates a network by.
  package struct Rating: Hashable, Sendable, Codable {
    /// Its name, such as accuracy.
    package let name: String
    /// Which way is better.
    package let better: Direction
    /// Its unit, such as %; empty for none.
    package let unit: String

    /// Which way a metric is better.
    package enum Direction: String, Hashable, Sendable, Codable { case higher, lower }

    /// A metric.
    package init(name: String, better: Direction, unit: String) {
      (self.name, self.better, self.unit) = (name, better, unit)
    }
  }

  /// Version of the protocol.
  package let protocolVersion: Int
  /// The framework and its version, such as `torch 2.13.0`.
  package let framework: String
  /// What it computes on.
  package let device: String
  /// Whether the same request gives the same bytes in another process.
  package let deterministic: Bool
  /// Tensors in state-dict order.
  package let tensors: [Tensor]
  /// How many examples there are.
  package let examples: Examples
  /// Number of classes; `nil` for networks that do not classify.
  package let classes: Int?
  /// Examples of a step; the last of an epoch may take fewer.
  package let batchSize: Int
  /// What evaluations tell.
  package let metric: Rating
  /// What it can be asked.
  package let verbs: [String]

  private enum CodingKeys: String, CodingKey {
    case protocolVersion = "protocol"
    case framework, device, deterministic, tensors, examples, classes, metric, verbs
    case batchSize = "batch-size"
  }

  /// The version that this toolkit speaks.
  package static let version = 1

  /// The first thing in it that no suite could run with; `nil` where there is none.
  package var problem: String? {
    let names = tensors.map(\.name)
    if protocolVersion != Self.version {
      return
        "it speaks version \(protocolVersion) of the protocol, and this toolkit version \(Self.version)"
    }
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      return "two tensors are named \(twice)"
    }
    if let empty = tensors.first(where: { $0.shape.contains { $0 < 1 } }) {
      return "\(empty.name) has shape \(empty.shape); extents are 1 or more"
    }
    if let flat = tensors.first(where: { $0.prunable && ($0.shape.count < 2 || $0.buffer) }) {
      return "\(flat.name) is told to be prunable; weights of two or more dimensions are, no others"
    }
    if !tensors.contains(where: \.prunable) { return "no tensor is prunable" }
    if examples.train < 1 || examples.validation < 0 || examples.test < 1 {
      return
        "it tells of \(examples.train) training and \(examples.test) test examples; both have one or more"
    }
    let most = 1_000_000_000_000
    if let large = [examples.train, examples.validation, examples.test].first(where: { $0 > most })
    {
      return "it tells of \(large) examples; there are at most \(most)"
    }
    if !(1...examples.train).contains(batchSize) {
      return
        "its batch size of \(batchSize) is not from 1 to its \(examples.train) training examples"
    }
    if let classes, classes < 2 {
      return "it tells of \(classes) classes; leave them out, or tell 2 or more"
    }
    return nil
  }
}
