@testable import Analyses
@testable import Suites

extension LotteryArm {
  static let random = LotteryArm(.random)
  static let shuffle = LotteryArm(.shuffle)
  static let reinitialize = LotteryArm(.reinitialize)
  static let otherSeed = LotteryArm(.otherSeed)
}
