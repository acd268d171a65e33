import Foundation

/// A report as another one is compared with it: what its `report.json` holds.
package struct ComparedReport: Decodable, Sendable {
  /// The analysis' name.
  package let analysis: String
  /// The version of the file's form.
  let form: Int
  let terms: JSON
  /// The rows of records.csv.
  let records: [[String: JSON]]
  let sections: [Section]

  /// What stands under one heading.
  struct Section: Decodable, Sendable {
    let heading, slug: String
    let paragraphs: [String]
    let tables: [Table]
  }

  /// A table, of which every row has a cell for every column.
  struct Table: Decodable, Sendable {
    let title: String
    let columns: [String]
    let rows: [[Cell]]
  }

  /// A table's cell.
  struct Cell: Decodable, Equatable, Sendable {
    let text: String
    /// The number that the text begins with, and the lower end of an interval behind it.
    let value, low: Double?
    /// What stands there in bold.
    let claims: [String]?
  }

  /// Reads the text of a `report.json`; `source` names it in errors.
  ///
  /// - Throws: ``ReportsError`` where it is no such text, or one of another form.
  package init(parsing text: String, source: String) throws {
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
    } catch {
      throw ReportsError.comparison(
        "\(source) is no report of `espalier report --format json`; write it anew with this version"
      )
    }
    guard form == JSONReport.form else {
      throw ReportsError.comparison(
        "\(source) has form \(form), and this version reads form \(JSONReport.form); write it anew with this version"
      )
    }
  }

  /// What the report says first, below its question.
  var answer: String { sections.first?.paragraphs.first ?? "" }

  /// Every table by its place: the heading above it, but for the first, its title, and how many such stand before.
  var tables: [(place: TablePlace, table: Table)] {
    var counts: [TablePlace: Int] = [:]
    return sections.enumerated().flatMap { index, section in
      section.tables.map { table in
        // The first heading is the question, which may be asked otherwise.
        var place = TablePlace(
          slug: index == 0 ? "" : section.slug,
          heading: index == 0 ? "the answer" : section.heading,
          title: table.title == section.heading ? "" : Self.uncounted(table.title), occurrence: 0)
        let count = counts[place, default: 0]
        counts[place] = count + 1
        place.occurrence = count
        return (place, table)
      }
    }
  }
}

extension ComparedReport {
  /// A title without its numbers: nothing where it tells only how many rows there are.
  private static func uncounted(_ title: String) -> String {
    let words = title.drop { $0.isNumber || ", ".contains($0) }
    return words.count < title.count && !words.contains(" ") ? "" : title
  }
}

/// Where a table stands in a report.
struct TablePlace: Hashable, Sendable {
  let slug, heading, title: String
  /// How many tables of this title stand above it under the heading.
  var occurrence: Int

  /// The place in words.
  var words: String {
    (title.isEmpty ? heading : "\(heading), \(title)")
      + (occurrence == 0 ? "" : " (\(occurrence + 1))")
  }
}
