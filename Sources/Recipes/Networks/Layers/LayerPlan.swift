/// One layer of an architecture before its input is known: what a suite's `layers:` says, and what the
/// named architectures are written in.
package struct LayerPlan: Hashable, Sendable {
  /// Its kind.
  package let kind: LayerKind
  /// What its tensors are called by, where its kind has any.
  package let name: String?
  /// The values of the kind's options.
  package let options: OptionValues
  /// The layers within it, one list for each of the kind's branches.
  package let branches: [[LayerPlan]]

  /// A layer from its parts; what the kind needs is there.
  package init(
    _ kind: LayerKind, name: String? = nil, _ options: [String: OptionValue] = [:],
    branches: [[LayerPlan]] = []
  ) {
    precondition(
      (name != nil) == kind.isNamed && branches.count == kind.branches.count,
      "a \(kind.label) called \(name ?? "nothing") with \(branches.count) branches")
    self.kind = kind
    self.name = name
    self.options = OptionValues(
      options.filter { name, value in
        !kind.options.contains { $0.name == name && $0.idle == value }
      })
    self.branches = branches
  }

  /// Groups of channels that are computed apart: a convolution's, or a group norm's.
  package var groups: Int {
    guard case .integer(let groups)? = options["groups"] else { return 1 }
    return groups
  }

  /// Whether there are operations of programs for it, which train and evaluate faster than a graph and are the only ones
  /// in bfloat16 on the CPU.
  package var hasProgram: Bool {
    kind.hasProgram && (kind != .convolution || groups == 1)
      && branches.allSatisfy { $0.allSatisfy(\.hasProgram) }
  }

  /// The name under which a message speaks of the layer.
  package var label: String { kind.label + (name.map { " '\($0)'" } ?? "") }
}

/// `{"convolution":{"bias":false,"kernel":3,"name":"a","outputs":4,"padding":1,"stride":1}}`.
extension LayerPlan: Codable {
  private static let name = NameKey(stringValue: "name")

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: NameKey.self)
    var values = container.nestedContainer(
      keyedBy: NameKey.self, forKey: NameKey(stringValue: kind.key))
    try values.encodeIfPresent(name, forKey: Self.name)
    for (option, value) in options.values {
      try values.encode(value, forKey: NameKey(stringValue: option))
    }
    for (branch, layers) in zip(kind.branches, branches) {
      try values.encode(layers, forKey: NameKey(stringValue: branch.name))
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: NameKey.self)
    guard let key = container.allKeys.first, container.allKeys.count == 1,
      let kind = LayerKind.all.first(where: { $0.key == key.stringValue })
    else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: container.codingPath,
          debugDescription: "no layer among \(container.allKeys.map(\.stringValue))"))
    }
    let values = try container.nestedContainer(keyedBy: NameKey.self, forKey: key)
    var options: [String: OptionValue] = [:]
    for option in kind.options {
      let key = NameKey(stringValue: option.name)
      let earlier = OptionValues(options)
      // What is missing has no silent default here: the same recipe must mean the same.
      let mayBeMissing = option.example == nil && option.standard(earlier) == nil
      guard values.contains(key) || !mayBeMissing else { continue }
      options[option.name] = try values.value(of: option.kind(earlier), forKey: key)
    }
    self.init(
      kind, name: kind.isNamed ? try values.decode(String.self, forKey: Self.name) : nil, options,
      branches: try kind.branches.map {
        try values.decode([LayerPlan].self, forKey: NameKey(stringValue: $0.name))
      })
  }
}
