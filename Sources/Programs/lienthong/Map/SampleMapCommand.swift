import Workbench

/// `lienthong map sample`: valid documents that a mapping can read.
enum SampleMapCommand: Command {
  static let name = "map sample"
  static let summary = "make valid documents that a mapping can read"
  static let options = WorkbenchFiles.options + ["--seed", "--count", "--number"]
  static let flags = ["--json"]
  static let help = """
    Usage: lienthong map sample NAME[/VERSION] [--seed N] [--count N | --number N] [--json]

    Makes documents that are valid against the mapping's source schema, as `map test --samples` sends them through the
    mapping: codes of its tables, times and numbers it can read, documents inside strings, the places it must have. By
    turns a document is filled, filled by chance, holds only what is needed, stands at a limit of the schema, or is made
    without asking the mapping. The same seed gives the same documents. One is printed with line breaks, several with one on
    a line.

    \(WorkbenchFiles.help)
      --seed           a number, 1 unless told
      --count          how many, 1 unless told, 100000 at most
      --number         only the document of this number, as `map test --samples` names it
      --json           an array of objects: name (the seed and number) and document

    Exit codes: 0 printed · 2 the mapping or a schema cannot be used, or no document was found (the sentence says why)
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let name = try arguments.words("NAME[/VERSION]")[0]
    let seed = try SampleOutput.number("--seed", arguments, UInt64(1), atMost: .max)
    let count = try SampleOutput.number("--count", arguments, 1, atMost: SampleOutput.countLimit)
    let first = try SampleOutput.number("--number", arguments, 1, atMost: SampleOutput.countLimit)
    guard first > 0, arguments.value("--number") == nil || count == 1 else {
      throw .unusable("--number is one number from 1, without --count")
    }
    let workbench = try WorkbenchFiles.open(arguments)
    let samples = try WorkbenchFiles.ask { () throws(WorkbenchError) in
      var maker = try workbench.samples(of: try workbench.mapping(name), seed: seed)
      maker.isIndented = count == 1
      var samples: [Sample] = []
      for number in first..<(first + count) { samples.append(try maker.sample(number)) }
      return samples
    }
    SampleOutput.print(samples, asJSON: arguments.has("--json"))
    return .success
  }
}
