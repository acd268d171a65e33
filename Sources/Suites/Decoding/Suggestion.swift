/// Finds the name a user may have meant.
package enum Suggestion {
  /// The name of `known` nearest to `name`, whatever the case, hyphens and underscores; `nil` where none is
  /// near: more than a third of the letters differ.
  package static func nearest(to name: String, among known: [String]) -> String? {
    let letters = letters(of: name)
    let ranked = known.map { (name: $0, distance: distance(letters, Self.letters(of: $0))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, max(name.count, best.name.count) / 3) ? best.name : nil
  }

  private static func letters(of name: String) -> String {
    // A name of this length is near to none.
    String(name.prefix(200)).lowercased().filter { !"-_ ".contains($0) }
  }

  /// Insertions, deletions, substitutions and swaps of neighbours that turn `left` into `right`
  /// (optimal string alignment).
  package static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
    var before: [Int] = []
    var above = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        var best = min(
          above[column + 1] + 1, current[column] + 1,
          above[column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, before[column - 1] + 1)
        }
        current.append(best)
      }
      (before, above) = (above, current)
    }
    return above[right.count]
  }
}
