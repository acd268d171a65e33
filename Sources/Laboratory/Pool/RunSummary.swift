import Wording

/// How a run ended.
package struct RunSummary: Hashable, Sendable {
  /// An artifact that could not be computed.
  package struct Failure: Hashable, Sendable {
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
    for alike in RunSummary.groups(of: failures, by: \.form) {
      lines.append(
        alike.count == 1
          ? "failed: \(alike[0].label): \(alike[0].message)"
          : "failed \(alike.count) times: \(Format.list(alike.map(\.label))): \(alike[0].message)")
    }
    for alike in RunSummary.groups(of: notRun, by: \.because) {
      let labels = Format.list(alike.map(\.label))
      lines.append("not run because \(alike[0].because) failed: \(labels)")
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

  /// What is alike together, in the order of the first ones.
  private static func groups<Element>(of all: [Element], by form: (Element) -> String)
    -> [[Element]]
  {
    var places: [String: Int] = [:]
    var groups: [[Element]] = []
    for element in all {
      let form = form(element)
      if let place = places[form] {
        groups[place].append(element)
      } else {
        places[form] = groups.count
        groups.append([element])
      }
    }
    return groups
  }

  private var doneInWords: String {
    "\(done) of \(Format.count(total, "artifact")) \(done == 1 ? "is" : "are") done"
  }
}
