import Digests
import Downloads
import Foundation
import Recipes
import Synchronization
import Testing

@Suite struct FetchTests {
  private static let contents = Data((0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 5) })
  private static let digest = Digest.sha256(of: contents).hexadecimal

  /// Runs a program in a folder, as a check that the test's own files are what they should be.
  func shell(_ command: String, in folder: URL) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-ec", command]
    process.currentDirectoryURL = folder
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  /// A folder with a gzipped file and an archive, and the datasets that name them.
  struct Mirror {
    let files: [String: Data]
    let gzipped, archived: PublishedDataset
  }

  func mirror(in folder: URL) throws -> Mirror {
    let source = folder.appending(path: "source/batches")
    try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
    try Self.contents.write(to: source.appending(path: "a.bin"))
    try Data("xyz".utf8).write(to: source.appending(path: "b.bin"))
    try shell(
      "tar -czf s.tar.gz batches; gzip -nc batches/a.bin > a.gz",
      in: folder.appending(path: "source"))
    var files: [String: Data] = [:]
    for name in ["s.tar.gz", "a.gz"] {
      files[name] = try Data(contentsOf: folder.appending(path: "source/\(name)"))
    }
    let archive = Digest.sha256(of: files["s.tar.gz"]!).hexadecimal
    let nowhere = "http://127.0.0.1:9/"
    return Mirror(
      files: files,
      gzipped: PublishedDataset(
        name: "g", mirror: nowhere, folder: "g",
        files: [.init("a.gz", .gzipped(sha256: Self.digest, bytes: Self.contents.count))]),
      archived: PublishedDataset(
        name: "s", mirror: nowhere, folder: "batches",
        files: [
          .init(
            "s.tar.gz",
            .archive(
              sha256: archive, bytes: files["s.tar.gz"]!.count,
              members: ["a.bin": Self.contents.count, "b.bin": 3]))
        ]))
  }

  /// What a fetch ended with, and what it left.
  struct Outcome {
    var path: String?
    var error: DownloadError?
    var events: [Fetch.Event] = []
    var requests: [LoopbackServer.Request] = []
    var left: [String] = []

    var retries: [String] {
      events.compactMap { event in
        guard case .retry(_, let reason) = event else { return nil }
        return reason
      }
    }
  }

  func fetch(
    _ choose: KeyPath<Mirror, PublishedDataset>, before: [String: Data] = [:],
    _ behaviour: @escaping @Sendable (Int) -> LoopbackServer.Behaviour = { _ in .sound }
  ) throws -> Outcome {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fetch-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let mirror = try mirror(in: folder)
    let server = LoopbackServer(mirror.files, behaviour)
    defer { server.stop() }
    let data = folder.appending(path: "data")
    for (path, contents) in before {
      let file = data.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try contents.write(to: file)
    }
    let events = Mutex<[Fetch.Event]>([])
    var outcome = Outcome()
    do throws(DownloadError) {
      outcome.path = try Fetch(
        mirror[keyPath: choose], into: data, from: server.url, silence: 5, pause: { _ in }
      ) { event in events.withLock { $0.append(event) } }.run()
    } catch { outcome.error = error }
    outcome.events = events.withLock { $0 }
    outcome.requests = server.requests
    outcome.left = try FileManager.default.subpathsOfDirectory(atPath: data.path)
      .filter { !$0.hasSuffix("batches") && $0 != "g" }.sorted()
    for name in outcome.left where name.hasSuffix("a.bin") {
      #expect(try Data(contentsOf: data.appending(path: name)) == Self.contents)
    }
    return outcome
  }

  private static let request = LoopbackServer.Request(path: "a.gz", range: nil)

  @Test func gzippedFilesAreKeptAsTheyAre() throws {
    let outcome = try fetch(\.gzipped)
    #expect(outcome.error == nil)
    #expect(outcome.left == ["g/a.gz"])
    #expect(outcome.path?.hasSuffix("/data/g") == true)
    #expect(outcome.requests == [Self.request])
    guard case .progress("a.gz", let done, let total) = outcome.events.last else {
      Issue.record("no progress")
      return
    }
    #expect(done == total)
  }

  @Test func archivesAreUnpackedAndDeleted() throws {
    let outcome = try fetch(\.archived)
    #expect(outcome.error == nil)
    #expect(outcome.left == ["batches/.espalier-sha256", "batches/a.bin", "batches/b.bin"])
    #expect(outcome.events.contains(.unpacking(file: "s.tar.gz")))
  }

  @Test(arguments: [[3000], [0, 1, 5000]]) func transfersThatBreakOffGoOn(cuts: [Int]) throws {
    let outcome = try fetch(\.gzipped) { $0 < cuts.count ? .truncated(cuts[$0]) : .sound }
    #expect(outcome.error == nil)
    #expect(outcome.left == ["g/a.gz"])
    #expect(outcome.retries.count == cuts.count)
    // Every attempt asks for what is missing and nothing else.
    let asked = outcome.requests.map(\.range)
    let had = cuts.indices.map { cuts[...$0].reduce(0, +) }
    #expect(asked == [nil] + had.map { $0 == 0 ? nil : "bytes=\($0)-" })
  }

  @Test func aPartFromAnEarlierRunGoesOn() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fetch-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let part = try mirror(in: folder).files["a.gz"]!.prefix(777)
    let outcome = try fetch(\.gzipped, before: ["g/a.gz.part": part])
    #expect(outcome.error == nil && outcome.left == ["g/a.gz"])
    #expect(outcome.requests.map(\.range) == ["bytes=777-"])
    // A server that sends everything all the same.
    let whole = try fetch(\.gzipped, before: ["g/a.gz.part": part]) { _ in .whole }
    #expect(whole.error == nil && whole.left == ["g/a.gz"])
    // A part that is damaged, or longer than the file, is begun anew.
    let damaged = try fetch(\.gzipped, before: ["g/a.gz.part": Data(repeating: 1, count: 777)])
    #expect(damaged.error == nil && damaged.left == ["g/a.gz"])
    #expect(damaged.retries == ["what came is damaged"])
    let long = try fetch(
      \.gzipped, before: ["g/a.gz.part": Data(repeating: 1, count: 1_000_000)])
    #expect(long.error == nil && long.left == ["g/a.gz"])
  }

  @Test func aNetworkThatKeepsFailingLeavesThePart() throws {
    let outcome = try fetch(\.gzipped) { _ in .truncated(1000) }
    guard case .transfer(let url, _, Fetch.attempts, 5000, _) = outcome.error else {
      Issue.record("\(String(describing: outcome.error))")
      return
    }
    #expect(url.hasSuffix("/a.gz"))
    #expect(outcome.left == ["g/a.gz.part"])
    #expect(outcome.requests.count == Fetch.attempts)
  }

  @Test(arguments: [false, true]) func damageIsFetchedAnewOnce(archived: Bool) throws {
    let dataset = archived ? \Mirror.archived : \Mirror.gzipped
    let once = try fetch(dataset) { $0 == 0 ? .corrupt : .sound }
    #expect(once.error == nil)
    #expect(once.retries == ["what came is damaged"])
    let always = try fetch(dataset) { _ in .corrupt }
    guard case .digest = always.error else {
      Issue.record("\(String(describing: always.error))")
      return
    }
    #expect(always.left == [])
    #expect(always.requests.count == 2)
  }

  @Test func refusalsAreNotTriedAgainAndBusyServersAre() throws {
    let refused = try fetch(\.gzipped) { _ in .status(403) }
    guard case .status(_, 403, _) = refused.error else {
      Issue.record("\(String(describing: refused.error))")
      return
    }
    #expect(refused.requests.count == 1 && refused.left == [])
    let busy = try fetch(\.gzipped) { $0 < 2 ? .status(503) : .sound }
    #expect(busy.error == nil && busy.requests.count == 3)
  }

  @Test func whatIsThereAndSoundIsNotFetched() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fetch-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try mirror(in: folder).files
    let gzipped = try fetch(\.gzipped, before: ["g/a.gz": files["a.gz"]!])
    #expect(gzipped.requests.isEmpty && gzipped.events == [.present(file: "a.gz")])
    var wrong = files["a.gz"]!
    wrong[wrong.count / 2] ^= 1
    let mended = try fetch(\.gzipped, before: ["g/a.gz": wrong])
    #expect(mended.requests.count == 1 && mended.error == nil)
    let archived = try fetch(
      \.archived, before: ["batches/a.bin": Self.contents, "batches/b.bin": Data("abc".utf8)])
    #expect(archived.requests.isEmpty)
    let short = try fetch(
      \.archived,
      before: ["batches/a.bin": Self.contents.dropLast(), "batches/b.bin": Data("abc".utf8)])
    #expect(short.requests.count == 1 && short.left.count == 3)
  }

  @Test func unpackedFilesAreToldFromDamagedOnesOfTheirSize() throws {
    let b = Data("abc".utf8)
    func digest(_ data: Data) -> String {
      Digest.sha256(of: data).hexadecimal
    }
    let sums = Data("\(digest(Self.contents))  a.bin\n\(digest(b))  b.bin\n".utf8)
    let sound = try fetch(
      \.archived,
      before: ["batches/a.bin": Self.contents, "batches/b.bin": b, "batches/SHA256SUMS": sums])
    #expect(sound.requests.isEmpty)
    var flipped = Self.contents
    flipped[flipped.count / 2] ^= 1
    let damaged = try fetch(
      \.archived,
      before: ["batches/a.bin": flipped, "batches/b.bin": b, "batches/SHA256SUMS": sums])
    #expect(damaged.requests.count == 1 && damaged.error == nil)
  }

  @Test func aUsersOwnSumsNeitherCondemnADatasetNorAreLost() throws {
    let b = Data("abc".utf8)
    for sums in ["sums of mine\n", "\(String(repeating: "0", count: 64))  readme.txt\n"] {
      let sound = try fetch(
        \.archived,
        before: [
          "batches/a.bin": Self.contents, "batches/b.bin": b, "batches/SHA256SUMS": Data(sums.utf8),
        ])
      #expect(sound.requests.isEmpty)
    }
    let short = try fetch(
      \.archived,
      before: [
        "batches/a.bin": Data("short".utf8), "batches/SHA256SUMS": b, "batches/my/notes.txt": b,
      ])
    #expect(short.error == nil && short.requests.count == 1)
    #expect(
      short.left == [
        "batches/.espalier-sha256", "batches/SHA256SUMS", "batches/a.bin", "batches/b.bin",
        "batches/my", "batches/my/notes.txt",
      ])
  }

  @Test func serversThatAreNotThereAreNamed() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fetch-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let server = LoopbackServer([:])
    let url = server.url
    server.stop()
    func message(_ dataset: PublishedDataset) -> String? {
      #expect(throws: DownloadError.self) {
        try Fetch(dataset, into: folder, from: url, silence: 5, pause: { _ in }) { _ in }.run()
      }?.description
    }
    let nothing =
      ", 5 times; nothing has come: try again, or name another mirror with --from URL, or by hand put "
    let check = " and run the same command, which checks their SHA-256"
    let mnist = try #require(message(DatasetKind.mnist.published!))
    #expect(mnist.hasPrefix("\(url)train-images-idx3-ubyte.gz: "))
    #expect(
      mnist.hasSuffix(
        nothing + "train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, "
          + "t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz from "
          + "https://ossci-datasets.s3.amazonaws.com/mnist/ into \(folder.path)/mnist" + check),
      "\(mnist)")
    let cifar = try #require(message(DatasetKind.cifar10.published!))
    #expect(
      cifar.hasSuffix(
        nothing + "cifar-10-binary.tar.gz from https://www.cs.toronto.edu/~kriz/ into "
          + folder.path + check), "\(cifar)")
  }

  @Test func whatHasComeIsCounted() throws {
    let some = try fetch(\.gzipped) { _ in .truncated(1000) }
    #expect(
      some.error?.description.contains(
        ", 5 times; 5000 bytes have come and are kept: run the same command to go on from there, or "
      )
        == true)
    let none = try fetch(\.gzipped) { _ in .truncated(0) }
    #expect(none.error?.description.contains(", 5 times; nothing has come: try again, or ") == true)
    #expect(none.left == [])
  }

  @Test func filesPlacedByHandAreCheckedAndUsed() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fetch-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let archive = try mirror(in: folder).files["s.tar.gz"]!
    let placed = try fetch(\.archived, before: ["s.tar.gz": archive]) { _ in .status(403) }
    #expect(placed.error == nil && placed.requests.isEmpty)
    #expect(
      placed.left == ["batches/.espalier-sha256", "batches/a.bin", "batches/b.bin", "s.tar.gz"])
    let wrong = try fetch(\.archived, before: ["s.tar.gz": archive.dropLast()])
    #expect(wrong.error == nil && wrong.requests.count == 1)
    #expect(wrong.events.first == .unsound(file: "s.tar.gz"))
  }
}
