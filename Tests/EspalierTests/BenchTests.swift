import Foundation
import Testing

@testable import espalier

/// What the benchmark has planned and reported, at a small size.
@Suite struct BenchTests {
  private func run(_ files: (BenchmarkFiles) throws -> [String]) throws -> Program.Outcome {
    let program = try Program()
    defer { program.remove() }
    return try BenchmarkFiles.withTemporaryFolder {
      let arguments = try files($0)
      let process = try program.start(arguments)
      process.waitUntilExit()
      return Program.Outcome(
        status: process.terminationStatus, output: try program.read("run.out"),
        errors: try program.read("run.err"))
    }
  }

  @Test("its suites are planned without a warning")
  func suites() throws {
    let ablated = try run {
      try $0.planning(
        methods: BenchmarkFiles.fourMethods, ablations: BenchmarkFiles.fourAblations,
        densities: 2, replicates: 5)
    }
    #expect(ablated.status == 0 && ablated.errors == "")
    // 5 replicates × (dense + 4 methods × 2 densities × (1 + 4 ablations)); below, 30 methods × (1 + 1).
    #expect(ablated.output.contains("205 runs in the report, "))
    let many = try run {
      try $0.planning(
        methods: BenchmarkFiles.methods(30), ablations: ["shuffle"], densities: 1, replicates: 5)
    }
    #expect(many.status == 0 && many.errors == "")
    #expect(many.output.contains("305 runs in the report, "))
  }

  @Test("its tables become reports")
  func tables() throws {
    let found = try run { try $0.reporting(methods: 5, densities: 2, replicates: 5) }
    #expect(found.status == 0 && found.errors == "")
    #expect(found.output.hasSuffix("report.md\n"))
  }
}
