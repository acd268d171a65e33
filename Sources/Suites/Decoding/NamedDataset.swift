package import Foundation
package import Recipes
import Yams

/// A dataset named on the command line, in the words of a suite's `dataset:`.
package struct NamedDataset: Hashable, Sendable {
  /// The dataset; nothing is held out for validation unless the words say so.
  package let specification: DatasetSpecification
  /// Where its files are, by the names in `DatasetSource.files`.
  package let paths: [String: String]

  /// Finds and digests the dataset that `text` names: `mnist`, or a mapping such as
  /// `{name: gaussian-mixture, classes: 4, dimension: 16, train: 400, test: 200}`.
  ///
  /// - Parameters:
  ///   - text: a dataset in a suite's words.
  ///   - option: what messages call the text, such as `--dataset`.
  ///   - dataFolders: where its files are looked for.
  ///   - seed: draws validation examples where some are held out.
  /// - Throws: ``SuiteError`` with every mistake in `text`, and files that are missing.
  package init(
    reading text: String, option: String = "--dataset", dataFolders: [URL], seed: UInt64 = 1
  ) throws(SuiteError) {
    let findings = Findings(file: option)
    let folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true)
    let files = SuiteFiles(context: SuiteContext(folder: folder, dataFolders: dataFolders))
    let root = Field(
      node: Self.node(text, findings), path: "", line: 1, findings: findings)
    try findings.throwProblems()
    let found = root.dataset(seed: seed, files: files)
    if let source = found?.source, !Self.isRead(source.descriptor) {
      root.report(
        source.imageFolder == nil
          ? .inapplicable(
            owner: "commands that need examples", remedy: "name a dataset that has some")
          : .inapplicable(
            owner: "commands on files of your own",
            remedy: "folders of images are read by suites alone"))
    }
    try findings.throwProblems()
    guard let found else { preconditionFailure("\(option): a dataset that cannot be decoded") }
    specification = found
    paths = files.settings.paths(of: found.source, found.digests)
  }

  /// The YAML value, with `validation: 0` where it says nothing else.
  private static func node(_ text: String, _ findings: Findings) -> Node {
    let parsed: Node?
    do {
      parsed = try Yams.compose(yaml: text)
    } catch {
      findings.add(.malformed("\(error)"), line: 1, path: "")
      return Node("")
    }
    guard let parsed else { return Node("") }
    if let name = parsed.scalar?.string {
      guard let kind = DatasetKind.named(name), kind.mapping == nil else { return parsed }
      return Node([(Node("name"), parsed), (Node("validation"), Node("0"))])
    }
    guard var mapping = parsed.mapping, mapping["validation"] == nil,
      let name = mapping["name"]?.scalar?.string, DatasetKind.named(name).map(isRead) ?? true
    else { return parsed }
    mapping["validation"] = Node("0")
    return .mapping(mapping)
  }

  /// Whether commands read examples of `kind`.
  private static func isRead(_ kind: DatasetKind) -> Bool {
    ![DatasetKind.images.name, DatasetKind.shapeOnly.name].contains(kind.name)
  }
}
