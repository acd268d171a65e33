import Digests
import Foundation
package import Laboratory
import Networks
import Pruning
package import Recipes

extension ImportedMaskRecipe: SoloAct {
  /// Checks a mask of the user's and takes it into the store.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> MaskResult {
    let network = Network(problem)
    guard let path = bench.settings.maskPaths[digest] else {
      throw ExperimentError.maskNotFound(digest: digest)
    }
    guard try Digest.sha256(ofFile: path).hexadecimal == digest else {
      throw ExperimentError.maskChanged(path: path)
    }
    let mask = try Mask(
      readingFrom: URL(fileURLWithPath: path), for: network,
      names: FileNames(renames: renames ?? []) { _ in })
    try mask.write(to: assignment.output(ArtifactFile.mask))
    return MaskResult(audit: try MaskAudit(of: mask, in: network), ranking: nil, change: nil)
  }
}
