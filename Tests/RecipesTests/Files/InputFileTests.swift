import Foundation
import Recipes
import Testing

@Suite struct InputFileTests {
  private func fault(_ path: String) -> FileFault? {
    #expect(throws: FileFault.self) { try InputFile.contents(of: path) }
  }

  @Test func onlyRegularFilesAreOpened() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "input-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (file, pipe, link) = (
      folder.appending(path: "file").path, folder.appending(path: "pipe").path,
      folder.appending(path: "link").path
    )
    try Data([1, 2]).write(to: URL(filePath: file))
    #expect(mkfifo(pipe, 0o600) == 0)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
    #expect(try InputFile.contents(of: file) == Data([1, 2]))
    #expect(try InputFile.contents(of: link) == Data([1, 2]))
    // Opening the pipe would wait for a writer that never comes.
    #expect(fault(pipe) == .notRegular("a named pipe"))
    #expect(fault(folder.path) == .notRegular("a folder"))
    #expect(fault("/dev/zero") == .notRegular("a device"))
    #expect(
      fault(folder.path + "/absent")?.description
        == "cannot be read (no such file or directory); check that it exists and may be read")
    #expect(
      FileFault.notRegular("a device").description
        == "is a device and cannot be read; name a regular file")
  }

  @Test func reasonsAreThoseOfTheSystem() {
    #expect(throws: Never.self) {
      do {
        try "a".write(toFile: "/nowhere/at/all", atomically: true, encoding: .utf8)
      } catch {
        #expect(SystemReason.words(error) == "no such file or directory")
      }
      do {
        _ = try Data(contentsOf: URL(filePath: "/nowhere"))
      } catch {
        #expect(SystemReason.words(error) == "no such file or directory")
      }
    }
    #expect(SystemReason.words(POSIXError(.ENOSPC)) == "no space left on device")
    #expect(SystemReason.words(CocoaError(.fileWriteNoPermission)) == "permission denied")
    #expect(SystemReason.words(CocoaError(.featureUnsupported)) == "the system gives no reason")
  }

  @Test(
    arguments: [
      (Data("PK\u{3}\u{4}....archive/data.pkl".utf8), ForeignFormat.pytorch),
      (Data("PK\u{3}\u{4}....arr_0.npy".utf8), .numpyArchive),
      (Data("PK\u{3}\u{4}....x.txt".utf8), .zip),
      (Data([0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A]), .pytorch),
      (Data([0x80, 0x04, 0x95, 0, 0, 0, 0, 0, 0, 0]), .pickle),
      (Data([0x93]) + Data("NUMPY\u{1}\u{0}".utf8), .numpy),
      (Data([0x89]) + Data("HDF\r\n\u{1A}\n".utf8), .hdf5),
      (Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0]), .gzip),
      (Data("version https://git-lfs.github.com/spec/v1".utf8), .lfsPointer),
      (Data("<!DOCTYPE html><html>".utf8), .webPage),
    ])
  func otherFormatsAreNamedForWhatTheyAre(file: Data, format: ForeignFormat) {
    #expect(throws: FileFault.foreign(format)) { try SafetensorsHeader(file: file) }
    let words = FileFault.foreign(format).description
    #expect(words.contains(", no safetensors file; ") && !words.contains("not a sound"))
  }

  @Test(
    arguments: [
      ("nets/a.pth", #"torch.load("nets/a.pth", weights_only=True), "nets/a.safetensors")"#),
      ("a", #"torch.load("a", weights_only=True), "a.safetensors")"#),
      ("v1.5", #"torch.load("v1.5", weights_only=True), "v1.5.safetensors")"#),
      (#"a"\.pt"#, #"torch.load("a\"\\.pt", weights_only=True), "a\"\\.safetensors")"#),
    ])
  func theLineThatConvertsAPickleHasItsNames(path: String, line: String) {
    let words = FileFault.foreign(.pytorch).sentence(after: path)
    #expect(words.hasSuffix("safetensors.torch.save_file(" + line), "\(words)")
  }

  @Test func noiseIsNoOtherFormat() {
    for file in [Data(), Data([0x80]), Data("PK".utf8), Data([0x80, 0x09, 1])] {
      let error = #expect(throws: FileFault.self) { try SafetensorsHeader(file: file) }
      #expect(error?.description.hasPrefix("not a sound safetensors file: ") == true)
    }
  }
}
