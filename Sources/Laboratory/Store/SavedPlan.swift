import Foundation

/// The last plan of each suite: it explains what is redone, and tells which artifacts are in use.
extension Store {
  /// Saves a plan as its suite's last one.
  ///
  /// - Throws: `LaboratoryError.storeNotWritable` or `.diskFull`.
  package func save(_ plan: Plan) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = try encoder.encode(plan)
    let path = paths.plan(suite: plan.suite)
    // So that a finished suite runs on a store that cannot be written.
    if (try? FileSystem.read(path)) == bytes { return }
    try prepare()
    let temporary = paths.newTemporary(for: "plan")
    defer { try? FileSystem.remove(temporary) }
    try FileSystem.write(bytes, to: temporary)
    _ = try replace(path, by: temporary)
    try FileSystem.synchronize(paths.plans)
  }

  /// The last plan of a suite; nil where there is none.
  ///
  /// - Throws: `LaboratoryError.unreadablePlan` or `.unreadable`.
  package func savedPlan(suite: String) throws -> Plan? {
    let path = paths.plan(suite: suite)
    guard let bytes = try FileSystem.read(path) else { return nil }
    guard let plan = try? JSONDecoder().decode(Plan.self, from: bytes) else {
      throw LaboratoryError.unreadablePlan(path: path)
    }
    return plan
  }

  /// The last plans of all suites.
  ///
  /// - Throws: `LaboratoryError.unreadablePlan` or `.unreadable`.
  package func savedPlans() throws -> [Plan] {
    try savedSuites().compactMap(savedPlan)
  }

  /// Forgets a suite's last plan, so that what it alone needs becomes garbage.
  ///
  /// - Throws: `LaboratoryError.storeNotWritable`.
  package func forget(_ plan: Plan) throws { try FileSystem.remove(paths.plan(suite: plan.suite)) }

  /// The names of all suites that have a saved plan.
  func savedSuites() throws -> [String] {
    try FileSystem.names(in: paths.plans).filter { $0.hasSuffix(".json") }
      .map { String($0.dropLast(5)) }
  }
}
