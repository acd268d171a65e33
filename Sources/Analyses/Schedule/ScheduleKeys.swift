import Suites

/// Further keys of a schedule suite.
enum ScheduleKey: String, SuiteKey {
  case schedules, exponents, iterations
}
