import Analyses
import Digests
import Foundation
import Laboratory
import Suites

/// The suite that a user names: a file, or `-` for standard input, with what is set in its place.
struct SuiteFile {
  /// As the user wrote it.
  let name: String
  let settings: [Setting]

  init(_ name: String, setting settings: [Setting] = []) {
    (self.name, self.settings) = (name, settings)
  }

  /// What stands for standard input.
  static let standardInput = "-"

  private var isPiped: Bool { name == Self.standardInput }

  /// Where the suite is; of standard input the device that gives it.
  private var url: URL { URL(fileURLWithPath: isPiped ? "/dev/stdin" : name) }

  /// Where its files are named from, and its report is written unless the user says otherwise.
  var folder: URL {
    isPiped
      ? URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true)
      : url.standardizedFileURL.deletingLastPathComponent()
  }

  /// Where saved plans say that it is.
  var source: PlanSource {
    PlanSource(
      path: (isPiped ? folder : url).standardizedFileURL.resolvingSymlinksInPath().path,
      isPiped: isPiped, settings: settings.map(\.text))
  }

  /// The name of its saved plan: folder and file, and a digest of the whole path and of what is set, so that suites of
  /// the same name in different places are told apart.
  var planName: String { Self.planName(of: source) }

  static func planName(of source: PlanSource) -> String {
    let url = URL(fileURLWithPath: source.path)
    let folder = source.isPiped ? url : url.deletingLastPathComponent()
    let file =
      source.isPiped ? "standard-input" : url.deletingPathExtension().lastPathComponent
    let readable = "\(folder.lastPathComponent)-\(file)"
      .map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
      .prefix(100)
    let whole = ([source.path + (source.isPiped ? "/-" : "")] + source.settings)
      .joined(separator: "\n")
    let digest = Digest.sha256(of: Data(whole.utf8)).hexadecimal.prefix(8)
    return "s\(String(readable).hasPrefix("-") ? "" : "-")\(String(readable))-\(digest)"
  }

  /// Reads the suite, looking for datasets in `dataFolders`.
  ///
  /// - Parameter asksPrograms: whether programs that train are asked what they are although it is known.
  func read(_ dataFolders: [URL], asksPrograms: Bool = false) throws -> DecodedSuite {
    try Suite.read(
      url, in: isPiped ? folder : nil, setting: settings, dataFolders: dataFolders,
      engines: .kept(asksAnew: asksPrograms), analyses: AnalysisList.all)
  }
}

extension EngineDescriptions {
  /// Those that the user's cache keeps.
  static func kept(asksAnew: Bool = false) -> EngineDescriptions {
    let environment = ProcessInfo.processInfo.environment
    let cache =
      environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? "\(environment["HOME"] ?? ".")/.cache"
    return EngineDescriptions(
      in: URL(fileURLWithPath: "\(cache)/espalier-engines", isDirectory: true), asksAnew: asksAnew)
  }
}
