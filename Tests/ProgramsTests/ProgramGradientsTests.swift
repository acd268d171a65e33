import Foundation
import Programs
import Tensors
import Testing

/// Programs beside PyTorch's float64 arithmetic, written by `program.py`.
@Suite struct ProgramGradientsTests {
  /// The two networks of `program.py`.
  enum Subject: String, CaseIterable {
    case residual, plain

    var program: LayerProgram {
      self == .residual
        ? ProgramGradientsTests.residualProgram : ProgramGradientsTests.plainProgram
    }
  }

  private struct Case {
    let tensors: [Tensor]
    let after: [[Double]]
    /// `nil` for buffers.
    let gradients: [[Double]?]
    let inputs: Tensor
    let labels: Tensor
    let loss: Double
    let logits: [Double]

    init(_ subject: Subject, batch: Int) throws {
      let file = try Safetensors(readingFrom: resource("program"))
      let name = "\(subject.rawValue).\(batch)"
      let names = Set(file.tensors.map(\.name))
      let count = names.count { $0.hasPrefix("\(subject.rawValue).state.") }
      tensors = try (0..<count).map { try file.tensor("\(subject.rawValue).state.\($0)") }
      after = try (0..<count).map { try file.tensor("\(name).after.\($0)").values }
      gradients = try (0..<count).map {
        let key = "\(name).gradient.\($0)"
        return names.contains(key) ? try file.tensor(key).values : nil
      }
      inputs = try file.tensor("\(name).inputs")
      labels = try file.tensor("\(name).labels")
      loss = try file.tensor("\(name).loss").item
      logits = try file.tensor("\(name).logits").values
    }

    func prepared(_ program: LayerProgram) throws -> ProgramGradients {
      try ProgramGradients(
        program, shapes: tensors.map(\.shape), isParameter: gradients.map { $0 != nil })
    }

    /// Largest error of loss, gradients, buffers and logits, relative to each tensor's largest value.
    func error(of program: LayerProgram) throws -> Double {
      let subject = try prepared(program)
      let tensors = try self.tensors.map { try $0.copy() }
      let found = try subject.compute(tensors, inputs: inputs, labels: labels)
      var worst = abs(Double(found) - loss)
      func compare(_ found: [Double], _ wanted: [Double]) {
        worst = max(worst, distance(found, wanted) / (1e-3 + (wanted.map(abs).max() ?? 0)))
      }
      for (tensor, wanted) in zip(tensors, after) { compare(try tensor.values, wanted) }
      for (gradient, wanted) in zip(subject.gradients, gradients) {
        #expect((gradient == nil) == (wanted == nil))
        if let gradient, let wanted { compare(try gradient.values, wanted) }
      }
      compare(try ProgramInference(program).logits(tensors, inputs).values, logits)
      return worst
    }
  }

  @Test(arguments: Subject.allCases, [1, 2, 5])
  func everythingIsPyTorchs(subject: Subject, batch: Int) throws {
    #expect(try Case(subject, batch: batch).error(of: subject.program) < 1e-4)
  }

  @Test(arguments: Subject.allCases) func aWrongProgramShows(subject: Subject) throws {
    let right = subject.program
    for place in right.operations.indices {
      let kind = right.operations[place].kind
      guard let window = kind.window, kind == .maxPool(window) else { continue }
      var wrong = LayerProgram()
      for (index, operation) in right.operations.enumerated() {
        _ = wrong.append(index == place ? .averagePool(window) : operation.kind, operation.input)
      }
      #expect(try Case(subject, batch: 2).error(of: wrong) > 1e-2)
    }
  }

  @Test func theSameAgainGivesTheSameBits() throws {
    let subject = try Case(.residual, batch: 5)
    let gradients = try subject.prepared(Self.residualProgram)
    var runs: [[[UInt8]?]] = []
    for _ in 0..<2 {
      _ = try gradients.compute(
        subject.tensors.map { try $0.copy() }, inputs: subject.inputs, labels: subject.labels)
      runs.append(try gradients.gradients.map { try $0?.bytes })
    }
    #expect(runs[0] == runs[1])
  }

  @Test(arguments: Subject.allCases) func notANumberShowsInTheLoss(subject: Subject) throws {
    let subject_ = try Case(subject, batch: 2)
    for (index, gradient) in subject_.gradients.enumerated() where gradient != nil {
      let tensors = try subject_.tensors.map { try $0.copy() }
      try tensors[index].withMutableElements(of: Float.self) { $0[0] = .nan }
      let loss = try subject_.prepared(subject.program).compute(
        tensors, inputs: subject_.inputs, labels: subject_.labels)
      #expect(loss.isNaN, "tensor \(index)")
    }
  }

  @Test func misfitsAreErrors() throws {
    func create(_ build: (inout LayerProgram) -> Void) throws {
      var program = LayerProgram()
      build(&program)
      _ = try ProgramInference(program)
    }
    try create { _ = $0.append(.relu, 0) }
    #expect(throws: TensorError.self) { try create { _ in } }
    let early = #expect(throws: TensorError.self) { try create { _ = $0.append(.relu, 1) } }
    #expect(early?.description.contains("reads value 1 that no earlier operation writes") == true)
    #expect(throws: TensorError.self) { try create { _ = $0.append(.add(7), 0) } }
    #expect(throws: TensorError.self) {
      try create { _ = $0.append(.maxPool(.init(kernel: 2, stride: 0)), 0) }
    }
    let subject = try Case(.residual, batch: 2)
    let gradients = try subject.prepared(Self.residualProgram)
    func compute(_ labels: [Int64], replacing index: Int? = nil) throws {
      var tensors = subject.tensors
      if let index { tensors[index] = try Tensor(repeating: 1, shape: [2]) }
      _ = try gradients.compute(
        tensors, inputs: subject.inputs, labels: try Tensor(labels, shape: [labels.count]))
    }
    try compute([0, 1])
    #expect(throws: TensorError.self) { try compute([0, 4]) }
    #expect(throws: TensorError.self) { try compute([0]) }
    for index in 0...4 {
      #expect(throws: TensorError.self) { try compute([0, 1], replacing: index) }
    }
  }

  @Test func nothingLeaks() async {
    await #expect(processExitsWith: .success) {
      let before = Engine.liveHandles
      do {
        let subject = try Case(.residual, batch: 2)
        _ = try subject.error(of: ProgramGradientsTests.residualProgram)
        _ = try? subject.prepared(ProgramGradientsTests.plainProgram).compute(
          subject.tensors, inputs: subject.inputs, labels: subject.labels)
      }
      #expect(Engine.liveHandles == before)
    }
  }
}

extension ProgramGradientsTests {
  /// Appends layers with the next positions of a state dictionary.
  private struct Builder {
    var program = LayerProgram()
    var next = 0

    private mutating func take() -> Int {
      defer { next += 1 }
      return next
    }

    mutating func conv(
      _ x: Int, _ kernel: Int, stride: Int = 1, padding: Int = 0, bias: Bool = false
    ) -> Int {
      let weight = take()
      return program.append(
        .convolution(
          weight: weight, bias: bias ? take() : nil,
          .init(kernel: kernel, stride: stride, padding: padding)), x)
    }

    mutating func norm(_ x: Int) -> Int {
      let first = next
      next += 5
      return program.append(
        .batchNorm(
          .init(
            weight: first, bias: first + 1, mean: first + 2, variance: first + 3,
            batches: first + 4)), x)
    }

    mutating func linear(_ x: Int, bias: Bool = true) -> Int {
      let weight = take()
      return program.append(.linear(weight: weight, bias: bias ? take() : nil), x)
    }

    mutating func relu(_ x: Int) -> Int { program.append(.relu, x) }
    mutating func add(_ x: Int, _ y: Int) -> Int { program.append(.add(y), x) }
  }

  static var residualProgram: LayerProgram {
    var build = Builder()
    var x = build.relu(build.norm(build.conv(0, 3, padding: 1)))
    x = build.program.append(.maxPool(.init(kernel: 3, stride: 2, padding: 1)), x)
    var body = build.relu(build.norm(build.conv(x, 3, stride: 2, padding: 1)))
    body = build.norm(build.conv(body, 3, padding: 1))
    let short = build.norm(build.conv(x, 1, stride: 2))
    x = build.relu(build.add(body, short))
    body = build.relu(build.conv(x, 3, padding: 1, bias: true))
    body = build.norm(build.conv(body, 3, padding: 1))
    x = build.relu(build.add(body, x))
    x = build.program.append(.averagePool(.init(kernel: 2, padding: 1)), x)
    x = build.norm(build.conv(x, 1, bias: true))
    x = build.program.append(.globalAveragePool, x)
    _ = build.linear(build.program.append(.flatten, x))
    return build.program
  }

  static var plainProgram: LayerProgram {
    var build = Builder()
    var x = build.conv(build.norm(0), 3, stride: 2, bias: true)
    let y = build.conv(x, 3, padding: 1, bias: true)
    let z = build.add(build.add(x, y), x)
    x = build.relu(build.add(build.relu(x), z))
    x = build.program.append(.maxPool(.init(kernel: 2, stride: 2)), x)
    x = build.relu(build.linear(build.program.append(.flatten, x), bias: false))
    _ = build.linear(build.add(x, x))
    return build.program
  }
}
