import Foundation
import Testing

@Suite struct RenameTests {
  /// Weights of a lenet-8-8 on four inputs and two classes by the names that `name` gives to the network's modules.
  private func program(_ name: (String) -> String) throws -> Program {
    func tensor(_ module: String, _ last: String, _ shape: [Int]) -> FloatTensor {
      let count = shape.reduce(1, *)
      return ("\(name(module)).\(last)", shape, (0..<count).map { Float($0 % 7) / 7 - 0.4 })
    }
    func weights(_ hidden: [Int]) -> [FloatTensor] {
      let sizes = [4] + hidden + [2]
      return hidden.indices.flatMap { index in
        [
          tensor("fc_layers.\(index)", "weight", [sizes[index + 1], sizes[index]]),
          tensor("fc_layers.\(index)", "bias", [sizes[index + 1]]),
        ]
      } + [tensor("fc", "weight", [2, hidden.last!]), tensor("fc", "bias", [2])]
    }
    let program = try Program(tensors: [
      "two.safetensors": weights([8, 6]), "equal.safetensors": weights([8, 8, 8]),
    ])
    let batch = [
      StoredTensor("inputs", [4, 1, 2, 2], floats: (0..<16).map { Float($0) / 16 }),
      StoredTensor(
        "labels", [4],
        bytes: [0, 1, 0, 1].flatMap { [UInt8($0)] + [UInt8](repeating: 0, count: 7) },
        type: "I64"),
    ]
    try StoredTensor.file(batch).write(to: program.path("batch.safetensors"))
    return program
  }

  private func score(_ program: Program, _ network: String, _ weights: String, _ more: String...)
    throws -> (outcome: Program.Outcome, scores: Data?)
  {
    let process = try program.start(
      [
        "score", "--network", network, "--weights", weights, "--batch", "batch.safetensors",
        "--criterion", "snip", "--output", "scores.safetensors",
      ] + more, to: "score")
    process.waitUntilExit()
    let scores = try? Data(contentsOf: program.path("scores.safetensors"))
    try? FileManager.default.removeItem(at: program.path("scores.safetensors"))
    return (
      Program.Outcome(
        status: process.terminationStatus, output: try program.read("score.out"),
        errors: try program.read("score.err")), scores
    )
  }

  @Test("other names give the same scores, shown as they were matched; ambiguous ones are refused")
  func names() throws {
    let own = try program { $0 }
    let foreign = try program {
      "module." + ["fc_layers.0": "in", "fc_layers.1": "mid", "fc_layers.2": "top", "fc": "out"][
        $0]!
    }
    defer {
      own.remove()
      foreign.remove()
    }
    let (first, scores) = try score(own, "lenet-8-6", "two.safetensors")
    #expect(first.status == 0 && first.errors.isEmpty, "\(first.errors)")
    let (second, others) = try score(foreign, "lenet-8-6", "two.safetensors")
    #expect(second.status == 0, "\(second.errors)")
    #expect(others == scores && scores != nil)
    #expect(second.errors.contains("module.in.weight [8, 4] is fc_layers.0.weight"))

    let (ambiguous, none) = try score(foreign, "lenet-8-8-8", "equal.safetensors")
    #expect(ambiguous.status != 0 && none == nil)
    #expect(
      ambiguous.errors.contains("--rename 'mid=fc_layers.1'"), "\(ambiguous.errors)")
    let (settled, third) = try score(
      foreign, "lenet-8-8-8", "equal.safetensors", "--rename", "mid=fc_layers.1")
    #expect(settled.status == 0, "\(settled.errors)")
    #expect(third == (try score(own, "lenet-8-8-8", "equal.safetensors")).scores)
    let (swapped, fourth) = try score(
      foreign, "lenet-8-8-8", "equal.safetensors", "--rename", "mid=fc_layers.2")
    #expect(swapped.status == 0 && fourth != nil)

    let (unused, _) = try score(
      own, "lenet-8-6", "two.safetensors", "--rename", "conv=fc_layers.0")
    #expect(unused.errors.contains("--rename conv=fc_layers.0: there is no 'conv'"))
    let (malformed, _) = try score(own, "lenet-8-6", "two.safetensors", "--rename", "conv")
    #expect(malformed.errors.contains("--rename conv: write FILE=NETWORK"))
  }

  @Test("a pickle is named for what it is, with the line that converts it")
  func pickle() throws {
    let program = try program { $0 }
    defer { program.remove() }
    try Data("PK\u{3}\u{4}....archive/data.pkl".utf8).write(to: program.path("net.pt"))
    let (outcome, _) = try score(program, "lenet-8-6", "net.pt")
    #expect(outcome.status != 0)
    let stem = program.path("net").path
    #expect(
      outcome.errors.contains(
        "\(stem).pt: is a PyTorch file (a pickle), no safetensors file; convert it in Python by"
          + " safetensors.torch.save_file(torch.load(\"\(stem).pt\", weights_only=True),"
          + " \"\(stem).safetensors\")"),
      "\(outcome.errors)")
  }

  @Test("a rename may be of one of two files alone, and is told where it is of neither")
  func together() throws {
    let own = try program { $0 }
    let foreign = try program {
      ["fc_layers.0": "in", "fc_layers.1": "mid", "fc_layers.2": "top", "fc": "out"][$0]!
    }
    defer {
      own.remove()
      foreign.remove()
    }
    for files in [(own, foreign), (foreign, own)] {
      func align(_ rename: String) throws -> Program.Outcome {
        try own.run(
          "align", files.0.path("equal.safetensors").path, files.1.path("equal.safetensors").path,
          "--network", "lenet-8-8-8", "--input", "1x2x2", "--output", "aligned.safetensors",
          "--rename", rename)
      }
      let aligned = try align("mid=fc_layers.1")
      #expect(aligned.status == 0, "\(aligned.errors)")
      #expect(aligned.output.contains("0 of 24 units"), "\(aligned.output)")
      let unused = try align("middle=fc_layers.1")
      #expect(unused.status != 0)
      #expect(unused.errors.contains("--rename middle=fc_layers.1: there is no 'middle'"))
    }
  }
}
