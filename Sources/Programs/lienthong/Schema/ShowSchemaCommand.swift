import DocumentKit
import Workbench

/// `lienthong schema show`: a schema as a tree.
enum ShowSchemaCommand: Command {
  static let name = "schema show"
  static let summary = "show a schema as a tree: names, types, how often, allowed values"
  static let options = ["--root"]
  static let help = """
    Usage: lienthong schema show [--root NAME] FILE

    FILE is an XSD 1.0 or a JSON Schema (draft-07, 2020-12), told apart by content. Each line is one element, attribute
    (with @) or member: name, how often it may occur, type, allowed values, other rules, note. JSON is shown as the tree
    that mappings see: the whole is `root`, an array is an element that occurs often.
    Below the tree stand rules that a tree cannot show (if/then and the like), and what is not shown.

      --root    only this root element of an XSD

    Exit codes: 0 shown · 2 the schema cannot be read
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let shape = try SchemaFile.shape(try arguments.words("FILE")[0])
    let outline = SchemaOutline(shape, roots: try SchemaFile.roots(arguments.value("--root"), of: shape))
    Terminal.print(outline.lines.joined(separator: "\n"))
    return .success
  }
}
