import Suites

/// Further keys of a lottery suite.
enum LotteryKey: String, SuiteKey {
  case rewind, controls, transfer, statistics
}

/// Keys below a lottery suite's `controls:`.
enum ControlKey: String, SuiteKey {
  case densities
}

/// Keys below `transfer:`.
enum TransferKey: String, SuiteKey {
  case dataset
}
