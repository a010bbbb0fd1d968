import JSONKit
import Translation
import Workbench

/// `lienthong map test --samples`: samples of the source schemas through the mappings.
enum SampleTest {
  private static let countLimit = 100_000
  /// Failures of one mapping that are printed; JSON has them all.
  private static let failuresShown = 20

  static func run(
    _ arguments: Arguments, _ workbench: Workbench, _ mappings: [Mapping],
  ) throws(CommandFailure) -> ExitCode {
    guard let count = arguments.value("--samples").flatMap({ Int($0) }), count > 0, count <= countLimit else {
      throw .unusable("--samples is a whole number from 1 to \(countLimit)")
    }
    guard let seed = UInt64(arguments.value("--seed") ?? "1") else { throw .unusable("--seed is a whole number") }
    guard !arguments.has("--update") else { throw .unusable("--update is for examples; samples have no goldens") }
    var reports: [SampleTestReport] = []
    for mapping in mappings {
      let report = try WorkbenchFiles.ask { () throws(WorkbenchError) in
        try workbench.test(mapping, samples: count, seed: seed, isRoundTrip: arguments.has("--round-trip"))
      }
      reports.append(report)
      if !arguments.has("--json") { show(report, arguments.has("--round-trip")) }
    }
    let failed = reports.count { !$0.isPassed }
    if arguments.has("--json") {
      writeJSON(reports, failed: failed)
    } else {
      Terminal.print(
        "\(reports.count) mapping(s), seed \(seed), \(reports.map(\.samples).reduce(0, +)) sample(s): "
          + "\(reports.map(\.translated).reduce(0, +)) translated, \(failed) mapping(s) failed")
    }
    return failed == 0 ? .success : .negative
  }

  private static func show(_ report: SampleTestReport, _ isRoundTrip: Bool) {
    var line = "\(report.mapping): \(report.translated) of \(report.samples) translated" + text(report.stopped)
    if isRoundTrip {
      line +=
        report.opposite.map { "; \(report.returned) back through \($0)" + text(report.stoppedOnReturn) }
        ?? "; no way back"
    }
    Terminal.print(line)
    for (loss, differences) in report.declared {
      Terminal.print("  declared: \(loss.path) \(loss.kind.rawValue) (\(differences) seen): \(loss.reason)")
    }
    for failure in report.failures.prefix(failuresShown) {
      let place = failure.sample > 0 ? "seed \(report.seed), sample \(failure.sample): " : ""
      Terminal.print(
        "  FAILED \(place)\(failure.kind.rawValue): \(failure.path): \(failure.rule): \(failure.message)")
      if let repetition = report.repetition(of: failure) { Terminal.print("    repeat: " + repetition) }
    }
    let more = report.failures.count - failuresShown
    if more > 0 { Terminal.print("  … and \(more) more; --json has all") }
  }

  private static func text(_ causes: [String: Int]) -> String {
    guard !causes.isEmpty else { return "" }
    return " (" + causes.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + ")"
  }

  private static func writeJSON(_ reports: [SampleTestReport], failed: Int) {
    Terminal.printJSONObject { writer in
      writer.member("failed", failed)
      writer.member("mappings", reports) { report, writer in
        writer.member("mapping", report.mapping)
        writer.member("seed", String(report.seed))
        writer.member("opposite", report.opposite)
        writer.member("samples", report.samples)
        writer.member("translated", report.translated)
        writer.member("returned", report.returned)
        for (name, causes) in [("stopped", report.stopped), ("stoppedOnReturn", report.stoppedOnReturn)] {
          writer.name(name)
          writer.beginObject()
          for (cause, count) in causes.sorted(by: { $0.key < $1.key }) { writer.member(cause, count) }
          writer.endObject()
        }
        writer.member("declared", report.declared) { declared, writer in
          writer.member("path", declared.loss.path)
          writer.member("difference", declared.loss.kind.rawValue)
          writer.member("reason", declared.loss.reason)
          writer.member("seen", declared.differences)
        }
        writer.member("failures", report.failures) { failure, writer in
          writer.member("kind", failure.kind.rawValue)
          writer.member("sample", failure.sample)
          writer.member("path", failure.path)
          writer.member("rule", failure.rule)
          writer.member("message", failure.message)
          writer.member("repeat", report.repetition(of: failure))
        }
      }
    }
  }
}
