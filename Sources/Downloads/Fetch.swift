package import Foundation

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
      case .gzipped(let digest):
        try makeFolder(folder)
        let path = join(folder, file.name)
        if FileDigest.unpacked(path) == digest {
          report(.present(file: file.name))
        } else {
          try fetch(file.name, to: "\(path).part", digest: digest, by: FileDigest.unpacked)
          try move("\(path).part", to: path)
        }
      case .archive(let digest, let members):
        if missing(members, in: folder) == nil {
          report(.present(file: file.name))
        } else {
          try makeFolder(root)
          let part = "\(join(root, file.name)).part"
          try fetch(file.name, to: part, digest: digest, by: FileDigest.plain)
          report(.unpacking(file: file.name))
          try unpack(part, members: members, to: folder)
          try? FileManager.default.removeItem(atPath: part)
        }
      }
    }
    return folder
  }

  /// Brings `part` to its end, and checks it; a damaged one is fetched anew once.
  private func fetch(
    _ name: String, to part: String, digest: String, by digestOf: (String) -> String?
  ) throws(DownloadError) {
    let url = mirror.appending(path: name)
    var found = ""
    for isLast in [false, true] {
      try transfer(url, name, to: part)
      found = digestOf(part) ?? "of nothing that can be unpacked"
      if found == digest { return }
      try? FileManager.default.removeItem(atPath: part)
      if !isLast { report(.retry(file: name, reason: "what came is damaged")) }
    }
    throw .digest(url: url.absoluteString, expected: digest, found: found)
  }

  private func transfer(_ url: URL, _ name: String, to part: String) throws(DownloadError) {
    var last = ""
    for attempt in 1...Self.attempts {
      if attempt > 1 {
        report(.retry(file: name, reason: last))
        pause(attempt - 1)
      }
      let report = report
      let outcome = Transfer.run(url, to: part, silence: silence) { done, total in
        report(.progress(file: name, done: done, total: total))
      }
      switch outcome {
      case .complete: return
      case .interrupted(let reason): last = reason
      case .refused(let code):
        removeEmpty(part)
        throw .status(url: url.absoluteString, code: code)
      case .unwritable(let reason): throw .unwritable(path: part, reason: reason)
      }
    }
    removeEmpty(part)
    throw .transfer(url: url.absoluteString, reason: last, attempts: Self.attempts)
  }

  /// Unpacks beside `folder` with the system's tar and renames, so that `folder` is whole or not there.
  private func unpack(_ archive: String, members: [String: Int], to folder: String)
    throws(DownloadError)
  {
    let temporary = "\(folder).unpacking"
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
    try? FileManager.default.removeItem(atPath: folder)
    try move(unpacked, to: folder)
  }

  /// The digests of an archive's files, in the form of sha256sum; nobody publishes them, so that they are
  /// taken when the archive, whose digest is known, was unpacked.
  private static let digests = "SHA256SUMS"

  private func writeDigests(of names: [String], in folder: String) throws(DownloadError) {
    let path = join(folder, Self.digests)
    let lines = names.map { "\(FileDigest.plain(join(folder, $0)) ?? "")  \($0)\n" }
    do {
      try Data(lines.joined().utf8).write(to: URL(filePath: path))
    } catch { throw .unwritable(path: path, reason: error.localizedDescription) }
  }

  /// The first of `members` that `folder` does not hold in its size, and with its digest where these were
  /// taken.
  private func missing(_ members: [String: Int], in folder: String) -> String? {
    let text = try? String(contentsOfFile: join(folder, Self.digests), encoding: .utf8)
    let lines = text.map { Set($0.split(separator: "\n").map(String.init)) }
    return members.sorted { $0.key < $1.key }.first { name, bytes in
      let path = join(folder, name)
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      guard (attributes?[.size] as? Int) == bytes else { return true }
      return lines.map { !$0.contains("\(FileDigest.plain(path) ?? "")  \(name)") } ?? false
    }?.key
  }

  private func removeEmpty(_ path: String) {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    if attributes?[.size] as? Int == 0 { try? FileManager.default.removeItem(atPath: path) }
  }

  private func makeFolder(_ path: String) throws(DownloadError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch { throw .unwritable(path: path, reason: error.localizedDescription) }
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
