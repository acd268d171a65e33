import Foundation
import Testing

@Suite struct CurveCommandTests {
  private func program(_ networks: [String: String]) throws -> Program {
    let program = try Program()
    for (name, network) in networks {
      let made = try program.run(
        "weights", "--network", network, "--input", "1x8x8", "--seed", "\(name.count)", "--output",
        "\(name).safetensors")
      #expect(made.status == 0, "\(made.errors)")
    }
    return program
  }

  @Test("a curve between the user's weights, and the plane through its bend")
  func curve() throws {
    let program = try program(["a": "lenet-20", "bb": "lenet-20"])
    defer { program.remove() }
    let found = try program.run(
      "curve", "a.safetensors", "bb.safetensors", "--network", "lenet-20", "--dataset", "digits",
      "--duration", "3ep", "--learning-rate", "0.1", "--points", "5", "--output", "bend", "--table",
      "curve.csv")
    #expect(found.status == 0, "\(found.errors)")
    #expect(
      found.output.contains(/highest test error .* on the quadratic Bézier curve, .* segment/))
    #expect(found.output.contains("bends in bend-1.safetensors"))
    let lines = try program.read("curve.csv").split(separator: "\n")
    #expect(lines.count == 6 && lines[0].hasPrefix("position,train_error"))

    let plane = try program.run(
      "plane", "a.safetensors", "bb.safetensors", "bend-1.safetensors", "--network", "lenet-20",
      "--dataset", "digits", "--side", "3", "--training-examples", "0", "--output", "plane.csv")
    #expect(plane.status == 0, "\(plane.errors)")
    #expect(plane.output.contains(/A\+B\+C: test error [0-9.]+ %, loss [0-9.]+/), "\(plane.output)")
    #expect(try program.read("plane.csv").split(separator: "\n").count == 10)
  }

  @Test("what cannot be joined is refused with the reason")
  func refuses() throws {
    let program = try program(["a": "lenet-20", "bb": "lenet-20", "ccc": "lenet-21"])
    defer { program.remove() }
    func errors(_ command: String, _ files: [String], _ more: [String]) throws -> String {
      let arguments =
        [command] + files.map { "\($0).safetensors" } + [
          "--network", "lenet-20", "--dataset", "digits", "--output", "out",
        ] + more
      let process = try program.start(arguments, to: "refused")
      process.waitUntilExit()
      #expect(process.terminationStatus != 0)
      return try program.read("refused.err")
    }
    let shapes = try errors("curve", ["a", "ccc"], ["--duration", "1ep"])
    #expect(shapes.contains("a.safetensors") && shapes.contains("ccc.safetensors"), "\(shapes)")
    #expect(shapes.contains("fc_layers.0.weight"))
    #expect(
      try errors("curve", ["a", "bb"], ["--duration", "1ep", "--points", "2"])
        .contains("a curve has 3 points or more"))
    #expect(
      try errors("plane", ["a", "bb"], []).contains("a plane goes through three networks, and 2"))
    #expect(try errors("plane", ["a", "bb", "a"], []).contains("have the same weights"))
    #expect(
      try errors("curve", ["a", "bb"], ["--duration", "20it", "--learning-rate", "1e30"])
        .contains("lower the learning rate"))
  }
}
