import ArgumentParser
import Foundation
import Recipes
import Suites

/// `--data`: folders that hold datasets.
struct DataFolders: ParsableArguments {
  @Option(help: "A folder that holds datasets; may be repeated. Default: ESPALIER_DATA.")
  var data: [String] = []

  /// Those that are named, or where there are none what ESPALIER_DATA says.
  var urls: [URL] {
    let usual = ProcessInfo.processInfo.environment["ESPALIER_DATA"] ?? ""
    let folders = data.isEmpty && !usual.isEmpty ? [usual] : data
    return folders.map { URL(fileURLWithPath: $0, isDirectory: true) }
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

  @OptionGroup var dataFolders: DataFolders

  /// The dataset with its files; `seed` draws what is held out, as the seed of a suite does.
  func found(seed: UInt64) throws -> NamedDataset {
    try NamedDataset(reading: dataset, dataFolders: dataFolders.urls, seed: seed)
  }
}
