import Foundation
import Testing

@Suite struct InterpolateTests {
  @Test("a path between the user's weights is printed and written")
  func interpolates() throws {
    let program = try Program()
    defer { program.remove() }
    for seed in ["1", "2"] {
      let made = try program.run(
        "weights", "--network", "lenet-20", "--input", "1x8x8", "--seed", seed, "--output",
        "\(seed).safetensors")
      #expect(made.status == 0, "\(made.errors)")
    }
    let found = try program.run(
      "interpolate", "1.safetensors", "2.safetensors", "--network", "lenet-20", "--dataset",
      "digits", "--points", "5", "--output", "path.csv")
    #expect(found.status == 0, "\(found.errors)")
    #expect(found.output.contains(/test error: barrier .* points at/), "\(found.output)")
    #expect(found.output.contains("distance") && found.output.contains("of 357 test examples"))
    let lines = try program.read("path.csv").split(separator: "\n")
    #expect(lines.first == "position,train_error,train_loss,test_error,test_loss")
    #expect(lines.count == 6)
    let losses = lines.dropFirst().compactMap { Double($0.split(separator: ",").last ?? "") }
    let rise = String(format: "%.4g", (losses.max() ?? 0) - max(losses[0], losses[4]))
    #expect(found.output.contains("ε-connected from ε = \(rise) on"), "\(found.output)")
    let same = try program.run(
      "interpolate", "1.safetensors", "1.safetensors", "--network", "lenet-20", "--dataset",
      "digits", "--points", "3", "--training-examples", "0")
    #expect(same.output.contains("test error: barrier 0 points"), "\(same.output)")
    #expect(!same.output.contains("train"))
  }

  @Test("what cannot be joined is refused with the reason")
  func refuses() throws {
    let program = try Program()
    defer { program.remove() }
    for (name, network) in [("a", "lenet-20"), ("b", "lenet-21")] {
      _ = try program.run(
        "weights", "--network", network, "--input", "1x8x8", "--output", "\(name).safetensors")
    }
    func errors(_ dataset: String, points: String = "30") throws -> String {
      let outcome = try program.run(
        "interpolate", "a.safetensors", "b.safetensors", "--network", "lenet-20", "--dataset",
        dataset, "--points", points)
      #expect(outcome.status != 0)
      return outcome.errors
    }
    let shapes = try errors("digits")
    #expect(shapes.contains("a.safetensors") && shapes.contains("b.safetensors"), "\(shapes)")
    #expect(shapes.contains("fc_layers.0.weight"))
    #expect(
      try errors("digits", points: "1").contains("--points 1: write a number from 2 to 10001"))
    #expect(try errors("digit").contains("did you mean `digits`?"))
  }
}
