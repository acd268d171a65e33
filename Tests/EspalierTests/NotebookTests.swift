import Foundation
import Testing

@Suite struct NotebookTests {
  private static let notebook = """
    # Does it matter which weights SNIP keeps?

    ```espalier name=first
    analysis: ablation
    replicates: 3
    network: lenet-20
    dataset: digits
    training: {learning-rate: 0.1, batch-size: 64, duration: 2ep}
    densities: [50%]
    methods: {random: random, SNIP: snip}
    ablations: [shuffle]
    statistics: {margin: 5}
    ```

    ```records name=best
    from: first
    where: {method: [random, SNIP], ablation: none}
    columns: [method, accuracy]
    mean: accuracy
    sort: -accuracy
    ```

    The best has {{ best.accuracy:.2f }} %.

    ```espalier name=weights
    espalier weights --network lenet-20 --input 1x8x8 --seed 1 --output w.safetensors
    espalier inspect w.safetensors --json
    ```

    """

  @Test("a notebook runs, is up to date, and reruns one edited cell alone")
  func runs() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.notebook, to: "n.md")
    let stale = try program.run("notebook", "check", "n.md")
    #expect(stale.status == 1)
    #expect(stale.errors.contains("n.md:3: cell 'first' is stale: it has not run yet"))

    let first = try program.run("notebook", "run", "n.md")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.hasPrefix("n.md: 3 of 3 cells ran, "))
    let text = try program.read("n.md")
    #expect(text.contains("accuracy in 1 comparison of a method with its own ablation"))
    #expect(text.contains("](n/first/figures/differences.svg)"))
    let value = try #require(text.firstMatch(of: /accuracy:\.2f }}">(\d\d\.\d\d)<\/data> %/))
    let accuracy = try #require(Double(value.1))
    #expect(accuracy > 30 && accuracy < 100)
    #expect(!text.contains(program.folder.path), "paths are those from the notebook's folder")
    let rows = try program.read("n/first/records.csv").split(separator: "\n")
    #expect(rows.count == 1 + 3 * 5)
    #expect(try program.run("notebook", "check", "n.md").status == 0)

    try program.write(text.replacing("margin: 5", with: "margin: 4"), to: "n.md")
    let why = try program.run("notebook", "check", "n.md")
    #expect(why.errors.contains("n.md:3: cell 'first' is stale: its text changed\n"))
    #expect(why.errors.contains("cell 'best' is stale: cell 'first' changed"))
    #expect(!why.errors.contains("'weights'"))
    let second = try program.run("notebook", "run", "n.md")
    #expect(second.output.hasPrefix("n.md: 2 of 3 cells ran, "))
    #expect(second.errors.contains(" 0 computed"), "another margin trains nothing")
    #expect(try program.read("n.md").replacing("\u{A0}", with: " ").contains("within ±4 points"))

    #expect(try program.run("notebook", "clear", "n.md").status == 0)
    #expect(try program.read("n.md") == Self.notebook.replacing("margin: 5", with: "margin: 4"))
    #expect(!FileManager.default.fileExists(atPath: program.path("n/first").path))
  }

  @Test(
    "mistakes in a suite have the notebook's lines, and work that fails leaves the text as it was")
  func faults() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.notebook.replacing("margin: 5", with: "margin: -5"), to: "n.md")
    let wrong = try program.run("notebook", "run", "n.md")
    #expect(wrong.status == 1)
    #expect(wrong.errors.contains("n.md:12: statistics.margin: "), "\(wrong.errors)")

    let failing = Self.notebook.replacing(
      "SNIP: snip", with: "SNIP: {criterion: {command: [\"false\"]}}")
    try program.write(failing, to: "n.md")
    let before = try program.read("n.md")
    let failed = try program.run("notebook", "run", "n.md")
    #expect(failed.status == 1)
    #expect(failed.errors.contains("n.md:3: cell 'first' failed; its earlier output stays"))
    #expect(try program.read("n.md") == before)

    let missing = try program.run("notebook", "run", "none.md")
    #expect(missing.status == 1)
    #expect(
      missing.errors.contains("none.md: cannot be read (no such file or directory)"),
      "\(missing.errors)")
  }
}
