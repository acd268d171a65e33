extension LayerProgram {
  /// The same function of the weights for a constant image, on feature maps without repetitions.
  ///
  /// On an image of one value, a feature map differs from its middle only near its borders: a position is
  /// *inner* where its whole window is. All inner rows are equal, and so are all inner columns, so each
  /// operation of the leading chain reads a map with as few of them as give it one inner row of output,
  /// and rows that are left out come back by repetition. A map gets smaller by a multiple of the stride,
  /// so that windows lie at both borders as before. The chain ends before the first operation that is no
  /// convolution, pooling, batch norm or ReLU, or whose input is read twice; from there on all is as it was.
  ///
  /// - Parameters:
  ///   - height: rows of the image.
  ///   - width: its columns.
  /// - Returns: a program for an image of one pixel, or `nil` where the first operation ends the chain.
  package func reduced(height: Int, width: Int) -> LayerProgram? {
    var reads = [Int](repeating: 0, count: operations.count + 1)
    for operation in operations {
      reads[operation.input] += 1
      if let other = operation.kind.other { reads[other] += 1 }
    }
    var (reduced, value, done) = (LayerProgram(), 0, 0)
    var (rows, columns) = (Axis(constant: height), Axis(constant: width))
    chain: for operation in operations {
      guard operation.input == done, reads[done] == 1 else { break }
      switch operation.kind.reach {
      case .window:
        guard let window = operation.kind.window, let nextRows = rows.passed(through: window),
          let nextColumns = columns.passed(through: window)
        else { break chain }
        value = reduced.repeating(
          value, &rows, to: nextRows.missing * window.stride, &columns,
          to: nextColumns.missing * window.stride)
        (rows, columns) = (nextRows, nextColumns)
      case .position: break
      case .everywhere: break chain
      }
      value = reduced.append(operation.kind, value)
      done += 1
    }
    guard done > 0 else { return nil }
    value = reduced.repeating(value, &rows, to: 0, &columns, to: 0)
    let shift = value - done
    for operation in operations[done...] {
      _ = reduced.append(operation.kind.renumbered(by: shift), operation.input + shift)
    }
    return reduced
  }

  /// Repeats inner rows and columns until only so many are missing.
  private mutating func repeating(
    _ value: Int, _ rows: inout Axis, to missingRows: Int, _ columns: inout Axis,
    to missingColumns: Int
  ) -> Int {
    let (moreRows, moreColumns) = (rows.missing - missingRows, columns.missing - missingColumns)
    guard moreRows > 0 || moreColumns > 0 else { return value }
    (rows.missing, columns.missing) = (missingRows, missingColumns)
    return append(.repeated(position: rows.first, rows: moreRows, columns: moreColumns), value)
  }

  /// Height or width of a feature map.
  private struct Axis {
    /// Of the whole map.
    let extent: Int
    /// The first and last inner position of the whole map; none where the last is before the first.
    let first: Int, last: Int
    /// Inner positions left out, all but one at most.
    var missing: Int

    /// Of an image of one value, of which one pixel is present.
    init(constant extent: Int) {
      self.init(extent: extent, first: 0, last: extent - 1)
    }

    private init(extent: Int, first: Int, last: Int) {
      (self.extent, self.first, self.last) = (extent, first, last)
      missing = max(0, last - first)
    }

    /// Of the output, of which one inner position is present; `nil` where no window fits.
    func passed(through window: Window) -> Axis? {
      let (kernel, stride, padding) = (window.kernel, window.stride, window.padding)
      let room = extent + 2 * padding - kernel
      guard stride > 0, room >= 0 else { return nil }
      // Window i reads positions i·stride − padding and kernel − 1 more.
      let begin = last + padding - kernel + 1
      return Axis(
        extent: room / stride + 1, first: (first + padding + stride - 1) / stride,
        last: begin < 0 ? -1 : begin / stride)
    }
  }
}
