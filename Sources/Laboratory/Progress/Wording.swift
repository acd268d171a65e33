/// How times and sizes are told to people.
package enum Wording {
  /// A duration with the precision a person wants: `45 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "an unknown time" }
    let whole = Int(seconds.rounded())
    switch whole {
    case 0: return "under 1 s"
    case ..<60: return "\(whole) s"
    case ..<600: return "\(whole / 60) min" + (whole % 60 > 0 ? " \(whole % 60) s" : "")
    default: break
    }
    let minutes = Int((seconds / 60).rounded())
    if minutes < 60 { return "\(minutes) min" }
    if minutes < 24 * 60 {
      return "\(minutes / 60) h" + (minutes % 60 > 0 ? " \(minutes % 60) min" : "")
    }
    let hours = Int((seconds / 3600).rounded())
    return "\(hours / 24) d" + (hours % 24 > 0 ? " \(hours % 24) h" : "")
  }

  /// A number of things, one or several: `1 worker`, `2 workers`.
  package static func count(_ count: Int, _ thing: String) -> String {
    "\(count) \(thing)\(count == 1 ? "" : "s")"
  }

  /// The first names of a list: `a, b, c and 4 more`.
  package static func list(_ names: [String], limit: Int = 3) -> String {
    names.prefix(limit).joined(separator: ", ")
      + (names.count > limit ? " and \(names.count - limit) more" : "")
  }

  /// A number of bytes in binary units: `512 B`, `1.5 KiB`, `20 MiB`.
  package static func bytes(_ count: Int) -> String {
    var value = Double(count)
    var unit = "B"
    for next in ["KiB", "MiB", "GiB", "TiB"] where value >= 1023.95 {
      value /= 1024
      unit = next
    }
    if unit == "B" { return "\(count) B" }
    let tenths = Int((value * 10).rounded())
    return tenths >= 100 || tenths % 10 == 0
      ? "\((tenths + 5) / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
  }
}
