extension Sequence {
  /// The elements by a key of theirs, which ascends.
  package func grouped<Key: Hashable & Comparable>(by key: (Element) -> Key)
    -> [(key: Key, value: [Element])]
  {
    Dictionary(grouping: self, by: key).sorted { $0.key < $1.key }
  }

  /// The elements by a key of theirs, in the order in which the keys first come.
  package func groupedInOrder<Key: Hashable>(by key: (Element) -> Key)
    -> [(key: Key, value: [Element])]
  {
    let groups = Dictionary(grouping: self, by: key)
    return map(key).distinct.compactMap { key in groups[key].map { (key, $0) } }
  }

  /// Runs of neighbours each of which belongs with the one before it.
  package func chunked(where belongs: (Element, Element) -> Bool) -> [[Element]] {
    var chunks: [[Element]] = []
    for element in self {
      if let last = chunks.last?.last, belongs(last, element) {
        chunks[chunks.count - 1].append(element)
      } else {
        chunks.append([element])
      }
    }
    return chunks
  }
}

extension Sequence where Element: Hashable {
  /// Each element once, in the order in which they first come.
  package var distinct: [Element] {
    var known: Set<Element> = []
    return filter { known.insert($0).inserted }
  }
}
