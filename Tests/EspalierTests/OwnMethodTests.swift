import Foundation
import Testing

@Suite struct OwnMethodTests {
  @Test("the example of a method of one's own runs as it is shipped")
  func example() throws {
    let program = try Program()
    defer { program.remove() }
    let example = Program.repository.appending(path: "analyses/bring-your-own-method")
    for name in ["suite.yaml", "my_scores.py"] {
      try FileManager.default.copyItem(
        at: example.appending(path: name), to: program.path(name))
    }
    let run = try program.run("run", "suite.yaml", "--workers", "2")
    #expect(run.status == 0, "\(run.errors)")
    let records = try program.read("records.csv").split(separator: "\n")
    #expect(records.count { $0.hasPrefix("mine,none,") } == 2 * 5)
    #expect(records.count { $0.hasPrefix("mine,invert-layerwise,") } == 2 * 5)

    // The program's text is part of the key: a changed program is a changed method.
    let script = try program.read("my_scores.py").replacing("fan_in**0.5", with: "fan_in**0.25")
    try program.write(script, to: "my_scores.py")
    let plan = try program.run("plan", "suite.yaml")
    #expect(plan.output.contains("scores: 10, cached 5, to compute 5"), "\(plan.output)")
  }

  @Test("a program that fails fails its own runs alone, and its words are shown")
  func failingProgram() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("import sys\nsys.exit('no scores today')\n", to: "fails.py")
    try program.write(
      Program.suite.replacing(
        "  snip: snip",
        with: "  mine: {criterion: {command: [\"python3\", \"fails.py\"], timeout: 20s}}"),
      to: "suite.yaml")
    let run = try program.run("run", "suite.yaml", "--workers", "2")
    #expect(run.status == 1)
    #expect(run.errors.contains("no scores today"))
    let report = try program.read("report.md")
    #expect(report.contains("of the plan are not there yet"))
    #expect(try program.read("records.csv").contains("synflow,shuffle,"))
    #expect(try !program.read("records.csv").contains("mine,"))
  }

  @Test("masks made elsewhere are taken in, and checked")
  func importedMasks() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(
      try program.run(
        "weights", "--network", "lenet-16", "--input", "1x1x16", "--classes", "4", "--output",
        "w.safetensors"
      ).status == 0)
    // Scores read no batch here, so any will do: the weights' own file has no inputs and is refused.
    let refused = try program.run(
      "score", "--network", "lenet-16", "--weights", "w.safetensors", "--batch", "w.safetensors",
      "--criterion", "magnitude", "--output", "s.safetensors")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("holds no tensor 'inputs'"))
    try FileManager.default.createDirectory(
      at: program.path("masks"), withIntermediateDirectories: true)
    try Self.prunable(of: program)
    for replicate in 1...3 {
      for density in ["0.5", "0.2"] {
        // Weights serve as scores: any floating-point tensors of the right shapes do.
        let mask = try program.run(
          "mask", "--scores", "prunable.safetensors", "--density", density, "--ablation", "shuffle",
          "--seed", "\(replicate)", "--output", "masks/\(replicate)-\(density).safetensors")
        #expect(mask.status == 0, "\(mask.errors)")
      }
    }
    try program.write(
      Program.suite.replacing(
        "  snip: snip",
        with: """
            elsewhere:
              {masks: "masks/{replicate}-{density}.safetensors", ablations: [shuffle, reinitialize]}
          """), to: "suite.yaml")
    let run = try program.run("run", "suite.yaml", "--workers", "2")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try program.read("records.csv").contains("elsewhere,shuffle,"))
  }

  /// The two-dimensional tensors of the weights file as a scores file, made by a line of Python.
  private static func prunable(of program: Program) throws {
    let script = """
      import json, struct
      file = open('w.safetensors', 'rb'); header = json.loads(file.read(struct.unpack('<Q', file.read(8))[0]))
      data, out, entries = file.read(), b'', {}
      for name, entry in header.items():
          if len(entry['shape']) == 2:
              start = len(out); out += data[slice(*entry['data_offsets'])]
              entries[name] = {**entry, 'data_offsets': [start, len(out)]}
      text = json.dumps(entries).encode()
      open('prunable.safetensors', 'wb').write(struct.pack('<Q', len(text)) + text + out)
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    process.currentDirectoryURL = program.folder
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
