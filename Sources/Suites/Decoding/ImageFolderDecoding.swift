import Foundation
import Images
package import Recipes

extension Field {
  /// Reads the name of a folder of images and looks at every image below it.
  package func imageFolder(_ files: SuiteFiles) -> ImageFolderSpecification? {
    guard let name = text("a folder that holds train/CLASS/ and test/CLASS/ or val/CLASS/") else {
      return nil
    }
    do {
      let scan = try files.imageFolder(named: name)
      if scan.specification.converted > 0 {
        report(.imagesConverted(scan.specification.converted))
      }
      if let warned = scan.warned {
        report(
          .imagesWarned(count: warned.count, first: warned.first, words: warned.words))
      }
      let passedOver = scan.passedOver
      if let first = passedOver.first {
        report(
          .filesPassedOver(
            files: passedOver.files, folders: passedOver.folders, first: first))
      }
      return scan.specification
    } catch {
      report(.imageFolder("\(error)"))
      return nil
    }
  }
}
