import Testing

@testable import Laboratory

@Suite struct WorkerEnvironmentTests {
  private let new: Set = ["avx2", "fma", "avx512f", "avx512dq", "avx512bw", "avx512vl"]

  @Test("workers have one thread, and what else was there")
  func threads() {
    #expect(
      WorkerEnvironment.variables(from: ["OMP_NUM_THREADS": "8", "HOME": "/h"]) { nil } == [
        "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "HOME": "/h",
      ])
  }

  @Test(
    "a processor that OpenBLAS takes for an old one gets its own kernels, unless somebody chose")
  func kernels() {
    func chosen(_ environment: [String: String], _ core: String, _ features: Set<String>) -> String?
    {
      WorkerEnvironment.variables(from: environment) {
        MatrixKernels(core: core, features: features)
      }[MatrixKernels.variable]
    }
    #expect(chosen([:], "Prescott", new) == "SkylakeX")
    #expect(chosen([:], "Nehalem", ["avx2", "fma"]) == "Haswell")
    #expect(chosen([:], "Prescott", ["sse3"]) == nil)
    for core in ["Haswell", "Zen", "SkylakeX", "Cooperlake", "SapphireRapids", "Neoversen1"] {
      #expect(chosen([:], core, new) == nil)
    }
    #expect(chosen([MatrixKernels.variable: "Prescott"], "Prescott", new) == "Prescott")
  }

  @Test(
    "the choice of this machine's library is known by its name",
    .enabled(
      if: MatrixKernels.chosen() != nil, "the library of matrix products here is not OpenBLAS"))
  func here() throws {
    let kernels = try #require(MatrixKernels.chosen())
    #expect(!kernels.core.isEmpty && !kernels.features.isEmpty)
  }
}
