import Images
package import Laboratory
package import Recipes

/// How many images were decoded.
package struct ImagesResult: Encodable {
  /// Training and test images.
  let train, test: Int
}

extension ImagesRecipe: SoloAct {
  /// Decodes the folder of images, on all cores: whatever reads its examples waits for it.
  package func make(_ bench: Workbench, _ assignment: Assignment) throws -> ImagesResult {
    guard let path = bench.settings.path(of: ImageFolderSpecification.file, digest: digest) else {
      throw ExperimentError.imagesNotFound(digest: digest)
    }
    try DecodedImages.write(
      ImageFolder(listing: path), folder, digest: digest, batch: batch,
      to: assignment.output(ArtifactFile.images).path
    ) { assignment.report(Double($0) / Double(folder.train + folder.test)) }
    return ImagesResult(train: folder.train, test: folder.test)
  }
}
