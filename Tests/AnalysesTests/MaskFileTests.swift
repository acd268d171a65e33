import Foundation
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("Mask files are checked before anything runs")
struct MaskFileTests {
  /// What a suite with one mask file at density 10 %, 148 of 1480 weights, says of it.
  private func outcome(
    _ file: Data?, more: String = "", prepare: (Scratch) throws -> Void = { _ in }
  )
    throws -> (problems: [String], warnings: [String])
  {
    let scratch = try Scratch()
    defer { scratch.remove() }
    if let file { try scratch.write("m", file) }
    try prepare(scratch)
    let text = yaml(methods: "{random: random, m: {masks: m\(more)}}", more: "replicates: 1")
      .replacing("[0.8^3, 10%]", with: "[10%]")
    let warnings = (try? decode(text, folder: scratch.url).warnings.map(\.description)) ?? []
    return (
      problems(text, folder: scratch.url),
      warnings.filter { !$0.contains("replicate") }
    )
  }

  private func problem(_ file: Data, more: String = "") throws -> String {
    let problems = try outcome(file, more: more).problems
    #expect(problems.count == 1)
    let start = "suite.yaml:6: methods.m.masks: `m` "
    let problem = problems.first ?? ""
    #expect(problem.hasPrefix(start), "\(problem)")
    return String(problem.dropFirst(start.count))
  }

  @Test(
    "every integer and floating-point type",
    arguments: [
      ("BOOL", 1), ("I8", 1), ("U8", 1), ("I16", 2), ("U16", 2), ("I32", 4), ("U32", 4), ("I64", 8),
      ("U64", 8),
    ])
  func types(type: String, size: Int) throws {
    #expect(try outcome(mask(keeping: 148, type: type, size: size)) == ([], []))
  }

  @Test("the density's count, and what rounding moves", arguments: [146, 147, 148, 149, 150])
  func counts(kept: Int) throws { #expect(try outcome(mask(keeping: kept)) == ([], [])) }

  @Test("a mask that scatters as if drawn weight by weight is told of, with both numbers")
  func scatters() throws {
    // Four standard deviations are 46 weights.
    let (problems, warnings) = try outcome(mask(keeping: 194))
    #expect(problems == [])
    #expect(
      warnings == [
        "suite.yaml:6: methods.m.masks: `m` keeps 194 of 1480 weights, and density 0.1 keeps 148, as"
          + " if drawn weight by weight; methods compare best at one number of weights"
      ])
  }

  @Test("another density is refused with both numbers", arguments: [0, 101, 195, 1480])
  func otherDensity(kept: Int) throws {
    #expect(
      try problem(mask(keeping: kept))
        == "keeps \(kept) of 1480 weights, and density 0.1 keeps 148, more than rounding moves; name"
        + " the file of this density, or write the density that it has")
  }

  @Test("a mask of the pruned weights is told for what it is")
  func inverted() throws {
    #expect(
      try problem(mask(keeping: 1332)).hasSuffix(
        "it seems to be 1 where a weight is pruned: write 1 where it is kept"))
  }

  @Test("names, shapes and values are the network's")
  func foreign() throws {
    let (first, last) = (
      ("fc_layers.0.weight", "U8", [20, 64], [UInt8](repeating: 1, count: 1280)),
      ("fc.weight", "U8", [10, 20], [UInt8](repeating: 1, count: 200))
    )
    #expect(
      try problem(safetensors([first]))
        == "is no mask of lenet-20: it lacks `fc.weight`; give it the network's prunable tensors, by"
        + " their names")
    #expect(
      try problem(safetensors([first, last, ("a\\u001b[1m", "U8", [1], [1])]))
        == "is no mask of lenet-20: `a\\u{1B}[1m` cannot be pruned there; give it the network's"
        + " prunable tensors, by their names")
    #expect(
      try problem(safetensors([first, ("fc.weight", "U8", [20, 10], last.3)]))
        == "tensor `fc.weight` has shape [20, 10]; lenet-20 has [10, 20]; name a mask of this network"
    )
    let two = [UInt8](repeating: 0, count: 7) + [2] + [UInt8](repeating: 0, count: 192)
    #expect(
      try problem(safetensors([first, ("fc.weight", "I8", [10, 20], two)]))
        == "tensor `fc.weight` is no mask: element 7 is neither 0 nor 1; write 1 where a weight"
        + " is kept and 0 where it is pruned")
    #expect(try problem(Data("PK\u{3}\u{4}data.pkl".utf8)).hasPrefix("is a PyTorch file"))
    #expect(try problem(Data([1])).hasPrefix("not a sound safetensors file"))
  }

  @Test("tensors that the method leaves whole do not count")
  func excluded() throws {
    let whole = ("fc.weight", "U8", [10, 20], [UInt8](repeating: 1, count: 200))
    func first(_ kept: Int) -> (String, String, [Int], [UInt8]) {
      (
        "fc_layers.0.weight", "U8", [20, 64],
        [UInt8](repeating: 1, count: kept) + [UInt8](repeating: 0, count: 1280 - kept)
      )
    }
    #expect(
      try outcome(safetensors([first(128), whole]), more: ", exclude: [fc.weight]") == ([], []))
    #expect(
      try problem(safetensors([first(128), whole])).hasPrefix(
        "keeps 328 of 1480 weights, and density 0.1 keeps 148"))
    #expect(
      try problem(mask(keeping: 128), more: ", exclude: [fc.weight]")
        == "prunes 200 weights of `fc.weight`, which `exclude` leaves whole; remove it there")
  }

  @Test("a pipe is refused, not waited for; a folder is no mask")
  func pipes() throws {
    let pipe = try outcome(nil) { scratch in
      #expect(mkfifo(scratch.url.appending(path: "m").path, 0o600) == 0)
    }
    #expect(
      pipe.problems == [
        "suite.yaml:6: methods.m.masks: `m` is a named pipe and cannot be read; name a regular file"
      ])
    let folder = try outcome(nil) { try $0.write("m/x", "a") }
    #expect(folder.problems.first?.contains("`m` is a folder and cannot be read") == true)
  }
}
