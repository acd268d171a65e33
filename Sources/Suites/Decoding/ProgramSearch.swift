import Foundation

extension SuiteFiles {
  /// Whether `program` can be run from the suite's folder, where a name with a slash is a path and any other is
  /// looked up on the PATH, as env(1) does.
  func canRun(_ program: String) -> Bool {
    if program.contains("/") { return isProgram(url(program)) }
    let search = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return search.split(separator: ":").contains { folder in
      isProgram(url(String(folder)).appending(path: program))
    }
  }

  private func isProgram(_ url: URL) -> Bool {
    isFile(url) && FileManager.default.isExecutableFile(atPath: url.path(percentEncoded: false))
  }
}
