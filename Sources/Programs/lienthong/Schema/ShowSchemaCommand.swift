import DocumentKit
import Workbench

/// `lienthong schema show`: a schema as a tree.
enum ShowSchemaCommand: Command {
  static let name = "schema show"
  static let summary = "show a schema as a tree: names, types, how often, allowed values"
  static let options = ["--root", "--schemas"]
  static let flags = ["--json"]
  static let help = """
    Usage: lienthong schema show [--root NAME] [--schemas DIR] [--json] FILE

    Each line is one element, attribute (with @) or member: name, how often it may occur, type, allowed values, other
    rules, note. JSON is shown as the tree that mappings see: the whole is `root`, an array is an element that occurs often.
    Below the tree stand rules that a tree cannot show (if/then and the like), and what is not shown.

    \(SchemaFile.help)

      --root      only this root element of an XSD
      \(SchemaFile.optionHelp)
      --json      one object: roots[], a place each: name, namespace, attribute, type, kind, enumeration, facets, nillable,
                  note, position, recursive, attributes[] (places with required), otherAttributes and content: what a
                  place holds, a part with part (place, sequence, choice, all, others), minimum, maximum (null: without
                  bound), parts[], or place and list; conditions[] and unsupported[]: construct, text, position

    Exit codes: 0 shown · 2 the schema cannot be read
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let shape = try SchemaFile(arguments).shape()
    let roots = try SchemaFile.roots(arguments.value("--root"), of: shape)
    if arguments.has("--json") {
      Terminal.printJSON { SchemaOutlineJSON(shape, roots: roots).write(to: &$0) }
    } else {
      Terminal.print(SchemaOutline(shape, roots: roots).lines.joined(separator: "\n"))
    }
    return .success
  }
}
