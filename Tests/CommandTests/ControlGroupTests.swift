import Testing

@testable import Driver

/// Where the memory limit of this process may stand.
@Suite struct ControlGroupTests {
  @Test func processorsAreThoseOfTheAffinity() {
    #expect(MachineLimits.allowedProcessors("Name:\tx\nCpus_allowed:\tff,ffffff01\n") == 33)
    #expect(MachineLimits.allowedProcessors("Cpus_allowed_list:\t0-3\n") == nil)
  }

  @Test func groupsAroundAGroupLimitItToo() {
    #expect(
      MachineLimits.limitFiles("0::/a/b\n") == [
        "/sys/fs/cgroup/a/b/memory.max", "/sys/fs/cgroup/a/memory.max",
        "/sys/fs/cgroup/memory.max",
      ])
  }

  @Test func theOldVersionHasAFolderForMemory() {
    #expect(
      MachineLimits.limitFiles("4:cpu,memory:/a\n3:cpuset:/x\nnonsense\n") == [
        "/sys/fs/cgroup/memory/a/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
      ])
  }
}
