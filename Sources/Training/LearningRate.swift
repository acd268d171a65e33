import Foundation
package import Recipes

extension LearningRateSchedule {
  /// The factor on the learning rate of optimizer step `iteration` = 0, 1, ….
  ///
  /// Warmup rises linearly from 0, `iteration / warmup`, and multiplies what follows it.
  ///
  /// - Parameters:
  ///   - iteration: steps done before this one.
  ///   - perEpoch: optimizer steps per epoch.
  ///   - total: length of the whole training in steps, where a cosine ends.
  package func factor(at iteration: Int, perEpoch: Int, total: Int) -> Double {
    let rise = warmup.iterations(perEpoch: perEpoch)
    let warm = iteration < rise ? Double(iteration) / Double(rise) : 1
    switch shape {
    case .constant: return warm
    case .steps(let milestones, let factor):
      let passed = milestones.count { $0.iterations(perEpoch: perEpoch) <= iteration }
      return warm * pow(factor, Double(passed))
    case .cosine(let final):
      guard iteration >= rise, total > rise else { return warm }
      let progress = min(Double(iteration - rise) / Double(total - rise), 1)
      return final + (1 - final) * (1 + cos(.pi * progress)) / 2
    case .linearDecay(let from, let to, let final):
      let progress = Double(iteration) / Double(max(total, 1))
      if progress <= from { return warm }
      return warm * (progress >= to ? final : 1 - (1 - final) * (progress - from) / (to - from))
    }
  }
}
