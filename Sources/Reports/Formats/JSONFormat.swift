extension ReportFormat {
  /// One document with every number that the report shows.
  package static let json = ReportFormat(
    "json", file: "report.json", words: "every number that the report shows, for programs"
  ) { try JSONReport($0).value.rendered() }
}

/// A report as one value: its sections in order, their texts, tables and figures, and what stands beside.
///
/// | member | what it is |
/// | --- | --- |
/// | `form` | the version of this form |
/// | `title` | the report's first heading |
/// | `sections` | one for every heading: `heading`, `slug`, `level`, `paragraphs`, `bullets`, `tables`, `figures` |
///
/// A table has `title`, `columns` and `rows` of cells; a cell its `text`, the numbers that `CellNumbers` reads in it and,
/// where something stands in bold, those `claims`.
struct JSONReport {
  /// Raised where a member changes its meaning or goes.
  static let form = 1

  /// The whole.
  let value: JSON
  private let document: ReportDocument

  init(_ document: ReportDocument) throws {
    self.document = document
    var sections: [Section] = []
    var slugs = Slugs()
    // What stands above the first heading has none.
    if case .heading? = document.blocks.first {
    } else if !document.blocks.isEmpty {
      sections.append(Section(heading: "", slug: "", level: 1))
    }
    for block in document.blocks {
      if case .heading(let level, let text) = block {
        sections.append(Section(heading: text.plain, slug: slugs.next(text), level: level))
      } else {
        sections[sections.count - 1].add(block, of: document)
      }
    }
    let own: [String: JSON] = [
      "form": .whole(Self.form), "title": .text(document.title),
      "sections": .list(sections.map(\.value)),
    ]
    value = .members(own.merging(try document.data()) { $1 })
  }
}

/// What stands under one heading.
private struct Section {
  let heading, slug: String
  let level: Int
  private var paragraphs: [JSON] = []
  private var bullets: [JSON] = []
  private var tables: [JSON] = []
  private var figures: [JSON] = []
  /// What stands last above a table.
  private var summary: String?

  init(heading: String, slug: String, level: Int) {
    (self.heading, self.slug, self.level) = (heading, slug, level)
  }

  mutating func add(_ block: Markdown.Block, of document: ReportDocument) {
    switch block {
    case .heading(_, let text), .paragraph(let text): paragraphs.append(.text(text.plain))
    case .bullets(let items): bullets += items.map { .text($0.plain) }
    case .table(let table): tables.append(table.json(title: summary ?? heading))
    case .figure(let path, let alternative, let caption):
      var members: [String: JSON] = [
        "path": .text(path), "alternative": .text(alternative),
        "caption": caption.map { .text($0.plain) } ?? .null,
      ]
      if let (name, figure) = document.figure(at: path) {
        members["name"] = .text(name)
        members["title"] = .text(figure.title)
        members["data"] = figure.drawing.json
      }
      figures.append(.members(members))
    case .details(let title, let blocks):
      let outer = summary
      summary = title
      for block in blocks { add(block, of: document) }
      summary = outer
    }
  }

  var value: JSON {
    .members([
      "heading": .text(heading), "slug": .text(slug), "level": .whole(level),
      "paragraphs": .list(paragraphs), "bullets": .list(bullets), "tables": .list(tables),
      "figures": .list(figures),
    ])
  }
}

extension Markdown.Table {
  /// The table as a value.
  fileprivate func json(title: String) -> JSON {
    .members([
      "title": .text(title), "columns": JSON(columns.map(\.heading.plain)),
      "rows": .list(
        rows.map { row in
          .list(
            row.map { cell in
              let text = cell.plain
              var members = CellNumbers(text)?.members ?? [:]
              members["text"] = .text(text)
              if !cell.claims.isEmpty { members["claims"] = JSON(cell.claims) }
              return .members(members)
            })
        }),
    ])
  }
}
