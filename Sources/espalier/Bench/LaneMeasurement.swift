import Foundation
import Processes
import Wording

/// Something that this program does without the engine, as a user starts it.
struct LaneMeasurement: Sendable {
  /// What it is, for a person.
  let about: String
  /// Arguments of the program, once the files are there that they name.
  let arguments: @Sendable (BenchmarkFiles) throws -> [String]

  static let all = [
    LaneMeasurement(about: "start (--help)") { _ in ["--help"] },
    LaneMeasurement(about: "planning 4 methods, 500 replicates") {
      try $0.planning(
        methods: BenchmarkFiles.fourMethods, ablations: BenchmarkFiles.fourAblations,
        densities: 10, replicates: 500)
    },
    LaneMeasurement(about: "planning 3,000 methods") {
      try $0.planning(
        methods: BenchmarkFiles.methods(3000), ablations: ["shuffle"], densities: 1, replicates: 5)
    },
    LaneMeasurement(about: "a report from 10,000 rows, 5 methods") {
      try $0.reporting(methods: 5, densities: 10, replicates: 50)
    },
    LaneMeasurement(about: "a report from 10,000 rows, 500 methods") {
      try $0.reporting(methods: 500, densities: 1, replicates: 5)
    },
  ]

  /// A program that did not do what is measured.
  struct Failure: Error, CustomStringConvertible {
    let arguments: [String]
    let status: Int32
    var description: String {
      "espalier \(arguments.joined(separator: " ")) ended with exit code \(status), see above"
    }
  }

  /// The least time of up to ten runs that take five seconds together, or of one; and, of a plan, its size.
  func report(in files: BenchmarkFiles) throws -> String {
    let program = Subprocess(Toolkit.program, try arguments(files), errors: .shown)
    var (times, answer): ([Duration], String) = ([], "")
    while times.isEmpty || times.count < 10 && times.reduce(.zero, +) < .seconds(5) {
      let time = try ContinuousClock().measure {
        let outcome = try program.run()
        guard outcome.status == 0 else {
          throw Failure(arguments: program.arguments, status: outcome.status)
        }
        answer = String(decoding: outcome.output, as: UTF8.self)
      }
      times.append(time)
    }
    let seconds = Format.duration(seconds: times.min()! / .seconds(1))
    let size = answer.split(separator: "\n").first { $0.contains("artifacts behind") }
    return size.map { "\(seconds) (\($0))" } ?? seconds
  }
}
