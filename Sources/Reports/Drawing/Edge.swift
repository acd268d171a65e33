/// A directed piece of the border of a region.
typealias Edge = (from: Position, to: Position)

/// Edges joined end to end. At every place as many begin as end, so that each way leads back.
func loops(of edges: [Edge]) -> [[Position]] {
  var beginning = Dictionary(grouping: edges.indices.reversed(), by: { edges[$0].from })
  var isUsed = Array(repeating: false, count: edges.count)
  return edges.indices.compactMap { first in
    guard !isUsed[first] else { return nil }
    var loop: [Position] = []
    var next: Int? = first
    while let edge = next {
      isUsed[edge] = true
      loop.append(edges[edge].from)
      repeat { next = beginning[edges[edge].to]?.popLast() } while next.map { isUsed[$0] } == true
    }
    return loop
  }
}
