package import Foundation
package import Recipes

/// Where a suite's files are looked for.
package struct SuiteContext: Sendable {
  /// The suite's folder: criterion commands run in it, and mask files are named from it.
  package let folder: URL
  /// Folders that may hold datasets, from `--data` or `ESPALIER_DATA`, first one first.
  package let dataFolders: [URL]
  /// Asks programs that train what they are.
  package let engines: EngineDescriptions

  /// A context from its folders; `engines` are not kept unless stated.
  package init(
    folder: URL, dataFolders: [URL], engines: EngineDescriptions = EngineDescriptions()
  ) {
    self.engines = engines
    // Workers run elsewhere, so their paths must not depend on the current folder.
    self.folder = folder.standardizedFileURL
    self.dataFolders = dataFolders.map(\.standardizedFileURL)
  }

  /// The folders in which files of `dataset` are looked for: each data folder itself, one of the
  /// dataset's name in it, and its usual one.
  package func folders(of dataset: DatasetKind) -> [URL] {
    dataFolders.flatMap { folder in
      [folder, folder.appending(path: dataset.name)]
        + (dataset.folder.map { [folder.appending(path: $0)] } ?? [])
    }
  }
}
