import Foundation
import Laboratory
import Processes

/// This program: its version, the commit it was built from, and the worker beside it.
enum Toolkit {
  static let version = "0.1.0"

  /// This program's file.
  static var program: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
  }

  /// The folder this program stands in.
  static var folder: URL { URL(fileURLWithPath: program).deletingLastPathComponent() }

  /// Where the worker is: beside this program, unless the user names another.
  static func worker(_ named: String?) -> String {
    named ?? folder.appending(path: "espalier-worker").path
  }

  /// Version and, where this program stands in a clone of its repository, the commit of the clone.
  static func versionWithCommit() -> String {
    guard let commit = git(["rev-parse", "--short=12", "HEAD"]), !commit.isEmpty else {
      return version
    }
    let changed =
      git(["status", "--porcelain", "--untracked-files=no"]).map { !$0.isEmpty } ?? false
    return "\(version) (\(commit)\(changed ? ", changed" : ""))"
  }

  private static func git(_ arguments: [String]) -> String? {
    guard let outcome = try? Subprocess("git", ["-C", folder.path] + arguments).run(),
      outcome.status == 0
    else { return nil }
    return String(decoding: outcome.output, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// Writes a line to standard error, where everything goes that is not a command's answer.
func note(_ line: String) { Output.complain(line + "\n") }
