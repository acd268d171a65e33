import Foundation
import Testing

@Suite struct LooksTests {
  /// The runs of each arm and density in a table.
  private func counts(_ table: String) -> [String: Int] {
    let rows = table.split(separator: "\n").dropFirst().map { $0.split(separator: ",").prefix(3) }
    return Dictionary(rows.map { ($0.joined(separator: " "), 1) }, uniquingKeysWith: +)
  }

  @Test("a suite runs until it is decided, and what is decided is not run again")
  func untilDecided() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Program.suiteOfLooks, to: "suite.yaml")
    let plan = try program.run("plan", "suite.yaml", "--sd", "1")
    #expect(plan.output.contains("look 1 of 3\n"), "\(plan.output)")
    #expect(
      plan.output.contains(
        /differences spread by 1 point: sameness within 10 points is shown at \d+ densities of comparisons like this: \d+ % by 3 replicates, \d+ % by 5 replicates, \d+ % by 8 replicates/
      ), "\(plan.output)")
    let run = try program.run("run", "suite.yaml", "--workers", "2")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains(/look 2 of 3, \d+ of \d+ densities open/), "\(run.errors)")

    let table = try program.read("records.csv")
    let counts = counts(table)
    #expect(Set(counts.values) == [3, 5, 8], "\(counts)")
    // The null control goes on with what is open.
    let most = counts.filter { $0.value == 8 }
    for name in most.keys {
      let density = name.split(separator: " ").last!
      guard name != "dense none 1" else { continue }
      #expect(counts["random shuffle \(density)"] == 8 && counts["random none \(density)"] == 8)
    }
    let report = try program.read("report.md")
    #expect(report.contains("after 5 to 8 replicates until decided or out of looks"))
    #expect(report.contains("registered before the first of"))
    #expect(!report.contains("runs of one arm or both are missing"), "\(report)")
    let again = try program.run("run", "suite.yaml", "--workers", "2")
    #expect(again.errors.contains(" 0 computed") && again.status == 0, "\(again.errors)")
    #expect(try program.read("report.md") == report)
    #expect(
      try program.run("plan", "suite.yaml").output.contains(/look 3 of 3 taken, \d+ of \d+/))
    let status = try program.run("status").output
    #expect(
      status.contains(/look 3 of 3 taken, \d+ of \d+ densities open, (\S+) of \1 artifacts/)
        && status.contains("artifacts, complete"), "\(status)")

    // The table tells the same by itself.
    #expect(
      try program.run("report", "--records", "records.csv", "--output", "again").status == 0)
    #expect(try program.read("again/report.md") == report)
    try FileManager.default.removeItem(at: program.path("terms.yaml"))
    let undesigned = try program.run("report", "--records", "records.csv", "--output", "other")
    #expect(
      undesigned.status != 0 && undesigned.errors.contains("the column look tells of 3 looks"))
    let options = ["--margin", "10", "--chance", "25", "--examples", "200"]
    let designed = try program.start(
      ["report", "--records", "records.csv", "--output", "other", "--looks", "3", "5", "8"]
        + options)
    designed.waitUntilExit()
    let errors = try program.read("run.err")
    #expect(designed.terminationStatus == 0, "\(errors)")
    #expect(claims(try program.read("other/report.md")) == claims(report))
  }

  /// What is said of each comparison, but for what describes later runs.
  private func claims(_ report: String) -> [String] {
    report.replacing("\u{A0}", with: " ").split(separator: "\n").filter { $0.hasPrefix("- **") }
      .map { String($0.replacing(#/\ Later\ runs,\ which\ decide\ nothing:.*?pairs\./#, with: "")) }
  }

  @Test("tickets and controls run until they are decided, down the ladder as far as it takes")
  func tickets() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      """
      analysis: lottery
      replicates: {looks: [3, 5, 8], until: decided}
      network: lenet-16
      dataset:
        {name: gaussian-mixture, classes: 4, dimension: 16, train: 400, test: 200, separation: 3, seed: 1}
      training: {learning-rate: 0.1, batch-size: 32, duration: 8ep}
      levels: 3
      rate: 40%
      controls: {random: true, reinitialize: 1}
      statistics: {margin: 10}
      """, to: "suite.yaml")
    let run = try program.run("run", "suite.yaml", "--workers", "2")
    #expect(run.status == 0, "\(run.errors)")
    let rows = try program.read("records.csv").split(separator: "\n").dropFirst()
    let arms = rows.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .map { "\($0[0]) \($0[3])" }
    let counts = Dictionary(arms.map { ($0, 1) }, uniquingKeysWith: +)
    #expect(Set(counts.values).count > 1, "\(counts)")
    for (arm, count) in counts {
      // A control goes on where its ticket does, and a ticket under every deeper one.
      let level = arm.split(separator: " ")[1]
      #expect(level == "0" || counts["ticket \(level)"]! >= count, "\(counts)")
    }
    #expect(
      counts["ticket 1"]! >= counts["ticket 2"]! && counts["ticket 2"]! >= counts["ticket 3"]!)
    let report = try program.read("report.md")
    #expect(report.contains("## How many replicates it took"))
    #expect(
      try program.run("report", "--records", "records.csv", "--output", "again").status == 0)
    #expect(try program.read("again/report.md") == report)
  }

  @Test("replicates that are added after a look at the results show nothing new")
  func growing() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Program.smallSuite, to: "suite.yaml")
    #expect(try program.run("run", "suite.yaml", "--workers", "2").status == 0)
    let first = try program.read("report.md")
    let changed = [
      (
        "replicates: 6", "then changed (replicates: 4 → 6) when"
      ),
      (
        "replicates: {looks: [4, 6], until: decided}",
        "looks.spending: none → 1.5"
      ),
    ]
    for (replicates, told) in changed {
      try program.write(
        Program.smallSuite.replacing("replicates: 4", with: replicates), to: "suite.yaml")
      let run = try program.run("run", "suite.yaml", "--workers", "2")
      #expect(run.status == 0, "\(run.errors)")
      let report = try program.read("report.md")
      #expect(report.contains(told), "\(report)")
      #expect(
        report.contains(
          "4 replicates were registered, which spend all of α: what lies beyond is shown and claims nothing"
        ))
      #expect(claims(report) == claims(first))
    }
    // And whoever stops early claims nothing at all.
    try program.write(
      Program.smallSuite.replacing("replicates: 4", with: "replicates: 3"), to: "suite.yaml")
    #expect(try program.run("run", "suite.yaml").status == 0)
    let early = try program.read("report.md")
    #expect(
      early.contains("4 replicates were registered for the first look, and fewer claim nothing"))
    let claimed = claims(early).joined()
    #expect(claimed.contains("Not looked at yet at 50 %, 20 %: 3 runs are fewer"))
    #expect(!["**Lowered", "**Raised", "**Maintained"].contains(where: claimed.contains))
  }

  @Test("a look that is added behind the last one runs what is open, is told, and claims nothing")
  func lateLook() throws {
    let program = try Program()
    defer { program.remove() }
    func run(_ looks: String) throws -> String {
      try program.write(
        Program.smallSuite.replacing(
          "replicates: 4", with: "replicates: {looks: \(looks), until: decided}"),
        to: "suite.yaml")
      let run = try program.run("run", "suite.yaml", "--workers", "2")
      #expect(run.status == 0, "\(run.errors)")
      return try program.read("report.md")
    }
    let (before, after) = (try run("[3, 5]"), try run("[3, 5, 8]"))
    #expect(!claims(before).isEmpty && claims(after) == claims(before))
    #expect(after.contains("replicates: 5 → 8) when"))
    #expect(after.contains("5 replicates were registered, which spend all of α"))
    let arms = counts(try program.read("records.csv")).filter { !$0.key.hasPrefix("dense") }
    #expect(arms.values.max() == 8)
    #expect(
      try program.run("report", "--records", "records.csv", "--output", "again").status == 0)
    #expect(try program.read("again/report.md") == after)
  }
}

extension Program {
  /// A suite of three looks, at the second of which much is decided.
  static let suiteOfLooks = smallSuite.replacing(
    "replicates: 4", with: "replicates: {looks: [3, 5, 8], until: decided}")

  static let smallSuite = """
    analysis: ablation
    replicates: 4
    network: lenet-16
    dataset:
      {name: gaussian-mixture, classes: 4, dimension: 16, train: 400, test: 200, separation: 5, seed: 1}
    training: {learning-rate: 0.1, batch-size: 32, duration: 3ep}
    densities: [50%, 20%]
    methods: {random: random, snip: snip, late: {criterion: magnitude, mask-from: last, continue-from: 5it}}
    ablations: [shuffle, invert-global]
    statistics: {margin: 10}
    """
}
