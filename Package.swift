// swift-tools-version: 6.1
import PackageDescription

/// Settings of every target: Swift 6 language mode comes with the tools version.
let common: [SwiftSetting] = [
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
    .target(name: "TransitionSystem", dependencies: ["Diagnostics"], swiftSettings: common),
    .target(
      name: "Lowering", dependencies: ["Diagnostics", "Semantics", "TransitionSystem"],
      swiftSettings: common),
    .target(
      name: "Exploration", dependencies: ["Diagnostics", "TransitionSystem"],
      swiftSettings: common),
    .target(
      name: "Report", dependencies: ["Diagnostics", "TransitionSystem"], swiftSettings: common),
    .target(
      name: "Driver",
      dependencies: [
        "Diagnostics", "Syntax", "Semantics", "Lowering", "TransitionSystem", "Exploration",
        "Report",
      ], swiftSettings: common),
    .executableTarget(
      name: "wfcheck",
      dependencies: [
        "Driver", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: common),
  ]
)
