import Foundation
import Testing

@Suite struct SuiteSourceTests {
  private struct Kind: Decodable { let kind: String, artifacts: Int, cached: Int, toCompute: Int }
  private struct Listed: Decodable { let key: String }
  private struct Answer: Decodable {
    struct Work: Decodable {
      struct Seconds: Decodable { let low, usual, high: Double }
      let seconds: Seconds
      let learntFrom: Int
    }
    let suite: String, settings: [String], kinds: [Kind]
    let artifacts: Int, isComplete: Bool
    let work: Work?
    let list: [Listed]
  }

  private func plan(_ program: Program, _ arguments: String...) throws -> Answer {
    let process = try program.start(["plan", "--all", "--json"] + arguments, to: "plan")
    process.waitUntilExit()
    let words = try program.read("plan.err")
    #expect(process.terminationStatus == 0, "\(words)")
    return try JSONDecoder().decode(Answer.self, from: Data(try program.read("plan.out").utf8))
  }

  @Test("--set asks for the work of the edited suite, and of standard input for that of the file")
  func settings() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Program.suite, to: "suite.yaml")
    try program.write(
      Program.suite.replacing("learning-rate: 0.1", with: "learning-rate: 0.05"), to: "edited.yaml")
    let plain = try plan(program, "suite.yaml")
    let set = try plan(program, "suite.yaml", "--set", "training.learning-rate=0.05")
    let edited = try plan(program, "edited.yaml")
    #expect(set.list.map(\.key) == edited.list.map(\.key))
    #expect(set.list.map(\.key) != plain.list.map(\.key))
    #expect(set.settings == ["training.learning-rate=0.05"] && plain.settings.isEmpty)
    #expect(plain.kinds.reduce(0) { $0 + $1.artifacts } == plain.artifacts)
    #expect(plain.suite.hasSuffix("/suite.yaml"))
    // Nothing was measured yet.
    let guess = try #require(plain.work)
    #expect(guess.learntFrom == 0 && guess.seconds.high >= 100 * guess.seconds.low)

    let pipe = Process()
    pipe.executableURL = URL(fileURLWithPath: "/bin/sh")
    pipe.arguments = [
      "-c", "cat suite.yaml | \(Program.products.path)/espalier plan --all --json - > piped.out",
    ]
    pipe.currentDirectoryURL = program.folder
    pipe.environment = ProcessInfo.processInfo.environment
      .merging(["ESPALIER_STORE": program.path("store").path]) { $1 }
    try pipe.run()
    pipe.waitUntilExit()
    #expect(pipe.terminationStatus == 0)
    let piped = try JSONDecoder().decode(
      Answer.self, from: Data(try program.read("piped.out").utf8))
    #expect(piped.list.map(\.key) == plain.list.map(\.key))

    let wrong = try program.run("plan", "suite.yaml", "--set", "training.learnin-rate=1")
    #expect(wrong.status != 0 && wrong.errors.contains("did you mean `learning-rate`?"))
  }

  @Test("status names suites by their paths and forgets what is gone; plans learn from all suites")
  func status() throws {
    struct Standing: Decodable { let suite: String, settings: [String], isComplete: Bool }
    let program = try Program()
    defer { program.remove() }
    let small = Program.suite.replacing("replicates: 3", with: "replicates: 1")
    try program.write(small, to: "suite.yaml")
    #expect(try program.run("run", "suite.yaml", "--workers", "2").status == 0)
    #expect(
      try program.run(
        "run", "suite.yaml", "--set", "densities=[50%]", "--output", "half", "--workers", "2"
      ).status == 0)
    let lines = try program.run("status").output.split(separator: "\n").map(String.init).sorted()
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.contains("/suite.yaml") && $0.hasSuffix("complete") }, "\(lines)")
    #expect(lines.contains { $0.contains("/suite.yaml --set 'densities=[50%]': ") })

    // Another suite of the same network is estimated by what these took.
    try program.write(small.replacing("seed: 1}", with: "seed: 2}"), to: "other.yaml")
    let work = try #require(try plan(program, "other.yaml").work)
    #expect(work.learntFrom > 20)
    #expect(work.seconds.low <= work.seconds.usual && work.seconds.usual <= work.seconds.high)
    // What was measured is no guess, for which the same is 900; 3 s are for the start of workers.
    #expect(work.seconds.high - 3 < 225 * work.seconds.low, "\(work.seconds)")
    let told = try program.run("plan", "other.yaml").output
    #expect(told.contains(/to .* with \d+ workers?, .* most likely: by \d+ artifacts/), "\(told)")

    try FileManager.default.removeItem(at: program.path("suite.yaml"))
    let json = try program.run("status", "--json")
    #expect(try JSONDecoder().decode([Standing].self, from: Data(json.output.utf8)).isEmpty)
    #expect(json.errors.contains("/suite.yaml is gone, and forgotten"))
    #expect(try program.run("status").output.contains("no suite has been run"))
  }
}
