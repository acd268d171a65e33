import Wording

/// How a run ended.
package struct RunSummary: Hashable, Sendable {
  /// An artifact that could not be computed.
  package struct Failure: Hashable, Sendable {
    /// The artifact's key.
    package let key: Key
    /// The artifact's name for people.
    package let label: String
    /// What went wrong.
    package let message: String

    /// The message without what differs between equal failures: keys, digests, names of temporary files.
    var form: String { Failure.form(of: message) }

    static func form(of message: String) -> String {
      message.replacing(/[0-9A-Fa-f]{6,}(-[0-9A-Fa-f]+)*/, with: "…")
    }
  }

  /// An artifact that was not tried, since one that it needs could not be computed.
  package struct NotRun: Hashable, Sendable {
    /// The artifact's key.
    package let key: Key
    /// The artifact's name for people.
    package let label: String
    /// The name of the artifact that could not be computed.
    package let because: String
  }

  /// How many artifacts the plan has.
  package var total = 0
  /// How many were there before.
  package var cached = 0
  /// How many this run computed, repetitions included.
  package var computed = 0
  /// How many other processes computed meanwhile.
  package var elsewhere = 0
  /// How many are there now.
  package var done = 0
  /// What could not be computed.
  package var failures: [Failure] = []
  /// What was not tried, in the plan's order.
  package var notRun: [NotRun] = []
  /// The signal that stopped the run; nil if none did.
  package var interruption: Int32?
  /// Seconds from start to end.
  package var seconds = 0.0

  /// Whether all artifacts are there.
  package var isComplete: Bool { done == total }
}

extension RunSummary: CustomStringConvertible {
  package var description: String {
    var lines: [String] = []
    for (index, failure) in failures.enumerated()
    where failures.firstIndex(where: { $0.form == failure.form }) == index {
      let alike = failures.filter { $0.form == failure.form }
      lines.append(
        alike.count == 1
          ? "failed: \(failure.label): \(failure.message)"
          : "failed \(alike.count) times: \(Format.list(alike.map(\.label))): \(failure.message)")
    }
    for (index, cause) in notRun.map(\.because).enumerated()
    where notRun.firstIndex(where: { $0.because == cause }) == index {
      let labels = notRun.filter { $0.because == cause }.map(\.label)
      lines.append("not run because \(cause) failed: \(Format.list(labels))")
    }
    if interruption != nil {
      lines.append(
        "Stopped. \(doneInWords); the same command continues from here.")
    } else {
      let others = elsewhere > 0 ? ", \(elsewhere) by other processes" : ""
      lines.append(
        "\(doneInWords): \(cached) \(cached == 1 ? "was" : "were") there, \(computed) computed\(others),"
          + " in \(Format.duration(seconds: seconds)).")
    }
    return lines.joined(separator: "\n")
  }

  private var doneInWords: String {
    "\(done) of \(Format.count(total, "artifact")) \(done == 1 ? "is" : "are") done"
  }
}
