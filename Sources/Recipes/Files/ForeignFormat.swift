package import Foundation

/// Formats that are taken for safetensors by mistake, told by their first bytes.
package enum ForeignFormat: Hashable, Sendable {
  case pytorch, pickle, numpyArchive, numpy, hdf5, zip, gzip, lfsPointer, webPage

  /// The format of a file that begins with `head`; `nil` where it is none of these.
  package init?(head: Data) {
    let head = Array(head.prefix(4096))
    func begins(_ bytes: [UInt8]) -> Bool { head.starts(with: bytes) }
    func begins(_ text: String) -> Bool { begins(Array(text.utf8)) }
    let text = String(decoding: head, as: UTF8.self)
    if begins("PK\u{3}\u{4}") {
      // PyTorch's archives begin with their pickle, NumPy's with their first array.
      self = text.contains("data.pkl") ? .pytorch : text.contains(".npy") ? .numpyArchive : .zip
    } else if begins([0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20]) {
      // The magic number of PyTorch before 1.6.
      self = .pytorch
    } else if head.count > 1, head[0] == 0x80, (2...5).contains(head[1]) {
      self = .pickle
    } else if begins([0x93] + Array("NUMPY".utf8)) {
      self = .numpy
    } else if begins([0x89] + Array("HDF\r\n".utf8)) {
      self = .hdf5
    } else if begins([0x1F, 0x8B]) {
      self = .gzip
    } else if begins("version https://git-lfs") {
      self = .lfsPointer
    } else if begins("<!DOCTYPE html") || begins("<html") {
      self = .webPage
    } else {
      return nil
    }
  }

  /// What a user calls it.
  var name: String {
    switch self {
    case .pytorch: "a PyTorch file (a pickle)"
    case .pickle: "a pickle of Python's"
    case .numpyArchive: "an archive of NumPy's (.npz)"
    case .numpy: "an array of NumPy's (.npy)"
    case .hdf5: "an HDF5 file"
    case .zip: "a zip archive"
    case .gzip: "a gzip file"
    case .lfsPointer: "a pointer of Git LFS to a file that is not here"
    case .webPage: "a web page"
    }
  }

  /// How to come to a safetensors file; lines of Python read `path` and write beside it.
  func remedy(for path: String) -> String {
    let old = Self.literal(path)
    let stem = path.replacing(/\.(pt|pth|bin|ckpt|pkl|pickle|npz|npy)$/, with: "")
    let new = Self.literal(stem + ".safetensors")
    return switch self {
    case .pytorch, .pickle:
      "convert it in Python by safetensors.torch.save_file(torch.load(\(old), weights_only=True), \(new))"
    case .numpyArchive:
      "convert it in Python by safetensors.numpy.save_file(dict(numpy.load(\(old))), \(new))"
    case .numpy:
      "convert it in Python by safetensors.numpy.save_file({NAME: numpy.load(\(old))}, \(new))"
    case .hdf5: "read it in Python and write its arrays by safetensors.numpy.save_file"
    case .zip, .gzip: "unpack it first"
    case .lfsPointer: "fetch it by `git lfs pull`"
    case .webPage: "the download went wrong; fetch the file again"
    }
  }

  /// `text` as Python writes it.
  private static func literal(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
