import Images
import Recipes

extension Reader {
  /// A folder of images.
  static let images = Reader(
    .images, read: ImageFolderFile.read,
    visitLabels: { _, _, _, folder, body in
      _ = folder.enumerated().allSatisfy { label, count in
        (0..<count).allSatisfy { _ in body(label) }
      }
    })
}

/// A folder of images from the file that its pixels were decoded into.
enum ImageFolderFile {
  /// Training and test part; `paths` names the file of decoded pixels.
  static func read(_ specification: DatasetSpecification, paths: [String: String]) throws
    -> (training: LabelledImages, test: LabelledImages)
  {
    guard let folder = specification.source.imageFolder,
      let path = paths[ImageFolderSpecification.file]
    else {
      throw DatasetError.missing(file: "the decoded images", problem: "were not prepared")
    }
    let images = try DecodedImages(readingFrom: path, specification: folder)
    if let wrong = images.labels.first(where: { $0 >= folder.classes }) {
      throw DatasetError.malformed(
        file: path, problem: "holds the label \(wrong); there are \(folder.classes) classes")
    }
    func part(_ range: Range<Int>) -> LabelledImages {
      let size = folder.shape.count
      return LabelledImages(
        shape: folder.shape,
        pixels: Array(images.pixels[(range.lowerBound * size)..<(range.upperBound * size)]),
        labels: Array(images.labels[range]))
    }
    return (part(0..<folder.train), part(folder.train..<images.labels.count))
  }
}
