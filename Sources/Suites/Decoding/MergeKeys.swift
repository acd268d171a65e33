import Yams

/// YAML's merge keys: the entries of the mapping, or of each mapping of the list, after `<<:` are entries of
/// the mapping it stands in, where that has none of the same key; the first of several wins.
///
/// Reference: Ben-Kiki, Evans and döt Net, Merge Key Language-Independent Type for YAML 1.1 (2005).
struct MergeKeys {
  private let findings: Findings
  /// Values still to be looked at: aliases of aliases multiply.
  private var rest = 1_000_000

  private init(_ findings: Findings) { self.findings = findings }

  /// The document with every merge key resolved; mistakes are noted.
  static func resolved(_ document: Node, _ findings: Findings) -> Node {
    var merging = MergeKeys(findings)
    let node = merging.resolved(document)
    if merging.rest < 0 {
      findings.add(.tooManyValues, line: 1, path: "")
    }
    return node
  }

  private mutating func resolved(_ node: Node) -> Node {
    rest -= 1
    guard rest >= 0 else { return node }
    switch node {
    case .scalar, .alias: return node
    case .sequence(var sequence):
      for index in sequence.indices { sequence[index] = resolved(sequence[index]) }
      return .sequence(sequence)
    case .mapping(let mapping): return .mapping(resolved(mapping))
    }
  }

  private mutating func resolved(_ mapping: Node.Mapping) -> Node.Mapping {
    var (own, merged) = ([(Node, Node)](), [(Node, Node)]())
    for (key, value) in mapping {
      let value = resolved(value)
      if Self.isMerge(key) { merged += entries(value, at: key) } else { own.append((key, value)) }
    }
    guard own.count < mapping.count else {
      return Node.Mapping(own, mapping.tag, mapping.style, mapping.mark)
    }
    var keys = Set(own.map(\.0))
    own += merged.filter { keys.insert($0.0).inserted }
    return Node.Mapping(own, mapping.tag, mapping.style, mapping.mark)
  }

  private func entries(_ value: Node, at key: Node) -> [(Node, Node)] {
    let mappings = value.sequence.map(Array.init) ?? [value]
    guard mappings.allSatisfy({ $0.mapping != nil }) else {
      findings.add(
        .unexpected(
          found: "`<<` before something else",
          expected: "a mapping, or a list of mappings, after it"),
        line: key.mark?.line ?? 1, path: "")
      return []
    }
    return mappings.flatMap { $0.mapping.map { $0.map { ($0.key, $0.value) } } ?? [] }
  }

  private static func isMerge(_ key: Node) -> Bool {
    guard case .scalar(let scalar) = key else { return false }
    return scalar.style == .plain && scalar.string == "<<"
  }
}
