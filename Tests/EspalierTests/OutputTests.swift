import Foundation
import Testing

@Suite struct OutputTests {
  private let table = """
    method,ablation,density,replicate,accuracy
    'a,none,50%,1,90
    'a,none,50%,2,91
    'a,none,50%,3,92
    'a,shuffle,50%,1,80
    'a,shuffle,50%,2,81
    'a,shuffle,50%,3,81.5

    """

  /// Runs `espalier` with standard output on a device that is full.
  private func fill(_ program: Program, _ arguments: [String]) throws -> (Int32, String) {
    let process = Process()
    process.executableURL = Program.products.appending(path: "espalier")
    process.arguments = arguments
    process.currentDirectoryURL = program.folder
    process.environment = ProcessInfo.processInfo.environment
      .merging(["ESPALIER_STORE": program.path("store").path]) { $1 }
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let text = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }

  @Test("what standard output does not take is no success")
  func full() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Program.suite, to: "suite.yaml")
    try program.write(table, to: "runs.csv")
    for arguments in [
      ["plan", "suite.yaml"], ["plan", "suite.yaml", "--all"], ["new", "ablation"], ["--help"],
      ["--version"], ["status"], ["report", "--records", "runs.csv", "--output", "out"],
    ] {
      let (status, errors) = try fill(program, arguments)
      #expect(status == 1, "\(arguments)")
      #expect(
        errors.contains("Error: standard output cannot be written: No space left on device"),
        "\(arguments): \(errors)")
    }
  }

  @Test("a name that begins with a quote gets its report, and a blank line ends the table")
  func quotedName() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(table + "\n", to: "runs.csv")
    let report = try program.run("report", "--records", "runs.csv", "--output", "out")
    #expect(report.status == 0, "\(report.errors)")
    let text = try program.read("out/report.md")
    #expect(
      text.contains("**'a · shuffle**: **Lowered** at 50\u{A0}%, by 10.17\u{A0}points"), "\(text)")
    let figure = try program.read("out/figures/differences.svg")
    #expect(figure.contains(">'a</text>"), "\(figure)")
  }

  @Test("what no terminal should obey does not reach one")
  func escapes() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      Program.suite.replacing("  snip: snip", with: #"  "sn\e[31mip": snip"#), to: "suite.yaml")
    for command in ["plan", "run"] {
      let outcome = try program.run(command, "suite.yaml")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains(#"suite.yaml:11: methods.sn\u{1B}[31mip: found"#))
      #expect(!(outcome.errors + outcome.output).contains("\u{1B}"))
    }
    let absent = try program.run("plan", "\u{1B}[2J.yaml")
    #expect(absent.errors.contains(#"\u{1B}[2J.yaml: cannot be read (no such file or directory)"#))
    #expect(!absent.errors.contains("\u{1B}"))
    let worker = try program.run(
      "interpolate", "\u{1B}[2Ja", "b", "--network", "lenet-20", "--dataset", "digits")
    #expect(worker.status == 1)
    #expect(worker.errors.contains(#"\u{1B}[2Ja"#), "\(worker.errors)")
    #expect(!worker.errors.contains("\u{1B}"))
    let folder = "a\u{1B}[2J"
    try FileManager.default.createDirectory(
      at: program.path(folder), withIntermediateDirectories: true)
    try program.write("", to: "\(folder)/espalier-store")
    for command in [["size"], ["gc", "--dry-run"]] {
      let store = try program.run(["store"] + command, store: folder)
      #expect(store.status == 0 && store.output.contains(#"/a\u{1B}[2J"#), "\(store)")
      #expect(!store.output.contains("\u{1B}"))
    }
  }

  @Test(
    "what would be refused after all the work is refused before any",
    arguments: [
      ("{margin: 5}", "{margin: 5, alpha: 1.0e-17}", "statistics.alpha: found `1.0e-17`"),
      ("{margin: 5}", "{margin: 1e308}", "statistics.margin: found `1e308`"),
      ("  late: ", "  \"late\\t\": ", "as the name of a method"),
    ])
  func late(_ old: String, _ new: String, _ sentence: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Program.suite.replacing(old, with: new), to: "suite.yaml")
    for command in ["plan", "run"] {
      let outcome = try program.run(command, "suite.yaml")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: program.path("store").path))
  }

  @Test("a report with its figures needs no other program")
  func figures() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(table, to: "runs.csv")
    let outcome = try program.run(
      "report", "--records", "runs.csv", "--output", "out", environment: ["PATH": "/nowhere"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    for figure in ["accuracy", "differences"] {
      #expect(try program.read("out/figures/\(figure).svg").hasSuffix("</svg>\n"))
    }
  }

  @Test(
    "a word that is no command names the nearest",
    arguments: [
      (["rn"], "there is no command 'rn'; did you mean 'run'?"),
      (["repotr", "x.yaml"], "there is no command 'repotr'; did you mean 'report'?"),
      (["store", "sizes"], "there is no command 'sizes'; did you mean 'size'?"),
      (["data", "ftech", "mnist"], "there is no command 'ftech'; did you mean 'fetch'?"),
      (["frobnicate"], "Error: there is no command 'frobnicate'\n"),
    ])
  func commands(_ arguments: [String], _ sentence: String) throws {
    let program = try Program()
    defer { program.remove() }
    let process = try program.start(arguments)
    process.waitUntilExit()
    #expect(process.terminationStatus == 64)
    let errors = try program.read("run.err")
    #expect(errors.contains(sentence), "\(errors)")
    #expect(errors.contains("Usage: espalier"))
  }

  @Test(
    "terms that no report could have are refused",
    arguments: [
      ("--chance", "150", "--chance 150.0: write a percentage from 0 to 100"),
      ("--chance", "nan", "--chance nan: write a percentage from 0 to 100"),
      ("--margin", "0", "--margin 0.0: write accuracy points above 0 and up to 100"),
      ("--margin", "inf", "--margin inf: write accuracy points"),
      (
        "--metric", "perplexity",
        "--metric perplexity: has no margin by default; add --margin and write a difference in perplexity"
          + " above 0"
      ),
      ("--metric", "acc", "The value 'acc' is invalid for '--metric"),
      ("--alpha", "0.5", "--alpha 0.5: write a number from 0.000001 on and below 0.5"),
      ("--alpha", "1e-17", "--alpha 1e-17: write a number from 0.000001 on"),
    ])
  func terms(_ option: String, _ value: String, _ sentence: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(table, to: "runs.csv")
    let outcome = try program.run("report", "--records", "runs.csv", option, value)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
  }

  @Test("a folder in the place of a suite is called one")
  func folder() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(Program.suite, to: "suite.yaml")
    let outcome = try program.run("run", ".")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("is a folder; write ./suite.yaml"), "\(outcome.errors)")
  }
}
