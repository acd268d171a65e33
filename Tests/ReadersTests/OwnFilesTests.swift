import Foundation
import Recipes
import Testing

@testable import Readers

@Suite("Files of examples of one's own")
struct OwnFilesTests {
  /// A safetensors file of these tensors in a new folder, and what reading it gives.
  private func read(
    _ tensors: [(name: String, type: String, shape: [Int], bytes: [UInt8])]
  ) throws -> (file: ExampleFile, examples: LabelledImages) {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a.safetensors").path
      try tensorFile(tensors).write(to: URL(fileURLWithPath: path))
      let file = try ExampleFile(reading: path, label: "label", countsClasses: true)
      return (file, try ExampleTensors(path).examples())
    }
  }

  private func read(
    table text: String, label: String = "label", name: String = "a.csv"
  ) throws -> (file: ExampleFile, examples: LabelledImages) {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: name).path
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      let file = try ExampleFile(reading: path, label: label, countsClasses: true)
      return (file, try ExampleTable(path, label: label).examples())
    }
  }

  /// The message without the folder's path.
  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return "\(error)".replacing(/\/[^ ]*\//, with: "")
    }
  }

  private let labels: (name: String, type: String, shape: [Int], bytes: [UInt8]) =
    ("labels", "U8", [2], [1, 0])

  @Test("images of bytes: shape, classes, and moments as fractions of 255")
  func bytes() throws {
    let (file, examples) = try read([
      ("inputs", "U8", [2, 2, 1, 2], [0, 51, 255, 255, 0, 51, 255, 255]), labels,
    ])
    #expect(file.format == .safetensors && file.elements == .bytes && file.columns == [])
    #expect(file.shape == ExampleShape(channels: 2, height: 1, width: 2))
    #expect(file.count == 2 && file.classes == 2)
    #expect(file.normalization.fullScale == 255)
    // Channel 0 holds 0 and 0.2; channel 1 is 1 everywhere, whose deviation is taken for 1.
    #expect(abs(file.normalization.mean[0] - 0.1) < 1e-12)
    #expect(abs(file.normalization.standardDeviation[0] - 0.1) < 1e-12)
    #expect(file.normalization.mean[1] == 1 && file.normalization.standardDeviation[1] == 1)
    #expect(examples.pixels == [0, 51, 255, 255, 0, 51, 255, 255] && examples.labels == [1, 0])
    #expect(file.digest.count == 64)
  }

  @Test(
    "floating-point numbers of every width",
    arguments: [
      ("F64", [0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0] as [UInt8]),
      ("F32", [0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0]), ("F16", [0, 0x3E, 0, 0xC0]),
      ("BF16", [0xC0, 0x3F, 0, 0xC0]),
    ])
  func numbers(_ type: String, _ bytes: [UInt8]) throws {
    let (file, examples) = try read([("inputs", type, [2, 1], bytes), labels])
    let numbers = try #require(examples.numbers)
    #expect(numbers == [1.5, -2])
    #expect(file.elements == .numbers)
    #expect(file.shape == ExampleShape(channels: 1, height: 1, width: 1))
    #expect(
      file.normalization
        == Normalization(fullScale: 1, mean: [-0.25], standardDeviation: [1.75]))
  }

  @Test("every float16 there is")
  func halves() throws {
    let values: [(UInt16, Float)] = [
      (0x0001, 0x1p-24), (0x03FF, 1023 * 0x1p-24), (0x0400, 0x1p-14), (0x7BFF, 65504),
      (0xBC00, -1), (0x8000, -0.0), (0x3555, 0.333251953125),
    ]
    let bytes = values.flatMap { [UInt8($0.0 & 255), UInt8($0.0 >> 8)] }
    let (_, examples) = try read([
      ("inputs", "F16", [1, values.count], bytes), ("labels", "U8", [1], [0]),
    ])
    let numbers = try #require(examples.numbers)
    #expect(numbers.map(\.bitPattern) == values.map(\.1.bitPattern))
  }

  @Test("rows of numbers are channels, pictures of two dimensions have one")
  func shapes() throws {
    let row = try read([("inputs", "U8", [2, 3], [1, 2, 3, 4, 5, 6]), labels]).file
    #expect(row.shape == ExampleShape(channels: 3, height: 1, width: 1))
    #expect(row.normalization.mean.count == 3)
    let grey = try read([("inputs", "U8", [2, 1, 3], [1, 2, 3, 4, 5, 6]), labels]).file
    #expect(grey.shape == ExampleShape(channels: 1, height: 1, width: 3))
    #expect(grey.normalization.mean.count == 1)
  }

  @Test("labels of every width", arguments: [("I8", 1), ("U16", 2), ("I32", 4), ("I64", 8)])
  func widths(_ type: String, _ size: Int) throws {
    let bytes = [3, 0].flatMap { [UInt8($0)] + [UInt8](repeating: 0, count: size - 1) }
    let (file, examples) = try read([
      ("inputs", "U8", [2, 1], [1, 2]), ("labels", type, [2], bytes),
    ])
    #expect(examples.labels == [3, 0] && file.classes == 4)
  }

  @Test("a table: its columns in order, quotes, blanks, CRLF, a mark and empty lines")
  func table() throws {
    let text = "\u{FEFF}a, \"b,c\" ,label\r\n1, 2.5 ,0\r\n\r\n-3e2,\"4\",1.0\r\n"
    let (file, examples) = try read(table: text)
    #expect(file.columns == ["a", "b,c"] && file.format == .table && file.count == 2)
    #expect(file.shape == ExampleShape(channels: 2, height: 1, width: 1))
    let numbers = try #require(examples.numbers)
    #expect(numbers == [1, 2.5, -300, 4] && examples.labels == [0, 1])
    #expect(file.normalization.mean == [-149.5, 3.25])
    let other = try read(table: "y,x\n0,7\n1,8\n", label: "y")
    #expect(other.file.columns == ["x"] && other.examples.labels == [0, 1])
  }

  @Test("what a table may not hold, with line and column")
  func tableFaults() {
    let cases: [(String, String)] = [
      ("", "is empty; write the columns' names into its first line"),
      (
        "a,b\n1,2\n",
        "line 1 names no column `label`, only `a`, `b`; name the labels' column by `label: NAME`;"
          + " columns are separated by commas"
      ),
      (
        "1,2\n3,4\n",
        "line 1 holds numbers and not the names of columns; write a first line of names, separated"
          + " by commas"
      ),
      (
        "label\n1\n",
        "has no column beside `label`; write the inputs into columns of their own, separated by commas"
      ),
      ("a,label\n", "has no line below its columns' names; write a line for each example"),
      (
        "a,label\n1,0\n2\n", "line 3 has 1 cell for 2 columns; write a number into each column"
      ),
      (
        "a,label\n1,0\nx,1\n",
        "line 3, column `a`: `x` is no finite number; write numbers alone, categories as columns of 0"
          + " and 1, and fill or drop what is missing"
      ),
      (
        "a,label\n\n,0\n",
        "line 3, column `a` is empty; write numbers alone, categories as columns"
          + " of 0 and 1, and fill or drop what is missing"
      ),
      (
        "a,label\nnan,0\n",
        "line 2, column `a`: `nan` is no finite number; write numbers alone, categories as columns of"
          + " 0 and 1, and fill or drop what is missing"
      ),
      (
        "a,label\n1,setosa\n",
        "line 2, column `label`: `setosa` is no class; number the classes from 0 to at most 65535"
      ),
      (
        "a,label\n1,-1\n",
        "line 2, column `label`: `-1` is no class; number the classes from 0 to at most 65535"
      ),
      (
        "a,label\n1,1\n2,2\n",
        "its smallest label is 1, and classes count from 0; subtract 1 from the labels of both files"
      ),
    ]
    for (text, expected) in cases {
      #expect(message { _ = try read(table: text) } == "a.csv: \(expected)")
    }
  }

  @Test("what tensors may not be, with the tensor's name")
  func tensorFaults() {
    typealias Tensors = [(name: String, type: String, shape: [Int], bytes: [UInt8])]
    let inputs: Tensors.Element = ("inputs", "U8", [2, 1], [1, 2])
    let cases: [(Tensors, String)] = [
      (
        [("x", "U8", [1], [1]), labels],
        "has no tensor `inputs`, only `labels`, `x`; write the tensors `inputs` [N, …] and `labels`"
          + " [N] into it"
      ),
      (
        [("inputs", "I64", [2, 1], [UInt8](repeating: 0, count: 16)), labels],
        "tensor 'inputs' has elements of type I64; write inputs as numpy.uint8 or numpy.float32"
      ),
      (
        [inputs, ("labels", "F32", [2], [UInt8](repeating: 0, count: 8))],
        "tensor 'labels' has elements of type F32; write labels as whole numbers, such as numpy.int64"
      ),
      (
        [("inputs", "U8", [2], [1, 2]), labels],
        "tensor 'inputs' has shape [2]; inputs are [N, numbers], [N, height, width] or [N, channels,"
          + " height, width], none of them 0"
      ),
      (
        [inputs, ("labels", "U8", [2, 1], [0, 1])],
        "tensor 'labels' has shape [2, 1]; labels are [N], one number for each example"
      ),
      (
        [inputs, ("labels", "U8", [3], [0, 1, 0])],
        "tensor 'labels' has 3 labels and 'inputs' 2 examples; write one label for each example"
      ),
      (
        [("inputs", "F32", [2, 1], [0, 0, 0, 0, 0, 0, 0xC0, 0x7F]), labels],
        "tensor 'inputs' holds nan (number 0 of example 1, from 0); write finite float32 numbers"
      ),
      (
        [inputs, ("labels", "I16", [2], [0, 0, 0xFE, 0xFF])],
        "tensor 'labels' holds -2 (example 1, from 0); classes are whole numbers from 0 to 65535"
      ),
    ]
    for (tensors, expected) in cases {
      #expect(message { _ = try read(tensors) } == "a.safetensors: \(expected)")
    }
  }

  @Test("NumPy's files are refused with the lines that convert them")
  func numpy() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "train.npz").path
      try Data(
        Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: 26) + Array("inputs.npy".utf8)
      )
      .write(to: URL(fileURLWithPath: path))
      #expect(
        message { _ = try ExampleFile(reading: path, label: "label", countsClasses: true) } == """
          train.npz: is an archive of NumPy's (.npz), no safetensors file; convert it in Python, its \
          arrays' names in place of these:
              import numpy, safetensors.numpy
              data = numpy.load("train.npz")
              safetensors.numpy.save_file({"inputs": data["inputs"], "labels": data["labels"]}, \
          "train.safetensors")
          """)
      let missing = folder.appending(path: "b.csv").path
      #expect(
        message { _ = try ExampleFile(reading: missing, label: "label", countsClasses: true) }
          == "b.csv: cannot be read (no such file or directory); name a file that ends in"
          + " .safetensors or .csv, from the suite's folder")
    }
  }

  @Test("the reader gives both parts, and their classes without the inputs")
  func reader() throws {
    try withTemporaryFolder { folder in
      var (paths, options): ([String: String], [String: OptionValue]) = ([:], [:])
      for (name, text) in [("train", "a,label\n1,0\n2,1\n3,2\n"), ("test", "a,label\n4,1\n")] {
        paths[name] = folder.appending(path: "\(name).csv").path
        try Data(text.utf8).write(to: URL(fileURLWithPath: paths[name]!))
        options[name] = .examples(
          try ExampleFile(reading: paths[name]!, label: "label", countsClasses: name == "train"))
      }
      let source = DatasetSource(.file, options)
      #expect(source.classes == 3 && source.trainCount == 3 && source.testCount == 1)
      #expect(source.areImages == false)
      let digests = source.files.map { source.options.examples($0).digest }
      let parts = try DatasetParts(
        reading: specification(source, digests: digests), paths: paths)
      #expect(parts.training.labels == [0, 1, 2] && parts.test.labels == [1])
      let counts = try ClassCounts(
        of: .test, specification(source, digests: digests), paths: paths)
      #expect(counts.counts == [0, 1, 0])
      // A file that changed is not taken for the one the plan was made for.
      try Data("a,label\n5,1\n".utf8).write(to: URL(fileURLWithPath: paths["test"]!))
      #expect(throws: DatasetError.self) {
        try DatasetParts(reading: specification(source, digests: digests), paths: paths)
      }
    }
  }
}

extension LabelledImages {
  /// Inputs that are numbers; `nil` for bytes.
  fileprivate var numbers: [Float]? {
    guard case .numbers(let numbers) = inputs else { return nil }
    return numbers
  }
}

/// A safetensors file with one tensor after the other.
private func tensorFile(
  _ tensors: [(name: String, type: String, shape: [Int], bytes: [UInt8])]
) -> Data {
  var (entries, data): ([String], [UInt8]) = ([], [])
  for (name, type, shape, bytes) in tensors {
    entries.append(
      #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"#
        + #""data_offsets":[\#(data.count),\#(data.count + bytes.count)]}"#)
    data += bytes
  }
  let header = "{" + entries.joined(separator: ",") + "}"
  var file = Data()
  withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { file.append(contentsOf: $0) }
  return file + Data(header.utf8) + Data(data)
}
