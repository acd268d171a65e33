import Foundation
import Testing

@testable import Analyses
@testable import Reports
@testable import Suites

@Suite struct ReportJSONTests {
  private static let analyses = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "analyses")

  private func report(_ name: String) throws -> AnalysisReport {
    let folder = Self.analyses.appending(path: name)
    return try AnalysisReport(
      table: folder.appending(path: "records.csv"), terms: folder.appending(path: TermsFile.name),
      analyses: AnalysisList.all)
  }

  /// Every number within a value, and every number in its texts, as written.
  private func numbers(in value: JSON) -> Set<String> {
    switch value {
    case .null, .flag: []
    case .whole(let number): ["\(number)"]
    case .large(let number): ["\(number)"]
    case .number(let number): ["\(number)"]
    case .text(let text): Self.numbers(in: text)
    case .list(let values): values.reduce(into: []) { $0.formUnion(numbers(in: $1)) }
    case .members(let members): members.values.reduce(into: []) { $0.formUnion(numbers(in: $1)) }
    }
  }

  private static func numbers(in text: String) -> Set<String> {
    Set(text.matches(of: /[0-9][0-9.,]*/).map { String($0.output) })
  }

  @Test(
    "each number of the markdown's tables is there, and rows have numbers",
    arguments: ["ablations-digits", "layer-collapse", "instability-digits", "anatomy-layers"])
  func complete(name: String) throws {
    Self.keepSubnormals()
    let report = try report(name)
    let json = try JSON(parsing: report.json())
    let known = numbers(in: json)
    let tables = report.text.split(separator: "\n").filter { $0.hasPrefix("|") }
    let shown = tables.reduce(into: Set<String>()) { $0.formUnion(Self.numbers(in: String($1))) }
    #expect(shown.count > 20)
    #expect(shown.subtracting(known).sorted() == [])

    guard case .members(let members) = json, case .list(let rows)? = members["records"],
      case .members(let terms)? = members["terms"]
    else {
      Issue.record("neither rows nor terms")
      return
    }
    #expect(rows.count == report.records.rows.count)
    #expect(members["analysis"] == terms["analysis"])
    #expect(members["question"] == .text(report.question))
    guard case .members(let row)? = rows.first else {
      Issue.record("no row")
      return
    }
    #expect(Set(row.keys) == Set(report.records.header))
  }

  /// Other tests train on this thread and leave numbers below 2.2e−308 rounded to zero, as workers do; p-values in these
  /// reports are as small, and the program that writes reports knows them.
  private static func keepSubnormals() {
    #if arch(x86_64)
      var environment = fenv_t()
      fegetenv(&environment)
      let (flushToZero, subnormalsAreZero) = (UInt32(0x8000), UInt32(0x40))
      environment.__mxcsr &= ~(flushToZero | subnormalsAreZero)
      fesetenv(&environment)
    #endif
  }

  @Test("fields are numbers, flags, texts or null by their column")
  func fields() throws {
    guard case .members(let members) = try JSON(parsing: report("ablations-digits").json()),
      case .list(let rows)? = members["records"], case .members(let row)? = rows.last
    else {
      Issue.record("no rows")
      return
    }
    func kind(_ name: String) -> String {
      switch row[name] {
      case .number, .whole: "number"
      case .flag: "flag"
      case .text: "text"
      default: "nothing"
      }
    }
    #expect(kind("density") == "number")
    #expect(kind("accuracy") == "number")
    #expect(kind("method") == "text")
    #expect(kind("connected") == "flag")
    #expect(kind("artifact") == "text")
    #expect(FieldKind(of: Double.self).json("") == .null)
    #expect(FieldKind(of: Double.self).json("0.8^2") == .number(0.64))
    #expect(FieldKind(of: Int.self).json("12") == .whole(12))
    #expect(FieldKind(of: String.self).json("12") == .text("12"))
    #expect(FieldKind(of: Bool.self).json("true") == .flag(true))
  }
}
