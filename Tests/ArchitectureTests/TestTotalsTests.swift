import GatewayTesting
import Testing

/// The line that ends `make test` (`Deploy/debian/test-totals`).
@Suite("The totals of test runs")
struct TestTotalsTests {
  private func totals(_ output: String) -> ProgramRun {
    let folder = TemporaryFolder()
    TestFiles.write(output, to: folder.path + "/output")
    return ProgramRun([TestFiles.projectRoot + "/Deploy/debian/test-totals", folder.path + "/output"])
  }

  @Test("a test that failed counts once, whatever else says that it failed; what it said is repeated")
  func failed() {
    let run = totals(
      """
      ✔ Test "is taken" passed after 0.012 seconds.
      ✘ Test "is refused" recorded an issue with 1 argument status → 403 at DoorTests.swift:31:5: Expectation failed: (status → 202) == 403
      ✘ Test "is refused" with 2 test cases failed after 0.020 seconds with 1 issue.
      ✘ Suite "The door" failed after 0.030 seconds with 1 issue.
      ✘ Test run with 2 tests in 1 suite failed after 0.030 seconds with 1 issue.
      ✔ Test run with 40 tests in 7 suites passed after 2.000 seconds.

      """)
    #expect(run.exitCode == 0, "\(run.errorText)")
    #expect(run.lines.last == "41 passed, 1 failed")
    #expect(run.lines.count == 2 && run.lines[0].contains("DoorTests.swift:31:5"), "\(run.lines)")
  }

  @Test("runs in which all passed are added up")
  func passed() {
    let run = totals(
      """
      ✔ Test run with 1 test in 1 suite passed after 0.030 seconds.
      ✔ Test run with 40 tests in 7 suites passed after 2.000 seconds.

      """)
    #expect(run.exitCode == 0 && run.lines == ["41 passed, 0 failed"], "\(run.lines)")
  }

  @Test("an output without a run is no success")
  func none() {
    let run = totals("error: no such module 'Gateway'\n")
    #expect(run.exitCode == 1 && run.lines == ["tests: no test was run"], "\(run.lines)")
  }
}
