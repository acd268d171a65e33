import Foundation
import Testing

@Suite struct ToolTests {
  @Test("weights, scores and masks go through files, exactly counted")
  func files() throws {
    let program = try Program()
    defer { program.remove() }
    let weights = try program.run(
      "weights", "--network", "lenet-20-10", "--seed", "7", "--input", "1x4x4", "--classes", "3",
      "--output", "w.safetensors")
    #expect(weights.status == 0, "\(weights.errors)")
    try Self.batch(examples: 6, width: 4, classes: 3).write(to: program.path("b.safetensors"))
    for criterion in [
      "random", "magnitude", "gradient", "gradient-magnitude", "snip", "taylor-fo", "grasp", "obd",
      "synflow",
    ] {
      let scores = try program.run(
        "score", "--network", "lenet-20-10", "--weights", "w.safetensors", "--batch",
        "b.safetensors", "--criterion", criterion, "--output", "\(criterion).safetensors")
      #expect(scores.status == 0, "\(scores.errors)")
      let mask = try program.run(
        "mask", "--scores", "\(criterion).safetensors", "--density", "0.8^6", "--output",
        "m.safetensors")
      #expect(mask.status == 0, "\(mask.errors)")
      // 16·20 + 20·10 + 10·3 = 550 weights; 550 − ⌊(1 − 0.262144)·550⌋ = 145.
      #expect(mask.output.contains("kept 145 of 550 weights"), "\(mask.output)")
    }
    let exact = try program.run(
      "score", "--network", "lenet-20-10", "--weights", "w.safetensors", "--batch",
      "b.safetensors", "--criterion", "obd", "--option", "exact=true", "--output", "e.safetensors")
    #expect(exact.status == 0, "\(exact.errors)")
    for scope in ["uniform", "erdos-renyi", "erdos-renyi-kernel"] {
      let mask = try program.run(
        "mask", "--scores", "e.safetensors", "--density", "0.5", "--scope", scope, "--output",
        "m.safetensors")
      #expect(mask.output.contains("kept 275 of 550 weights"), "\(mask.output)\(mask.errors)")
    }
    #expect(
      try program.run(
        "mask", "--scores", "synflow.safetensors", "--density", "0.8^6", "--output",
        "m.safetensors"
      ).status == 0)
    let inspected = try program.run("inspect", "m.safetensors")
    #expect(inspected.output.contains("fc_layers.0.weight"))
    #expect(inspected.output.contains("BOOL"))
    #expect(inspected.output.contains(/all\s+550\s+145\s+26.36 %/), "\(inspected.output)")
  }

  @Test("ablations of a mask: inverted masks are complements at one half, shuffles differ")
  func ablations() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(
      try program.run(
        "weights", "--network", "lenet-10", "--input", "1x4x4", "--classes", "4", "--output",
        "w.safetensors"
      ).status == 0)
    try Self.batch(examples: 6, width: 4, classes: 4).write(to: program.path("b.safetensors"))
    #expect(
      try program.run(
        "score", "--network", "lenet-10", "--weights", "w.safetensors", "--batch",
        "b.safetensors", "--criterion", "snip", "--option", "reading=absolute-then-mean",
        "--mode", "eval", "--output", "s.safetensors"
      ).status == 0)
    func mask(_ arguments: String...) throws -> [UInt8] {
      let process = try program.start(
        ["mask", "--scores", "s.safetensors", "--density", "0.5", "--output", "m.safetensors"]
          + arguments)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      return try Self.payload(of: program.path("m.safetensors"))
    }
    let own = try mask()
    let inverted = try mask("--ablation", "invert")
    #expect(own.count == 200)
    #expect(zip(own, inverted).allSatisfy { $0 + $1 == 1 })
    let shuffled = try mask("--ablation", "shuffle", "--seed", "7")
    #expect(shuffled != own)
    #expect(shuffled.prefix(160).count { $0 == 1 } == own.prefix(160).count { $0 == 1 })
    #expect(try mask("--ablation", "shuffle", "--seed", "7") == shuffled)
    #expect(try mask("--ablation", "shuffle", "--seed", "8") != shuffled)
  }

  @Test(
    "bad input ends with a sentence that names the file or the option",
    arguments: [
      (["inspect", "absent.safetensors"], "absent.safetensors"),
      (["inspect", "short.safetensors"], "short.safetensors: not a sound safetensors file"),
      (["run", "absent.yaml"], "absent.yaml"),
      (["run", "bad.yaml"], "bad.yaml:2: replicates"),
      (
        ["mask", "--scores", "short.safetensors", "--density", "0", "--output", "m"],
        "--density"
      ),
      (["report", "--records", "bad.csv"], "bad.csv: row 2: density"),
      (["report"], "give a suite file or --records FILE"),
    ])
  func badInput(arguments: [String], sentence: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("short", to: "short.safetensors")
    try program.write("analysis: ablation\nreplicates: 0\nnetwork: lenet-x\n", to: "bad.yaml")
    try program.write(
      "method,ablation,density,replicate,accuracy\nsnip,none,1.5,1,90\n", to: "bad.csv")
    let process = try program.start(arguments)
    process.waitUntilExit()
    #expect(process.terminationStatus != 0)
    #expect(process.terminationReason == .exit)
    let errors = try program.read("run.err")
    #expect(errors.contains(sentence), "\(errors)")
  }

  /// A batch file of `examples` made-up inputs.
  private static func batch(examples: Int, width: Int, classes: Int) throws -> Data {
    let count = examples * width * width
    let inputs = (0..<count).map { Float(($0 * 37) % 101) / 50 - 1 }
    let labels = (0..<examples).map { Int64($0 % classes) }
    let header = """
      {"inputs":{"dtype":"F32","shape":[\(examples),1,\(width),\(width)],\
      "data_offsets":[0,\(4 * count)]},"labels":{"dtype":"I64","shape":[\(examples)],\
      "data_offsets":[\(4 * count),\(4 * count + 8 * examples)]}}
      """
    var data = Data()
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(contentsOf: header.utf8)
    inputs.withUnsafeBytes { data.append(contentsOf: $0) }
    labels.withUnsafeBytes { data.append(contentsOf: $0) }
    return data
  }

  /// The bytes after a safetensors file's header.
  private static func payload(of file: URL) throws -> [UInt8] {
    let data = [UInt8](try Data(contentsOf: file))
    let length = data.prefix(8).enumerated().reduce(0) { $0 | Int($1.1) << (8 * $1.0) }
    return Array(data[(8 + length)...])
  }
}
