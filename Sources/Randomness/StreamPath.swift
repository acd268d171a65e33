/// The name of one random stream: a root seed and the purposes below it, outermost first.
///
///     StreamPath(seed: 1) / "replicate 3" / "initialization" / "fc.weight"
///     // seed 1 / replicate 3 / initialization / fc.weight
///
/// Two paths are equal exactly when their seeds and their lists of components are equal, scalar by
/// scalar: inside a component a slash is written `\/`, a backslash `\\`, and every character
/// outside printable ASCII `\u{hex}`, so an unescaped slash always separates.
package struct StreamPath: Hashable, Sendable, LosslessStringConvertible {
  /// The canonical spelling, which is what a stream's seed is hashed from.
  package let description: String

  /// The root of a tree of streams.
  package init(seed: UInt64) {
    description = "seed \(seed)"
  }

  /// Reads a canonical spelling; `nil` for any other.
  package init?(_ description: String) {
    let parts = Self.splitAtSeparators(description)
    guard parts[0].hasPrefix("seed "), let seed = UInt64(parts[0].dropFirst("seed ".count)) else {
      return nil
    }
    var path = StreamPath(seed: seed)
    for part in parts.dropFirst() {
      guard let component = Self.unescaped(part) else { return nil }
      path = path / component
    }
    // Refuses every second spelling of the same path: "seed 01", needless escapes, lost spaces.
    guard path.description.utf8.elementsEqual(description.utf8) else { return nil }
    self = path
  }

  private init(canonical: String) {
    description = canonical
  }

  /// The stream of one purpose below `path`.
  package static func / (path: StreamPath, component: String) -> StreamPath {
    StreamPath(canonical: path.description + " / " + escaped(component))
  }

  private static func escaped(_ component: String) -> String {
    let isPlain = component.utf8.allSatisfy {
      (0x20...0x7E).contains($0) && $0 != 0x2F && $0 != 0x5C
    }
    if isPlain { return component }
    var text = ""
    for scalar in component.unicodeScalars {
      switch scalar {
      case "/": text += #"\/"#
      case #"\"#: text += #"\\"#
      case " "..."~": text.unicodeScalars.append(scalar)
      default: text += #"\u{"# + String(scalar.value, radix: 16) + "}"
      }
    }
    return text
  }

  private static func unescaped(_ part: String) -> String? {
    var scalars = String.UnicodeScalarView()
    var rest = part.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == #"\"# else {
        scalars.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "/": scalars.append("/")
      case #"\"#: scalars.append(#"\"#)
      case "u":
        guard rest.popFirst() == "{", let end = rest.firstIndex(of: "}"),
          let value = UInt32(String(rest[..<end]), radix: 16), let decoded = Unicode.Scalar(value)
        else { return nil }
        scalars.append(decoded)
        rest = rest[rest.index(after: end)...]
      default: return nil
      }
    }
    return String(scalars)
  }

  /// Cuts at the slashes no backslash escapes, without the one space on either side of each.
  private static func splitAtSeparators(_ description: String) -> [String] {
    var parts = [String.UnicodeScalarView()]
    var isEscaped = false
    for scalar in description.unicodeScalars {
      if scalar == "/" && !isEscaped {
        parts.append(.init())
      } else {
        parts[parts.count - 1].append(scalar)
      }
      isEscaped = scalar == #"\"# && !isEscaped
    }
    return parts.indices.map { index in
      var part = parts[index][...]
      if index > 0 && part.first == " " { part.removeFirst() }
      if index < parts.count - 1 && part.last == " " { part.removeLast() }
      return String(part)
    }
  }
}

extension StreamPath: Codable {
  /// Decodes the canonical spelling.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let path = StreamPath(text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: """
          "\(text)" is not a stream path; write it as "seed 1 / replicate 3 / initialization"
          """)
    }
    self = path
  }

  /// Encodes the canonical spelling.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
