/// What is wrong with an artifact of the store.
package enum Damage: Hashable, Sendable, Codable {
  /// It is not there, although it was.
  case gone
  /// A file that its record lists is not there.
  case fileMissing(String)
  /// A file is longer or shorter than its record says.
  case sizeDiffers(file: String, expected: Int, found: Int)
  /// A file's bytes are not those its record tells the digest of.
  case contentsDiffer(file: String)
  /// The record is not a record.
  case recordUnreadable
  /// Record and recipe do not give the key of the folder they are in.
  case foreign
  /// The result's bytes are not those its digest was taken of.
  case resultDiffers
  /// The record's bytes, provenance and list of files included, are not those its digest was taken of.
  case recordDiffers
  /// A file or a link that leads nowhere stands where a folder of the store belongs.
  case obstructed(by: String)
  /// The system cannot read all of it.
  case unreadable(reason: String)
  /// A checkpoint's bytes are not those it was saved with.
  case checkpointDiffers(file: String)
}

extension Damage: CustomStringConvertible {
  package var description: String {
    switch self {
    case .gone: "it is no longer in the store"
    case .fileMissing(let file): "\(file) is missing"
    case .sizeDiffers(let file, let expected, let found):
      "\(file) has \(found) bytes instead of \(expected)"
    case .contentsDiffer(let file): "the contents of \(file) changed after it was written"
    case .recordUnreadable: "record.json is not a record"
    case .foreign: "record.json and recipe.json belong to another artifact"
    case .resultDiffers: "the result in record.json changed after it was written"
    case .recordDiffers: "record.json changed after it was written"
    case .obstructed(let name): "\(name) is a file or a broken link where a folder belongs"
    case .unreadable(let reason): "it cannot be read: \(reason)"
    case .checkpointDiffers(let file):
      "its checkpoint \(file) changed after it was written; it starts again"
    }
  }
}
