import Foundation
package import Recipes
import Wording
import Yams

/// One value of a suite with its place; every reader notes what is wrong and then returns `nil`, so
/// that decoding goes on.
package struct Field {
  /// The YAML value.
  let node: Node
  /// Keys from the top, joined by dots.
  package let path: String
  /// Line of the value's key or list entry.
  package let line: Int
  /// Where mistakes are noted.
  package let findings: Findings

  /// Notes a mistake here.
  package func report(_ fault: SuiteFault) { findings.add(fault, line: line, path: path) }

  /// Notes a doubt here.
  package func report(_ doubt: SuiteDoubt) { findings.add(doubt, line: line, path: path) }

  /// The scalar's text as it is written; `nil` for lists, mappings and nothing.
  package var scalar: String? {
    guard case .scalar(let scalar) = node else { return nil }
    let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
    return isNull ? nil : scalar.string
  }

  /// Whether the value is a list.
  package var isList: Bool { node.sequence != nil }
  /// Whether it is one without entries.
  package var isEmptyList: Bool { node.sequence?.isEmpty == true }

  /// Whether the value is a mapping.
  package var isMapping: Bool { node.mapping != nil }

  /// Reads a scalar by `parse`, which returns `nil` for what the field cannot be.
  package func parsed<Value>(_ expected: String, by parse: (String) -> Value?) -> Value? {
    guard let scalar, let value = parse(scalar) else {
      report(.unexpected(found: found, expected: expected))
      return nil
    }
    return value
  }

  /// Reads any text but an empty one, and one with control characters beside line breaks and tabulators.
  package func text(_ expected: String) -> String? {
    guard let text = parsed(expected, by: { $0.isEmpty ? nil : $0 }) else { return nil }
    guard text.printableLines == text else {
      report(
        .unexpected(
          found: "`\(Naming.shown(text))`", expected: "\(expected), without control characters"))
      return nil
    }
    return text
  }

  /// Reads a whole number.
  package func integer(_ range: ClosedRange<Int>) -> Int? {
    parsed(CheckedOption.Kind.integer(range).expected) { text in
      Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// Reads a seed.
  package func seed() -> UInt64? { parsed("a whole number of at least 0") { UInt64($0) } }

  /// Reads a finite number.
  package func number(_ expected: String, where isPossible: (Double) -> Bool) -> Double? {
    parsed(expected) { text in
      CheckedOption.Kind.number(text).flatMap { isPossible($0) ? $0 : nil }
    }
  }

  /// Reads `true` or `false`.
  package func flag() -> Bool? { parsed("true or false") { Bool($0) } }

  /// Reads a duration or a point in training.
  package func step() -> Step? {
    parsed("epochs and iterations, such as 8ep, 500it or 8ep500it") { Step($0) }
  }

  /// Reads a duration of at least one iteration.
  package func duration() -> Step? {
    parsed("a duration above 0, such as 8ep, 500it or 8ep500it") { text in
      Step(text).flatMap { $0 == .zero ? nil : $0 }
    }
  }

  /// Reads a density, from its text and never through binary fractions.
  package func density() -> Density? {
    parsed("a density above 0 and up to 1, such as 0.1, 10%, 1/8 or 0.8^6") { Density($0) }
  }

  /// Reads one of the names of an enumeration.
  package func name<Name: Spelled>(_ sort: String, as: Name.Type = Name.self) -> Name? {
    name(sort, among: Name.allCases.map(\.rawValue)).flatMap(Name.init)
  }

  /// Reads one of the names `known`.
  package func name(_ sort: String, among known: [String]) -> String? {
    guard let scalar else {
      report(.unexpected(found: found, expected: "a name: \(known.joined(separator: ", "))"))
      return nil
    }
    guard let name = SuiteName.spellings(of: scalar).first(where: known.contains) else {
      let nearest = Suggestion.nearest(to: scalar, among: known)
      report(.unknownName(scalar, sort: sort, nearest: nearest, known: known))
      return nil
    }
    return name
  }

  /// Reads a name by itself, or as the only key of a mapping whose value holds its options.
  package func choice<Name: Spelled>(_ sort: String, as: Name.Type = Name.self) -> (
    name: Name, options: Field?
  )? {
    choice(sort, among: Name.allCases.map(\.rawValue)).flatMap { found in
      Name(rawValue: found.name).map { ($0, found.options) }
    }
  }

  /// Reads one of the names `known` by itself, or as the only key of a mapping whose value holds its options.
  func choice(_ sort: String, among known: [String]) -> (name: String, options: Field?)? {
    guard let mapping = node.mapping else { return name(sort, among: known).map { ($0, nil) } }
    guard mapping.count == 1, let (key, value) = mapping.first else {
      report(.unexpected(found: Format.count(mapping.count, "key"), expected: "one \(sort)"))
      return nil
    }
    let head = Field(node: key, path: path, line: key.mark?.line ?? line, findings: findings)
    return head.name(sort, among: known).map { name in
      let path = "\(path).\(name)"
      return (name, Field(node: value, path: path, line: head.line, findings: findings))
    }
  }

  /// Reads a list; its entries have this field's path and their own lines.
  package func list(_ expected: String) -> [Field]? {
    guard let sequence = node.sequence else {
      report(.unexpected(found: found, expected: expected))
      return nil
    }
    return sequence.map {
      Field(node: $0, path: path, line: $0.mark?.line ?? line, findings: findings)
    }
  }

  /// Reads a list of different values; wrong ones are left out.
  package func distinct<Value: Hashable>(_ expected: String, read: (Field) -> Value?) -> [Value]? {
    guard let entries = list(expected) else { return nil }
    var lines: [Value: Int] = [:]
    return entries.compactMap { entry in
      guard let value = read(entry) else { return nil }
      if let earlier = lines.updateValue(entry.line, forKey: value) {
        entry.report(.repeated(entry.shown, earlierLine: earlier))
        return nil
      }
      return value
    }
  }

  /// Reads a list of different values that has one at least; `least` says so in messages where `expected` does not.
  package func nonEmpty<Value: Hashable>(
    _ expected: String, least: String? = nil, read: (Field) -> Value?
  ) -> [Value]? {
    guard let values = distinct(expected, read: read) else { return nil }
    guard isEmptyList else { return values }
    report(.unexpected(found: "an empty list", expected: least ?? expected))
    return nil
  }

  /// Reads a mapping of user-given names, in their order.
  package func entries(_ expected: String) -> [(name: String, field: Field)]? {
    guard let mapping = node.mapping else {
      report(.unexpected(found: found, expected: expected))
      return nil
    }
    return mapping.map { key, value in
      let name = key.scalar?.string ?? ""
      return (name, below(name, key: key, value: value))
    }
  }

  /// Reads a mapping with the keys of `Key`; other keys are noted.
  ///
  /// `others` are keys that are read elsewhere or from ``Fields/others``; `nil` says that unknown ones were noted before.
  package func fields<Key: SuiteKey>(_: Key.Type, beside others: [String]? = []) -> Fields<Key>? {
    let known = Key.names + (others ?? [])
    guard let found = fields(named: known, notesOthers: others != nil) else { return nil }
    var values: [Key: Field] = [:]
    var rest: [String: Field] = [:]
    for (name, field) in found {
      if let key = Key(rawValue: name) { values[key] = field } else { rest[name] = field }
    }
    return Fields(values: values, others: rest, parent: self)
  }

  /// Reads a mapping with the keys `known`; others are noted and left out, unless they were noted before.
  func fields(named known: [String], notesOthers: Bool = true) -> [String: Field]? {
    guard let entries = entries("a mapping with keys such as `\(known[0]):`") else { return nil }
    var values: [String: Field] = [:]
    for (name, field) in entries {
      if !notesOthers || known.contains(name) {
        values[name] = field
      } else {
        field.report(
          .unknownKey(nearest: Suggestion.nearest(to: name, among: known), known: known))
      }
    }
    return values
  }

  /// The value in a message.
  package var found: String {
    switch node {
    case .scalar: scalar.map { "`\(Naming.shown($0))`" } ?? "nothing"
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .alias: "an alias"
    }
  }

  private var shown: String {
    node.sequence.map { entries in
      "[" + entries.map { $0.scalar?.string ?? "…" }.joined(separator: ", ") + "]"
    } ?? scalar ?? "…"
  }

  private func below(_ name: String, key: Node, value: Node) -> Field {
    Field(
      node: value, path: path.isEmpty ? name : "\(path).\(name)", line: key.mark?.line ?? line,
      findings: findings)
  }
}

/// The values of a mapping by key.
package struct Fields<Key: SuiteKey> {
  /// Values that the suite states.
  package let values: [Key: Field]
  /// Values of keys that are no `Key`.
  package let others: [String: Field]
  /// The mapping itself.
  package let parent: Field

  /// The value of `key`; `nil` where the suite leaves it out.
  package subscript(_ key: Key) -> Field? { values[key] }

  /// The value of `key`, which has no default: noted where missing.
  package func required(_ key: Key, example: String) -> Field? {
    if let field = values[key] { return field }
    let path = parent.path.isEmpty ? key.rawValue : "\(parent.path).\(key.rawValue)"
    parent.findings.add(.missing(example: example), line: parent.line, path: path)
    return nil
  }

  /// Notes each of `keys` that the suite states although `owner` has no use for it.
  package func reject(_ keys: [Key], for owner: String, remedy: String = "remove it") {
    for key in keys { values[key]?.report(.inapplicable(owner: owner, remedy: remedy)) }
  }

  /// Notes each of ``others`` although `owner` has no use for it.
  func rejectOthers(for owner: String) {
    for field in others.values { field.report(.inapplicable(owner: owner, remedy: "remove it")) }
  }
}
