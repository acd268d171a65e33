package import Foundation

/// The folder of a report: `report.md`, the same in other formats, `figures/<name>.svg`, `records.csv` and what else
/// stands beside.
///
/// Everything is written aside and synchronized first, then renamed into place, the text last. So each
/// file is whole at every moment, no text shows a figure that is not there, and a failure while writing
/// leaves the former report as it was. Processes that write into one folder take turns, so that the last
/// report stands there whole. Other files in the folder are not touched.
package struct ReportFolder: Sendable {
  /// Where the folder is; it is made if need be.
  package let url: URL

  /// Names a folder.
  package init(_ url: URL) {
    self.url = url
  }

  /// The path of a figure relative to the report, for its text.
  package static func path(ofFigure name: String) -> String {
    "figures/\(name).svg"
  }

  /// Writes a report whose figures are given as SVG by name, the same report in other `formats` by their files'
  /// paths, and texts by the names of their files `beside` it.
  ///
  /// Figures and formats of the former report that this one has no more are removed, if it was written here.
  package func write(
    _ text: Markdown, figures: [String: String], records: CSV, formats: [String: Data] = [:],
    beside others: [String: String] = [:]
  ) throws(ReportsError) {
    for name in figures.keys.sorted() where !Inventory.isPlain(name) {
      throw .figureName(name)
    }
    let paths = Set(figures.keys.map(Self.path))
    for path in text.figurePaths where path.hasPrefix("figures/") && !paths.contains(path) {
      throw .figureNotGiven(path: path)
    }
    var files = figures.sorted { $0.key < $1.key }.map {
      (Self.path(ofFigure: $0.key), Data($0.value.utf8))
    }
    files.append(("records.csv", Data(records.rendered().utf8)))
    files += formats.merging(others.mapValues { Data($0.utf8) }) { $1 }
      .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    let inventory = Inventory(figures: figures.keys.sorted(), formats: formats.keys.sorted())
    files.append(("report.md", Data((text.rendered() + "\n" + inventory.text).utf8)))

    try Self.making(url) {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
    let turn = FolderTurn(url)
    defer { turn?.end() }
    let former = former
    if turn != nil { removeRemains() }
    let aside = url.appendingPathComponent(Self.aside + UUID().uuidString)
    try Self.making(aside) {
      try FileManager.default.createDirectory(
        at: aside.appendingPathComponent("figures"), withIntermediateDirectories: true)
    }
    defer { try? FileManager.default.removeItem(at: aside) }
    for (path, content) in files {
      let file = aside.appendingPathComponent(path)
      try Self.making(file) {
        try content.write(to: file)
        let handle = try FileHandle(forUpdating: file)
        try handle.synchronize()
        try handle.close()
      }
    }
    let folder = url.appendingPathComponent("figures")
    if !figures.isEmpty {
      try Self.making(folder) {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      }
    }
    for (path, _) in files {
      try Self.rename(aside.appendingPathComponent(path), to: url.appendingPathComponent(path))
    }
    let written = Set(files.map(\.0))
    for path in former.paths where !written.contains(path) { try remove(path) }
  }

  /// Deletes the report written here, and the folder where nothing else stands in it; no report is no error.
  package func remove(beside others: [String]) throws(ReportsError) {
    guard FileManager.default.fileExists(atPath: url.path) else { return }
    let turn = FolderTurn(url)
    defer { turn?.end() }
    for path in former.paths + others + ["records.csv", "report.md"] { try remove(path) }
    // Fails where something else stands there, which stays.
    for folder in [url.appendingPathComponent("figures"), url] { rmdir(folder.path) }
  }

  /// Removes a file, if it is there.
  private func remove(_ path: String) throws(ReportsError) {
    let file = url.appendingPathComponent(path)
    guard FileManager.default.fileExists(atPath: file.path) else { return }
    try Self.making(file) { try FileManager.default.removeItem(at: file) }
  }

  /// How the name of a folder begins that a report is written into before it is renamed into place.
  private static let aside = ".report-being-written"

  /// Removes what interrupted processes left behind; whoever has the turn knows that no other writes.
  private func removeRemains() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    for name in names where name.hasPrefix(Self.aside) {
      try? FileManager.default.removeItem(at: url.appendingPathComponent(name))
    }
  }

  /// What the text that stands here says is its own.
  private var former: Inventory {
    let file = url.appendingPathComponent("report.md")
    return (try? String(contentsOf: file, encoding: .utf8)).map(Inventory.init) ?? Inventory()
  }

  private static func rename(_ source: URL, to target: URL) throws(ReportsError) {
    guard Foundation.rename(source.path, target.path) == 0 else {
      throw .unwritable(path: target.path, reason: String(cString: strerror(errno)))
    }
  }

  private static func making(_ file: URL, _ action: () throws -> Void) throws(ReportsError) {
    do {
      try action()
    } catch {
      throw .unwritable(path: file.path, reason: reason(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    let error = error as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    let code =
      switch (cause.domain, CocoaError.Code(rawValue: error.code)) {
      case (NSPOSIXErrorDomain, _): Int32(cause.code)
      case (_, .fileNoSuchFile), (_, .fileReadNoSuchFile): ENOENT
      case (_, .fileReadNoPermission), (_, .fileWriteNoPermission): EACCES
      case (_, .fileWriteOutOfSpace): ENOSPC
      case (_, .fileWriteVolumeReadOnly): EROFS
      case (_, .fileWriteFileExists): EEXIST
      default: EIO
      }
    return String(cString: strerror(code))
  }
}

/// A process's turn to write into a folder: an exclusive lock of the folder itself, which leaves no file
/// behind and ends with the process.
private struct FolderTurn {
  private let descriptor: Int32

  /// Waits for the turn; `nil` where the file system knows no locks of folders.
  init?(_ folder: URL) {
    descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else {
        close(descriptor)
        return nil
      }
    }
  }

  func end() { close(descriptor) }
}
