import Glibc

/// Where a plan's suite lies, so that it is named as its user names it, and forgotten when it is gone.
package struct PlanSource: Hashable, Sendable, Codable {
  /// The suite's file, or the folder where it came from standard input; absolute.
  package let path: String
  /// Whether it came from standard input.
  package let isPiped: Bool
  /// Values that were set in place of the file's, as the user wrote them.
  package let settings: [String]
  /// The machine on which the path is one.
  package let machine: String

  /// A suite on this machine.
  package init(path: String, isPiped: Bool = false, settings: [String] = []) {
    self.init(path: path, isPiped: isPiped, settings: settings, machine: Self.here)
  }

  init(path: String, isPiped: Bool, settings: [String], machine: String) {
    (self.path, self.isPiped) = (path, isPiped)
    (self.settings, self.machine) = (settings, machine)
  }

  /// The path, and what was set.
  package var words: String {
    ([isPiped ? "standard input in \(path)" : path] + settings.map { "--set '\($0)'" })
      .joined(separator: " ")
  }

  /// Whether nothing is at the path any more; false for what another machine alone can tell, and for what cannot be
  /// looked at.
  package var isGone: Bool {
    guard machine == Self.here else { return false }
    var facts = stat()
    guard stat(path, &facts) != 0 else { return false }
    return errno == ENOENT || errno == ENOTDIR
  }

  private static let here = Owner.machineName ?? ""
}
