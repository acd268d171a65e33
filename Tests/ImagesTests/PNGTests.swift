import Foundation
import Images
import Recipes
import Testing

/// Samples as they are stored, whatever ancillary chunks say.
@Suite struct PNGTests {
  /// A form of PNG and what Pillow 13.0.0 reads by `Image.open(…).convert("RGB")`.
  struct Form: Sendable, CustomTestStringConvertible {
    let name: String
    let width: Int
    let depth: UInt8
    let colour: UInt8
    let row: [UInt8]
    /// Three bytes for each pixel.
    let expected: [UInt8]
    var palette: [UInt8] = []
    var transparency: [UInt8] = []
    var testDescription: String { name }

    func png(_ more: [(String, [UInt8])] = []) -> Data {
      RawPNG(
        width: width, depth: depth, colour: colour, rows: [row],
        chunks: more + [("PLTE", palette), ("tRNS", transparency)].filter { !$0.1.isEmpty }
      ).data
    }
  }

  private static func grey(_ values: [UInt8]) -> [UInt8] { values.flatMap { [$0, $0, $0] } }

  private static let palette: [UInt8] = [1, 2, 3, 77, 88, 99, 200, 100, 50, 255, 254, 253]
  private static let wide: [UInt8] =
    [0, 127, 128, 255, 256, 257, 0x1280, 0x7FFF, 0x8000, 0xFF7F, 0xFF80, 0xFFFF]
    .flatMap { RawPNG.bytes(UInt16($0)) }

  static let forms: [Form] = [
    Form(
      name: "grey 1", width: 8, depth: 1, colour: 0, row: [0b1011_0001],
      expected: grey([255, 0, 255, 255, 0, 0, 0, 255])),
    Form(
      name: "grey 2", width: 4, depth: 2, colour: 0, row: [0b0001_1011],
      expected: grey([0, 85, 170, 255])),
    Form(
      name: "grey 4", width: 4, depth: 4, colour: 0, row: [0x07, 0x9F],
      expected: grey([0, 119, 153, 255])),
    Form(
      name: "grey 8", width: 4, depth: 8, colour: 0, row: [0, 77, 100, 255],
      expected: grey([0, 77, 100, 255])),
    Form(
      name: "RGB 8", width: 2, depth: 8, colour: 2, row: [0, 77, 100, 255, 3, 200],
      expected: [0, 77, 100, 255, 3, 200]),
    Form(
      name: "palette 2", width: 4, depth: 2, colour: 3, row: [0b0001_1011], expected: palette,
      palette: palette),
    Form(
      name: "palette 8 with transparency", width: 4, depth: 8, colour: 3, row: [0, 1, 2, 3],
      expected: palette, palette: palette, transparency: [0, 128, 255]),
    Form(
      name: "grey 8 with transparency", width: 4, depth: 8, colour: 0, row: [0, 77, 100, 255],
      expected: grey([0, 77, 100, 255]), transparency: [0, 77]),
    Form(
      name: "grey and alpha 8", width: 2, depth: 8, colour: 4, row: [77, 0, 200, 128],
      expected: grey([77, 200])),
    Form(
      name: "RGB and alpha 8", width: 2, depth: 8, colour: 6, row: [0, 77, 100, 0, 3, 200, 9, 128],
      expected: [0, 77, 100, 3, 200, 9]),
    Form(
      name: "RGB 16", width: 4, depth: 16, colour: 2, row: wide,
      expected: [0, 0, 0, 0, 1, 1, 18, 127, 128, 255, 255, 255]),
    Form(
      name: "grey and alpha 16", width: 6, depth: 16, colour: 4, row: wide,
      expected: grey([0, 0, 1, 18, 128, 255])),
    Form(
      name: "RGB and alpha 16", width: 3, depth: 16, colour: 6, row: wide,
      expected: [0, 0, 0, 1, 1, 18, 128, 255, 255]),
    // Pillow cuts this one form at 255, so that almost all is white; here it is as the others.
    Form(
      name: "grey 16", width: 12, depth: 16, colour: 0, row: wide,
      expected: grey([0, 0, 0, 0, 1, 1, 18, 127, 128, 255, 255, 255])),
  ]

  /// What the first image of a folder of `data` and RGB images of its size becomes, three bytes a pixel.
  private func pixels(_ data: Data, width: Int) throws -> [UInt8] {
    let other = RawPNG(
      width: width, colour: 2, rows: [[UInt8](repeating: 9, count: 3 * width)]
    ).data
    let decoded = try withTemporaryFolder { root in
      let folder = root.appending(path: "data")
      try write(
        ["train/a/0": data, "train/b/0": other, "test/a/0": other, "test/b/0": other].reduce(
          into: [:]
        ) { $0["\($1.key).png"] = $1.value }, to: folder)
      let listed = try ImageFolder(listing: folder.path)
      let scan = try ImageFolderScan(listed)
      return try ImagesTests.decoded(listed, scan, in: root)
    }
    return (0..<width).flatMap { x in (0..<3).map { decoded.pixels[$0 * width + x] } }
  }

  @Test(arguments: forms) func samplesAreThoseThatPillowReads(form: Form) throws {
    #expect(try pixels(form.png(), width: form.width) == form.expected)
  }

  @Test(arguments: forms) func ancillaryChunksChangeNoSample(form: Form) throws {
    let linear = ("gAMA", RawPNG.bytes(UInt32(100_000)))
    let primaries =
      [31270, 32900, 70000, 29000, 20000, 80000, 10000, 5000].flatMap { RawPNG.bytes(UInt32($0)) }
    let sizes: [UInt8: Int] = [0: 1, 2: 3, 3: 3, 4: 2, 6: 4]
    let significant = [UInt8](repeating: 1, count: try #require(sizes[form.colour]))
    let chunks: [[(String, [UInt8])]] = [
      [linear], [("gAMA", RawPNG.bytes(UInt32(20_000)))], [("sRGB", [0])],
      [linear, ("cHRM", primaries)], [("sBIT", significant), linear],
      [linear, ("tEXt", Array("a\0b".utf8)), ("pHYs", [0, 0, 0, 1, 0, 0, 0, 1, 0])],
    ]
    for chunks in chunks {
      #expect(
        try pixels(form.png(chunks), width: form.width) == form.expected, "\(chunks.map(\.0))")
    }
  }

  @Test func backgroundsAreNotBlendedIn() throws {
    let image = RawPNG(
      width: 2, colour: 6, rows: [[0, 77, 100, 0, 3, 200, 9, 128]],
      chunks: [("gAMA", RawPNG.bytes(UInt32(100_000))), ("bKGD", [0, 255, 0, 255, 0, 255])])
    #expect(try pixels(image.data, width: 2) == [0, 77, 100, 3, 200, 9])
  }

  /// Every sample of a byte, under every gamma that cameras and programs write.
  @Test(arguments: [45_455, 55_556, 100_000, 50_000, 22_222, 1, 2_147_483_647])
  func gammaIsNeverApplied(gamma: UInt32) throws {
    let all = (0..<256).map { UInt8($0) }
    let image = RawPNG(
      width: 256, colour: 0, rows: [all], chunks: [("gAMA", RawPNG.bytes(gamma))])
    #expect(try pixels(image.data, width: 256) == all.flatMap { [$0, $0, $0] })
  }

  /// The digest of a folder with one image that may have a gamma.
  private func digest(depth: UInt8 = 8, _ chunks: [(String, [UInt8])]) throws -> String {
    let row: [UInt8] = depth == 8 ? [1, 2] : [1, 2, 3, 4]
    let image = RawPNG(width: 2, depth: depth, colour: 0, rows: [row], chunks: chunks)
    let other = RawPNG(width: 2, colour: 0, rows: [[3, 4]]).data
    return try withTemporaryFolder { folder in
      try write(
        [
          "train/a/0.png": image.data, "train/b/0.png": other, "test/a/0.png": other,
          "test/b/0.png": other,
        ], to: folder)
      return try ImageFolderScan(ImageFolder(listing: folder.path)).digest
    }
  }

  /// Digests enter keys: what was read rightly before keeps its own, as the toolkit's first version gave
  /// it, and what was not gets another, so that nothing made of wrong pixels passes for it.
  @Test func digestsChangeWherePixelsDo() throws {
    #expect(
      try digest([]) == "28197a37a9df538d173095c882c11e6778693453c0ff36a3dafb6342a398f115")
    #expect(
      try digest([("gAMA", RawPNG.bytes(UInt32(45_455)))])
        == "6c3a81dd0115ffafeb0cc851a6c44631607733f683df22205575e1191830f62f")
    #expect(
      try digest([("gAMA", RawPNG.bytes(UInt32(100_000)))])
        == "e81ecc892ce25881125d11a010f477ed0af35663193f482d56f43e29365f2dbd")
    #expect(
      try digest(depth: 16, [])
        == "9104cae26291794143ad8eb90c0997ddc8783283485312383d785634ea6b6bf0")
  }

  @Test func filesThatEndTooEarlyAreDamaged() throws {
    let whole = RawPNG(width: 4, height: 4, colour: 0, rows: (0..<4).map { [0, 1, 2, $0] }).data
    #expect(
      try pixels(RawPNG(width: 4, colour: 0, rows: [[0, 1, 2, 3]]).data, width: 4).count == 12)
    for length in [20, 40, whole.count - 30] {
      let error = #expect(throws: ImageError.self) { try pixels(whole.prefix(length), width: 4) }
      #expect(
        error?.description.hasSuffix("is a damaged PNG (ends too early); fetch or remove the file")
          == true, "\(length): \(error?.description ?? "")")
    }
  }
}
