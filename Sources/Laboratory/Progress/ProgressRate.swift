/// How long the rest of a run takes: the remaining work over the measured rate of work.
///
/// Work is counted in estimated seconds on one core, so that an error in the unit cancels.
struct ProgressRate {
  private var remaining: Double
  private var finished = 0.0
  private let workers: Int
  private let start: Double

  /// Starts to measure.
  ///
  /// - Parameters:
  ///   - remaining: estimated seconds on one core.
  ///   - start: seconds of a monotonic clock.
  init(remaining: Double, workers: Int, start: Double) {
    self.remaining = remaining
    self.workers = max(workers, 1)
    self.start = start
  }

  /// Work was done; by others, it says nothing about our rate.
  mutating func finish(_ seconds: Double, isOurs: Bool) {
    remaining -= seconds
    if isOurs { finished += seconds }
  }

  /// Work that was done must be done again.
  mutating func add(_ seconds: Double) { remaining += seconds }

  /// Seconds until the end; nil before anything is known.
  ///
  /// - Parameters:
  ///   - begun: the done part of the running work.
  ///   - now: seconds of the same clock as `start`.
  func remainingSeconds(begun: Double, now: Double) -> Double? {
    let left = max(remaining - begun, 0)
    let done = finished + begun
    guard done > 0, now > start else { return remaining > 0 ? left / Double(workers) : nil }
    return left * (now - start) / done
  }
}
