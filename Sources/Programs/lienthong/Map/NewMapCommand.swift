import Glibc
import Translation
import Workbench

/// `lienthong map new`: a first mapping between two schemas.
enum NewMapCommand: Command {
  static let name = "map new"
  static let summary = "write a first mapping from two schemas"
  static let options = ["--name", "--out", "--schemas"]
  static let help = """
    Usage: lienthong map new SOURCE[#ROOT] TARGET[#ROOT] [--name NAME] [--out DIR]

    Proposes a row for every place of the target whose name, in Vietnamese or English, says the same as one of the source;
    the comment behind a row tells how alike they are. What no proposal was found for, and what `map check` would refuse,
    stands as `# open:` in the head of the file. SOURCE and TARGET are paths below the folder of schemas; a schema with
    several roots needs #ROOT.

      --name NAME     the mapping's name, <source>--<target>; made of the folders of the schemas unless told
      --out DIR       write DIR/NAME/1/mapping.yaml in place of standard output; an existing file is never overwritten
      --schemas DIR   the folder of schemas; Schemas unless told

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
    guard let folder = arguments.value("--out") else {
      Terminal.print(bytes: Array(proposal.text.utf8))
      return .success
    }
    let path = "\(folder)/\(proposal.name)/1/mapping.yaml"
    try write(proposal.text, to: path)
    Terminal.print("\(path): \(proposal.open.count) open")
    return .success
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
