/// The pixels of a folder of images, decoded once: an input of whatever reads their examples.
package struct ImagesRecipe: Work {
  package static let kind = "images"
  package static let schema = 1

  /// What the folder holds.
  package let folder: ImageFolderSpecification
  /// SHA-256 of its contents.
  package let digest: String

  /// The images of `dataset`; `nil` where it is read from other files, or from none.
  package init?(of dataset: DatasetSpecification) {
    guard let folder = dataset.source.imageFolder, let digest = dataset.digests.first else {
      return nil
    }
    self.folder = folder
    self.digest = digest
  }

  /// Images that are decoded at once: enough for all cores, little memory.
  package var batch: Int { min(max((256 << 20) / max(folder.shape.count, 1), 1), 2048) }

  package var reads: [Reading] { [] }

  /// Opening a file takes some 0.1 ms, decoding a second for 150 MB of pixels.
  package var cost: Double {
    let images = Double(folder.train) + Double(folder.test)
    return Estimate.least + images * (1e-4 + Double(folder.shape.count) / 1.5e8)
  }

  package var memory: Double { 2 * Double(batch) * Double(folder.shape.count) }
}
