import Foundation
import Programs
import Tensors
import Testing

/// Synaptic flow beside PyTorch's float64 autograd, written by `program.py`.
@Suite struct ProgramFlowTests {
  private struct Case {
    let program: LayerProgram
    let tensors: [Tensor]
    let wanted: [[Double]?]

    init(_ subject: ProgramGradientsTests.Subject) throws {
      let file = try Safetensors(readingFrom: resource("program"))
      let name = subject.rawValue
      let names = Set(file.tensors.map(\.name))
      program = subject.program
      tensors = try (0..<names.count { $0.hasPrefix("\(name).state.") }).map {
        try file.tensor("\(name).state.\($0)")
      }
      wanted = try tensors.indices.map {
        let key = "\(name).flow.\($0)"
        return names.contains(key) ? try file.tensor(key).values : nil
      }
    }

    /// A flow that keeps every weight.
    func flow(_ tensors: [Tensor]? = nil) throws -> ProgramFlow {
      let flow = try ProgramFlow(
        program, tensors: tensors ?? self.tensors, channels: 3, height: 9, width: 7)
      for place in wanted.indices where wanted[place] != nil { try flow.take(nil, of: place) }
      return flow
    }

    func scores(_ flow: ProgramFlow) throws -> [[Double]?] {
      _ = try flow.compute()
      return try wanted.indices.map {
        wanted[$0] == nil ? nil : try flow.spreadScores(of: $0).values
      }
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
    #expect(error(try subject.scores(subject.flow()), subject.wanted) < 1e-14)
    var wrong = subject.tensors
    let place = try #require(wrong.indices.first { subject.wanted[$0] != nil })
    wrong[place] = try wrong[place] * 1.001
    #expect(error(try subject.scores(subject.flow(wrong)), subject.wanted) > 1e-4)
  }

  /// Whichever weights are listed, their scores are those with the others set to zero.
  @Test(arguments: ProgramGradientsTests.Subject.allCases, [2, 3, 40])
  func onlyKeptWeightsAreScored(subject: ProgramGradientsTests.Subject, step: Int) throws {
    let subject = try Case(subject)
    let places = subject.wanted.indices.filter { subject.wanted[$0] != nil }
    let flow = try subject.flow()
    var masked = subject.tensors
    for place in places {
      let kept = (0..<masked[place].count).map { UInt8(($0 + place) % step == 0 ? 1 : 0) }
      let factors = try Tensor(kept.map { Float($0) }, shape: masked[place].shape)
      masked[place] = try masked[place] * factors
      try flow.take(kept, of: place)
    }
    let found = try subject.scores(flow)
    let all = try subject.scores(subject.flow(masked))
    #expect(try abs(flow.compute() / subject.flow(masked).compute() - 1) < 1e-14)
    for place in places {
      let scores = try #require(all[place])
      let kept = scores.indices.filter { ($0 + place) % step == 0 }
      #expect(error([found[place]], [scores]) < 1e-14)
      #expect(try flow.count(of: place) == kept.count && kept.count < scores.count)
      #expect(
        try flow.scores(of: place).values.sorted() == kept.map { found[place]![$0] }.sorted())
      #expect(scores.reduce(0) { $0 + ($1 == 0 ? 0 : 1) } <= kept.count)
    }
  }

  /// What is kept again is listed anew, in lists that were taken for less.
  @Test func keptWeightsMayComeBack() throws {
    let subject = try Case(.residual)
    let places = subject.wanted.indices.filter { subject.wanted[$0] != nil }
    let flow = try ProgramFlow(
      subject.program, tensors: subject.tensors, channels: 3, height: 9, width: 7)
    for place in places {
      try flow.take([UInt8](repeating: 0, count: subject.tensors[place].count), of: place)
    }
    #expect(try subject.scores(flow).allSatisfy { $0?.allSatisfy { $0 == 0 } ?? true })
    for place in places { #expect(try flow.scores(of: place).count == 0) }
    for place in places { try flow.take(nil, of: place) }
    #expect(error(try subject.scores(flow), subject.wanted) < 1e-14)
  }

  @Test func masksOfOtherSizesAreRefused() throws {
    let subject = try Case(.residual)
    let place = try #require(subject.wanted.indices.first { subject.wanted[$0] != nil })
    #expect(throws: TensorError.self) { try subject.flow().take([1], of: place) }
    let bias = try #require(subject.wanted.indices.first { subject.wanted[$0] == nil })
    #expect(throws: TensorError.self) { try subject.flow().take(nil, of: bias) }
  }

  @Test func nothingLeaks() async {
    await #expect(processExitsWith: .success) {
      let before = Engine.liveHandles
      do {
        let subject = try Case(.plain)
        _ = try subject.scores(subject.flow())
      }
      #expect(Engine.liveHandles == before)
    }
  }
}
