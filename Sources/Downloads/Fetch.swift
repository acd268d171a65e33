package import Foundation
package import Recipes

/// Brings a published dataset into a folder: what is there and sound stays, what was begun goes on.
///
/// A file has its name only when its digest was checked; until then it is `NAME.part`, which is kept when
/// the network fails and deleted when it turns out damaged.
package struct Fetch: Sendable {
  /// What is going on.
  package enum Event: Hashable, Sendable {
    /// Bytes of a file that are there, of how many where the server says so.
    case progress(file: String, done: Int, total: Int?)
    /// A file was there already.
    case present(file: String)
    /// A file was there, and is not what was published.
    case unsound(file: String)
    /// An attempt failed and another begins.
    case retry(file: String, reason: String)
    /// An archive is being unpacked.
    case unpacking(file: String)
  }

  /// Attempts at one file before giving up.
  package static let attempts = 5

  private let dataset: PublishedDataset
  private let mirror: URL
  private let root: String
  private let silence: Double
  private let pause: @Sendable (Int) -> Void
  private let report: @Sendable (Event) -> Void

  /// Work to be done by ``run()``.
  ///
  /// - Parameters:
  ///   - dataset: what to fetch.
  ///   - root: the folder that datasets are kept in; made if need be.
  ///   - mirror: in place of the dataset's own.
  ///   - silence: seconds without a byte after which an attempt has failed.
  ///   - pause: waits before attempt 2, 3, …
  ///   - report: called, from any thread, with what is going on.
  package init(
    _ dataset: PublishedDataset, into root: URL, from mirror: URL? = nil, silence: Double = 60,
    pause: @escaping @Sendable (Int) -> Void = {
      Thread.sleep(forTimeInterval: pow(2, Double($0)))
    },
    report: @escaping @Sendable (Event) -> Void
  ) {
    self.dataset = dataset
    self.mirror = mirror ?? dataset.mirror
    self.root = root.standardizedFileURL.path(percentEncoded: false)
    self.silence = silence
    self.pause = pause
    self.report = report
  }

  /// Fetches, checks and unpacks; returns the path of the dataset's folder.
  package func run() throws(DownloadError) -> String {
    let folder = join(root, dataset.folder)
    for file in dataset.files {
      switch file.contents {
      case .gzipped(let digest, let bytes):
        try makeFolder(folder)
        let path = join(folder, file.name)
        func digestOf(_ path: String) -> String? { FileDigest.unpacked(path, size: bytes) }
        guard !isThere(path, file.name, digest, by: digestOf) else {
          report(.present(file: file.name))
          continue
        }
        try fetch(file, to: "\(path).part", digest: digest, by: digestOf)
        try move("\(path).part", to: path)
      case .archive(let digest, _, let members):
        guard missing(members, in: folder) != nil else {
          report(.present(file: file.name))
          continue
        }
        try makeFolder(root)
        let path = join(root, file.name)
        // An archive that a user put there stays.
        let isPlaced = isThere(path, file.name, digest, by: FileDigest.plain)
        let archive = isPlaced ? path : "\(path).part"
        if !isPlaced { try fetch(file, to: archive, digest: digest, by: FileDigest.plain) }
        report(.unpacking(file: file.name))
        try unpack(archive, members: members, to: folder)
        if !isPlaced { try? FileManager.default.removeItem(atPath: archive) }
      }
    }
    return folder
  }

  /// Whether a file is there and sound; one that is not sound is told.
  private func isThere(
    _ path: String, _ name: String, _ digest: String, by digestOf: (String) -> String?
  ) -> Bool {
    guard FileManager.default.fileExists(atPath: path) else { return false }
    let isSound = digestOf(path) == digest
    if !isSound { report(.unsound(file: name)) }
    return isSound
  }

  /// Brings `part` to its end, and checks it; a damaged one is fetched anew once.
  private func fetch(
    _ file: PublishedDataset.File, to part: String, digest: String,
    by digestOf: (String) -> String?
  ) throws(DownloadError) {
    let url = mirror.appending(path: file.name)
    var found = ""
    for isLast in [false, true] {
      try transfer(url, file, to: part)
      found = digestOf(part) ?? "of nothing that can be unpacked"
      if found == digest { return }
      try? FileManager.default.removeItem(atPath: part)
      if !isLast { report(.retry(file: file.name, reason: "what came is damaged")) }
    }
    throw .digest(url: url.absoluteString, expected: digest, found: found, byHand: byHand)
  }

  private func transfer(_ url: URL, _ file: PublishedDataset.File, to part: String)
    throws(DownloadError)
  {
    let (name, address) = (file.name, url.absoluteString)
    var last = ""
    for attempt in 1...Self.attempts {
      if attempt > 1 {
        report(.retry(file: name, reason: last))
        pause(attempt - 1)
      }
      let report = report
      let tooLarge = DownloadError.tooLarge(url: address, largest: file.largest, byHand: byHand)
      let outcome = TrapGuard.run("\(tooLarge)") {
        Transfer.run(url, to: part, largest: file.largest, silence: silence) {
          report(.progress(file: name, done: $0, total: $1))
        }
      }
      switch outcome {
      case .complete: return
      case .interrupted(let reason): last = reason
      case .refused(let code):
        removeEmpty(part)
        throw .status(url: address, code: code, byHand: byHand)
      case .tooLarge:
        try? FileManager.default.removeItem(atPath: part)
        throw tooLarge
      case .unwritable(let reason): throw .unwritable(path: part, reason: reason)
      }
    }
    let kept = removeEmpty(part)
    throw .transfer(
      url: address, reason: last, attempts: Self.attempts, kept: kept, byHand: byHand)
  }

  /// Where this looks for files before it fetches any.
  private var byHand: ByHand {
    let isArchived = dataset.files.contains { file in
      if case .archive = file.contents { true } else { false }
    }
    return ByHand(
      files: dataset.files.map(\.name), source: dataset.mirror.absoluteString,
      folder: isArchived ? root : join(root, dataset.folder))
  }

  /// Unpacks within `folder` with the system's tar and renames file by file, digests first, so that what an
  /// interruption leaves is told from what is whole. What else a user keeps there stays.
  private func unpack(_ archive: String, members: [String: Int], to folder: String)
    throws(DownloadError)
  {
    let temporary = join(folder, ".espalier-unpacking")
    try? FileManager.default.removeItem(atPath: temporary)
    try makeFolder(temporary)
    defer { try? FileManager.default.removeItem(atPath: temporary) }
    let tar = Process()
    tar.executableURL = URL(filePath: "/usr/bin/env")
    tar.arguments = ["tar", "-xzf", archive, "--no-same-owner", "-C", temporary]
    tar.standardError = FileHandle.nullDevice
    do {
      try tar.run()
    } catch { throw .archive(file: archive, problem: "tar cannot be started") }
    tar.waitUntilExit()
    guard tar.terminationStatus == 0 else {
      throw .archive(file: archive, problem: "tar ended with status \(tar.terminationStatus)")
    }
    let unpacked = join(temporary, dataset.folder)
    if let missing = missing(members, in: unpacked) {
      throw .archive(file: archive, problem: "\(missing) is missing or of another size")
    }
    try writeDigests(of: members.keys.sorted(), in: unpacked)
    let others = (try? FileManager.default.contentsOfDirectory(atPath: unpacked)) ?? []
    let own = [Self.digests] + members.keys.sorted()
    for name in own + Set(others).subtracting(own).sorted() {
      let path = join(folder, name)
      if own.contains(name) || !FileManager.default.fileExists(atPath: path) {
        try move(join(unpacked, name), to: path)
      }
    }
  }

  /// The digests of an archive's files, in the form of sha256sum; nobody publishes them, so that they are
  /// taken when the archive, whose digest is known, was unpacked.
  private static let digests = ".espalier-sha256"
  /// Where earlier versions kept them; a user may have a file of this name.
  private static let formerDigests = "SHA256SUMS"

  private func writeDigests(of names: [String], in folder: String) throws(DownloadError) {
    let path = join(folder, Self.digests)
    let lines = names.map { "\(FileDigest.plain(join(folder, $0)) ?? "")  \($0)\n" }
    do {
      try Data(lines.joined().utf8).write(to: URL(filePath: path))
    } catch { throw .unwritable(path: path, reason: SystemReason.words(error)) }
  }

  /// The first of `members` that `folder` does not hold in its size, and with its digest where these were
  /// taken.
  private func missing(_ members: [String: Int], in folder: String) -> String? {
    let lines =
      digestLines(in: join(folder, Self.digests), of: members)
      ?? digestLines(in: join(folder, Self.formerDigests), of: members)
    return members.sorted { $0.key < $1.key }.first { name, bytes in
      let path = join(folder, name)
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      guard (attributes?[.size] as? Int) == bytes else { return true }
      return lines.map { !$0.contains("\(FileDigest.plain(path) ?? "")  \(name)") } ?? false
    }?.key
  }

  /// The lines of a file of digests; `nil` where it does not hold those of all `members` and of nothing else.
  private func digestLines(in path: String, of members: [String: Int]) -> Set<String>? {
    guard InputFile.exists(path), let text = try? String(contentsOfFile: path, encoding: .utf8)
    else { return nil }
    let lines = text.split(separator: "\n").map(String.init)
    let names = lines.compactMap { $0.wholeMatch(of: /[0-9a-f]{64}  (.+)/).map { String($0.1) } }
    guard names.count == lines.count, names.sorted() == members.keys.sorted() else { return nil }
    return Set(lines)
  }

  /// Removes a file without contents; returns the size of another.
  @discardableResult private func removeEmpty(_ path: String) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let size = attributes?[.size] as? Int ?? 0
    if size == 0 { try? FileManager.default.removeItem(atPath: path) }
    return size
  }

  private func makeFolder(_ path: String) throws(DownloadError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch { throw .unwritable(path: path, reason: SystemReason.words(error)) }
  }

  private func move(_ source: String, to destination: String) throws(DownloadError) {
    guard rename(source, destination) == 0 else {
      throw .unwritable(path: destination, reason: String(cString: strerror(errno)))
    }
  }

  private func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }
}
