import Foundation
import Testing

@testable import Analyses
@testable import Suites

@Suite("Text files of the user's")
struct TextFileTests {
  private func message(_ bytes: [UInt8]) -> String {
    do {
      return try TextFile.text(bytes, file: "suite.yaml")
    } catch {
      return "\(error)"
    }
  }

  @Test("pipes are read to their end, devices are refused")
  func pipes() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let pipe = scratch.url.appending(path: "pipe.yaml")
    try #require(mkfifo(pipe.path, 0o600) == 0)
    // What was written before anybody reads stays in the pipe as long as it is open somewhere.
    let keeper = open(pipe.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(keeper) }
    let writer = open(pipe.path, O_WRONLY | O_CLOEXEC)
    try #require(write(writer, "seed: 1", 7) == 7)
    close(writer)
    #expect(try TextFile.read(pipe) == "seed: 1")
    #expect(throws: TextFileError.fault(file: "/dev/zero", .notRegular("a device"))) {
      try TextFile.read(URL(fileURLWithPath: "/dev/zero"))
    }
    #expect(
      "\(TextFileError.fault(file: "a.yaml", .unreadable(reason: "no such file or directory")))"
        == "a.yaml: cannot be read (no such file or directory); check the path and its permissions")
  }

  @Test("a byte order mark is no text")
  func mark() { #expect(message([0xEF, 0xBB, 0xBF] + Array("é".utf8)) == "é") }

  @Test(
    "the first byte that is not UTF-8 is named by its line and place",
    arguments: [
      ("a: 1\nb: r\u{1}seau", 2, 5, 0xE9),
      ("\u{1}", 1, 1, 0xE9), ("é\n\nö\u{1}", 3, 3, 0xFC), ("abc\n\u{1}", 2, 1, 0xFF),
    ] as [(String, Int, Int, UInt8)])
  func latin(_ text: String, _ line: Int, _ position: Int, _ byte: UInt8) {
    let bytes = text.utf8.map { $0 == 1 ? byte : $0 }
    let hexadecimal = String(byte, radix: 16, uppercase: true)
    #expect(
      message(bytes) == "suite.yaml:\(line): not UTF-8: byte \(position) of the line is"
        + " 0x\(hexadecimal); save the file as UTF-8")
  }

  @Test("a character cut short is named by its first byte, wherever it stands")
  func cut() {
    for length in 0..<40 {
      let text = String(repeating: "é", count: length)
      #expect(
        message(Array(text.utf8) + [0xE2, 0x82]).contains("byte \(2 * length + 1) of the line"))
      #expect(
        message(Array(text.utf8) + [0xC0] + Array(text.utf8))
          .contains("byte \(2 * length + 1) of the line is 0xC0"))
    }
  }

  @Test(
    "UTF-16 is called by its name", arguments: [[0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0, 0x61]])
  func wide(_ bytes: [UInt8]) {
    #expect(message(bytes) == "suite.yaml: UTF-16, not UTF-8; save the file as UTF-8")
  }

  @Test("a folder is called one, and the suite in it is named")
  func folder() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    #expect {
      try Suite.read(scratch.url, dataFolders: [], analyses: AnalysisList.all)
    } throws: {
      "\($0)".hasSuffix(": is a folder; name a file in it")
    }
    try scratch.write("suite.yaml", "")
    #expect {
      try Suite.read(scratch.url, dataFolders: [], analyses: AnalysisList.all)
    } throws: {
      "\($0)".hasSuffix("/suite.yaml")
    }
  }

  @Test("a suite in Latin-1 is no matter of permissions, and a mark before a suite is none either")
  func suites() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let file = scratch.url.appending(path: "suite.yaml")
    try Data(
      yaml().utf8.map { $0 }.replacing("20".utf8, with: "20 # r\u{1}".utf8).map {
        $0 == 1 ? 0xE9 : $0
      }
    )
    .write(to: file)
    #expect {
      try Suite.read(file, dataFolders: [], analyses: AnalysisList.all)
    } throws: {
      "\($0)".contains("suite.yaml:2: not UTF-8: byte 22 of the line is 0xE9")
    }
    try Data([0xEF, 0xBB, 0xBF] + yaml().utf8).write(to: file)
    #expect(try Suite.read(file, dataFolders: [], analyses: AnalysisList.all).suite.seed == 1)
  }
}
