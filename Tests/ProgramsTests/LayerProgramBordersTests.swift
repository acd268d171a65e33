import Foundation
import Programs
import Tensors
import Testing

/// Scores on images without repetitions beside those on whole images.
@Suite struct LayerProgramBordersTests {
  /// A network under construction: the last value's number and channels.
  private struct Subject {
    var program = LayerProgram()
    var shapes: [[Int]] = []
    var value = 0
    var channels = 2

    private mutating func take(_ shape: [Int]) -> Int {
      shapes.append(shape)
      return shapes.count - 1
    }

    mutating func convolve(_ outputs: Int, _ kernel: Int = 3, stride: Int = 1, padding: Int = 1) {
      let weight = take([outputs, channels, kernel, kernel])
      value = program.append(
        .convolution(
          weight: weight, bias: take([outputs]),
          .init(kernel: kernel, stride: stride, padding: padding)), value)
      channels = outputs
      value = program.append(.relu, value)
    }

    mutating func normalize() {
      let first = take([channels])
      for _ in 0..<3 { _ = take([channels]) }
      value = program.append(
        .batchNorm(
          .init(weight: first, bias: first + 1, mean: first + 2, variance: first + 3)), value)
    }

    mutating func append(_ kind: LayerProgram.Kind) { value = program.append(kind, value) }

    mutating func classify(pixels: Int = 1) {
      append(.flatten)
      append(.linear(weight: take([3, channels * pixels]), bias: take([3])))
    }

    /// Scores of all weights; a third of them is pruned.
    func scores(_ height: Int, _ width: Int, reduces: Bool) throws -> [Double] {
      let tensors = try shapes.enumerated().map { place, shape in
        try Tensor(
          (0..<shape.reduce(1, *)).map { Float(sin(12.9898 * Double($0 + place + 1))) },
          shape: shape)
      }
      let flow = try ProgramFlow(
        program, tensors: tensors, channels: 2, height: height, width: width,
        reducesImages: reduces)
      let weights = shapes.indices.filter { shapes[$0].count > 1 }
      for place in weights {
        try flow.take((0..<tensors[place].count).map { $0 % 3 == place % 3 ? 0 : 1 }, of: place)
      }
      _ = try flow.compute()
      return try weights.flatMap { try flow.scores(of: $0).values }
    }

    /// The repetitions on an image of this size.
    func repetitions(_ size: Int) -> [LayerProgram.Kind] {
      (program.reduced(height: size, width: size)?.operations ?? []).map(\.kind)
        .filter(\.repeats)
    }
  }

  private static let halving = LayerProgram.Window(kernel: 2, stride: 2)

  private static func vgg(_ pool: LayerProgram.Kind = .maxPool(halving)) -> Subject {
    var subject = Subject()
    for (stage, count) in [2, 2, 3].enumerated() {
      for _ in 0..<count {
        subject.convolve(3 + stage)
        subject.normalize()
      }
      subject.append(pool)
    }
    subject.append(.globalAveragePool)
    subject.classify()
    return subject
  }

  private static func lenet5(_ size: Int) -> Subject {
    var subject = Subject()
    subject.convolve(3, 5, padding: 2)
    subject.append(.averagePool(halving))
    subject.convolve(4, 5, padding: 0)
    subject.append(.maxPool(halving))
    let extent = (size / 2 - 4) / 2
    subject.classify(pixels: extent * extent)
    return subject
  }

  private static func conv4(_ size: Int) -> Subject {
    var subject = Subject()
    for width in [3, 4] {
      subject.convolve(width)
      subject.convolve(width)
      subject.append(.maxPool(halving))
    }
    subject.classify(pixels: size / 4 * (size / 4))
    return subject
  }

  /// A stem with strides and overlapping pools, then a residual block.
  private static var residual: Subject {
    var subject = Subject()
    subject.convolve(4, 7, stride: 2, padding: 3)
    subject.append(.maxPool(.init(kernel: 3, stride: 2, padding: 1)))
    let shortcut = subject.value
    subject.convolve(4)
    subject.append(.add(shortcut))
    subject.convolve(3, stride: 2)
    subject.append(.globalAveragePool)
    subject.classify()
    return subject
  }

  /// Even kernels, uneven padding, a stride over a pool with a remainder; nothing after the pool.
  private static var crooked: Subject {
    var subject = Subject()
    subject.convolve(3, 4, padding: 1)
    subject.convolve(3, 2, padding: 1)
    subject.append(.averagePool(.init(kernel: 3, stride: 2, padding: 1)))
    subject.convolve(3, 1, padding: 0)
    subject.append(.maxPool(.init(kernel: 2, stride: 3)))
    return subject
  }

  /// Largest relative difference.
  private func error(_ found: [Double], _ wanted: [Double]) -> Double {
    #expect(found.count == wanted.count && wanted.contains { $0 > 0 })
    return zip(found, wanted).map { $0 == $1 ? 0 : abs($0 - $1) / abs($1) }.max() ?? 1
  }

  private func compare(_ subject: Subject, _ height: Int, _ width: Int) throws {
    let found = try subject.scores(height, width, reduces: true)
    #expect(
      error(found, try subject.scores(height, width, reduces: false)) < 1e-13,
      "\(height)×\(width)")
  }

  @Test(arguments: Array(8...27) + [40, 41, 64, 67]) func scoresAreThoseOfWholeImages(size: Int)
    throws
  {
    for subject in [
      Self.vgg(), Self.vgg(.averagePool(Self.halving)), Self.residual, Self.crooked,
    ] {
      try compare(subject, size, size)
      try compare(subject, size, 49)
      try compare(subject, 38, size)
    }
    if size >= 12 { try compare(Self.lenet5(size), size, size) }
    try compare(Self.conv4(size), size, size)
  }

  @Test func anotherSizeShows() throws {
    let subject = Self.vgg()
    let wanted = try subject.scores(32, 32, reduces: false)
    #expect(error(try subject.scores(34, 32, reduces: true), wanted) > 1e-3)
    #expect(error(try subject.scores(32, 30, reduces: true), wanted) > 1e-3)
  }

  @Test func mapsHaveOneInnerRow() {
    #expect(
      Self.vgg().repetitions(224).prefix(4) == [
        .repeated(position: 0, rows: 2, columns: 2), .repeated(position: 1, rows: 2, columns: 2),
        .repeated(position: 2, rows: 1, columns: 1), .repeated(position: 1, rows: 2, columns: 2),
      ])
    // Borders grow 0, 1, 2 → 1, 2, 3 → 2, 3, 4, 5 → 3: of 28 rows, 3 + 1 + 3 are there.
    #expect(
      Self.vgg().repetitions(224).last == .repeated(position: 3, rows: 21, columns: 21))
  }

  @Test func whatMayNotBeReducedIsNot() {
    var flat = Subject()
    flat.classify(pixels: 64)
    #expect(flat.program.reduced(height: 8, width: 8) == nil)
    var twice = Subject()
    twice.convolve(2)
    twice.append(.add(0))
    #expect(twice.program.reduced(height: 8, width: 8) == nil)
    // The block after the stem reads whole maps.
    let residual = Self.residual
    let last = residual.program.reduced(height: 64, width: 64)?.operations.lastIndex {
      $0.kind.repeats
    }
    #expect(last == 5)
  }
}
