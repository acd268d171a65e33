/// What a statistic refuses to compute, and why.
package enum StatisticsError: Error, Hashable, CustomStringConvertible {
  /// The sample has fewer values than the statistic needs.
  case tooFewValues(statistic: String, needed: Int, given: Int)

  /// A value of the sample is infinite or not a number.
  case valueNotFinite(statistic: String, index: Int, value: Double)

  /// Two arms that should hold the same replicates differ in length.
  case armsDiffer(treated: Int, control: Int)

  /// A parameter lies outside the values it may have.
  case parameterOutside(name: String, value: Double, allowed: String)

  /// GSL could not compute a value; `reason` is in GSL's words.
  case gsl(operation: String, reason: String)

  /// One sentence: what is wrong, where, and what to do.
  package var description: String {
    switch self {
    case .tooFewValues(let statistic, let needed, let given):
      "\(statistic) needs at least \(needed) values and was given \(given); run more replicates"
    case .valueNotFinite(let statistic, let index, let value):
      """
      \(statistic): the value at index \(index) is \(value); give diverged runs a number \
      (chance accuracy) or leave them out before computing statistics
      """
    case .armsDiffer(let treated, let control):
      """
      the treated arm has \(treated) replicates and the control arm \(control); pair the arms \
      replicate by replicate
      """
    case .parameterOutside(let name, let value, let allowed):
      "\(name) is \(value); it must be \(allowed)"
    case .gsl(let operation, let reason):
      "GSL could not compute \(operation): \(reason)"
    }
  }
}

/// Throws unless `values` has at least `needed` values, all finite.
func requireSample(_ values: [Double], atLeast needed: Int, for statistic: String) throws {
  guard values.count >= needed else {
    throw StatisticsError.tooFewValues(
      statistic: statistic, needed: needed, given: values.count)
  }
  for (index, value) in values.enumerated() where !value.isFinite {
    throw StatisticsError.valueNotFinite(statistic: statistic, index: index, value: value)
  }
}

/// Throws unless `level` is a confidence level: a fraction strictly between 0 and 1.
func requireLevel(_ level: Double) throws {
  guard 0 < level && level < 1 else {
    throw StatisticsError.parameterOutside(
      name: "the confidence level", value: level, allowed: "strictly between 0 and 1")
  }
}
