import DocumentKit
import DossierModel
import ServiceKit
import Validation

/// Which schema a profile's message has, and by what it is recognised.
///
/// XML may leave out `recognise`: it is then told by the namespace of its schema and by the elements that the schema lets
/// a document begin with, or by `root` alone. It may also name its schema by `namespace`.
struct SiteMessageForm {
  /// Below `Schemas/`.
  private(set) var schema = ""
  /// XPath.
  private(set) var recognise = ""
  /// The roots that are recognised without an expression of the profile's own, as `{namespace}name`.
  private(set) var roots: [String] = []

  /// What is missing or wrong is noted with the section.
  init(reading message: ConfigurationSection, format: DocumentTree.Format, schemas: SiteSchemas) {
    let expression = message.optionalString("recognise")
    guard format == .xml else {
      for key in ["namespace", "root"] where message.node(key) != nil {
        message.note(
          Sentence("only XML has it", "chỉ XML mới có"), key: key,
          remedy: Sentence(
            "remove it; JSON is recognised by recognise", "hãy bỏ đi; JSON được nhận biết bằng recognise"))
      }
      schema = message.string("schema")
      recognise = message.string("recognise")
      return
    }
    let root = message.optionalString("root")
    if expression != nil, root != nil {
      message.note(
        Sentence("beside recognise it says nothing", "khi có recognise thì khóa này không nói gì thêm"), key: "root",
        remedy: Sentence("leave one of the two out", "hãy bỏ một trong hai"))
    }
    guard let entry = entry(reading: message, root: root, isNeeded: expression == nil, schemas) else {
      recognise = expression ?? "false()"
      return
    }
    if let expression { recognise = expression } else { tell(entry.schema, entry.roots, root, message) }
  }

  /// The schema's file, if one is needed beyond its path.
  private mutating func entry(
    reading message: ConfigurationSection, root: String?, isNeeded: Bool, _ schemas: SiteSchemas,
  ) -> (schema: SchemaNamespaces.Entry, roots: [String])? {
    let namespace = message.optionalString("namespace")
    if namespace == nil || message.node("schema") != nil { schema = message.string("schema") }
    if namespace != nil, !schema.isEmpty {
      message.note(
        Sentence("beside schema it says nothing", "khi có schema thì khóa này không nói gì thêm"), key: "namespace",
        remedy: Sentence("leave one of the two out", "hãy bỏ một trong hai"))
      return nil
    }
    guard namespace != nil || (isNeeded && !schema.isEmpty) else { return nil }
    let key = namespace == nil ? "schema" : "namespace"
    do throws(SchemaNamespaceErrors) {
      let known = try schemas.namespaces()
      if let namespace {
        do throws(SchemaNamespaces.LookupError) {
          let entry = try known.schema(named: namespace, root: root)
          schema = entry.path
          return (entry, known.roots(of: entry))
        } catch {
          message.note(
            error.message, key: key,
            remedy: error.code == .severalFiles
              ? Sentence("say schema: in place of namespace", "hãy viết schema: thay cho namespace") : .none)
          return nil
        }
      }
      if let entry = known.entry(at: schema) { return (entry, known.roots(of: entry)) }
      message.note(
        Sentence("there is no XML Schema ‘\(schema)’", "không có lược đồ XML ‘\(schema)’"), key: key,
        remedy: Sentence(
          "name a file below Schemas, <tongue>/<version>/….xsd",
          "hãy nêu một tệp dưới Schemas, <ngôn_ngữ>/<phiên_bản>/….xsd"))
    } catch {
      message.note(
        Sentence(
          "the schemas cannot be read: \(error.reasons.map(\.message).joined(separator: "; "))",
          "không đọc được các lược đồ: \(error.reasons.map(\.message).joined(separator: "; "))"), key: key)
    }
    return nil
  }

  /// Recognises by the root's name.
  private mutating func tell(
    _ entry: SchemaNamespaces.Entry, _ known: [String], _ root: String?, _ message: ConfigurationSection,
  ) {
    if let root, !known.contains(root) {
      message.note(
        Sentence(
          "the schema \(entry.path) lets no document begin with ‘\(root)’",
          "lược đồ \(entry.path) không cho tài liệu bắt đầu bằng ‘\(root)’"), key: "root",
        remedy: known.isEmpty
          ? Sentence("name the schema that includes it", "hãy nêu lược đồ bao gồm nó")
          : Sentence("it has \(known.joined(separator: ", "))", "lược đồ có \(known.joined(separator: ", "))"))
    }
    let names = root.map { [$0] } ?? known
    guard !names.isEmpty, !(entry.namespace.contains("'") && entry.namespace.contains("\"")) else {
      message.note(
        Sentence(
          "the schema \(entry.path) does not tell by what the message is recognised",
          "lược đồ \(entry.path) không cho biết nhận ra bản tin bằng gì"),
        remedy: Sentence("say recognise", "hãy viết recognise"))
      return
    }
    roots = names.map { "{\(entry.namespace)}\($0)" }
    let quote = entry.namespace.contains("'") ? "\"" : "'"
    recognise =
      "self::*[namespace-uri() = \(quote)\(entry.namespace)\(quote) and ("
      + names.map { "local-name() = '\($0)'" }.joined(separator: " or ") + ")]"
  }
}
