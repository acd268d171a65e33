import Randomness

extension StreamPath {
  /// A number for a program to draw by, from 0 to below 2⁵³, which every language's numbers hold.
  var seedOfProgram: UInt64 {
    var stream = RandomStream(self / "program")
    return UInt64(stream.integer(below: 1 << 53))
  }
}
