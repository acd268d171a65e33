import Foundation
import Recipes
import Testing

@testable import Suites

@Suite("Finding files")
struct SuiteFilesTests {
  private let suite = yaml().replacing("digits", with: "mnist")

  @Test(
    "MNIST in the folder, in mnist and in MNIST/raw, gzipped or not",
    arguments: ["", "mnist/", "MNIST/raw/"], ["", ".gz"])
  func finds(_ folder: String, _ ending: String) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for name in DatasetSource.mnist.files { try scratch.write("\(folder)\(name)\(ending)", "a") }
    let decoded = try decode(suite, data: [URL(filePath: "/nowhere"), scratch.url])
    let digest = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    #expect(decoded.suite.problem.dataset.digests == Array(repeating: digest, count: 4))
    for name in DatasetSource.mnist.files {
      #expect(
        decoded.settings.dataPaths[name]
          == scratch.url.appending(path: "\(folder)\(name)\(ending)").path(percentEncoded: false))
    }
  }

  @Test("only the missing files are named, with the folders looked in")
  func missing() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for name in DatasetSource.mnist.files.dropLast() { try scratch.write(name, "a") }
    // A folder of the file's name is no file.
    try scratch.write("t10k-labels-idx1-ubyte/x", "a")
    let path = scratch.url.path(percentEncoded: false)
    #expect(
      problems(suite, data: [scratch.url]) == [
        "suite.yaml:3: dataset: mnist's files are missing: `t10k-labels-idx1-ubyte` (or with .gz),"
          + " not in `\(path)`, `\(path)/mnist`, `\(path)/MNIST/raw`; name their folder by --data DIR"
          + " or ESPALIER_DATA"
      ])
  }

  @Test("paths do not enter the suite")
  func independent() throws {
    let (here, there) = (try Scratch(), try Scratch())
    defer {
      here.remove()
      there.remove()
    }
    for name in DatasetSource.mnist.files {
      try here.write(name, "a")
      try there.write("mnist/\(name)", "a")
    }
    let first = try decode(suite, data: [here.url])
    let second = try decode(suite, data: [there.url])
    #expect(first.suite == second.suite)
    #expect(first.settings != second.settings)
  }

  @Test("a suite file is read with its folder")
  func read() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write("suite.yaml", yaml())
    let decoded = try Suites.Suite.read(scratch.url.appending(path: "suite.yaml"), dataFolders: [])
    #expect(decoded.suite == (try decode(yaml()).suite))
    #expect(
      URL(filePath: decoded.settings.folder).lastPathComponent
        == scratch.url.lastPathComponent)
  }
}
