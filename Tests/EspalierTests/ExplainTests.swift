import Foundation
import Testing

@Suite struct ExplainTests {
  @Test("a page is printed by its name, all of that name, and a name that is none is told")
  func names() throws {
    let program = try Program()
    defer { program.remove() }
    let snip = try program.run("explain", "snip")
    #expect(snip.status == 0 && snip.output.hasPrefix("# Criterion snip\n"), "\(snip.errors)")
    #expect(snip.output.contains("    s(w) = |w · ∂L/∂w|"))
    let random = try program.run("explain", "random").output
    #expect(random.contains("# Criterion random\n") && random.contains("# Ablation random\n"))
    let list = try program.run("explain").output.split(separator: "\n")
    #expect(list.count > 20 && list.contains { $0.hasPrefix("shuffle ") }, "\(list)")
    let typo = try program.run("explain", "shufle")
    #expect(typo.status != 0 && typo.errors.contains("did you mean shuffle?"), "\(typo.errors)")
  }

  @Test(
    "pages are written into a folder, a stale one is found and written anew, one of nothing goes")
  func folder() throws {
    let program = try Program()
    defer { program.remove() }
    try FileManager.default.createDirectory(
      at: program.path("pages"), withIntermediateDirectories: true)
    try program.write("# Mine\n", to: "pages/mine.md")
    #expect(try program.run("explain", "--output", "pages").status == 0)
    #expect(try program.read("pages/Espalier.md").contains("- <doc:mine>\n"))
    let good = try program.run("explain", "--output", "pages", "--check")
    #expect(
      good.status == 0 && good.output.contains(/pages: \d+ pages up to date/), "\(good.errors)")

    try program.write("old", to: "pages/criterion-snip.md")
    try program.write("old", to: "pages/criterion-gone.md")
    let stale = try program.run("explain", "--output", "pages", "--check")
    #expect(
      stale.status == 1 && stale.errors.contains("criterion-snip.md, criterion-gone.md: stale"),
      "\(stale.errors)")
    let written = try program.run("explain", "--output", "pages")
    #expect(written.output == "pages/criterion-snip.md\n", "\(written.output)")
    #expect(try program.run("explain", "--output", "pages", "--check").status == 0)
    #expect(try program.read("pages/mine.md") == "# Mine\n")
  }
}
