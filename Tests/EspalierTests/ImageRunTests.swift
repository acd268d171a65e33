import Foundation
import Testing

@Suite struct ImageRunTests {
  /// 8×8 grey.
  private static let png =
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAAU0lEQVR4nAFIALf/AAADBgkMDxIVABgbHiEkJyotAD"
    + "AzNjk8P0JFAEhLTlFUV1pdAGBjZmlsb3J1AHh7foGEh4qNAJCTlpmcn6KlAKirrrG0t7q9M3YXobO7XwUAAAAASUVO"
    + "RK5CYII="
  /// 8×8 grey, with 40 bytes that nothing reads before its end.
  private static let stuffedJPEG =
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1"
    + "tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABP/EABQQAQAAAAAA"
    + "AAAAAAAAAAAAAAD/2gAIAQEAAD8AOwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwf/2Q=="

  private static let suite = """
    analysis: ablation
    network: lenet-4
    dataset: {name: images, folder: d, validation: 0}
    training: {learning-rate: 0.1, duration: 1ep}
    densities: [50%]
    methods:
      random: random
      snip: snip
    ablations: [shuffle]
    replicates: 3
    """

  /// A folder `d` of classes a and b, with `counts` training images.
  private func program(_ counts: [Int] = [12, 12], suite: String = suite) throws -> Program {
    let program = try Program()
    try program.write(suite, to: "suite.yaml")
    for (split, counts) in [("train", counts), ("test", [2, 2])] {
      for (name, count) in zip(["a", "b"], counts) {
        for index in 0..<count {
          try add(Self.png, "d/\(split)/\(name)/\(index).png", to: program)
        }
      }
    }
    return program
  }

  private func add(_ contents: String, _ path: String, to program: Program) throws {
    let file = program.path(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try #require(Data(base64Encoded: contents)).write(to: file)
  }

  private func warnings(_ errors: String) -> [Substring] {
    errors.split(separator: "\n").filter { $0.hasPrefix("warning: suite.yaml:3: ") }
  }

  @Test("what is read with doubts and what is not read is told once, by plan and by run")
  func warns() throws {
    let program = try program()
    defer { program.remove() }
    try add(Self.stuffedJPEG, "d/train/b/j.jpg", to: program)
    try add(Self.png, "d/train/a/more/1.png", to: program)
    try add("", "d/train/a/x.webp", to: program)
    for command in [["plan"], ["run", "--workers", "1"]] {
      let name = command[0]
      let process = try program.start(command + ["suite.yaml"], to: name)
      process.waitUntilExit()
      let errors = try program.read("\(name).err")
      #expect(process.terminationStatus == 0, "\(errors)")
      let told = warnings(errors)
      try #require(told.count == 2, "\(errors)")
      #expect(
        told[0].hasPrefix(
          "warning: suite.yaml:3: dataset.folder: one JPEG is read although libjpeg warns, of "
            + "train/b/j.jpg: Corrupt JPEG data: "))
      #expect(
        told[1] == "warning: suite.yaml:3: dataset.folder: 1 file and 1 folder are not read, as "
          + "train/a/more: images end in .jpg, .jpeg or .png and stand in train/CLASS/ and "
          + "test/CLASS/ or val/CLASS/")
    }
  }

  /// The one file of decoded images.
  private func decoded(in program: Program) throws -> URL {
    let folder = program.path("store/artifacts/images")
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    let name = try #require(names.first { $0.hasSuffix("/images.bytes") })
    return folder.appending(path: name)
  }

  @Test("decoded images are an artifact: made once, verified, and made anew where they are damaged")
  func redoes() throws {
    let program = try program()
    defer { program.remove() }
    #expect(try program.run("run", "suite.yaml", "--workers", "2").status == 0)
    let before = try program.results()
    let file = try decoded(in: program)
    let sound = try Data(contentsOf: file)
    // 28 labels of two bytes, 28 images of 8 × 8 grey pixels.
    #expect(sound.count == 28 * (2 + 64))
    #expect(try program.run("store", "size").output.contains("images: 1 artifact, "))
    var damaged = sound
    damaged[sound.count - 40] ^= 1
    try damaged.write(to: file)
    let verified = try program.run("store", "verify")
    #expect(verified.status == 1)
    #expect(verified.output.contains("the contents of images.bytes changed after it was written"))
    let kinds = program.path("store/artifacts")
    for kind in try FileManager.default.contentsOfDirectory(atPath: kinds.path)
    where kind != "images" {
      try FileManager.default.removeItem(at: kinds.appending(path: kind))
    }
    // Whoever reads the images finds the damage, and they are decoded anew.
    let again = try program.run("run", "suite.yaml", "--workers", "1")
    #expect(again.status == 0, "\(again.errors)")
    #expect(try Data(contentsOf: decoded(in: program)) == sound)
    #expect(try program.results() == before)
  }

  @Test("a class with few images caps the default and refuses what is asked for")
  func fewOfAClass() throws {
    let capped = try program([12, 3])
    defer { capped.remove() }
    let plan = try capped.run("plan", "suite.yaml")
    #expect(plan.status == 0)
    #expect(
      plan.errors.contains(
        "warning: suite.yaml:8: methods.snip: class `b` has only 3 training examples; scored on 3 of "
          + "each class in place of 10\n"), "\(plan.errors)")
    let run = try capped.run("run", "suite.yaml", "--workers", "1")
    #expect(run.status == 0, "\(run.errors)")
    let asked = Self.suite.replacing(
      "snip: snip", with: "snip: {criterion: snip, examples-per-class: 4}")
    let refused = try program([12, 3], suite: asked)
    defer { refused.remove() }
    let problem = try refused.run("plan", "suite.yaml")
    #expect(problem.status == 1)
    #expect(
      problem.errors
        == "Error: suite.yaml:8: methods.snip.examples-per-class: class `b` has 3 training examples "
        + "and 4 of each class are wanted; write `examples-per-class: 3` or less\n")
  }
}
