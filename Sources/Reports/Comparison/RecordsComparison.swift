/// The rows behind two reports, each as a whole.
struct RecordsComparison: Equatable, Sendable {
  /// Rows of each.
  let before, after: Int
  /// Rows that are the same in every column that both have, but for those that tell how long a run took and where its
  /// results lie.
  let same: Int
  /// Columns that one of them has alone.
  let columnsOnlyBefore, columnsOnlyAfter: [String]

  /// What differs between two runs of the same.
  static let passing: Set = ["artifact", "seconds"]

  init(_ before: [[String: JSON]], _ after: [[String: JSON]]) {
    let (old, new) = (Set(before.flatMap(\.keys)), Set(after.flatMap(\.keys)))
    (columnsOnlyBefore, columnsOnlyAfter) = (
      old.subtracting(new).sorted(), new.subtracting(old).sorted()
    )
    let shared = old.intersection(new).subtracting(Self.passing)
    func counted(_ rows: [[String: JSON]]) -> [[String: JSON]: Int] {
      rows.reduce(into: [:]) { $0[$1.filter { shared.contains($0.key) }, default: 0] += 1 }
    }
    let others = counted(after)
    same = counted(before).reduce(0) { $0 + min($1.value, others[$1.key] ?? 0) }
    (self.before, self.after) = (before.count, after.count)
  }
}
