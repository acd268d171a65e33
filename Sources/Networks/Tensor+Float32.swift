package import Tensors

extension Tensor {
  /// What keeps these numbers from being computed with in float32; `nil` for nothing.
  package var problemOfFloat32: String? {
    get throws {
      guard try !converted(to: .float32).isFinite() else { return nil }
      let values = try converted(to: .float64).elements(of: Double.self)
      guard values.allSatisfy(\.isFinite),
        let wide = values.first(where: { !Float($0).isFinite })
      else { return "holds NaN or infinity" }
      return "holds \(wide), beyond the largest number of float32, \(Float.greatestFiniteMagnitude)"
    }
  }
}
