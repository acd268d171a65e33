import Foundation
import Testing

@Suite struct RecordSelectionTests {
  private static let table = """
    method,density,replicate,accuracy
    SNIP,0.5,1,90
    SNIP,0.5,2,92.5
    SNIP,0.1,1,80
    GraSP,0.5,1,
    GraSP,0.1,1,70
    random,0.1,1,60

    """

  private static func shown(_ code: String) throws -> [String] {
    let bench = try Bench()
    try bench.write(table, to: "t.csv")
    try bench.write("```records\nfrom: t.csv\n\(code)\n```\n")
    try bench.run()
    return try bench.read().split(separator: "\n").filter { $0.hasPrefix("|") }.dropFirst(2)
      .map { line in line.filter { $0 != " " } }
  }

  @Test("rows are chosen, averaged, ordered and cut")
  func selects() throws {
    #expect(
      try Self.shown("where: {method: SNIP, density: 0.50}\ncolumns: [replicate, accuracy]") == [
        "|1|90|", "|2|92.5|",
      ])
    #expect(
      try Self.shown(
        "where: {density: '< 0.5', method: '!= random'}\ncolumns: [method, accuracy]\nsort: accuracy"
      )
        == ["|GraSP|70|", "|SNIP|80|"])
    #expect(
      try Self.shown(
        "where: {method: [SNIP, GraSP]}\ncolumns: [method, density, accuracy]\nmean: accuracy\nsort: [density, -accuracy]\ndigits: {accuracy: 1}"
      ) == ["|SNIP|0.1|80.0|", "|GraSP|0.1|70.0|", "|SNIP|0.5|91.2|", "|GraSP|0.5|–|"])
    #expect(try Self.shown("sort: [-accuracy]\nlimit: 1") == ["|SNIP|0.5|2|92.5|"])
  }

  @Test("columns that are not there, and comparisons without a number, are told")
  func faults() throws {
    let bench = try Bench()
    try bench.write(Self.table, to: "t.csv")
    for (code, sentence) in [
      ("columns: [acuracy]", "the table has no column `acuracy`; did you mean `accuracy`?"),
      (
        "where: {zzz: 1}",
        "the table has no column `zzz`; it has `method`, `density`, `replicate`, `accuracy`"
      ),
    ] {
      try bench.write("```records\nfrom: t.csv\n\(code)\n```\n")
      #expect(
        bench.complaint { try bench.run() }
          == "a.md:1: cell 1 failed; its earlier output stays: \(sentence)")
    }
    try bench.write("```records\nfrom: t.csv\nwhere: {density: '> a'}\n```\n")
    #expect(
      bench.complaint { try bench.run() }
        == "a.md:3: where.density: found `> a`; write `>` and a number, in quotes")
    try bench.write("```records\nfrom: u.csv\n```\n")
    #expect(bench.complaint { try bench.run() }.contains("u.csv: "))
  }
}
