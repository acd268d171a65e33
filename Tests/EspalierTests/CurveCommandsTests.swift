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
    let highest = try #require(
      found.output.firstMatch(
        of:
          /highest test error ([0-9.]+) % on the quadratic Bézier curve, ([0-9.]+) % on the segment/
      ),
      "\(found.output)")
    let table = try Table(try program.read("curve.csv"))
    #expect(try table.column("position") == [0, 0.25, 0.5, 0.75, 1])
    let errors = try table.column("test_error")
    let (onCurve, onSegment) = (try #require(Double(highest.1)), try #require(Double(highest.2)))
    #expect(abs(try #require(errors.max()) - onCurve) < 0.01)
    // Untrained ends guess one class of ten; the bend was trained.
    #expect(errors[0] > 80 && errors[4] > 80 && errors[2] < 60 && onSegment > 80)
    #expect(!found.output.contains("–") && !found.output.contains("no finite loss"))
    #expect(found.output.contains("bends in bend-1.safetensors"))

    let again = try program.run(
      "curve", "a.safetensors", "bb.safetensors", "--network", "lenet-20", "--dataset", "digits",
      "--duration", "1it", "--points", "3", "--output", "c.safetensors", "--bends", "2")
    #expect(again.output.contains("bends in c-1.safetensors, c-2.safetensors"), "\(again.errors)")

    let plane = try program.run(
      "plane", "a.safetensors", "bb.safetensors", "bend-1.safetensors", "--network", "lenet-20",
      "--dataset", "digits", "--side", "3", "--training-examples", "0", "--output", "plane.csv")
    #expect(plane.status == 0, "\(plane.errors)")
    #expect(plane.output.contains(/A\+B\+C: test error [0-9.]+ %, loss [0-9.]+/), "\(plane.output)")
    #expect(try program.read("plane.csv").split(separator: "\n").count == 10)
  }

  @Test("between the networks of a suite it measures what the suite measured, to the last digit")
  func suite() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      """
      analysis: curve
      network: lenet-20
      dataset: digits
      seed: 3
      replicates: 1
      training: {learning-rate: 0.1, duration: 2ep}
      ends: independent
      points: 5
      ensembles: false
      training-examples: 200
      curves: {bend: {bezier: 1}}
      curve-training:
        duration: 3ep
        learning-rate: 0.1
        momentum: 0.9
        weight-decay: 0
        schedule: {linear-decay: {from: 0.5, to: 0.9, final: 0.01}}
      """, to: "suite.yaml")
    let run = try program.run("run", "suite.yaml", "--workers", "1", "--output", "out")
    #expect(run.status == 0, "\(run.errors)")
    let suite = try Table(try program.read("out/records.csv"))
    let ends = try program.weights()
    #expect(ends.count == 2)
    let found = try program.run(
      "curve", ends[0], ends[1], "--network", "lenet-20", "--dataset",
      "{name: digits, validation: 144}", "--duration", "3ep", "--learning-rate", "0.1", "--points",
      "5",
      "--seed", "3", "--training-examples", "200", "--output", "c.safetensors", "--table", "c.csv")
    #expect(found.status == 0, "\(found.errors)")
    let table = try Table(try program.read("c.csv"))
    for column in ["train_error", "train_loss", "test_error", "test_loss"] {
      let values = try table.column(column)
      #expect(values.count == 5 && Set(values).count == 5, "\(column)")
      #expect(try suite.column(column, where: "path", is: "bend") == values, "\(column)")
    }
    let segment = try #require(
      found.output.firstMatch(of: /, ([0-9.]+) % on the segment/).map { Double($0.1) })
    let highest = try #require(
      try suite.column("test_error", where: "path", is: "segment").max())
    #expect(abs(try #require(segment) - highest) < 0.01)
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
        .contains(
          "--points 2: write a number from 3 to 100000; a curve has 3 points or more, its ends"))
    #expect(
      try errors("curve", ["a", "bb"], ["--duration", "1ep", "--learning-rate", "inf"])
        .contains("--learning-rate inf: write a finite number above 0"))
    #expect(
      try errors("curve", ["a", "bb"], ["--duration", "1ep", "--weight-decay", "inf"])
        .contains("--weight-decay inf: write a finite number of 0 or more"))
    #expect(
      try errors("plane", ["a", "bb"], []).contains("a plane goes through three networks, and 2"))
    #expect(try errors("plane", ["a", "bb", "a"], []).contains("have the same weights"))
    #expect(
      try errors("curve", ["a", "bb"], ["--duration", "20it", "--learning-rate", "1e30"])
        .contains("lower the learning rate"))
  }
}
