/// A kind of layer: all that is said of it outside of the engine, which finds its act by ``key``.
package struct LayerKind: Sendable {
  /// Every kind. A new one joins by a line here and one in the engine's `LayerAct.all`.
  package static let all: [LayerKind] = [
    .convolution, .batchNorm, .layerNorm, .groupNorm, .relu, .gelu, .silu, .sigmoid, .tanh,
    .dropout,
    .maxPool, .averagePool, .globalAveragePool, .flatten, .linear, .residual,
  ]

  /// What becomes of the units that reach a layer.
  package enum Units: Sendable {
    /// Each keeps its place: what the layer has of its own is one number per unit. Where it has groups, those of one
    /// are computed together.
    case kept
    /// The rows of a weight are new units, each of which reads all of the old ones, or those of its group.
    case mixed
    /// Those in which its branches end are added, one to one.
    case joined
  }

  /// How a layer's outputs follow from its inputs.
  package enum Response: Sendable {
    /// Linear, of one example.
    case linear
    /// Not linear, of one example, and homogeneous: twice the inputs give twice the outputs.
    case bent
    /// Neither linear nor homogeneous, of one example.
    case curved
    /// By the statistics of many examples.
    case normalized
  }

  /// A list of layers within a layer.
  package struct Branch: Sendable {
    /// Its key in suites and recipes.
    package let name: String
    /// What to write where it is missing; `nil` where it may be, and is then empty.
    package private(set) var example: String?
  }

  /// Its name in suites.
  package let name: String
  /// What messages call it.
  package let label: String
  /// Its name in recipes: the label in camel case.
  package let key: String
  /// Whether its tensors are called by a name, which is its place where none is stated.
  package let isNamed: Bool
  /// What may be stated about it.
  package let options: [LayerOption]
  /// The option that a value without a key states.
  package let shorthand: String?
  /// Options of its likes that it does not have, for messages.
  package let inapplicable: [String]
  /// Layers within it.
  package let branches: [Branch]
  /// What becomes of units.
  package let units: Units
  /// How outputs follow from inputs.
  package let response: Response
  /// Whether programs have operations for it; without, the network is computed by libtorch's graph.
  package let hasProgram: Bool
  /// Its output, tensors and multiplications.
  let shape: @Sendable (LayerInput) throws(ArchitectureError) -> LayerShape

  /// A kind of layer; one without a `shape` gives what it gets, number by number.
  init(
    _ name: String, label: String? = nil, isNamed: Bool = false, options: [LayerOption] = [],
    shorthand: String? = nil, inapplicable: [String] = [], branches: [Branch] = [],
    units: Units = .kept, response: Response, hasProgram: Bool = true,
    shape: @escaping @Sendable (LayerInput) throws(ArchitectureError) -> LayerShape = {
      (input) throws(ArchitectureError) in LayerShape(input.flow)
    }
  ) {
    self.name = name
    self.label = label ?? name.replacing("-", with: " ")
    let words = self.label.split(separator: " ")
    key = words.dropFirst().reduce(words.prefix(1).joined()) {
      $0 + $1.prefix(1).uppercased() + $1.dropFirst()
    }
    self.isNamed = isNamed
    self.options = options
    self.shorthand = shorthand
    self.inapplicable = inapplicable
    self.branches = branches
    self.units = units
    self.response = response
    self.hasProgram = hasProgram
    self.shape = shape
  }

  /// A value of each option, in order: its example, its default, or what says the same as none; those without are left out.
  package var examples: [(name: String, value: OptionValue)] {
    var values: [String: OptionValue] = [:]
    return options.compactMap { option in
      guard let value = option.example ?? option.standard(OptionValues(values)) ?? option.idle
      else { return nil }
      values[option.name] = value
      return (option.name, value)
    }
  }

  /// The names in suites.
  package static var names: [String] { all.map(\.name) }
}

/// A kind is what its key says.
extension LayerKind: Hashable {
  package static func == (one: LayerKind, other: LayerKind) -> Bool { one.key == other.key }
  package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
