import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct KillTests {
  /// Kills per test; the committed number keeps the gate short, a larger one can be asked for.
  private static let kills =
    ProcessInfo.processInfo.environment["ESPALIER_KILLS"].flatMap { Int($0) } ?? 6

  @Test("kill -9 of workers and coordinators at any moment leaves the undisturbed run's results")
  func killed() throws {
    // Two densities and three replicates of a slower training, so that kills meet work under way.
    try outlive(
      runsOf: Program.suite.replacing("duration: 3ep", with: "duration: 40ep"), artifacts: 100)
  }

  @Test("kill -9 in the middle of a ladder leaves the undisturbed run's results and report")
  func killedLadder() throws {
    try outlive(
      runsOf: """
        analysis: lottery
        replicates: 2
        network: lenet-16
        dataset:
          {name: gaussian-mixture, classes: 4, dimension: 16, train: 400, test: 200, separation: 3, seed: 1}
        training: {learning-rate: 0.1, batch-size: 32, duration: 60ep}
        rewind: [0it, 5it]
        levels: 4
        output-rate: 10%
        controls: {random: true, shuffle: true, reinitialize: 1, other-seed: true}
        statistics: {margin: 5}
        """, artifacts: 80)
  }

  @Test("kill -9 between looks leaves the undisturbed run's results and report")
  func killedBetweenLooks() throws {
    try outlive(
      runsOf: Program.suiteOfLooks.replacing("duration: 3ep", with: "duration: 20ep"),
      artifacts: 150)
  }

  @Test(
    "kill -9 of engines, workers and coordinators leaves the undisturbed run's results and report")
  func killedEngines() throws {
    try outlive(
      runsOf: OwnEngineTests.suite.replacing("duration: 3ep", with: "duration: 12ep")
        .replacing("timeout: 60s", with: "timeout: 60s, processes: 2"),
      with: ["Tests/Engines/plain_engine.py"], artifacts: 150)
  }

  /// Kills runs of `suite` until one ends, and compares what is left with an undisturbed run.
  ///
  /// - Parameter files: what the suite needs beside it, from the repository.
  private func outlive(runsOf suite: String, with files: [String] = [], artifacts: Int) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(suite, to: "suite.yaml")
    for file in files {
      let source = Program.repository.appending(path: file)
      try FileManager.default.copyItem(
        at: source, to: program.path(source.lastPathComponent))
    }
    #expect(
      try program.run(
        "run", "suite.yaml", "--workers", "2", "--output", "calm-report", store: "calm"
      ).status == 0)
    let calm = try program.results(store: "calm")
    #expect(calm.count > artifacts)

    // A fixed sequence of moments and victims; the system's scheduling still varies.
    var state: UInt64 = 0x9E37_79B9
    func draw(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    var (killed, finished) = (0, false)
    while killed < Self.kills, !finished {
      let process = try program.start(
        ["run", "suite.yaml", "--workers", "2"], store: "wild", to: "wild")
      while process.isRunning, killed < Self.kills {
        Thread.sleep(forTimeInterval: 0.1 + Double(draw(400)) / 1000)
        guard process.isRunning else { break }
        let others = Self.descendants(of: process.processIdentifier)
        if draw(3) == 0 || others.isEmpty {
          kill(process.processIdentifier, SIGKILL)
          process.waitUntilExit()
        } else {
          kill(others[Int(draw(UInt64(others.count)))], SIGKILL)
        }
        killed += 1
      }
      process.waitUntilExit()
      finished = process.terminationReason == .exit && process.terminationStatus == 0
    }
    #expect(killed > 0)
    let last = try program.run(
      "run", "suite.yaml", "--workers", "2", "--output", "wild-report", store: "wild")
    #expect(last.status == 0, "\(last.errors)")
    #expect(try program.results(store: "wild") == calm)
    // Reports tell how long the work took; everything else is the same.
    let reports = try ["calm", "wild"].map {
      try Self.timeless(program.read("\($0)-report/report.md"))
    }
    #expect(reports[0].difference(from: reports[1]).map(String.init(describing:)) == [])
    print("killed \(killed) times; \(calm.count) results equal the undisturbed run's")
  }

  /// The lines of a report, without that of its cost, and without the spaces and rules that it makes wider.
  private static func timeless(_ report: String) -> [String] {
    report.split(separator: "\n").filter { !$0.hasPrefix("| cost") }.map { line in
      String(line.filter { $0 != " " && $0 != "-" })
    }
  }

  @Test("^C stops in good order, and the same command continues")
  func interrupted() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      Program.suite.replacing("duration: 3ep", with: "duration: 100ep"), to: "suite.yaml")
    let process = try program.start(["run", "suite.yaml", "--workers", "2"])
    while try program.resultsSoFar() < 5, process.isRunning { Thread.sleep(forTimeInterval: 0.05) }
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    #expect(process.terminationStatus == 128 + SIGINT)
    #expect(try program.read("run.err").contains("the same command continues"))
    #expect(Self.children(of: process.processIdentifier) == [])
    let status = try program.run("status")
    #expect(!status.output.contains("complete"))
  }

  @Test(
    "two runs on one store at once share the work",
    arguments: [Program.suite, Program.suiteOfLooks])
  func together(_ suite: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(suite, to: "suite.yaml")
    let both = try ["one", "two"].map { name in
      try program.start(
        ["run", "suite.yaml", "--workers", "1", "--output", name], to: name)
    }
    both.forEach { $0.waitUntilExit() }
    #expect(both.map(\.terminationStatus) == [0, 0])
    #expect(try program.read("one/report.md") == program.read("two/report.md"))
  }

  /// Workers, and the programs that they started.
  private static func descendants(of parent: Int32) -> [Int32] {
    children(of: parent).flatMap { [$0] + descendants(of: $0) }
  }

  /// Processes whose parent is `parent`, from /proc.
  private static func children(of parent: Int32) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.filter { id in
      guard let stat = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
        let end = stat.lastIndex(of: ")")
      else { return false }
      let fields = stat[stat.index(after: end)...].split(separator: " ")
      return fields.count > 1 && Int32(fields[1]) == parent && fields[0] != "Z"
    }
  }
}

extension Program {
  /// Number of artifacts that the store has.
  func resultsSoFar() throws -> Int {
    let artifacts = path("store/artifacts")
    guard FileManager.default.fileExists(atPath: artifacts.path) else { return 0 }
    return ((try? FileManager.default.subpathsOfDirectory(atPath: artifacts.path)) ?? [])
      .count { $0.hasSuffix("/record.json") }
  }
}
