import Downloads
import Foundation
import Recipes
import Testing

/// Nothing that a server says or sends takes more than the published file.
extension FetchTests {
  /// Foundation itself traps at this length.
  @Test func theLargestLengthEndsWithASentence() async throws {
    let result = await #expect(
      processExitsWith: .exitCode(1), observing: [\.standardErrorContent]
    ) {
      let folder = FileManager.default.temporaryDirectory.appending(path: "fetch-\(UUID())")
      defer { try? FileManager.default.removeItem(at: folder) }
      let server = LoopbackServer(["train-images-idx3-ubyte.gz": Data("abc".utf8)]) { _ in
        .claims("9223372036854775807")
      }
      _ = try Fetch(
        DatasetKind.mnist.published!, into: folder, from: server.url, silence: 5, pause: { _ in }
      ) { _ in }.run()
    }
    let words = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(
      words.contains(
        "train-images-idx3-ubyte.gz: the server sends more than 47514512 bytes, which is more than was "
          + "published; try again, or name another mirror with --from URL, or by hand put "),
      "\(words)")
  }

  @Test(arguments: ["9223372036854775000", "1000000"])
  func lengthsBeyondTheFilesAreRefused(length: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fetch-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let part = try mirror(in: folder).files["a.gz"]!.prefix(900)
    for before in [[:], ["g/a.gz.part": Data(part)]] {
      let outcome = try fetch(\.gzipped, before: before) { _ in .claims(length) }
      guard case .tooLarge(let url, 206_096, _) = outcome.error else {
        Issue.record("\(String(describing: outcome.error))")
        continue
      }
      #expect(url.hasSuffix("/a.gz"))
      #expect(outcome.left == [])
      #expect(outcome.requests.count == 1)
    }
  }

  @Test(arguments: ["-1", "18446744073709551616", "many"])
  func lengthsThatAreNoneDoNotTrap(length: String) throws {
    let outcome = try fetch(\.gzipped) { _ in .claims(length) }
    #expect(outcome.error != nil || outcome.left == ["g/a.gz"])
  }

  @Test(arguments: [false, true]) func streamsWithoutEndAreCutOff(archived: Bool) throws {
    let outcome = try fetch(archived ? \.archived : \.gzipped) { _ in .endless }
    guard case .tooLarge = outcome.error else {
      Issue.record("\(String(describing: outcome.error))")
      return
    }
    #expect(outcome.left == [])
  }

  @Test func whatUnpacksToMoreThanWasPublishedIsNotUnpacked() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fetch-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // 100 MB of zeros.
    try shell("head -c 100000000 /dev/zero | gzip -1 > bomb.gz", in: folder)
    let bomb = try Data(contentsOf: folder.appending(path: "bomb.gz"))
    let outcome = try fetch(\.gzipped, before: ["g/a.gz": bomb])
    #expect(outcome.error == nil && outcome.left == ["g/a.gz"])
    #expect(outcome.events.first == .unsound(file: "a.gz"))
  }

  @Test func pipesAreNotWaitedFor() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fetch-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let mirror = try mirror(in: folder)
    let server = LoopbackServer(mirror.files)
    defer { server.stop() }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "data/g"), withIntermediateDirectories: true)
    try shell("mkfifo data/g/a.gz", in: folder)
    let path = try Fetch(
      mirror.gzipped, into: folder.appending(path: "data"), from: server.url, silence: 5,
      pause: { _ in }
    ) { _ in }.run()
    #expect(
      try Data(contentsOf: URL(filePath: "\(path)/a.gz")) == mirror.files["a.gz"])
  }
}
