import DocumentKit
import JSONKit
import Validation
import Workbench
import XMLKit

/// `lienthong validate`: a document against an XSD or a JSON Schema.
enum ValidateCommand: Command {
  static let name = "validate"
  static let summary = "check a document against an XSD or a JSON Schema"
  static let options = ["--schema"] + LanguageOption.options
  static let flags = ["--formats", "--json"]
  static let help = """
    Usage: lienthong validate --schema FILE [--formats] [--language en|vi] [--json] DOC

    Whether FILE is an XSD or a JSON Schema (draft-07, 2020-12) is seen from its content. Schemas it refers to are read
    from its own folder, never from a network. Findings go to standard output, one on a line:
      DOC:line:column: path: rule: sentence

      --formats     check `format` as well (JSON Schema)
      --language    the language of the sentences; en unless told
      --json        one object: valid, findings[]: path, line, column, rule, schemaLocation (the keyword, as the URI of its
                    schema with a JSON Pointer; null of XSD), vi, en

    Exit codes: 0 valid · 1 invalid · 2 the document or the schema cannot be read or used; a JSON Schema keyword that is
    not known is such a case, it is never ignored
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let path = try arguments.words("DOC")[0]
    guard let schemaPath = arguments.value("--schema") else { throw .unusable("say --schema FILE") }
    let language = try LanguageOption.read(arguments)
    let document = try FileBytes.read(path)
    let schema = try FileBytes.read(schemaPath)
    let findings =
      try looksLikeXML(schema)
      ? xmlFindings(path, document, schemaPath: schemaPath)
      : jsonFindings(path, document, schemaPath: schemaPath, formats: arguments.has("--formats"))
    if arguments.has("--json") {
      Terminal.printJSONObject { writer in
        writer.member("valid", findings.isEmpty)
        writer.member("findings", findings) { finding, writer in WorkbenchJSON.write(finding, &writer) }
      }
      return findings.isEmpty ? .success : .negative
    }
    for finding in findings {
      let sentence = language == .vietnamese ? finding.messageVietnamese : finding.messageEnglish
      let place = finding.path.isEmpty ? "/" : finding.path
      Terminal.print("\(path):\(finding.line):\(finding.column): \(place): \(finding.rule): \(sentence)")
    }
    return findings.isEmpty ? .success : .negative
  }

  private static func looksLikeXML(_ bytes: [UInt8]) -> Bool {
    let blank: Set<UInt8> = [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf, 0xff, 0xfe, 0x00]
    return bytes.first { !blank.contains($0) } == UInt8(ascii: "<")
  }

  private static func xmlFindings(
    _ path: String, _ bytes: [UInt8], schemaPath: String
  ) throws(CommandFailure) -> [Finding] {
    let schema: XMLSchema
    do throws(XMLError) {
      schema = try XMLSchema(contentsOf: schemaPath)
    } catch {
      throw .unusable("\(error.path ?? schemaPath):\(error.line):\(error.column): \(error.message)")
    }
    do throws(XMLError) {
      return schema.validate(try XMLDocument(parsing: bytes)).map { Finding($0) }
    } catch {
      throw .unusable("\(path):\(error.line):\(error.column): \(error.message)")
    }
  }

  private static func jsonFindings(
    _ path: String, _ bytes: [UInt8], schemaPath: String, formats: Bool
  ) throws(CommandFailure) -> [Finding] {
    let schema: JSONSchema
    do throws(JSONSchemaFile.Failure) {
      schema = try JSONSchemaFile.compile(schemaPath, formats: formats ? Set(JSONSchemaFormat.allCases) : [])
    } catch {
      throw .unusable(error.description)
    }
    do throws(JSONError) {
      let document = try JSONDocument(parsing: bytes)
      return schema.validate(document.root).map { Finding($0, of: document.root) }
    } catch {
      throw .unusable("\(path):\(error.line):\(error.column): \(error.message)")
    }
  }
}
