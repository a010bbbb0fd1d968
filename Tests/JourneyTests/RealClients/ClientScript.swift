import GatewayTesting
import JSONKit

/// A client that is none of ours, run to its end: a script of `Tests/Fixtures/clients` in Debian's Python.
struct ClientScript {
  /// What it wrote about each of its calls, in order.
  let steps: [JSONValue]
  let exitCode: Int32?
  let errors: String

  /// - Parameters:
  ///   - name: the script's file name.
  ///   - arguments: what follows it on the command line.
  ///   - configuration: what it reads from its standard input, as a JSON object.
  init(_ name: String, _ arguments: [String] = [], configuration: (inout JSONWriter) -> Void) throws {
    var writer = JSONWriter()
    writer.beginObject()
    configuration(&writer)
    writer.endObject()
    // Not any Python that PATH may find first: that of the Debian packages which the tests install.
    let run = ProgramRun(
      ["/usr/bin/python3", TestFiles.projectRoot + "/Tests/Fixtures/clients/" + name] + arguments,
      input: String(decoding: writer.finish(), as: UTF8.self))
    steps = try run.lines.map { try JSONDocument(parsing: Array($0.utf8)).root }
    exitCode = run.exitCode
    errors = run.errorText
  }

  /// The names of the calls, in order.
  var names: [String] { steps.compactMap { $0["step"]?.string } }

  /// The calls of one name, in order.
  func steps(_ name: String) -> [JSONValue] { steps.filter { $0["step"]?.string == name } }
}
