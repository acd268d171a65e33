import Wording

/// Watches a claim of another process: whether its owner is dead, where this host cannot tell, and when to
/// tell the user about the wait.
struct ClaimWatch {
  /// Seconds between heartbeats.
  static let heartbeatSeconds = 5.0
  /// How many observations in a row without a new heartbeat mean that the owner is dead.
  static let patience = 12
  /// Seconds without a heartbeat after which something is odd.
  static let oddSilence = 30.0

  private var last: ClaimNote?
  private var lastTime = -Double.infinity
  private var unchanged = 0
  private var start: Double?
  private var lastBeat = 0.0
  private var reminder = Reminder()

  init() {}

  /// Takes an observation; those sooner than a heartbeat after the last one do not count.
  ///
  /// - Parameter time: seconds of this process's own monotonic clock; no clocks are compared.
  /// - Returns: whether the owner is dead.
  mutating func seesDeath(of note: ClaimNote, at time: Double) -> Bool {
    if start == nil { start = time }
    if note != last {
      last = note
      lastTime = time
      lastBeat = time
      unchanged = 0
    } else if time - lastTime >= ClaimWatch.heartbeatSeconds {
      lastTime = time
      unchanged += 1
    }
    return unchanged >= ClaimWatch.patience
  }

  /// What to tell the user about the wait, seldom.
  ///
  /// - Parameters:
  ///   - label: the artifact that is waited for.
  ///   - isIdle: whether there is nothing else to do; otherwise only an owner's silence is told.
  mutating func notice(label: String, isIdle: Bool, at time: Double) -> String? {
    guard let start, let last else { return nil }
    let silence = time - lastBeat
    guard isIdle || silence >= ClaimWatch.oddSilence, reminder.isDue(after: time - start) else {
      return nil
    }
    var text =
      "waiting for \(label), claimed by \(last.ownerInWords) for at least \(Format.duration(seconds: time - start))"
    // Its owner's reading thread beats, whatever the work does.
    guard silence >= ClaimWatch.oddSilence else { return text }
    text += "; no sign of life for \(Format.duration(seconds: silence))"
    guard last.owner.isStopped else { return text }
    return text + ": it is stopped (\(ProcessState.remedy(last.owner.pid)))"
  }
}

extension ClaimNote {
  /// The process that holds the claim, for people.
  var ownerInWords: String {
    let place =
      owner.life == .unknown
      ? machine.map { "on \($0)" } ?? "on another machine" : "on this machine"
    return "process \(owner.pid) \(place)"
  }
}
