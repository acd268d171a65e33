import Reports
import Statistics
import Wording

extension AnatomyMasks {
  /// What the column of positions says.
  static var positionWords: Markdown.Block {
    .paragraph(
      """
      \(emphasis: "Positions") are the places of a convolution's kernel, by row and column from 0, of which least is kept and \
      most.
      """)
  }

  /// Which positions of a convolution's kernels keep least and most, with their parts kept: `8.1 % at [0, 0] to 14 %
  /// at [1, 1]`, row and column from 0, on average over replicates.
  static func positions(_ rows: [AnatomyRow]) -> String {
    let found = rows.compactMap { row in
      row.positionsKept.flatMap { kept in
        row.kernels.map { kernels in kept.map { Double($0) / Double(max(1, kernels)) } }
      }
    }
    guard let count = found.first?.count, found.allSatisfy({ $0.count == count }) else {
      return Format.missing
    }
    let shares = (0..<count).map { position in Sample.mean(found.map { $0[position] }) }
    let side = Int(Double(count).squareRoot().rounded())
    guard let least = shares.indices.min(by: { shares[$0] < shares[$1] }),
      let most = shares.indices.max(by: { shares[$0] < shares[$1] }), side * side == count
    else { return Format.missing }
    func words(_ position: Int) -> String {
      "\(Format.percent(shares[position])) at [\(position / side), \(position % side)]"
    }
    return shares[least] == shares[most]
      ? Format.percent(shares[least]) : "\(words(least)) to \(words(most))"
  }
}
