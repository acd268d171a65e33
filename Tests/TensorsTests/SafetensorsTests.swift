import Foundation
import Recipes
import Tensors
import Testing

@Suite struct SafetensorsTests {
  @Test func everyTypeNameAndShapeComesBack() throws {
    let tensors: [(name: String, tensor: Tensor)] =
      try ElementType.allCases.map {
        ("of \($0.rawValue)", try Tensor(repeating: 1, shape: [2, 3], type: $0))
      } + [
        ("größe/β \"quoted\" \\ \u{1F333}\n", try Tensor([Float.nan, -0.0], shape: [2])),
        ("", try Tensor([Int64(4)], shape: [])),
        ("empty", try Tensor([Double](), shape: [0, 3])),
        ("last", try Tensor([true, false, true], shape: [3])),
      ]
    let metadata = ["key \"q\"": "value\nβ", "": ""]
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("a.safetensors")
      try Safetensors.write(tensors, to: file, metadata: metadata)
      let read = try Safetensors(readingFrom: file)
      #expect(read.metadata == metadata)
      #expect(read.path == file.path)
      // Two tensors without data may change places; the others are in the order of their data.
      #expect(Set(read.tensors.map(\.name)) == Set(tensors.map(\.name)))
      for (name, tensor) in tensors {
        let found = try read.tensor(name)
        #expect(found.shape == tensor.shape, "\(name)")
        #expect(try found.type == tensor.type, "\(name)")
        #expect(try found.bytes == tensor.bytes, "\(name)")
      }
    }
  }

  @Test func anyMemoryIsWrittenRowByRow() throws {
    let tensor = try Tensor((0..<24).map { Float($0) }, shape: [2, 3, 2, 2])
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("a.safetensors")
      try Safetensors.write([("w", try tensor.channelsLast())], to: file)
      #expect(try Safetensors(readingFrom: file).tensor("w").bytes == tensor.bytes)
    }
  }

  @Test func bytesAreThoseOfTheGoldenFile() throws {
    // Put together by hand in reference.py and read back there by the safetensors library 0.8.0.
    let golden = try Data(contentsOf: try resource("golden"))
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("a.safetensors")
      try Safetensors.write(
        [
          ("w/é", try Tensor([Float(1), -2, 0.5, .infinity], shape: [2, 2])),
          ("n", try Tensor([Int64(-3)], shape: [])),
          ("none", try Tensor([Double](), shape: [0, 3])),
          ("m", try Tensor([true, false, true], shape: [3])),
        ], to: file, metadata: ["a": "b \"c\""])
      #expect(try Data(contentsOf: file) == golden)
    }
  }

  @Test func filesOfThePythonLibraryAreRead() throws {
    let file = try Safetensors(readingFrom: try resource("python"))
    #expect(file.metadata["versions"]?.contains("safetensors 0.8.0") == true)
    #expect(file.tensors.count == 10)
    let floats: [Double] = [-1.5, 0, 2.25, 65504]
    for (name, type) in [("f32", ElementType.float32), ("f16", .float16)] {
      let tensor = try file.tensor(name)
      #expect(try tensor.type == type)
      #expect(try tensor.values == floats)
    }
    #expect(try file.tensor("bf16").type == .bfloat16)
    #expect(try file.tensor("bf16").values == [-1.5, 0, 2.25, 65536])
    #expect(try file.tensor("f64").elements() == [1.0 / 3, -0.0])
    #expect(try file.tensor("f64").shape == [2, 1])
    #expect(try file.tensor("i64").elements() == [Int64.min, .max])
    #expect(try file.tensor("u8").elements() == [UInt8](0..<6))
    #expect(try file.tensor("u8").shape == [1, 2, 3])
    #expect(try file.tensor("bool").elements() == [true, false, true])
    #expect(try file.tensor("scalar").item == 7.5)
    #expect(try file.tensor("scalar").shape == [])
    #expect(try file.tensor("empty").shape == [0, 3])
    #expect(try file.tensor("größe \"β\" \\ /").values == [1])
  }

  /// Writes a file of one tensor `w` that has these bytes.
  private func write(_ type: StoredType, _ bytes: [UInt8], to file: URL) throws {
    let header =
      #"{"w":{"dtype":"\#(type.rawValue)","shape":[\#(bytes.count / type.size)],"#
      + #""data_offsets":[0,\#(bytes.count)]}}"#
    var contents = Data()
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { contents.append(contentsOf: $0) }
    try (contents + Data(header.utf8) + Data(bytes)).write(to: file)
  }

  @Test func integersOfEveryWidthAreRead() throws {
    func check<Number: FixedWidthInteger>(_ type: StoredType, _ numbers: [Number]) throws {
      try withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("a.safetensors")
        try write(type, numbers.withUnsafeBytes { Array($0) }, to: file)
        let read = try Safetensors(readingFrom: file)
        #expect(read.types == [type])
        #expect(try read.type("w") == type)
        #expect(try read.tensor("w").converted(to: .int64).elements() == numbers.map { Int64($0) })
        #expect(try read.tensor("w").shape == [numbers.count])
      }
    }
    try check(.int8, [Int8.min, -1, 0, 1, .max])
    try check(.int16, [Int16.min, -1, 0, 1, .max])
    try check(.int32, [Int32.min, -1, 0, 1, .max])
    try check(.int64, [Int64.min, -1, 0, 1, .max])
    try check(.uint8, [UInt8.min, 1, .max])
    try check(.uint16, [UInt16.min, 1, .max])
    try check(.uint32, [UInt32.min, 1, .max])
    try check(.uint64, [UInt64.min, 1, 1 << 62])
    try check(.int32, [Int32]())
  }

  @Test func whatSixtyFourBitsDoNotHoldIsToldByItsName() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("a.safetensors")
      try write(.uint64, [0, 0, 0, 0, 0, 0, 0, 0x80], to: file)
      let error = #expect(throws: TensorError.self) { try Safetensors(readingFrom: file) }
      #expect(
        error?.description
          == "\(file.path): tensor 'w' holds numbers above 9223372036854775807, which are not read")
    }
  }

  @Test func aPickleIsNamedForWhatItIs() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("net.pth")
      try Data("PK\u{3}\u{4}\0\0\0\0\0\0archive/data.pkl".utf8).write(to: file)
      let error = #expect(throws: TensorError.self) { try Safetensors(readingFrom: file) }
      #expect(
        error?.description
          == "\(file.path): is a PyTorch file (a pickle), no safetensors file; convert it in Python by"
          + " safetensors.torch.save_file(torch.load(\"\(file.path)\", weights_only=True),"
          + " \"\(folder.path)/net.safetensors\")")
    }
  }

  @Test func hugeExtentsBesideAZeroAskForNoMemory() throws {
    for shape in ["[0,9223372036854775807]", "[1152921504606846976,0]"] {
      let header = #"{"a":{"dtype":"F32","shape":\#(shape),"data_offsets":[0,0]}}"#
      var contents = Data()
      withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) {
        contents.append(contentsOf: $0)
      }
      try withTemporaryFolder { folder in
        let path = folder.appendingPathComponent("a")
        try (contents + Data(header.utf8)).write(to: path)
        if let read = try? Safetensors(readingFrom: path) {
          #expect(read.tensors[0].tensor.count == 0)
        }
      }
    }
  }

  @Test func aFileWithoutTensorsIsAFile() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("a.safetensors")
      for metadata in [[:], ["a": "b"]] {
        try Safetensors.write([], to: file, metadata: metadata)
        let read = try Safetensors(readingFrom: file)
        #expect(read.tensors.isEmpty && read.metadata == metadata)
        #expect(try Data(contentsOf: file).count % 8 == 0)
      }
    }
  }

  @Test func aMissingTensorIsNamedBesideThoseThatAreThere() throws {
    let file = try Safetensors(readingFrom: try resource("golden"))
    #expect(
      throws: TensorError.missing(path: file.path, tensor: "w", present: ["w/é", "n", "none", "m"])
    ) { try file.tensor("w") }
  }

  @Test func filesThatCannotBeOpenedOrWrittenAreNamed() throws {
    let tensor = try Tensor([1.0], shape: [1])
    try withTemporaryFolder { folder in
      let absent = folder.appendingPathComponent("absent/a.safetensors")
      let read = #expect(throws: TensorError.self) { try Safetensors(readingFrom: absent) }
      #expect(
        read?.description
          == "\(absent.path): cannot be read (no such file or directory); check that it exists and"
          + " may be read")
      let written = #expect(throws: TensorError.self) {
        try Safetensors.write([("a", tensor)], to: absent)
      }
      #expect(
        written?.description == "\(absent.path): cannot be written (no such file or directory)")
      #expect(throws: TensorError.self) { try Safetensors(readingFrom: folder) }
    }
  }

  @Test func whatCannotBeWrittenLeavesTheFileAsItWas() throws {
    let tensor = try Tensor([1.0, 2, 3, 4], shape: [2, 2])
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("a.safetensors")
      try Safetensors.write([("a", tensor)], to: file)
      let before = try Data(contentsOf: file)
      let other = try Tensor([5.0], shape: [1])
      #expect(throws: TensorError.self) {
        try Safetensors.write([("b", other), ("b", other)], to: file)
      }
      #expect(try Data(contentsOf: file) == before)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
    }
  }

  @Test(arguments: [["a", "a"], ["__metadata__"]])
  func namesThatNoReaderCouldTellApartAreNotWritten(names: [String]) throws {
    let tensors = try names.map { ($0, try Tensor([1.0], shape: [1])) }
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("a.safetensors")
      #expect(throws: TensorError.self) { try Safetensors.write(tensors, to: file) }
    }
  }
}
