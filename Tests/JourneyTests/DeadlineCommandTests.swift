import GatewayTesting
import JSONKit
import Testing

@Suite("The command line: deadlines", .timeLimit(.minutes(2)))
struct DeadlineCommandTests {
  private func explain(_ words: String...) -> ProgramRun {
    ProgramRun(
      [TestFiles.program("lienthong"), "deadline", "explain"] + words + [
        "--calendars", TestFiles.projectRoot + "/Deploy/calendars",
      ])
  }

  @Test("explain shows every day that is counted and every one that is not, with its reason")
  func text() {
    let run = explain("--received", "2026-11-20T16:10", "--term", "2 ngày làm việc")
    let expected = """
      received          fri 2026-11-20 16:10   2 ngày làm việc
      begins            fri 2026-11-20 16:10   the office is open
      fri 2026-11-20    –       the day of receipt is not counted
      sat 2026-11-21    –       closed every week
      sun 2026-11-22    –       closed every week
      mon 2026-11-23    1
      tue 2026-11-24    –       Ngày Văn hóa Việt Nam
      wed 2026-11-25    2
      due               wed 2026-11-25 17:00
      calendar          vietnam/1

      """
    #expect(run.exitCode == 0 && run.text == expected, "\(run.text)\(run.errorText)")
  }

  @Test("explain knows pauses, the hour of the day, other offices and what is not decided, for machines too")
  func json() throws {
    let run = explain(
      "--received", "2027-02-01T15:30", "--term", "3 workingDays", "--cut-off", "15:00", "--office", "saturday-morning",
      "--calendar", "vietnam/1", "--pause", "2027-02-03T10:00/2027-02-04T10:00", "--json")
    let deadline = try JSONDocument(parsing: run.output).root
    // Begins on Tuesday; Wednesday, Thursday, then Thursday 11 February behind Tết, and Friday for the pause.
    #expect(deadline["beganAt"]?.string == "2027-02-02T07:30:00+07:00")
    #expect(deadline["dueAt"]?.string == "2027-02-12T17:00:00+07:00")
    #expect(deadline["provisional"]?.boolean == true && deadline["doubts"]?.count == 9)
    let steps = deadline["steps"]?.elements.compactMap { $0["step"]?.string } ?? []
    #expect(
      steps.first == "begins" && steps.last == "due" && steps.contains("extended") && steps.contains("passedOver"))
    let paused = explain("--received", "2026-11-20T16:10", "--term", "8 giờ", "--pause", "2026-11-20T16:30/")
    #expect(
      paused.exitCode == 0 && !paused.text.contains("due  ") && paused.text.contains("since fri 2026-11-20 16:30"))
  }

  @Test(
    "a call that cannot be used says what to write",
    arguments: [
      (["--received", "yesterday", "--term", "1 days"], "2026-11-20T16:10"),
      (["--received", "2026-11-20T16:10", "--term", "one day"], "3 workingDays"),
      (["--received", "2026-11-20T16:10"], "--term"),
      (["--received", "2026-11-20T16:10", "--term", "1 days", "--office", "x"], "saturday-morning, standard"),
      (["--received", "2026-11-20T16:10", "--term", "1 days", "--calendar", "vietnam/9"], "vietnam/1"),
      (["--received", "2026-11-20T16:10", "--term", "1 days", "--begin", "later"], "moment or nextDay"),
      (["--received", "2026-11-20T16:10", "--term", "1 days", "--cut-off", "3pm"], "HH:mm"),
      (["--received", "2026-11-20T16:10", "--term", "1 days", "--pause", "2026-11-20T16:10"], "FROM/UNTIL"),
    ])
  func refused(words: [String], expected: String) {
    let run = ProgramRun(
      [
        TestFiles.program("lienthong"), "deadline", "explain", "--calendars",
        TestFiles.projectRoot + "/Deploy/calendars",
      ]
        + words)
    #expect(run.exitCode == 2 && run.errorText.contains(expected), "\(run.errorText)")
  }
}
