import JSONKit

/// `lienthong json`: the same JSON again, every number exactly as written.
enum JSONCommand: Command {
  static let name = "json"
  static let summary = "write a JSON document again, every number as it was, or in canonical form"
  static let flags = ["--jcs", "--indent"]
  static let help = """
    Usage: lienthong json [--indent] [--jcs] DOC

    Reads a JSON document (RFC 8259; - for standard input) and writes it to standard output: members in their order,
    every number exactly as written, no spaces.

      --indent   two spaces for each level
      --jcs      the canonical form of RFC 8785 instead

    Exit codes: 0 written · 2 the document cannot be read (DOC:line:column says where)
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let path = try arguments.words("DOC")[0]
    let bytes = try FileBytes.read(path)
    do throws(JSONError) {
      let document = try JSONDocument(parsing: bytes)
      Terminal.print(
        bytes: arguments.has("--jcs")
          ? try document.canonicalised() : document.serialised(indent: arguments.has("--indent") ? 2 : nil))
      return .success
    } catch {
      throw .unusable("\(path):\(error.line):\(error.column): \(error.message)")
    }
  }
}
