import Foundation
import Images
import Recipes

extension Field {
  /// Reads `dataset: folder:` and looks at every image below it.
  func imageFolder(_ fields: Fields<DatasetKey>, files: SuiteFiles) -> ImageFolderSpecification? {
    guard let field = fields.required(.folder, example: "folder: tiny-imagenet-200"),
      let name = field.text("a folder that holds train/CLASS/ and test/CLASS/ or val/CLASS/")
    else { return nil }
    do {
      let scan = try files.imageFolder(named: name)
      if scan.specification.converted > 0 {
        field.report(.imagesConverted(scan.specification.converted))
      }
      if let warned = scan.warned {
        field.report(
          .imagesWarned(count: warned.count, first: warned.first, words: warned.words))
      }
      let passedOver = scan.passedOver
      if let first = passedOver.first {
        field.report(
          .filesPassedOver(
            files: passedOver.files, folders: passedOver.folders, first: first))
      }
      return scan.specification
    } catch {
      field.report(.imageFolder("\(error)"))
      return nil
    }
  }
}
