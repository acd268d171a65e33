import Foundation

/// What somebody stated about results, such as the terms by which they will be judged, and how many of these were
/// there at that time.
///
/// Statements are kept in their order and never changed, so that a reader can tell what was settled before
/// the results and what after.
package struct Statement: Hashable, Codable, Sendable {
  /// What was stated; JSON, opaque to the laboratory.
  package let text: String
  /// How many of the results were in the store.
  package let present: Int
  /// How many results it is about.
  package let results: Int

  /// A statement.
  package init(text: String, present: Int, results: Int) {
    self.text = text
    self.present = present
    self.results = results
  }

  /// How the text differs from that of an earlier one.
  package func changes(since earlier: Statement) -> [FieldChange] {
    FieldChange.between(Data(earlier.text.utf8), and: Data(text.utf8))
  }
}

extension Key {
  /// What a set of results is known by.
  package init(of results: Set<Key>) {
    let texts = results.map(\.description).sorted()
    self = Key.Beginning([Data("espalier results".utf8)] + texts.map { Data($0.utf8) })
      .key(inputs: [:])
  }
}

extension Store {
  /// What was stated about the results that `key` stands for, first things first.
  ///
  /// - Throws: `LaboratoryError.unreadable` for a file that cannot be read, or is no statement.
  package func statements(about key: Key) throws -> [Statement] {
    var statements: [Statement] = []
    while let bytes = try FileSystem.read(path(ofStatement: statements.count + 1, about: key)) {
      do {
        statements.append(try JSONDecoder().decode(Statement.self, from: bytes))
      } catch {
        throw LaboratoryError.unreadable(
          path: path(ofStatement: statements.count + 1, about: key),
          reason: "it is no statement of terms; delete it if its terms need not be known")
      }
    }
    return statements
  }

  /// Adds a statement, unless its text is that of the last one.
  ///
  /// Of two processes that state something at once one comes first, and the other's stands behind it.
  ///
  /// - Throws: `LaboratoryError.storeNotWritable`, `.diskFull` or `.unreadable`.
  package func state(_ statement: Statement, about key: Key) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = try encoder.encode(statement)
    while true {
      let earlier = try statements(about: key)
      if earlier.last?.text == statement.text { return }
      try prepare()
      try FileSystem.makeFolder(paths.statements(about: key))
      let temporary = paths.newTemporary(for: "statement")
      defer { try? FileSystem.remove(temporary) }
      try FileSystem.write(bytes, to: temporary)
      let place = path(ofStatement: earlier.count + 1, about: key)
      if try FileSystem.link(temporary, toNew: place) {
        return try FileSystem.synchronize(paths.statements(about: key))
      }
    }
  }

  private func path(ofStatement number: Int, about key: Key) -> String {
    "\(paths.statements(about: key))/\(number).json"
  }
}
