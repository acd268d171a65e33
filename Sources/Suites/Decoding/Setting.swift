import Wording
import Yams

/// A value in place of the one that a suite's file states, or beside those that it states:
/// `training.learning-rate=0.05`.
///
/// The suite is the one that the file would be with that value in it, with the same keys.
package struct Setting: Hashable, Sendable {
  /// As the user wrote it.
  package let text: String
  /// Names from the top; one that has dots in the file is several here.
  let names: [String]
  /// The value, as YAML.
  let value: String

  /// Reads `KEY=VALUE`.
  ///
  /// - Throws: ``SettingFault``.
  package init(_ text: String) throws(SettingFault) {
    guard let equal = text.firstIndex(of: "=") else { throw .noValue(text) }
    let names = text[..<equal].split(separator: ".", omittingEmptySubsequences: false)
      .map { $0.filter { !$0.isNewline } }
    let value = String(text[text.index(after: equal)...])
    guard names.allSatisfy({ !$0.isEmpty }) else { throw .emptyName(text) }
    guard value.contains(where: { !$0.isWhitespace }) else { throw .noValue(text) }
    (self.text, self.names, self.value) = (text, names, value)
  }

  /// What messages call it, in place of a file and a line.
  var origin: String { "--set \(Naming.shown(text))" }

  /// The path of the value, as messages tell it.
  var path: String { names.joined(separator: ".") }

  /// `document` with this value in its place; mistakes are noted.
  func applied(to document: Node, _ findings: Findings) -> Node {
    findings.attribute(path, to: origin)
    do {
      let parsed = try Yams.compose(yaml: value) ?? Node("")
      return put(Self.unmarked(parsed), at: names[...], into: document, below: [], findings)
    } catch YamlError.scanner(_, let reason, _, _), YamlError.parser(_, let reason, _, _),
      YamlError.composer(_, let reason, _, _)
    {
      findings.add(.malformed(reason), line: 1, path: path)
    } catch {
      findings.add(.malformed("which cannot be read"), line: 1, path: path)
    }
    return document
  }

  private func put(
    _ value: Node, at names: ArraySlice<String>, into node: Node, below path: [String],
    _ findings: Findings
  ) -> Node {
    guard !names.isEmpty else { return value }
    guard var mapping = node.mapping ?? Self.emptyMapping(node) else {
      let (place, stated) = (path.joined(separator: "."), node.scalar.map { "`\($0.string)`" })
      findings.add(
        .unexpected(
          found: "\(stated ?? "a list") in the file, which has no keys below it",
          expected: "all of it, as in `--set '\(place)={…}'`"), line: 1, path: self.path)
      return node
    }
    // Names of a user's own may have dots: the longest that is there is meant.
    let known = (1...names.count).reversed().first { count in
      mapping[names.prefix(count).joined(separator: ".")] != nil
    }
    let key = names.prefix(known ?? 1).joined(separator: ".")
    mapping[key] = put(
      value, at: names.dropFirst(known ?? 1), into: mapping[key] ?? .mapping(.init([])),
      below: path + [key], findings)
    return .mapping(mapping)
  }

  /// Nothing is where keys may come: `training:` with nothing after it.
  private static func emptyMapping(_ node: Node) -> Node.Mapping? {
    guard case .scalar(let scalar) = node, scalar.style == .plain,
      ["", "~", "null"].contains(scalar.string)
    else { return nil }
    return .init([])
  }

  /// The value without lines, which would be those of no file.
  private static func unmarked(_ node: Node) -> Node {
    switch node {
    case .scalar(let scalar): .scalar(.init(scalar.string, scalar.tag, scalar.style))
    case .sequence(let sequence): .sequence(.init(sequence.map(unmarked), sequence.tag))
    case .mapping(let mapping):
      .mapping(.init(mapping.map { (unmarked($0.key), unmarked($0.value)) }, mapping.tag))
    case .alias: node
    }
  }
}

/// Why `--set` cannot be read.
package enum SettingFault: Error, Hashable, Sendable, CustomStringConvertible {
  case noValue(String)
  case emptyName(String)
  case repeated(String)

  /// What is wrong; what to do.
  package var description: String {
    switch self {
    case .noValue(let text):
      "--set \(Naming.shown(text)): there is no value; write KEY=VALUE, as in `--set training.learning-rate=0.05`"
    case .emptyName(let text):
      "--set \(Naming.shown(text)): a name is empty; write keys from the top with a dot between, as in"
        + " `--set training.learning-rate=0.05`"
    case .repeated(let path):
      "--set \(Naming.shown(path))=…: stated more than once; keep one"
    }
  }
}

extension [Setting] {
  /// Reads each of `texts`.
  package init(_ texts: [String]) throws(SettingFault) {
    self = []
    for text in texts {
      let setting = try Setting(text)
      if contains(where: { $0.path == setting.path }) { throw .repeated(setting.path) }
      append(setting)
    }
  }
}
