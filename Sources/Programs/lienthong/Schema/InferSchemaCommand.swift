import DocumentKit
import JSONKit
import Workbench

/// `lienthong schema infer`: a first schema from documents.
enum InferSchemaCommand: Command {
  static let name = "schema infer"
  static let summary = "draft a schema from sample documents"
  static let flags = ["--json-schema", "--xsd", "--json"]
  static let help = """
    Usage: lienthong schema infer [--json-schema | --xsd] [--json] DOC…

    Drafts a JSON Schema 2020-12 from JSON documents, or an XSD 1.0 from XML documents, and writes it to standard output.
    Every document given is valid against the draft. Required is what all of them have; a list of allowed values is
    drafted only from few values seen often; spellings of moments such as yyyyMMddHHmmss are recognised. The draft says
    of how many documents it was made: it is for somebody who knows the tongue to review.

      --json-schema, --xsd    refuse documents of the other kind
      --json                  one object: format (json, xml), documents, schema (a text), and what the draft rests on:
                              places[]: path as `schema paths` writes it, seen, parents, parentsWith (required: in all of
                              them), most (in one parent), form (such as yyyyMMddHHmmss, or null), values[] (where few
                              were seen often, otherwise null)

    Exit codes: 0 written · 2 a document cannot be read, or the documents do not go together
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    guard !arguments.words.isEmpty else { throw .unusable("say at least one DOC") }
    var documents: [DocumentTree] = []
    for path in arguments.words {
      let bytes = try FileBytes.read(path)
      let isXML = SchemaShape.looksLikeXML(bytes)
      if arguments.has(isXML ? "--json-schema" : "--xsd") {
        throw .unusable("'\(path)' is \(isXML ? "XML" : "JSON"); leave the option out or give other documents")
      }
      do throws(DocumentError) {
        documents.append(try DocumentTree(parsing: bytes, as: isXML ? .xml : .json))
      } catch {
        throw .unusable("\(path): \(error)")
      }
    }
    do throws(InferenceError) {
      let inference = try SchemaInference(documents)
      let schema = try inference.schema()
      if arguments.has("--json") { writeJSON(inference, schema) } else { Terminal.print(bytes: schema) }
      return .success
    } catch {
      throw .unusable(error.description)
    }
  }

  private static func writeJSON(_ inference: SchemaInference, _ schema: [UInt8]) {
    Terminal.printJSONObject { writer in
      writer.member("format", inference.format.rawValue)
      writer.member("documents", inference.count)
      writer.member("schema", String(decoding: schema, as: UTF8.self))
      writer.member("places", inference.places) { place, writer in
        writer.member("path", place.path)
        writer.member("seen", place.seen)
        writer.member("parents", place.parents)
        writer.member("parentsWith", place.parentsWith)
        writer.member("most", place.most)
        writer.member("form", place.form)
        if let values = place.values {
          writer.member("values", values)
        } else {
          writer.member("values", nil as String?)
        }
      }
    }
  }
}
