import Connectivity
import Foundation
import Randomness
import Testing

@Suite struct LinearAssignmentTests {
  private func total(_ columns: [Int], _ values: [Double]) -> Double {
    columns.indices.reduce(0) { $0 + values[$1 * columns.count + columns[$1]] }
  }

  private func isPermutation(_ columns: [Int]) -> Bool {
    columns.sorted().elementsEqual(columns.indices)
  }

  /// The best total over all permutations.
  private func exhaustive(_ values: [Double], _ size: Int) -> Double {
    func best(from row: Int, _ free: [Int]) -> Double {
      guard row < size else { return 0 }
      return free.map { column in
        values[row * size + column] + best(from: row + 1, free.filter { $0 != column })
      }.max()!
    }
    return best(from: 0, Array(0..<size))
  }

  @Test(arguments: 0...7) func noPermutationIsBetter(size: Int) {
    var stream = RandomStream(StreamPath(seed: 1) / "values \(size)")
    for trial in 0..<(size < 6 ? 40 : 4) {
      // Every third matrix has many ties.
      let values = (0..<size * size).map { _ in
        trial % 3 == 0 ? Double(stream.integer(below: 3)) : stream.normal()
      }
      let columns = LinearAssignment.maximizing(values, size: size)
      #expect(isPermutation(columns))
      #expect(abs(total(columns, values) - exhaustive(values, size)) < 1e-12)
    }
  }

  /// One problem of `assignment.json`, which `assignment.py` made with SciPy 1.17.1 and NumPy 2.4.6.
  struct Problem: Decodable {
    let name: String
    let size: Int
    let values: [Double]
    let columns: [Int]
    let total: Double
  }

  @Test func totalsAreSciPys() throws {
    let file = try #require(Bundle.module.url(forResource: "assignment", withExtension: "json"))
    let problems = try JSONDecoder().decode([Problem].self, from: Data(contentsOf: file))
    #expect(problems.count == 6)
    for problem in problems {
      let columns = LinearAssignment.maximizing(problem.values, size: problem.size)
      #expect(isPermutation(columns), "\(problem.name)")
      #expect(
        abs(total(columns, problem.values) - problem.total) <= 1e-12 * abs(problem.total),
        "\(problem.name)")
      // Without ties there is one best assignment.
      if !problem.name.contains("ties") { #expect(columns == problem.columns, "\(problem.name)") }
    }
  }

  @Test func equalValuesLeaveRowsWhereTheyAre() {
    let columns = LinearAssignment.maximizing(Array(repeating: 2.5, count: 36), size: 6)
    #expect(isPermutation(columns))
    #expect(columns == LinearAssignment.maximizing(Array(repeating: -1, count: 36), size: 6))
  }

  @Test func manyUnitsAreAssignedToo() {
    let size = 512
    var stream = RandomStream(StreamPath(seed: 2) / "large")
    let hidden = stream.permutation(of: size)
    var values = (0..<size * size).map { _ in stream.uniform() }
    for row in 0..<size { values[row * size + hidden[row]] += 1 }
    #expect(LinearAssignment.maximizing(values, size: size) == hidden)
    let noise = (0..<size * size).map { _ in stream.normal() }
    #expect(isPermutation(LinearAssignment.maximizing(noise, size: size)))
  }
}
