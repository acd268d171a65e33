import Wording

/// How far a run is at a moment.
package struct ProgressSnapshot: Hashable, Sendable {
  /// A piece of work in progress.
  package struct Work: Hashable, Sendable {
    /// The artifact's name for people.
    package let label: String
    /// The fraction that is done, 0 to 1.
    package let fraction: Double
  }

  /// How many artifacts the plan has.
  package let total: Int
  /// How many were there before.
  package let cached: Int
  /// How many are there now, those included.
  package let done: Int
  /// How many cannot be computed.
  package let failed: Int
  /// How many other processes work on.
  package let elsewhere: Int
  /// What our workers do.
  package let running: [Work]
  /// Estimated seconds until the end; nil if unknown.
  package let remainingSeconds: Double?

  /// The whole percents that are done.
  var percent: Int { total == 0 ? 100 : done * 100 / total }

  /// The snapshot behind `heading` as a line of at most `width` characters, without control characters.
  func line(width: Int, after heading: String = "") -> String {
    var parts = ["\(done)/\(total) (\(percent)%)"]
    if cached > 0 { parts.append("\(cached) cached") }
    if failed > 0 { parts.append("\(failed) failed") }
    if elsewhere > 0 { parts.append("\(elsewhere) computed by other processes") }
    if let remainingSeconds, done + failed < total {
      parts.append("\(Format.duration(seconds: remainingSeconds)) left")
    }
    parts += running.map { work in
      let percent = Int(work.fraction * 100)
      return percent > 0 ? "\(work.label) \(percent)%" : work.label
    }
    let line = heading.printable + parts.joined(separator: " · ").printable
    return line.count <= width ? line : line.prefix(max(width - 1, 0)) + "…"
  }
}
