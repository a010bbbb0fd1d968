import Workbench

/// `lienthong schema sample`: valid documents of a schema.
enum SampleSchemaCommand: Command {
  static let name = "schema sample"
  static let summary = "make valid documents of a schema, by chance or at its limits"
  static let options = ["--root", "--schemas", "--seed", "--count", "--number"]
  static let flags = ["--limits", "--json"]
  static let help = """
    Usage: lienthong schema sample [--root NAME] [--schemas DIR] [--seed N] [--count N | --number N] [--limits]
                                   [--json] FILE

    Makes documents that are valid against FILE; each was validated before it is printed. The same
    seed gives the same documents. One document is printed with line breaks, several with one on a line.

    \(SchemaFile.help)

      --root      the root element, the first of an XSD unless told
      \(SchemaFile.optionHelp)
      --seed      a number, 1 unless told
      --count     how many, 1 unless told, 100000 at most
      --number    only the document of this number, as `map test --samples` names it
      --limits    one document for each limit: lengths and ranges at both ends, each listed value, each branch of a
                  choice, optional and repeated things absent, once and as often as they may come. Limits that other
                  rules make impossible are named on standard error
      --json      an array of objects: name (the seed and number, or the limit) and document

    Exit codes: 0 printed · 2 the schema cannot be read, or no document was found (the sentence says why)
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let file = try SchemaFile(arguments)
    let seed = try SampleOutput.number("--seed", arguments, UInt64(1), atMost: .max)
    let count = try SampleOutput.number("--count", arguments, 1, atMost: SampleOutput.countLimit)
    let first = try SampleOutput.number("--number", arguments, 1, atMost: SampleOutput.countLimit)
    guard first > 0, arguments.value("--number") == nil || (count == 1 && !arguments.has("--limits")) else {
      throw .unusable("--number is one number from 1, without --count and --limits")
    }
    do throws(SampleError) {
      var maker = try SampleMaker(
        contentsOf: file.path, catalogue: file.catalogue, root: arguments.value("--root"), seed: seed)
      maker.isIndented = count == 1 && !arguments.has("--limits")
      maker.start(at: first)
      var samples: [Sample] = []
      if arguments.has("--limits") {
        let atLimits = maker.limitSamples()
        samples = atLimits.samples
        for skipped in atLimits.skipped { Terminal.complain("skipped: \(skipped)") }
      } else {
        for _ in 0..<count { samples.append(try maker.next()) }
      }
      SampleOutput.print(samples, asJSON: arguments.has("--json"))
      return .success
    } catch {
      throw .unusable(error.description)
    }
  }
}
