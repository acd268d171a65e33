import Digests
import Foundation
import Laboratory
import Recipes

extension CommandSpecification {
  /// Throws where a file of the user's program, from `folder`, is not what the recipe's key says.
  func requireUnchangedFiles(in folder: URL) throws {
    for (name, digest) in digests.sorted(by: { $0.key < $1.key }) {
      let path = name.hasPrefix("/") ? name : folder.appendingPathComponent(name).path
      let found = try? Digest.sha256(ofFile: path)
      guard found?.hexadecimal == digest else { throw ExperimentError.programChanged(path: path) }
    }
  }
}
