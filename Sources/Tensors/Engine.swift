package import CTorch

/// libtorch as a whole: version, threads, and the count of what is alive.
package enum Engine {
  /// Version of the libtorch this was built against.
  package static var version: String { String(cString: ct_version()) }

  /// The loaded matrix-product library as it describes itself, without the processor's name.
  package static var blas: String { String(cString: ct_blas()) }

  /// Tensor handles not yet freed; tests compare it before and after.
  package static var liveHandles: Int { Int(ct_live_handles()) }

  /// Prepares this process for single-threaded, repeatable arithmetic: one thread per operation, and
  /// subnormal results rounded to zero, without which nearly dead units slow training many times.
  package static func prepareWorker() throws(TensorError) {
    try check { ct_set_threads(1, $0) }
    _ = ct_flush_subnormals(true)
  }

  /// Threads that one operation may use.
  package static var threads: Int { Int(ct_get_threads()) }

  /// Runs `body` without recording operations for differentiation.
  package static func withoutRecording<Result>(_ body: () throws -> Result) rethrows -> Result {
    let former = ct_set_recording(false)
    defer { _ = ct_set_recording(former) }
    return try body()
  }
}

/// Calls a function of a C interface and turns its failure into an error.
package func check(_ body: (UnsafeMutablePointer<ct_error>) -> CInt) throws(TensorError) {
  var error = ct_error()
  guard body(&error) != 0 else { return }
  let message = withUnsafeBytes(of: &error.message) { bytes in
    String(decoding: bytes.prefix(while: { $0 != 0 }), as: UTF8.self)
  }
  throw .operation(message)
}
