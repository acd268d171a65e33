import Recipes

extension DatasetSource {
  /// SHA-256 of the file that the toolkit carries for this source; `nil` where it carries none.
  var embeddedDigest: String? {
    switch self {
    case .digits: "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22"
    case .mnist, .gaussianMixture, .teacherStudent: nil
    }
  }
}
