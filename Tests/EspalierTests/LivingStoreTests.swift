import Foundation
import Testing

/// What happens to a store while a run lives.
@Suite struct LivingStoreTests {
  @Test("gc keeps all that a living run needs, though no saved plan names it")
  func collectWhileImagesAreNeeded() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      """
      import os, struct, zlib
      def chunk(t, b): return struct.pack('>I', len(b)) + t + b + struct.pack('>I', zlib.crc32(t + b))
      def write(path, value):
          rows = b''.join(b'\\0' + bytes([(value + 3 * x * y) % 256 for x in range(8)]) for y in range(8))
          with open(path, 'wb') as file:
              file.write(b'\\x89PNG\\r\\n\\x1a\\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 8, 8, 8, 0, 0, 0, 0))
                  + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
      for part, count in (('train', 20), ('test', 5)):
          for label in range(3):
              folder = f'pictures/{part}/{label}'
              os.makedirs(folder)
              for i in range(count): write(f'{folder}/{i}.png', 70 * label + i)

      """, to: "make.py")
    // Scores come from a program that collects garbage, after it made the run's plan forgotten.
    try program.write(
      """
      import os, shutil, struct, subprocess, sys, glob
      for plan in glob.glob('store/plans/*'): os.remove(plan)
      gc = subprocess.run([os.environ['E'], 'store', 'gc'], capture_output=True, text=True)
      open('gc.out', 'a').write(gc.stdout + gc.stderr)
      shutil.copy(sys.argv[1], sys.argv[3])

      """, to: "collect.py")
    let python = Process()
    python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    python.arguments = ["python3", "make.py"]
    python.currentDirectoryURL = program.folder
    try python.run()
    python.waitUntilExit()
    try program.write(
      """
      analysis: ablation
      replicates: 2
      network: lenet-8
      dataset: {name: images, folder: pictures}
      training: {learning-rate: 0.1, batch-size: 10, duration: 1ep}
      densities: [50%]
      methods:
        mine: {criterion: {command: [python3, collect.py], timeout: 60s}}
      ablations: [shuffle]
      statistics: {margin: 5}

      """, to: "suite.yaml")
    let run = try program.run(
      "run", "suite.yaml", "--workers", "1",
      environment: ["E": Program.products.appending(path: "espalier").path])
    let collected = (try? program.read("gc.out")) ?? "nothing"
    #expect(collected.contains("freed 0 B"), "\(collected) \(run.errors)")
    #expect(!collected.contains("×"), "\(collected)")
    let images = try FileManager.default.subpathsOfDirectory(
      atPath: program.path("store/artifacts/images").path
    ).filter { $0.hasSuffix("/images.bytes") }
    #expect(images.count == 1, "\(images)")
    // Once the run is over, nothing needs them.
    for plan in try FileManager.default.contentsOfDirectory(
      atPath: program.path("store/plans").path)
    {
      try FileManager.default.removeItem(at: program.path("store/plans/\(plan)"))
    }
    #expect(try program.run("store", "gc").output.contains("× needed by no saved plan"))
    #expect(
      try FileManager.default.subpathsOfDirectory(
        atPath: program.path("store/artifacts/images").path
      ).allSatisfy { !$0.contains("images.bytes") })
  }

  @Test("a record that is damaged before the report is written is told, and the status says so")
  func damageBeforeTheReport() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(StoreTests.suite, to: "suite.yaml")
    // The report comes after the workers: one harms a record when its work is done.
    try program.write(
      """
      #!/bin/sh
      '\(Program.products.appending(path: "espalier-worker").path)' "$@"
      status=$?
      for record in '\(program.path("store").path)'/artifacts/state/*/*/record.json; do
        printf x >> "$record"
        break
      done
      exit $status

      """, to: "worker")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: program.path("worker").path)
    let run = try program.run(
      "run", "suite.yaml", "--workers", "1", "--worker", program.path("worker").path)
    #expect(run.status == 1)
    #expect(
      run.errors.contains(
        ": damaged: record.json is not a record\n1 of 18 artifacts cannot be read"), "\(run.errors)"
    )
    // Found, told, redone.
    let again = try program.run("run", "suite.yaml")
    #expect(again.status == 0)
    #expect(again.errors.contains("redone: "))
  }
}
