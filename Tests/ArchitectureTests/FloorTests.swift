import Testing

/// The house in numbers: a module imports only modules of a lower floor.
@Suite("The house")
struct FloorTests {
  static let floors: [String: Int] = [
    "CXML": 0, "CCurl": 0, "CMicrohttpd": 0, "CSQLite": 0, "CPostgreSQL": 0, "CYAML": 0, "CCrypto": 0, "CPCRE2": 0,
    // Kits: over a library or a format; then kits over kits.
    "FileKit": 10, "ThreadKit": 10, "JSONKit": 11, "XMLKit": 11, "CryptographyKit": 11, "SQLKit": 11, "HTTPKit": 11,
    "SFTPKit": 12,
    "DocumentKit": 12, "ServiceKit": 13,
    "DossierModel": 20, "Deadlines": 20, "Dictionaries": 20, "Statistics": 21, "Reconciliation": 22,
    "DossierFiles": 30, "DossierStore": 30,
    // Stations stand on one floor, so none can import another.
    "Validation": 40, "Translation": 40, "Routing": 40, "Reception": 40, "Delivery": 40,
    "Orchestration": 40,
    "Management": 50, "Workbench": 50, "Gateway": 60,
    "Simulation": 70, "EngineSimulation": 70, "GatewayTesting": 70,
    "lienthong": 80, "lienthong-simulator": 80, "lienthong-bench": 80,
  ]

  static let toolchain: Set<String> = ["Glibc", "Synchronization", "Swift", "_Concurrency", "Testing"]

  /// `Sources/<floor>/<module>/…`, or `Sources/Gateway/…`.
  static func module(of path: String) -> String {
    let parts = path.split(separator: "/")
    return String(parts[1] == "Gateway" ? parts[1] : parts[2])
  }

  @Test("has a floor for every module, and no floor for a module that is gone")
  func everyModuleHasAFloor() {
    let modules = Set(SourceTree.files(below: "Sources", ending: "").map { Self.module(of: $0.path) })
    #expect(modules.subtracting(Self.floors.keys) == [], "modules without a floor")
    #expect(Set(Self.floors.keys).subtracting(modules) == [], "floors without a module")
  }

  @Test("lets a module import lower floors only")
  func importsGoDown() {
    let files = SourceTree.files(below: "Sources", ending: ".swift")
    #expect(files.count > 100, "the sources were not found")
    for file in files {
      let module = Self.module(of: file.path)
      for imported in file.imports where !Self.toolchain.contains(imported) {
        guard let own = Self.floors[module], let other = Self.floors[imported] else {
          Issue.record("\(file.path) imports \(imported), which has no floor; nothing but the toolchain is taken")
          continue
        }
        #expect(other < own, "\(file.path): \(module) (floor \(own)) imports \(imported) (floor \(other))")
      }
    }
  }

  @Test("lets only the kits touch C libraries")
  func onlyKitsTouchC() {
    for file in SourceTree.files(below: "Sources", ending: ".swift") {
      for imported in file.imports where Self.floors[imported] == 0 {
        #expect((10..<20).contains(Self.floors[Self.module(of: file.path)] ?? 0), "\(file.path) imports \(imported)")
      }
    }
  }

  @Test("keeps SQL in the store and the kit under it")
  func onlyTheStoreWritesSQL() {
    let words = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE "]
    for file in SourceTree.files(below: "Sources", ending: ".swift") {
      guard !["DossierStore", "SQLKit", "lienthong-bench"].contains(Self.module(of: file.path)) else { continue }
      for word in words { #expect(!file.text.contains(word), "\(file.path) writes SQL (\(word))") }
    }
  }

  @Test("depends on no Swift package")
  func noPackages() {
    let manifest = SourceTree.read("Package.swift")
    #expect(manifest.contains("let package = Package("))
    #expect(!manifest.contains(".package("))
  }

  @Test("does without Foundation")
  func noFoundation() {
    for file in SourceTree.files(below: "Sources", ending: ".swift") {
      #expect(!file.imports.contains { $0.hasPrefix("Foundation") }, "\(file.path)")
    }
  }

  @Test("avoids the settings that are known to lose data, to stall or to open a door")
  func bannedIdioms() {
    let banned = [
      ("synchronous=" + "NORMAL", "a commit that returned must be on the disk"),
      ("synchronous_commit=" + "off", "a commit that returned must be on the disk"),
      ("synchronous=" + "OFF", "a commit that returned must be on the disk"),
      ("XML_PARSE_" + "NOENT", "it reads files that a document names"),
      ("XML_PARSE_" + "HUGE", "it lifts libxml2's own limits"),
      ("MHD_USE_" + "EPOLL", "libmicrohttpd 0.9.75 stalls when 128 descriptors are ready"),
      ("try" + "!", "a failure of the world is not a trap"),
    ]
    for file in SourceTree.files(below: "Sources", ending: "") {
      for (idiom, reason) in banned where file.lines.contains(where: { $0.contains(idiom) && !$0.contains("//") }) {
        Issue.record("\(file.path) has \(idiom): \(reason)")
      }
    }
  }
}
