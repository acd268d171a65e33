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
      (["report"], "give a suite file, --records FILE or --compare A B"),
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

  @Test(
    "numbers without bounds and names of nothing end with a sentence",
    arguments: [
      (
        ["weights", "--network", "lenet-5", "--classes", "9223372036854775807", "--output", "w"],
        "--classes 9223372036854775807: write a number from 1 to 1000000"
      ),
      (
        ["weights", "--network", "lenet-5", "--classes", "0", "--output", "w"], "--classes 0: write"
      ),
      (
        ["weights", "--network", "lenet-300", "--input", "99999x99999x99999", "--output", "w"],
        "the input (99999×99999×99999) makes the network too large"
      ),
      (
        [
          "weights", "--network", "lenet-300", "--input", "9223372036854775807x1x1", "--output",
          "w",
        ],
        "--input 9223372036854775807x1x1: write channels, height and width, each from 1 to 100000"
      ),
      (
        ["weights", "--network", "lenet-1000000-1000000", "--output", "w"],
        "linear 'fc_layers.1' (layer 4) makes the network too large"
      ),
      (["weights", "--network", "wrn-16-1000000", "--output", "w"], "makes the network too large"),
      (
        ["weights", "--network", "LeNet-300-100", "--output", "w"], "did you mean 'lenet-300-100'?"
      ),
      (["weights", "--network", "resnet20", "--output", "w"], "did you mean 'resnet-20'?"),
      (
        ["weights", "--network", "transformer", "--output", "w"], "write one such as lenet-300-100"
      ),
      (
        ["weights", "--network", "lenet-5", "--output", "/nowhere/w"],
        "/nowhere/w: cannot be written (no such file or directory)"
      ),
      (
        ["bench", "--workers", "9223372036854775807"],
        "--workers 9223372036854775807: write a number"
      ),
      (
        [
          "interpolate", "a", "b", "--network", "lenet-5", "--dataset", "digits", "--points",
          "9000000000000000000",
        ],
        "--points 9000000000000000000: write a number from 2 to 10001"
      ),
      (
        [
          "interpolate", "a", "b", "--network", "lenet-5", "--dataset", "digits",
          "--statistics-examples", "9223372036854775807",
        ],
        "--statistics-examples 9223372036854775807: write a number from 1"
      ),
      (
        [
          "score", "--network", "lenet-5", "--weights", "w", "--batch", "b", "--criterion", "sinp",
          "--output", "s",
        ], "--criterion sinp: did you mean snip?"
      ),
      (
        [
          "score", "--network", "lenet-5", "--weights", "w", "--batch", "b", "--criterion", "grasp",
          "--option", "temprature=2", "--output", "s",
        ], "--option temprature: did you mean temperature?"
      ),
      (
        ["mask", "--scores", "w", "--density", "0.5", "--ablation", "shufle", "--output", "m"],
        "'shuffle'"
      ),
      (
        ["mask", "--scores", "empty", "--density", "0.5", "--output", "m"],
        "empty: there are no scores to rank"
      ),
      (["inspect", "/dev/zero"], "/dev/zero: is a device and cannot be read; name a regular file"),
      (["inspect", "pipe"], "pipe: is a named pipe and cannot be read; name a regular file"),
      (["inspect", "net.pth"], "net.pth: is a PyTorch file (a pickle), no safetensors file"),
    ])
  func unbounded(arguments: [String], sentence: String) throws {
    let program = try Program()
    defer { program.remove() }
    #expect(mkfifo(program.path("pipe").path, 0o600) == 0)
    try (Data([2, 0, 0, 0, 0, 0, 0, 0]) + Data("{}".utf8)).write(to: program.path("empty"))
    try program.write("PK\u{3}\u{4}......archive/data.pkl", to: "net.pth")
    let process = try program.start(arguments)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus != 0)
    let errors = try program.read("run.err")
    #expect(errors.contains(sentence), "\(errors)")
    for internals in ["NSCocoa", "CodingKey", "Fatal", "Optional("] {
      #expect(!errors.contains(internals), "\(errors)")
    }
  }

  @Test("labels are whole numbers of any type, and a batch has examples")
  func labels() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(
      try program.run(
        "weights", "--network", "lenet-2", "--input", "1x1x2", "--classes", "3", "--output", "w"
      ).status == 0)
    func score(_ type: String, _ labels: [UInt8], examples: Int = 2) throws -> String {
      let width = labels.count / max(examples, 1)
      let data = [UInt8](repeating: 0, count: 8 * examples) + labels
      let header = """
        {"inputs":{"dtype":"F32","shape":[\(examples),2],"data_offsets":[0,\(8 * examples)]},\
        "labels":{"dtype":"\(type)","shape":[\(width == 0 ? 0 : examples)],\
        "data_offsets":[\(8 * examples),\(data.count)]}}
        """
      var file = Data()
      withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { file.append(contentsOf: $0) }
      try (file + Data(header.utf8) + Data(data)).write(to: program.path("b"))
      let run = try program.run(
        "score", "--network", "lenet-2", "--weights", "w", "--batch", "b", "--criterion", "snip",
        "--output", "s")
      return run.status == 0 ? "scored" : run.errors
    }
    for (type, width) in [("I8", 1), ("U16", 2), ("I32", 4), ("U64", 8)] {
      let zeros = [UInt8](repeating: 0, count: width - 1)
      #expect(try score(type, [2] + zeros + [1] + zeros) == "scored")
    }
    func bytes(_ values: [Float]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }
    #expect(try score("F32", bytes([2, 1])) == "scored")
    #expect(
      try score("F32", bytes([1, 1.75]))
        .contains("b: tensor 'labels' holds 1.75; a label is a whole number"))
    #expect(try score("F32", bytes([1, .nan])).contains("holds nan; a label is a whole number"))
    #expect(try score("I8", [0xFF, 1]).contains("holds -1; there are 3 classes"))
    #expect(
      try score("I64", [], examples: 0)
        .contains("b: tensor 'inputs' has no examples; a batch needs one or more"))
  }

  @Test("names in a file cannot steer the terminal that shows them")
  func names() throws {
    let program = try Program()
    defer { program.remove() }
    let header = #"{"a\u001b[2J\u202e":{"dtype":"U16","shape":[1],"data_offsets":[0,2]}}"#
    var file = Data()
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { file.append(contentsOf: $0) }
    try (file + Data(header.utf8) + Data([1, 0])).write(to: program.path("a.safetensors"))
    let shown = try program.run("inspect", "a.safetensors")
    #expect(shown.output.contains(#"a\u{1B}[2J\u{202E}  U16   [1]"#), "\(shown.output)")
    let refused = try program.run(
      "score", "--network", "lenet-2", "--weights", "a.safetensors", "--batch", "a.safetensors",
      "--criterion", "snip", "--output", "s")
    #expect(refused.errors.contains(#"it holds a\u{1B}[2J\u{202E}"#), "\(refused.errors)")
    #expect(!(shown.output + refused.errors).unicodeScalars.contains("\u{1B}"))
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
