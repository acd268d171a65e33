import Foundation

/// The environment in which workers start.
package enum WorkerEnvironment {
  /// The variable that tells a worker its number, by which programs share out devices.
  static let numberVariable = "ESPALIER_PROCESS"

  /// This worker's number among those of the run, from 0.
  package static var number: Int {
    ProcessInfo.processInfo.environment[numberVariable].flatMap { Int($0) } ?? 0
  }

  /// `environment` with one thread for each worker, since artifacts are what runs in parallel, and with kernels that
  /// fit the processor where the library of matrix products would take others and nobody has chosen.
  ///
  /// - Parameters:
  ///   - environment: what workers would have; ours unless given.
  ///   - kernels: tells the library's own choice and the processor's features; asked only where it matters.
  package static func variables(
    from environment: [String: String] = ProcessInfo.processInfo.environment,
    kernels: () -> MatrixKernels? = MatrixKernels.chosen
  ) -> [String: String] {
    var variables = environment
    for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"] {
      variables[name] = "1"
    }
    if variables[MatrixKernels.variable] == nil, let better = kernels()?.better {
      variables[MatrixKernels.variable] = better
    }
    return variables
  }
}

/// Which kernels OpenBLAS takes on this machine.
///
/// It knows processors by their numbers, and takes one that is newer than it is for the oldest of all: on a Xeon of
/// 2023, Debian 12's computes with SSE3 alone, which makes the training of a LeNet 2.4 times as long.
package struct MatrixKernels: Hashable, Sendable {
  /// The variable by which OpenBLAS can be told.
  package static let variable = "OPENBLAS_CORETYPE"

  /// The name of the kernels that it takes.
  let core: String
  /// The processor's features, as `/proc/cpuinfo` names them.
  let features: Set<String>

  /// Kernels that the processor has the instructions for, where OpenBLAS takes some of before 2013; else `nil`.
  package var better: String? {
    let old: Set = [
      "Prescott", "Core2", "Penryn", "Dunnington", "Nehalem", "Sandybridge", "Generic",
    ]
    guard old.contains(core), features.isSuperset(of: ["avx2", "fma"]) else { return nil }
    return features.isSuperset(of: ["avx512f", "avx512dq", "avx512bw", "avx512vl"])
      ? "SkylakeX" : "Haswell"
  }

  /// What OpenBLAS takes; `nil` where the system's library of matrix products is another.
  package static func chosen() -> MatrixKernels? {
    guard let library = dlopen("libblas.so.3", RTLD_LAZY | RTLD_LOCAL) else { return nil }
    defer { dlclose(library) }
    guard let symbol = dlsym(library, "openblas_get_corename") else { return nil }
    typealias Name = @convention(c) () -> UnsafePointer<CChar>?
    guard let name = unsafeBitCast(symbol, to: Name.self)() else { return nil }
    let flags = FileSystem.text("/proc/cpuinfo").split(separator: "\n")
      .first { $0.hasPrefix("flags") }?.split(separator: " ").map(String.init)
    return MatrixKernels(core: String(cString: name), features: Set(flags ?? []))
  }
}
