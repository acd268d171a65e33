/// A criterion, an optimizer … as it is used: its name and all of its options, defaults included.
package struct Described<Kind: Descriptor>: Hashable, Sendable {
  /// The descriptor's name.
  package let name: String
  /// The values of its options.
  package let options: OptionValues

  /// What is called by the descriptor's name, with the options that differ from its defaults; they must be its own, and
  /// right.
  package init(_ kind: Kind, _ stated: [String: OptionValue] = [:]) {
    var values: [String: OptionValue] = [:]
    for (name, value) in stated {
      guard let option = kind.options.first(where: { $0.name == name }),
        let value = option.kind.checked(value)
      else { preconditionFailure("\(kind.name) has no \(name) \(value)") }
      values[name] = value
    }
    self.name = kind.name
    options = kind.completed(values)
  }

  /// The same with another value of one of its options.
  package func changing(_ option: String, to value: OptionValue) -> Described {
    Described(descriptor, options.values.merging([option: value]) { _, changed in changed })
  }

  /// Everything that is said of it.
  package var descriptor: Kind {
    guard let kind = Kind.named(name) else { preconditionFailure("no \(Kind.sort) \(name)") }
    return kind
  }

  /// Whether it is `kind`, whatever its options.
  package static func == (described: Described, kind: Kind) -> Bool { described.name == kind.name }
}

/// `{"grasp":{"absolute":false,"temperature":200}}`.
extension Described: Codable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: NameKey.self)
    var values = container.nestedContainer(
      keyedBy: NameKey.self, forKey: NameKey(stringValue: name))
    for (name, value) in options.values {
      try values.encode(value, forKey: NameKey(stringValue: name))
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: NameKey.self)
    func corrupted(_ sentence: String) -> DecodingError {
      .dataCorrupted(.init(codingPath: container.codingPath, debugDescription: sentence))
    }
    guard let key = container.allKeys.first, container.allKeys.count == 1,
      let kind = Kind.named(key.stringValue)
    else {
      throw corrupted("no \(Kind.sort) among \(container.allKeys.map(\.stringValue))")
    }
    let values = try container.nestedContainer(keyedBy: NameKey.self, forKey: key)
    var stated: [String: OptionValue] = [:]
    for option in kind.options {
      let key = NameKey(stringValue: option.name)
      guard values.contains(key) else { continue }
      let value = try values.value(of: option.kind, forKey: key)
      guard let value = option.kind.checked(value) else {
        throw corrupted("\(kind.name)'s \(option.name) is not \(option.kind.expected)")
      }
      stated[option.name] = value
    }
    options = kind.completed(stated)
    name = kind.name
    // What is missing has no silent default here: the same recipe must mean the same.
    guard options.values == stated else {
      throw corrupted(
        "\(kind.name) needs \(options.values.keys.sorted()) and has \(stated.keys.sorted())")
    }
  }
}
