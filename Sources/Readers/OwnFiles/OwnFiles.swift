package import Recipes
import Wording

extension Reader {
  /// Two files of the user's.
  static let file = Reader(
    .file,
    read: { specification, paths in
      let files = try FileDigest.check(specification, paths: paths)
      let parts = try zip(specification.source.files, files).map { name, path in
        try OwnFile.examples(
          path, specification.source.options.examples(name), specification.source)
      }
      return (parts[0], parts[1])
    },
    visitLabels: { (source, part, paths, _, body) throws(DatasetError) in
      let name = source.files[part == .training ? 0 : 1]
      let path = try FileDigest.path(of: name, in: paths)
      let labels = try OwnFile.labels(path, source.options.examples(name).format, source)
      _ = labels.allSatisfy { body(Int($0)) }
    })
}

/// A file of examples of the user's, of either format.
enum OwnFile {
  /// Its examples; its digest was checked.
  static func examples(_ path: String, _ file: ExampleFile, _ source: DatasetSource)
    throws(DatasetError) -> LabelledImages
  {
    switch file.format {
    case .safetensors: try ExampleTensors(path).examples()
    case .table: try ExampleTable(path, label: source.labelColumn).examples()
    }
  }

  /// Its labels alone.
  static func labels(_ path: String, _ format: ExampleFile.Format, _ source: DatasetSource)
    throws(DatasetError) -> [UInt16]
  {
    switch format {
    case .safetensors: try ExampleTensors(path).labels()
    case .table: try ExampleTable(path, label: source.labelColumn).labels()
    }
  }
}

extension DatasetSource {
  /// The column of a table that holds labels.
  fileprivate var labelColumn: String {
    guard case .name(let name)? = options["label"] else {
      preconditionFailure("\(self.name) without a column of labels")
    }
    return name
  }
}

extension ExampleFile {
  /// Reads the whole of the file at `path`, a table where its name ends in .csv or .csv.gz.
  ///
  /// - Parameters:
  ///   - label: the column of a table that holds labels.
  ///   - countsClasses: whether classes are counted by its labels, so that they must begin at 0.
  /// - Throws: ``DatasetError`` for what cannot be trained on, with the tensor, or the line and the column.
  package init(reading path: String, label: String, countsClasses: Bool) throws(DatasetError) {
    let isTable = path.hasSuffix(".csv") || path.hasSuffix(".csv.gz")
    let (examples, columns): (LabelledImages, [String])
    if isTable {
      let table = try ExampleTable(path, label: label)
      (examples, columns) = (try table.examples(), table.columns)
    } else {
      (examples, columns) = (try ExampleTensors(path).examples(), [])
    }
    if countsClasses, let least = examples.labels.min(), least > 0 {
      throw .unfit(
        file: path, problem: "its smallest label is \(least), and classes count from 0",
        remedy: "subtract \(least) from the labels of both files")
    }
    let digest: String
    do throws(FileFault) {
      digest = try FileDigest.digest(of: path)
    } catch {
      throw .unfit(
        file: path, problem: error.problem, remedy: "check that it exists and may be read")
    }
    self.init(
      digest: digest, format: isTable ? .table : .safetensors,
      elements: examples.isOfBytes ? .bytes : .numbers, shape: examples.shape,
      count: examples.count, classes: Int(examples.labels.max() ?? 0) + 1, columns: columns,
      normalization: examples.moments)
  }
}
