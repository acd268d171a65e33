import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What users and full disks do to a store and to the streams of a run.
@Suite struct StoreTests {
  /// A suite that runs in a second.
  static let suite = Program.suite
    .replacing("replicates: 3", with: "replicates: 2")
    .replacing("densities: [50%, 20%]", with: "densities: [50%]")
    .replacing(
      /methods:\n(.*\n)*?ablations.*/, with: "methods:\n  random: random\nablations: [shuffle]")

  /// Runs a line of shell, in which `$E` is the program.
  private func shell(_ line: String, in program: Program) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = program.folder
    process.environment = ProcessInfo.processInfo.environment.merging([
      "E": Program.products.appending(path: "espalier").path,
      "ESPALIER_STORE": program.path("store").path,
    ]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit, "\(line)")
    return process.terminationStatus
  }

  @Test("gc, verify and size touch nothing in a folder that is no store, and say so")
  func foreignFolder() throws {
    let program = try Program()
    defer { program.remove() }
    let photos = program.path("home/plans")
    try FileManager.default.createDirectory(at: photos, withIntermediateDirectories: true)
    let names = ["holiday.jpg", "\(String(repeating: "a", count: 64)).images"]
    for name in names { try program.write("photo", to: "home/plans/\(name)") }
    for command in [["gc"], ["gc", "--dry-run"], ["verify"], ["verify", "--remove"], ["size"]] {
      let outcome = try program.run(["store"] + command + ["--store", "home"])
      #expect(outcome.status == 1, "\(command)")
      #expect(outcome.errors.contains("home is not a store: it has no file 'espalier-store'"))
      #expect(outcome.output == "")
      let byVariable = try program.run(["store"] + command, store: "home")
      #expect(byVariable.status == 1)
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: photos.path).sorted()
        == names.sorted { $0 < $1 })
    // Nor does a run make it one.
    try program.write(Self.suite, to: "suite.yaml")
    let run = try program.run("run", "suite.yaml", store: "home")
    #expect(run.status == 1)
    #expect(
      run.errors.contains("cannot become a store: its 'plans' holds what is not the store's"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: program.path("home").path) == ["plans"])
  }

  @Test("an empty --store is refused")
  func emptyStore() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.suite, to: "suite.yaml")
    for command in [
      ["store", "gc"], ["store", "verify"], ["store", "size"], ["status"], ["run", "suite.yaml"],
      ["plan", "suite.yaml"],
    ] {
      let outcome = try program.run(command + ["--store", ""])
      #expect(outcome.status == 64, "\(command)")
      #expect(outcome.errors.contains("--store \"\": write a folder"))
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: program.folder.path).allSatisfy {
        $0.hasPrefix("run-") || $0 == "suite.yaml"
      })
  }

  @Test("a stream that cannot be written costs no work, and a report's unprinted path a status")
  func brokenStreams() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.suite, to: "suite.yaml")
    for (index, (redirection, status)) in [
      ("2>/dev/full", 0), ("2>&-", 0), (">/dev/full", 1), (">&-", 1), ("<&- >&- 2>&-", 1),
      ("2>&1 | head -c 1", 0), (">/dev/full 2>&1", 1),
    ].enumerated() {
      let store = program.path("store-\(index)").path
      #expect(
        try shell(
          "\"$E\" run suite.yaml --workers 1 --store \(store) --output out-\(index) \(redirection)",
          in: program) == Int32(status), "\(redirection)")
      #expect(try program.read("out-\(index)/report.md").hasPrefix("# Does"), "\(redirection)")
      #expect(try program.results(store: "store-\(index)").count > 5)
    }
    #expect(try shell("\"$E\" new ablation >/dev/full", in: program) == 1)
    #expect(try shell("\"$E\" --help >/dev/full", in: program) == 1)
  }

  @Test("where a worker cannot map what it needs, a sentence says so before it could wait for ever")
  func addressSpace() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.suite, to: "suite.yaml")
    let limited = "ulimit -v 1200000; \"$E\""
    #expect(
      try shell("\(limited) run suite.yaml --workers 1 --store store 2>run.err", in: program) == 1)
    #expect(
      try program.read("run.err").contains(
        "The limit of address space (ulimit -v) is 1.23 GB, and a worker maps 2.15 GB"))
    #expect(
      try shell("\(limited) weights --network lenet-20 --output w 2>tool.err", in: program) == 1)
    #expect(try program.read("tool.err").contains("The limit of address space"))
    // What needs no worker works.
    #expect(try shell("\(limited) plan suite.yaml --store store >plan.out", in: program) == 0)
  }

  @Test(
    "a child that fails is known to have failed where whoever started the program ignores SIGCHLD")
  func ignoredChildren() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      Self.suite.replacing("duration: 3ep", with: "duration: 3ep, device: cuda"), to: "suite.yaml")
    #expect(
      try shell(
        "env --ignore-signal=CHLD \"$E\" run suite.yaml --worker /bin/false 2>run.err", in: program)
        == 1)
    #expect(try program.read("run.err").contains("device: cuda cannot be had"))
  }

  @Test("verify finds what no run reads, and what it removes is done again")
  func verify() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.suite, to: "suite.yaml")
    #expect(try program.run("run", "suite.yaml").status == 0)
    let before = try program.results()
    let whole = try program.run("store", "verify")
    #expect(whole.status == 0)
    #expect(whole.output == "read \(before.count) artifacts and 0 other files: 0 damaged\n")

    // A digit of a provenance, and a bit of a mask.
    let records = before.keys.sorted()
    let state = program.path(
      "store/artifacts/\(try #require(records.first { $0.hasPrefix("state/") }))")
    let text = try String(contentsOf: state, encoding: .utf8)
    let changed = text.replacing("\"cores\":", with: "\"cores\":1")
    #expect(changed != text)
    try changed.write(to: state, atomically: true, encoding: .utf8)
    let mask = program.path(
      "store/artifacts/\(try #require(records.first { $0.hasPrefix("mask/") }))"
    )
    .deletingLastPathComponent().appending(path: "mask.safetensors")
    var bytes = try Data(contentsOf: mask)
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: mask)

    let report = try program.run("report", "suite.yaml")
    #expect(report.status == 1)
    #expect(report.errors.contains("damaged: record.json changed after it was written"))

    let found = try program.run("store", "verify")
    #expect(found.status == 1)
    #expect(found.output.contains("record.json changed after it was written"))
    #expect(found.output.contains("the contents of mask.safetensors changed after it was written"))
    #expect(found.output.contains(": 2 damaged\n"))
    let removed = try program.run("store", "verify", "--remove")
    #expect(removed.status == 1)
    #expect(removed.output.contains("removed 2"))
    #expect(try program.run("store", "verify").status == 0)
    let again = try program.run("run", "suite.yaml")
    #expect(again.errors.contains(" 2 computed"), "\(again.errors)")
    #expect(try program.results() == before)
  }

  @Test("gc says what it deletes, and deletes what no plan needs")
  func collect() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.suite, to: "suite.yaml")
    #expect(try program.run("run", "suite.yaml").status == 0)
    let before = try program.results()
    try program.write(Self.suite.replacing("3ep", with: "4ep"), to: "suite.yaml")
    #expect(try program.run("run", "suite.yaml").status == 0)
    let dry = try program.run("store", "gc", "--dry-run")
    let unused = before.keys.filter { $0.hasPrefix("state/") || $0.hasPrefix("trace/") }
    #expect(dry.output.hasPrefix("would delete below \(program.path("store").path):\n"))
    #expect(dry.output.contains("\(unused.count) × needed by no saved plan: "))
    for record in unused {
      #expect(dry.output.contains("  artifacts/\(record.dropLast("/record.json".count))\n"))
    }
    #expect(try program.run("store", "gc").status == 0)
    #expect(try program.run("plan", "suite.yaml").output.contains("nothing to compute"))
    #expect(Set(try program.results().keys).isDisjoint(with: unused))
  }

  @Test("what another version left is told in a sentence and left alone")
  func anotherVersion() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Self.suite, to: "suite.yaml")
    #expect(try !program.run("run", "suite.yaml").errors.contains("does not know"))
    var left: [String] = []
    for (kind, digit) in [("interpolation", "a"), ("interpolation", "b"), ("segment-of-old", "c")] {
      let key = String(repeating: digit, count: 64)
      left.append("store/artifacts/\(kind)/\(key.prefix(2))/\(key)/record.json")
    }
    for file in left {
      try FileManager.default.createDirectory(
        at: program.path(file).deletingLastPathComponent(), withIntermediateDirectories: true)
      try program.write("{}", to: file)
    }
    let sentence =
      "the store has 3 artifacts of kinds that this version does not know (interpolation,"
      + " segment-of-old) and leaves alone"
    for command in [["plan", "suite.yaml"], ["run", "suite.yaml"], ["store", "size"]] {
      let outcome = try program.run(command)
      #expect(outcome.status == 0, "\(command)")
      #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
    }
    for file in left { #expect(FileManager.default.fileExists(atPath: program.path(file).path)) }
  }

  @Test("a folder for temporary files that is not there is told in the user's words")
  func absentTemporaryFolder() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("exit 1", to: "score.sh")
    try program.write(
      Self.suite.replacing(
        "  random: random", with: "  mine: {criterion: {command: [sh, score.sh]}}"),
      to: "suite.yaml")
    let outcome = try program.run(
      "run", "suite.yaml", "--workers", "1", environment: ["TMPDIR": program.path("none").path])
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains(
        " cannot be made (No such file or directory); name a folder that can be written by TMPDIR"),
      "\(outcome.errors)")
  }

  @Test("a command that fails is tried twice, told once, and stops nothing else")
  func failingCommand() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      """
      echo "$3" >> "\(program.path("tried").path)"
      echo "no module named scorer in $3" >&2
      exit 3

      """, to: "score.sh")
    try program.write(
      Self.suite.replacing("replicates: 2", with: "replicates: 5")
        .replacing(
          "  random: random",
          with: "  random: random\n  mine: {criterion: {command: [sh, score.sh], timeout: 20s}}"),
      to: "suite.yaml")
    let outcome = try program.run("run", "suite.yaml", "--workers", "2")
    #expect(outcome.status == 1)
    #expect(try program.read("tried").split(separator: "\n").count == 2)
    // Once while it runs, once in the summary.
    #expect(
      outcome.errors.split(separator: "no module named scorer").count == 1 + 2, "\(outcome.errors)")
    #expect(outcome.errors.contains("failed 2 times: "))
    #expect(outcome.errors.contains("given up: 3 more artifacts of the same command"))
    #expect(try program.read("report.md").contains("random"))
  }
}

extension Program {
  func run(_ arguments: [String], store: String = "store") throws -> Outcome {
    let name = "run-\(UUID())"
    let process = try start(arguments, store: store, to: name)
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: try read("\(name).out"),
      errors: try read("\(name).err"))
  }
}
