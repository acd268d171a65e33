import Foundation
import Recipes
import Testing

@testable import Analyses
@testable import Suites

@Suite("A criterion's program and what it depends on")
struct CommandDecodingTests {
  private func suite(_ options: String) -> String {
    yaml(methods: "{random: random, m: {criterion: {command: \(options)}}}")
  }

  private func digests(_ options: String, in scratch: Scratch) throws -> [String: String] {
    let decoded = try decode(suite(options), folder: scratch.url)
    guard
      case .ranking(let ranking, _)? = design(decoded).methods.last?.source,
      let command = ranking.criterion.command
    else { throw CocoaError(.featureUnsupported) }
    return command.digests
  }

  @Test("files and folders of files enter the key by their digests")
  func dependsOn() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    for name in [
      "score.py", "helper.py", "lib/a.py", "lib/deep/b.txt", "lib/__pycache__/a.pyc", "lib/.git/c",
      "lib/.hidden",
    ] { try scratch.write(name, "1") }
    let options = "[python3, score.py], depends-on: [helper.py, lib]"
    let before = try digests(options, in: scratch)
    #expect(before.keys.sorted() == ["helper.py", "lib/a.py", "lib/deep/b.txt", "score.py"])
    for name in ["helper.py", "lib/deep/b.txt"] {
      let known = try digests(options, in: scratch)
      try scratch.write(name, "2")
      #expect(try digests(options, in: scratch) != known, "\(name)")
    }
    try scratch.write("lib/__pycache__/a.pyc", "2")
    let last = try digests(options, in: scratch)
    try scratch.write("lib/new.py", "1")
    #expect(try digests(options, in: scratch).count == last.count + 1)
    #expect(
      try digests("[python3, score.py]", in: scratch).keys.sorted() == ["score.py"])
  }

  @Test("a program that is not there is told before anything runs")
  func missing() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write("scorer", "#!/bin/sh")
    #expect(
      problems(suite("[no-such-scorer, x]"), folder: scratch.url) == [
        "suite.yaml:6: methods.m.criterion.command: there is no program `no-such-scorer` on the PATH; install"
          + " it, or write its path, such as `./no-such-scorer`"
      ])
    let unexecutable = problems(suite("[./scorer]"), folder: scratch.url)
    #expect(unexecutable.first?.contains("there is no program `./scorer`; paths start") == true)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: scratch.url.appending(path: "scorer").path)
    #expect(problems(suite("[./scorer]"), folder: scratch.url) == [])
    #expect(problems(suite("[sh, -c, x]"), folder: scratch.url) == [])
  }

  @Test("a program of which no file is known is told of")
  func undigested() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write("scorer.py", "1")
    func warnings(_ options: String) throws -> [String] {
      try decode(suite(options), folder: scratch.url).warnings.map(\.description)
    }
    #expect(
      try warnings("[python3, -m, scorer]") == [
        "suite.yaml:6: methods.m.criterion.command: no file of this program enters the keys, so scores"
          + " stay as they are when it is edited; name its files, as in `depends-on: [my_scores.py,"
          + " helpers]`"
      ])
    #expect(try warnings("[python3, -m, scorer], depends-on: [scorer.py]") == [])
    #expect(try warnings("[python3, scorer.py]") == [])
  }

  @Test(
    "what it cannot depend on",
    arguments: [
      (
        "helper.py",
        "found `helper.py`; write files and folders of files, such as [helpers.py, lib]"
      ),
      ("[absent.py]", "no such file: `absent.py`; paths start at the suite's folder"),
      ("[empty]", "no such file: `empty`; paths start at the suite's folder"),
      ("[pipe]", "no such file: `pipe`; paths start at the suite's folder"),
    ])
  func mistakes(value: String, message: String) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try scratch.write("score.py", "1")
    try FileManager.default.createDirectory(
      at: scratch.url.appending(path: "empty"), withIntermediateDirectories: true)
    #expect(mkfifo(scratch.url.appending(path: "pipe").path, 0o600) == 0)
    #expect(
      problems(suite("[python3, score.py], depends-on: \(value)"), folder: scratch.url)
        == ["suite.yaml:6: methods.m.criterion.depends-on: \(message)"])
  }
}
