/// Further keys of a lottery suite.
enum LotteryKey: String, SuiteKey {
  case rewind, controls, transfer, statistics
}

/// Keys below a lottery suite's `controls:`.
enum ControlKey: String, SuiteKey {
  case random, shuffle, reinitialize
  case otherSeed = "other-seed"
  case densities
}

/// Keys below `transfer:`.
enum TransferKey: String, SuiteKey {
  case dataset
}

extension SuiteName {
  /// What a lottery suite's `controls:` may name.
  enum Control: String, CaseIterable {
    case random, shuffle, reinitialize
    case otherSeed = "other-seed"
  }
}
