import Foundation
import Recipes
import Testing

@Suite struct SafetensorsHeaderTests {
  /// A file with this header and as many bytes of data.
  private func file(_ header: String, data: Int = 0) -> Data {
    var file = Data()
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { file.append(contentsOf: $0) }
    return file + Data(header.utf8) + Data(count: data)
  }

  /// One tensor's entry.
  private func entry(
    _ name: String, _ dtype: String = "F32", _ shape: String = "[2]", _ offsets: String = "[0,8]"
  ) -> String {
    #""\#(name)":{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)}"#
  }

  private func problem(_ file: Data) -> String? {
    let error = #expect(throws: FileFault.self) { try SafetensorsHeader(file: file) }
    guard case .malformed(let problem) = error else { return nil }
    return problem
  }

  @Test func aSoundHeaderIsRead() throws {
    let text =
      "{\(entry("b", "I64", "[1]", "[8,16]")),\(entry("a")),\"__metadata__\":{\"k\":\"v\"}}  "
    let header = try SafetensorsHeader(file: file(text, data: 16))
    #expect(header.entries.map(\.name) == ["a", "b"])
    #expect(header.entries.map(\.range) == [0..<8, 8..<16])
    #expect(header.entries.map(\.type) == [.float32, .int64])
    #expect(header.entries.map(\.shape) == [[2], [1]])
    #expect(header.metadata == ["k": "v"])
    #expect(header.dataStart == 8 + text.utf8.count)
  }

  @Test func partsOfLargerDataAreFiles() throws {
    let whole = Data([9, 9, 9]) + file("{\(entry("a"))}", data: 8)
    let header = try SafetensorsHeader(file: whole.dropFirst(3))
    #expect(header.entries.map(\.name) == ["a"])
  }

  @Test func lengthsAreCheckedBeforeTheHeader() {
    #expect(problem(Data())?.contains("0 bytes") == true)
    #expect(problem(Data(count: 7))?.contains("7 bytes") == true)
    var short = file("{\(entry("a"))}", data: 8)
    short[0] = 200
    #expect(problem(short)?.contains("states a header of 200 bytes and ends after") == true)
    var over = file("{}")
    over.replaceSubrange(0..<8, with: [1, 0xE1, 0xF5, 5, 0, 0, 0, 0])
    #expect(problem(over)?.contains("100000001 bytes; the format allows 100,000,000") == true)
    over.replaceSubrange(0..<8, with: [UInt8](repeating: 0xFF, count: 8))
    #expect(problem(over)?.contains("18446744073709551615 bytes") == true)
  }

  @Test(
    arguments: [
      "", " ", "{", "[]", "\"a\"", "1", "null", "{\"a\":null}", "{\"a\":1}", "{\"a\":[]}",
      "{\"a\":{}}", "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", "{'a':1}", "{}{}",
      "{\"__metadata__\":{\"k\":1}}", "{\"__metadata__\":[]}",
    ])
  func whatIsNoObjectOfTensorsIsRefused(header: String) {
    #expect(problem(file(header))?.contains("is not a JSON object of tensors") == true)
  }

  @Test func wrongTextEncodingsAndDeepNestingAreRefused() {
    var file = file("{\(entry("a"))}", data: 8)
    file[10] = 0xFF
    #expect(problem(file)?.contains("is not a JSON object of tensors") == true)
    let deep = String(repeating: "{\"a\":", count: 200_000)
    #expect(problem(self.file(deep))?.contains("is not a JSON object of tensors") == true)
    #expect(
      problem(self.file(String(repeating: "[", count: 200_000)))?.contains("JSON object") == true)
  }

  @Test(
    arguments: [
      ("f32", "[2]", "[0,8]", "elements of type f32; known are F64, F32, F16, BF16, I64, I32"),
      ("F32", "[-2]", "[0,8]", "has shape [-2]"),
      ("F32", "[-1,-2]", "[0,8]", "has shape [-1, -2]"),
      ("F32", "[4611686018427387904,4]", "[0,8]", "has shape [4611686018427387904, 4]"),
      ("U8", "[4294967296,4294967296]", "[0,0]", "has shape [4294967296, 4294967296]"),
      ("F32", "[3]", "[0,8]", "of shape [3] takes 12 bytes, not 8"),
      ("F32", "[]", "[0,8]", "of shape [] takes 4 bytes, not 8"),
      ("F32", "[2]", "[8,0]", "data offsets [8, 0]"),
      ("F32", "[2]", "[-8,0]", "data offsets [-8, 0]"),
      ("F32", "[2]", "[0]", "data offsets [0]"),
      ("F32", "[2]", "[0,8,8]", "data offsets [0, 8, 8]"),
      ("F32", "[2]", "[0,9223372036854775807]", "takes 8 bytes, not 9223372036854775807"),
      ("F32", "[4]", "[0,16]", "ends at byte 16 of the data and the file has 8: truncated"),
      ("U8", "[4]", "[4,8]", "starts at byte 4 of the data, the one before it ends at 0"),
      ("F32", "[1]", "[0,4]", "4 bytes of data belong to no tensor"),
    ])
  func entriesThatContradictThemselvesOrTheFileAreRefused(
    dtype: String, shape: String, offsets: String, words: String
  ) {
    let problem = problem(file("{\(entry("a", dtype, shape, offsets))}", data: 8))
    #expect(problem?.contains(words) == true, "\(problem ?? "none")")
  }

  @Test(
    arguments: [
      "[1.5]", "[1e400]", "[9223372036854775808]", "[\"2\"]", "[null]", "{}", "2", "[true]",
    ])
  func extentsAreIntegers(shape: String) {
    let problem = problem(file("{\(entry("a", "F32", shape))}", data: 8))
    #expect(problem?.contains("is not a JSON object of tensors") == true, "\(problem ?? "none")")
  }

  @Test func tensorsThatOverlapOrLeaveHolesAreRefused() {
    func two(_ first: String, _ second: String) -> Data {
      file("{\(entry("a", "U8", "[8]", first)),\(entry("b", "U8", "[8]", second))}", data: 16)
    }
    #expect(problem(two("[0,8]", "[4,12]"))?.contains("'b' starts at byte 4") == true)
    #expect(problem(two("[0,8]", "[0,8]"))?.contains("'b' starts at byte 0") == true)
    #expect(problem(two("[8,16]", "[1,9]"))?.contains("'b' starts at byte 1") == true)
    let twice = file(
      "{\(entry("a", "U8", "[8]", "[0,8]")),\(entry("a", "U8", "[8]", "[8,16]"))}", data: 16)
    #expect(problem(twice) != nil)
    let trailing = file("{\(entry("a"))}", data: 9)
    #expect(problem(trailing)?.contains("1 bytes of data belong to no tensor") == true)
  }

  @Test(
    arguments: [
      ("{\"w\":{\"shape\":[2],\"data_offsets\":[0,8]}}", "'w' has no dtype"),
      (
        "{\"w\":{\"dtype\":4,\"shape\":[2],\"data_offsets\":[0,8]}}",
        "the dtype of 'w' is of another type"
      ),
      ("{\"w\":{\"dtype\":\"F32\",\"shape\":null,\"data_offsets\":[]}}", "the shape of 'w'"),
      ("{\"w\\u001b[31m\":[]}", "'w\\u{1B}[31m' is of another type"),
      ("[]", "it is none"), ("{", "it is no JSON"),
    ])
  func whatIsWrongWithAHeaderIsASentence(header: String, words: String) {
    let problem = problem(file(header))
    #expect(
      problem?.hasSuffix("(\(words))") == true || problem?.contains(words) == true,
      "\(problem ?? "none")")
    for internals in ["CodingKey", "Decod", "Swift"] {
      #expect(problem?.contains(internals) == false, "\(problem ?? "none")")
    }
  }

  @Test func namesFromAFileCannotSteerATerminal() {
    let name = #"a\u001b]0;owned\u0007"#
    let problem = problem(file("{\(entry(name, "F9"))}", data: 8))
    #expect(
      problem?.hasPrefix("tensor 'a\\u{1B}]0;owned\\u{7}' has elements") == true, "\(problem ?? "")"
    )
  }

  @Test(arguments: ["F8_E4M3", "F8_E5M2", "F8_E8M0", "F6_E2M3", "F6_E3M2", "F4", "C64"])
  func typesThatAreNotReadAreToldFromBrokenFiles(type: String) {
    let error = #expect(throws: FileFault.unsupported(tensor: "a", type: type)) {
      try SafetensorsHeader(file: file("{\(entry("a", type))}", data: 8))
    }
    #expect(
      error?.description
        == "tensor 'a' has elements of type \(type), which are not read; convert them to F32, or to"
        + " integers where they are some")
  }
}
