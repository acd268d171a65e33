import ArgumentParser
import Foundation

struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Measure planning, reports and start; then training and selection beside the machine's limit."
  )

  @Option(help: "Processes for the measurement with all cores busy. Default: all cores.")
  var workers: Int?

  @OptionGroup var workerOptions: WorkerOptions

  func validate() throws { try workers?.require(in: 1...1024, for: "--workers") }

  func run() throws {
    try BenchmarkFiles.withTemporaryFolder { files in
      try say("The lane without engine, each the best of a few runs of this program")
      for measurement in LaneMeasurement.all {
        try say("  \(measurement.about): \(try measurement.report(in: files))")
      }
    }
    try Worker.become(
      ["bench", "\(workers ?? ProcessInfo.processInfo.activeProcessorCount)"],
      named: workerOptions.worker)
  }
}
