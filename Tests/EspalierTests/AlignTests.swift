import Foundation
import Testing

@Suite struct AlignTests {
  @Test("a relabelled network is written and what moved is told")
  func aligns() throws {
    let program = try Program()
    defer { program.remove() }
    for seed in ["1", "2"] {
      let made = try program.run(
        "weights", "--network", "lenet-20-10", "--input", "1x8x8", "--seed", seed, "--output",
        "\(seed).safetensors")
      #expect(made.status == 0, "\(made.errors)")
    }
    let found = try program.run(
      "align", "1.safetensors", "2.safetensors", "--network", "lenet-20-10", "--input", "1x8x8",
      "--output", "aligned.safetensors", "--attempts", "3")
    #expect(found.status == 0, "\(found.errors)")
    #expect(found.output.contains(/moved +\d+ of 30 units/), "\(found.output)")
    let distance = try #require(
      found.output.firstMatch(of: /L2 distance +([0-9.]+) before, ([0-9.]+) after/))
    #expect(Double(distance.2)! < Double(distance.1)!)
    // Aligned again nothing moves, and the other way round everything comes back near.
    let again = try program.run(
      "align", "1.safetensors", "aligned.safetensors", "--network", "lenet-20-10", "--input",
      "1x8x8", "--output", "twice.safetensors")
    #expect(again.output.contains("moved            0 of 30 units"), "\(again.output)")
    #expect(
      try Data(contentsOf: program.path("twice.safetensors"))
        == Data(contentsOf: program.path("aligned.safetensors")))
    let ends = try program.run(
      "interpolate", "2.safetensors", "aligned.safetensors", "--network", "lenet-20-10",
      "--dataset", "digits", "--points", "2", "--training-examples", "0")
    #expect(ends.output.contains("differ on 0 of 357 test examples"), "\(ends.output)")
  }

  @Test(
    "bad input ends with a sentence that names the file or the option",
    arguments: [
      (["absent.safetensors"], "absent.safetensors"),
      (["1.safetensors", "--attempts", "0"], "--attempts"),
      (["1.safetensors", "--mask", "m.safetensors"], "--mask and --mask-output belong together"),
      (["1.safetensors", "--input", "8x8"], "--input 8x8: write channels, height and width"),
      (["other.safetensors"], "fc_layers.0.weight"),
    ])
  func refuses(arguments: [String], sentence: String) throws {
    let program = try Program()
    defer { program.remove() }
    for (name, network) in [("1", "lenet-20"), ("other", "lenet-21")] {
      _ = try program.run(
        "weights", "--network", network, "--input", "1x8x8", "--output", "\(name).safetensors")
    }
    let input = arguments.contains("--input") ? [] : ["--input", "1x8x8"]
    let process = try program.start(
      ["align", "1.safetensors"] + arguments
        + ["--network", "lenet-20", "--output", "x.safetensors"] + input)
    process.waitUntilExit()
    #expect(process.terminationStatus != 0)
    let errors = try program.read("run.err")
    #expect(errors.contains(sentence), "\(errors)")
  }
}
