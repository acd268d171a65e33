/// `espalier inspect` of several files.
package struct MaskSetRequest: Hashable, Sendable, Codable {
  /// How a file tells which weights are kept.
  package enum Reading: String, Hashable, Sendable, Codable {
    /// It holds a mask: bools, or zeros and ones.
    case masks
    /// It holds weights; of tensors of two or more dimensions, what is not zero is kept.
    case weights
  }

  /// Paths of the files.
  package let paths: [String]
  /// How they tell what is kept.
  package let reading: Reading
  /// Whether a NaN among weights stands for a pruned one.
  package let nanIsPruned: Bool

  /// A request for what masks share.
  package init(paths: [String], reading: Reading, nanIsPruned: Bool) {
    self.paths = paths
    self.reading = reading
    self.nanIsPruned = nanIsPruned
  }
}

/// What masks keep of the tensors that they all have, and what every two of them share.
package struct MaskSetCounts: Hashable, Sendable, Codable {
  /// A tensor that every file has.
  package struct Tensor: Hashable, Sendable, Codable {
    /// Its name.
    package let name: String
    /// Its shape, the same in every file.
    package let shape: [Int]

    /// A tensor.
    package init(name: String, shape: [Int]) {
      self.name = name
      self.shape = shape
    }

    /// Its weights.
    package var size: Int { shape.reduce(1, *) }
  }

  /// One mask.
  package struct File: Hashable, Sendable, Codable {
    /// Where it is.
    package let path: String
    /// Weights it keeps of each of the tensors.
    package let kept: [Int]
    /// Tensors that it lacks and another file has.
    package let lacks: [String]

    /// A mask.
    package init(path: String, kept: [Int], lacks: [String]) {
      self.path = path
      self.kept = kept
      self.lacks = lacks
    }
  }

  /// Two masks.
  package struct Pair: Hashable, Sendable, Codable {
    /// Their places in the list of files.
    package let first, second: Int
    /// Weights that both keep of each of the tensors.
    package let both: [Int]
    /// The first weight that one of them keeps alone; `nil` where they are equal.
    package let difference: Difference?

    /// Two masks.
    package init(first: Int, second: Int, both: [Int], difference: Difference?) {
      self.first = first
      self.second = second
      self.both = both
      self.difference = difference
    }
  }

  /// A weight that only one of two masks keeps.
  package struct Difference: Hashable, Sendable, Codable {
    /// Its tensor.
    package let tensor: String
    /// Its index from 0 in every dimension.
    package let index: [Int]
    /// Whether the first mask keeps it.
    package let isInFirst: Bool

    /// A weight.
    package init(tensor: String, index: [Int], isInFirst: Bool) {
      self.tensor = tensor
      self.index = index
      self.isInFirst = isInFirst
    }
  }

  /// In the order of the first file.
  package let tensors: [Tensor]
  /// In the order of the request.
  package let files: [File]
  /// Every two files, the earlier one first.
  package let pairs: [Pair]

  /// What masks share.
  package init(tensors: [Tensor], files: [File], pairs: [Pair]) {
    self.tensors = tensors
    self.files = files
    self.pairs = pairs
  }
}
