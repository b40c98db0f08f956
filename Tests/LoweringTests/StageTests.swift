import Foundation
import Testing
import TransitionSystem

/// `Stages/run.wf` with its dumped system beside it in `run.txt`; `UPDATE_SNAPSHOTS=1` rewrites.
private let stages = stageFiles("wf")
private let isUpdating = ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1"

private func stageFiles(_ wanted: String) -> [URL] {
  let folder = testFolder.appending(path: "Stages")
  let all = try? FileManager.default.contentsOfDirectory(
    at: folder, includingPropertiesForKeys: nil)
  return (all ?? []).filter { $0.pathExtension == wanted }.sorted { $0.path < $1.path }
}

@Test(arguments: stages)
func lowersAsBefore(_ stage: URL) throws {
  let text = dump(try system(try String(contentsOf: stage, encoding: .utf8)))
  let golden = stage.deletingPathExtension().appendingPathExtension("txt")
  if isUpdating { try text.write(to: golden, atomically: true, encoding: .utf8) }
  #expect(try String(contentsOf: golden, encoding: .utf8) == text)
}

@Test func noStageIsOrphaned() {
  func names(_ files: [URL]) -> [String] {
    files.map { $0.deletingPathExtension().lastPathComponent }
  }
  #expect(names(stageFiles("txt")) == names(stages))
}
