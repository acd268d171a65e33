/// When to remind the user of a wait: after a minute, and each time that has doubled.
struct Reminder: Hashable {
  /// Seconds of the wait before the first reminder.
  static let first = 60.0
  private var next = Reminder.first

  init() {}

  /// Whether a reminder is due after so many seconds of waiting; the next one comes later.
  mutating func isDue(after seconds: Double) -> Bool {
    guard seconds >= next else { return false }
    while seconds >= next { next *= 2 }
    return true
  }
}
