import Foundation
import Testing

@Suite struct CompareTests {
  private static let suite = """
    analysis: ablation
    network: lenet-20
    dataset: digits
    replicates: 2
    training: {duration: 2ep, evaluate-every: 1ep, batch-size: 162}
    densities: [50%]
    methods: {random: random, magnitude: magnitude}
    ablations: [shuffle]
    statistics: {margin: 90}

    """

  @Test(
    "two reports are compared: of a suite before and after one changed option, and of two stores")
  func changed() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.suite, to: "suite.yaml")
    #expect(try program.run("run", "suite.yaml", "--output", "before").status == 0)
    let same = try program.run("report", "--compare", "before", "suite.yaml")
    #expect(
      same.status == 0 && same.output.contains("The two reports say the same in "), "\(same.errors)"
    )
    #expect(same.output.contains("Of 10 runs and 10, 10 are the same"))
    #expect(try program.run("run", "suite.yaml", "--store", "other", "--output", "x").status == 0)
    let stores = try program.run(
      "report", "--compare", "suite.yaml", "suite.yaml", "--other-store", "other")
    #expect(stores.status == 0, "\(stores.errors)")
    #expect(stores.output.contains("Of 10 runs and 10, 10 are the same"), "\(stores.output)")
    #expect(
      stores.output.contains(
        #/before: `suite.yaml in .*/store`: .*\n- after: `suite.yaml in .*/other`: /#),
      "\(stores.output)")

    try program.write(
      Self.suite.replacing("margin: 90", with: "margin: 0.1") + "learning-curves: true\n",
      to: "suite.yaml")
    let rerun = try program.run("run", "suite.yaml", "--output", "after", "--format", "json")
    #expect(rerun.status == 0 && rerun.errors.contains(" 0 computed"), "\(rerun.errors)")
    #expect(try program.read("before/report.md").contains("## Learning curves") == false)
    let report = try program.read("after/report.md")
    #expect(report.contains("## Learning curves") && report.contains("figures/curves-2-loss.svg"))
    let table = try program.read("after/records.csv")
    #expect(
      table.contains(
        "validation_accuracy:8,validation_accuracy:16,validation_loss:8,validation_loss:16"))
    #expect(
      try program.run("report", "--records", "after/records.csv", "--output", "again").status == 0)
    let files = "<!-- Files written with this report: report.json -->\n"
    #expect(try program.read("again/report.md") == report.replacing(files, with: ""))

    let moved = try program.run(
      "report", "--compare", "before", "after/report.json", "--output", "told")
    #expect(moved.status == 0 && moved.output.hasSuffix("told/comparison.md\n"), "\(moved.errors)")
    let told = try program.read("told/comparison.md").replacing("\u{A0}", with: " ")
    #expect(
      told.contains("In tables of verdicts 2 of 3 cells moved, with 1 term changed."), "\(told)")
    #expect(told.contains(/\| `settings.margin` +\| 90 +\| 0.1 +\|/), "\(told)")
    #expect(told.contains(/magnitude · shuffle +\| maintained.* +\| undecided/), "\(told)")
  }

  @Test("what cannot be compared is a sentence")
  func refused() throws {
    let program = try Program()
    defer { program.remove() }
    let one = try program.run("report", "--compare", "a")
    #expect(one.status != 0 && one.errors.contains("--compare: give two reports"))
    let both = try program.run("report", "suite.yaml", "--compare", "a", "b")
    #expect(both.status != 0 && both.errors.contains("one of the three"), "\(both.errors)")
    let none = try program.run("report", "--compare", "a", "b")
    #expect(
      none.status != 0 && none.errors.contains("a/terms.yaml: cannot be read"), "\(none.errors)")
    let store = try program.run("report", "--records", "r.csv", "--other-store", "x")
    #expect(store.status != 0 && store.errors.contains("--other-store goes with --compare"))
  }
}
