import Recipes

extension Reader {
  /// MNIST. Reference: LeCun, Bottou, Bengio & Haffner, Proceedings of the IEEE 86(11), 1998.
  static let mnist = Reader(idx: .mnist)
}
