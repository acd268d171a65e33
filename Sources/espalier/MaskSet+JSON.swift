import Foundation
import Recipes
import Statistics

extension MaskSet {
  /// The answer for programs: files, tensors, and every two masks, tensor by tensor and together.
  func json() throws -> String { try Output.json(Answer(self)) }

  private struct Answer: Encodable {
    let tensors: [MaskSetCounts.Tensor]
    let files: [MaskSetCounts.File]
    let pairs: [Two]

    init(_ set: MaskSet) throws {
      let counts = set.counts
      (tensors, files) = (counts.tensors, counts.files)
      let names = counts.tensors.filter { $0.size > 0 }.map(\.name)
      pairs = try set.pairs.map { try Two($0, counts.files, names) }
    }
  }

  private struct Two: Encodable {
    let first, second: String
    let both, differing: Int
    let expected, standardDeviation, z, p, adjustedP: Double
    let isApproximate: Bool
    let jaccard, expectedJaccard: Double?
    let firstDifference: MaskSetCounts.Difference?
    let tensors: [Part]

    init(_ pair: Pair, _ files: [MaskSetCounts.File], _ names: [String]) throws {
      (first, second) = (files[pair.first].path, files[pair.second].path)
      (both, differing) = (pair.test.both, pair.differing)
      (expected, standardDeviation) = (pair.test.expected, pair.test.standardDeviation)
      (z, p, adjustedP) = (pair.test.zScore, pair.test.pValue, pair.adjusted)
      isApproximate = pair.test.isApproximate
      (jaccard, expectedJaccard) = (pair.test.jaccard, pair.test.expectedJaccard)
      firstDifference = pair.difference
      tensors = try zip(names, pair.layers).map { try Part($0, $1) }
    }
  }

  /// One tensor of two masks; its p is exact, and not adjusted.
  private struct Part: Encodable {
    let tensor: String
    let size, first, second, both: Int
    let expected, standardDeviation, p: Double
    /// Least and most that 95 % of random masks share.
    let usual: [Int]
    let jaccard: Double?

    init(_ tensor: String, _ test: OverlapTest) throws {
      self.tensor = tensor
      (size, first, second) = (test.law.population, test.law.marked, test.law.drawn)
      (both, expected) = (test.overlap, test.law.mean)
      standardDeviation = test.law.variance.squareRoot()
      let range = try test.law.centralRange(level: 0.95)
      usual = [range.lowerBound, range.upperBound]
      (p, jaccard) = (test.pValue, test.jaccard)
    }
  }
}
