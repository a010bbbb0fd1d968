import XMLKit

/// `lienthong transform`: an XML document through an XSLT stylesheet.
enum TransformCommand: Command {
  static let name = "transform"
  static let summary = "run an XSLT stylesheet over an XML document"
  static let options = ["--stylesheet"]
  static let help = """
    Usage: lienthong transform --stylesheet FILE.xsl DOC

    Writes the result to standard output. The stylesheet may use XSLT 1.0 and EXSLT; it may not read or write files, reach
    the network, or run without end.

    Exit codes: 0 written · 2 the document or the stylesheet cannot be read or used
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let path = try arguments.words("DOC")[0]
    guard let stylesheetPath = arguments.value("--stylesheet") else { throw .unusable("say --stylesheet FILE.xsl") }
    let bytes = try FileBytes.read(path)
    do throws(XMLError) {
      let stylesheet = try XSLTStylesheet(contentsOf: stylesheetPath)
      Terminal.print(bytes: try stylesheet.transform(try XMLDocument(parsing: bytes)).serialised())
      return .success
    } catch {
      throw .unusable("\(error.path ?? path):\(error.line):\(error.column): \(error.message)")
    }
  }
}
