// swift-tools-version: 6.2
import PackageDescription

// `make check` sets ESPALIER_WARNINGS=error. Users build with warnings as warnings, so that a newer
// compiler or libtorch than ours cannot stop them.
let strict = Context.environment["ESPALIER_WARNINGS"] == "error"

let swiftSettings: [SwiftSetting] =
  [.enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault")]
  + (strict ? [.treatAllWarnings(as: .error)] : [])

/// A room of the house: a Swift target that may import only what stands in `uses`.
///
/// `Tests/HouseTests` compares every `import` below `Sources` with these lines.
func room(
  _ name: String, uses: [Target.Dependency], resources: [Resource]? = nil,
  linkerSettings: [LinkerSetting] = []
) -> Target {
  .target(
    name: name, dependencies: uses, resources: resources, swiftSettings: swiftSettings,
    linkerSettings: linkerSettings)
}

func door(_ name: String, uses: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: uses, swiftSettings: swiftSettings)
}

func tests(
  _ name: String, uses: [Target.Dependency], exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
  .testTarget(
    name: name, dependencies: uses, exclude: exclude, resources: resources,
    swiftSettings: swiftSettings)
}

// Debian's libtorch needs no flags and has no .pc file. Another libtorch is chosen by a libtorch.pc on
// PKG_CONFIG_PATH; asking pkg-config for it elsewhere would only make SwiftPM warn.
let libtorchPkgConfig = Context.environment["PKG_CONFIG_PATH"] == nil ? nil : "libtorch"

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "espalier",
  products: [
    .executable(name: "espalier", targets: ["espalier"]),
    .executable(name: "espalier-worker", targets: ["espalier-worker"]),
    .executable(name: "espalier-supervisor", targets: ["espalier-supervisor"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // The lane without engine: never links libtorch.
    .systemLibrary(
      name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
    room("Wording", uses: []),
    room("Digests", uses: [crypto]),
    room("Randomness", uses: ["CGSL", crypto]),
    room("Statistics", uses: ["CGSL", "Randomness"]),
    room("Recipes", uses: ["Wording", "Randomness"]),
    .systemLibrary(
      name: "CJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    room("Downloads", uses: ["Digests", "Recipes", "CZlib"]),
    room("Images", uses: ["Digests", "Recipes", "CJPEG", "CPNG"]),
    room(
      "Readers", uses: ["Wording", "Digests", "Images", "Recipes", "Randomness", "CZlib"],
      resources: [.copy("Resources/digits.csv.gz"), .copy("Resources/ATTRIBUTION.md")]),
    room("Laboratory", uses: ["Wording", "Digests"]),
    room("Processes", uses: ["Wording"]),
    room("Engines", uses: ["Wording", "Processes", "Recipes"]),
    room("Reports", uses: ["Wording", "Processes"]),
    room(
      "Suites",
      uses: [
        "Wording",
        "Digests", "Recipes", "Engines", "Images", "Readers", "Laboratory", "Randomness",
        "Statistics", "Reports",
        yams,
      ]),
    room(
      "Analyses",
      uses: [
        "Wording", "Suites", "Recipes", "Laboratory", "Randomness", "Statistics", "Reports",
      ], resources: [.copy("Templates")]),
    .systemLibrary(
      name: "CMark", pkgConfig: "libcmark",
      providers: [.apt(["libcmark-dev"]), .brew(["cmark"])]),
    room(
      "Notebooks",
      uses: [
        "Wording", "Digests", "Analyses", "Suites", "Recipes", "Reports", "Processes", "CMark",
      ]),
    door(
      "espalier",
      uses: [
        "Wording", "Digests", "Notebooks", "Analyses", "Suites", "Downloads", "Reports",
        "Laboratory",
        "Recipes", "Statistics", "Processes",
        argumentParser,
      ]),

    // The engine lane.
    .systemLibrary(
      name: "CLibtorch", pkgConfig: libtorchPkgConfig, providers: [.apt(["libtorch-dev"])]),
    // In C and C++: libtorch behind a C interface, our own loops without it, and what is made of both.
    .target(
      name: "CTorch", dependencies: ["CLibtorch"],
      linkerSettings: [
        .linkedLibrary("torch"), .linkedLibrary("torch_cpu"), .linkedLibrary("c10"),
      ]),
    .target(name: "CKernels"),
    .target(name: "CPrograms", dependencies: ["CTorch", "CKernels"]),
    room("Tensors", uses: ["Wording", "CTorch", "CKernels", "Recipes"]),
    room("Programs", uses: ["Tensors", "CPrograms"]),
    room("Datasets", uses: ["Readers", "Tensors", "Recipes", "Randomness"]),
    room("Networks", uses: ["Wording", "Programs", "Tensors", "Recipes", "Randomness"]),
    room(
      "Training", uses: ["Networks", "Datasets", "Programs", "Tensors", "Recipes", "Randomness"]),
    room(
      "Pruning",
      uses: [
        "Wording", "Processes", "Datasets", "Networks", "Programs", "Tensors", "Recipes",
        "Randomness",
      ]),
    room("Ablations", uses: ["Pruning", "Networks", "Recipes", "Randomness"]),
    room(
      "Connectivity",
      uses: ["Wording", "Training", "Networks", "Datasets", "Tensors", "Recipes", "Randomness"]),
    room(
      "Experiments",
      uses: [
        "Wording", "Ablations", "Connectivity", "Pruning", "Training", "Networks", "Datasets",
        "Tensors", "Images", "Engines", "Recipes", "Randomness", "Digests", "Laboratory",
      ]),
    room(
      "Benchmarks",
      uses: [
        "Connectivity", "Pruning", "Training", "Networks", "Datasets", "Programs", "Tensors",
        "Recipes", "Randomness",
      ]),
    door(
      "espalier-worker",
      uses: ["Wording", "Benchmarks", "Experiments", "Laboratory", "Recipes"]),
    // In C: only a process of one thread may fork.
    .executableTarget(name: "espalier-supervisor"),

    // Tests, one target per room.
    tests("HouseTests", uses: []),
    tests("WordingTests", uses: ["Wording"]),
    tests("DigestsTests", uses: ["Digests"]),
    tests("ProcessesTests", uses: ["Processes"]),
    tests("EnginesTests", uses: ["Engines", "Recipes"]),
    tests("RandomnessTests", uses: ["Randomness", "CGSL"]),
    tests(
      "StatisticsTests", uses: ["Statistics", "Randomness"],
      exclude: ["reference.py", "fits.py", "claims.py", "nonparametric.py", "designs.py"],
      resources: [
        .copy("reference.json"), .copy("fits.json"), .copy("claims.json"),
        .copy("nonparametric.json"), .copy("designs.json"),
      ]),
    tests("ReportsTests", uses: ["Reports", "Processes"]),
    tests("RecipesTests", uses: ["Recipes", "Randomness"]),
    tests("DownloadsTests", uses: ["Digests", "Downloads", "Recipes"]),
    tests("ImagesTests", uses: ["Images", "Recipes", "CJPEG", "CPNG"]),
    tests("ReadersTests", uses: ["Digests", "Readers", "Recipes", "Randomness"]),
    tests(
      "SuitesTests",
      uses: ["Suites", "Recipes"]),
    tests("NotebooksTests", uses: ["Notebooks", "Digests", "Reports"]),
    tests(
      "AnalysesTests",
      uses: [
        "Digests", "Analyses", "Suites", "Recipes", "Randomness", "Laboratory", "Reports", yams,
      ], exclude: ["verdicts.py"], resources: [.copy("verdicts.json")]),
    .executableTarget(
      name: "laboratory-test-worker", dependencies: ["Laboratory"],
      path: "Tests/LaboratoryTestWorker", swiftSettings: swiftSettings),
    tests("LaboratoryTests", uses: ["Digests", "Laboratory", "laboratory-test-worker"]),
    tests(
      "TensorsTests", uses: ["Tensors", "Recipes"], exclude: ["rank_correlation.py"],
      resources: ["golden", "python", "steps"].map { .copy("Resources/\($0).safetensors") }),
    tests(
      "ProgramsTests", uses: ["Programs", "Tensors"], exclude: ["program.py"],
      resources: [.copy("Resources/program.safetensors")]),
    tests(
      "DatasetsTests",
      uses: ["Digests", "Datasets", "Readers", "Tensors", "Recipes", "Randomness"]),
    tests(
      "NetworksTests", uses: ["Networks", "Programs", "Tensors", "Recipes", "Randomness"],
      exclude: ["layers.py"],
      resources: [
        .copy("Resources/forward.safetensors"), .copy("Resources/layers.safetensors"),
      ]),
    tests(
      "TrainingTests",
      uses: ["Training", "Networks", "Datasets", "Tensors", "Recipes", "Randomness"],
      exclude: ["reference.py"], resources: [.copy("Resources/run.safetensors")]),
    tests(
      "PruningTests",
      uses: [
        "Pruning", "Training", "Networks", "Datasets", "Programs", "Tensors", "Recipes",
        "Randomness",
      ],
      exclude: ["reference.py"], resources: [.copy("reference.json")]),
    tests(
      "AblationsTests",
      uses: ["Ablations", "Pruning", "Networks", "Tensors", "Recipes", "Randomness"]),
    tests(
      "ConnectivityTests",
      uses: [
        "Connectivity", "Training", "Networks", "Datasets", "Tensors", "Recipes", "Randomness",
      ], exclude: ["assignment.py"], resources: [.copy("assignment.json")]),
    tests(
      "ExperimentsTests",
      uses: [
        "Experiments", "Digests", "Engines", "Laboratory", "Pruning", "Training", "Networks",
        "Datasets", "Recipes", "Randomness", "Tensors",
      ],
      exclude: ["prune_size.py", "weights.py"], resources: [.copy("weights.json")]),
    tests(
      "EspalierTests", uses: ["espalier", "espalier-worker"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

// A part of the tests builds in a part of the time: `ESPALIER_TESTS="SuitesTests RecipesTests" swift test`.
if let wanted = Context.environment["ESPALIER_TESTS"] {
  let names = wanted.split(separator: " ").map(String.init)
  package.targets.removeAll { $0.type == .test && !names.contains($0.name) }
}
