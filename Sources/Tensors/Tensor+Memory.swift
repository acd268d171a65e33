import CTorch

extension Tensor {
  /// Elements in this computer's memory without gaps.
  struct Memory {
    /// The first one; may be `nil` where there are none.
    let start: UnsafeMutableRawPointer?
    /// Whether they are in the order N, H, W, C and that is not row-major.
    let isChannelsLast: Bool

    func start<Element>(as type: Element.Type = Element.self) -> UnsafeMutablePointer<Element>? {
      start?.assumingMemoryBound(to: Element.self)
    }
  }

  /// Where the elements lie, as long as this tensor is alive; `nil` on a GPU, and where there are gaps.
  var memory: Memory? {
    var start: UnsafeMutableRawPointer?
    var isChannelsLast = false
    guard ct_memory(&start, &isChannelsLast, handle.pointer) else { return nil }
    return Memory(start: start, isChannelsLast: isChannelsLast)
  }

  /// Whether the elements lie row-major and without gaps in this computer's memory.
  var isRowMajor: Bool { memory?.isChannelsLast == false }

  /// The first element of a row-major tensor.
  func rowMajorStart() throws(TensorError) -> UnsafeMutableRawPointer? {
    guard let memory, !memory.isChannelsLast else {
      throw .operation("only a contiguous CPU tensor's memory can be read in place")
    }
    return memory.start
  }

  /// The same elements in the order of `other`: this tensor itself where they lie so.
  func lying(as other: Memory) throws(TensorError) -> Tensor {
    guard memory?.isChannelsLast != other.isChannelsLast else { return self }
    return try other.isChannelsLast ? channelsLast() : copy()
  }

  /// Throws where the elements are not of `wanted`.
  func require(_ wanted: ElementType) throws(TensorError) {
    let present = try type
    guard present == wanted else {
      throw .operation("elements are \(present.rawValue), not \(wanted.rawValue)")
    }
  }
}
