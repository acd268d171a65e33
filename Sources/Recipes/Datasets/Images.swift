extension DatasetKind {
  /// Photographs in one folder per class, JPEG or PNG.
  package static let images = DatasetKind(
    name: "images", words: "a folder of images",
    source: "JPEG or PNG, or as Tiny ImageNet has them",
    options: [
      .folder(
        "folder", example: "tiny-imagenet-200",
        help: "holds train/CLASS/ and test/CLASS/ or val/CLASS/")
    ],
    mapping: ("{name: images, folder: tiny-imagenet-200}", "its folder"),
    files: [ImageFolderSpecification.file], validation: nil,
    // ImageNet's, as torchvision states them; grey images have no usual ones.
    normalization: { options in
      folder(of: options).shape.channels == 3
        ? Normalization(
          fullScale: 255, mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225])
        : Normalization(fullScale: 255, mean: [0.5], standardDeviation: [0.25])
    },
    contents: { options in
      let folder = folder(of: options)
      return Contents(
        shape: folder.shape, classes: folder.classes, train: folder.train, test: folder.test)
    })

  private static func folder(of options: OptionValues) -> ImageFolderSpecification {
    guard case .folder(let folder)? = options["folder"] else {
      preconditionFailure("images without their folder")
    }
    return folder
  }
}

extension Described<DatasetKind> {
  /// What the folder of images holds; `nil` for any other dataset.
  package var imageFolder: ImageFolderSpecification? {
    guard case .folder(let folder)? = options["folder"] else { return nil }
    return folder
  }
}
