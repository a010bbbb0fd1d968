import DocumentKit
import Workbench

/// `lienthong schema paths`: the leaf paths of a schema.
enum PathsSchemaCommand: Command {
  static let name = "schema paths"
  static let summary = "list every path of a schema that holds text, with its type"
  static let options = ["--root", "--schemas"]
  static let flags = ["--json"]
  static let help = """
    Usage: lienthong schema paths [--root NAME] [--schemas DIR] [--json] FILE

    One line for each leaf: path from the root as a mapping writes it, how often it may occur in a document, type, allowed
    values in braces, other rules. A path that leads into itself is listed once and marked.

    \(SchemaFile.help)

      --root      only this root element of an XSD
      \(SchemaFile.optionHelp)
      --json      an array of objects: root, path, type, kind, minimum, maximum (null: without bound), required,
                  enumeration, facets, recursive, note, position

    Exit codes: 0 listed · 1 the schema has something that is not listed (standard error says what) · 2 it cannot be read
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let shape = try SchemaFile(arguments).shape()
    let paths = SchemaPathsText(shape, roots: try SchemaFile.roots(arguments.value("--root"), of: shape))
    if arguments.has("--json") {
      Terminal.printJSON { paths.writeJSON(to: &$0) }
    } else {
      Terminal.print(paths.lines.joined(separator: "\n"))
    }
    for note in shape.unsupported {
      Terminal.complain("\(note.position): \(note.construct): \(note.consequence)")
    }
    return shape.unsupported.isEmpty ? .success : .negative
  }
}
