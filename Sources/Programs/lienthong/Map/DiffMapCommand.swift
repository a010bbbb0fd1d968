import DocumentKit
import JSONKit
import Workbench

/// `lienthong map diff`: two documents by their structure.
enum DiffMapCommand: Command {
  static let name = "map diff"
  static let summary = "compare two XML or two JSON documents by structure"
  static let options = ["--ignore", "--key"]
  static let flags = ["--json"]
  static let help = """
    Usage: lienthong map diff A B [--ignore PATH]… [--key LIST=LEAF]… [--json]

    Compares two documents of one format. Layout and prefixes do not matter, nor in JSON the order of members. One
    difference on a line, with a JSON Pointer or an XPath:
      - only in A   + only in B   ~ in both, and different

      --ignore PATH    what does not matter, with all below it: owner/name, */id, //Fax. Names below the root element,
                       without numbers; may be given more than once
      --key LIST=LEAF  members of this list are the same when this leaf is: attachment=id. Otherwise by their place
      --json           one object: differences[]: kind (added, removed, changed), path, before, after

    Exit codes: 0 no difference · 1 differences · 2 a document cannot be read
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let words = try arguments.words("A", "B")
    let options = try comparison(arguments)
    let documents = [try FileBytes.read(words[0]), try FileBytes.read(words[1])]
    let differences = try WorkbenchFiles.ask { () throws(WorkbenchError) in
      let first = try SourceDocument(documents[0], named: words[0])
      let second = try SourceDocument(documents[1], named: words[1])
      guard first.tree.format == second.tree.format else {
        throw WorkbenchError(.document, "one document is JSON and the other XML; compare two of one format")
      }
      return DocumentComparison.differences(first.tree, second.tree, options)
    }
    if arguments.has("--json") {
      Terminal.printJSONObject { $0.member("differences", differences, WorkbenchJSON.write) }
    } else {
      for difference in differences { Terminal.print(difference.text) }
    }
    return differences.isEmpty ? .success : .negative
  }

  /// What `--ignore` and `--key` say.
  static func comparison(_ arguments: Arguments) throws(CommandFailure) -> ComparisonOptions {
    var options = ComparisonOptions()
    options.ignored = arguments.values("--ignore").map { PathPattern($0) }
    for text in arguments.values("--key") {
      guard let key = ComparisonOptions.Key(text) else { throw .unusable("--key is LIST=LEAF, such as attachment=id") }
      options.keys.append(key)
    }
    return options
  }
}
