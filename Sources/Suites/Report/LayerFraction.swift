import Recipes

extension [LayerCount] {
  /// The fraction of a layer that is kept.
  package func fraction(of name: String) -> Double? {
    first { $0.name == name }.map { Double($0.kept) / Double($0.size) }
  }
}
