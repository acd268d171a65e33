import Foundation
import Testing

@Suite struct ExportTests {
  private struct Contents: Decodable {
    struct Entry: Decodable {
      let file: String, what: String, method: String?, ablation: String?
      let density: Double?
      let replicate: Int?
    }
    let network: String, files: [Entry], records: String?
  }

  private struct Shown: Decodable {
    struct Part: Decodable {
      let kind: String, folder: String, reason: String?, files: [String], result: String?
    }
    let method: String?, ablation: String?, density: Double?, replicate: Int?, artifacts: [Part]
  }

  private let suite = Program.suite.replacing("replicates: 3", with: "replicates: 1")

  private func contents(_ program: Program, _ folder: String) throws -> Contents {
    try JSONDecoder().decode(
      Contents.self, from: Data(try program.read("\(folder)/export.json").utf8))
  }

  @Test("files of chosen runs with what says what they are; weights where they are kept")
  func exports() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(suite, to: "suite.yaml")
    #expect(try program.run("run", "suite.yaml", "--workers", "2").status == 0)
    // Masks, scores and rows of one method itself and of its shuffle, at one density.
    let some = try program.run(
      "export", "suite.yaml", "--what", "masks,scores,records", "--method", "snip", "--ablation",
      "none", "--ablation", "shuffle", "--density", "0.2", "--output", "out")
    #expect(some.status == 0, "\(some.errors)")
    #expect(some.output.hasPrefix("4 files of 2 runs in out\n"))
    let found = try contents(program, "out")
    #expect(
      found.files.map(\.file).sorted() == [
        "snip/none/0.2/replicate-1/mask.safetensors",
        "snip/none/0.2/replicate-1/scores.safetensors",
        "snip/shuffle/0.2/replicate-1/mask.safetensors",
        "snip/shuffle/0.2/replicate-1/scores.safetensors",
      ])
    #expect(found.network == "lenet-16" && found.files.allSatisfy { $0.density == 0.2 })
    for entry in found.files {
      #expect(FileManager.default.fileExists(atPath: program.path("out/\(entry.file)").path))
    }
    let rows = try program.read("out/records.csv").split(separator: "\n")
    #expect(rows.count == 3 && rows.dropFirst().allSatisfy { $0.hasPrefix("snip,") }, "\(rows)")
    // A mask that went out comes in again.
    let inspected = try program.run(
      "inspect", "out/snip/none/0.2/replicate-1/mask.safetensors")
    #expect(inspected.status == 0, "\(inspected.errors)")

    let bare = try program.run(
      "export", "suite.yaml", "--what", "weights", "--method", "snip", "--output", "weights")
    #expect(bare.status != 0)
    #expect(bare.errors.contains("write `keep: [weights]` in the suite and run it"))
    try program.write(suite + "\nkeep: [weights]", to: "suite.yaml")
    #expect(try program.run("plan", "suite.yaml").output.contains("was not kept"))
    #expect(try program.run("run", "suite.yaml", "--workers", "2").status == 0)
    let kept = try program.run(
      "export", "suite.yaml", "--what", "weights", "--method", "snip", "--output", "weights")
    #expect(kept.status == 0, "\(kept.errors)")
    // Two densities, itself and four ablations.
    #expect(try contents(program, "weights").files.count == 10)
    let check = try program.run(
      "inspect", "weights/snip/shuffle/0.2/replicate-1/weights.safetensors", "--against",
      "out/snip/shuffle/0.2/replicate-1/mask.safetensors")
    #expect(check.status == 0, "what was trained under the mask keeps to it: \(check.output)")
  }

  @Test("a run's artifacts are shown, with why what is absent is computed")
  func shows() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(suite, to: "suite.yaml")
    func show(_ density: String) throws -> [Shown] {
      let outcome = try program.run(
        "show", "suite.yaml", "--json", "--method", "snip", "--ablation", "shuffle", "--density",
        density)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try JSONDecoder().decode([Shown].self, from: Data(outcome.output.utf8))
    }
    let absent = try #require(try show("20%").first)
    #expect(absent.artifacts.allSatisfy { $0.reason == "first time" && $0.files.isEmpty })
    #expect(absent.artifacts.map(\.kind).contains("scores"))
    #expect(try program.run("run", "suite.yaml", "--workers", "2").status == 0)
    let there = try show("20%")
    #expect(there.count == 1 && there[0].method == "snip" && there[0].replicate == 1)
    let mask = try #require(there[0].artifacts.last { $0.kind == "ablated-mask" })
    #expect(mask.reason == nil && mask.files == ["mask.safetensors"])
    #expect(mask.result?.contains("\"audit\"") == true)
    #expect(FileManager.default.fileExists(atPath: mask.folder + "/mask.safetensors"))

    let wrong = try program.run("show", "suite.yaml", "--method", "snap")
    #expect(wrong.status != 0)
    #expect(
      wrong.errors.contains("--method snap: no run of this suite has it; did you mean 'snip'?"))
    let density = try program.run("show", "suite.yaml", "--density", "30%")
    #expect(density.errors.contains("--density 30 %: no run of this suite has it"))
  }
}
