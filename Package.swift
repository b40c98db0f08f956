// swift-tools-version: 6.2
import PackageDescription

/// Types such as `Set<SlotID>` are otherwise looked up by their mangled names when they are first
/// used, and the runtime goes through the conformances of all libraries for each: half a
/// millisecond of each start, at least. The frontend promises nothing, so only compilers that were
/// tried get the flag.
#if compiler(<6.4)
  let namedByAddress: [SwiftSetting] = [
    .unsafeFlags(["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"])
  ]
#else
  let namedByAddress: [SwiftSetting] = []
#endif

/// Settings of every target: Swift 6 language mode comes with the tools version. `./check` asks for
/// warnings as errors; a build by a user, perhaps with a newer compiler, does not.
let isStrict = Context.environment["WFCHECK_STRICT"] != nil
let common: [SwiftSetting] =
  (isStrict ? [.treatAllWarnings(as: .error)] : []) + namedByAddress + [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]

let package = Package(
  name: "wfcheck",
  products: [.executable(name: "wfcheck", targets: ["wfcheck"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(name: "Diagnostics", swiftSettings: common),
    .target(name: "Syntax", dependencies: ["Diagnostics"], swiftSettings: common),
    .target(name: "Semantics", dependencies: ["Diagnostics", "Syntax"], swiftSettings: common),
    .target(name: "CPrefetch"),
    .target(name: "Columns", swiftSettings: common),
    .target(name: "CZ3", linkerSettings: [.linkedLibrary("dl")]),
    .target(
      name: "Decisions", dependencies: ["CZ3", "Diagnostics", "Syntax"], swiftSettings: common),
    .target(
      name: "Satisfiability",
      dependencies: ["Decisions", "Diagnostics", "Semantics", "Syntax"],
      swiftSettings: common),
    .target(name: "TransitionSystem", dependencies: ["Diagnostics"], swiftSettings: common),
    .target(name: "Reduction", dependencies: ["TransitionSystem"], swiftSettings: common),
    .target(name: "DeadData", dependencies: ["TransitionSystem"], swiftSettings: common),
    .target(name: "Symmetry", dependencies: ["TransitionSystem"], swiftSettings: common),
    .target(
      name: "Lowering", dependencies: ["Diagnostics", "Syntax", "Semantics", "TransitionSystem"],
      swiftSettings: common),
    .target(
      name: "Exploration",
      dependencies: [
        "CPrefetch", "Columns", "DeadData", "Diagnostics", "Reduction", "Symmetry",
        "TransitionSystem",
      ],
      swiftSettings: common),
    .target(
      name: "Temporal", dependencies: ["CPrefetch", "Columns", "TransitionSystem"],
      swiftSettings: common),
    .target(name: "Valence", dependencies: ["Columns"], swiftSettings: common),
    .target(
      name: "Report", dependencies: ["Decisions", "Diagnostics", "TransitionSystem"],
      swiftSettings: common),
    .target(
      name: "Driver",
      dependencies: [
        "Columns", "Decisions", "Diagnostics", "Syntax", "Semantics", "Lowering",
        "TransitionSystem", "Exploration", "Reduction", "Report", "Satisfiability", "Temporal",
        "Valence",
      ], swiftSettings: common),
    .executableTarget(
      name: "wfcheck",
      dependencies: [
        "Decisions", "Driver", "Exploration", "Reduction", "Report",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: common),
    .testTarget(
      name: "SyntaxTests", dependencies: ["Diagnostics", "Syntax"],
      exclude: ["Messages", "Samples"], swiftSettings: common),
    .testTarget(
      name: "SemanticsTests", dependencies: ["Diagnostics", "Syntax", "Semantics"],
      exclude: ["Messages", "Stages"], swiftSettings: common),
    .testTarget(
      name: "MachineTests", dependencies: ["Diagnostics", "TransitionSystem", "Exploration"],
      swiftSettings: common),
    .testTarget(
      name: "LoweringTests",
      dependencies: ["Diagnostics", "Syntax", "Semantics", "Lowering", "TransitionSystem"],
      exclude: ["Stages"], swiftSettings: common),
    .testTarget(
      name: "ExplorationTests",
      dependencies: ["Diagnostics", "TransitionSystem", "Reduction", "Exploration"],
      swiftSettings: common),
    .testTarget(
      name: "TemporalTests", dependencies: ["Columns", "Temporal", "TransitionSystem"],
      swiftSettings: common),
    .testTarget(
      name: "ValenceTests", dependencies: ["Columns", "Valence"], swiftSettings: common),
    .testTarget(
      name: "DecisionsTests",
      dependencies: ["CZ3", "Decisions", "Diagnostics", "Report", "Syntax"],
      exclude: ["Messages"], swiftSettings: common),
    .testTarget(
      name: "SatisfiabilityTests",
      dependencies: ["Decisions", "Diagnostics", "Satisfiability", "Semantics", "Syntax"],
      exclude: ["Messages"], swiftSettings: common),
    .testTarget(
      name: "ReferenceTests",
      dependencies: [
        "Columns", "Diagnostics", "Syntax", "Semantics", "Lowering", "TransitionSystem",
        "Exploration", "DeadData", "Reduction", "Report", "Decisions", "Driver", "Satisfiability",
        "Symmetry",
      ],
      exclude: ["Goldens"], swiftSettings: common),
    .testTarget(
      name: "ReportTests", dependencies: ["Diagnostics", "TransitionSystem", "Report"],
      exclude: ["Snapshots"], swiftSettings: common),
    .testTarget(
      name: "CommandTests", dependencies: ["wfcheck", "Diagnostics", "Driver"],
      exclude: ["Messages"], swiftSettings: common),
    .testTarget(name: "TidyTests", swiftSettings: common),
  ]
)
