import Glibc
import JSONKit
import Translation
import Workbench

/// `lienthong map new`: a first mapping between two schemas.
enum NewMapCommand: Command {
  static let name = "map new"
  static let summary = "write a first mapping from two schemas"
  static let options = ["--name", "--out", "--schemas"]
  static let flags = ["--json"]
  static let help = """
    Usage: lienthong map new SOURCE[#ROOT] TARGET[#ROOT] [--name NAME] [--out DIR] [--json]

    Proposes a row for every place of the target whose name, in Vietnamese or English, says the same as one of the source;
    the comment behind a row tells how alike they are. What no proposal was found for, and what `map check` would refuse,
    stands as `# open:` in the head of the file. SOURCE and TARGET are paths below the folder of schemas; a schema with
    several roots needs #ROOT.

      --name NAME     the mapping's name, <source>--<target>; made of the folders of the schemas unless told
      --out DIR       write DIR/NAME/1/mapping.yaml in place of standard output; an existing file is never overwritten
      --schemas DIR   the folder of schemas; Schemas unless told
      --json          one object: mapping, file (null without --out), text (the mapping.yaml), rows[]: to, from, options[],
                      score (from 0.6 to 1), line; open[]: rule, row (what was thought of, or null), path, message

    Exit codes: 0 written · 2 the call or a schema cannot be used, or the file is there already · 3 it cannot be written
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let ends = try arguments.words("SOURCE", "TARGET")
    let proposal: ProposedMapping
    do throws(ProposalError) {
      proposal = try Workbench.propose(
        from: ends[0], to: ends[1], name: arguments.value("--name"), schemas: arguments.value("--schemas") ?? "Schemas")
    } catch {
      throw .unusable(error.message)
    }
    let path = arguments.value("--out").map { "\($0)/\(proposal.name)/1/mapping.yaml" }
    if let path { try write(proposal.text, to: path) }
    if arguments.has("--json") {
      writeJSON(proposal, path)
    } else if let path {
      Terminal.print("\(path): \(proposal.open.count) open")
    } else {
      Terminal.print(bytes: Array(proposal.text.utf8))
    }
    return .success
  }

  private static func writeJSON(_ proposal: ProposedMapping, _ path: String?) {
    Terminal.printJSONObject { writer in
      writer.member("mapping", proposal.name)
      writer.member("file", path)
      writer.member("text", proposal.text)
      writer.member("rows", proposal.rows) { row, writer in
        writer.member("to", row.to)
        writer.member("from", row.from)
        writer.member("options", row.options)
        writer.name("score")
        writer.number(String(Double(Int(row.score * 100 + 0.5)) / 100))
        writer.member("line", row.line)
      }
      writer.member("open", proposal.open) { open, writer in
        writer.member("rule", open.rule.rawValue)
        writer.member("row", open.row)
        writer.member("path", open.path)
        writer.member("message", open.message)
      }
    }
  }

  private static func write(_ text: String, to path: String) throws(CommandFailure) {
    var folder = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o755)
    }
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o644)
    guard file >= 0 else {
      if errno == EEXIST { throw .unusable("\(path) is there already; choose another --out or --name") }
      throw .failed("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
    defer { close(file) }
    let bytes = Array(text.utf8)
    guard Glibc.write(file, bytes, bytes.count) == bytes.count else { throw .failed("\(path) cannot be written whole") }
  }
}
