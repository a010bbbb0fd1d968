import JSONKit
import Translation
import Workbench

/// `lienthong map test`: every golden example and every refusal beside the mappings.
enum TestMapCommand: Command {
  static let name = "map test"
  static let summary = "run the examples beside the mappings and compare them with their goldens"
  static let options = WorkbenchFiles.options + ["--samples", "--seed"]
  static let flags = ["--json", "--update", "--round-trip"]
  static let help = """
    Usage: lienthong map test [NAME[/VERSION] | all] [--update] [--json]
           lienthong map test [NAME[/VERSION] | all] --samples N [--seed S] [--round-trip] [--json]

    Beside a mapping lie examples/CASE.in.* with CASE.out.*, which it must be translated to, and refusals/CASE.in.* with
    CASE.expect, which says `held TABLE …` or `refused ROW`. Documents are compared by structure: layout does not matter,
    nor in JSON the order of members. Inputs and outputs must be valid. Without a name, all mappings are tested.

    With --samples, N documents made of the source's schema, as `map sample` prints them, go through the mapping instead, and
    what it makes of them must be valid. What is held or refused is counted by its reason and is no failure. Each failure says how to repeat it.

    \(WorkbenchFiles.help)
      --samples N      how many samples of each mapping's source schema, 100000 at most
      --seed S         a number, 1 unless told; the same seed makes the same samples
      --round-trip     what the mapping of the opposite direction makes of an output must be the sample again, except for
                       what `map loss` says of either mapping and what round-trip.yaml beside the mapping declares (path,
                       difference: added, removed or changed, reason); values are compared and not spellings. What is
                       declared is looked for in further samples, and fails where none shows it
      --update         write the goldens anew that differ or are missing; look at the change before you commit it
      --json           one object: passed, failed, updated, mappings[]: mapping, results[]: name, kind, passed, updated,
                       failures[] (texts). With --samples: failed, mappings[]: mapping, seed, opposite, samples, translated,
                       returned, stopped{}, stoppedOnReturn{} (numbers by reason), declared[]: path, difference, reason,
                       seen; failures[]: kind (invalid-target, round-trip, unfounded, unusable), sample, path, rule,
                       message, repeat

    Exit codes: 0 all passed · 1 something failed · 2 the call, a file or a folder cannot be used
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    guard arguments.words.count <= 1 else { throw .unusable("expects one mapping or all") }
    let workbench = try WorkbenchFiles.open(arguments)
    let mappings = try WorkbenchFiles.ask { () throws(WorkbenchError) in
      try workbench.mappings(arguments.words.first ?? "all")
    }
    if arguments.value("--samples") != nil { return try SampleTest.run(arguments, workbench, mappings) }
    guard arguments.value("--seed") == nil, !arguments.has("--round-trip") else {
      throw .unusable("--seed and --round-trip are for --samples N")
    }
    let results = mappings.map { ($0, workbench.test($0, updatingGoldens: arguments.has("--update"))) }
    let all = results.flatMap(\.1)
    let failed = all.count { !$0.isPassed }
    let updated = all.count(where: \.isUpdated)
    if arguments.has("--json") {
      writeJSON(results, failed: failed, updated: updated)
    } else {
      for result in all where !result.isPassed || result.isUpdated { show(result) }
      for (mapping, results) in results where results.isEmpty { Terminal.print("\(mapping.label): no examples") }
      Terminal.print(
        "\(mappings.count) mapping(s), \(all.count) example(s): \(all.count - failed) passed, \(failed) failed"
          + (updated > 0 ? ", \(updated) golden(s) written" : ""))
    }
    return failed == 0 ? .success : .negative
  }

  private static func show(_ result: ExampleResult) {
    let verdict = result.isPassed ? "golden written" : "FAILED"
    Terminal.print("\(result.example): \(verdict) (\(result.example.inputPath))")
    for failure in result.failures {
      for line in failure.lines { Terminal.print("  " + line) }
    }
  }

  private static func writeJSON(_ results: [(Mapping, [ExampleResult])], failed: Int, updated: Int) {
    Terminal.printJSONObject { writer in
      writer.member("passed", results.flatMap(\.1).count - failed)
      writer.member("failed", failed)
      writer.member("updated", updated)
      writer.member("mappings", results) { mapping, writer in
        writer.member("mapping", mapping.0.label)
        writer.member("results", mapping.1) { result, writer in
          writer.member("name", result.example.name)
          writer.member("kind", result.example.kind.rawValue)
          writer.member("passed", result.isPassed)
          writer.member("updated", result.isUpdated)
          writer.member("failures", result.failures.map { $0.lines.joined(separator: "\n") })
        }
      }
    }
  }
}
