import Foundation
import Tensors
import Testing

/// Synaptic flow beside PyTorch's float64 autograd, written by `program.py`.
@Suite struct ProgramFlowTests {
  private struct Case {
    let program: LayerProgram
    let magnitudes: [Tensor]
    let wanted: [[Double]?]

    init(_ subject: ProgramGradientsTests.Subject) throws {
      let file = try Safetensors(readingFrom: resource("program"))
      let name = subject.rawValue
      let names = Set(file.tensors.map(\.name))
      program = subject.program
      magnitudes = try (0..<names.count { $0.hasPrefix("\(name).state.") }).map {
        let state = try file.tensor("\(name).state.\($0)")
        return try state.type == .float32 ? state.absolute() : state
      }
      wanted = try magnitudes.indices.map {
        let key = "\(name).flow.\($0)"
        return names.contains(key) ? try file.tensor(key).values : nil
      }
    }

    func flow(_ magnitudes: [Tensor]? = nil) throws -> [[Double]?] {
      let flow = try ProgramFlow(
        program, shapes: self.magnitudes.map(\.shape), isScored: wanted.map { $0 != nil })
      try flow.compute(magnitudes ?? self.magnitudes, channels: 3, height: 9, width: 7)
      return try flow.scores.map { try $0?.values }
    }
  }

  /// Largest relative difference.
  private func error(_ found: [[Double]?], _ wanted: [[Double]?]) -> Double {
    var worst = 0.0
    for (found, wanted) in zip(found, wanted) {
      guard let found, let wanted else { continue }
      for (a, b) in zip(found, wanted) { worst = max(worst, a == b ? 0 : abs(a - b) / abs(b)) }
    }
    return worst
  }

  @Test(arguments: ProgramGradientsTests.Subject.allCases)
  func scoresAreFloat64s(subject: ProgramGradientsTests.Subject) throws {
    let subject = try Case(subject)
    #expect(error(try subject.flow(), subject.wanted) < 1e-14)
    var wrong = subject.magnitudes
    let place = try #require(wrong.indices.first { subject.wanted[$0] != nil })
    wrong[place] = try wrong[place] * 1.001
    #expect(error(try subject.flow(wrong), subject.wanted) > 1e-4)
  }

  @Test func prunedWeightsScoreZero() throws {
    let subject = try Case(.residual)
    let place = try #require(subject.magnitudes.indices.first { subject.wanted[$0] != nil })
    var magnitudes = subject.magnitudes
    magnitudes[place] = try Tensor(repeating: 0, shape: magnitudes[place].shape)
    let kept = (0..<magnitudes[place].count).map { UInt8($0 % 3 == 0 ? 1 : 0) }
    try magnitudes[place].setMagnitudes(of: subject.magnitudes[place], kept: kept)
    let scores = try #require(try subject.flow(magnitudes)[place])
    for (score, bit) in zip(scores, kept) { #expect((score == 0) == (bit == 0)) }
  }

  @Test func nothingLeaks() async {
    await #expect(processExitsWith: .success) {
      let before = Engine.liveHandles
      do { _ = try Case(.plain).flow() }
      #expect(Engine.liveHandles == before)
    }
  }
}
