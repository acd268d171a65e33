import Foundation
import Glibc
import Recipes
import Testing

@testable import Analyses
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
    let names = DatasetSource(.mnist).files
    for name in names { try scratch.write("\(folder)\(name)\(ending)", "a") }
    let (files, digests) = found(.init(.mnist), in: [URL(filePath: "/nowhere"), scratch.url])
    let digest = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    #expect(digests == Array(repeating: digest, count: 4))
    let paths = files.settings.paths(of: .init(.mnist), digests)
    for name in names {
      #expect(
        paths[name]
          == scratch.url.appending(path: "\(folder)\(name)\(ending)").path(percentEncoded: false))
    }
  }

  @Test("only the missing files are named, with the folders looked in")
  func missing() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for name in DatasetSource(.mnist).files.dropLast() { try scratch.write(name, "a") }
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

  @Test("pipes and devices are no files")
  func pipes() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for name in DatasetSource(.mnist).files.dropLast() { try scratch.write(name, "a") }
    let last = scratch.url.appending(path: "t10k-labels-idx1-ubyte").path
    let message = "suite.yaml:3: dataset: mnist's files are missing: `t10k-labels-idx1-ubyte` (or"
    try #require(mkfifo(last, 0o600) == 0)
    #expect(problems(suite, data: [scratch.url])[0].hasPrefix(message))
    unlink(last)
    try #require(symlink("/dev/zero", last) == 0)
    #expect(problems(suite, data: [scratch.url])[0].hasPrefix(message))
  }

  @Test("files that cannot be what they are called are told before anything runs")
  func unsound() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for (index, name) in DatasetSource(.mnist).files.enumerated() {
      try scratch.write(name, "\(index)")
    }
    let path = scratch.url.appending(path: "train-images-idx3-ubyte").path(percentEncoded: false)
    #expect(
      problems(suite, data: [scratch.url]) == [
        "suite.yaml:3: dataset: \(path): ends 3 bytes too early: truncated; fetch the file again"
      ])
  }

  @Test("paths do not enter the suite")
  func independent() throws {
    let (here, there) = (try Scratch(), try Scratch())
    defer {
      here.remove()
      there.remove()
    }
    for name in DatasetSource(.mnist).files {
      try here.write(name, "a")
      try there.write("mnist/\(name)", "a")
    }
    let (first, second) = (
      found(.init(.mnist), in: [here.url]), found(.init(.mnist), in: [there.url])
    )
    #expect(first.digests == second.digests && first.digests.count == 4)
    #expect(first.files.settings != second.files.settings)
  }

  @Test("a suite file is read with its folder")
  func read() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write("suite.yaml", yaml())
    let decoded = try Suites.Suite.read(
      scratch.url.appending(path: "suite.yaml"), dataFolders: [], analyses: AnalysisList.all)
    #expect(decoded.suite == (try decode(yaml()).suite))
    #expect(
      URL(filePath: decoded.settings.folder).lastPathComponent
        == scratch.url.lastPathComponent)
  }
}
