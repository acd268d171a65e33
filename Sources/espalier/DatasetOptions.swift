import ArgumentParser
import Foundation
import Recipes
import Suites

/// Folders that hold datasets.
struct DataFolders {
  let urls: [URL]

  /// `named`, or where there are none what ESPALIER_DATA says.
  init(_ named: [String]) {
    var folders = named
    if folders.isEmpty, let folder = ProcessInfo.processInfo.environment["ESPALIER_DATA"],
      !folder.isEmpty
    {
      folders = [folder]
    }
    urls = folders.map { URL(fileURLWithPath: $0, isDirectory: true) }
  }
}

/// `--dataset` and `--data` of commands on files of the user's.
struct DatasetOptions: ParsableArguments {
  @Option(
    help: """
      The dataset as a suite names it: \(DatasetOptions.names), or a mapping in quotes with the keys below \
      `dataset:`. Nothing is held out unless it says `validation:`.
      """)
  var dataset: String

  /// Those whose name says enough.
  private static var names: String {
    DatasetKind.all.filter { $0.mapping == nil }.map(\.name).joined(separator: ", ")
  }

  @Option(help: "A folder that holds datasets; may be repeated. Default: ESPALIER_DATA.")
  var data: [String] = []

  /// The dataset with its files; `seed` draws what is held out, as the seed of a suite does.
  func found(seed: UInt64) throws -> NamedDataset {
    try NamedDataset(reading: dataset, dataFolders: DataFolders(data).urls, seed: seed)
  }
}
