import Digests
import Foundation
import Recipes
import Testing

@testable import Experiments
@testable import Laboratory

@Suite struct ProgramFilesTests {
  @Test("a program's files must be at its run what they were when it was planned")
  func changed() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "program-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let helper = folder.appending(path: "helper.py")
    try Data("SIGN = 1".utf8).write(to: helper)
    let command = CommandSpecification(
      arguments: ["python3", "score.py"],
      digests: ["helper.py": try Digest.sha256(ofFile: helper.path).hexadecimal], timeout: 1)
    try command.requireUnchangedFiles(in: folder)
    try Data("SIGN = -1".utf8).write(to: helper)
    let error = #expect(throws: ExperimentError.self) {
      try command.requireUnchangedFiles(in: folder)
    }
    #expect(
      error?.description
        == "\(helper.path): this file of a program changed after the run was"
        + " planned; start the run again")
    try FileManager.default.removeItem(at: helper)
    #expect(throws: ExperimentError.programChanged(path: helper.path)) {
      try command.requireUnchangedFiles(in: folder)
    }
  }
}
