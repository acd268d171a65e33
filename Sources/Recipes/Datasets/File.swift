import Wording

extension DatasetKind {
  /// Examples in two files of the user's: tensors, or tables of numbers.
  package static let file = DatasetKind(
    name: "file", words: "two files of your own", source: "safetensors or CSV",
    options: [
      .examples(
        "train", column: "label", countsClasses: true, example: "train.safetensors",
        help: "tensors `inputs` and `labels`, or a table ending in .csv"),
      .examples(
        "test", column: "label", countsClasses: false, example: "test.safetensors",
        help: "likewise"),
      .text(
        "label", as: "name of a column", default: "label", help: "the column of a table's labels"),
      .integer(
        "classes", 0...65_536, default: 0, help: "0: the largest label of `train` and 1"),
    ],
    mapping: ("{name: file, train: train.safetensors, test: test.safetensors}", "its files"),
    files: ["train", "test"], validation: nil,
    // What the suite or the report then states; constants of others' images fit no data of one's own.
    normalization: { $0.examples("train").normalization },
    contents: { options in
      let (train, test) = (options.examples("train"), options.examples("test"))
      // Those of `test` are no more, unless a fault is told; until it is, labels must not be beyond them.
      return Contents(
        shape: train.shape,
        classes: max(options.integer("classes"), train.classes, test.classes),
        train: train.count, test: test.count)
    },
    check: { options in
      misfit(
        of: options.examples("train"), options.examples("test"),
        classes: options.integer("classes"))
    })

  private static func misfit(of train: ExampleFile, _ test: ExampleFile, classes: Int)
    -> OptionFault?
  {
    if classes > 0, classes < train.classes {
      return OptionFault(
        ["classes"],
        "`train` has a label \(train.classes - 1), and \(classes) classes are 0 to \(classes - 1);"
          + " write `classes: \(train.classes)` or mend the labels")
    }
    let known = max(classes, train.classes)
    if test.classes > known {
      return OptionFault(
        ["test"],
        "it has a label \(test.classes - 1), and the classes of `train` are 0 to \(known - 1); write"
          + " `classes: \(test.classes)` or mend the labels")
    }
    if known < 2 {
      return OptionFault(
        ["train"], "all of its labels are 0; give it examples of at least two classes")
    }
    if test.columns != train.columns {
      let wrong = zip(train.columns, test.columns).first { $0.0 != $0.1 }
      let what =
        wrong.map { "a column `\($0.1)` where `train` has `\($0.0)`" }
        ?? "\(Format.count(test.columns.count, "column")) beside the label where `train` has \(train.columns.count)"
      return OptionFault(
        ["test"], "it has \(what); write the same columns in the same order into both")
    }
    if test.shape != train.shape {
      return OptionFault(
        ["test"],
        "its examples have the shape \(test.shape.words) and those of `train` \(train.shape.words);"
          + " write both alike")
    }
    if test.elements != train.elements {
      return OptionFault(
        ["test"],
        "its inputs are \(test.elements.rawValue) and those of `train` \(train.elements.rawValue);"
          + " write both alike, so that one normalization fits both")
    }
    return nil
  }
}

extension Described<DatasetKind> {
  /// What the user's file of training examples holds; `nil` for any other dataset.
  package var trainingFile: ExampleFile? { self == .file ? options.examples("train") : nil }
}
