import Foundation
import Readers
import Recipes
import Testing

/// Damage to a gzip file, byte by byte: never read as if it were whole.
@Suite struct PackedFileTests {
  private let packed = gzipped(MNISTFiles().trainingImages)

  private func problem(_ images: [UInt8]) throws -> String? {
    var files = MNISTFiles()
    files.trainingImages = images
    return try files.problem()
  }

  @Test func soundFilesAreRead() throws {
    #expect(try problem(packed) == MNISTFiles.sound)
  }

  @Test func everyTruncationIsTold() throws {
    let lengths =
      Array(stride(from: 0, to: packed.count, by: 13)) + (packed.count - 9..<packed.count)
    for length in lengths {
      let problem = try problem(Array(packed.prefix(length)))
      #expect(problem != nil && problem != MNISTFiles.sound, "\(length) bytes")
    }
  }

  @Test func everyFlippedBitIsToldOrHarmless() throws {
    // No part of the data: the flag "probably text", time, packer's flags, system, and the bits that fill
    // the byte before a stored block.
    func isHarmless(_ position: Int, _ bit: Int) -> Bool {
      position == 3 && bit == 0 || (4..<10).contains(position) || position == 10 && bit >= 3
    }
    let positions =
      Array(0..<40) + stride(from: 40, to: packed.count - 8, by: 29)
      + (packed.count - 8..<packed.count)
    for position in positions {
      for bit in position < 15 ? 0..<8 : position % 8..<position % 8 + 1 {
        var damaged = packed
        damaged[position] ^= 1 << bit
        let isSound = try problem(damaged) == MNISTFiles.sound
        #expect(isSound == isHarmless(position, bit), "byte \(position), bit \(bit)")
      }
    }
  }

  @Test func wrongChecksumsAreTold() throws {
    var damaged = packed
    damaged[damaged.count - 8] ^= 1
    let problem = try problem(damaged)
    #expect(problem?.contains("cannot be unpacked") == true, "\(problem ?? "none")")
    #expect(problem?.contains("crc") == true || problem?.contains("check") == true)
  }

  @Test func foldersAreNoFiles() throws {
    try withTemporaryFolder { folder in
      let source = DatasetSource(.mnist)
      let paths = Dictionary(uniqueKeysWithValues: source.files.map { ($0, folder.path) })
      #expect(
        throws: DatasetError.missing(file: folder.path, problem: "is a folder, no regular file")
      ) {
        try DatasetParts(
          reading: specification(source, digests: ["", "", "", ""]), paths: paths)
      }
    }
  }
}
