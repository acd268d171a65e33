import CGSL

/// Calls into GSL whose failures become Swift errors.
///
/// GSL's default error handler aborts the process. Every call that can fail goes through here, and
/// the handler is switched off once, before the first.
enum GSL {
  private static let abortingHandlerIsOff: Void = { _ = gsl_set_error_handler_off() }()

  /// A value of a function that reports failure by returning no finite number.
  static func value(_ operation: @autoclosure () -> String, _ compute: () -> Double) throws
    -> Double
  {
    abortingHandlerIsOff
    let value = compute()
    guard value.isFinite else {
      throw StatisticsError.gsl(operation: operation(), reason: "the result is \(value)")
    }
    return value
  }

  /// Runs a function that reports failure by its status.
  static func run(_ operation: @autoclosure () -> String, _ call: () -> Int32) throws {
    abortingHandlerIsOff
    let status = call()
    guard status == 0 else {
      throw StatisticsError.gsl(
        operation: operation(), reason: String(cString: gsl_strerror(status)))
    }
  }

  /// The root of a continuous function between two points where its signs differ, by Brent's method
  /// (`gsl_root_fsolver_brent`), to 10⁻¹² of its size.
  static func root(
    between lower: Double, and upper: Double, of function: (Double) -> Double
  ) throws -> Double {
    guard let solver = gsl_root_fsolver_alloc(cgsl_brent()) else {
      throw StatisticsError.gsl(operation: "a root", reason: "no memory for its solver")
    }
    defer { gsl_root_fsolver_free(solver) }
    return try withoutActuallyEscaping(function) { function in
      var function = function
      return try withUnsafeMutablePointer(to: &function) { pointer in
        var wrapped = gsl_function(
          function: { x, parameters in
            parameters!.assumingMemoryBound(to: ((Double) -> Double).self).pointee(x)
          },
          params: pointer)
        let operation = "a root between \(lower) and \(upper)"
        try run(operation) { gsl_root_fsolver_set(solver, &wrapped, lower, upper) }
        for _ in 0..<200 {
          try run(operation) { gsl_root_fsolver_iterate(solver) }
          let ends = (gsl_root_fsolver_x_lower(solver), gsl_root_fsolver_x_upper(solver))
          if gsl_root_test_interval(ends.0, ends.1, 0, 1e-12) == 0 { break }
        }
        return gsl_root_fsolver_root(solver)
      }
    }
  }

  /// The integral of a smooth function over [lower, upper], to a relative error of 10⁻⁹.
  ///
  /// Adaptive 21-point Gauss–Kronrod, `gsl_integration_qag`.
  static func integral(
    from lower: Double, to upper: Double, of integrand: (Double) -> Double
  ) throws -> Double {
    let limit = 200
    guard let workspace = gsl_integration_workspace_alloc(limit) else {
      throw StatisticsError.gsl(operation: "an integral", reason: "no memory for \(limit) pieces")
    }
    defer { gsl_integration_workspace_free(workspace) }
    var result = 0.0
    var errorEstimate = 0.0
    try withoutActuallyEscaping(integrand) { integrand in
      var integrand = integrand
      try withUnsafeMutablePointer(to: &integrand) { pointer in
        var function = gsl_function(
          function: { x, parameters in
            parameters!.assumingMemoryBound(to: ((Double) -> Double).self).pointee(x)
          },
          params: pointer)
        try run("an integral from \(lower) to \(upper)") {
          gsl_integration_qag(
            &function, lower, upper, 1e-12, 1e-9, limit, Int32(GSL_INTEG_GAUSS21), workspace,
            &result,
            &errorEstimate)
        }
      }
    }
    return result
  }
}
