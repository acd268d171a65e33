import Foundation

/// What the coordinator says to a worker, as a line of JSON on its standard input.
enum WorkerOrder: Hashable, Codable {
  /// Always first: the store's folder, and what else the worker must know.
  case configure(store: String, settings: [String: String])
  /// Make what is missing of a walk whose inputs are there; in its order, with what may be there already.
  case run([Artifact])
}

/// What a worker says to the coordinator, as a line of JSON on its standard output.
enum WorkerReport: Hashable, Codable {
  /// The settings are accepted.
  case ready
  /// The settings are not accepted.
  case refused(message: String)
  /// Nothing can be computed: no thread to be had, a full disk, a read-only store.
  case unable(LaboratoryError)
  /// A fraction of an artifact's work is done.
  case progress(Key, fraction: Double)
  /// An artifact is in the store; not computed if it had appeared there meanwhile. More may follow.
  case done(Key, computed: Bool)
  /// All of the walk is in the store.
  case finished
  /// Another living process works on the walk.
  case claimed
  /// What is not done yet of the walk could not be computed.
  case failed(WorkerFailure)
}

/// Why a walk's artifacts could not be computed.
enum WorkerFailure: Hashable, Codable {
  /// These cannot be computed; others can.
  case artifact(message: String)
  /// An input must be redone first.
  case damagedInput(Key, Damage)
}

/// A message as a line.
enum MessageLine {
  static func encode(_ message: some Encodable) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // JSON cannot say infinity or NaN, which a cost or a fraction might be.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let bytes = try? encoder.encode(message) else {
      preconditionFailure("messages are made of strings and numbers")
    }
    return bytes + Data([10])
  }

  static func decode<Message: Decodable>(_ type: Message.Type, from line: Data) -> Message? {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try? decoder.decode(type, from: line)
  }
}

/// Cuts a stream of bytes into lines.
struct LineBuffer {
  private(set) var rest = Data()

  init() {}

  /// Takes bytes and gives the lines they complete, without their ends.
  mutating func append(_ bytes: some Sequence<UInt8>) -> [Data] {
    rest.append(contentsOf: bytes)
    var lines: [Data] = []
    while let end = rest.firstIndex(of: 10) {
      lines.append(Data(rest[rest.startIndex..<end]))
      rest = rest[(end + 1)...]
    }
    rest = Data(rest)
    return lines
  }
}
