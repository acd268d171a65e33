import Randomness
import Testing

@Suite struct RandomStreamTests {
  private let path = StreamPath(seed: 1) / "replicate 3" / "initialization" / "fc.weight"

  /// SHA-256 by Python's hashlib and a Philox written in Python gave these six doubles.
  @Test func startsWhereTheHashOfItsPathSays() {
    var stream = RandomStream(path)
    let expected = [
      0.003867456480241893, 0.2984076087868829, 0.30259839349255846, 0.04044497275583703,
      0.09605606244515641, 0.14893996510609608,
    ]
    for value in expected { #expect(stream.uniform() == value) }
  }

  /// What this version draws; a change would change every result ever reported.
  @Test func keepsDrawingWhatItDrew() {
    var stream = RandomStream(path)
    #expect((0..<6).map { _ in stream.integer(below: 1000) } == [3, 298, 302, 40, 96, 148])
    #expect(stream.permutation(of: 8) == [2, 5, 0, 4, 3, 6, 1, 7])
    #expect(stream.choose(4, from: 20) == [2, 11, 15, 17])
    let normals = [
      -1.1957213374181055, -0.9410778454895179, -2.0808631021158965, 0.15147885309817224,
    ]
    #expect((0..<4).map { _ in stream.normal() } == normals)
  }

  @Test func theSamePathRepeatsAndAnyOtherDiffers() {
    func draws(_ path: StreamPath) -> [Double] {
      var stream = RandomStream(path)
      return (0..<20).map { _ in stream.normal() }
    }
    #expect(draws(path) == draws(path))
    let others = [
      path / "", StreamPath(seed: 2) / "replicate 3" / "initialization" / "fc.weight",
      StreamPath(seed: 1) / "replicate 3" / "initialization" / "fc.bias",
      StreamPath(seed: 1) / "replicate 3 / initialization" / "fc.weight", StreamPath(seed: 1),
    ]
    let all = Set(([path] + others).flatMap(draws))
    #expect(all.count == 20 * 6)
  }

  @Test func interleavedStreamsDrawWhatTheyDrawAlone() {
    let (first, second) = (path / "a", path / "b")
    func draw(_ stream: inout RandomStream, _ step: Int) -> Double {
      switch step % 4 {
      case 0: stream.uniform()
      case 1: stream.normal(mean: 1, standardDeviation: 2)
      case 2: Double(stream.integer(below: 1000))
      default: Double(stream.permutation(of: 5)[0])
      }
    }
    func alone(_ path: StreamPath) -> [Double] {
      var stream = RandomStream(path)
      return (0..<40).map { draw(&stream, $0) }
    }
    let (firstAlone, secondAlone) = (alone(first), alone(second))
    var one = RandomStream(first)
    var other = RandomStream(second)
    var otherStep = 0
    for step in 0..<40 {
      #expect(draw(&one, step) == firstAlone[step])
      for _ in 0..<(step % 3) where otherStep < 40 {
        #expect(draw(&other, otherStep) == secondAlone[otherStep])
        otherStep += 1
      }
    }
    #expect(otherStep > 30)
  }

  @Test func siblingStreamsAreUncorrelated() {
    var one = RandomStream(path / "a")
    var other = RandomStream(path / "b")
    let products = (0..<20_000).map { _ in one.normal() * other.normal() }
    #expect(hasMean(products, 0, standardDeviation: 1))
    var again = RandomStream(path / "a")
    var copy = RandomStream(path / "a")
    let squares = (0..<20_000).map { _ in again.normal() * copy.normal() }
    #expect(!hasMean(squares, 0, standardDeviation: 1))
  }

  @Test func uniformsAreUniformWith53Bits() {
    var stream = RandomStream(path / "uniform")
    let draws = (0..<20_000).map { _ in stream.uniform() }
    #expect(draws.allSatisfy { 0 <= $0 && $0 < 1 })
    #expect(draws.allSatisfy { ($0 * 0x1p53).rounded() == $0 * 0x1p53 })
    #expect(draws.contains { ($0 * 0x1p52).rounded() != $0 * 0x1p52 })
    #expect(
      areUniform(draws.reduce(into: Array(repeating: 0, count: 50)) { $0[Int($1 * 50)] += 1 }))
    let scaled = (0..<20_000).map { _ in stream.uniform(in: -3..<1) }
    #expect(scaled.allSatisfy { -3 <= $0 && $0 < 1 })
    #expect(hasMean(scaled, -1, standardDeviation: (16.0 / 12).squareRoot()))
    let narrow = 1..<1.0.nextUp
    #expect((0..<100).allSatisfy { _ in stream.uniform(in: narrow) == 1 })
  }

  @Test func normalsHaveTheirMomentsAndQuantiles() {
    var stream = RandomStream(path / "normal")
    let draws = (0..<40_000).map { _ in (stream.normal(mean: 5, standardDeviation: 2) - 5) / 2 }
    #expect(hasMean(draws, 0, standardDeviation: 1))
    #expect(hasMean(draws.map { $0 * $0 }, 1, standardDeviation: 2.0.squareRoot()))
    #expect(hasMean(draws.map { $0 * $0 * $0 }, 0, standardDeviation: 15.0.squareRoot()))
    let fourth = draws.map { $0 * $0 * $0 * $0 }
    #expect(hasMean(fourth, 3, standardDeviation: 96.0.squareRoot()))
    // The eighths of the standard normal distribution.
    let eighths = [-1.1503493803760079, -0.6744897501960817, -0.3186393639643752, 0]
    let edges = eighths + eighths.dropLast().reversed().map { -$0 }
    let counts = draws.reduce(into: Array(repeating: 0, count: 8)) { counts, draw in
      counts[edges.count { $0 < draw }] += 1
    }
    #expect(areUniform(counts))
    #expect(stream.normal(mean: 3, standardDeviation: 0) == 3)
  }

  @Test(arguments: [2, 3, 10, 97])
  func integersAreUniform(bound: Int) {
    var stream = RandomStream(path / "integers below \(bound)")
    let draws = (0..<bound * 500).map { _ in stream.integer(below: bound) }
    #expect(draws.allSatisfy { (0..<bound).contains($0) })
    #expect(areUniform(draws.reduce(into: Array(repeating: 0, count: bound)) { $0[$1] += 1 }))
  }

  /// Below ¾ · 2⁶³ a remainder taken without rejection would favour the lower two thirds.
  @Test func integersAreUniformUpToTheLargestBound() {
    var stream = RandomStream(path / "large integers")
    let bound = 3 << 61
    let thirds = (0..<3000).map { _ in stream.integer(below: bound) / (1 << 61) }
    #expect(areUniform(thirds.reduce(into: [0, 0, 0]) { $0[$1] += 1 }))
    let widest = (0..<1000).map { _ in stream.integer(below: .max) }
    #expect(widest.allSatisfy { $0 >= 0 })
    #expect(areUniform(widest.reduce(into: [0, 0]) { $0[$1 >> 62] += 1 }))
    #expect(stream.integer(below: 1) == 0)
  }

  @Test func permutationsAreUniform() {
    var stream = RandomStream(path / "permutations")
    var counts: [[Int]: Int] = [:]
    for _ in 0..<12_000 { counts[stream.permutation(of: 4), default: 0] += 1 }
    #expect(counts.count == 24)
    #expect(areUniform(Array(counts.values)))
    #expect(stream.permutation(of: 1000).sorted() == Array(0..<1000))
    #expect(stream.permutation(of: 0) == [])
  }

  @Test func shufflingFollowsThePermutationOfTheSameStream() {
    var stream = RandomStream(path / "shuffle")
    var again = RandomStream(path / "shuffle")
    let letters = (0..<50).map { String(repeating: "x", count: $0) }
    var shuffled = letters
    stream.shuffle(&shuffled)
    #expect(shuffled == again.permutation(of: 50).map { letters[$0] })
    #expect(shuffled != letters)
    #expect(Set(shuffled) == Set(letters))
  }

  @Test func choicesAreUniformAscendingSets() {
    var stream = RandomStream(path / "choices")
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 { counts[stream.choose(2, from: 5), default: 0] += 1 }
    #expect(counts.keys.allSatisfy { 0 <= $0[0] && $0[0] < $0[1] && $0[1] < 5 })
    #expect(counts.count == 10)
    #expect(areUniform(Array(counts.values)))
    #expect(stream.choose(0, from: 5) == [])
    #expect(stream.choose(0, from: 0) == [])
    #expect(stream.choose(5, from: 5) == [0, 1, 2, 3, 4])
  }

  @Test func fillsBuffersWithRoundedSingleDraws() {
    func filled(_ count: Int, with distribution: FillDistribution) -> [Float] {
      var stream = RandomStream(path / "fill")
      return Array(unsafeUninitializedCapacity: count) { buffer, initialized in
        stream.fill(.init(start: buffer.baseAddress, count: count), with: distribution)
        initialized = count
      }
    }
    var stream = RandomStream(path / "fill")
    let normals = filled(500, with: .normal(mean: 1, standardDeviation: 3))
    #expect(normals == (0..<500).map { _ in Float(stream.normal(mean: 1, standardDeviation: 3)) })
    stream = RandomStream(path / "fill")
    let uniforms = filled(500, with: .uniform(-2..<3))
    #expect(uniforms == (0..<500).map { _ in Float(stream.uniform(in: -2..<3)) })
    // Half of the doubles of this range round to its upper end in single precision.
    let narrow = 1..<Double(Float(1).nextUp)
    #expect(filled(200, with: .uniform(narrow)).allSatisfy { $0 == 1 })
    let signs = filled(6400, with: .signs)
    #expect(signs.allSatisfy { $0 == 1 || $0 == -1 })
    #expect(hasMean(signs.map(Double.init), 0, standardDeviation: 1))
    #expect(
      hasMean(zip(signs, signs.dropFirst(64)).map { Double($0 * $1) }, 0, standardDeviation: 1))
    #expect(filled(0, with: .signs) == [])
  }
}
