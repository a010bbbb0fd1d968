// swift-tools-version: 6.2
import Glibc
import PackageDescription

// The toolchain's own libraries and Debian's system libraries are all this package stands on:
// no package is named here, and a test keeps it so (Tests/ArchitectureTests).

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),  // SE-0335: an existential is spelt `any`
  .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444: a file imports what it uses
  .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409: a leaking import is said
]

// jemalloc takes a sixth off the cost of a message. It is linked where it is installed; everything works without it.
let allocator: [LinkerSetting] =
  access("/usr/include/jemalloc/jemalloc.h", R_OK) == 0 ? [.linkedLibrary("jemalloc")] : []

// The proofs about mappings read, write and compare documents by the hundred thousand: without the optimiser these few
// modules would keep every core busy for minutes. Assertions stay on.
let optimizedForTests: [SwiftSetting] = [
  .unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug))
]
let readingAndWriting: Set = ["CryptographyKit", "DocumentKit", "JSONKit", "Translation", "Workbench", "XMLKit"]

func library(
  _ name: String, floor: String, on dependencies: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(floor)/\(name)", resources: resources,
    swiftSettings: settings + (readingAndWriting.contains(name) ? optimizedForTests : []))
}

func program(_ name: String, on dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, path: "Sources/Programs/\(name)", swiftSettings: settings,
    linkerSettings: allocator)
}

func tests(_ name: String, floor: String, on dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, path: "Tests/\(floor)\(name)", swiftSettings: settings)
}

func cLibrary(_ name: String, pkgConfig: String, package: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/CLibraries/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

let package = Package(
  name: "lienthong",
  products: [
    .executable(name: "lienthong", targets: ["lienthong"]),
    .executable(name: "lienthong-simulator", targets: ["lienthong-simulator"]),
    .executable(name: "lienthong-bench", targets: ["lienthong-bench"]),
  ],
  targets: [
    // Floor 0: one room per C library.
    cLibrary("CXML", pkgConfig: "libexslt", package: "libxslt1-dev"),
    cLibrary("CCurl", pkgConfig: "libcurl", package: "libcurl4-openssl-dev"),
    cLibrary("CMicrohttpd", pkgConfig: "libmicrohttpd", package: "libmicrohttpd-dev"),
    cLibrary("CSQLite", pkgConfig: "sqlite3", package: "libsqlite3-dev"),
    cLibrary("CPostgreSQL", pkgConfig: "libpq", package: "libpq-dev"),
    cLibrary("CYAML", pkgConfig: "yaml-0.1", package: "libyaml-dev"),
    cLibrary("CCrypto", pkgConfig: "libcrypto", package: "libssl-dev"),
    cLibrary("CPCRE2", pkgConfig: "libpcre2-8", package: "libpcre2-dev"),

    // Floor 1: Swift over a library or a format. They know nothing of dossiers.
    library("FileKit", floor: "Kits"),
    library("ThreadKit", floor: "Kits"),
    library("JSONKit", floor: "Kits", on: ["CPCRE2"]),
    library("XMLKit", floor: "Kits", on: ["CXML"]),
    library("CryptographyKit", floor: "Kits", on: ["CCrypto"]),
    library("SQLKit", floor: "Kits", on: ["FileKit", "ThreadKit", "CSQLite", "CPostgreSQL"]),
    library("HTTPKit", floor: "Kits", on: ["ThreadKit", "CMicrohttpd", "CCurl"]),
    library("SFTPKit", floor: "Kits", on: ["ThreadKit", "CCurl", "CryptographyKit"]),
    // Kits over kits.
    library("DocumentKit", floor: "Kits", on: ["FileKit", "JSONKit", "XMLKit", "CXML", "CYAML"]),
    library("ServiceKit", floor: "Kits", on: ["DocumentKit", "FileKit", "ThreadKit"]),

    // Floor 2 and 3: what a dossier is, and where it is kept.
    library("DossierModel", floor: "Model", on: ["DocumentKit", "JSONKit", "XMLKit", "CryptographyKit", "ServiceKit"]),
    library("Deadlines", floor: "Model", on: ["DocumentKit", "FileKit", "ServiceKit"]),
    library("Dictionaries", floor: "Model", on: ["DocumentKit", "FileKit", "JSONKit", "ServiceKit"]),
    library("Statistics", floor: "Model", on: ["Deadlines", "DossierModel", "DocumentKit", "ServiceKit"]),
    library(
      "Reconciliation", floor: "Model",
      on: ["Statistics", "DossierModel", "DocumentKit", "FileKit", "ServiceKit", "XMLKit"]),
    library(
      "DossierFiles", floor: "Model", on: ["DossierModel", "FileKit", "HTTPKit", "CryptographyKit", "ServiceKit"]),
    library(
      "DossierStore", floor: "Model", on: ["DossierModel", "SQLKit", "CryptographyKit", "ServiceKit", "ThreadKit"],
      resources: [.embedInCode("SQLite/Migrations"), .embedInCode("PostgreSQL/Migrations")]),

    // Stations: what is done to a dossier. They never import one another.
    library(
      "Validation", floor: "Stations",
      on: ["FileKit", "Dictionaries", "DossierModel", "DocumentKit", "JSONKit", "XMLKit", "ServiceKit"]),
    library(
      "Translation", floor: "Stations",
      on: [
        "FileKit", "Dictionaries", "DossierFiles", "DossierModel", "DocumentKit", "JSONKit", "XMLKit",
        "CryptographyKit",
        "ServiceKit",
      ]),
    library("Routing", floor: "Stations", on: ["DossierModel", "DocumentKit", "XMLKit"]),
    library(
      "Reception", floor: "Stations",
      on: [
        "DossierModel", "DossierStore", "DossierFiles", "DocumentKit", "JSONKit", "XMLKit", "HTTPKit", "FileKit",
        "CryptographyKit", "ServiceKit", "ThreadKit",
      ]),
    library(
      "Delivery", floor: "Stations",
      on: [
        "Dictionaries", "DossierModel", "DossierStore", "DossierFiles", "DocumentKit", "JSONKit", "XMLKit", "HTTPKit",
        "SFTPKit", "CryptographyKit",
        "ServiceKit", "ThreadKit",
      ]),

    library(
      "Orchestration", floor: "Stations",
      on: ["JSONKit", "Deadlines", "DossierModel", "XMLKit", "DocumentKit", "ServiceKit"]),

    // Faces: what operators and programs see.
    library(
      "Management", floor: "Faces",
      on: [
        "Reconciliation", "Statistics", "Deadlines", "DossierModel", "DossierStore", "Delivery", "Reception", "JSONKit",
        "HTTPKit", "ServiceKit", "DocumentKit", "XMLKit", "CryptographyKit",
      ]),

    library(
      "Workbench", floor: "Faces",
      on: [
        "Deadlines", "Orchestration", "Translation", "Validation", "DossierModel", "DossierStore", "DocumentKit",
        "JSONKit",
        "XMLKit", "FileKit",
        "ServiceKit",
      ]),

    // The line: the one place that knows all stations.
    .target(
      name: "Gateway",
      dependencies: [
        "Dictionaries", "DossierModel", "DossierStore", "DossierFiles", "Deadlines", "SQLKit", "Validation",
        "Translation", "Routing", "Reception", "Orchestration",
        "Delivery",
        "Management", "Statistics",
        "FileKit", "DocumentKit", "JSONKit", "XMLKit", "HTTPKit", "CryptographyKit", "ServiceKit", "ThreadKit",
      ],
      path: "Sources/Gateway", swiftSettings: settings),

    program(
      "lienthong",
      on: [
        "Gateway", "FileKit", "Management", "Workbench", "Reception", "Validation", "Translation", "Routing",
        "Delivery", "Dictionaries", "DossierStore", "DossierModel", "Deadlines", "Statistics", "Reconciliation",
        "Orchestration",
        "DocumentKit",
        "JSONKit", "XMLKit",
        "HTTPKit", "ThreadKit",
        "CryptographyKit",
        "ServiceKit",
      ]),
    program(
      "lienthong-simulator", on: ["Simulation", "HTTPKit", "DocumentKit", "FileKit", "ServiceKit", "ThreadKit"]),
    program(
      "lienthong-bench",
      on: [
        "Gateway", "FileKit", "DossierStore", "DossierModel", "DocumentKit", "JSONKit", "XMLKit", "HTTPKit", "SQLKit",
        "CryptographyKit", "ServiceKit", "Translation", "Validation", "Delivery", "Reception", "EngineSimulation",
        "GatewayTesting", "ThreadKit",
      ]),

    // Fake partners, a clock that is held, seeded faults.
    .target(
      name: "GatewayTesting",
      dependencies: [
        "Gateway", "Reception", "DossierStore", "DossierModel", "DocumentKit", "HTTPKit", "ServiceKit", "JSONKit",
        "XMLKit",
        "CryptographyKit", "ThreadKit", "SQLKit",
      ],
      path: "Sources/Testing/GatewayTesting", swiftSettings: settings),

    // The partners of the gateway: the portal and an agency, with faults, in process or as a program.
    .target(
      name: "Simulation",
      dependencies: [
        "Validation", "HTTPKit", "JSONKit", "XMLKit", "DocumentKit", "FileKit", "CryptographyKit", "ServiceKit",
        "ThreadKit",
      ],
      path: "Sources/Testing/Simulation",
      resources: [.embedInCode("Portal/Catalogue"), .embedInCode("Story/Data")], swiftSettings: settings),

    // The engine with a clock, a disk, a network and partners that a seed decides about.
    .target(
      name: "EngineSimulation",
      dependencies: [
        "Delivery", "Orchestration", "DossierStore", "DossierModel", "DocumentKit", "XMLKit", "HTTPKit", "SQLKit",
        "CryptographyKit", "ServiceKit",
      ],
      path: "Sources/Testing/EngineSimulation", swiftSettings: settings),

    tests("FileKitTests", floor: "Kits/", on: ["FileKit"]),
    tests("ThreadKitTests", floor: "Kits/", on: ["ThreadKit"]),
    tests("JSONKitTests", floor: "Kits/", on: ["JSONKit", "GatewayTesting"]),
    tests("XMLKitTests", floor: "Kits/", on: ["XMLKit"]),
    tests("CryptographyKitTests", floor: "Kits/", on: ["CryptographyKit"]),
    tests("SQLKitTests", floor: "Kits/", on: ["SQLKit", "GatewayTesting", "ThreadKit"]),
    tests("HTTPKitTests", floor: "Kits/", on: ["HTTPKit"]),
    tests("SFTPKitTests", floor: "Kits/", on: ["SFTPKit", "GatewayTesting"]),
    tests(
      "DocumentKitTests", floor: "Kits/", on: ["DocumentKit", "FileKit", "JSONKit", "XMLKit", "GatewayTesting"]),
    tests("ServiceKitTests", floor: "Kits/", on: ["ServiceKit", "DocumentKit", "ThreadKit"]),
    tests(
      "DossierFilesTests", floor: "Model/",
      on: ["DossierFiles", "DossierModel", "FileKit", "ServiceKit", "GatewayTesting"]),
    tests(
      "DeadlinesTests", floor: "Model/", on: ["Deadlines", "DocumentKit", "FileKit", "ServiceKit", "GatewayTesting"]),
    tests(
      "DictionariesTests", floor: "Model/", on: ["Dictionaries", "FileKit", "JSONKit", "ServiceKit", "GatewayTesting"]),
    tests(
      "StatisticsTests", floor: "Model/",
      on: ["Statistics", "Deadlines", "DossierModel", "DocumentKit", "ServiceKit", "GatewayTesting"]),
    tests(
      "ReconciliationTests", floor: "Model/",
      on: ["Reconciliation", "Statistics", "DossierModel", "ServiceKit", "GatewayTesting"]),
    tests("DossierModelTests", floor: "Model/", on: ["DossierModel", "ServiceKit"]),
    tests(
      "DossierStoreTests", floor: "Model/",
      on: [
        "DossierStore", "DossierModel", "SQLKit", "ServiceKit", "GatewayTesting", "EngineSimulation", "ThreadKit",
      ]),
    tests(
      "ValidationTests", floor: "Stations/",
      on: [
        "Validation", "Dictionaries", "DossierModel", "DocumentKit", "JSONKit", "XMLKit", "ServiceKit",
        "GatewayTesting",
      ]),
    tests(
      "TranslationTests", floor: "Stations/",
      on: [
        "Translation", "Dictionaries", "DossierFiles", "DossierModel", "DocumentKit", "JSONKit", "XMLKit",
        "CryptographyKit",
        "ServiceKit",
        "FileKit", "GatewayTesting",
      ]),
    tests(
      "RoutingTests", floor: "Stations/", on: ["Routing", "DossierModel", "DocumentKit", "XMLKit", "GatewayTesting"]),
    tests(
      "ReceptionTests", floor: "Stations/",
      on: [
        "Reception", "DossierModel", "DossierStore", "DocumentKit", "JSONKit", "XMLKit", "HTTPKit", "SQLKit",
        "CryptographyKit", "ServiceKit", "GatewayTesting",
      ]),
    tests(
      "DeliveryTests", floor: "Stations/",
      on: [
        "Delivery", "Dictionaries", "DossierModel", "DossierStore", "DocumentKit", "XMLKit", "HTTPKit", "SFTPKit",
        "CryptographyKit",
        "ServiceKit",
        "GatewayTesting", "ThreadKit",
      ]),
    tests(
      "OrchestrationTests", floor: "Stations/",
      on: [
        "Orchestration", "JSONKit", "Deadlines", "DossierModel", "DocumentKit", "XMLKit", "CryptographyKit",
        "ServiceKit", "GatewayTesting",
      ]),
    tests(
      "ManagementTests", floor: "Faces/",
      on: [
        "Management", "Statistics", "DossierModel", "DossierStore", "DocumentKit", "ServiceKit", "CryptographyKit",
      ]),
    tests(
      "WorkbenchTests", floor: "Faces/",
      on: [
        "Workbench", "Translation", "Validation", "DossierModel", "DossierStore", "DocumentKit", "JSONKit", "XMLKit",
        "FileKit", "ServiceKit", "GatewayTesting",
      ]),
    tests(
      "GatewayTests", floor: "",
      on: [
        "Gateway", "GatewayTesting", "Management", "Delivery", "Reception", "Orchestration", "DossierStore",
        "DossierModel", "Deadlines", "DocumentKit", "JSONKit", "SQLKit", "FileKit", "ServiceKit", "ThreadKit",
        "CryptographyKit", "XMLKit",
      ]),
    tests(
      "JourneyTests", floor: "",
      on: [
        "Gateway", "GatewayTesting", "Simulation", "Delivery", "Reception", "DossierStore", "Dictionaries",
        "DossierModel",
        "DocumentKit",
        "FileKit", "HTTPKit", "JSONKit", "XMLKit", "ServiceKit", "CryptographyKit", "ThreadKit", "SQLKit",
      ]),
    tests(
      "ConformanceTests", floor: "",
      on: [
        "Gateway", "GatewayTesting", "Simulation", "Workbench", "Delivery", "Reception", "DossierStore", "DossierModel",
        "DocumentKit",
        "FileKit",
        "HTTPKit",
        "JSONKit", "XMLKit", "ServiceKit", "ThreadKit", "CryptographyKit",
      ]),
    tests(
      "SimulationTests", floor: "",
      on: [
        "Simulation", "GatewayTesting", "Validation", "FileKit", "HTTPKit", "JSONKit", "XMLKit", "DocumentKit",
        "CryptographyKit", "ServiceKit", "ThreadKit",
      ]),
    tests(
      "EngineSimulationTests", floor: "",
      on: ["EngineSimulation", "Orchestration", "Deadlines", "ServiceKit", "GatewayTesting"]),
    tests("SchemasTests", floor: "", on: ["DocumentKit", "FileKit", "JSONKit", "XMLKit"]),
    tests(
      "MappingsTests", floor: "",
      on: ["Workbench", "Translation", "FileKit", "DocumentKit", "JSONKit", "XMLKit", "GatewayTesting"]),
    tests("ArchitectureTests", floor: "", on: ["JSONKit", "GatewayTesting"]),
  ]
)
